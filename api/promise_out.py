"""A promise in JSON. `due_at` of a day that ends at midnight is the next local midnight (promises.md, rule 7)."""

from datetime import date
from typing import Any

from api.moments import Moment, Out
from engine.read_models.promise_shown import PauseShown, PromiseShown


class PauseOut(Out):
    start: Moment
    end: Moment
    reason: str
    reason_title: str

    @classmethod
    def of(cls, pause: PauseShown) -> "PauseOut":
        return cls(start=pause.start, end=pause.end, reason=pause.reason, reason_title=pause.reason_title)


class PromiseOut(Out):
    """One clock: a promise, a statutory one or a target. While paused its due instants are null."""

    promise_id: str
    key: str
    title: str
    cycle: int
    kind: str
    state: str
    standing: str
    started_at: Moment
    effective_at: Moment
    due_at: Moment | None
    due_on: date | None
    working_due_at: Moment | None
    due_if_resumed_now: Moment | None
    breached_at: Moment | None
    breach_voided_at: Moment | None
    ended_at: Moment | None
    end_reason: str | None
    seconds_left: int | None
    seconds_over: int | None
    unit: str
    role: str
    goal: str
    calendar: str
    law: str | None
    law_text: str | None
    subject_id: str | None
    reason_code: str | None
    reason_due_at: Moment | None
    told_late_at: Moment | None
    late_reason: str | None
    pause: PauseOut | None
    pauses: list[PauseOut]
    can: list[str]

    @classmethod
    def of(cls, promise: PromiseShown) -> "PromiseOut":
        same: dict[str, Any] = {
            name: getattr(promise, name) for name in cls.model_fields if name not in ("unit", "pause", "pauses", "can")
        }
        return cls(
            **same,
            unit=promise.unit_id,
            pause=PauseOut.of(promise.pause) if promise.pause else None,
            pauses=[PauseOut.of(pause) for pause in promise.pauses],
            can=list(promise.can),
        )

    @classmethod
    def maybe(cls, promise: PromiseShown | None) -> "PromiseOut | None":
        return cls.of(promise) if promise else None
