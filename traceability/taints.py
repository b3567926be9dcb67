"""Which lots were made, surely or possibly, from one that nobody may use: worked out for the part of the genealogy that changed."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from traceability.genealogy import LotId
from traceability.lots import Disposition

#: A lot that stands so stops what was made from it. One that has expired since was good when it was used.
STOPPING: Final = frozenset({Disposition.HOLD, Disposition.REJECTED, Disposition.RECALLED})

Link = tuple[LotId, LotId]  # what went into what


def stopped_ancestors(
    links: Iterable[Link],
    stopped: Collection[LotId],
    outside: Mapping[LotId, tuple[LotId, ...]],
    at_most: int,
) -> dict[LotId, tuple[LotId, ...]]:
    """Return for each lot that `links` lead to, and that has any, the nearest stopped lots that it was made from: `at_most` so many.

    `links` are all that lead into a part of the genealogy that nothing leads out of; `outside` says the same of the lots that they
    come from and that are not of that part. Rework makes cycles: no lot is said to be its own ancestor, and the walk ends.
    """
    onward: dict[LotId, list[LotId]] = {}
    waiting = deque[Link]()  # (lot, an ancestor of it that is stopped)
    for source, target in links:
        onward.setdefault(source, []).append(target)
        if source in stopped:
            waiting.append((target, source))
    for source, far in outside.items():
        waiting.extend((target, each) for target in onward.get(source, ()) for each in far)
    # One more than is wanted: a lot of a cycle also meets itself, which must not crowd out another.
    found: dict[LotId, list[LotId]] = {}
    while waiting:
        lot, ancestor = waiting.popleft()
        known = found.setdefault(lot, [])
        if len(known) > at_most or ancestor in known:
            continue
        known.append(ancestor)
        waiting.extend((each, ancestor) for each in onward.get(lot, ()))
    others = ((lot, tuple(each for each in known if each != lot)[:at_most]) for lot, known in found.items())
    return {lot: ancestors for lot, ancestors in others if ancestors}
