"""What a story does to the promises: keep > cancel > resume > pause > start, in one transaction (rules 1–5).

Everything here is pure: `due` and the tiers come from `pathways.working_time`, instants from the events themselves.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from engine.rules.circumstances import Circumstances
from engine.rules.firing import breach_of
from engine.rules.signals import Signal, signals_of
from engine.rules.story import Story
from engine.rules.tiers import rungs_of
from pathways import events as e
from pathways.arrows import state_after
from pathways.calendar import SCHOOL, ServiceCalendar, school_calendar
from pathways.errors import ArrowNotPossible, Malformed, PauseRefused, ReasonMissing
from pathways.goal import parse_goal
from pathways.pause import Pause
from pathways.phrases import Form
from pathways.promise_definition import PromiseDefinition
from pathways.promise_due import due_of, pauses_of
from pathways.service_promise import ARROWS, PauseInterval, ServicePromise
from pathways.step import StepKind
from pathways.time_refusals import CalendarError, PauseError
from pathways.time_zone import HELSINKI
from pathways.working_time import Due, due

PENDING = "pending."
"""A noted name: a start whose scope was unknown then (an age not yet asked), with its own start instant."""


def follow_promises(story: Story) -> None:
    """Let every promise hear what the story raised. Promises started here can't be kept by the same story."""
    heard = [s for event in tuple(story.events) for s in signals_of(event, story.case, story.on)]
    standing = story.case.live_promises
    _keep(story, standing, heard)
    _keep_in_retrospect(story, heard)
    _cancel(story, standing, heard)
    if any(isinstance(event, e.CaseClosed) for event in story.events):
        _end_with_the_case(story)
    _start(story, heard)
    _start_what_became_known(story)


def _heard_by(promise: ServicePromise, keys: Sequence[str], signal: Signal) -> bool:
    about_it = promise.subject_id is None or signal.subject is None or promise.subject_id == signal.subject
    return promise.key in keys and about_it and signal.at >= promise.started_at


def _keep(story: Story, standing: Sequence[ServicePromise], heard: Sequence[Signal]) -> None:
    for promise in standing:
        for signal in heard:
            keys = story.on.pathway.promises_kept_by(signal.phrase)
            if _heard_by(promise, keys, signal):
                keep(story, promise, signal)
                break


def _keep_in_retrospect(story: Story, heard: Sequence[Signal]) -> None:
    """What kept a promise in time is recorded only after something else kept it late: it was no breach (rule 17)."""
    for promise in tuple(story.case.promises.values()):
        if promise.state != "late" or not promise.is_breached:
            continue
        for signal in heard:
            keys = story.on.pathway.promises_kept_by(signal.phrase)
            if _heard_by(promise, keys, signal) and promise.kept_state(signal.at) == "kept":
                told = _told_late(story, promise)
                why = "kept in time, recorded later"
                story.tell(e.BreachVoided, promise_id=promise.promise_id, why=why, kept_at=signal.at, **told)
                break


def keep(story: Story, promise: ServicePromise, signal: Signal) -> None:
    """Keep it at the moment the act happened; a breach recorded meanwhile is voided when that was in time."""
    late = promise.kept_state(signal.at) == "late"
    if late:
        breach(story, promise)
    told = _told_late(story, promise)
    story.tell(e.PromiseKept, at=signal.at, promise_id=promise.promise_id, late=late, cause=str(signal.phrase), **told)
    if promise.is_breached and not late:
        story.tell(e.BreachVoided, promise_id=promise.promise_id, why="kept in time, recorded later")


def _told_late(story: Story, promise: ServicePromise) -> dict[str, Any]:
    """What a stop says of itself when it is told late; without a reason it is refused (rule 2)."""
    if story.on.actor.is_system or not is_told_late(story, promise.due_at):
        return {}
    if story.late_reason is None:
        raise ReasonMissing("recording this more than an hour late or across a due instant")
    return {"late_reason": story.late_reason, "told_late_at": story.on.now}


TOLD_LATE = timedelta(hours=1)


