"""Time in a specification: it stands still until the words move it, it only moves forwards, and nothing is skipped.

Between two sentences time goes from one due instant to the next and sweeps at each, so that every message is seen.
"""

import re
from datetime import date, datetime, timedelta

from sqlalchemy import select

from engine.absence_cover import cover_absences
from engine.handle import Engine
from engine.outbox import next_told_at, relay
from engine.projection import CASE_TABLE as CASE
from engine.sweep import next_due_at, sweep
from features.reading import DAY, MOMENT, TIME, Reader, Span, on_day
from pathways.calendar import ServiceCalendar
from pathways.goal import parse_goal
from pathways.time_words import exactly_in_words
from pathways.time_zone import HELSINKI
from pathways.working_time import due

MORNING = (8, 0)
A_DAY_WITHOUT_TIME = (9, 0)
"""The time of day of a sentence that names a day alone."""


class TimeRunsForwards(Exception):
    """A specification went back in time."""


class TimeIsStuck(Exception):
    """A case broke when its time came."""


class ForwardClock:
    """Stands at one instant until it is moved on."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def move_to(self, instant: datetime) -> None:
        if instant < self._at:
            said = exactly_in_words(self._at, "fi"), exactly_in_words(instant, "fi")
            raise TimeRunsForwards(f"it is {said[0]} already; time can't go back to {said[1]}")
        self._at = instant


class VirtualTime:
    """What the time is in a scenario, what its words for times mean now, and how it passes."""

    def __init__(self, engine: Engine, clock: ForwardClock, reader: Reader) -> None:
        self._engine, self._clock, self._reader = engine, clock, reader
        self.watches_days = False

    @property
    def now(self) -> datetime:
        return self._clock.now()

    @property
    def today(self) -> date:
        """The local date."""
        return self.now.astimezone(HELSINKI).date()

    # --- passing ---

    def pass_to(self, instant: datetime) -> None:
        """Move to `instant`; everything that comes due on the way happens at its own instant."""
        while (coming := self._next_due()) is not None and coming <= instant:
            self._clock.move_to(max(coming, self.now))
            if sweep(self._engine).set_aside:
                raise TimeIsStuck(self._what_broke())
            self.tell_around()
        self._clock.move_to(instant)
        self.tell_around()

    def tell_around(self) -> None:
        """What runs beside every command: absences are covered, and what waits to be told is told."""
        if self.watches_days:
            cover_absences(self._engine)
        relay(self._engine, letters=False)

    def _next_due(self) -> datetime | None:
        """The next instant at which time itself does something; every midnight while somebody is to be away."""
        with self._engine.database.read() as connection:
            due_at, told_at = next_due_at(connection, self.now), next_told_at(connection, self.now)
        midnight = on_day(self.today + timedelta(days=1), (0, 0)) if self.watches_days else None
        return min((each for each in (due_at, told_at, midnight) if each), default=None)

    def _what_broke(self) -> str:
        with self._engine.database.read() as connection:
            errors = connection.execute(select(CASE.c.set_aside_error).where(CASE.c.set_aside_error.is_not(None)))
            return "; ".join(errors.scalars())

    # --- what words mean now ---

    def instant(self, words: str) -> datetime:
        """The instant of `klo 16`, `ti 1.12.2026`, `ti 1.12. klo 9.12`, `seuraavana aamuna` or `seuraavana päivänä`."""
        words = words.strip()
        if re.fullmatch(MOMENT, words, re.IGNORECASE):
            return self._reader.moment(words)
        if re.fullmatch(DAY, words, re.IGNORECASE):
            day = self._reader.day(words)
            return self.now if day == self.today else on_day(day, A_DAY_WITHOUT_TIME)
        named = re.search(TIME, words, re.IGNORECASE)
        at = self._reader.time(named[0]) if named else None
        if re.fullmatch(TIME, words, re.IGNORECASE):
            return on_day(self.today, at or MORNING)
        if re.search(r"aamuna|morgon|morning", words, re.IGNORECASE):
            return on_day(self._open_days.next_open_day(self.today), at or MORNING)
        return on_day(self.today + timedelta(days=1), at or A_DAY_WITHOUT_TIME)

    def after(self, span: Span) -> datetime:
        """Now and so much: days keep the time of day; working days are those of the service hours."""
        if span.unit in ("minute", "hour"):
            return self.now + timedelta(**{f"{span.unit}s": span.number})
        local = self.now.astimezone(HELSINKI)
        return on_day(self._day_after(span), (local.hour, local.minute))

    def _day_after(self, span: Span) -> date:
        day = self.today
        if span.unit == "working_day":
            for _ in range(span.number):
                day = self._open_days.next_working_day(day)
            return day
        if span.unit in ("month", "year"):
            months = span.number * (12 if span.unit == "year" else 1)
            whole_days = self._engine.calendars.in_force("vuorokausi", self.now)
            return due(self.now, (), parse_goal(f"{months} months"), whole_days).due_on
        return day + timedelta(**{f"{span.unit}s": span.number})

    @property
    def _open_days(self) -> ServiceCalendar:
        return self._engine.calendars.in_force("palveluaika", self.now)
