"""The due instant of a promise: one pure function of start, pauses, goal and calendar (rules 3, 6-10, 13, 14, 28)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

from pydantic import BaseModel

from pathways.calendar import Opening, ServiceCalendar, aware
from pathways.counted_time import LAST_INSTANT, counted_day, passed, running
from pathways.goal import Goal, GoalError
from pathways.local_time import ONE_DAY
from pathways.pause import (
    Pause,
    PausedDates,
    begins_too_late,
    in_order,
    is_in_a_pause,
    is_paused,
    never_pauses,
    paused_dates,
)
from pathways.time_refusals import RollError

Kind = Literal["promise", "statutory", "target"]
Roll = Literal["none", "forward", "backward"]


class Due(BaseModel, frozen=True):
    """When a promise is due. Instants in UTC; `due_on` is the local date of the last moment before `due_at`."""

    due_at: datetime
    due_on: date
    working_due_at: datetime
    effective_at: datetime


def due(
    start: datetime,
    pauses: Sequence[Pause],
    goal: Goal,
    calendar: ServiceCalendar,
    *,
    roll: Roll = "none",
    kind: Kind = "promise",
    count_from_effective: bool = False,
) -> Due:
    """When the goal is due; what is kept at `due_at` sharp is still in time.

    `start` is when the contact came. `same day` counts from the next opening, everything else from `start`, unless the
    law pack says `count_from_effective`. Raises `GoalError`, `PauseError`, `RollError`, `CalendarError` or
    `InstantError`, each saying what would work.
    """
    try:
        count = count_of(start, pauses, goal, calendar, roll=roll, kind=kind, count_from_effective=count_from_effective)
        return count.due()
    except OverflowError as beyond:
        raise _beyond_all_years(goal) from beyond


class Count(NamedTuple):
    """One count towards a due instant, with everything it depends on; instants in UTC, pauses in order."""

    start: datetime
    effective_at: datetime
    counts_from: datetime
    goal: Goal
    calendar: ServiceCalendar
    roll: Roll
    pauses: tuple[Pause, ...]
    paused: PausedDates

    @property
    def first_day(self) -> date:
        """Day 0: the local date the count begins on, which is itself never counted."""
        return self.calendar.local_date(self.counts_from)

    def due(self) -> Due:
        """Everything a promise stores about its end."""
        due_at, due_on = self.end()
        closes_at = due_at if self.goal.is_in_hours else self._last_closing(due_at, due_on)
        return Due(due_at=due_at, due_on=due_on, working_due_at=closes_at, effective_at=self.effective_at)

    def end(self) -> tuple[datetime, date]:
        """The due instant, and the local date of the last moment before it."""
        if self.goal.is_in_hours:
            due_at = self._after_hours()
            return due_at, self.calendar.local_date(due_at - timedelta(microseconds=1))
        due_on = self.rolled(self.last_day())
        return self.calendar.end_of_day(due_on), due_on

    def last_day(self) -> date:
        """The day a day goal ends on, after pauses and before any roll."""
        if self.goal.unit == "same_day":
            return self._service_day()
        return counted_day(self.first_day, self.goal.number, self.goal.unit, self.calendar, self.paused)

    def rolled(self, last: date) -> date:
        """What a closed last day becomes (rule 9); the same day when it is open or nothing rolls."""
        if self.roll == "none" or self.calendar.is_open_day(last):
            return last
        return self._next_open_day(last) if self.roll == "forward" else self._previous_open_day(last)

    def may_count(self, day: date) -> bool:
        """Whether the goal counts such a day at all, pauses aside."""
        return not self.goal.counts_open_days or self.calendar.is_working_day(day)

    def until(self, pauses: int) -> "Count":
        """The same count as it stood with only the first pauses."""
        return self._replace(pauses=self.pauses[:pauses], paused=self.paused[:pauses])

    def _after_hours(self) -> datetime:
        length = timedelta(hours=self.goal.number)
        if self.goal.unit == "hour":
            return passed(running(self.pauses, self.counts_from, LAST_INSTANT), length)
        return passed(self._open_hours(), length)

    def _open_hours(self) -> Iterator[Opening]:
        for opens, closes in self.calendar.openings_after(self.counts_from):
            yield from running(self.pauses, max(opens, self.counts_from), closes)

    def _service_day(self) -> date:
        day = self.calendar.service_day(self.start)
        for pause, (first, last) in zip(self.pauses, self.paused, strict=True):
            if first <= day < last:
                day = self.calendar.local_date(self.calendar.effective_at(pause.end))
        return day

    def _next_open_day(self, last: date) -> date:
        day = self.calendar.next_open_day(last)
        while is_paused(day, self.paused):
            day = self.calendar.next_open_day(day)
        return day

    def _previous_open_day(self, last: date) -> date:
        """The open day before, unless that would pass day 0 or enter a pause: then the day stays."""
        day = last - ONE_DAY
        while day >= self.first_day and not is_paused(day, self.paused):
            if self.calendar.is_open_day(day):
                return day
            day -= ONE_DAY
        return last

    def _last_closing(self, due_at: datetime, due_on: date) -> datetime:
        """The last closing at or before the due instant, after the start and outside pauses; else the due instant."""
        day = self.calendar.day(due_on)
        while day.ends_at > self.start:
            closes_at = day.closes_at
            if closes_at and closes_at > self.start and not is_in_a_pause(closes_at, self.pauses):
                return closes_at
            day = self.calendar.day(day.date - ONE_DAY)
        return due_at


def count_of(
    start: datetime,
    pauses: Sequence[Pause],
    goal: Goal,
    calendar: ServiceCalendar,
    *,
    roll: Roll = "none",
    kind: Kind = "promise",
    count_from_effective: bool = False,
) -> Count:
    """The count behind `due`, with everything refused that can't be counted; arguments and refusals as there."""
    counted_on = calendar.as_law_counts if kind == "statutory" else calendar
    starts_at = aware(start).astimezone(UTC)
    _check_goal(goal, counted_on)
    if roll != "none":
        _check_roll(roll, goal, kind)
    effective_at = counted_on.effective_at(starts_at)
    counts_from = effective_at if count_from_effective else starts_at
    count = Count(starts_at, effective_at, counts_from, goal, counted_on, roll, (), ())
    return _paused(count, pauses, kind) if pauses else count


