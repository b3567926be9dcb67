"""Feed `read()` with whatever a mutating fuzzer thinks of: an answer always, an exception never, nothing invented.

Run from the project's root; the corpus folder is where it goes on the next time:

    python -m tests.fuzz.fuzz_barcodes CORPUS_DIR [-runs=1000000] [-max_total_time=600] [any other libFuzzer option]
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["traceability"]):
    from traceability.barcodes import command, digital_link, gs1, gs1_brackets, hibc, ifa, isbt128, iso15434, retail  # noqa: F401  (instrumented before the first scan)
    from traceability.barcodes.read import ReaderSettings, read
    from traceability.barcodes.reading import Ambiguous, Format, Misread, Outcome, Reading

TODAY = date(2026, 11, 21)
SETTINGS = (
    ReaderSettings(),
    ReaderSettings(assume_gs1=True),
    ReaderSettings(assume_gs1=True, separator="|"),
    ReaderSettings(separator="^"),
    ReaderSettings(typed=True),
)
SEEDS = (
    "]C1010952012345678817271130" + "10ABC123",
    "]d20109520123456788" + "10LOT-0042\x1d17271130" + "21SN000123",
    "]C1310301250037250\x1d8008261121101530",
    "]e08110012345612345611110123101101230123456",
    "]Q1https://id.gs1.org/01/09520123456788/10/ABC%2F1?17=271130&x=y",
    "[)>\x1e06\x1dPITEM\x1d1TLOT\x1dQ25\x1e\x04",
    "+A123BJC5D6E71/$$3271130LOT9",
    "..K.QTY.5.Y",
    "]E02112345678900|]e099COMPOSITE\x1d98XYZ",
    "]C0=W00002612345600",
    "]A0-12345678",
    "(01)09520123456788(10)ABC",
    "010952012345678810A|21B",
)


def judge(scan: str, outcome: Outcome) -> None:
    """Raise AssertionError where an answer breaks a promise that holds for every scan."""
    assert outcome.scan == scan
    match outcome:
        case Reading():
            if outcome.format is Format.GS1 and outcome.aim is not None:
                # Nothing is invented: the elements are the scan, separators apart.
                told = "".join(f"{element.identifier}{element.value}" for element in outcome.elements)
                assert told == scan[3:].rstrip("\r\n").replace(gs1.GS, "") or "|" in scan or "^" in scan
            for element in outcome.elements:
                assert element.identifier
            assert outcome.facts.gtin is None or (len(outcome.facts.gtin) == 14 and outcome.facts.gtin.isascii())
        case Misread():
            assert outcome.message
            assert outcome.position is None or 0 <= outcome.position <= len(scan)
        case Ambiguous():
            assert len(outcome.readings) > 1


def try_one(data: bytes) -> None:
    """Read one input under every kind of settings. The first byte says how the others become characters."""
    how, body = data[:1], data[1:]
    if how and how[0] % 4 == 0:
        scan = body.decode("utf-16-le", "surrogatepass") if len(body) % 2 == 0 else body.decode("latin-1")
    else:
        scan = body.decode("utf-8", "surrogateescape")
    for settings in SETTINGS:
        judge(scan, read(scan, settings, today=TODAY))


def main() -> None:
    """Fuzz until told to stop; the seeds are written into an empty corpus folder."""
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("-")]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            for number, seed in enumerate(SEEDS):
                (folder / f"seed-{number}").write_bytes(b"\x01" + seed.encode())
    # What breaks a promise is kept beside the corpus, not in the project.
    kept = (
        []
        if any(word.startswith("-artifact_prefix") for word in sys.argv)
        else [f"-artifact_prefix={folder.parent}/" for folder in folders[:1]]
    )
    atheris.Setup([*sys.argv, *kept], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
