"""Consequences: rows beside the case's own that its events bring: contacts, breaches, rungs, messages, "this changed"."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, update

from engine import tables as t
from engine.change_set import ChangeSet
from engine.projection import table_of
from engine.rules.story import Story
from pathways import events as e
from pathways.case import Case
from pathways.commands import TakeContact

CONTACT = table_of(t.Contact)
BREACH = table_of(t.BreachRow)
TIER = table_of(t.TierRow)
OUTBOX = table_of(t.OutboxRow)
CHANGE = table_of(t.ChangeRow)
INCIDENT = table_of(t.Incident)


def add_consequences(changes: ChangeSet, story: Story, recorded_at: datetime) -> None:
    """Add to the change set what the story's events mean outside the case's projections."""
    case = story.case
    changes.insert(TIER, list(_skipped(story, recorded_at)))
    _add_breaches(changes, story)
    changes.insert(TIER, [_tier(case, event) for event in _of(story, e.TierFired)])
    for corrected in _of(story, e.TimeCorrected):
        if corrected.event == e.ContactReceived.type:
            key = {"tenant_id": case.tenant_id, "contact_id": corrected.subject_id}
            changes.update(CONTACT, key, {"corrected_received_at": corrected.corrected_to})
    changes.insert(OUTBOX, list(_messages(story, recorded_at)))
    changes.insert(INCIDENT, list(_incidents(story, recorded_at)))
    if story.events:
        changes.insert(CHANGE, list(_changed(story, recorded_at)))


def cancel_messages(connection: Connection, case: Case, at: datetime) -> None:
    """Nothing more is sent about this case: what waits in the outbox is cancelled (death, danger at home)."""
    connection.execute(
        update(OUTBOX)
        .where(
            OUTBOX.c.tenant_id == case.tenant_id,
            OUTBOX.c.case_id == case.case_id,
            OUTBOX.c.relayed_at.is_(None),
            OUTBOX.c.cancelled_at.is_(None),
        )
        .values(cancelled_at=at)
    )


def contact_row(command: TakeContact, story: Story, recorded_at: datetime) -> dict[str, Any]:
    """The contact as it came; its words are a text of its own."""
    return {
        "tenant_id": story.case.tenant_id,
        "contact_id": command.contact_id,
        "case_id": story.case.case_id,
        "channel": command.channel,
        "received_at": command.received_at,
        "effective_at": story.case.last_effective_at,
        "recorded_at": recorded_at,
        "matter_text": command.contact_id,
        "urgency": command.urgency,
        "language": command.language,
        "callback": command.callback,
        "callback_safe": command.callback_safe,
        "taken_by": story.on.actor.worker_id,
    }


def _of(story: Story, event_type: type[Any]) -> Iterable[Any]:
    return [event for event in story.events if isinstance(event, event_type)]


def _add_breaches(changes: ChangeSet, story: Story) -> None:
    """New breaches, and what voids them: of one promise at most the last one stands (rule 17)."""
    breached = _of(story, e.PromiseBreached)
    number = {event.promise_id: story.case.promises[event.promise_id].breaches for event in breached}
    for event in breached:
        number[event.promise_id] -= 1
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for event in story.events:
        if isinstance(event, e.PromiseBreached):
            number[event.promise_id] += 1
            key = event.promise_id, number[event.promise_id]
            rows[key] = _breach(story.case, event, key[1])
        elif isinstance(event, e.BreachVoided):
            key = event.promise_id, number.get(event.promise_id, story.case.promises[event.promise_id].breaches)
            voided = {"voided_at": event.occurred_at, "voided_by": event.by, "void_why": event.why}
            if key in rows:
                rows[key] |= voided
            else:
                of = {"tenant_id": story.case.tenant_id, "promise_id": key[0], "number": key[1]}
                changes.update(BREACH, of, voided)
    empty = {"voided_at": None, "voided_by": None, "void_why": None}
    changes.insert(BREACH, [empty | row for row in rows.values()])


def _breach(case: Case, event: e.PromiseBreached, number: int) -> dict[str, Any]:
    return {
        "tenant_id": case.tenant_id,
        "promise_id": event.promise_id,
        "number": number,
        "case_id": case.case_id,
        "breached_at": event.breached_at,
        "detected_at": event.occurred_at,
        "unit_id": event.unit_id,
        "role": event.role,
    }


def _tier(case: Case, event: e.TierFired) -> dict[str, Any]:
    return {
        "tenant_id": case.tenant_id,
        "promise_id": event.promise_id,
        "tier": event.tier,
        "arming": case.promises[event.promise_id].arming,
        "case_id": case.case_id,
        "state": "fired",
        "fire_at": event.fire_at,
        "noted_at": event.occurred_at,
    }


ENDS = (e.PromiseKept, e.PromiseCancelled, e.PromiseTravelled)


def _skipped(story: Story, recorded_at: datetime) -> Iterable[dict[str, Any]]:
    """Rungs that never fired of what ended, or of what a voided breach has stopped (rule 15)."""
    for event in story.events:
        if isinstance(event, (*ENDS, e.BreachVoided)):
            promise = story.case.promises[event.promise_id]
            rungs = event.skipped if isinstance(event, e.BreachVoided) else promise.unfired
            for rung in rungs:
                yield {
                    "tenant_id": story.case.tenant_id,
                    "promise_id": promise.promise_id,
                    "tier": rung.key,
                    "arming": promise.arming,
                    "case_id": story.case.case_id,
                    "state": "skipped",
                    "fire_at": rung.fire_at,
                    "noted_at": recorded_at,
                }


def _messages(story: Story, at: datetime) -> Iterable[dict[str, Any]]:
    for message in story.messages:
        yield {
            "tenant_id": story.case.tenant_id,
            "message_id": story.new_id("message"),
            "case_id": story.case.case_id,
            "kind": message.kind,
            "payload": {"to": list(message.to), **message.facts},
            "made_at": at,
            "tries": 0,
        }


def _incidents(story: Story, at: datetime) -> Iterable[dict[str, Any]]:
    for kind, detail in story.incidents:
        yield {
            "tenant_id": story.case.tenant_id,
            "incident_id": story.new_id("incident"),
            "kind": kind,
            "case_id": story.case.case_id,
            "detail": detail,
            "at": at,
        }


def _changed(story: Story, at: datetime) -> Iterable[dict[str, Any]]:
    """Topics a page may follow: the case, its unit, and each worker who was told or answers."""
    case = story.case
    told = {worker for message in story.messages for worker in message.to}
    responsible = case.responsible
    if responsible and responsible.worker_id:
        told.add(responsible.worker_id)
    topics = [("case", case.case_id), ("unit", case.unit_id), *(("worker", worker) for worker in sorted(told))]
    for topic, subject in topics:
        yield {"tenant_id": case.tenant_id, "topic": topic, "subject_id": subject, "at": at}
