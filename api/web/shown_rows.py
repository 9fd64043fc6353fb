"""Rows that keep their places while somebody reads them: a list that refreshes itself never moves under the cursor.

The page remembers which rows it shows. When it asks again, those rows come back in the same order with fresh
content; one that is gone leaves an empty place, and new ones are only counted until they are asked for.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
ID_LENGTH = 12
"""The end of a UUID: enough to tell the rows of one page apart."""


@dataclass(frozen=True, slots=True)
class Group(Generic[Row]):
    """Rows under one heading; None is a place whose row is gone."""

    key: str
    rows: Sequence[Row | None]


@dataclass(frozen=True, slots=True)
class Kept(Generic[Row]):
    groups: Sequence[Group[Row]]
    news: int
    """How many rows there are that the page doesn't show yet."""
    shown: str
    """What the page sends when it asks again."""


def keep_places(fresh: Sequence[Group[Row]], shown: str, id_of: Callable[[Row], str]) -> Kept[Row]:
    """The fresh rows in the places the page shows; as they are when it shows none yet."""
    if not shown:
        return Kept(fresh, 0, _written(fresh, id_of))
    by_id = {_short(id_of(row)): row for group in fresh for row in group.rows if row is not None}
    places = [(key, ids.split(".")) for key, _, ids in (part.partition("-") for part in shown.split("~"))]
    seen = {one for _, ids in places for one in ids}
    groups = [Group(key, [by_id.get(one) for one in ids]) for key, ids in places]
    return Kept(groups, len(by_id.keys() - seen), shown)


def _written(groups: Iterable[Group[Row]], id_of: Callable[[Row], str]) -> str:
    parts = ((group.key, [_short(id_of(row)) for row in group.rows if row is not None]) for group in groups)
    return "~".join(f"{key}-{'.'.join(ids)}" for key, ids in parts if ids)


def _short(id_: str) -> str:
    return id_[-ID_LENGTH:]
