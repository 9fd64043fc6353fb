"""A promise as every list and page shows it: what is left or over, and where it stands among the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from engine.handle import Reading
from engine.machine import CompiledPathway
from engine.read_models.titles import law_text, role_title, titled
from engine.rules.circumstances import Circumstances
from engine.rules.service_promise import due_if_resumed
from pathways.errors import PathwayError
from pathways.reason_duty import reason_due_at
from pathways.service_promise import PauseInterval, ServicePromise
from pathways.time_zone import HELSINKI

Standing = Literal["late", "near", "on_time", "paused", "kept", "kept_late", "cancelled", "travelled"]
"""`late` is running past its due instant, `near` running on its due day, after `working_due_at` or past 80 %."""


@dataclass(frozen=True, slots=True)
class PauseShown:
    start: datetime
    end: datetime
    reason: str
    reason_title: str


@dataclass(frozen=True, slots=True)
class PromiseShown:
    """One clock. `seconds_left` is None unless it runs and is in time; `seconds_over` unless it is or was late."""

    promise_id: str
    case_id: str
    key: str
    title: str
    cycle: int
    kind: str
    state: str
    standing: Standing
    started_at: datetime
    effective_at: datetime
    due_at: datetime | None
    due_on: date | None
    working_due_at: datetime | None
    seconds_left: int | None
    seconds_over: int | None
    share: float | None
    """Elapsed share of start → due, 0–1, for a bar; None while paused or ended."""
    goal: str
    calendar: str
    unit_id: str
    unit_name: str
    role: str
    role_title: str
    law: str | None
    law_text: str | None
    """The section of the law, such as "SHL 36 §"."""
    subject_id: str | None
    """The consultation, hand-over or step run it is about."""
    breached_at: datetime | None
    breach_voided_at: datetime | None
    ended_at: datetime | None
    end_reason: str | None
    reason_code: str | None
    reason_title: str | None
    reason_plan: str | None
    pause: PauseShown | None
    """The pause it is in now, when it is paused."""
    due_if_resumed_now: datetime | None
    pauses: tuple[PauseShown, ...]
    pause_reasons: tuple[tuple[str, str], ...]
    """(key, title) of the reasons it may be paused for; empty for statutory clocks."""
    reason_due_at: datetime | None = None
    """By when the team lead owes a reason and a new plan for the breach; None when nobody owes one."""
    told_late_at: datetime | None = None
    """When its end was recorded, where that was over an hour late or across the due instant."""
    late_reason: str | None = None
    can: tuple[str, ...] = ()
    """Which of pause, resume, reason, void-breach this actor may do now."""
    row: ServicePromise | None = None
    """The promise itself: an explanation follows from nothing else."""


KINDS = ("statutory", "promise", "target")
"""What the law asks comes before what the county promised, and that before what the team aims at."""
NEAR = 0.8
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a promise's words need beside its own row."""

    reading: Reading
    pathway: CompiledPathway
    language: str
    unit_name: str = ""
    reason_plan: str | None = None


def promise_shown(promise: ServicePromise, case_id: str, around: Surroundings, can: Sequence[str] = ()) -> PromiseShown:
    """The promise in the reader's language, measured against the reading's now."""
    now, language, pathway = around.reading.now, around.language, around.pathway
    vocabulary = pathway.definition.vocabulary
    definition = pathway.promises.get(promise.key)
    pauses = tuple(_pause(pause, around) for pause in promise.pauses)
    left, over = _seconds(promise, now)
    return PromiseShown(
        promise_id=promise.promise_id,
        case_id=case_id,
        key=promise.key,
        title=titled(definition.title if definition else None, language, promise.key),
        cycle=promise.cycle,
        kind=promise.kind,
        state=promise.state,
        standing=standing(promise, now),
        started_at=promise.started_at,
        effective_at=promise.effective_at,
        due_at=promise.due_at,
        due_on=promise.due_on,
        working_due_at=promise.working_due_at,
        seconds_left=left,
        seconds_over=over,
        share=_share(promise, now),
        goal=promise.goal,
        calendar=promise.calendar,
        unit_id=promise.unit_id,
        unit_name=around.unit_name,
        role=promise.role,
        role_title=role_title(pathway, promise.role, language),
        law=promise.law,
        law_text=law_text(pathway, promise.key, language),
        subject_id=promise.subject_id,
        breached_at=promise.breached_at,
        breach_voided_at=promise.breach_voided_at,
        ended_at=promise.ended_at,
        end_reason=promise.end_reason,
        reason_code=promise.reason_code,
        reason_title=(
            titled(vocabulary.breach_reasons.get(promise.reason_code), language, promise.reason_code)
            if promise.reason_code
            else None
        ),
        reason_plan=around.reason_plan,
        reason_due_at=_reason_due(promise, around.reading),
        told_late_at=promise.told_late_at,
        late_reason=promise.late_reason,
        pause=pauses[-1] if pauses and promise.state == "paused" else None,
        due_if_resumed_now=_if_resumed(promise, around) if promise.state == "paused" else None,
        pauses=pauses,
        pause_reasons=tuple(
            (key, titled(vocabulary.pause_reasons.get(key), language, key))
            for key in (definition.pause_on if definition and promise.kind != "statutory" else ())
        ),
        can=tuple(can),
        row=promise,
    )


