"""Which Lotline this is: said here once; the package's metadata, the screens and the journal read it."""

from __future__ import annotations

from typing import Final

VERSION: Final = "0.1.0"
