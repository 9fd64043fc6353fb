"""What each event does to a case: one small function per event, all pure. `Case.after` looks them up here."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from pathways import events as e
from pathways.case import (
    CHANGES,
    Assignment,
    Case,
    CaseClient,
    Handover,
    Member,
    StepRun,
    Timer,
)
from pathways.client_plan import ClientPlan
from pathways.consultation import ARROWS, Consultation
from pathways.service_promise import PauseInterval, ServicePromise, Tier
from pathways.values import replace

E = TypeVar("E", bound=e.CaseEvent)
Change = Callable[[Case, E], Case]


def _for(event_type: type[E]) -> Callable[[Change[E]], Change[E]]:
    def register(change: Change[E]) -> Change[E]:
        CHANGES[event_type] = change
        return change

    return register


def _put(things: Mapping[Any, Any], key: Any, thing: Any) -> dict[Any, Any]:
    return {**things, key: thing}


def _run(case: Case, run_id: str, **changes: Any) -> Case:
    return replace(case, runs=_put(case.runs, run_id, replace(case.runs[run_id], **changes)))


def _promise(case: Case, promise_id: str, **changes: Any) -> Case:
    return replace(case, promises=_put(case.promises, promise_id, replace(case.promises[promise_id], **changes)))


def _assignment(case: Case, assignment_id: str, **changes: Any) -> Case:
    changed = replace(case.assignments[assignment_id], **changes)
    return replace(case, assignments=_put(case.assignments, assignment_id, changed))


def _plan(case: Case, version: int, **changes: Any) -> Case:
    return replace(case, plans=_put(case.plans, version, replace(case.plans[version], **changes)))


# --- the case ---


@_for(e.CaseOpened)
def _(case: Case, event: e.CaseOpened) -> Case:
    return replace(
        case,
        state="open",
        number=event.number,
        pathway_id=event.pathway_id,
        version=event.version,
        unit_id=event.unit_id,
        register_kind=event.register_kind,
        language=event.language,
        channel=event.channel,
        municipality=event.municipality,
        origin_case_id=event.origin_case_id,
        opened_at=event.occurred_at,
    )


@_for(e.CaseReopened)
def _(case: Case, event: e.CaseReopened) -> Case:
    return replace(
        case,
        state="open",
        episode=event.episode,
        channel=event.channel,
        end=None,
        closed_at=None,
        urgency="normal",
        approvals=(),
        attempts=(),
        visits={},
    )


@_for(e.CaseClosed)
def _(case: Case, event: e.CaseClosed) -> Case:
    ended = {key: replace(a, until=event.occurred_at) if a.until is None else a for key, a in case.assignments.items()}
    return replace(case, state="closed", end=event.end, closed_at=event.occurred_at, assignments=ended)


@_for(e.CaseMigrated)
def _(case: Case, event: e.CaseMigrated) -> Case:
    """Ended steps keep the names they had; an open one is called what the new version calls it."""
    runs = {
        run_id: replace(run, step=event.steps.get(run.step, run.step)) if run.is_live else run
        for run_id, run in case.runs.items()
    }
    if event.branches:
        inside = {run_id for run_id, run in runs.items() if run.is_live}
        runs = {run_id: _branch_named(run, inside, event.branches) for run_id, run in runs.items()}
    visits = {event.steps.get(step, step): visit for step, visit in case.visits.items()}
    return replace(case, version=event.to_version, runs=runs, visits=visits)


def _branch_named(run: StepRun, inside: set[str], named: Mapping[str, str]) -> StepRun:
    known = run.branch in named and run.parent_run_id in inside
    return replace(run, branch=named[run.branch]) if known and run.branch else run


@_for(e.CaseMigrationReversed)
def _(case: Case, event: e.CaseMigrationReversed) -> Case:
    """Runs are called what they were; how often each step was entered is as it was told then."""
    runs = {
        run_id: replace(run, step=event.steps.get(run_id, run.step), branch=event.branches.get(run_id, run.branch))
        if run_id in event.steps or run_id in event.branches
        else run
        for run_id, run in case.runs.items()
    }
    return replace(case, version=event.to_version, runs=runs, visits=event.visits or case.visits)


@_for(e.ClientJoined)
def _(case: Case, event: e.ClientJoined) -> Case:
    joined = CaseClient(event.client_id, event.relation, event.primary, event.occurred_at)
    return replace(case, clients=_put(case.clients, event.client_id, joined))


@_for(e.ClientIdentified)
def _(case: Case, event: e.ClientIdentified) -> Case:
    old = case.clients[event.old_client_id]
    left = replace(old, until=event.occurred_at)
    joined = CaseClient(event.client_id, old.relation, old.primary, event.occurred_at)
    return replace(case, clients={**case.clients, event.old_client_id: left, event.client_id: joined})


@_for(e.ContactReceived)
def _(case: Case, event: e.ContactReceived) -> Case:
    return replace(
        case,
        last_contact_at=event.received_at,
        last_effective_at=event.effective_at,
        channel=event.channel,
    )


@_for(e.ActRecorded)
def _(case: Case, event: e.ActRecorded) -> Case:
    acted = max(event.occurred_at, case.last_act_at or event.occurred_at)
    if event.kind == "attempt":
        tried = (event.occurred_at, event.channel or "puhelin")
        return replace(case, attempts=(*case.attempts, tried)[-12:], last_act_at=acted)
    return replace(case, attempts=(), last_act_at=acted)


@_for(e.UrgencySet)
def _(case: Case, event: e.UrgencySet) -> Case:
    return replace(case, urgency=event.urgency)


@_for(e.LanguageChosen)
def _(case: Case, event: e.LanguageChosen) -> Case:
    return replace(case, language=event.language)


@_for(e.UnitChanged)
def _(case: Case, event: e.UnitChanged) -> Case:
    return replace(case, unit_id=event.unit_id)


@_for(e.HeldOpen)
def _(case: Case, event: e.HeldOpen) -> Case:
    return replace(case, stay_open_until=event.until)


@_for(e.AccessRestricted)
def _(case: Case, event: e.AccessRestricted) -> Case:
    return replace(case, restricted=True)


@_for(e.AnytimeHappened)
def _(case: Case, event: e.AnytimeHappened) -> Case:
    return replace(case, happened=_put(case.happened, event.event, case.happened.get(event.event, 0) + 1))


@_for(e.ClosingApproved)
def _(case: Case, event: e.ClosingApproved) -> Case:
    return replace(case, approvals=(*case.approvals, (event.end, event.as_role)))


@_for(e.FactNoted)
def _(case: Case, event: e.FactNoted) -> Case:
    return replace(case, noted=_put(case.noted, event.name, event.value))


# --- steps ---


@_for(e.StepEntered)
def _(case: Case, event: e.StepEntered) -> Case:
    run = StepRun(
        run_id=event.run_id,
        step=event.step,
        visit=event.visit,
        state="waiting" if event.opens_at else "open",
        entered_at=event.occurred_at,
        role=event.role,
        parent_run_id=event.parent_run_id,
        branch=event.branch,
        opens_at=event.opens_at,
        missing=event.missing,
        by_outcome=event.by_outcome,
        from_step=event.from_step,
    )
    visits = _put(case.visits, event.step, event.visit)
    return replace(case, runs=_put(case.runs, run.run_id, run), visits=visits)


@_for(e.StepOpened)
def _(case: Case, event: e.StepOpened) -> Case:
    return _run(case, event.run_id, state="open")


@_for(e.StepStarted)
def _(case: Case, event: e.StepStarted) -> Case:
    return _run(case, event.run_id, state="started", started_at=event.occurred_at, assignee=event.worker_id)


@_for(e.StepAssigned)
def _(case: Case, event: e.StepAssigned) -> Case:
    return _run(case, event.run_id, assignee=event.worker_id)


@_for(e.StepEnded)
def _(case: Case, event: e.StepEnded) -> Case:
    noted = {**case.noted, **{f"answers.{name}": value for name, value in event.answers.items()}}
    ended = _run(case, event.run_id, state="done", outcome=event.outcome, ended_at=event.occurred_at)
    return replace(ended, noted=noted) if event.answers else ended


@_for(e.StepNotNeeded)
def _(case: Case, event: e.StepNotNeeded) -> Case:
    if event.run_id in case.runs:
        return _run(case, event.run_id, state="not_needed", ended_at=event.occurred_at)
    run = StepRun(
        run_id=event.run_id,
        step=event.step,
        visit=case.visits.get(event.step, 0),
        state="not_needed",
        entered_at=event.occurred_at,
        parent_run_id=event.parent_run_id,
        branch=event.branch,
        ended_at=event.occurred_at,
    )
    return replace(case, runs=_put(case.runs, run.run_id, run))


@_for(e.StepCancelled)
def _(case: Case, event: e.StepCancelled) -> Case:
    return _run(case, event.run_id, state="cancelled", ended_at=event.occurred_at)


# --- responsibility ---


@_for(e.ResponsibleNamed)
def _(case: Case, event: e.ResponsibleNamed) -> Case:
    """The one before ends at the same instant: never none, never two."""
    held = {
        key: replace(a, until=event.occurred_at) if a.kind == "responsible" and a.until is None else a
        for key, a in case.assignments.items()
    }
    named = Assignment(
        assignment_id=event.assignment_id,
        kind="responsible",
        role=event.role,
        unit_id=event.unit_id,
        worker_id=event.worker_id,
        since=event.occurred_at,
        ground=event.ground,
        explanation=event.explanation,
    )
    return replace(case, assignments=_put(held, named.assignment_id, named))


@_for(e.ResponsibilityAcknowledged)
def _(case: Case, event: e.ResponsibilityAcknowledged) -> Case:
    return _assignment(case, event.assignment_id, acknowledged_at=event.occurred_at)


@_for(e.OwnWorkerNamed)
def _(case: Case, event: e.OwnWorkerNamed) -> Case:
    held = {
        key: replace(a, until=event.occurred_at) if a.kind == "own_worker" and a.until is None else a
        for key, a in case.assignments.items()
    }
    named = Assignment(
        assignment_id=event.assignment_id,
        kind="own_worker",
        role="omatyontekija",
        unit_id=case.unit_id,
        worker_id=event.worker_id,
        since=event.occurred_at,
        ground="named",
    )
    return replace(case, assignments=_put(held, named.assignment_id, named))


@_for(e.SubstituteNamed)
def _(case: Case, event: e.SubstituteNamed) -> Case:
    return _assignment(case, event.assignment_id, substitute_id=event.worker_id, substitute_until=event.until)


@_for(e.SubstituteEnded)
def _(case: Case, event: e.SubstituteEnded) -> Case:
    return _assignment(case, event.assignment_id, substitute_id=None, substitute_until=None)


@_for(e.MemberJoined)
def _(case: Case, event: e.MemberJoined) -> Case:
    member = Member(event.worker_id, event.ground, event.occurred_at, event.until)
    return replace(case, members=_put(case.members, f"{event.worker_id}:{event.ground}", member))


@_for(e.MemberLeft)
def _(case: Case, event: e.MemberLeft) -> Case:
    key = f"{event.worker_id}:{event.ground}"
    return replace(case, members=_put(case.members, key, replace(case.members[key], left_at=event.occurred_at)))


@_for(e.HandoverProposed)
def _(case: Case, event: e.HandoverProposed) -> Case:
    handover = Handover(
        handover_id=event.handover_id,
        state="proposed",
        proposed_at=event.occurred_at,
        proposed_by=event.by,
        to_unit=event.to_unit,
        to_organisation=event.to_organisation,
        run_id=event.run_id,
    )
    return replace(case, handovers=_put(case.handovers, handover.handover_id, handover))


@_for(e.HandoverAccepted)
def _(case: Case, event: e.HandoverAccepted) -> Case:
    done = replace(case.handovers[event.handover_id], state="accepted", decided_at=event.occurred_at)
    return replace(case, handovers=_put(case.handovers, event.handover_id, done))


@_for(e.HandoverRejected)
def _(case: Case, event: e.HandoverRejected) -> Case:
    done = replace(case.handovers[event.handover_id], state="rejected", decided_at=event.occurred_at)
    return replace(case, handovers=_put(case.handovers, event.handover_id, done))


# --- plan and consultation ---


@_for(e.PlanDrafted)
def _(case: Case, event: e.PlanDrafted) -> Case:
    draft = ClientPlan(
        version=event.version,
        state="draft",
        text_id=event.text_id,
        goals=event.goals,
        updated_at=event.occurred_at,
        updated_by=event.by,
        next_review=event.next_review,
    )
    return replace(case, plans=_put(case.plans, event.version, draft))


@_for(e.PlanSentToClient)
def _(case: Case, event: e.PlanSentToClient) -> Case:
    return _plan(case, event.version, state="with_client")


@_for(e.PlanAgreed)
def _(case: Case, event: e.PlanAgreed) -> Case:
    return _plan(
        case,
        event.version,
        state="agreed",
        agreement=event.agreement,
        agreed_at=event.occurred_at,
        client_view_text=event.client_view_text,
    )


@_for(e.PlanReviewOpened)
def _(case: Case, event: e.PlanReviewOpened) -> Case:
    return _plan(case, event.version, state="to_review")


@_for(e.PlanEnded)
def _(case: Case, event: e.PlanEnded) -> Case:
    return _plan(case, event.version, state="ended")


@_for(e.ConsultationRequested)
def _(case: Case, event: e.ConsultationRequested) -> Case:
    asked = Consultation(
        consultation_id=event.consultation_id,
        state="requested",
        asked_by=event.by,
        asked_at=event.occurred_at,
        profession=event.profession,
        urgency=event.urgency,
        language=event.language,
        question_text=event.question_text,
        organisation=event.organisation,
        worker_id=event.worker_id,
        run_id=event.run_id,
    )
    return replace(case, consultations=_put(case.consultations, asked.consultation_id, asked))


@_for(e.ConsultationMoved)
def _(case: Case, event: e.ConsultationMoved) -> Case:
    consultation = case.consultations[event.consultation_id]
    changes: dict[str, Any] = {"state": ARROWS[event.verb][1]}
    match event.verb:
        case "accept":
            changes["accepted_by"] = event.by
        case "return":
            changes["return_text"] = event.text_id
        case "complete":
            changes.update(cycle=consultation.cycle + 1, question_text=event.text_id or consultation.question_text)
        case "answer":
            changes.update(answered_by=event.by, answered_at=event.occurred_at, answer_text=event.text_id)
        case _:
            changes["ended_at"] = event.occurred_at
    moved = replace(consultation, **changes)
    return replace(case, consultations=_put(case.consultations, event.consultation_id, moved))


# --- promises ---


def _armed(rungs: tuple[e.Rung, ...]) -> dict[str, Any]:
    tiers = tuple(Tier(rung.key, rung.fire_at) for rung in rungs)
    return {
        "tiers": tiers,
        "next_tier": 0 if tiers else None,
        "next_fire_at": tiers[0].fire_at if tiers else None,
    }


def _armed_anew(promise: ServicePromise, rungs: tuple[e.Rung, ...]) -> dict[str, Any]:
    """What fired stays in front, so that nothing fires twice and each rung keeps a sequence of its own."""
    fired, tiers = promise.fired, tuple(Tier(rung.key, rung.fire_at) for rung in rungs)
    return {
        "tiers": (*fired, *tiers),
        "next_tier": len(fired) if tiers else None,
        "next_fire_at": tiers[0].fire_at if tiers else None,
        "arming": promise.arming + 1,
    }


DISARMED: dict[str, Any] = {"next_tier": None, "next_fire_at": None}
ENDED: dict[str, Any] = {"next_fire_at": None}
"""`next_tier` stays: it tells the rungs that fired from those that never will."""
PAUSED: dict[str, Any] = {
    "state": "paused",
    "due_at": None,
    "due_on": None,
    "working_due_at": None,
    "next_fire_at": None,
}


@_for(e.PromiseStarted)
def _(case: Case, event: e.PromiseStarted) -> Case:
    promise = ServicePromise(
        promise_id=event.promise_id,
        key=event.key,
        cycle=event.cycle,
        kind=event.kind,
        state="running",
        started_at=event.occurred_at,
        effective_at=event.effective_at,
        due_at=event.due_at,
        due_on=event.due_on,
        working_due_at=event.working_due_at,
        goal=event.goal,
        calendar=event.calendar,
        unit_id=event.unit_id,
        role=event.role,
        subject_id=event.subject_id,
        law=event.law,
        roll=event.roll,
        counted_from=event.counted_from,
        client_age_months=event.client_age_months,
        origin_promise_id=event.origin_promise_id,
        **_armed(event.rungs),
    )
    return replace(
        case,
        promises=_put(case.promises, promise.promise_id, promise),
        cycles=_put(case.cycles, event.key, event.cycle),
        started_in=_put(case.started_in, event.key, case.episode),
    )


@_for(e.PromisePaused)
def _(case: Case, event: e.PromisePaused) -> Case:
    pause = PauseInterval(event.start, event.end, event.reason)
    pauses = (*case.promises[event.promise_id].pauses, pause)
    return _promise(case, event.promise_id, pauses=pauses, **PAUSED)


@_for(e.PromisePausePlanned)
def _(case: Case, event: e.PromisePausePlanned) -> Case:
    pause = PauseInterval(event.start, event.end, event.reason)
    promise = case.promises[event.promise_id]
    return _promise(
        case,
        event.promise_id,
        pauses=(*promise.pauses, pause),
        due_at=event.due_at,
        due_on=event.due_on,
        working_due_at=event.working_due_at,
        **_armed_anew(promise, event.rungs),
    )


@_for(e.PromisePauseBegan)
def _(case: Case, event: e.PromisePauseBegan) -> Case:
    return _promise(case, event.promise_id, **PAUSED)


@_for(e.PromiseResumed)
def _(case: Case, event: e.PromiseResumed) -> Case:
    promise = case.promises[event.promise_id]
    ended = (*promise.pauses[:-1], replace(promise.pauses[-1], end=event.resumed_at))
    return _promise(
        case,
        event.promise_id,
        state="running",
        pauses=ended,
        due_at=event.due_at,
        due_on=event.due_on,
        working_due_at=event.working_due_at,
        **_armed_anew(promise, event.rungs),
    )


@_for(e.PromiseKept)
def _(case: Case, event: e.PromiseKept) -> Case:
    state = "late" if event.late else "kept"
    told = {"told_late_at": event.told_late_at, "late_reason": event.late_reason}
    return _promise(
        case, event.promise_id, state=state, ended_at=event.occurred_at, end_reason=event.cause, **told, **ENDED
    )


@_for(e.PromiseCancelled)
def _(case: Case, event: e.PromiseCancelled) -> Case:
    told = {"told_late_at": event.told_late_at, "late_reason": event.late_reason}
    return _promise(
        case,
        event.promise_id,
        state="cancelled",
        ended_at=event.occurred_at,
        end_reason=event.reason,
        **told,
        **ENDED,
    )


@_for(e.PromiseReinstated)
def _(case: Case, event: e.PromiseReinstated) -> Case:
    """As it was before it ended: what fired stays fired, the next rung waits again; a paused one has no due instant."""
    promise = case.promises[event.promise_id]
    paused = promise.due_at is None
    armed = promise.unfired and not paused
    return _promise(
        case,
        event.promise_id,
        state="paused" if paused else "running",
        ended_at=None,
        end_reason=None,
        next_fire_at=promise.unfired[0].fire_at if armed else None,
        arming=promise.arming + (1 if promise.unfired else 0),
    )


@_for(e.PromiseTravelled)
def _(case: Case, event: e.PromiseTravelled) -> Case:
    return _promise(
        case, event.promise_id, state="travelled", ended_at=event.occurred_at, end_reason="travelled", **ENDED
    )


@_for(e.TierFired)
def _(case: Case, event: e.TierFired) -> Case:
    promise = case.promises[event.promise_id]
    following = event.sequence_in_promise + 1
    listed = event.lists or promise.on_list
    if following >= len(promise.tiers):
        return _promise(case, event.promise_id, on_list=listed, **DISARMED)
    next_fire_at = promise.tiers[following].fire_at
    return _promise(case, event.promise_id, on_list=listed, next_tier=following, next_fire_at=next_fire_at)


@_for(e.PromiseBreached)
def _(case: Case, event: e.PromiseBreached) -> Case:
    return _promise(
        _count_breach(case, event.promise_id, 1),
        event.promise_id,
        breached_at=event.breached_at,
        breach_detected_at=event.occurred_at,
        breach_voided_at=None,
        breaches=case.promises[event.promise_id].breaches + 1,
    )


def _count_breach(case: Case, promise_id: str, number: int) -> Case:
    """Targets are only counted in reports: a case is in trouble by its promises and its law (rule 18)."""
    return case if case.promises[promise_id].kind == "target" else replace(case, breaches=case.breaches + number)


@_for(e.BreachVoided)
def _(case: Case, event: e.BreachVoided) -> Case:
    """A late one was kept in time after all; one that runs may breach again, and would need a reason of its own."""
    promise = case.promises[event.promise_id]
    anew: dict[str, Any] = {}
    if promise.state == "late":
        anew = {"state": "kept", "ended_at": event.kept_at or promise.ended_at}
    if promise.is_live:
        anew = {"reason_code": None, "reason_plan": None}
    if event.told_late_at:
        anew |= {"told_late_at": event.told_late_at, "late_reason": event.late_reason}
    if event.skipped:
        anew |= {"tiers": promise.fired, **DISARMED}
    counted = _count_breach(case, event.promise_id, -1) if promise.is_breached else case
    return _promise(counted, event.promise_id, breach_voided_at=event.occurred_at, **anew)


@_for(e.BreachReasonGiven)
def _(case: Case, event: e.BreachReasonGiven) -> Case:
    return _promise(case, event.promise_id, reason_code=event.code, reason_plan=event.plan_text)


@_for(e.PromiseRecalculated)
def _(case: Case, event: e.PromiseRecalculated) -> Case:
    promise = case.promises[event.promise_id]
    return _promise(
        case,
        event.promise_id,
        started_at=event.started_at or promise.started_at,
        effective_at=event.effective_at,
        calendar=event.calendar,
        due_at=event.due_at,
        due_on=event.due_on,
        working_due_at=event.working_due_at,
        **(_armed_anew(promise, event.rungs) if event.rungs else {}),
    )


@_for(e.PromiseReassessed)
def _(case: Case, event: e.PromiseReassessed) -> Case:
    return _promise(case, event.promise_id, corrected_state=event.corrected_state)


@_for(e.TimeCorrected)
def _(case: Case, event: e.TimeCorrected) -> Case:
    """What the case itself remembers of the newest contact or act is what is so."""
    if event.event == e.ContactReceived.type and case.last_contact_at == event.was:
        return replace(case, last_contact_at=event.corrected_to, last_effective_at=event.effective_at)
    if event.event == e.ActRecorded.type and case.last_act_at == event.was:
        return replace(case, last_act_at=event.corrected_to)
    return case


@_for(e.TimerSet)
def _(case: Case, event: e.TimerSet) -> Case:
    timer = Timer(event.timer_id, event.subject, event.cycle, event.occurred_at, event.fire_at)
    return replace(case, timers=_put(case.timers, event.timer_id, timer))


@_for(e.TimerFired)
def _(case: Case, event: e.TimerFired) -> Case:
    return _timer_done(case, event.timer_id, event.occurred_at)


@_for(e.TimerCancelled)
def _(case: Case, event: e.TimerCancelled) -> Case:
    return _timer_done(case, event.timer_id, event.occurred_at)


def _timer_done(case: Case, timer_id: str, at: datetime) -> Case:
    done = replace(case.timers[timer_id], fired_at=at)
    return replace(case, timers=_put(case.timers, timer_id, done))
