"""Goods for tests of labels, and the same printed back: rendered and decoded by software that is not ours."""

from __future__ import annotations

import io
from typing import Any, Final

from PIL import Image

from labels.label import Label
from labels.printing import lay_out, make

LOT: Final[dict[str, object]] = {
    "item": "RM-4711",
    "gtin": "09520123456788",
    "description": "Wheat flour type 550, organic, 25 kg bags",
    "lot": "NWS-240511-A",
    "expires_on": "2027-11-30",
    "quantity": "25.00",
    "unit": "kg",
    "serial": "S1-000123",
    "place": "Rack B-04",
    "vendor": "Northwind Mills",
    "order": "PO 4500012345",
}
HOLD: Final[dict[str, object]] = {
    **LOT,
    "reason": "Metal detector stopped: check the whole lot before anyone uses it",
    "held_by": "QC Kim",
    "held_on": "2026-11-21",
    "reprint": True,
}
CARTON: Final[dict[str, object]] = {
    "sscc": "095201234500000014",
    "gtin": "09520123456788",
    "description": "Rye bread, sliced, 500 g",
    "lot": "P26-3251-04",
    "count": 48,
    "quantity": "24",
    "unit": "kg",
    "expires_on": "2026-12-24",
    "customer": "Corner Shop GmbH",
    "order": "SO-1007",
}
COMMANDS: Final[dict[str, object]] = {
    "title": "Receiving",
    "cards": [
        {"command": "CONFIRM", "words": "Confirm"},
        {"command": "QTY.5", "words": "Quantity 5"},
        {"command": "MODE.RECEIVE", "words": "Receive"},
    ],
}
SAMPLES: Final[dict[str, dict[str, object]]] = {
    "lot": LOT,
    "hold_tag": HOLD,
    "carton": CARTON,
    "pallet": {"sscc": CARTON["sscc"]},
    "command_sheet": COMMANDS,
    "test_card": {},
}

#: What a scanner must send for LOT: AIM identifier and text.
LOT_SCAN: Final = "]d2010952012345678810NWS-240511-A\x1d17271130310200250021S1-000123"


def laid_out(template: str, data: dict[str, object], media: str | None = None, dpi: int = 203) -> Label:
    """Return the label; fail where it is refused."""
    label = lay_out(template, data, media, dpi)
    assert isinstance(label, Label), label
    return label


def made(template: str, data: dict[str, object], language: str, media: str | None = None, dpi: int = 203) -> bytes:
    """Return the bytes; fail where the label is refused."""
    label = make(template, data, language, media, dpi=dpi)
    assert isinstance(label, bytes), label
    return label


def rendered(zpl: bytes, label: Label) -> Image.Image:
    """Return the picture that a ZPL interpreter draws."""
    import zplkit

    media = label.media
    options = zplkit.Options(dpi=media.dpi, width=media.dots(media.width_mm), height=media.dots(label.height_mm))
    document = zplkit.render(zpl, options)
    assert not [warning for warning in document.warnings if "Resident fonts" not in warning]
    (scene,) = document.labels
    return opened(scene.png())


def opened(png: bytes) -> Image.Image:
    """Return a PNG as a grey picture."""
    return Image.open(io.BytesIO(png)).convert("L")


def scans(picture: Image.Image) -> set[str]:
    """Return what a camera scanner reads from the picture: AIM identifier and text, control characters as they are."""
    import zxingcpp

    found: Any = zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain)
    return {barcode.symbology_identifier + barcode.text for barcode in found}