def is_told_late(story: Story, due_at: datetime | None) -> bool:
    """Whether what happened is recorded more than an hour later, or a due instant came between (rule 2)."""
    if story.on.now - story.at > TOLD_LATE:
        return True
    return due_at is not None and story.at <= due_at < story.on.now


def _cancel(story: Story, standing: Sequence[ServicePromise], heard: Sequence[Signal]) -> None:
    for promise in standing:
        if not story.case.promises[promise.promise_id].is_live:
            continue
        for signal in heard:
            keys = story.on.pathway.promises_cancelled_by(signal.phrase)
            if _heard_by(promise, keys, signal):
                if promise.kept_state(signal.at) == "late":
                    breach(story, promise)
                told = _told_late(story, promise)
                reason = str(signal.phrase)
                story.tell(e.PromiseCancelled, at=signal.at, promise_id=promise.promise_id, reason=reason, **told)
                break


def _end_with_the_case(story: Story) -> None:
    """What the definition left running at the end goes with the case; timers that start at closing come later."""
    receiver = _received_by(story)
    for promise in story.case.live_promises:
        if promise.kept_state(story.at) == "late":
            breach(story, promise)
        if receiver and _definition_of(story, promise).on_handover == "travels":
            story.tell(e.PromiseTravelled, promise_id=promise.promise_id, to_organisation=receiver)
        else:
            story.tell(e.PromiseCancelled, promise_id=promise.promise_id, reason="case closed")


def _received_by(story: Story) -> str | None:
    """Who took the case over, when it ends by a hand-over that was received: what travels goes on there."""
    for event in story.events:
        if isinstance(event, e.StepEnded):
            step = story.on.pathway.step(event.step)
            if step.kind is StepKind.HANDOVER and story.on.pathway.signals.happened(event.outcome):
                return step.to
        if isinstance(event, e.HandoverAccepted):
            return story.case.handovers[event.handover_id].to_organisation
    return None


# --- starting -------------------------------------------------------------------------------------------------


def _start(story: Story, heard: Sequence[Signal]) -> None:
    """Nothing begins with a death, not even what begins at closing (rule 22)."""
    if any(signal.phrase == Form.DIED.of() for signal in heard):
        return
    for signal in heard:
        for key in story.on.pathway.promises_started_by(signal.phrase):
            if story.case.state == "closed" and signal.phrase != Form.CASE_CLOSED.of():
                continue
            _start_or_wait(story, key, signal.at, signal.subject)


def _start_or_wait(story: Story, key: str, at: datetime, subject: str | None) -> None:
    """Unknown never opens law: the clock waits, visibly, until the missing fact is recorded."""
    pathway = story.on.pathway
    applies = pathway.is_for_everybody(key) or pathway.applies(key, story.facts(at))
    if applies is True:
        start(story, key, at, subject)
    elif applies is not False:
        story.tell(e.FactNoted, name=f"{PENDING}{key}", value=at.isoformat())


def _start_what_became_known(story: Story) -> None:
    if not any(isinstance(event, e.FactNoted | e.ClientIdentified | e.StepEnded) for event in story.events):
        return
    for name, value in tuple(story.case.noted.items()):
        if not name.startswith(PENDING) or not value or story.case.state != "open":
            continue
        key, at = name.removeprefix(PENDING), datetime.fromisoformat(str(value))
        if key in story.on.pathway.promises and story.on.pathway.applies(key, story.facts(at)) is True:
            start(story, key, at, None)
            story.tell(e.FactNoted, name=name, value="")


def start(story: Story, key: str, at: datetime, subject: str | None) -> None:
    """Start a cycle, unless one of the same thing runs already: once started, a promise is latched (rule 5)."""
    definition = story.on.pathway.promises[key].on(at.astimezone(HELSINKI).date())
    if definition is None:  # no such law on that day
        return
    begun_before = definition.once and story.case.started_in.get(key) == story.case.episode
    if begun_before or _runs_already(story, key, definition, subject):
        return
    started = story.tell(e.PromiseStarted, at=at, **_begun(story, key, definition, at, subject))
    held_since = _held_since(story, definition)
    if held_since:
        story.tell(e.PromiseKept, at=max(at, held_since), promise_id=started.promise_id, cause="already so")


