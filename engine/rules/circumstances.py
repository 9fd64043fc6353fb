"""Circumstances: everything around a case that a rule may ask, given from outside: time, actor, pathway, people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol

from engine.machine import CompiledPathway
from pathways.actor import Actor
from pathways.calendar import ServiceCalendar
from pathways.case import Case
from pathways.errors import UnknownThing
from pathways.events import CaseEvent
from pathways.promise_due import calendar_version
from pathways.service_promise import ServicePromise
from pathways.time_zone import HELSINKI


class Calendars(Protocol):
    def in_force(self, name: str, at: datetime) -> ServiceCalendar: ...
    def for_channel(self, name: str, channel: str) -> str: ...
    def version(self, name: str, number: int) -> ServiceCalendar: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A worker of the unit as assignment sees them. `load` counts the cases they answer for; `away` is today.

    Where only alarms are at hand (`engine/staff.py`, People), what assignment weighs is left empty.
    """

    worker_id: str
    professions: frozenset[str]
    away: bool
    roles: frozenset[str] = frozenset()
    head: bool = False
    unit_id: str = ""
    name: str = ""
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    load: int = 0
    load_limit: int = 0
    substitute_id: str | None = None
    worked_with_client: str | None = None  # the pathway they last answered on, for continuity


@dataclass(frozen=True, slots=True)
class RecordedFact:
    """An event of the journal as somebody corrects it. `said`: every time it was said to have happened at, in order."""

    sequence: int
    event: CaseEvent
    said: tuple[datetime, ...]
    recorded_at: datetime
    others: "tuple[RecordedFact, ...]" = ()
    """The other events of the case whose times have been corrected."""


def _no_version(version: int) -> CompiledPathway:
    raise UnknownThing("version", str(version))


@dataclass(frozen=True)
class Circumstances:
    """`ask_staff` is answered inside the same transaction, once, and only when a rule needs people."""

    actor: Actor
    now: datetime
    pathway: CompiledPathway
    calendars: Calendars
    unit: Mapping[str, Any]
    clients: Mapping[str, Mapping[str, Any]]
    seed: str
    digests: Mapping[str, str] = field(default_factory=dict)
    """Digest of each text this command brings, by text id."""
    ask_staff: Callable[[], tuple[Candidate, ...]] = field(default=tuple)
    ask_fact: Callable[[int], RecordedFact | None] = field(default=lambda sequence: None)
    """An event of this case's journal by its sequence, for who corrects it."""
    ask_version: Callable[[int], CompiledPathway] = field(default=_no_version)
    """Another published version of the case's pathway, for who migrates it."""

    @cached_property
    def staff(self) -> tuple[Candidate, ...]:
        return self.ask_staff()

    def calendar_at(self, named: str | None, at: datetime, *, channel: str | None = None) -> ServiceCalendar:
        """The version in force at `at` of the calendar that is named, else of the channel's or the unit's own hours."""
        opens_by = str(self.unit.get("calendar") or "palveluaika")
        if channel is not None:
            opens_by = self.calendars.for_channel(opens_by, channel)
        return self.calendars.in_force(named or opens_by, at)

    def bound_calendar(self, promise: ServicePromise) -> ServiceCalendar:
        """The very version a running promise was started on, such as `palveluaika@1` (rule 12)."""
        return self.calendars.version(*calendar_version(promise))


def facts_of(case: Case, on: Circumstances, at: datetime) -> dict[str, Any]:
    """What conditions may ask, as known at `at`; a missing one stays out, so that it is *unknown*, never guessed."""
    client = on.clients.get(case.primary_client or "", {})
    facts: dict[str, Any] = {
        "client.language": case.language,
        "client.municipality": client.get("municipality") or case.municipality,
        "client.special_support": client.get("special_support"),
        "client.guardian_may_know": client.get("guardian_may_know"),
        "client.safety_restriction": bool(client.get("restricted")) or case.restricted,
        "case.channel": case.channel,
        "case.urgency": case.urgency,
        "case.language": case.language,
        "case.episode": case.episode,
        "case.health_matter": case.register_kind in ("terveys", "yhteinen"),
        "case.social_matter": case.register_kind in ("sosiaali", "yhteinen"),
        "unit.promises_on": on.unit.get("promises_on"),
        "unit.bilingual": on.unit.get("language_status") == "bilingual",
        "unit.training": on.unit.get("training"),
    }
    facts |= _age(client.get("birth_date"), at)
    facts |= case.noted
    return {name: value for name, value in facts.items() if value is not None}


def _age(born: date | None, at: datetime) -> dict[str, int]:
    """Age on the local day of `at`: whole years and whole months (SHL and THL count birthdays, not hours)."""
    if born is None:
        return {}
    today = at.astimezone(HELSINKI).date()
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    return {"client.age": months // 12, "client.age_months": months}
