"""Correction: a time that was recorded wrong. Running promises follow, ended ones stay as judged, breaches are voided or come.

The event itself never changes, and neither does the contact's `received_at`: what was believed then is what people
acted on. A correction is an event of its own, so the journal tells both, with who and why; reports offer both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from engine.rules.circumstances import Circumstances, RecordedFact
from engine.rules.recalculation import count_again
from engine.rules.service_promise import PENDING
from engine.rules.signals import signals_of
from engine.rules.story import Story
from pathways import events as e
from pathways.commands import CorrectTime
from pathways.errors import Malformed, TimeRefused, UnknownThing
from pathways.phrases import Phrase
from pathways.promise_due import calendar_version
from pathways.recalculation import judged_again
from pathways.service_promise import ServicePromise

CORRECTABLE = (e.ContactReceived, e.ActRecorded, e.StepEnded)
"""What people give a time of its own when they record it; everything else happened when it was recorded."""


def correct_time(story: Story, command: CorrectTime) -> None:
    """Say when it really was; every clock that this event started or stopped follows as rules 17 and 20 say."""
    fact = story.on.ask_fact(command.corrects)
    if fact is None:
        raise UnknownThing("event", str(command.corrects))
    _check(story, fact, command.corrected_to)
    began, ended = list(_begun_by(story, fact)), list(_ended_by(story, fact))
    _check_order(command.corrected_to, began, ended)
    story.tell(
        e.TimeCorrected,
        corrects=fact.sequence,
        event=fact.event.type,
        was=fact.said[-1],
        corrected_to=command.corrected_to,
        why_text=command.why_text_id,
        effective_at=_effective_at(story, fact.event, command.corrected_to),
        subject_id=_subject(fact.event),
    )
    cause = f"correction:{fact.sequence}"
    for promise in began:
        if promise.is_live:
            count_again(story, promise, cause, started_at=command.corrected_to)
    _move_pending(story, fact, command.corrected_to)
    known = (*fact.others, replace(fact, said=(*fact.said, command.corrected_to)))
    for promise in {promise.promise_id: promise for promise in (*began, *ended) if not promise.is_live}.values():
        _judge_again(story, promise, known, cause)


def _check(story: Story, fact: RecordedFact, to: datetime) -> None:
    if not isinstance(fact.event, CORRECTABLE):
        raise Malformed("corrects", "only the time of a contact, an act or a step's outcome can be corrected")
    if to == fact.said[-1]:
        raise Malformed("corrected_to", "this is the time that is recorded")
    if to > fact.recorded_at:
        raise TimeRefused("corrected_to", "the time lies after it was recorded")
    case = story.case
    is_contact = isinstance(fact.event, e.ContactReceived)
    if not is_contact and case.last_contact_at and case.opened_at and to < min(case.last_contact_at, case.opened_at):
        raise TimeRefused("corrected_to", "the time lies before the contact")


def _check_order(to: datetime, began: list[ServicePromise], ended: list[ServicePromise]) -> None:
    """received_at <= occurred_at (rule 3), also when one of them is corrected."""
    for promise in began:
        since = [pause.start for pause in promise.pauses] + ([promise.ended_at] if promise.ended_at else [])
        if since and to > min(since):
            raise TimeRefused("corrected_to", "the time lies after what has been done since")
    if any(to < promise.started_at for promise in ended):
        raise TimeRefused("corrected_to", "the time lies before the contact")


def _effective_at(story: Story, event: e.CaseEvent, to: datetime) -> datetime | None:
    """When a contact that came then would take effect, by the hours of its channel (rule 3)."""
    if not isinstance(event, e.ContactReceived):
        return None
    return story.on.calendar_at(None, to, channel=event.channel).effective_at(to)


def _move_pending(story: Story, fact: RecordedFact, to: datetime) -> None:
    """A clock that waits for a missing fact will start when this really was."""
    for phrase in _phrases(story, fact):
        for key in story.on.pathway.promises_started_by(phrase):
            waits = story.case.noted.get(f"{PENDING}{key}")
            if waits and datetime.fromisoformat(str(waits)) in fact.said:
                story.tell(e.FactNoted, name=f"{PENDING}{key}", value=to.isoformat())


def _judge_again(story: Story, promise: ServicePromise, known: Sequence[RecordedFact], cause: str) -> None:
    """What an ended promise would be by all that has been corrected; it stays as it was judged.

    Only a late one that was kept in time after all is kept from now on, and its breach is voided (rule 17).
    """
    started_at = next((fact.said[-1] for fact in known if promise in _begun_by(story, fact)), None)
    ended_at = next((fact.said[-1] for fact in known if promise in _ended_by(story, fact)), None)
    calendar_at = partial(story.on.calendars.in_force, calendar_version(promise)[0])
    judged = judged_again(promise, calendar_at, started_at=started_at, ended_at=ended_at)
    its_keep = promise in _ended_by(story, known[-1])
    if promise.state == "late" and judged == "kept" and its_keep and promise.is_breached:
        story.tell(e.BreachVoided, promise_id=promise.promise_id, why=cause, kept_at=ended_at)
    standing = story.case.promises[promise.promise_id]
    if judged is not None and judged != (standing.corrected_state or standing.state):
        story.tell(e.PromiseReassessed, promise_id=promise.promise_id, cause=cause, corrected_state=judged)


# --- which promises the event is about --------------------------------------------------------------------------


def _begun_by(story: Story, fact: RecordedFact) -> Iterator[ServicePromise]:
    pathway = story.on.pathway
    keys = {key for phrase in _phrases(story, fact) for key in pathway.promises_started_by(phrase)}
    for promise in tuple(story.case.promises.values()):
        if promise.key in keys and promise.started_at in fact.said:
            yield promise


def _ended_by(story: Story, fact: RecordedFact) -> Iterator[ServicePromise]:
    said = {str(phrase) for phrase in _phrases(story, fact)}
    for promise in tuple(story.case.promises.values()):
        if promise.state in ("kept", "late") and promise.end_reason in said and promise.ended_at in fact.said:
            yield promise


def _phrases(story: Story, fact: RecordedFact) -> list[Phrase]:
    """What the event raised, whoever recorded it: their profession isn't known here, but the promise's own time is."""
    return [signal.phrase for signal in signals_of(fact.event, story.case, _as_anybody(story.on))]


def _as_anybody(on: Circumstances) -> Circumstances:
    professions = {name for role in on.pathway.definition.roles.values() for name in role.professions}
    return replace(on, actor=replace(on.actor, professions=frozenset(professions)))


def _subject(event: e.CaseEvent) -> str | None:
    match event:
        case e.ContactReceived():
            return event.contact_id
        case e.ActRecorded():
            return event.act_id
        case e.StepEnded():
            return event.run_id
    return None
