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
from engine.promise_places import Place, promise_places
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


# --- where promises wait ---


def places(where: County, clock: StoppedClock) -> dict[str, Place]:
    with where.engine.database.read() as connection:
        return {place.kind: place for place in promise_places(connection, clock.now())}


def test_promises_that_run_towards_their_instants_are_in_their_place(somewhere: County, clock: StoppedClock) -> None:
    assert places(somewhere, clock) == {}


def test_a_running_promise_that_nothing_wakes_is_dormant_and_a_fault(somewhere: County) -> None:
    change(somewhere, PROMISE, next_fire_at=None)

    dormant = found(somewhere)["promises_dormant"]

    assert (dormant.count, len(dormant.cases)) == (2, 1)


def test_a_promise_that_passed_without_a_breach_is_missed(somewhere: County, clock: StoppedClock) -> None:
    change(somewhere, PROMISE, next_fire_at=None)
    clock.advance(days=30)

    assert found(somewhere)["promises_missed"].count == 2


def test_a_pause_that_nothing_ends_is_told(somewhere: County) -> None:
    change(somewhere, PROMISE, state="paused", next_fire_at=None)

    assert found(somewhere)["promises_pause_without_end"].count == 2


def test_what_waits_for_the_timers_and_for_a_case_set_aside_is_told_apart(
    somewhere: County, clock: StoppedClock
) -> None:
    clock.advance(days=2)
    assert places(somewhere, clock)["unfired"].count == 1

    change(somewhere, PROMISE, tiers=[["broken"]])
    sweep(somewhere.engine)

    assert places(somewhere, clock)["set_aside"].count == 1
    assert "unfired" not in places(somewhere, clock)


def test_overdue_promises_wait_for_a_worker_or_for_the_queue(somewhere: County, clock: StoppedClock) -> None:
    somewhere.open_case()
    clock.advance(days=20)
    sweep(somewhere.engine)

    waiting = places(somewhere, clock)

    assert (waiting["waits_for_worker"].count, waiting["waits_for_queue"].count) == (2, 2)
    assert waiting["waits_for_worker"].in_words("sv").startswith("Stationen: 2 försenade löften")
    assert waiting["waits_for_queue"].in_words("fi").startswith("Asema: 2 myöhässä olevaa lupausta")
    assert not any(place.is_wrong for place in waiting.values())
