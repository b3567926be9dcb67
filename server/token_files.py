"""Tokens in files that only their owner can read."""

from __future__ import annotations

import os
from pathlib import Path

_OWNER_ONLY = 0o600


def write_token(path: Path, token: str) -> None:
    """Put `token` into a file of mode 0600, whole or not at all; OSError where it can't be written."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{token}\n")
    unfinished.replace(path)
