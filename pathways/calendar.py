"""A service calendar: when a channel or unit is open, which days it works, and why it is closed. Data with versions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, field_validator

from pathways.closed_days import spread_over_days
from pathways.local_time import MIDNIGHT, ONE_DAY, end_of_day, instant_of, zone_named
from pathways.opening_hours import WEEKDAY_KEYS, Hours, Weekday, in_order, time_of_day, whole_week
from pathways.time_refusals import CalendarError, without_offset
from pathways.time_words import Language, Names, closed_every

Opening = tuple[datetime, datetime]
"""One opening as UTC instants: holds its first instant and not its last."""

LONGEST_CLOSURE_IN_DAYS = 800
SCHOOL = "oppilaitos"
"""What a definition calls the calendar of the case's own school, whichever it is."""
_FRIDAY = 4


class DayException(BaseModel, frozen=True, extra="forbid"):
    """What one date does differently: other hours, or none; never stronger than being a public holiday for counting."""

    hours: Hours = ()
    reason: Names

    _in_order = field_validator("hours")(in_order)


@dataclass(frozen=True, slots=True)
class Day:
    """One local date as the calendar sees it; instants in UTC."""

    date: date
    openings: tuple[Opening, ...]
    ends_at: datetime
    is_working_day: bool

    @property
    def closes_at(self) -> datetime | None:
        """The day's own last hour, a whole day at 24.00; None when it is closed."""
        return self.openings[-1][1] if self.openings else None


