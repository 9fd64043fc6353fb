"""Rules: pure functions from (case, command, circumstances) to what follows. This page routes a command to its rule.

Nothing here knows a database, a clock or a queue; `engine/handle.py` brings the case and writes what is told.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from engine.rules import absence, anytime, client_plan, closing, consultation, service_promise, steps, time_passes
from engine.rules.acts import choose_language, identify_client, join_client, note_fact, record_act, set_urgency
from engine.rules.circumstances import Circumstances
from engine.rules.correction import correct_time
from engine.rules.handover import decide_handover, propose_handover
from engine.rules.migration import migrate
from engine.rules.migration_reversed import reverse_migration
from engine.rules.noticing import notice
from engine.rules.recalculation import recalculate
from engine.rules.responsibility import acknowledge, assign_responsible, name_own_worker, take_up
from engine.rules.service_promise import follow_promises
from engine.rules.story import Story
from pathways import commands as c
from pathways import events as e
from pathways.case import Case, StepRun
from pathways.errors import CaseIsClosed, TimeRefused

TAKES_UP = (c.RecordAct, c.StartStep, c.DecideOutcome, c.WritePlan, c.RequestConsultation, c.RecordEvent)
AFTER_CLOSING = (
    *(c.IdentifyClient, c.GiveBreachReason, c.VoidBreach, c.CorrectTime),
    *(c.FireTiers, c.FireTimer, c.NoteFact, c.RecalculatePromises),
)


def decide(case: Case, command: c.CaseCommand, on: Circumstances) -> Story:
    """Say what follows from a command; raises a refusal that tells what is possible. Changes nothing."""
    story = Story(case, on, _moment(case, command, on), late_reason=_why_late(command))
    if case.state == "closed" and not isinstance(command, AFTER_CLOSING):
        raise CaseIsClosed(case.number)
    RULES[type(command)](story, command)
    notice(story, case)
    if isinstance(command, TAKES_UP) and story.case.state == "open":
        take_up(story)
    follow_promises(story)
    return story


def _moment(case: Case, command: c.CaseCommand, on: Circumstances) -> datetime:
    """When it happened: as said, else now. Nothing happens in the future or before the case's first contact."""
    said: datetime | None = getattr(command, "occurred_at", None)
    if said is None:
        return on.now
    if said > on.now:
        raise TimeRefused("occurred_at", "the time lies in the future; record what has happened")
    if case.last_contact_at and case.opened_at and said < min(case.last_contact_at, case.opened_at):
        raise TimeRefused("occurred_at", "the time lies before the contact")
    return said


def _why_late(command: c.CaseCommand) -> str | None:
    """Why it is told late: as said, else the reason of an outcome; an event of life is a reason of its own."""
    said: str | None = getattr(command, "late_reason", None) or getattr(command, "reason", None)
    return command.event if isinstance(command, c.RecordEvent) else said


def _start_step(story: Story, command: c.StartStep) -> None:
    run = _open_or_added(story, command.step)
    if run.state == "open":
        story.tell(e.StepStarted, run_id=run.run_id, worker_id=story.on.actor.worker_id)


def _open_or_added(story: Story, step: str) -> StepRun:
    """The open run, or one made now: a step marked *by hand* is added to a case by starting it."""
    known = story.on.pathway.steps.get(step)
    if known and known.by_hand and not any(run.step == step for run in story.case.open_runs):
        steps.enter(story, step)
    return story.case.open_run(step)


def _decide_outcome(story: Story, command: c.DecideOutcome) -> None:
    run = story.case.open_run(command.step)
    steps.decide_outcome(story, run, command.outcome, command.answers, command.reason)


def _assign_step(story: Story, command: c.AssignStep) -> None:
    run = story.case.open_run(command.step)
    story.tell(e.StepAssigned, run_id=run.run_id, worker_id=command.worker_id)


def _pause(story: Story, command: c.PausePromise) -> None:
    promise = story.case.promise(command.promise_id)
    service_promise.pause(story, promise, command.start, command.end, command.reason)


def _give_reason(story: Story, command: c.GiveBreachReason) -> None:
    for promise_id in command.promise_ids:
        service_promise.give_reason(story, story.case.promise(promise_id), command.code, command.plan_text_id)


def _approve_closing(story: Story, command: c.ApproveClosing) -> None:
    for role in closing.roles_of_asker(story):
        story.tell(e.ClosingApproved, end=command.end, as_role=role)


def _fire_timer(story: Story, command: c.FireTimer) -> None:
    timer = story.case.timers.get(command.timer_id)
    if timer is not None and timer.fired_at is None:
        time_passes.fire_timer(story, timer)


Rule = Callable[[Story, Any], None]

RULES: dict[type[c.CaseCommand], Rule] = {
    c.RecordAct: record_act,
    c.SetUrgency: set_urgency,
    c.JoinClient: join_client,
    c.IdentifyClient: identify_client,
    c.ChooseLanguage: choose_language,
    c.NoteFact: note_fact,
    c.StartStep: _start_step,
    c.DecideOutcome: _decide_outcome,
    c.AssignStep: _assign_step,
    c.AssignResponsibleWorker: lambda story, k: assign_responsible(story, k.worker_id, k.auto, k.reason),
    c.NameOwnWorker: lambda story, k: name_own_worker(story, k.worker_id, k.reason),
    c.AcknowledgeResponsibility: lambda story, k: acknowledge(story),
    c.CoverAbsence: absence.cover_absence,
    c.EndSubstitution: lambda story, k: absence.end_substitution(story),
    c.ProposeHandover: propose_handover,
    c.DecideHandover: decide_handover,
    c.RecordEvent: anytime.record_event,
    c.ApproveClosing: _approve_closing,
    c.CloseCase: lambda story, k: closing.close(story, k.end, k.reason),
    c.WritePlan: client_plan.write_plan,
    c.SendPlan: lambda story, k: client_plan.send_plan(story),
    c.AgreePlan: client_plan.agree_plan,
    c.RequestConsultation: consultation.request_consultation,
    c.MoveConsultation: consultation.move_consultation,
    c.PausePromise: _pause,
    c.ResumePromise: lambda story, k: service_promise.resume(story, story.case.promise(k.promise_id), story.on.now),
    c.GiveBreachReason: _give_reason,
    c.VoidBreach: lambda story, k: service_promise.void_breach(story, story.case.promise(k.promise_id), k.why),
    c.CorrectTime: correct_time,
    c.MigrateCase: migrate,
    c.ReverseMigration: reverse_migration,
    c.RecalculatePromises: lambda story, k: recalculate(story, k.promise_ids, k.cause),
    c.FireTimer: _fire_timer,
    c.FireTiers: lambda story, k: time_passes.fire_tiers(story, k.promise_ids, k.due_by),
}
