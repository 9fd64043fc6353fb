"""Beat's scheduler, which sleeps to the next due instant, at most a second, and is woken by an earlier one.

`celery.beat.Service` sleeps by itself and can't be woken, so all waiting is done in here and it is told to sleep 0.
Nothing depends on a wake-up: the worst a lost one does is a second.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from celery import Celery
from celery.beat import Scheduler
from kombu.exceptions import OperationalError as BrokerError
from psycopg import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError

from engine.alarm import LONGEST_SLEEP
from engine.outlook import Outlook
from worker.app import LETTERS, RELAY, SWEEP, USEFUL_FOR

CLOCK_GRAIN = 0.002  # seconds by which a wait may seem to end early
LOOK_AGAIN = 0.02  # seconds, while a sweep is under way: what falls due just as it ends waits that long
FIRST_PATIENCE, LAST_PATIENCE = (
    timedelta(milliseconds=200),
    timedelta(seconds=1),
)  # until a wake-up that changed nothing is published again

log = structlog.get_logger(__name__)


class Sleeper(Protocol):
    """Something to wait on that can be woken (`engine.alarm`)."""

    def wait(self, seconds: float) -> None: ...


class DueScheduler(Scheduler):
    """Publishes the periodic tasks, and the sweep and the relay whenever there is something for them."""

    def __init__(self, app: Celery, *, look: Callable[[], Outlook], sleeper: Sleeper, **more: Any) -> None:
        self._look = look
        self._sleeper = sleeper
        self._sweep = _Wakes()
        self._relay = _Wakes()
        self._trouble = _Trouble()
        self._look_at = 0.0  # monotonic; a periodic task that is due sooner is published without another look
        super().__init__(app, **more)

    def tick(self, *args: Any, **more: Any) -> float:
        """One look, what it asks for, and the sleep until there is something to look at."""
        pause = self._publish_periodic(*args, **more)
        if pause <= 0:
            return 0.0  # a periodic task was published, and there may be more
        try:
            if time.monotonic() >= self._look_at:
                self._look_at = time.monotonic() + self._act_on(self._look())
            self._sleep(min(pause, self._look_at - time.monotonic()))
            self._trouble.over("database")
        except (SQLAlchemyError, DriverError) as error:
            self._trouble.told("database", error)
            self._rest(LONGEST_SLEEP.total_seconds())
        return 0.0

    def _sleep(self, seconds: float) -> None:
        """Until then, or until the alarm rings: then look at once, whenever the last look was."""
        if seconds <= 0:
            return
        begun = time.monotonic()
        self._sleeper.wait(seconds)
        if time.monotonic() - begun < seconds - CLOCK_GRAIN:
            self._look_at = 0.0

    def _publish_periodic(self, *args: Any, **more: Any) -> float:
        try:
            pause: float = super().tick(*args, **more)
        except (OSError, BrokerError) as error:
            self._trouble.told("broker", error)
            self._heap = None  # it has lost the entry that could not be published
            return LONGEST_SLEEP.total_seconds()
        return pause

    def _act_on(self, outlook: Outlook) -> float:
        """Wake whom it concerns; return for how many seconds nothing else can happen."""
        seconds = LONGEST_SLEEP.total_seconds()
        if outlook.next_at is not None:
            seconds = min(seconds, (outlook.next_at - outlook.now).total_seconds())
        if outlook.due_since is None:
            self._sweep.done()
        else:
            seconds = min(seconds, LOOK_AGAIN)
            if self._sweep.wanted(outlook.due_since, outlook.now):
                self._publish(SWEEP)
        if not outlook.waiting:
            self._relay.done()
        else:
            seconds = min(seconds, LOOK_AGAIN)
            if self._relay.wanted(None, outlook.now):
                self._publish(RELAY)
                self._publish(LETTERS)
        return max(seconds, 0.0)

    def _publish(self, task: str) -> None:
        """A lost wake-up is published again, so a broker that is away is only told of."""
        try:
            self.app.send_task(task, producer=self.producer, expires=USEFUL_FOR.total_seconds())
            self._trouble.over("broker")
        except (OSError, BrokerError) as error:
            self._trouble.told("broker", error)

    def _rest(self, seconds: float) -> None:
        """Wait where the sleeper can't: it may listen to what is away."""
        time.sleep(seconds)

    def _ensure_connected(self) -> Any:
        """Try a few times only: whoever waits here for a broker looks at nothing else."""
        return self.connection.ensure_connection(max_retries=1, interval_start=0, interval_max=1)


class _Wakes:
    """Whether to publish once more. What is due since after the last time is new; the rest is being worked on."""

    def __init__(self) -> None:
        self._published_at: datetime | None = None
        self._patience = FIRST_PATIENCE

    def wanted(self, since: datetime | None, now: datetime) -> bool:
        """Whether to publish now for what is due since then; `since` None is never new while something is under way."""
        last = self._published_at
        fresh = last is None or (since is not None and since > last)
        if not fresh and last is not None and timedelta() <= now - last < self._patience:
            return False
        self._patience = FIRST_PATIENCE if fresh else min(self._patience * 2, LAST_PATIENCE)
        self._published_at = now
        return True

    def done(self) -> None:
        self._published_at = None


class _Trouble:
    """Says once that something is away, and once that it is back."""

    def __init__(self) -> None:
        self._away: set[str] = set()

    def told(self, what: str, error: Exception) -> None:
        if what not in self._away:
            self._away.add(what)
            log.warning("not_reached", what=what, error=type(error).__name__)

    def over(self, what: str) -> None:
        if what in self._away:
            self._away.discard(what)
            log.info("reached_again", what=what)
