"""What holds for every calendar, start, goal and pause; 300 examples each, 10 000 with `./test --full`."""

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pathways.calendar import ServiceCalendar
from pathways.due_explanation import explain
from pathways.due_instant import Kind, Roll
from pathways.goal import Goal
from pathways.tier_anchor import parse_tier_anchor
from pathways.time_refusals import CalendarError, PauseError
from pathways.working_time import Due, Pause, due, open_time_between, tier_instant, time_between
from tests.unit.working_time import NAMES, a_calendar, shipped
from tests.unit.working_time_oracle import Oracle, Refused

FULL = os.environ.get("PATHWAYS_TEST_FULL") == "1"
many = settings(
    max_examples=10_000 if FULL else 300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

QUARTER = timedelta(minutes=15)
WINDOWS = (date(2026, 3, 21), date(2026, 10, 17), date(2028, 2, 20))
"""Everything happens in some weeks: before a spring night, before an autumn night, before a leap day."""
ZONES = (
    "Europe/Helsinki",
    "Europe/Helsinki",
    "Europe/Helsinki",
    "America/Havana",
    "Australia/Lord_Howe",
    "Asia/Beirut",
)
HOURS: tuple[tuple[str, ...], ...] = (
    ("8:00-16:00",), ("8:00-16:00",), ("0:00-24:00",), ("8:00-11:00", "12:00-15:45"), ("12:00-20:00",), ("0:00-3:30",),
    ("3:15-3:45",), ("3:30-9:00", "22:00-24:00"), ("0:00-0:30",), (),
)  # fmt: skip


def days(window: date) -> st.SearchStrategy[date]:
    return st.integers(0, 40).map(lambda ahead: window + timedelta(days=ahead))


def instants(window: date) -> st.SearchStrategy[datetime]:
    """Whole quarters of an hour, mostly at the edges of opening hours, of days, and of the hours clocks change in."""
    edges = st.sampled_from((0, 1, 2, 3, 4, 5, 6, 7, 8, 24, 32, 40, 44, 48, 52, 56, 63, 64, 80, 84, 86, 87, 88, 92))
    quarters = st.one_of(edges, edges, st.integers(0, 95))
    begin = datetime.combine(window, time(0), UTC)
    return st.tuples(st.integers(0, 18), quarters).map(lambda at: begin + timedelta(days=at[0]) + at[1] * QUARTER)


@st.composite
def calendars(draw: st.DrawFn, window: date) -> ServiceCalendar:
    """Any week that opens on at least one weekday, with closed days, eves and exceptions strewn over it."""
    week = {day: draw(st.sampled_from(HOURS)) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    week[draw(st.sampled_from(("mon", "tue", "wed", "thu", "fri")))] = ("8:00-16:00",)
    exception = st.fixed_dictionaries({"hours": st.sampled_from(HOURS), "reason": st.just(NAMES)})
    return a_calendar(
        zone=draw(st.sampled_from(ZONES)),
        weekly=week,
        counts=draw(st.sampled_from(("working_days", "working_days", "school_days"))),
        eves_closed=draw(st.booleans()),
        last_contact_for_same_day=draw(st.sampled_from((None, None, "15:00", "3:30", "0:00"))),
        closed=dict.fromkeys(draw(st.lists(days(window), max_size=8)), NAMES),
        eves=dict.fromkeys(draw(st.lists(days(window), max_size=3)), NAMES),
        exceptions=draw(st.dictionaries(days(window), exception, max_size=3)),
    )


def goals(*units: str) -> st.SearchStrategy[Goal]:
    largest = {
        "same_day": 1,
        "hour": 100,
        "service_hour": 30,
        "working_day": 15,
        "school_day": 15,
        "day": 60,
        "week": 8,
        "month": 4,
    }
    wanted = st.sampled_from(units or tuple(largest))
    return wanted.flatmap(
        lambda unit: st.integers(1, largest[unit]).map(
            lambda number: Goal.model_validate({"number": number, "unit": unit})
        )
    )


@st.composite
def questions(
    draw: st.DrawFn, *units: str, paused: bool = True, rolls: Sequence[Roll] = ("none", "forward", "backward")
) -> "Question":
    """A calendar, start, goal, roll and pauses that no rule refuses but, perhaps, a pause that begins too late."""
    window = draw(st.sampled_from(WINDOWS))
    calendar, goal, start = draw(calendars(window)), draw(goals(*units)), draw(instants(window))
    assume(goal.unit != "school_day" or calendar.counts == "school_days")
    roll = draw(st.sampled_from(rolls)) if goal.may_roll else "none"
    kind: Kind = draw(st.sampled_from(("promise", "promise", "target", "statutory")))
    assume(kind != "statutory" or roll != "forward")
    question = Question(calendar, goal, start, roll, kind, [], from_effective=draw(st.booleans()))
    for _ in range(draw(st.integers(0, 3)) if paused and kind != "statutory" else 0):
        question.pauses.append(draw(next_pauses(question)))
    return question


@st.composite
def next_pauses(draw: st.DrawFn, question: "Question") -> Pause:
    """A pause after those there are: soon, where the last one ended, or about where the promise would be due."""
    earliest = max([question.start, *(pause.end for pause in question.pauses)])
    found = question.due_or_none()
    around_due = st.sampled_from((-97, -96, -95, -60, -32, -4, -1, 0)).map(
        lambda quarters: max(earliest, (found.due_at if found else earliest) + quarters * QUARTER)
    )
    soon = st.sampled_from((0, 0, 1, 5, 30, 96)).map(lambda quarters: earliest + quarters * QUARTER)
    begins = draw(st.one_of(soon, around_due))
    quarters = draw(st.one_of(st.sampled_from((1, 2, 31, 32, 64, 95, 96, 97, 192, 288)), st.integers(1, 700)))
    return Pause(start=begins, end=begins + quarters * QUARTER, reason="client_postponed")


class Question:
    """The arguments of `due`, so that one of them can be changed."""

    def __init__(
        self, calendar: ServiceCalendar, goal: Goal, start: datetime, roll: Roll, kind: Kind, pauses: list[Pause], *,
        from_effective: bool,
    ) -> None:  # fmt: skip
        self.calendar, self.goal, self.start, self.roll, self.kind = calendar, goal, start, roll, kind
        self.pauses, self.from_effective = pauses, from_effective

    def __repr__(self) -> str:
        return (
            f"{self.start.isoformat()} {self.goal} {self.roll} {self.kind} from_effective={self.from_effective}"
            f" {[f'{p.start.isoformat()}/{p.end.isoformat()}' for p in self.pauses]} {self.calendar!r}"
        )

    def due(self, **changes: Any) -> Due:
        asked = {
            name: getattr(self, name) for name in ("start", "pauses", "goal", "calendar", "roll", "kind")
        } | changes
        start, pauses, goal, calendar = (asked.pop(name) for name in ("start", "pauses", "goal", "calendar"))
        return due(start, pauses, goal, calendar, count_from_effective=self.from_effective, **asked)

    def due_or_none(self, **changes: Any) -> Due | None:
        """None where the rules refuse a pause that begins too late, or the calendar has no such days at all."""
        try:
            return self.due(**changes)
        except (PauseError, CalendarError):
            return None


def known(found: Due | None) -> Due:
    """The due instant of a question that the rules answer; other examples are left out."""
    assume(found is not None)
    assert found is not None
    return found


@many
@given(questions())
def test_due_is_the_same_by_a_slow_independent_oracle(question: Question) -> None:
    oracle = Oracle(question.calendar, question.kind)
    found: Due | None
    try:
        found = question.due()
    except CalendarError:
        assert question.goal.unit == "working_day"
        return
    except PauseError:
        found = None
    try:
        expected = oracle.due(
            question.start, question.pauses, question.goal, question.roll, from_effective=question.from_effective
        )
    except Refused:
        expected = None

    assert (found and (found.due_at, found.working_due_at)) == expected
    if found:
        assert found.effective_at == oracle.effective(question.start)
        assert found.due_on == oracle.day(found.due_at - timedelta(microseconds=1))


@many
@given(questions())
def test_due_is_never_before_the_start(question: Question) -> None:
    found = known(question.due_or_none())

    assert question.start < found.working_due_at <= found.due_at
    assert question.start <= found.effective_at


@many
@given(questions())
def test_no_due_instant_lies_inside_a_pause(question: Question) -> None:
    found = known(question.due_or_none())

    assert not any(pause.start <= found.due_at < pause.end for pause in question.pauses)
    assert found.working_due_at == found.due_at or not any(
        pause.start <= found.working_due_at < pause.end for pause in question.pauses
    )


@many
@given(questions(paused=False), st.integers(1, 2000))
def test_due_is_monotone_in_the_start(question: Question, later: int) -> None:
    first, second = known(question.due_or_none()), known(question.due_or_none(start=question.start + later * QUARTER))

    assert first.due_at <= second.due_at
    assert first.effective_at <= second.effective_at


@many
@given(questions("hour", "service_hour", "working_day", "day", "week", rolls=("none", "forward")), st.integers(1, 300))
def test_due_is_monotone_in_the_start_before_the_same_pauses(question: Question, later: int) -> None:
    """`same day` is left out: a pause that ends on the later start's own service day moves only the earlier (rule 14)."""
    start = question.start + later * QUARTER
    assume(all(pause.start >= start for pause in question.pauses))
    first, second = known(question.due_or_none()), known(question.due_or_none(start=start))

    assert first.due_at <= second.due_at


@many
@given(questions(rolls=("none", "forward")))
def test_pausing_never_shortens(question: Question) -> None:
    for number in range(len(question.pauses)):
        without, paused = (question.due_or_none(pauses=question.pauses[: number + more]) for more in (0, 1))
        if without and paused:
            assert without.due_at <= paused.due_at


@many
@given(questions(rolls=("none", "forward")), st.integers(0, 40), st.booleans())
def test_adding_a_closed_day_never_brings_due_nearer(question: Question, ahead: int, by_the_unit: bool) -> None:
    """A paused `same day` aside: whether its pause ends on a later day than the service day is for the dates (rule 14)."""
    assume(not (question.pauses and question.goal.unit == "same_day"))
    closed = question.start.date() + timedelta(days=ahead)
    field, said = ("exceptions", {"reason": NAMES}) if by_the_unit else ("closed", NAMES)
    calendar = question.calendar.model_copy(update={field: {**getattr(question.calendar, field), closed: said}})
    before, after = known(question.due_or_none()), known(question.due_or_none(calendar=calendar))

    assert before.due_at <= after.due_at


@many
@given(questions())
def test_explanation_intervals_add_up_to_the_span(question: Question) -> None:
    found = known(question.due_or_none())
    lines = explain(
        question.start, question.pauses, question.goal, question.calendar,
        roll=question.roll, kind=question.kind, count_from_effective=question.from_effective, lang="sv",
    )  # fmt: skip
    spans = [line for line in lines if line.length]

    assert spans[0].start == question.start
    assert spans[-1].end == found.due_at
    assert all(before.end == after.start for before, after in pairwise(spans))
    assert sum((line.length for line in lines), timedelta(0)) == found.due_at - question.start
    counted = sum((line.length for line in spans if line.effect == "counted"), timedelta(0))
    if question.goal.is_in_hours:
        assert counted == timedelta(hours=question.goal.number)
    if question.goal.counts_open_days:
        assert sum(line.days for line in lines) == question.goal.number


@many
@given(calendars(WINDOWS[0]), instants(WINDOWS[0]), st.integers(0, 1500), st.integers(0, 1500))
def test_open_time_of_two_spans_is_that_of_both(
    calendar: ServiceCalendar, start: datetime, first: int, more: int
) -> None:
    middle, end = start + first * QUARTER, start + (first + more) * QUARTER
    whole = open_time_between(start, end, calendar)

    assert open_time_between(start, middle, calendar) + open_time_between(middle, end, calendar) == whole
    assert timedelta(0) <= whole <= time_between(start, end)


@many
@given(questions("service_hour"))
def test_service_hours_are_as_much_open_time_as_was_promised(question: Question) -> None:
    found = known(question.due_or_none())
    calendar = question.calendar.as_law_counts if question.kind == "statutory" else question.calendar

    assert open_time_between(question.start, found.due_at, calendar, question.pauses) == timedelta(
        hours=question.goal.number
    )


@many
@given(
    questions(),
    st.sampled_from(
        ("at 50%", "at 80%", "at 99%", "2 service hours before", "2 hours before", "1 working day before", "3 days before",
         "day 3", "working day 2", "week 1", "1 month before", "at working due", "30 minutes after start", "day 2 12:00")
    ),
    st.booleans(),
)  # fmt: skip
def test_a_warning_lies_after_the_start_not_after_due_and_never_in_a_pause(
    question: Question, text: str, acute: bool
) -> None:
    found = known(question.due_or_none())
    try:
        instant = tier_instant(
            parse_tier_anchor(text), question.start, found, question.calendar, pauses=question.pauses, acute=acute
        )
    except CalendarError:
        return

    assert instant is None or question.start < instant <= found.due_at
    assert instant is None or not any(pause.start <= instant < pause.end for pause in question.pauses)


@many
@given(
    st.sampled_from(WINDOWS).flatmap(instants),
    goals("same_day", "hour", "service_hour", "working_day", "day", "week", "month"),
)
def test_the_shipped_calendar_agrees_with_the_oracle(start: datetime, goal: Goal) -> None:
    found = due(start, (), goal, shipped())

    assert (found.due_at, found.working_due_at) == Oracle(shipped()).due(start, (), goal, "none")
