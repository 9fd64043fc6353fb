"""Migration reversed: a case goes back to the version it came from, as long as nothing has happened on it since (E14).

Nothing is deleted: what the migration began ends, what it ended runs again as it did, and the journal tells both.
"""

from dataclasses import replace

from engine.rules.migration import MIGRATED
from engine.rules.story import Story
from pathways import events as e
from pathways.arrows import state_after
from pathways.commands import ReverseMigration
from pathways.errors import Malformed
from pathways.service_promise import ARROWS, ServicePromise

REVERSED = "migration_reversed"
"""Why a promise ended that a migration had begun."""


def reverse_migration(story: Story, command: ReverseMigration) -> None:
    """Undo the last thing that happened on the case; refused when that was something else."""
    case = story.case
    if case.sequence != command.sequence:
        raise Malformed("sequence", "something has happened on the case since it was migrated")
    pathway = story.on.ask_version(command.to_version)
    for promise_id in command.started:
        if case.promise(promise_id).is_live:
            story.tell(e.PromiseCancelled, promise_id=promise_id, reason=REVERSED)
    for run_id in command.entered:
        story.tell(e.StepCancelled, run_id=run_id, step=case.runs[run_id].step, reason=REVERSED)
    story.tell(
        e.CaseMigrationReversed,
        from_version=case.version,
        to_version=command.to_version,
        steps=command.steps,
        branches=command.branches,
        visits=command.visits,
    )
    story.on = replace(story.on, pathway=pathway)
    for promise_id in command.promise_ids:
        _reinstate(story, case.promise(promise_id))


def _reinstate(story: Story, promise: ServicePromise) -> None:
    if promise.end_reason != MIGRATED:
        raise Malformed("promise_ids", f"{promise.key} was not ended by a migration")
    state_after("promise", ARROWS, promise.state, "reinstate" if promise.due_at else "reinstate paused")
    rungs = tuple(e.Rung(key=rung.key, fire_at=rung.fire_at) for rung in promise.unfired)
    story.tell(e.PromiseReinstated, promise_id=promise.promise_id, rungs=rungs)
