"""`lotline server …`: run the central server, and what its administrator does at its command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.cli.errors import ANSWER_IS_NO, DONE, CommandError
from server.token_files import write_token

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from server.listening import Certificate, Listening
    from server.store.database import Database

DEFAULT_DIRECTORY: Final = "lotline-server"
DEFAULT_PORT: Final = 8440
_LAST_PORT: Final = 65535
_LONGEST_NAME: Final = 128


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the server's own commands."""
    commands = parser.add_subparsers(dest="task", required=True, metavar="TASK")
    _add_run(commands)
    _add(commands, "migrate", "bring the database to this version (a copy is made first)", _migrate)
    enrol = _add(commands, "enrol", "let a station in; prints its token once", _enrol)
    enrol.add_argument("name", metavar="STATION", help="the station's name")
    _add_token_file(enrol)
    admin = _add(commands, "admin", "let an administrator in; prints the token once", _admin)
    admin.add_argument("name", metavar="NAME", help="who it is")
    admin.add_argument("--reader", action="store_true", help="may ask for reports only")
    _add_token_file(admin)
    revoke = _add(commands, "revoke", "make a token useless; what its owner sent stays", _revoke)
    revoke.add_argument("name", metavar="NAME", help="the station, administrator or reader")
    revoke.add_argument("--role", choices=("station", "admin", "reader"), default="station")
    load = _add(commands, "import", "store reference data from a plant file", _import)
    load.add_argument("plant", type=Path, metavar="PLANT.json|FILE.csv")
    load.add_argument("--kind", help="what a CSV file holds (default: its name): items, vendors, purchase_orders or lots")
    backup = _add(commands, "backup", "write a copy of the database that can take its place", _backup)
    backup.add_argument("target", type=Path, metavar="FILE")
    words = "say that an older copy took the database's place (a dump, a disk image): stations read all anew and send what it lacks"
    _add(commands, "restored", words, _restored)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    from sqlalchemy.exc import DBAPIError

    from server.store.database import DatabaseRefused, without_password

    work: Callable[[argparse.Namespace], int] = args.work
    try:
        return work(args)
    except DatabaseRefused as error:
        raise CommandError(error.words, ANSWER_IS_NO) from error
    except DBAPIError as error:
        words = f"the database {without_password(args.db)} failed: {error.orig}. Nothing was kept of this command"
        raise CommandError(words, ANSWER_IS_NO) from error


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, does: str, work: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=does, description=does, allow_abbrev=False)
    where = f"the server's directory, or postgresql://… (default: {DEFAULT_DIRECTORY})"
    parser.add_argument("--db", default=DEFAULT_DIRECTORY, metavar="DIR|URL", help=where)
    parser.set_defaults(work=work)
    return parser


def _add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "run", "answer stations", _run)
    parser.add_argument("--host", default="127.0.0.1", help="the address to answer on (default: this machine only)")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"0 takes a free one (default: {DEFAULT_PORT})")
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="the server's certificate (PEM), for HTTPS")
    parser.add_argument("--key", type=Path, metavar="FILE", help="its private key (PEM)")
    parser.add_argument(
        "--attachments", type=Path, metavar="DIR", help="where photos and papers are kept (default: beside an SQLite database)"
    )
    parser.add_argument("--insecure-plain-http", action="store_true", help="let tokens travel unencrypted to other machines")


def _add_token_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--token-file", type=Path, metavar="FILE", help="write the token here, readable by its owner only, instead of printing it"
    )


@contextmanager
def _database(args: argparse.Namespace) -> Iterator[Database]:
    """The database that a command works on, of this version; let go of at its end, also when that is an error."""
    from server.app import utc_now
    from server.store.database import open_database
    from server.store.schema import ready

    with closing(open_database(args.db)) as database:
        yield ready(database, utc_now())


def _run(args: argparse.Namespace) -> int:
    if not 0 <= args.port <= _LAST_PORT:
        raise CommandError(f"{args.port} is no port; expected 0 to {_LAST_PORT}")
    certificate = _certificate(args)
    with _database(args) as database:
        listening = _listening(args, database, certificate)
        print(f"Lotline server at {listening.url}", flush=True)
        listening.serve()
    return DONE


