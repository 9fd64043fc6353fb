"""Which phrases each event of a case raises; promises listen to them.

A signal about one thing (a step run, a consultation) carries its id, so that it touches only the promise of that
same thing; a signal about the case touches every cycle of the promises that name it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.rules.circumstances import Circumstances
from pathways import events as e
from pathways.case import Case
from pathways.phrases import Form, Phrase


@dataclass(frozen=True, slots=True)
class Signal:
    phrase: Phrase
    at: datetime
    subject: str | None = None


def signals_of(event: e.CaseEvent, case: Case, on: Circumstances) -> Iterator[Signal]:
    """Every signal `event` raises; `case` is the case after everything the command did."""
    subject = _subject(event)
    at = event.received_at if isinstance(event, e.ContactReceived) else event.occurred_at
    for phrase in _phrases(event, case, on):
        yield Signal(phrase, at, subject)


def _subject(event: e.CaseEvent) -> str | None:
    match event:
        case e.StepEntered() | e.StepStarted() | e.StepEnded() | e.StepNotNeeded() | e.StepCancelled() | e.StepOpened():
            return event.run_id
        case e.ConsultationRequested() | e.ConsultationMoved():
            return event.consultation_id
        case e.ActRecorded():
            return event.run_id
    return None


def _phrases(event: e.CaseEvent, case: Case, on: Circumstances) -> tuple[Phrase, ...]:
    signals = on.pathway.signals
    urgent = case.urgency == "urgent"
    match event:
        case e.ContactReceived():
            return signals.of_contact(opens=event.opens)
        case e.ActRecorded():
            step = on.pathway.step(event.step) if event.step else None
            professions = on.actor.professions
            return signals.of_act(event.kind, step, key=event.step, urgent=urgent, professions=professions)
        case e.UrgencySet(urgency="urgent"):
            return (Form.URGENCY_SET_TO_URGENT.of(),)
        case e.StepEntered() if event.opens_at is None:
            return signals.of_entering(event.step, on.pathway.step(event.step))
        case e.StepOpened():
            step_key = case.runs[event.run_id].step
            return signals.of_entering(step_key, on.pathway.step(step_key))
        case e.StepStarted():
            step_key = case.runs[event.run_id].step
            return signals.of_starting(step_key, on.pathway.step(step_key))
        case e.StepEnded():
            step = on.pathway.step(event.step)
            ended = signals.of_ending(event.step, step, event.outcome, urgent=urgent, professions=on.actor.professions)
            return (*ended, *(Form.FORM_ANSWERED.of(name) for name in event.answers))
        case e.FactNoted() if event.name.startswith("answers."):
            return (Form.FORM_ANSWERED.of(event.name.removeprefix("answers.")),)
        case e.StepNotNeeded() | e.StepCancelled():
            return signals.of_skipping(event.step)
        case e.AnytimeHappened():
            return signals.of_event(event.event)
        case e.CaseClosed():
            return signals.of_closing(event.end)
        case e.CaseReopened():
            return (Form.CASE_REOPENED.of(),)
    return _of_people(event, case, on)


_PLAN = {"agreed": Form.PLAN_AGREED, "disagreement": Form.DISAGREEMENT_RECORDED}
_MOVES = {
    "return": "returned",
    "answer": "answered",
    "complete": "asked",
    "decline": "ended",
    "withdraw": "ended",
}


def _of_people(event: e.CaseEvent, case: Case, on: Circumstances) -> tuple[Phrase, ...]:
    match event:
        case e.ResponsibleNamed(worker_id=str()):
            return (Form.RESPONSIBLE_WORKER_NAMED.of(),)
        case e.ResponsibilityAcknowledged():
            return (Form.RESPONSIBLE_WORKER_ACKNOWLEDGED.of(),)
        case e.OwnWorkerNamed():
            return (Form.OWN_WORKER_NAMED.of(),)
        case e.PlanAgreed():
            reviewed = (Form.PLAN_REVIEWED.of(),) if event.version > 1 else ()
            return (_PLAN[event.agreement].of(), *reviewed)
        case e.PlanEnded():
            return (Form.PLAN_ENDED.of(),)
        case e.HandoverAccepted():
            return (Form.HANDOVER_RECEIVED_ANY.of(),)
        case e.HandoverRejected():
            return (Form.HANDOVER_RETURNED_ANY.of(),)
        case e.ConsultationRequested():
            return _of_consultation(event.consultation_id, "asked", case, on)
        case e.ConsultationMoved() if event.verb in _MOVES:
            return _of_consultation(event.consultation_id, _MOVES[event.verb], case, on)
    return ()


def _of_consultation(consultation_id: str, what: str, case: Case, on: Circumstances) -> tuple[Phrase, ...]:
    consultation = case.consultations[consultation_id]
    run = case.runs.get(consultation.run_id or "")
    step = run.step if run else None
    return on.pathway.signals.of_consultation(step, what, urgent=consultation.urgency != "normal")
