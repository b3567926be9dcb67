"""North American coupons, AI (8110) and (8112): long digit strings in which one digit says how long the next part is.

Source: GS1 North American Coupon Application Guideline; GS1 General Specifications 3.9.10 and 3.9.11.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from traceability.barcodes import gs1_checks
from traceability.barcodes.flaws import Flaw


@dataclass(frozen=True, slots=True)
class _Part:
    """One step through the digits.

    `size` digits stand here; where `allowed` is given, the first of them must be one of those. With `plus`, that one digit
    says how many more follow: its own value plus `plus` (a `nothing` digit: none).
    """

    name: str
    size: int = 1
    allowed: str = ""
    plus: int | None = None
    nothing: str = ""
    day: bool = False


def _counted(name: str, allowed: str, plus: int, nothing: str = "") -> _Part:
    return _Part(name, 1, allowed, plus, nothing)


def _purchase(which: str) -> tuple[_Part, ...]:
    return (
        _counted(f"{which} purchase requirement", "12345", 0),
        _Part(f"{which} purchase requirement code", 1, "012349"),
        _Part(f"{which} purchase family code", 3),
    )


def _further_purchase(which: str) -> tuple[_Part, ...]:
    return (*_purchase(which), _counted(f"{which} purchase company prefix", "01234569", 6, nothing="9"))


_ANY: Final = "0123456789"
_COUPON: Final = (
    _counted("company prefix", "0123456", 6),
    _Part("offer code", 6),
    _counted("save value", "12345", 0),
    *_purchase("first"),
)
# Optional parts stand in this order, each begun by its digit.
_OPTIONS: Final[dict[str, tuple[_Part, ...]]] = {
    "1": (_Part("additional purchase rules code", 1, "0123"), *_further_purchase("second")),
    "2": _further_purchase("third"),
    "3": (_Part("expiry date", 6, day=True),),
    "4": (_Part("start date", 6, day=True),),
    "5": (_counted("serial number", _ANY, 6),),
    "6": (_counted("retailer's company prefix or GLN", "1234567", 6),),
    "9": (
        _Part("save value code", 1, "01256"),
        _Part("save value's item", 1, "012"),
        _Part("store coupon flag"),
        _Part("don't multiply flag", 1, "01"),
    ),
}
_OFFER: Final = (
    _Part("format code", 1, "01"),
    _counted("funder", "0123456", 6),
    _Part("offer code", 6),
    _counted("serial number", _ANY, 6),
)


def coupon(text: str) -> Flaw | None:
    """A coupon code for North America, AI (8110)."""
    if flaw := gs1_checks.digits(text) if text else None:
        return flaw
    at = _walk(text, 0, _COUPON)
    dates: dict[str, int] = {}
    for sign, parts in _OPTIONS.items():
        if isinstance(at, int) and text[at : at + 1] == sign:
            dates[sign] = at + 1
            at = _walk(text, at + 1, parts)
    return at if isinstance(at, Flaw) else _dates_in_order(text, dates) or _nothing_more(text, at)


def offer(text: str) -> Flaw | None:
    """A positive offer file's coupon code, AI (8112)."""
    if flaw := gs1_checks.digits(text) if text else None:
        return flaw
    at = _walk(text, 0, _OFFER)
    return at if isinstance(at, Flaw) else _nothing_more(text, at)


def _walk(text: str, at: int, parts: tuple[_Part, ...]) -> int | Flaw:
    """Return where the digits after `parts` start, or the first flaw in them."""
    for part in parts:
        flaw = _flaw(part, text, at)
        if flaw:
            return flaw
        counter, at = text[at], at + part.size
        if part.plus is not None and counter not in part.nothing:
            size = int(counter) + part.plus
            if len(text) - at < size:
                return _short(text, at, f"the coupon's {part.name} is short of its {size} digits")
            at += size
    return at


def _flaw(part: _Part, text: str, at: int) -> Flaw | None:
    if len(text) - at < part.size:
        return _short(text, at, f"the coupon's {part.name} is missing or short of {part.size} digits")
    if part.allowed and text[at] not in part.allowed:
        return Flaw(f"the coupon's {part.name} starts with one of {' '.join(part.allowed)}, got {text[at]}", at, at + 1)
    if part.day and gs1_checks.day(text[at : at + part.size]):
        return Flaw(f"the coupon's {part.name} is no date YYMMDD", at, at + part.size)
    return None


def _short(text: str, at: int, message: str) -> Flaw:
    # At the very end there is no character to mark: the whole is too short.
    return Flaw(message, at if at < len(text) else 0, len(text))


def _dates_in_order(text: str, dates: dict[str, int]) -> Flaw | None:
    if "3" not in dates or "4" not in dates:
        return None
    expires, starts = (text[dates[sign] : dates[sign] + 6] for sign in "34")
    return Flaw("the coupon expires before it starts", dates["3"] - 1, dates["4"] + 6) if expires < starts else None


def _nothing_more(text: str, at: int) -> Flaw | None:
    return Flaw("nothing more was expected in this coupon", at, len(text)) if at < len(text) else None
