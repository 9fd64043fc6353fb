"""The way to a step: the shortest one, walked by real commands, so that a scenario can begin where it has something to say."""

from datetime import timedelta
from heapq import heappop, heappush
from itertools import count

from engine.machine import CompiledPathway
from features.answers import Answer
from features.world import CheckFailed, World
from pathways import commands as c
from pathways.actor import Actor
from pathways.case import StepRun
from pathways.client_plan import Goal, PlanContent
from pathways.needs import NeedForm, confirmation_of, parse_need
from pathways.step import Step, StepKind, parse_target

FAR = {StepKind.CONSULTATION: 20, StepKind.HANDOVER: 8, StepKind.MEETING: 4, StepKind.PLAN: 3}
"""How far round a step of that kind is: others are asked, or much is written."""
DID_NOT_HAPPEN = 5
REVIEW_IN = timedelta(days=80)


def walk_to(world: World, step: str, worker: str) -> None:
    """Take the case to this step, everything on the way done by this worker; refuses when no way leads there."""
    pathway = world.pathway
    goal = pathway.parent_of(step) or step
    for _ in range(len(pathway.steps)):
        open_now = [run for run in world.case().open_runs if run.parent_run_id is None]
        if any(run.step == goal for run in open_now):
            return
        way = min((way for run in open_now if (way := _way(pathway, run.step, goal))), key=len, default=None)
        if way is None:
            raise CheckFailed(f"no way leads from {', '.join(run.step for run in open_now)} to {step}")
        _do(world, next(run for run in open_now if run.step == way[0][0]), way[0][1], world.actor(worker))
        world.check_nothing_refused()
    raise CheckFailed(f"the way to {step} has no end")


def _way(pathway: CompiledPathway, start: str, goal: str) -> list[tuple[str, str]] | None:
    """The cheapest way as (step, outcome) pairs."""
    order = count()
    waiting: list[tuple[int, int, str, list[tuple[str, str]]]] = [(0, next(order), start, [])]
    seen: set[str] = set()
    while waiting:
        cost, _, at, way = heappop(waiting)
        if at == goal:
            return way
        if at in seen:
            continue
        seen.add(at)
        step = pathway.step(at)
        for outcome, text in step.outcomes.items():
            target = parse_target(text)
            if target.kind == "step":
                far = FAR.get(step.kind or StepKind.WORK, 1) + (0 if _happened(pathway, outcome) else DID_NOT_HAPPEN)
                heappush(waiting, (cost + far, next(order), target.key, [*way, (at, outcome)]))
    return None


def _happened(pathway: CompiledPathway, outcome: str) -> bool:
    return pathway.signals.happened(outcome)


def _do(world: World, run: StepRun, outcome: str, actor: Actor) -> None:
    """End a step, its branches first, with what it needs."""
    pathway, case_id = world.pathway, world.case_id()
    for child in [each for each in world.case().open_runs if each.parent_run_id == run.run_id]:
        _do(world, child, _first_that_happens(pathway, child.step), actor)
    step = pathway.step(run.step)
    _bring_what_it_needs(world, step, actor)
    confirmed = (confirmation for need in step.needs if (confirmation := confirmation_of(need)))
    answers: dict[str, Answer] = {each.key: True if each.type == "yes_no" else 1 for each in confirmed}
    command = c.DecideOutcome(case_id=case_id, step=run.run_id, outcome=outcome, answers=answers)
    world.ask(command, actor)


def _first_that_happens(pathway: CompiledPathway, step: str) -> str:
    outcomes = pathway.outcomes_of(step)
    return next((outcome for outcome in outcomes if _happened(pathway, outcome)), outcomes[0])


def _bring_what_it_needs(world: World, step: Step, actor: Actor) -> None:
    forms = {parse_need(need).form for need in step.needs}
    case_id = world.case_id()
    if NeedForm.GOALS in forms:
        content = PlanContent(
            goals=(Goal(key="tavoite_1", wording="Arki sujuu"),), next_review=world.time.today + REVIEW_IN
        )
        world.ask(c.WritePlan(case_id=case_id, content=content, text_id=world.new_id()), actor)
        world.ask(c.AgreePlan(case_id=case_id, agreement="agreed"), actor)
    if NeedForm.OWN_WORKER in forms and world.case().own_worker is None:
        world.ask(c.NameOwnWorker(case_id=case_id, worker_id=actor.worker_id), actor)
    if NeedForm.RESPONSIBLE_WORKER in forms and world.view().responsible is None:
        world.ask(c.AssignResponsibleWorker(case_id=case_id, worker_id=actor.worker_id), actor)