def standing(promise: ServicePromise, now: datetime) -> Standing:
    """Where the promise stands now, in one word."""
    if promise.state == "late":
        return "kept_late"
    if promise.state != "running":
        return promise.state
    if promise.is_overdue(now):
        return "late"
    due_today = promise.due_on is not None and promise.due_on <= now.astimezone(HELSINKI).date()
    after_work = promise.working_due_at is not None and promise.working_due_at <= now
    return "near" if due_today or after_work or (_share(promise, now) or 0) >= NEAR else "on_time"


def worst_first(promise: PromiseShown) -> tuple[bool, int, datetime, str]:
    """Sorts late ones first, then by kind, then by due instant; a paused clock comes last of its kind."""
    return promise.standing != "late", KINDS.index(promise.kind), promise.due_at or NEVER, promise.promise_id


def verbs_of(promise: ServicePromise, may: Sequence[str]) -> tuple[str, ...]:
    """Which of the verbs somebody may do fit the promise's state."""
    possible = {
        "pause": promise.state == "running" and promise.kind != "statutory",
        "resume": promise.state == "paused",
        "reason": promise.breached_at is not None and promise.breach_voided_at is None,
        "void-breach": promise.breached_at is not None and promise.breach_voided_at is None,
    }
    return tuple(verb for verb, fits in possible.items() if fits and verb in may)


WORKING_DAYS = "arkipaiva"


def _reason_due(promise: ServicePromise, reading: Reading) -> datetime | None:
    owed = promise.is_breached and promise.reason_code is None and promise.kind != "target"
    if not owed or promise.breached_at is None or promise.breach_detected_at is None:
        return None
    working_days = reading.engine.calendars.in_force(WORKING_DAYS, promise.breach_detected_at)
    return reason_due_at(promise.breached_at, promise.breach_detected_at, working_days)


def _pause(pause: PauseInterval, around: Surroundings) -> PauseShown:
    reasons = around.pathway.definition.vocabulary.pause_reasons
    return PauseShown(
        pause.start, pause.end, pause.reason, titled(reasons.get(pause.reason), around.language, pause.reason)
    )


def _seconds(promise: ServicePromise, now: datetime) -> tuple[int | None, int | None]:
    """Seconds left and seconds over: the second of one that runs late, or was kept late."""
    if promise.due_at is None:
        return None, None
    if promise.state == "running":
        left = int((promise.due_at - now).total_seconds())
        return (left, None) if promise.due_at >= now else (None, -left)
    if promise.state == "late" and promise.ended_at:
        return None, int((promise.ended_at - promise.due_at).total_seconds())
    return None, None


def _share(promise: ServicePromise, now: datetime) -> float | None:
    if promise.state != "running" or promise.due_at is None:
        return None
    whole = (promise.due_at - promise.started_at) / timedelta(seconds=1)
    gone = (now - promise.started_at) / timedelta(seconds=1)
    return min(max(gone / whole, 0.0), 1.0) if whole > 0 else 1.0


def _if_resumed(promise: ServicePromise, around: Surroundings) -> datetime | None:
    if not promise.pauses:
        return None
    reading = around.reading
    on = Circumstances(
        actor=reading.actor,
        now=reading.now,
        pathway=around.pathway,
        calendars=reading.engine.calendars,
        unit={},
        clients={},
        seed="",
    )
    try:
        return due_if_resumed(promise, on).due_at
    except PathwayError:  # a calendar version this process doesn't have
        return None
