"""ServicePromise: by when the client hears or gets something. A value; it never looks at a clock.

running ⇄ paused → kept | late | cancelled | travelled. *Overdue* is running with `due_at < now`. A breach is a
fact with its own event, not a state (promises.md, rule 1).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pathways.arrows import Arrows

PromiseKind = Literal["promise", "statutory", "target"]
CountedFrom = Literal["received", "effective"]
OnList = Literal["at_risk", "self_monitoring"]
PromiseState = Literal["running", "paused", "kept", "late", "cancelled", "travelled"]
LIVE: tuple[PromiseState, ...] = ("running", "paused")

ARROWS: Arrows = {
    "pause": (("running",), "paused"),
    "resume": (("paused",), "running"),
    "keep": (("running", "paused"), "kept"),
    "cure": (("running",), "late"),
    "void": (("late",), "kept"),
    "cancel": (("running", "paused"), "cancelled"),
    "travel": (("running", "paused"), "travelled"),
    "reinstate": (("cancelled",), "running"),
    "reinstate paused": (("cancelled",), "paused"),
}
"""A keep after the due instant is a cure: *late*. A breach is no arrow: it is a fact beside the state (rule 1)."""


@dataclass(frozen=True)
class Tier:
    """One rung: when it fires (UTC) and what it is called in the ladder, such as `warn_50` or `breach`."""

    key: str
    fire_at: datetime


@dataclass(frozen=True)
class PauseInterval:
    """From (held) to (not held), and why the client's own wish stops the clock. UTC."""

    start: datetime
    end: datetime
    reason: str


@dataclass(frozen=True)
class ServicePromise:
    """One row per (case, key, cycle). All instants UTC; `due_*` and `working_due_at` are empty while paused."""

    promise_id: str
    key: str
    cycle: int
    kind: PromiseKind
    state: PromiseState
    started_at: datetime
    effective_at: datetime
    due_at: datetime | None
    due_on: date | None
    working_due_at: datetime | None
    goal: str
    calendar: str
    unit_id: str
    role: str
    subject_id: str | None = None
    law: str | None = None
    roll: str = "none"
    counted_from: CountedFrom = "received"
    """The contact itself, or, where the law names office hours, the opening after it (rule 3)."""
    client_age_months: int | None = None
    pauses: tuple[PauseInterval, ...] = ()
    tiers: tuple[Tier, ...] = ()
    next_tier: int | None = None
    next_fire_at: datetime | None = None
    breached_at: datetime | None = None
    breach_detected_at: datetime | None = None
    breach_voided_at: datetime | None = None
    ended_at: datetime | None = None
    end_reason: str | None = None
    reason_code: str | None = None
    reason_plan: str | None = None
    origin_promise_id: str | None = None
    arming: int = 0
    """How often its rungs were armed anew: by a pause, or by a due instant that moved."""
    breaches: int = 0
    """How many breaches it has had; all but the last are voided."""
    on_list: OnList | None = None
    """The list a rung has put it on: at risk (*vaarassa*), self-monitoring (*omavalvonta*)."""
    told_late_at: datetime | None = None
    """When its end was recorded, where that was over an hour late or across the due instant (rule 2)."""
    late_reason: str | None = None
    corrected_state: PromiseState | None = None
    """What an ended one would be judged by what was corrected since; `state` stays as it was judged then."""

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    def is_overdue(self, now: datetime) -> bool:
        """Whether it runs past its due instant; due itself is still in time (rule 11)."""
        return self.state == "running" and self.due_at is not None and self.due_at < now

    @property
    def fired(self) -> tuple[Tier, ...]:
        """The rungs that have fired, also before its due instant moved."""
        return self.tiers if self.next_tier is None else self.tiers[: self.next_tier]

    @property
    def unfired(self) -> tuple[Tier, ...]:
        """The rungs that are armed; of an ended one those that never fired (rule 15: skipped)."""
        return () if self.next_tier is None else self.tiers[self.next_tier :]

    @property
    def is_breached(self) -> bool:
        """Whether a breach stands that nobody has voided."""
        return self.breached_at is not None and self.breach_voided_at is None

    @property
    def may_breach(self) -> bool:
        """Whether its due instant can still pass unkept: each one does so once, also after a voided breach."""
        return may_breach(self.due_at, self.breached_at, self.breach_voided_at)

    def kept_state(self, occurred_at: datetime) -> PromiseState:
        """`kept` when the keeping act happened at or before the due instant, else `late`."""
        return "kept" if self.due_at is None or occurred_at <= self.due_at else "late"


def may_breach(due_at: datetime | None, breached_at: datetime | None, voided_at: datetime | None) -> bool:
    """Whether passing `due_at` unkept is a breach, after the last one there was."""
    if due_at is None:
        return False
    return breached_at is None or (voided_at is not None and breached_at != due_at)
