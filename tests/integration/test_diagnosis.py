"""The doctor names every stuck case and late timer, says what to do, and is silent about a healthy county."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import update

from engine import tables as t
from engine.diagnosis import Complaint, diagnose
from engine.outbox import relay
from engine.people import deactivate_worker
from engine.projection import table_of
from engine.seals import seal_journals
from engine.sweep import sweep
from tests.clock import StoppedClock
from tests.small_county import County, county

PROMISE, RUN, OUTBOX, CASE = (table_of(model) for model in (t.PromiseRow, t.StepRunRow, t.OutboxRow, t.ClientCase))


@pytest.fixture
def somewhere(database_url: str, clock: StoppedClock) -> Iterator[County]:
    with county(database_url, clock) as settled:
        settled.name_nurse(settled.open_case())
        clock.advance(seconds=10)
        seal_journals(settled.engine)
        relay(settled.engine, letters=False)
        yield settled


def found(where: County) -> dict[str, Complaint]:
    return {complaint.kind: complaint for complaint in diagnose(where.engine)}


def change(where: County, table: Any, **values: Any) -> None:
    with where.engine.database.begin() as connection:
        connection.execute(update(table).values(**values))


def test_a_healthy_county_has_nothing_to_complain_of(somewhere: County) -> None:
    assert found(somewhere) == {}


def test_timers_that_do_not_run_are_told(somewhere: County, clock: StoppedClock) -> None:
    clock.advance(days=2)

    late = found(somewhere)["late_promises"]

    assert late.count == 1
    assert "pathways timers" in late.remedy


def test_a_case_set_aside_is_named_with_its_error_and_its_next_try(somewhere: County, clock: StoppedClock) -> None:
    change(somewhere, PROMISE, tiers=[["broken"]])
    clock.advance(days=2)
    sweep(somewhere.engine)

    aside = found(somewhere)["case_set_aside"]

    assert len(aside.cases) == 1
    assert aside.cases[0] in aside.sentence
    assert "ValueError" in aside.sentence
    assert "late_promises" not in found(somewhere)


def test_messages_that_wait_and_letters_that_fail_are_told_apart(somewhere: County, clock: StoppedClock) -> None:
    somewhere.name_nurse(somewhere.open_case())
    clock.advance(minutes=2)
    assert found(somewhere)["late_messages"].count == 1

    change(somewhere, OUTBOX, error="SMTPAuthenticationError 535", relayed_at=None)

    assert "535" in found(somewhere)["letters_not_delivered"].sentence


def test_an_open_case_without_an_open_step_is_stuck(somewhere: County) -> None:
    change(somewhere, RUN, state="done")

    assert len(found(somewhere)["no_open_step"].cases) == 1


def test_a_case_left_to_a_leaver_is_stuck(somewhere: County) -> None:
    with somewhere.engine.database.begin() as connection:
        deactivate_worker(connection, somewhere.tenant_id, somewhere.nurse.worker_id)

    assert "answered_by_a_leaver" in found(somewhere)


def test_journals_nobody_seals_are_told(somewhere: County, clock: StoppedClock) -> None:
    somewhere.open_case()
    clock.advance(minutes=2)

    assert found(somewhere)["unsealed_journals"].count == 1


def test_incidents_of_the_last_week_are_counted(somewhere: County, clock: StoppedClock) -> None:
    change(somewhere, table_of(t.UnitMember), roles=["case_worker"], head=False)
    clock.advance(days=4)
    sweep(somewhere.engine)
    relay(somewhere.engine, letters=False)
    assert "team lead" in found(somewhere)["incident_empty_rung"].remedy
