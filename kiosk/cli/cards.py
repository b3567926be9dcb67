"""`lotline cards --language zpl -o FOLDER`: every command card, in sheets."""

from __future__ import annotations

import argparse
from pathlib import Path

from config.plugins import names
from kiosk.cli.errors import ANSWER_IS_NO, DONE, WRONG_USAGE, CommandError
from kiosk.cli.output_file import write_whole
from kiosk.presenters.command_sheets import command_sheets
from kiosk.presenters.language import SOURCE, language_codes, load_language
from labels.media import RESOLUTIONS
from labels.printing import LANGUAGES, make
from labels.refused import LabelRefused
from traceability.workflows.modes import MODES

TEMPLATE = "command_sheet"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add for which printer, in which words, and where to."""
    parser.add_argument("--language", required=True, help=f"the printer's: {', '.join(names(LANGUAGES))}")
    parser.add_argument("--words", default=SOURCE, choices=language_codes(), help=f"the workers' language (default: {SOURCE})")
    parser.add_argument("--modes", nargs="+", default=MODES, choices=MODES, metavar="MODE", help="the kinds of work (default: all)")
    parser.add_argument("--media", help="width x height in millimetres (default: 100x150)")
    parser.add_argument("--dpi", type=int, default=RESOLUTIONS[0], help="the printer's dots per inch: 203, 300 or 600 (default: 203)")
    parser.add_argument("-o", "--output", metavar="FOLDER", required=True, help="where the sheets go, a file each")


def run(args: argparse.Namespace) -> int:
    """Make all sheets; nothing is written where one can't be made."""
    sheets = [
        make(TEMPLATE, data, args.language, args.media, 1, args.dpi)
        for data in command_sheets(tuple(args.modes), load_language(args.words))
    ]
    folder = Path(args.output)
    for made in sheets:
        if isinstance(made, LabelRefused):
            raise CommandError(made.words, WRONG_USAGE if made.asked_wrong else ANSWER_IS_NO)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"can't make the folder {folder}: {error.strerror}.") from None
    for number, made in enumerate(sheets, start=1):
        assert isinstance(made, bytes)
        write_whole(str(folder / f"cards-{number:02}.{args.language}"), made)
    print(f"{len(sheets)} sheets in {folder}")
    return DONE
