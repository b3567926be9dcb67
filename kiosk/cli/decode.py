"""`lotline decode`: the barcodes in pictures."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kiosk.cli.errors import ANSWER_IS_NO, DONE, CommandError

if TYPE_CHECKING:
    from drivers.pictures import Barcode, Decoder, Picture

AUTO: Final = "auto"
_CONTROL_NAMES: Final = {0x04: "<EOT>", 0x09: "<TAB>", 0x0A: "<LF>", 0x0D: "<CR>", 0x1C: "<FS>", 0x1D: "<GS>", 0x1E: "<RS>", 0x1F: "<US>"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own options."""
    from config.plugins import names

    parser.epilog = "Exit code: 0 when every picture holds a barcode, 1 when one holds none or can't be read, 2 for wrong usage."
    parser.add_argument("images", metavar="IMAGE", nargs="+", type=Path, help="a picture: PNG, JPEG, TIFF, WebP, BMP or GIF")
    parser.add_argument("--json", action="store_true", help="one JSON object a picture, a line each, in order")
    decoders = (AUTO, *names("drivers.decoders"))
    parser.add_argument("--decoder", choices=decoders, default=AUTO, help="who looks (auto: all of them, and in other light)")


def run(args: argparse.Namespace) -> int:
    """Decode each picture; those that can't be read are named on standard error."""
    decoder = _decoder(args.decoder)
    answers = [_show(image, decoder, args.json) for image in args.images]
    return DONE if all(answers) else ANSWER_IS_NO


def _decoder(name: str) -> Decoder:
    from config.plugins import find

    try:
        if name == AUTO:
            from drivers.decoding import AutoDecoder

            return AutoDecoder()
        decoder: Decoder = find("drivers.decoders", name).Decoder()
    except ImportError as error:
        # The wheels bring all but ZBar, which is a library of the system.
        raise CommandError(
            f"a library that {name!r} needs is not installed: {error}. On Debian: apt install libzbar0", ANSWER_IS_NO
        ) from error
    return decoder


def _show(image: Path, decoder: Decoder, as_json: bool) -> bool:
    """Write what is in one picture; tell whether there was a barcode."""
    picture = _load(image)
    barcodes = () if picture is None else decoder.decode(picture)
    if as_json:
        print(json.dumps({"image": str(image), "barcodes": [_as_json(barcode) for barcode in barcodes]}), flush=True)
    else:
        for barcode in barcodes:
            print(visible(f"{image}: {barcode.symbology} {barcode.aim or '-'} {barcode.text}"), flush=True)
    if picture is not None and not barcodes:
        print(f"lotline decode: no barcode was found in {image}. Is it whole, sharp, and not in shadow or glare?", file=sys.stderr)
    return bool(barcodes)


def _load(image: Path) -> Picture | None:
    from drivers.pictures import PictureError, load

    try:
        return load(image)
    except PictureError as error:
        words = str(error)
    except FileNotFoundError:
        words = "there is no such file"
    except OSError as error:
        words = error.strerror or str(error)
    print(f"lotline decode: {image} can't be read: {words}.", file=sys.stderr)
    return None


def _as_json(barcode: Barcode) -> dict[str, Any]:
    return {"text": barcode.text, "symbology": barcode.symbology, "aim": barcode.aim, "corners": barcode.corners}


def visible(text: str) -> str:
    """Return `text` for a terminal: control characters by their names, and nothing that it can't show."""
    named = "".join(
        _CONTROL_NAMES.get(ord(each), f"<{ord(each):02X}>" if ord(each) < 32 or 127 <= ord(each) < 160 else each) for each in text
    )
    encoding = sys.stdout.encoding or "utf-8"
    return named.encode(encoding, "backslashreplace").decode(encoding)
