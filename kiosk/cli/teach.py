"""`lotline teach VENDOR --samples FILE.json`: how to read a vendor's own label, from samples that a person marks."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from kiosk.cli.barcode import calendar_day, facts_told
from kiosk.cli.errors import ANSWER_IS_NO, DONE, CommandError
from kiosk.cli.output_file import write_whole
from kiosk.cli.rules_in_use import put_to_use
from kiosk.cli.server_access import add_access
from kiosk.cli.taught_samples import read_samples
from traceability.barcodes import vendor_rules
from traceability.barcodes.flaws import picture
from traceability.barcodes.reading import Reading
from traceability.barcodes.vendor import Field, Rule, Sample
from traceability.barcodes.vendor_learning import Cannot, learn, readings


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add whose label, its samples, and where the rule goes."""
    parser.add_argument("vendor", metavar="VENDOR", help="whose label it is, as the plant's data call them")
    parser.add_argument(
        "--samples", metavar="FILE.json", required=True, help='[{"scan": "CH AB-7;25", "lot": "AB-7", "quantity": "25"}, …]'
    )
    parser.add_argument("--label", metavar="NAME", default="", help="which label, where the vendor has several kinds")
    parser.add_argument("--rule", metavar="OLD.json", type=Path, help="the rule in use: its samples count too, and the version follows it")
    parser.add_argument("-o", "--output", metavar="RULE.json", help="keep the rule with its samples, for the next version")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--server", metavar="URL", help="put it to use at every station")
    where.add_argument("--db", metavar="DIR", type=Path, help="put it to use at one station that has no server")
    add_access(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--today", metavar="DATE", type=calendar_day, help="the day from which two-digit years count, as 2026-11-21")


def run(args: argparse.Namespace) -> int:
    """Learn, show what would be read, and only then keep it and put it to use."""
    today = args.today or datetime.now(UTC).date()
    previous = _previous(args.rule, args.vendor, today) if args.rule else None
    new = read_samples(args.samples, Path(args.samples), today)
    samples = (*new, *_others(previous, new))
    rule = learn(args.vendor, samples, today, previous)
    if isinstance(rule, Cannot):
        return _say_no(rule, samples, args.json)
    told = readings(rule, [sample.text for sample in samples], today)
    print(_as_json(rule, told) if args.json else "\n".join(_as_text(rule, told, len(new))))
    done = []
    if args.output:
        write_whole(args.output, vendor_rules.dumps(rule).encode() + b"\n")
        done.append(f"kept in {args.output}")
    if args.server or args.db:
        done.append(put_to_use(args, rule))
    if not args.json:
        print("\n".join(done) or "This was a trial. -o keeps the rule; --server or --db puts it to use.")
    return DONE


def _previous(file: Path, vendor: str, today: date) -> Rule:
    from config.loading import read_text
    from config.mistakes import SettingsRefused

    try:
        rule = vendor_rules.loads(read_text(file), today)
    except SettingsRefused as error:
        raise CommandError(error.words) from error
    if isinstance(rule, Cannot):
        raise CommandError(f"the rule {file} can't be used: {rule.words}")
    if rule.vendor != vendor:
        raise CommandError(f"the rule {file} is for vendor {rule.vendor!r}, not for {vendor!r}.")
    return rule


def _others(previous: Rule | None, new: tuple[Sample, ...]) -> Iterator[Sample]:
    """Yield the old rule's samples, save those that are marked anew."""
    anew = {sample.text for sample in new}
    yield from (sample for sample in (previous.samples if previous else ()) if sample.text not in anew)


def _say_no(cannot: Cannot, samples: tuple[Sample, ...], as_json: bool) -> int:
    if as_json:
        number = None if cannot.sample is None else cannot.sample + 1
        error = {"message": cannot.words, "sample": number, "field": cannot.field, "answers": cannot.answers}
        print(json.dumps({"ok": False, "error": error}, separators=(",", ":")))
        return ANSWER_IS_NO
    sample = "" if cannot.sample is None else f"\n  sample {cannot.sample + 1}: {picture(samples[cannot.sample].text)}"
    raise CommandError(f"{cannot.words}{sample}{_how_to_answer(cannot, samples)}", ANSWER_IS_NO)


def _how_to_answer(cannot: Cannot, samples: tuple[Sample, ...]) -> str:
    """Return the line that answers the question in the samples' file; nothing where it was none."""
    if cannot.field is None or cannot.sample is None:
        return ""
    sample = samples[cannot.sample]
    marked = next(sample.text[mark.start : mark.end] for mark in sample.marks if mark.field is cannot.field)
    answers = cannot.answers or (("25 kg",) if cannot.field is Field.QUANTITY else ())
    means = [json.dumps({"text": marked, "means": answer}) for answer in answers]
    return f'\n  say so there: "{cannot.field.value}": {" or ".join(means)}' if means else ""


def _as_json(rule: Rule, told: tuple[Reading | None, ...]) -> str:
    samples = [
        {"scan": sample.text, "facts": None if reading is None else facts_told(reading.facts)}
        for sample, reading in zip(rule.samples, told, strict=True)
    ]
    return json.dumps({"ok": True, "vendor": rule.vendor, "version": rule.version, "samples": samples}, separators=(",", ":"))


def _as_text(rule: Rule, told: tuple[Reading | None, ...], new: int) -> Iterator[str]:
    yield f"{rule.vendor}, version {rule.version}, would read"
    for number, (sample, reading) in enumerate(zip(rule.samples, told, strict=True)):
        yield f"  {picture(sample.text)}{'' if number < new else '   (sample of the rule so far)'}"
        if reading is None:
            yield "    left alone: another label"
        else:
            yield from (f"    {name.replace('_', ' '):<12} = {value}" for name, value in facts_told(reading.facts).items())
