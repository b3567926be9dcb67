"""The `-o FILE` of commands that make a file."""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk.cli.errors import CommandError


def write_whole(name: str, made: bytes) -> None:
    """Write all or nothing, for whoever watches the folder must never see half a file; `-` is standard output."""
    if name == "-":
        sys.stdout.buffer.write(made)
        return
    target = Path(name)
    # A printer's device file is written to, never replaced.
    part = target.with_name(f"{target.name}.part") if target.is_file() or not target.exists() else target
    try:
        part.write_bytes(made)
        if part != target:
            part.replace(target)
    except OSError as error:
        if part != target:
            part.unlink(missing_ok=True)
        raise CommandError(f"can't write {name}: {error.strerror}.") from None
