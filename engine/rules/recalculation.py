"""Recalculation: live promises follow an edited calendar or a corrected start, openly; ended ones stay as judged (rule 20)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from engine.rules.firing import breach_of
from engine.rules.service_promise import armed_for
from engine.rules.story import Story
from engine.rules.tiers import BREACH
from engine.rules.time_passes import fire_tiers
from pathways import events as e
from pathways.recalculation import Recalculated, calendar_now, recalculated
from pathways.service_promise import ServicePromise


def recalculate(story: Story, promise_ids: Sequence[str], cause: str) -> None:
    """Count these promises on the calendars as they stand now; done twice it changes nothing more."""
    for promise_id in promise_ids:
        promise = story.case.promises.get(promise_id)
        if promise is not None and promise.is_live:
            count_again(story, promise, cause)


def count_again(story: Story, promise: ServicePromise, cause: str, started_at: datetime | None = None) -> None:
    """Record where its due instant moves; a breach it had is voided, and one whose instant has passed comes at once."""
    calendar = calendar_now(promise, story.on.calendars, started_at)
    again = recalculated(promise, calendar, started_at=started_at)
    if not again.is_new:
        return
    if again.direction != "same" and promise.is_breached:
        story.tell(e.BreachVoided, promise_id=promise.promise_id, why=cause)
    _tell(story, again, cause)
    if again.moves:
        _let_time_pass(story, promise.promise_id)


def _tell(story: Story, again: Recalculated, cause: str) -> None:
    before, after = again.before, again.after
    story.tell(
        e.PromiseRecalculated,
        promise_id=after.promise_id,
        cause=cause,
        calendar=after.calendar,
        effective_at=after.effective_at,
        old_due_at=before.due_at,
        due_at=after.due_at,
        due_on=after.due_on,
        working_due_at=after.working_due_at,
        started_at=after.started_at if after.started_at != before.started_at else None,
        rungs=_rungs(story, again),
    )


def _rungs(story: Story, again: Recalculated) -> tuple[Any, ...]:
    """What is armed for the new instants; nothing while paused, and no second breach at the same due instant."""
    if again.due is None or not again.moves or again.after.state == "paused":
        return ()
    standing = story.case.promises[again.after.promise_id]
    rungs = armed_for(story, standing, again.after, again.due)
    breached = again.direction == "same" and any(tier.key == BREACH for tier in standing.fired)
    return tuple(rung for rung in rungs if not (breached and rung.key == BREACH))


def _let_time_pass(story: Story, promise_id: str) -> None:
    """What lies in the past by the new instants happens now, in the same transaction: the breach, the highest rung."""
    promise = story.case.promises[promise_id]
    back_again = promise.due_at is not None and promise.breached_at == promise.due_at and not promise.is_breached
    if back_again and promise.is_overdue(story.on.now):  # an edit was taken back: the voided breach is one after all
        story.record(breach_of(promise, story.case.responsible, story.on.now, story.on.actor.worker_id))
    fire_tiers(story, (promise_id,))