def start_anew(story: Story, promise: ServicePromise, at: datetime) -> None:
    """A new cycle of the same thing from `at`, by what the pathway says now; it names the one it goes on from."""
    definition = story.on.pathway.promises[promise.key].on(at.astimezone(HELSINKI).date())
    if definition is not None:
        begun = _begun(story, promise.key, definition, at, promise.subject_id)
        story.tell(e.PromiseStarted, at=at, **begun | {"origin_promise_id": promise.promise_id})


def _held_since(story: Story, definition: PromiseDefinition) -> datetime | None:
    """Since when what the promise waits for is already so: somebody is named, or has acknowledged."""
    named, own = story.case.responsible, story.case.own_worker
    for phrase in definition.kept_when:
        if phrase == Form.RESPONSIBLE_WORKER_NAMED and named and not named.is_queue:
            return named.since
        if phrase == Form.RESPONSIBLE_WORKER_ACKNOWLEDGED and named and named.acknowledged_at:
            return named.acknowledged_at
        if phrase == Form.OWN_WORKER_NAMED and own:
            return own.since
    return None


def _runs_already(story: Story, key: str, definition: PromiseDefinition, subject: str | None) -> bool:
    own = _own_subject(definition, subject)
    return any(p.key == key and p.subject_id == own for p in story.case.live_promises)


def _own_subject(definition: PromiseDefinition, subject: str | None) -> str | None:
    """Promises made from a step's target or a consultation's reply belong to that run or question."""
    return subject if definition.step or "consultation" in "".join(definition.starts) else None


def _begun(story: Story, key: str, definition: PromiseDefinition, at: datetime, subject: str | None) -> dict[str, Any]:
    calendar = _counted_on(story, definition, at)
    moment = due(
        at,
        (),
        parse_goal(definition.within or "same day"),
        calendar,
        roll=definition.roll,
        kind=definition.kind or "target",
        count_from_effective=definition.counted_from == "effective",
    )
    responsible = story.case.responsible
    return {
        "promise_id": story.new_id("promise"),
        "key": key,
        "cycle": story.case.cycles.get(key, 0) + 1,
        "kind": definition.kind or "target",
        "goal": definition.within or "",
        "calendar": f"{calendar.key}@{calendar.version}",
        "roll": definition.roll,
        "counted_from": definition.counted_from,
        "effective_at": moment.effective_at,
        "due_at": moment.due_at,
        "due_on": moment.due_on,
        "working_due_at": moment.working_due_at,
        "unit_id": story.case.unit_id,
        "role": responsible.role if responsible else "",
        "subject_id": _own_subject(definition, subject),
        "law": definition.law,
        "client_age_months": story.facts(at).get("client.age_months"),
        "rungs": _rungs(story, definition, at, moment, calendar),
    }


BY_CONTACT = {Form.CONTACT_RECEIVED.value, Form.MATTER_OPENED.value}
"""What starts with a contact is counted on the hours of the channel it came by (rule 3)."""


def _counted_on(story: Story, definition: PromiseDefinition, at: datetime) -> ServiceCalendar:
    """The calendar that binds from the start on: the one that is named, the school's, the channel's or the unit's."""
    if definition.calendar == SCHOOL:
        return story.on.calendar_at(school_calendar(story.facts(at)["case.school"]), at)
    channel = story.case.channel if BY_CONTACT & {*definition.starts} else None
    return story.on.calendar_at(definition.calendar, at, channel=channel)


COUNTED_IN_DAYS = ("vuorokausi", "arkipaiva", SCHOOL)
"""Calendars that say which days count; people are told in their unit's own hours, of office hours too. `24/7` tells at any hour."""


def _telling_hours(
    story: Story, definition: PromiseDefinition, calendar: ServiceCalendar, at: datetime
) -> ServiceCalendar:
    by_law = definition.law is not None and definition.calendar == "palveluaika"
    return story.on.calendar_at(None, at) if by_law or definition.calendar in COUNTED_IN_DAYS else calendar


