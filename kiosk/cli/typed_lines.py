"""Lines as a keyboard scanner types them: from a file, a pipe, or a terminal that keeps its hands off control characters."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, Protocol

from kiosk.cli.errors import CommandError

LONGEST: Final = 8192  # bytes of one line; more is no scan
_ENDS: Final = b"\r\n"
_INTERRUPT: Final = b"\x03"


class Lines(Protocol):
    """Where the next line comes from."""

    asks: bool  # a person is there, who can be asked again

    def next(self, prompt: str) -> str | None:
        """Return the next line without its end; None where there is no more."""


class FileLines:
    """Lines that were kept; empty ones are passed over."""

    asks = False

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def next(self, prompt: str) -> str | None:  # noqa: ARG002  nobody is asked
        """Return the next line that holds anything."""
        while line := self._file.readline(LONGEST + 2):
            if line.strip(_ENDS):
                return _text(line.rstrip(_ENDS))
        return None


class TerminalLines:
    """Lines typed at a terminal in which Ctrl+D, Ctrl+\\ and their kin are characters like any other; Ctrl+C still ends it."""

    asks = True

    def __init__(self, terminal: IO[bytes]) -> None:
        self._terminal = terminal

    def next(self, prompt: str) -> str | None:
        """Ask, and return what is typed up to Enter; None where that is nothing."""
        print(prompt, file=sys.stderr, flush=True)
        typed = bytearray()
        while (sign := self._terminal.read(1)) not in (b"", b"\r", b"\n"):
            if sign == _INTERRUPT:
                raise KeyboardInterrupt
            if len(typed) < LONGEST:
                typed += sign
        return _text(bytes(typed)) if typed else None


@contextmanager
def opened_lines(name: str | None) -> Iterator[Lines]:
    """Give the lines of a file, or of standard input; CommandError where the file can't be read."""
    if name is None or name == "-":
        with _plain_keys(sys.stdin) if sys.stdin.isatty() else _piped() as lines:
            yield lines
        return
    try:
        content = Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"can't read {name}: {error.strerror}.") from None
    yield FileLines(io.BytesIO(content))


@contextmanager
def _piped() -> Iterator[Lines]:
    yield FileLines(sys.stdin.buffer)


@contextmanager
def _plain_keys(terminal: IO[str]) -> Iterator[Lines]:
    """Let the terminal pass every key through, unseen, as long as this is open."""
    import termios

    keys = terminal.fileno()
    before = termios.tcgetattr(keys)
    changed = termios.tcgetattr(keys)
    changed[0] &= ~(termios.IXON | termios.ISTRIP)
    changed[3] &= ~(termios.ICANON | termios.ISIG | termios.IEXTEN | termios.ECHO)
    termios.tcsetattr(keys, termios.TCSADRAIN, changed)
    try:
        with open(keys, "rb", buffering=0, closefd=False) as raw:
            yield TerminalLines(raw)
    finally:
        termios.tcsetattr(keys, termios.TCSADRAIN, before)


def _text(line: bytes) -> str:
    return line.decode("utf-8", "surrogateescape")
