"""Draw the pictures of docs/barcodes.md again: `python docs/pictures/draw_barcodes.py` (from the project's folder).

With signs behind it, it draws the test card's barcodes for those dead keys instead: `… draw_barcodes.py '^' '~'`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image

from traceability.barcodes import command, iso15434
from traceability.barcodes.wedge_card import BASELINE, dead_key_barcode

FOLDER = Path(__file__).parent
LABEL = [("P", "FLOUR-25"), ("1T", "L-2026/042"), ("14D", "20271130"), ("Q", "25KG"), ("S", "000017")]

# Name, symbology, what it holds, and further options of the writer.
PICTURES: tuple[tuple[str, str, str, dict[str, bool]], ...] = (
    ("gs1-datamatrix", "DataMatrix", "(01)09521234543213(17)271130(10)AB-7", {"gs1": True}),
    ("gs1-128", "Code128", "(01)09521234543213(10)AB-7", {"gs1": True}),
    ("digital-link", "QRCode", "https://id.example.com/01/09521234543213/10/AB-7?17=271130", {}),
    ("iso15434", "DataMatrix", iso15434.write_06(LABEL), {}),
    ("hibc-primary", "Code128", "+A123BJC5D6E71G", {}),
    ("hibc-secondary", "Code128", "+$$3271130AB-7G1", {}),
    ("ean13", "EAN13", "9521234543213", {}),
    ("isbt128", "Code128", "=A99992612345600", {}),
    ("pzn", "Code39", "-27580899", {}),
    ("command-card", "Code128", command.command_card("QTY", "5"), {}),
    ("vendor", "Code128", "PN:FLOUR LOT:AB-7 QTY:25", {}),
    ("wedge-card", "DataMatrix", BASELINE, {}),
)


def draw(name: str, symbology: str, text: str, options: dict[str, bool]) -> None:
    """Write one picture, small enough for a page and large enough for a phone."""
    barcode = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, symbology), **options)
    linear = symbology in ("Code128", "Code39", "EAN13")
    pixels = np.array(barcode.to_image(scale=2 if linear else 4))
    Image.fromarray(pixels).convert("1").save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    """Draw everything, or the dead keys' barcodes that are asked for."""
    for sign in sys.argv[1:]:
        draw(f"wedge-card-{ord(sign):02x}", "DataMatrix", dead_key_barcode(sign), {})
    if not sys.argv[1:]:
        for picture in PICTURES:
            draw(*picture)


if __name__ == "__main__":
    main()
