"""Many rows asked for in one statement, however many: SQLite reads which ones from one parameter, so nothing is built anew each time."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, bindparam, func, select


def listed(name: str) -> Select[Any]:
    """Return what stands behind `in_` of a statement that is built once; the parameter `name` is a list made by `as_list`."""
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


def as_list(rows: Collection[int | str]) -> str:
    """Return row numbers, or ids, as such a parameter."""
    return json.dumps(list(rows))
