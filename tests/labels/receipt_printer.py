"""A receipt printer on paper of dots: enough ESC/POS to show what our labels print, strict about everything else."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image

_WIDTH = 832


@dataclass
class Receipt:
    """What came out up to a cut: the paper, and the bars that the printer drew itself, as (gs1, text)."""

    rows: list[Image.Image] = field(default_factory=list)
    bars: list[tuple[bool, str]] = field(default_factory=list)

    @property
    def picture(self) -> Image.Image:
        """The paper, black on white, with a margin."""
        paper = Image.new("L", (_WIDTH + 80, sum(row.height for row in self.rows) + 80), 255)
        y = 40
        for row in self.rows:
            paper.paste(row, (40, y))
            y += row.height
        return paper


def receipts(data: bytes) -> list[Receipt]:
    """Interpret ESC/POS; fail on a command that a label has no business sending."""
    done: list[Receipt] = []
    now, at = Receipt(), 0
    while at < len(data):
        command = data[at : at + 2]
        match command:
            case b"\x1b@":
                at += 2
            case b"\x1bJ":
                now.rows.append(Image.new("L", (_WIDTH, data[at + 2]), 255))
                at += 3
            case b"\x1ba" | b"\x1dH" | b"\x1dh" | b"\x1dw":
                at += 3
            case b"\x1dV":
                assert data[at + 2 : at + 4] == b"\x42\x00"
                done.append(now)
                now, at = Receipt(), at + 4
            case b"\x1dv":
                at = _raster(data, at, now)
            case b"\x1dk":
                assert data[at + 2] == 73
                length = data[at + 3]
                now.bars.append(_code128(data[at + 4 : at + 4 + length]))
                at += 4 + length
            case _:
                raise AssertionError(f"unexpected command at {at}: {data[at : at + 8]!r}")
    return done


def _raster(data: bytes, at: int, receipt: Receipt) -> int:
    assert data[at + 2 : at + 4] == b"0\x00"
    across, down = int.from_bytes(data[at + 4 : at + 6], "little"), int.from_bytes(data[at + 6 : at + 8], "little")
    assert across * 8 <= _WIDTH
    bits = Image.frombytes("1", (across * 8, down), data[at + 8 : at + 8 + across * down])
    receipt.rows.append(bits.point(lambda ink: 0 if ink else 255, "L"))
    return at + 8 + across * down


def _code128(data: bytes) -> tuple[bool, str]:
    """Read GS k's own writing of Code 128: {B, {C, {1, doubled braces; pairs of digits as one byte in C."""
    text, code_set, gs1, at = "", b"", False, 0
    while at < len(data):
        if data[at : at + 1] == b"{":
            sign = data[at + 1 : at + 2]
            at += 2
            if sign in (b"B", b"C"):
                code_set = sign
            elif sign == b"1":
                gs1, text = (True, text) if not text else (gs1, text + "\x1d")
            else:
                assert sign == b"{"
                assert code_set == b"B"
                text += "{"
        else:
            assert code_set == b"B" or data[at] < 100
            text += chr(data[at]) if code_set == b"B" else f"{data[at]:02}"
            at += 1
    return gs1, text