class ServiceCalendar(BaseModel):
    """Weekly hours, explicit closed dates, eves and exceptions in one time zone (rule 12 of the promises).

    Days are looked up once and kept; the calendar itself never changes, a copy with changes has its own days.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    also: tuple[str, ...] = ()
    version: int = 1
    valid_from: date
    title: Names
    zone: str = "Europe/Helsinki"
    counts: Literal["working_days", "school_days"] = "working_days"
    weekly: dict[Weekday, Hours]
    eves_closed: bool = True
    last_contact_for_same_day: time | None = None
    holidays_known_from: date | None = None
    holidays_known_until: date | None = None
    closed: dict[date, Names] = {}
    eves: dict[date, Names] = {}
    exceptions: dict[date, DayException] = {}

    @field_validator("weekly", mode="before")
    @classmethod
    def spread_over_the_week(cls, value: Any) -> Any:
        """Accept ranges of days: `mon-fri`."""
        return whole_week(value) if isinstance(value, Mapping) else value

    @field_validator("closed", "eves", mode="before")
    @classmethod
    def spread_over_days(cls, value: Any) -> Any:
        """Accept spans of days: `2027-02-22..2027-02-26`."""
        return spread_over_days(value) if isinstance(value, Mapping) else value

    @field_validator("weekly")
    @classmethod
    def opening_in_order(cls, week: dict[Weekday, Hours]) -> dict[Weekday, Hours]:
        """Put each day's openings in order; refuse a week that never opens."""
        if not any(week.values()):
            raise CalendarError(
                fi="kalenteri ei ole koskaan auki; anna aukioloaika ainakin yhdelle päivälle",
                sv="kalendern är aldrig öppen; ange en öppettid för åtminstone en dag",
                en="this calendar never opens; give opening hours for at least one day",
            )
        return {day: in_order(hours) for day, hours in week.items()}

    @field_validator("last_contact_for_same_day", mode="before")
    @classmethod
    def as_people_write_it(cls, value: Any) -> Any:
        """Accept "15:00" and "9:30"."""
        return time_of_day(value) if isinstance(value, str) else value

    @field_validator("zone")
    @classmethod
    def known_zone(cls, key: str) -> str:
        """Refuse a zone that the pinned data doesn't know."""
        try:
            zone_named(key)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise CalendarError(
                fi=f'"{key}" ei ole aikavyöhyke; kirjoita esimerkiksi Europe/Helsinki',
                sv=f"”{key}” är ingen tidszon; skriv till exempel Europe/Helsinki",
                en=f'"{key}" is not a time zone; write for example Europe/Helsinki',
            ) from unknown
        return key

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A changed copy, validated, with days of its own: the days already looked up would be stale."""
        said = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate(said | dict(update or {}))

    @cached_property
    def tz(self) -> ZoneInfo:
        """The zone its wall times are in."""
        return zone_named(self.zone)

    @cached_property
    def days_seen(self) -> dict[date, Day]:
        """The days looked up so far; filled by `day`."""
        return {}

    @cached_property
    def open_days_ahead(self) -> dict[date, date]:
        """The next open date of the dates asked about so far; filled by `next_open_day`."""
        return {}

    @cached_property
    def is_always_open(self) -> bool:
        """Whether no date ever closes: then there are no working days to count."""
        whole = all(str(hours) == "00:00-24:00" for day in self.weekly.values() for hours in day)
        closes = self.closed or self.exceptions or (self.eves and self.eves_closed)
        return whole and all(self.weekly.values()) and not closes

    @cached_property
    def as_law_counts(self) -> Self:
        """The same calendar for a statutory clock: no unit's exceptions and no last contact of the day."""
        if not self.exceptions and self.last_contact_for_same_day is None:
            return self
        return self.model_copy(update={"exceptions": {}, "last_contact_for_same_day": None})

    def day(self, day: date) -> Day:
        """One local date: its openings, when it ends, whether it counts as a working day."""
        seen = self.days_seen.get(day)
        if seen is None:
            seen = self.days_seen[day] = self._look_up(day)
        return seen

    def is_open_day(self, day: date) -> bool:
        """Whether it opens at all on that date."""
        return bool(self.day(day).openings)

    def is_working_day(self, day: date) -> bool:
        """Whether the date is counted: an open day, on a service calendar never a Saturday, Sunday or public holiday."""
        return self.day(day).is_working_day

    def openings(self, day: date) -> tuple[Opening, ...]:
        """When it is open on that local date, as half-open UTC intervals, earliest first."""
        return self.day(day).openings

    def local_date(self, instant: datetime) -> date:
        """The local date that holds an instant."""
        return instant.astimezone(self.tz).date()

    def local(self, instant: datetime) -> datetime:
        """The instant as local wall time with its offset."""
        return instant.astimezone(self.tz)

    def end_of_day(self, day: date) -> datetime:
        """24.00 of a local date: the next local midnight, in UTC."""
        return self.day(day).ends_at

    def is_open(self, instant: datetime) -> bool:
        """Whether it is open then: at opening yes, at closing sharp no."""
        return any(opens <= instant < closes for opens, closes in self.day(self.local_date(instant)).openings)

    def next_opening(self, instant: datetime) -> datetime:
        """The first opening at or after an instant, in UTC."""
        return next(opens for opens, _ in self.openings_after(instant) if opens >= instant)

    def effective_at(self, instant: datetime) -> datetime:
        """Itself if it is open then, else the next opening (rule 3); in UTC."""
        day = self.local_date(instant)
        for opens, closes in self.day(day).openings:
            if instant < closes:
                return max(opens, instant.astimezone(UTC))
        return self.day(self.next_open_day(day)).openings[0][0]

    def openings_after(self, instant: datetime) -> Iterator[Opening]:
        """The openings that close after an instant, earliest first, without end; the first may have begun before it."""
        day, closed_days = self.local_date(aware(instant)), 0
        while closed_days < LONGEST_CLOSURE_IN_DAYS:
            openings = self.day(day).openings
            yield from (opening for opening in openings if opening[1] > instant)
            closed_days = 0 if openings else closed_days + 1
            day += ONE_DAY
        raise self.stays_closed(day)

    def latest_opening(self, instant: datetime, *, not_before: datetime) -> datetime:
        """When the opening that holds an instant, or the last one before it, began; never before `not_before`."""
        day, first = self.local_date(instant), self.local_date(not_before)
        while day >= first:
            begun = [opens for opens, _ in self.day(day).openings if opens <= instant]
            if begun:
                return max(begun[-1], not_before)
            day -= ONE_DAY
        return not_before

    def service_day(self, instant: datetime) -> date:
        """The open local date a contact belongs to: after closing, on a closed day or after the last contact, the next."""
        day = self.local_date(self.effective_at(instant))
        last = self.last_contact_for_same_day
        if last is not None and instant > instant_of(day, last, self.tz):
            return self.next_open_day(day)
        return day

    def next_open_day(self, day: date) -> date:
        """The first open date after this one."""
        found = self.open_days_ahead.get(day)
        if found is None:
            found = self.open_days_ahead[day] = self._from(day + ONE_DAY, lambda ahead: bool(ahead.openings))
        return found

    def next_working_day(self, day: date) -> date:
        """The first working day after this one."""
        return self._from(day + ONE_DAY, lambda ahead: ahead.is_working_day)

    def why_closed(self, day: date, lang: Language) -> str | None:
        """Why the date is not counted, as it stands in a sentence: "juhannusaatto", "viikonloppu"; None when it is."""
        if self.is_working_day(day) or (self.is_always_open and self.is_open_day(day)):
            return None
        names = self._reason(day)
        if names:
            return names.of(lang)
        if day.weekday() > _FRIDAY:
            return {"fi": "viikonloppu", "sv": "veckoslut", "en": "weekend"}[lang]
        if not self.weekly[WEEKDAY_KEYS[day.weekday()]]:
            return closed_every(day, lang)
        return {"fi": "suljettu", "sv": "stängt", "en": "closed"}[lang]

    def has_name(self, day: date) -> bool:
        """Whether the date is closed for a reason of its own, not only by the week."""
        return self._reason(day) is not None

    def knows_holidays_of(self, day: date) -> bool:
        """Whether the closed dates of that date's year have been published in this version."""
        after_first = self.holidays_known_from is None or day >= self.holidays_known_from
        return after_first and (self.holidays_known_until is None or day <= self.holidays_known_until)

    def _look_up(self, day: date) -> Day:
        ends_at = end_of_day(day, self.tz)
        openings = tuple(self._instants(day, ends_at))
        return Day(day, openings, ends_at, bool(openings) and self._may_count(day))

    def _instants(self, day: date, ends_at: datetime) -> Iterator[Opening]:
        for hours in self._hours(day):
            opens = instant_of(day, hours.opens, self.tz)
            closes = ends_at if hours.closes == MIDNIGHT else instant_of(day, hours.closes, self.tz, later=True)
            if opens < closes:
                yield opens, closes

    def _hours(self, day: date) -> Hours:
        if day in self.exceptions:
            return self.exceptions[day].hours
        if self._is_holiday(day):
            return ()
        return self.weekly[WEEKDAY_KEYS[day.weekday()]]

    def _may_count(self, day: date) -> bool:
        """An open day that counts: in a school every one; elsewhere no weekend or public holiday, even when open."""
        return self.counts == "school_days" or (day.weekday() <= _FRIDAY and not self._is_holiday(day))

    def _is_holiday(self, day: date) -> bool:
        return day in self.closed or (self.eves_closed and day in self.eves)

    def _reason(self, day: date) -> Names | None:
        if day in self.closed:
            return self.closed[day]
        if self.eves_closed and day in self.eves:
            return self.eves[day]
        return self.exceptions[day].reason if day in self.exceptions else None

    def _from(self, day: date, wanted: Callable[[Day], bool]) -> date:
        for _ in range(LONGEST_CLOSURE_IN_DAYS):
            if wanted(self.day(day)):
                return day
            day += ONE_DAY
        raise self.stays_closed(day)

    def stays_closed(self, day: date) -> CalendarError:
        """The refusal of a search that found no open day for over two years before a date."""
        return CalendarError(
            fi=f'Kalenterissa "{self.key}" ei ole aukiolopäiviä kahteen vuoteen ennen päivää {day.isoformat()}; lisää aukioloajat.',
            sv=f"Kalendern ”{self.key}” har inga öppna dagar under två år före {day.isoformat()}; lägg till öppettider.",
            en=f'Calendar "{self.key}" has no open day for two years before {day.isoformat()}; give it opening hours.',
        )


def school_calendar(school: str) -> str:
    """The name of one school's calendar: `oppilaitos:lahdenniemi`."""
    return f"{SCHOOL}:{school}"


def aware(instant: datetime) -> datetime:
    """The instant itself; `InstantError` when it has no offset."""
    if instant.tzinfo is None:
        raise without_offset(instant.isoformat())
    return instant