def _paused(count: Count, pauses: Sequence[Pause], kind: Kind) -> Count:
    """The count with its pauses; each has to begin before what was due until then (rule 13)."""
    if kind == "statutory":
        raise never_pauses()
    zone = count.calendar.zone
    for pause in in_order(pauses, count.start, zone):
        due_at, _ = count.end()
        if pause.start >= due_at:
            raise begins_too_late(pause, due_at, zone)
        taken = (*count.pauses, pause)
        count = count._replace(pauses=taken, paused=paused_dates(taken, count.calendar))
    return count


def _check_goal(goal: Goal, calendar: ServiceCalendar) -> None:
    if goal.unit == "working_day" and calendar.is_always_open:
        raise GoalError(
            fi=f'Arkipäiviä ei voi laskea kalenterilla "{calendar.key}", joka ei sulkeudu koskaan. Valitse kalenteri, jossa'
            ' on kiinniolopäiviä (esimerkiksi palveluaika tai arkipaiva), tai kirjoita päivinä, esimerkiksi "7 days".',
            sv=f"Vardagar kan inte räknas med kalendern ”{calendar.key}”, som aldrig stänger. Välj en kalender med stängda"
            " dagar (till exempel palveluaika eller arkipaiva) eller skriv i dagar, till exempel ”7 days”.",
            en=f'Working days can\'t be counted on calendar "{calendar.key}", which never closes. Choose one that closes'
            ' (such as palveluaika or arkipaiva), or write days, such as "7 days".',
        )
    if goal.unit == "school_day" and calendar.counts != "school_days":
        raise GoalError(
            fi=f'Koulupäivät lasketaan oppilaitoksen kalenterilla, ja "{calendar.key}" ei ole sellainen. Valitse oppilaitoksen'
            ' kalenteri, tai kirjoita arkipäivinä, esimerkiksi "7 working days".',
            sv=f"Skoldagar räknas med en läroanstalts kalender, och ”{calendar.key}” är ingen sådan. Välj läroanstaltens"
            " kalender eller skriv i vardagar, till exempel ”7 working days”.",
            en=f"School days are counted on a school's calendar, and \"{calendar.key}\" is none. Choose the school's calendar,"
            ' or write working days, such as "7 working days".',
        )


def _check_roll(roll: Roll, goal: Goal, kind: Kind) -> None:
    if roll == "forward" and kind == "statutory":
        raise RollError(
            fi="Lakisääteistä määräaikaa ei voi siirtää eteenpäin (forward). Valitse none tai backward.",
            sv="En lagstadgad tidsfrist kan inte flyttas framåt (forward). Välj none eller backward.",
            en="A statutory clock can't roll forward. Choose none or backward.",
        )
    if not goal.may_roll:
        raise RollError(
            fi=f'Määräaika "{goal}" ei siirry kiinniolopäivän takia. Jätä siirto pois (none); vain päivät, viikot ja kuukaudet'
            " voivat siirtyä.",
            sv=f"Tidsfristen ”{goal}” flyttas inte av en stängd dag. Lämna bort flyttningen (none); bara dagar, veckor och"
            " månader kan flyttas.",
            en=f'The goal "{goal}" doesn\'t roll. Leave the roll out (none); only days, weeks and months may roll.',
        )


def _beyond_all_years(goal: Goal) -> GoalError:
    return GoalError(
        fi=f'Määräaikaa "{goal}" ei voi laskea, koska se osuu vuosien 1–9999 ulkopuolelle. Valitse lähempi aika.',
        sv=f"Tidsfristen ”{goal}” kan inte räknas, eftersom den faller utanför åren 1–9999. Välj en närmare tid.",
        en=f'The goal "{goal}" can\'t be counted, because it falls outside the years 1 to 9999. Choose a nearer time.',
    )
