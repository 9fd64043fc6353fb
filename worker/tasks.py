"""The tasks: each calls one engine function and ends. Safe to run twice and at once; each finds its work by itself."""

from collections.abc import Callable

import structlog
from celery import Celery

from engine.absence_cover import cover_absences
from engine.candidates import count_tonight
from engine.clean_up import clean_up
from engine.frozen_months import freeze_last_month
from engine.letters import deliver
from engine.outbox import relay
from engine.seals import seal_journals
from engine.sweep import sweep
from worker.app import CANDIDATES, CLEAN, COVER, FREEZE, LETTERS, RELAY, SEAL, SWEEP, Workplace

log = structlog.get_logger(__name__)


def register(app: Celery, work: Workplace) -> None:
    """Give the app its tasks, which work with what `work` opens; `shared` ones would reach every app of the process."""
    for name, act in TASKS.items():
        app.task(name=name, shared=False)(_task(name, act, work))


def _task(name: str, act: Callable[[Workplace], None], work: Workplace) -> Callable[[], None]:
    """Tell of a failure ourselves: Celery would log the driver's words, which may quote a row. A next wake-up tries again."""

    def carried_out() -> None:
        try:
            act(work)
        except Exception:
            log.exception("task_failed", task=name)

    return carried_out


def sweep_due(work: Workplace) -> None:
    swept = sweep(work.engine)
    if swept.cases or swept.set_aside:
        log.info("swept", cases=swept.cases, set_aside=swept.set_aside, longest_lag=max(swept.lags, default=0.0))


def relay_outbox(work: Workplace) -> None:
    relay(work.engine, letters=work.deliverer is not None)


def deliver_letters(work: Workplace) -> None:
    if work.deliverer is not None:
        deliver(work.engine, work.deliverer)


def seal(work: Workplace) -> None:
    seal_journals(work.engine)


def cover(work: Workplace) -> None:
    cover_absences(work.engine)


def clean(work: Workplace) -> None:
    clean_up(work.engine)


def freeze_month(work: Workplace) -> None:
    for done in freeze_last_month(work.engine):
        log.info("month_frozen", month=f"{done.month:%Y-%m}", promises=done.promises)


def count_candidates(work: Workplace) -> None:
    for done in count_tonight(work.engine, work.definitions):
        log.info("candidates_counted", looked_at=done.looked_at, found=done.found, lapsed=done.lapsed)


TASKS: dict[str, Callable[[Workplace], None]] = {
    SWEEP: sweep_due,
    RELAY: relay_outbox,
    LETTERS: deliver_letters,
    SEAL: seal,
    COVER: cover,
    CLEAN: clean,
    FREEZE: freeze_month,
    CANDIDATES: count_candidates,
}