WORKING_DAYS = "arkipaiva"
"""Says which days are working days where the clock's own calendar never closes."""


def _rungs(
    story: Story,
    definition: PromiseDefinition,
    at: datetime,
    moment: Due,
    calendar: ServiceCalendar,
    pauses: Sequence[PauseInterval] = (),
) -> tuple[e.Rung, ...]:
    """Days are counted as the clock counts them, a law's without the unit's exceptions; people hear in their own hours."""
    hours = _telling_hours(story, definition, calendar, at)
    days = story.on.calendar_at(WORKING_DAYS, at) if calendar.is_always_open else calendar
    days = days.as_law_counts if definition.kind == "statutory" else days
    ladders = story.on.pathway.definition.ladders
    return rungs_of(definition, at, moment, hours, ladders, pauses_of(pauses), days)


# --- pausing --------------------------------------------------------------------------------------------------


def pause(story: Story, promise: ServicePromise, start_at: datetime, end_at: datetime, reason: str) -> None:
    """Stop the clock for the client's own wish; refused for anything the promise doesn't list (rule 13)."""
    _check_pausable(story, promise, _definition_of(story, promise), reason)
    interval = Pause(start=start_at, end=end_at, reason=reason)
    try:
        moment = due_of(promise, _calendar(story, promise), (*pauses_of(promise.pauses), interval))
    except (PauseError, CalendarError) as error:
        raise PauseRefused(str(error)) from error
    if start_at > story.on.now:
        _plan_pause(story, promise, interval, moment)
    else:
        _pause_now(story, promise, interval, moment)
    story.tell(
        e.TimerSet, timer_id=story.new_id("timer"), subject=f"resume:{promise.promise_id}", cycle=1, fire_at=end_at
    )


def _check_pausable(story: Story, promise: ServicePromise, definition: PromiseDefinition, reason: str) -> None:
    if promise.kind == "statutory":
        raise PauseRefused("a statutory clock never pauses; record a justified deviation instead")
    if promise.state == "paused":
        raise PauseRefused("it is paused already")
    state_after("promise", ARROWS, promise.state, "pause")
    if reason not in definition.pause_on:
        listed = ", ".join(definition.pause_on) or "none"
        raise PauseRefused(f'"{reason}" is not a reason this promise pauses for; reasons: {listed}')


def _pause_now(story: Story, promise: ServicePromise, interval: Pause, moment: Due) -> None:
    """A pause that began before the due instant voids a breach recorded meanwhile (rule 17)."""
    story.tell(
        e.PromisePaused,
        promise_id=promise.promise_id,
        start=interval.start,
        end=interval.end,
        reason=interval.reason,
    )
    if promise.is_breached:
        story.tell(e.BreachVoided, promise_id=promise.promise_id, why=f"paused in time: {interval.reason}")


def _plan_pause(story: Story, promise: ServicePromise, interval: Pause, moment: Due) -> None:
    story.tell(
        e.PromisePausePlanned,
        promise_id=promise.promise_id,
        start=interval.start,
        end=interval.end,
        reason=interval.reason,
        **_moved_to(story, promise, moment),
    )
    begins = f"pause:{promise.promise_id}"
    story.tell(e.TimerSet, timer_id=story.new_id("timer"), subject=begins, cycle=1, fire_at=interval.start)


def begin_planned_pause(story: Story, promise: ServicePromise) -> None:
    if promise.state == "running" and promise.pauses:
        story.tell(e.PromisePauseBegan, promise_id=promise.promise_id)


