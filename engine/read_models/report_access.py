"""Whose figures somebody may see, and which groups are too small to show. Reports name units and roles, never a person."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from engine.handle import Reading
from engine.people import UNIT
from engine.read_models.visible_cases import led_units
from pathways.errors import Malformed, NotAllowed, UnknownThing

SMALLEST = 5
"""A group of fewer may point at somebody: who can't see the cases themselves isn't shown it."""
LONGEST = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class ReportUnits:
    """The units a report is about. `knows_cases`: the reader works there, so a small group tells nothing new."""

    unit_ids: tuple[str, ...]
    knows_cases: bool
    is_county: bool = False
    """Whether these are all there are."""


def report_units(reading: Reading, unit: str | None, *, leaves: bool = False) -> ReportUnits:
    """A lead's or worker's own units; for designers and administrators the whole county.

    `NotAllowed` when there is none; a unit that isn't theirs is unknown.
    """
    actor = reading.actor
    own = led_units(actor) | actor.units
    all_units = actor.has("service_designer") or actor.has("admin")
    mine = _whole_county(reading) if all_units else tuple(own)
    if not mine:
        raise NotAllowed("report", "team_lead")
    if unit is not None and unit not in mine:
        raise UnknownThing("unit", unit)
    wanted = (unit,) if unit is not None else mine
    knows = set(wanted) <= own and not leaves
    return ReportUnits(wanted, knows, is_county=all_units and unit is None)


def check_period(from_on: date, to_on: date, name: str = "to") -> None:
    """Refuse a period that ends before it begins, or one of over two years."""
    if not from_on <= to_on <= from_on + LONGEST:
        raise Malformed(name, "not_a_period")


def hidden_keys(sizes: dict[str, int], units: ReportUnits) -> frozenset[str]:
    """The groups not to be shown: the small ones and, when that is only one, the next, or the total would tell it."""
    if units.knows_cases:
        return frozenset()
    by_size = sorted((size, key) for key, size in sizes.items() if size)
    small = [key for size, key in by_size if size < SMALLEST]
    if len(small) == 1 and len(by_size) > 1:
        small.append(by_size[1][1])
    return frozenset(small)


def _whole_county(reading: Reading) -> tuple[str, ...]:
    question = select(UNIT.c.unit_id).where(UNIT.c.tenant_id == reading.actor.tenant_id)
    return tuple(reading.connection.execute(question).scalars())
