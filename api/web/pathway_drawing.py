"""The pathway drawn on a page: as it is, or with what has happened to one client laid over it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from api.web.pages import Page
from api.web.say import Say
from engine.drawing import draw_list, draw_svg
from engine.drawing.graph import View
from engine.drawing.list import ListedPhase
from engine.drawing.overlay import Badge, Overlay, StepMark, StepState, Tone, figures
from engine.read_models.case_parts import RunShown
from engine.read_models.case_view import CaseView
from pathways.definition import PathwayDefinition

TONES: dict[str, Tone] = {"late": "late", "near": "risk", "kept": "kept"}
STATES: dict[str, StepState] = {
    "waiting": "waiting",
    "open": "open",
    "started": "open",
    "done": "done",
    "not_needed": "not_needed",
    "cancelled": "not_needed",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One pathway as a picture and as the list that says the same."""

    svg: Markup
    phases: tuple[ListedPhase, ...]


def drawn_case(page: Page, case: CaseView, definition: PathwayDefinition) -> Drawn:
    """The pathway with this client's steps: a step links to what there is to do in it."""
    overlay = case_overlay(page.say, case, definition)
    open_runs = {run.step: run.run_id for run in case.runs}

    def link(step: str) -> str:
        return f"#run-{open_runs[step]}" if step in open_runs else "#timeline"

    return _drawn(page, definition, "worker", overlay, link)


def case_overlay(say: Say, case: CaseView, definition: PathwayDefinition) -> Overlay:
    """How the client's steps stand and which ways were gone, to lay over the drawing."""
    return Overlay(marks_of(say, case, definition), travelled_by(case))


def drawn_definition(page: Page, definition: PathwayDefinition, view: View, running: dict[str, int]) -> Drawn:
    """The pathway as it is written; the worker's view tells how many clients stand in each step now."""
    overlay = figures(running, {}, page.language) if running and view == "worker" else None
    return _drawn(page, definition, view, overlay, lambda step: f"?draw=list#step-{step}")


def _drawn(
    page: Page, definition: PathwayDefinition, view: View, overlay: Overlay | None, link: Callable[[str], str]
) -> Drawn:
    svg = draw_svg(definition, view, page.language, overlay=overlay, link=link)
    phases = draw_list(definition, view, page.language, overlay=overlay)
    return Drawn(Markup(svg), phases)  # noqa: S704 - the drawing escapes what it writes


def marks_of(say: Say, case: CaseView, definition: PathwayDefinition) -> dict[str, StepMark]:
    """How each step stands: the newest entry into it counts; one never entered is still to come."""
    marks = {key: StepMark("upcoming" if case.state == "open" else None) for key in _keys(definition)}
    for run in sorted((*case.done_runs, *case.runs), key=lambda run: run.entered_at):
        marks[run.step] = _mark(say, run)
    return marks


def travelled_by(case: CaseView) -> frozenset[tuple[str, str]]:
    """Which ways the client has gone: from the step that ended to the one entered by its outcome."""
    runs = sorted((*case.done_runs, *case.runs), key=lambda run: run.entered_at)
    steps = [run for run in runs if run.parent_run_id is None]
    return frozenset((before.step, after.step) for before, after in pairwise(steps))


def _mark(say: Say, run: RunShown) -> StepMark:
    state: StepState = STATES.get(run.state, "upcoming")
    if run.promise and run.promise.standing == "late" and run.ended_at is None:
        state = "late"
    said = say.badge(run.promise) if run.promise else None
    return StepMark(
        state=state,
        when=say.day(run.ended_at) if run.ended_at and state == "done" else "",
        badge=Badge(said.words, TONES.get(said.tone, "calm")) if said else None,
        who=run.assignee.name if run.assignee else "",
    )


def _keys(definition: PathwayDefinition) -> Iterator[str]:
    for key, step in definition.steps.items():
        yield key
        for branch_key, branch in step.branches.items():
            yield branch_key
            yield from branch.steps
