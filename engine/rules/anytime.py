"""Anytime events (E1–E16): what life brings at any step, carried out from a small closed set of declared effects."""

import re
from datetime import datetime, timedelta

from engine.rules import service_promise
from engine.rules.closing import close, missing_approvals, withdraw_consultations
from engine.rules.hearers import tell_hearers
from engine.rules.responsibility import choose, name, put_in_queue
from engine.rules.steps import enter, hold_open
from engine.rules.story import Story
from pathways import events as e
from pathways.anytime_event import AnytimeEvent, Pauses
from pathways.commands import RecordEvent
from pathways.errors import Malformed, PauseRefused, UnknownThing
from pathways.goal import parse_goal
from pathways.near_miss import did_you_mean
from pathways.needs import NeedForm, parse_need
from pathways.working_time import due


def record_event(story: Story, command: RecordEvent) -> None:
    """Let the event happen, effect by effect, in the order the definition language documents."""
    event = _event(story, command.event)
    _check_times(story, command, event)
    story.tell(
        e.AnytimeHappened,
        event=command.event,
        until=command.until,
        channel=command.channel,
        text_id=command.note_text_id if command.note else None,
    )
    _note_attempt(story, command, event)
    _note_urgency(story, event)
    if event.pauses:
        _pause_promises(story, command, event.pauses)
    _change_people(story, event)
    _stop_things(story, event)
    for step in event.enters:
        if story.case.state == "open" and not _is_open(story, step):
            enter(story, step, by_outcome=command.event)
    if event.tells:
        tell_hearers(story, event.tells.hearers, "event", event=command.event)
        if event.tells.answer_within:
            _wake_after(story, f"unanswered:{command.event}", event.tells.answer_within)
    if event.hands_over == "county":
        story.tell(e.HandoverProposed, handover_id=story.new_id("handover"), to_organisation="toinen_hyvinvointialue")
    _close_by_event(story, command.event, event)


def _event(story: Story, key: str) -> AnytimeEvent:
    events = story.on.pathway.definition.events
    if key not in events:
        hint = did_you_mean(key, events)
        known = ", ".join(events)
        raise UnknownThing("event", f"{key} ({hint or 'known: ' + known})")
    return events[key]


def _check_times(story: Story, command: RecordEvent, event: AnytimeEvent) -> None:
    if event.pauses is None:
        return
    if command.until is None:
        raise Malformed("until", "say the new time the client wishes; the clock runs on from there")
    if story.case.happened.get(command.event, 0) >= event.pauses.times:
        raise PauseRefused(f"the client has postponed {event.pauses.times} times already")
    begins = command.offered_at or story.on.now
    if command.until <= begins:
        raise Malformed("until", "the new time has to be later than the one it replaces")
    calendar = story.on.calendar_at("vuorokausi", begins)
    if command.until > due(begins, (), parse_goal(event.pauses.longest), calendar).due_at:
        raise PauseRefused(f"a postponement lasts {event.pauses.longest} at the longest")


def _pause_promises(story: Story, command: RecordEvent, pauses: Pauses) -> None:
    """Pause every running promise that lists the reason; statutory clocks run on, whatever the client wishes."""
    begins: datetime = command.offered_at or story.on.now
    until = command.until or begins
    for promise in story.case.live_promises:
        definition = story.on.pathway.promises[promise.key]
        pausable = promise.kind != "statutory" and pauses.reason in definition.pause_on
        if pausable and promise.state == "running" and begins < _still_due(promise.due_at, begins):
            service_promise.pause(story, promise, max(begins, promise.started_at), until, pauses.reason)


def _still_due(due_at: datetime | None, otherwise: datetime) -> datetime:
    return due_at or otherwise


def _note_attempt(story: Story, command: RecordEvent, event: AnytimeEvent) -> None:
    """Not being reached is itself a contact attempt, with its time and channel."""
    if not event.attempts:
        return
    story.tell(e.ActRecorded, act_id=story.new_id("act"), kind="attempt", channel=command.channel)
    wanted = event.attempts
    if len(story.case.attempts) == wanted.at_least and event.letter_after_attempts:
        tell_hearers(story, ("responsible",), "send_letter", event=command.event)


