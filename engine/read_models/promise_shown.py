"""A promise as every list and page shows it: what is left or over, and where it stands among the others."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

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
    can: tuple[str, ...] = ()
    """Which of pause, resume, reason, void-breach this actor may do now."""
