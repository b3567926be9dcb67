"""Weight and fill of variable fonts, on every Qt that we support."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QByteArray, QDataStream, QIODevice
from PySide6.QtGui import QFont

# At stream version 6.8 a font without axes and features ends in two empty maps: features, then axes. The format of a version never changes.
EMPTY_MAPS: Final = bytes(8)


def with_axes(font: QFont, axes: Mapping[str, float]) -> QFont:
    """Return `font` with its variable axes set, such as {"wght": 600}.

    The binding of 6.8.0.2 can't make an axis' tag (`QFont.Tag` takes no text there), so the axes go in through Qt's stream format.
    """
    entries = b"".join(struct.pack(">4sd", tag.encode("ascii"), value) for tag, value in axes.items())
    plain = _stored(font)
    if not plain.endswith(EMPTY_MAPS):
        raise ValueError(f"the font {font.family()!r} already has axes or features; give a plain one")
    return _restored(plain[:-4] + struct.pack(">I", len(axes)) + entries)


def _stored(font: QFont) -> bytes:
    buffer = QByteArray()
    stream = QDataStream(buffer, QIODevice.OpenModeFlag.WriteOnly)
    stream.setVersion(QDataStream.Version.Qt_6_8.value)
    stream << font
    return bytes(buffer.data())


def _restored(data: bytes) -> QFont:
    font = QFont()
    stream = QDataStream(QByteArray(data))
    stream.setVersion(QDataStream.Version.Qt_6_8.value)
    stream >> font
    return font
