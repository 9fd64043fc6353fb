"""A frozen month's attainment, and beside it what is so as corrected since. The frozen figures never change."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from engine.frozen_months import (
    GROUP,
    Frozen,
    end_of_month,
    first_of_month,
    frozen_months,
    is_intact,
    last_of_month,
)
from engine.handle import Reading
from engine.read_models.promise_question import Wanted
from engine.read_models.promise_report import BYS, Attainment, By, Group, Told, came_to, groups_of, sum_of
from engine.read_models.promise_waits import PromiseWaits
from engine.read_models.report_access import ReportUnits, report_units
from pathways.errors import Malformed, UnknownThing
from pathways.time_words import Language


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One group: as it was frozen, and as it is today; None on the side where there was no such group."""

    key: str
    title: str
    frozen: Attainment | None
    as_corrected: Attainment | None


@dataclass(frozen=True, slots=True)
class MonthReport:
    month: date
    frozen_at: datetime
    intact: bool | None
    """Whether the frozen figures are still those that were frozen. False: somebody changed the database. None: it can't
    be told, since the installation's secret is another one."""
    by: By
    rows: tuple[MonthRow, ...]
    total: MonthRow


def months_frozen(reading: Reading) -> list[Frozen]:
    """The months that have been frozen, newest first, for who may read reports at all."""
    report_units(reading, None)
    return frozen_months(reading.connection, reading.actor.tenant_id)


def month_report(
    reading: Reading, language: Language, month: date, *, by: By = "unit", unit: str | None = None, leaves: bool = False
) -> MonthReport:
    """The month as frozen and as corrected. A month that hasn't ended is `Malformed`, one not frozen unknown."""
    if by not in BYS:
        raise Malformed("by", ", ".join(BYS))
    month = first_of_month(month)
    units = report_units(reading, unit, leaves=leaves)
    if reading.now <= end_of_month(month):
        raise Malformed("month", "not_ended")
    frozen = next((each for each in months_frozen(reading) if each.month == month), None)
    if frozen is None:
        raise UnknownThing("month", f"{month:%Y-%m}")
    came = came_to(reading, units)
    wanted = Wanted(reading.actor.tenant_id, units.unit_ids, month, last_of_month(month), "judged", came=came)
    told = Told(reading, language, by, units)
    before, total_before = told.rows_of(_frozen_groups(reading, month, by, units))
    today, total_today = told.rows_of(groups_of(reading, wanted, by, with_waits=True))
    return MonthReport(
        month=month,
        frozen_at=frozen.frozen_at,
        intact=is_intact(reading.connection, reading.engine.keys, reading.actor.tenant_id, month),
        by=by,
        rows=_side_by_side(before, today),
        total=MonthRow("total", total_today.title, total_before, total_today),
    )


def _frozen_groups(reading: Reading, month: date, by: By, units: ReportUnits) -> dict[str, Group]:
    column = GROUP.c.unit_id if by == "unit" else GROUP.c[by]
    question = select(column.label("key"), GROUP.c.counts, GROUP.c.waits).where(
        GROUP.c.tenant_id == reading.actor.tenant_id, GROUP.c.month == month, GROUP.c.unit_id.in_(units.unit_ids)
    )
    parts: dict[str, list[Group]] = defaultdict(list)
    for row in reading.connection.execute(question):
        parts[str(row.key)].append(Group(row.counts, PromiseWaits.of_json(row.waits)))
    return {key: sum_of(groups) for key, groups in parts.items()}


def _side_by_side(before: tuple[Attainment, ...], today: tuple[Attainment, ...]) -> tuple[MonthRow, ...]:
    frozen, now = {row.key: row for row in before}, {row.key: row for row in today}
    keys = dict.fromkeys((*frozen, *now))
    return tuple(MonthRow(key, (now.get(key) or frozen[key]).title, frozen.get(key), now.get(key)) for key in keys)
