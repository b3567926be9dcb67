"""Badges are kept as keyed hashes only: whoever copies the database can't print a badge from it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Final

from kiosk.services.ports import StorageFailed
from kiosk.store.faults import storage_faults

_KEY_BYTES: Final = 32
_FILE: Final = "badge.key"


def new_key(directory: Path) -> bytes:
    """Make the key of a new database, in a file of its own, readable by its owner only, and on disk when this returns."""
    key = secrets.token_bytes(_KEY_BYTES)
    part = directory / f"{_FILE}.part"
    with storage_faults():
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        part.replace(directory / _FILE)
    return key


def stored_key(directory: Path, check: str) -> bytes:
    """Return the database's key. StorageFailed where it is missing or another database's: no badge would be known."""
    path = directory / _FILE
    with storage_faults():
        key = path.read_bytes() if path.exists() else b""
    if check_of(key) != check:
        raise StorageFailed(
            f"{path} is missing or belongs to another database: no badge can be recognised. Put it back from where station.db came."
        )
    return key


def check_of(key: bytes) -> str:
    """Return what tells this key from another without giving it away."""
    return hmac.new(key, b"lotline badge key", hashlib.sha256).hexdigest()[:16]


def hash_of(badge: bytes, key: bytes) -> bytes:
    """Return what is kept of a badge."""
    return hmac.new(key, badge, hashlib.sha256).digest()
