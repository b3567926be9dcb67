"""Decoders side by side on public pictures: read rate, wrong reads, ms a picture; as they are, turned, blurred, dark.

Run: python -m benchmarks.decoders [--every 4] [--budget 0.6]   (--every 1: all pictures in all variants; takes minutes)
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

import cv2
import numpy as np

from config.plugins import find, names
from drivers.decoding import AutoDecoder
from drivers.pictures import LINEAR, Decoder, Picture
from drivers.preparing import turned
from tests.corpora import CORPORA
from tests.decode_corpus import Case, is_read, pictures, wrong

Change = Callable[[Picture], Picture]
STEPS = range(15, 91, 15)
LINEAR_NAMES = frozenset({*LINEAR, "databarexp", "code39ext"})


def blurred(picture: Picture, sigma: float) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)


def shaken(picture: Picture, pixels: int) -> Picture:
    """Moved along the bars' reading direction while the shutter was open: the worst case."""
    return np.asarray(cv2.blur(picture, (pixels, 1)), np.uint8)


def dark(picture: Picture) -> Picture:
    """A twelfth of the light, with the sensor's noise."""
    noise = np.random.default_rng(7).normal(0, 1.5, picture.shape)
    return np.asarray((picture / 12 + 6 + noise).clip(0, 255), np.uint8)


VARIANTS: dict[str, Change] = {
    "out of focus, 1.5 px": partial(blurred, sigma=1.5),
    "out of focus, 2.5 px": partial(blurred, sigma=2.5),
    "shaken, 3 px": partial(shaken, pixels=3),
    "shaken, 7 px": partial(shaken, pixels=7),
    "dark and noisy": dark,
}


def spun(picture: Picture, degrees: int) -> Picture:
    return turned(picture, degrees).picture


@dataclass(frozen=True, slots=True)
class Score:
    read: int
    wrong: int
    milliseconds: float

    def __str__(self) -> str:
        return f"{self.read:4}{f' w{self.wrong}' if self.wrong else '':4}{self.milliseconds:7.1f}"


def score(decoder: Decoder, cases: list[Case]) -> Score:
    """Count how many of `cases` are read, and how many give a text that is not in them."""
    started = time.perf_counter()
    found = [decoder.decode(case.picture) for case in cases]
    milliseconds = (time.perf_counter() - started) * 1e3 / len(cases)
    pairs = list(zip(cases, found, strict=True))
    return Score(sum(is_read(case, each) for case, each in pairs), sum(bool(wrong(case, each)) for case, each in pairs), milliseconds)


def row(title: str, decoders: dict[str, Decoder], cases: list[Case]) -> None:
    print(f"{title:24}{len(cases):5}  " + "  ".join(str(score(decoder, cases)) for decoder in decoders.values()), flush=True)


def changed(cases: Iterable[Case], change: Change) -> list[Case]:
    return [replace(case, picture=change(case.picture)) for case in cases]


def compare(every: int, budget: float) -> None:
    """Print the tables."""
    decoders: dict[str, Decoder] = {name: find("drivers.decoders", name).Decoder() for name in names("drivers.decoders")}
    decoders["auto"] = AutoDecoder(budget)
    cases = pictures()
    print(f"{'':29}  " + "  ".join(f"{name:>15}" for name in decoders))
    print(f"{'pictures':>29}  " + "  ".join("read wr     ms" for _ in decoders))
    for symbology, group in groupby(cases, lambda case: case.symbology):
        row(symbology, decoders, list(group))
    row("all, as they are", decoders, cases)
    some = cases[::every]
    linear = [case for case in some if case.symbology in LINEAR_NAMES]
    for degrees in STEPS:
        row(f"linear, turned {degrees}°", decoders, changed(linear, partial(spun, degrees=degrees)))
    row("2D, turned 45°", decoders, changed([case for case in some if case not in linear], partial(spun, degrees=45)))
    for title, change in VARIANTS.items():
        row(title, decoders, changed(some, change))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=4, help="take every n-th picture for the turned, blurred and dark ones")
    parser.add_argument("--budget", type=float, default=0.6, help="seconds that auto may spend on a picture")
    args = parser.parse_args()
    if (CORPORA / "decode").is_dir():
        compare(args.every, args.budget)
    else:
        print("left out: the public corpus decode is not here; set LOTLINE_CORPORA to the folder that holds it")


if __name__ == "__main__":
    main()
