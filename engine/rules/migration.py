"""Migration: a running case goes on by another version of its pathway. Nothing is guessed: every running promise needs a choice.

keep_due: nothing changes · keep_elapsed: the new goal, from the same start · restart: the new goal, from now · drop: it
ends. A statutory clock takes keep_due and nothing else (rule 21, E14). Scope stays what it was when a clock started.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from engine.machine import CompiledPathway
from engine.rules.service_promise import breach, start_anew
from engine.rules.steps import open_branch
from engine.rules.story import Story
from pathways import events as e
from pathways.case import StepRun
from pathways.commands import MigrateCase, PromiseChoice
from pathways.errors import Malformed
from pathways.near_miss import did_you_mean
from pathways.promise_definition import PromiseDefinition
from pathways.service_promise import ServicePromise

CHOICES: tuple[PromiseChoice, ...] = ("keep_due", "keep_elapsed", "restart", "drop")
MIGRATED = "migrated"
"""Why a promise ended that its migration dropped or let begin anew."""


def migrate(story: Story, command: MigrateCase) -> None:
    """Move the case to the version that is named, step by step and promise by promise, or refuse it whole."""
    case = story.case
    if command.to_version == case.version:
        raise Malformed("to_version", f"the case is on version {case.version} already")
    pathway = story.on.ask_version(command.to_version)
    _check_steps(story, pathway, command.steps)
    live = case.live_promises
    for promise in live:
        _check_choice(promise, command.promises, pathway)
    branches = {old: new for old, new in command.steps.items() if any(run.branch == old for run in case.runs.values())}
    story.tell(
        e.CaseMigrated,
        from_version=case.version,
        to_version=command.to_version,
        steps=command.steps,
        branches=branches,
    )
    story.on = replace(story.on, pathway=pathway)
    for promise in live:
        _follow(story, promise, command.promises[promise.key])
    _open_new_branches(story)


def _check_steps(story: Story, pathway: CompiledPathway, steps: Mapping[str, str]) -> None:
    for run in story.case.open_runs:
        step = steps.get(run.step, run.step)
        if step not in pathway.steps:
            raise Malformed("steps", _no_such("step", step, pathway, pathway.steps) + f"; say where {run.step} goes on")
        _check_place(story, run, step, pathway, steps)
    responsible = story.case.responsible
    if responsible and responsible.role not in pathway.definition.roles:
        raise Malformed("to_version", _no_such("role", responsible.role, pathway, pathway.definition.roles))


def _check_place(story: Story, run: StepRun, step: str, pathway: CompiledPathway, steps: Mapping[str, str]) -> None:
    """What stands inside a step stays inside the step that it is called now: else its join would never be counted."""
    parent = story.case.runs.get(run.parent_run_id or "")
    place = (steps.get(parent.step, parent.step), steps.get(run.branch or "", run.branch)) if parent else (None, None)
    now = (pathway.parent_of(step), pathway.branch_of(step))
    if place != now:
        where = [f"inside {held} ({branch})" if held else "by itself" for held, branch in (place, now)]
        raise Malformed(
            "steps", f"{run.step} would go on {where[0]}, but in version {pathway.version} {step} stands {where[1]}"
        )


def _check_choice(promise: ServicePromise, choices: Mapping[str, PromiseChoice], pathway: CompiledPathway) -> None:
    choice = choices.get(promise.key)
    possible = possible_choices(promise.kind, promise.key, pathway, paused_before=bool(promise.pauses))
    if choice is None:
        raise Malformed("promises", f"{promise.key} is running; choose one of: {', '.join(possible)}")
    if choice not in possible:
        named = ", ".join(possible) or "none: this version lacks it, and a law's clock can't be dropped"
        raise Malformed("promises", f"{promise.key} can't be {choice}; possible: {named}")


def possible_choices(
    kind: str, key: str, pathway: CompiledPathway, *, paused_before: bool = False
) -> tuple[PromiseChoice, ...]:
    """A clock of the law only runs on; what the new version lacks can only end; what was paused keeps its own count."""
    known = key in pathway.promises
    if kind == "statutory":
        return ("keep_due",) if known else ()
    if not known:
        return ("drop",)
    return tuple(choice for choice in CHOICES if choice != "keep_elapsed" or not paused_before)


def _follow(story: Story, promise: ServicePromise, choice: PromiseChoice) -> None:
    """What passed unkept before is recorded first: a migration never lets a breach go unseen."""
    if choice == "keep_due":
        return
    if promise.is_overdue(story.on.now):
        breach(story, promise)
    story.tell(e.PromiseCancelled, promise_id=promise.promise_id, reason=MIGRATED)
    if choice != "drop":
        start_anew(story, promise, promise.started_at if choice == "keep_elapsed" else story.on.now)


def _open_new_branches(story: Story) -> None:
    """A step that is open gets the branches that are new in it: without them its join would wait for ever."""
    for run in story.case.open_runs:
        known = {child.branch or child.step for child in story.case.branches_of(run)}
        for branch in story.on.pathway.branches_of(run.step) if known else ():
            if branch not in known:
                open_branch(story, run, branch, story.facts())


# --- what a plan says, before any case is looked at ---------------------------------------------------------------


def mistakes_of(
    old: CompiledPathway, new: CompiledPathway, steps: Mapping[str, str], promises: Mapping[str, PromiseChoice]
) -> Iterator[str]:
    """What no case could follow: names that neither version knows, and a clock of the law that would move."""
    for before, after in steps.items():
        if before not in old.steps:
            yield f"steps: {_no_such('step', before, old, old.steps)}"
        if after not in new.steps:
            yield f"steps.{before}: {_no_such('step', after, new, new.steps)}"
    for key, choice in promises.items():
        yield from _mistake_of_promise(old.promises.get(key), key, choice, old, new)


def _mistake_of_promise(
    promise: PromiseDefinition | None, key: str, choice: PromiseChoice, old: CompiledPathway, new: CompiledPathway
) -> Iterator[str]:
    if promise is None:
        yield f"promises: {_no_such('promise', key, old, old.promises)}"
    elif promise.kind == "statutory" and choice != "keep_due":
        yield f"promises.{key}: a clock of the law never moves while it runs; write keep_due, not {choice}"
    elif promise.kind != "statutory" and choice not in possible_choices(promise.kind or "target", key, new):
        yield f"promises.{key}: version {new.version} lacks it, so it can only be drop, not {choice}"


def _no_such(kind: str, name: str, pathway: CompiledPathway, known: Iterable[str]) -> str:
    return f'version {pathway.version} has no {kind} "{name}"{did_you_mean(name, tuple(known))}'
