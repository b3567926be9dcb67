"""The public pictures of barcodes, and when a text counts as the one in the picture (the corpora's README)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from drivers.pictures import Barcode, Picture, load
from tests.corpora import cases, corpus


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One picture and the text that is in it."""

    file: str
    symbology: str  # the corpus's own names
    text: str
    picture: Picture


def pictures() -> list[Case]:
    """Return every picture, loaded."""
    folder = corpus("decode")
    return [Case(case["file"], case["symbology"], case["text"], load(folder / case["file"])) for case in cases("decode/expected.jsonl")]


def is_read(case: Case, found: Iterable[Barcode]) -> bool:
    """Tell whether the right text was found."""
    return _plain(case.text, case.symbology) in {_plain(barcode.text, case.symbology) for barcode in found}


def wrong(case: Case, found: Iterable[Barcode]) -> set[str]:
    """Return the texts that are not in the picture."""
    return {barcode.text for barcode in found if _plain(barcode.text, case.symbology) != _plain(case.text, case.symbology)}


def _plain(text: str, symbology: str) -> str:
    text = re.sub(r"[\x1d()\[\]{}]", "", text).rstrip("\r\n")
    match symbology:
        case "code39":
            return text.strip("*")
        case "codabar":
            return text.strip("ABCDabcd")
        case "upca":
            return text.zfill(13)
        case "upce":
            return _expanded(text).zfill(13)
        case "databar":
            text = text.removeprefix("01") if len(text) > 14 else text
            return text[:13]
        case _:
            return text


def _expanded(text: str) -> str:
    """UPC-E in eight digits as UPC-A (GS1 General Specifications, 5.2.2.4.2)."""
    if len(text) != 8:
        return text
    system, body, check = text[0], text[1:7], text[7]
    match body[5]:
        case "0" | "1" | "2":
            return f"{system}{body[:2]}{body[5]}0000{body[2:5]}{check}"
        case "3":
            return f"{system}{body[:3]}00000{body[3:5]}{check}"
        case "4":
            return f"{system}{body[:4]}00000{body[4]}{check}"
        case _:
            return f"{system}{body[:5]}0000{body[5]}{check}"
