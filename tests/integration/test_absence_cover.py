"""Who is away today is covered by their substitute, whoever gets a case meanwhile too, and gets it back afterwards."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine import tables as t
from engine.absence_cover import cover_absences
from engine.absences import NewAbsence, end_absence, record_absence
from engine.projection import table_of
from pathways.time_zone import HELSINKI
from tests.clock import StoppedClock
from tests.small_county import County, county

ASSIGNMENT, OUTBOX, EVENT = (table_of(model) for model in (t.AssignmentRow, t.OutboxRow, t.CaseEventRow))


@pytest.fixture
def somewhere(database_url: str, clock: StoppedClock) -> Iterator[County]:
    with county(database_url, clock) as settled:
        yield settled


def nurse_is_away(where: County, *, days: int = 3, substitute: str | None) -> str:
    today = where.engine.clock.now().astimezone(HELSINKI).date()
    absence = NewAbsence(where.nurse.worker_id, today, today + timedelta(days=days), substitute)
    with where.engine.database.begin() as connection:
        return record_absence(connection, where.lead, absence, where.engine.clock.now())


def substitute_of(where: County, case_id: str) -> str | None:
    with where.engine.database.read() as connection:
        open_ = select(ASSIGNMENT.c.substitute_id).where(
            ASSIGNMENT.c.case_id == case_id, ASSIGNMENT.c.until.is_(None), ASSIGNMENT.c.kind == "responsible"
        )
        found: str | None = connection.execute(open_).scalar()
    return found


def told(where: County, kind: str) -> list[Any]:
    with where.engine.database.read() as connection:
        return [row.payload["to"] for row in connection.execute(select(OUTBOX).where(OUTBOX.c.kind == kind))]


def a_case_of_the_nurse(where: County) -> str:
    case_id = where.open_case()
    where.name_nurse(case_id)
    return case_id


def test_the_substitute_stands_in_from_the_first_day(somewhere: County) -> None:
    case_id = a_case_of_the_nurse(somewhere)
    nurse_is_away(somewhere, substitute=somewhere.lead.worker_id)

    assert cover_absences(somewhere.engine) == 1

    assert substitute_of(somewhere, case_id) == somewhere.lead.worker_id
    assert told(somewhere, "you_are_substitute") == [[somewhere.lead.worker_id]]


def test_covering_again_changes_nothing(somewhere: County) -> None:
    a_case_of_the_nurse(somewhere)
    nurse_is_away(somewhere, substitute=somewhere.lead.worker_id)
    cover_absences(somewhere.engine)

    assert cover_absences(somewhere.engine) == 0


def test_a_case_that_comes_to_the_absent_worker_later_is_covered_too(somewhere: County) -> None:
    nurse_is_away(somewhere, substitute=somewhere.lead.worker_id)
    cover_absences(somewhere.engine)

    case_id = somewhere.open_case()
    with somewhere.engine.database.begin() as connection:  # whatever brought it there
        connection.execute(
            ASSIGNMENT.update().where(ASSIGNMENT.c.case_id == case_id).values(worker_id=somewhere.nurse.worker_id)
        )
    cover_absences(somewhere.engine)

    assert substitute_of(somewhere, case_id) == somewhere.lead.worker_id


def test_the_worker_answers_again_on_the_day_after(somewhere: County, clock: StoppedClock) -> None:
    case_id = a_case_of_the_nurse(somewhere)
    nurse_is_away(somewhere, days=2, substitute=somewhere.lead.worker_id)
    cover_absences(somewhere.engine)

    clock.advance(days=2)
    cover_absences(somewhere.engine)
    assert substitute_of(somewhere, case_id) is not None

    clock.advance(days=1)
    cover_absences(somewhere.engine)
    assert substitute_of(somewhere, case_id) is None


def test_the_worker_who_is_back_early_answers_at_once(somewhere: County, clock: StoppedClock) -> None:
    case_id = a_case_of_the_nurse(somewhere)
    absence_id = nurse_is_away(somewhere, substitute=somewhere.lead.worker_id)
    cover_absences(somewhere.engine)
    with somewhere.engine.database.begin() as connection:
        end_absence(connection, somewhere.nurse, absence_id, clock.now())

    cover_absences(somewhere.engine)

    assert substitute_of(somewhere, case_id) is None


def test_an_absence_without_a_substitute_is_told_to_the_team_lead_once(somewhere: County) -> None:
    a_case_of_the_nurse(somewhere)
    nurse_is_away(somewhere, substitute=None)

    for _ in range(3):
        cover_absences(somewhere.engine)

    leads = {somewhere.lead.worker_id, somewhere.head.worker_id}
    assert [set(to) for to in told(somewhere, "absence_without_substitute")] == [leads]
