"""How a command reaches the central server: its address, and the token of who asks."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli.errors import ANSWER_IS_NO, CommandError

if TYPE_CHECKING:
    from sync.http import Connection, TurnedAway

_LARGEST_TOKEN = 4096


def add_access(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where the server is."""
    parser.add_argument("--token-file", type=Path, metavar="FILE", help="holds the token (else the environment's LOTLINE_TOKEN)")
    parser.add_argument("--ca-file", metavar="FILE", help="certificate authority that the server's certificate is checked with (PEM)")


def connected(args: argparse.Namespace) -> Connection:
    """Return a connection to `--server`; CommandError where no token is found."""
    from sync.http import Address, Connection

    if args.ca_file and not Path(args.ca_file).is_file():
        raise CommandError(f"there is no file {args.ca_file}")
    return Connection(Address(args.server, token_from(args.token_file), args.ca_file))


def token_from(file: Path | None) -> str:
    """Return the token in `file`, else in the environment; CommandError in words where there is none."""
    if file is None:
        if token := os.environ.get("LOTLINE_TOKEN", ""):
            return token
        raise CommandError("the server wants a token: give --token-file (made by 'lotline server admin NAME --token-file FILE')")
    try:
        token = file.read_bytes()[:_LARGEST_TOKEN].decode("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"the token file {file} can't be read: {getattr(error, 'strerror', None) or 'it is not text'}") from error
    if not token.isprintable() or not token or " " in token:
        raise CommandError(f"{file} holds no token; expected one line as 'lotline server admin' wrote it")
    return token


def refused(error: TurnedAway) -> CommandError:
    """Return what a command says where the server said no."""
    return CommandError(error.words, ANSWER_IS_NO)