def _listening(args: argparse.Namespace, database: Database, certificate: Certificate | None) -> Listening:
    from server.app import create_app
    from server.listening import Listening

    try:
        return Listening(create_app(database, attachments_in=args.attachments), args.host, args.port, certificate)
    except OSError as error:
        raise CommandError(f"{args.host} port {args.port} can't be listened on: {error}. Choose another --port or --host") from error


def _certificate(args: argparse.Namespace) -> Certificate | None:
    from server.listening import Certificate, fault_of, is_loopback

    if bool(args.certificate) != bool(args.key):
        raise CommandError("--certificate and --key go together: give both, or neither")
    if args.certificate:
        for file in (args.certificate, args.key):
            if not file.is_file():
                raise CommandError(f"there is no file {file}")
        certificate = Certificate(str(args.certificate), str(args.key))
        if fault := fault_of(certificate):
            raise CommandError(f"{args.certificate} and {args.key} can't be used: {fault}")
        return certificate
    if not is_loopback(args.host) and not args.insecure_plain_http:
        words = f"on {args.host} tokens would travel unencrypted: give --certificate and --key, or say --insecure-plain-http"
        raise CommandError(words)
    return None


def _migrate(args: argparse.Namespace) -> int:
    from server.app import utc_now
    from server.store.database import open_database
    from server.store.schema import migrate, newest_version

    with closing(open_database(args.db)) as database:
        copy = migrate(database, utc_now())
    print(f"the database is of version {newest_version()}" + (f"; as it was before: {copy}" if copy else ""))
    return DONE


def _enrol(args: argparse.Namespace) -> int:
    from server import enrolment

    return _give_token(args, enrolment.enrol, "station")


def _admin(args: argparse.Namespace) -> int:
    from server import enrolment

    role = enrolment.Role.READER if args.reader else enrolment.Role.ADMIN
    return _give_token(args, lambda connection, name, now: enrolment.admit(connection, name, role, now), role.value)


def _give_token(args: argparse.Namespace, issue: Callable[[Connection, str, datetime], str], role: str) -> int:
    from server.app import utc_now

    _check_name(args.name)
    try:
        with _database(args) as database, database.writing() as connection:
            token = issue(connection, args.name, utc_now())
            if args.token_file:
                write_token(args.token_file, token)  # where this fails, the transaction does: no token that nobody has
    except OSError as error:
        raise CommandError(f"the token can't be written to {args.token_file}: {error.strerror}") from error
    if args.token_file:
        print(f"the token of {role} {args.name!r} is in {args.token_file}")
    else:
        print(token)
        print(f"This is the token of {role} {args.name!r}. It is not shown again; earlier ones no longer open.", file=sys.stderr)
    return DONE


def _check_name(name: str) -> None:
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable() or name != name.strip():
        raise CommandError(f"{name!r} is no name: expected 1 to {_LONGEST_NAME} printable characters without blanks around them")


def _revoke(args: argparse.Namespace) -> int:
    from server import enrolment
    from server.app import utc_now

    with _database(args) as database, database.writing() as connection:
        count = enrolment.revoke(connection, args.name, enrolment.Role(args.role), utc_now())
    if not count:
        raise CommandError(f"no {args.role} {args.name!r} has a token that opens", ANSWER_IS_NO)
    print(f"{args.role} {args.name!r} is let in no more")
    return DONE


def _import(args: argparse.Namespace) -> int:
    from config.mistakes import SettingsRefused
    from config.reference_files import load_reference
    from server.feed import store
    from server.store.books import Books
    from sync.protocol import RecordIn

    try:
        plant = load_reference(args.plant, args.kind)
    except SettingsRefused as error:
        raise CommandError(error.words) from error
    received = [RecordIn(kind=each.kind, key=each.key, body=each.body) for each in plant.records()]
    with _database(args) as database, database.writing() as connection:
        changed = store(Books(connection), received)
    print(f"{len(received)} records read, {changed} of them new or changed")
    return DONE


def _restored(args: argparse.Namespace) -> int:
    from server.store.schema import renew_epoch

    with _database(args) as database, database.writing() as connection:
        renew_epoch(connection)
    print("every station will read the reference data from its beginning, and send again what this database lacks")
    return DONE


def _backup(args: argparse.Namespace) -> int:
    from server.backup import back_up

    with _database(args) as database:
        back_up(database, args.target)
    print(f"copied to {args.target}")
    return DONE