def _note_urgency(story: Story, event: AnytimeEvent) -> None:
    if event.urgency == "urgent" and story.case.urgency != "urgent":
        story.tell(e.UrgencySet, urgency="urgent")
    if event.stay_open:
        hold_open(story, event.stay_open)
    if event.restricts == "access" and not story.case.restricted:
        story.tell(e.AccessRestricted)


def _change_people(story: Story, event: AnytimeEvent) -> None:
    """The event that wants a language is the Swedish one (E8): the case goes on in it, and so do its people."""
    if "language" not in event.assign:
        return
    if story.case.language != "sv":
        story.tell(e.LanguageChosen, language="sv")
    change_people_for_language(story)


def change_people_for_language(story: Story) -> None:
    """A fit worker who speaks the client's language answers; without one, the county's queue for it, the same day."""
    present = story.case.responsible
    if present is None:
        return
    definition = story.on.pathway.definition.roles[present.role]
    chosen = choose(story, definition, present)
    if chosen and chosen[0] != present.worker_id:
        name(story, present.role, chosen[0], "language", chosen[2])
    elif not chosen:
        put_in_queue(story, present.role, unit_id=_swedish_queue(story), ground="language")
        tell_hearers(story, ("team_lead",), "no_worker_in_language")


def _swedish_queue(story: Story) -> str | None:
    queue = story.on.unit.get("swedish_queue_id")
    return str(queue) if queue else None


def _stop_things(story: Story, event: AnytimeEvent) -> None:
    if "steps" in event.cancels and not event.closes:
        for run in story.case.open_runs:
            story.tell(e.StepCancelled, run_id=run.run_id, step=run.step, reason="event")
        withdraw_consultations(story)
    story.cancels_messages = story.cancels_messages or "messages" in event.cancels or event.stops_messages
    if "interpreter" in event.assign:
        story.tell(e.FactNoted, name="client.interpreter_needed", value=True)
    if event.ends_guardian_view:
        story.tell(e.FactNoted, name="client.guardian_may_know", value=False)


def _is_open(story: Story, step: str) -> bool:
    return any(run.step == step for run in story.case.open_runs)


def _wake_after(story: Story, subject: str, span: str) -> None:
    minutes = re.fullmatch(r"(\d+) minutes", span)  # shorter than any goal: how long an alarm may go unanswered
    if minutes:
        fire_at = story.at + timedelta(minutes=int(minutes[1]))
    else:
        calendar = story.on.calendar_at("vuorokausi", story.at)
        fire_at = due(story.at, (), parse_goal(span), calendar).due_at + timedelta(microseconds=1)
    story.tell(e.TimerSet, timer_id=story.new_id("timer"), subject=subject, cycle=1, fire_at=fire_at)


def _close_by_event(story: Story, key: str, event: AnytimeEvent) -> None:
    """Death ends the case at once. What needs somebody's approval or a receipt waits for it, and they are told;
    not being reached never closes by itself, it asks a person to decide."""
    if event.closes is None:
        return
    if event.closes.after:
        if not _waits_for_closing(story, event.closes.end):
            _wake_after(story, f"may_close:{event.closes.end}", event.closes.after)
    elif "promises" in event.cancels:
        close(story, event.closes.end, whatever=True)
    elif any(parse_need(need).form is NeedForm.RECEIPT for need in event.closes.needs):
        return
    elif missing_approvals(story, event.closes.needs, event.closes.end):
        tell_hearers(story, ("responsible",), "approve_closing", event=key, end=event.closes.end)
    else:
        close(story, event.closes.end)


def _waits_for_closing(story: Story, end: str) -> bool:
    return any(t.fired_at is None and t.subject == f"may_close:{end}" for t in story.case.timers.values())
