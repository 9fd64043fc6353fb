"""Migration: a running case goes on by another version of its pathway. Nothing is guessed: every running promise needs a choice.

keep_due: nothing changes · keep_elapsed: the new goal, from the same start · restart: the new goal, from now · drop: it
ends. A statutory clock takes keep_due and nothing else (rule 21, E14). Scope stays what it was when a clock started.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.machine import CompiledPathway
from engine.rules.service_promise import start_anew
from engine.rules.story import Story
from pathways import events as e
from pathways.commands import MigrateCase, PromiseChoice
from pathways.errors import Malformed
from pathways.near_miss import did_you_mean
from pathways.service_promise import ServicePromise

CHOICES: tuple[PromiseChoice, ...] = ("keep_due", "keep_elapsed", "restart", "drop")


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
    story.tell(e.CaseMigrated, from_version=case.version, to_version=command.to_version, steps=command.steps)
    story.on = replace(story.on, pathway=pathway)
    for promise in live:
        _follow(story, promise, command.promises[promise.key])


def _check_steps(story: Story, pathway: CompiledPathway, steps: Mapping[str, str]) -> None:
    for run in story.case.open_runs:
        step = steps.get(run.step, run.step)
        if step not in pathway.steps:
            raise Malformed("steps", _no_such("step", step, pathway, pathway.steps) + f"; say where {run.step} goes on")
    responsible = story.case.responsible
    if responsible and responsible.role not in pathway.definition.roles:
        raise Malformed("to_version", _no_such("role", responsible.role, pathway, pathway.definition.roles))


def _check_choice(promise: ServicePromise, choices: Mapping[str, PromiseChoice], pathway: CompiledPathway) -> None:
    choice = choices.get(promise.key)
    if choice is None:
        raise Malformed(
            "promises", f"{promise.key} is running; choose one of: {', '.join(_possible(promise, pathway))}"
        )
    if choice not in _possible(promise, pathway):
        possible = (
            ", ".join(_possible(promise, pathway)) or "none: this version lacks it, and a law's clock can't be dropped"
        )
        raise Malformed("promises", f"{promise.key} can't be {choice}; possible: {possible}")


def _possible(promise: ServicePromise, pathway: CompiledPathway) -> tuple[PromiseChoice, ...]:
    """A clock of the law only runs on; what the new version lacks can only end; what was paused keeps its own count."""
    known = promise.key in pathway.promises
    if promise.kind == "statutory":
        return ("keep_due",) if known else ()
    if not known:
        return ("drop",)
    return tuple(choice for choice in CHOICES if choice != "keep_elapsed" or not promise.pauses)


def _follow(story: Story, promise: ServicePromise, choice: PromiseChoice) -> None:
    if choice == "keep_due":
        return
    story.tell(e.PromiseCancelled, promise_id=promise.promise_id, reason="migrated")
    if choice != "drop":
        start_anew(story, promise, promise.started_at if choice == "keep_elapsed" else story.on.now)


def _no_such(kind: str, name: str, pathway: CompiledPathway, known: Iterable[str]) -> str:
    return f'version {pathway.version} has no {kind} "{name}"{did_you_mean(name, tuple(known))}'
