"""The timers wake the sweep when something is due and no oftener, and sleep to the next instant, a second at most."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from kombu.exceptions import OperationalError as BrokerError
from sqlalchemy.exc import OperationalError

from engine.outlook import Outlook
from worker.app import EMBEDDED_BROKER, LETTERS, RELAY, SCHEDULE, SWEEP, celery_app
from worker.scheduler import DueScheduler

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


class Recording(DueScheduler):
    """Keeps what it would publish. Periodic tasks are published by Celery's own code, which is not in question here."""

    def __init__(self, outlooks: list[Outlook | Exception]) -> None:
        self.published: list[str] = []
        self.slept: list[float] = []
        self.rested: list[float] = []
        self._outlooks = outlooks
        super().__init__(celery_app(EMBEDDED_BROKER), look=self._next, sleeper=self)

    def wait(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))

    def _next(self) -> Outlook:
        found = self._outlooks.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    def _publish_periodic(self, *_: Any, **__: Any) -> float:
        return 1.0

    def _publish(self, task: str) -> None:
        self.published.append(task)

    def _rest(self, seconds: float) -> None:
        self.rested.append(seconds)


def quiet(**changes: Any) -> Outlook:
    return Outlook(**({"now": NOW, "due_since": None, "next_at": None, "waiting": False} | changes))


def ticked(*outlooks: Outlook | Exception) -> Recording:
    scheduler = Recording(list(outlooks))
    for _ in outlooks:
        assert scheduler.tick() == 0.0  # beat itself never sleeps
    return scheduler


def test_with_nothing_ahead_it_sleeps_a_second() -> None:
    scheduler = ticked(quiet())

    assert (scheduler.published, scheduler.slept) == ([], [1.0])


class Interrupted(Recording):
    """Sleeps as it is told, and has a periodic task to publish in between."""

    def wait(self, seconds: float) -> None:
        super().wait(seconds)
        time.sleep(seconds)

    def _publish_periodic(self, *_: Any, **__: Any) -> float:
        return 0.01


def test_a_periodic_task_in_between_is_no_reason_to_look_again() -> None:
    """At most one idle question a second (B10)."""
    scheduler = Interrupted([quiet()])

    for _ in range(3):
        scheduler.tick()  # a second look would find no outlook any more

    assert scheduler.slept == [0.01, 0.01, 0.01]


def test_whoever_is_woken_early_looks_again_at_once() -> None:
    scheduler = ticked(quiet(), quiet())  # its sleep ends before its time

    assert scheduler.slept == [1.0, 1.0]


def test_it_sleeps_to_the_next_due_instant() -> None:
    scheduler = ticked(quiet(next_at=NOW + timedelta(milliseconds=250)))

    assert (scheduler.published, scheduler.slept) == ([], [0.25])


def test_it_never_sleeps_longer_than_a_second() -> None:
    assert ticked(quiet(next_at=NOW + timedelta(days=3))).slept == [1.0]


def test_what_is_due_wakes_the_sweep_at_once() -> None:
    assert ticked(quiet(due_since=NOW)).published == [SWEEP]


def test_a_sweep_that_is_under_way_is_not_woken_again_at_once() -> None:
    still = quiet(due_since=NOW - timedelta(seconds=1))

    assert ticked(still, still, still).published == [SWEEP]


def test_what_falls_due_after_the_last_wake_up_wakes_again_at_once() -> None:
    later = NOW + timedelta(milliseconds=15)

    assert ticked(quiet(due_since=NOW), quiet(now=later, due_since=later)).published == [SWEEP, SWEEP]


def test_a_wake_up_that_was_lost_is_repeated_more_and_more_patiently() -> None:
    moments = [timedelta(milliseconds=10 * number) for number in range(300)]
    scheduler = Recording([quiet(now=NOW + moment, due_since=NOW - timedelta(seconds=1)) for moment in moments])
    repeated_at = []

    for moment in moments:
        before = len(scheduler.published)
        scheduler.tick()
        if len(scheduler.published) > before:
            repeated_at.append(moment.total_seconds())

    assert repeated_at == [0.0, 0.2, 0.6, 1.4, 2.4]


def test_a_clock_that_is_set_back_silences_nobody() -> None:
    due_since = NOW - timedelta(days=1)

    set_back = quiet(now=NOW - timedelta(hours=1), due_since=due_since)

    assert ticked(quiet(due_since=due_since), set_back).published == [SWEEP, SWEEP]


def test_a_message_that_waits_wakes_the_relay_and_the_letters() -> None:
    assert ticked(quiet(waiting=True)).published == [RELAY, LETTERS]


def test_a_database_that_is_away_stops_nothing() -> None:
    away = OperationalError("SELECT", None, Exception("gone"))

    scheduler = ticked(away, away, quiet(due_since=NOW))

    assert scheduler.rested == [1.0, 1.0]
    assert scheduler.published == [SWEEP]


def test_a_broker_that_is_away_loses_no_periodic_task() -> None:
    class Unreachable(DueScheduler):
        def _ensure_connected(self) -> Any:
            raise BrokerError("away")

    scheduler = Unreachable(celery_app(EMBEDDED_BROKER), look=quiet, sleeper=Recording([]))

    for entry in scheduler.schedule.values():
        entry.last_run_at = NOW - timedelta(days=1)
    assert [scheduler.tick() for _ in range(3)] == [0.0] * 3

    assert scheduler._heap is None  # made anew, with every task, at the next tick
    assert {entry.task for entry in scheduler.schedule.values()} == set(SCHEDULE)


def test_every_wake_up_goes_stale_but_not_by_two_clocks_that_differ() -> None:
    entries = celery_app(EMBEDDED_BROKER).conf.beat_schedule

    assert set(entries) == set(SCHEDULE)
    assert {entry["options"]["expires"] for entry in entries.values()} == {timedelta(hours=4).total_seconds()}
