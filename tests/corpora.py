"""The public conformance corpora: read where they lie, never copied into the project."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
#: Where they lie: LOTLINE_CORPORA, else beside the project's folder.
CORPORA: Final = Path(os.environ.get("LOTLINE_CORPORA") or ROOT.parent / "shared" / "data").resolve()


def corpus(name: str) -> Path:
    """Return the path of a corpus ("gs1/elements.jsonl"); skip the test, or the whole module, where it is absent."""
    path = CORPORA / name
    if not path.exists():
        pytest.skip(f"the public corpus {name} is not here: set LOTLINE_CORPORA to the folder that holds it", allow_module_level=True)
    return path


def cases(name: str) -> list[Any]:
    """Return the cases of a corpus of JSON lines, in order."""
    return [json.loads(line) for line in corpus(name).read_text(encoding="utf-8").splitlines() if line.strip()]
