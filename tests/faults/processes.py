"""Processes that may be killed: sweepers, and the product's own commands, each forked from a helper that knows all code.

A start costs some hundredths of a second instead of seconds, so that a test can kill many. Each leads a process group
of its own; `kill` is `kill -9` of the group, as a machine that loses power does it.
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

import celery.app.amqp
import celery.app.base
import celery.schedules
import celery.utils.time
import celery.worker.request
from sqlalchemy.exc import SQLAlchemyError

from cli.__main__ import main
from engine.clock import Clock, SystemClock
from engine.database import Database
from engine.sweep import BATCH, sweep
from tests.clock import StoppedClock
from tests.small_county import SECRET, running_engine

AGAIN = 0.02  # seconds between the sweeps of a sweeper
PATIENCE = 10.0
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.faults.preloaded"])


class Killable:
    """A running process and whatever it started."""

    def __init__(self, name: str, process: BaseProcess) -> None:
        self.name = name
        self._process = process
        process.start()

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        """Nothing of it gets a word in any more."""
        pid = self._process.pid
        if pid is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)  # it may not lead its group yet
        self._process.join(PATIENCE)

    def kill_a_child(self) -> None:
        """Only one of those it started, as a shortage of memory does it; it must start another."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        with suppress(OSError, IndexError):
            os.kill(int(children.read_text().split()[-1]), signal.SIGKILL)


@contextmanager
def sweeper(url: str, *, at: datetime | None = None, batch: int = BATCH, ahead: Any = None) -> Iterator[Killable]:
    """One that sweeps until it is killed: by a stopped clock, or by its own, `ahead` (seconds) of the true time."""
    running = start_sweeper(url, at=at, batch=batch, ahead=ahead)
    try:
        yield running
    finally:
        running.kill()


def start_sweeper(url: str, *, at: datetime | None = None, batch: int = BATCH, ahead: Any = None) -> Killable:
    return Killable("sweeper", FORKS.Process(target=_sweep_until_killed, args=(url, at, batch, ahead), daemon=True))


def seconds_ahead() -> Any:
    """A number that several processes look at: by how much their clocks are wrong."""
    return FORKS.Value("d", 0.0)


@contextmanager
def command(
    name: str, log: Path, settings: Mapping[str, str], *arguments: str, ahead: Any = None
) -> Iterator[Killable]:
    """`pathways NAME ARGUMENTS…` with these settings, until the block ends; then it is killed."""
    running = start_command(name, log, settings, *arguments, ahead=ahead)
    try:
        yield running
    finally:
        running.kill()


def start_command(name: str, log: Path, settings: Mapping[str, str], *arguments: str, ahead: Any = None) -> Killable:
    words = (log, dict(settings), [name, *arguments], ahead)
    return Killable(name, FORKS.Process(target=_carry_out, args=words, daemon=False))


def settings_of(database_url: str, redis_url: str = "") -> dict[str, str]:
    said = {"PATHWAYS_DATABASE_URL": database_url, "PATHWAYS_SECRET_KEY": SECRET, "PATHWAYS_LOG_FORMAT": "json"}
    return said | ({"PATHWAYS_REDIS_URL": redis_url} if redis_url else {})


# --- in the child ---------------------------------------------------------------------------------------------


class SteppedClock(SystemClock):
    """A machine's clock that somebody sets wrong while the process runs."""

    def __init__(self, ahead: "Synchronized[float]") -> None:
        self._ahead = ahead

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self._ahead.value)


def _sweep_until_killed(url: str, at: datetime | None, batch: int, ahead: Any) -> None:
    _be_on_your_own()
    clock: Clock = StoppedClock(at) if at else SteppedClock(ahead) if ahead is not None else SystemClock()
    engine = running_engine(Database.open(url), clock)
    while True:
        with suppress(SQLAlchemyError):
            sweep(engine, batch=batch)
        time.sleep(AGAIN)


def _carry_out(log: Path, settings: Mapping[str, str], words: list[str], ahead: Any) -> None:
    _be_on_your_own()
    for name in [name for name in os.environ if name.startswith("PATHWAYS_")]:
        del os.environ[name]
    os.environ.update(settings)
    with log.open("ab") as written:
        for stream in (1, 2):
            os.dup2(written.fileno(), stream)
    if ahead is not None:
        _set_clock(ahead)
    sys.argv = ["pathways", *words]
    main()


def _set_clock(ahead: "Synchronized[float]") -> None:
    """Celery's and our own *now*; nothing else of a process asks for the time of day."""

    class Stepped(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=ahead.value)

    for module in (celery.app.amqp, celery.app.base, celery.schedules, celery.utils.time, celery.worker.request):
        if hasattr(module, "datetime"):
            module.datetime = Stepped  # type: ignore[attr-defined]
    SystemClock.now = lambda self: Stepped.now(UTC)  # type: ignore[method-assign]


def _be_on_your_own() -> None:
    """Lead a process group, and end when the helper does, so that an interrupted test leaves nothing behind."""
    os.setpgid(0, 0)
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_DFL)
