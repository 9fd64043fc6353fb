"""The Celery app, from what `cli/` hands it, and the beat schedule. Celery only wakes: what is due stands in the database.

Every message may be lost, repeated or late without any harm but lateness, so none is kept longer than it is of use.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from celery import Celery
from kombu import Exchange, Queue

from engine.handle import Engine
from engine.letters import Deliverer

EMBEDDED_BROKER = "memory://localhost"
QUEUE = "pathways"
"""Nobody acknowledges what comes by it: a wake-up that is lost is published again within a second.

An acknowledgement that meets a broker's end is never made up for: the worker would count that message as in hand, take
no other, and not even notice that its connection is gone.
"""

SWEEP, RELAY, LETTERS, SEAL, COVER, CLEAN, FREEZE, CANDIDATES = (
    f"worker.{name}"
    for name in (
        "sweep_due",
        "relay_outbox",
        "deliver_letters",
        "seal_journals",
        "cover_absences",
        "clean_up",
        "freeze_month",
        "count_candidates",
    )
)
SCHEDULE = {  # what the scheduler publishes anyway; what is due or waits it publishes at once
    SWEEP: timedelta(seconds=15),  # cases set aside, and whatever else was overlooked
    RELAY: timedelta(seconds=30),
    LETTERS: timedelta(seconds=10),
    SEAL: timedelta(seconds=5),
    COVER: timedelta(seconds=10),
    CLEAN: timedelta(hours=1),
    FREEZE: timedelta(hours=1),  # finds nothing to do but once a month
    CANDIDATES: timedelta(hours=1),  # counts once a night
}
USEFUL_FOR = timedelta(hours=4)
"""A wake-up older than that is thrown away, so that a worker that was away long has not all of them to go through.

Its age is the difference of two machines' clocks: with seconds here, a worker whose clock is an hour ahead would throw
everything away and sweep nothing. Machines set to a wrong zone differ by three hours.
"""


@dataclass
class Workplace:
    """What tasks work with. The engine is opened in the process that uses it: connections don't survive a fork."""

    open_engine: Callable[[], Engine]
    deliverer: Deliverer | None = None
    definitions: tuple[Path, ...] = ()
    """The county's own folders of definitions, beside the shipped ones."""
    _engine: Engine | None = field(default=None, repr=False)
    _process: int = 0

    @property
    def engine(self) -> Engine:
        if self._engine is None or self._process != os.getpid():
            self._engine, self._process = self.open_engine(), os.getpid()
        return self._engine


def celery_app(broker_url: str) -> Celery:
    """An app without tasks; `worker.tasks.register` brings them."""
    app = Celery("pathways", broker=broker_url, set_as_current=False)
    app.conf.update(
        task_default_queue=QUEUE,
        task_queues=[Queue(QUEUE, Exchange(QUEUE), routing_key=QUEUE, no_ack=True)],  # see `QUEUE`
        task_ignore_result=True,
        task_publish_retry_policy={"max_retries": 3, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.5},
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_send_task_events=False,
        worker_enable_remote_control=False,
        worker_soft_shutdown_timeout=5.0,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options=_transport(broker_url),
        beat_max_loop_interval=1,
        beat_enable_remote_control=False,
        beat_schedule={name: _entry(name, every) for name, every in SCHEDULE.items()},
        enable_utc=True,
    )
    return app


def _entry(name: str, every: timedelta) -> dict[str, Any]:
    return {"task": name, "schedule": every, "options": {"expires": USEFUL_FOR.total_seconds()}}


def _transport(broker_url: str) -> dict[str, Any]:
    if broker_url == EMBEDDED_BROKER:
        return {"polling_interval": 0.02}
    return {"visibility_timeout": 300, "socket_timeout": 10, "socket_connect_timeout": 5, "socket_keepalive": True}
