"""Worker and timers as threads of the web process: Celery over memory, for `pathways up`.

Nothing else is told apart from many processes on Redis: the same tasks, the same schedule, the same sweeps.
"""

import threading
from functools import partial

import structlog
from celery import Celery
from celery.beat import Service
from celery.worker import WorkController
from kombu.transport.memory import Channel

from engine.alarm import OwnAlarm, SharedAlarm
from engine.outlook import look_ahead
from worker.app import EMBEDDED_BROKER, QUEUE, Workplace, celery_app
from worker.scheduler import DueScheduler
from worker.tasks import register

NOTHING = "worker.nothing"
PATIENCE = 5.0  # seconds for each thread to end

log = structlog.get_logger(__name__)


class Embedded:
    """`with Embedded(…):` time passes; at the end both threads have stopped and nothing is left half done."""

    def __init__(self, work: Workplace, alarm: OwnAlarm | SharedAlarm) -> None:
        self._work = work
        self._alarm = alarm
        self._app = celery_app(EMBEDDED_BROKER)
        register(self._app, work)
        self._app.task(name=NOTHING, shared=False)(_nothing)
        self._app.finalize()
        scheduler = partial(DueScheduler, look=partial(look_ahead, work.engine), sleeper=alarm)
        self._timers = Service(self._app, scheduler_cls=scheduler)  # type: ignore[arg-type] # beat only calls it
        self._worker = _worker(self._app)
        self._threads = [
            threading.Thread(target=self._run, args=(what,), name=name, daemon=True)
            for name, what in (("timers", self._timers), ("worker", self._worker))
        ]

    def __enter__(self) -> "Embedded":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def is_alive(self) -> bool:
        """Whether time passes: both threads run."""
        return all(thread.is_alive() for thread in self._threads)

    def stop(self) -> None:
        """End the timers, then the worker once it has finished what it is at."""
        timers, worker = self._threads
        self._timers.stop()
        self._alarm.wake()
        timers.join(PATIENCE)
        self._worker.stop()
        self._app.send_task(NOTHING)  # the worker's loop looks up when a message comes
        worker.join(PATIENCE)
        forget_messages()

    def _run(self, what: Service | WorkController) -> None:
        self._app.set_current()  # of this thread: the worker looks its tasks up there
        try:
            what.start()
        except Exception:
            log.exception("stopped_by_itself", what=type(what).__name__)
            raise


def _worker(app: Celery) -> WorkController:
    return WorkController(
        app=app,
        pool="solo",
        concurrency=1,
        queues=[QUEUE],
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        loglevel="WARNING",
    )


def _nothing() -> None:
    pass


def forget_messages() -> None:
    """Memory queues belong to the process, not to the app: the next one here must not find old messages."""
    for queue in list(Channel.queues.values()):
        with queue.mutex:
            queue.queue.clear()