def resume(story: Story, promise: ServicePromise, at: datetime) -> None:
    """Let the clock run on from `at`; its due instant counts what the pause really took."""
    state_after("promise", ARROWS, promise.state, "resume")
    *before, last = pauses_of(promise.pauses)
    ended = min(at, last.end)
    pauses = (*before, last.model_copy(update={"end": ended})) if ended > last.start else tuple(before)
    moment = due_of(promise, _calendar(story, promise), pauses)
    story.tell(
        e.PromiseResumed,
        promise_id=promise.promise_id,
        resumed_at=max(ended, last.start),
        **_moved_to(story, promise, moment),
    )
    for timer in tuple(story.case.timers.values()):
        if timer.fired_at is None and timer.subject == f"resume:{promise.promise_id}":
            story.tell(e.TimerCancelled, timer_id=timer.timer_id)


def due_if_resumed(promise: ServicePromise, on: Circumstances) -> Due:
    """What a paused promise would be due at if the pause ended now."""
    *before, last = pauses_of(promise.pauses)
    ended = min(max(on.now, last.start + timedelta(microseconds=1)), last.end)
    pauses = (*before, last.model_copy(update={"end": ended}))
    return due_of(promise, on.bound_calendar(promise), pauses)


def _moved_to(story: Story, promise: ServicePromise, moment: Due) -> dict[str, Any]:
    return {
        "due_at": moment.due_at,
        "due_on": moment.due_on,
        "working_due_at": moment.working_due_at,
        "rungs": armed_for(story, promise, promise, moment),
    }


def armed_for(story: Story, standing: ServicePromise, counted: ServicePromise, moment: Due) -> tuple[e.Rung, ...]:
    """The rungs of a moved due instant but for those that have fired; `counted` has the start and the calendar."""
    definition = _definition_of(story, counted)
    rungs = _rungs(story, definition, counted.started_at, moment, _calendar(story, counted), counted.pauses)
    fired = _fired_for_good(standing)
    return tuple(rung for rung in rungs if rung.key not in fired)


def _fired_for_good(promise: ServicePromise) -> set[str]:
    """The rungs that don't fire again. The breach does, and what a voided breach had set off: another would tell anew."""
    voided_from = promise.breached_at if promise.breach_voided_at else None
    return {tier.key for tier in promise.fired if voided_from is None or tier.fire_at <= voided_from} - {"breach"}


def _definition_of(story: Story, promise: ServicePromise) -> PromiseDefinition:
    return story.on.pathway.promises[promise.key]


def _calendar(story: Story, promise: ServicePromise) -> ServiceCalendar:
    return story.on.bound_calendar(promise)


def breach(story: Story, promise: ServicePromise) -> None:
    """Record that it passed unkept, once: by the sweep, or by what ends it late before the sweep has come.

    On whoever answered at the due instant: it is settled before somebody else answers (`breach_overdue`).
    """
    if promise.may_breach and promise.due_at is not None:
        answered = story.case.answering(promise.due_at) or story.case.responsible
        story.record(breach_of(promise, answered, story.on.now, story.on.actor.worker_id))


def breach_overdue(story: Story) -> None:
    """Before responsibility moves, what is overdue is recorded on those who answered when it fell due (rule 19)."""
    for promise in story.case.live_promises:
        if promise.is_overdue(story.on.now):
            breach(story, promise)


# --- breaches -------------------------------------------------------------------------------------------------


def give_reason(story: Story, promise: ServicePromise, code: str, plan_text: str) -> None:
    """The team lead's reason code and new plan for a breach (rule 18)."""
    codes = tuple(story.on.pathway.definition.vocabulary.breach_reasons)
    if code not in codes:
        raise ReasonMissing("the breach", codes)
    if promise.breached_at is None:
        raise Malformed("promise_ids", "this promise has not been breached, so it needs no reason")
    story.tell(e.BreachReasonGiven, promise_id=promise.promise_id, code=code, plan_text=plan_text)


def void_breach(story: Story, promise: ServicePromise, why: str) -> None:
    if promise.breached_at is None or promise.breach_voided_at is not None:
        raise ArrowNotPossible("promise", "void the breach of", promise.state, ())
    skipped = tuple(e.Rung(key=tier.key, fire_at=tier.fire_at) for tier in promise.unfired) if promise.is_live else ()
    story.tell(e.BreachVoided, promise_id=promise.promise_id, why=why, skipped=skipped)
