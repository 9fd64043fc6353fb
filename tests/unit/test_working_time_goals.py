"""Which goals can be written, which can't, and what a refusal says would work (rule 6)."""

import pytest
from pydantic import ValidationError

from pathways.errors import PathwayError
from pathways.goal import Goal, GoalError, goal_in_words, parse_goal
from pathways.time_words import Language
from tests.unit.working_time import due, school, shipped


@pytest.mark.rule(6)
@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("same day", 1, "same_day"),
        ("2 service hours", 2, "service_hour"),
        ("1 service hour", 1, "service_hour"),
        ("7 working days", 7, "working_day"),
        ("1 working day", 1, "working_day"),
        ("1 working days", 1, "working_day"),
        ("7 working day", 7, "working_day"),
        ("7 school days", 7, "school_day"),
        ("28 days", 28, "day"),
        ("2 day", 2, "day"),
        ("1 week", 1, "week"),
        ("6 weeks", 6, "week"),
        ("1 month", 1, "month"),
        ("3 months", 3, "month"),
        ("24 hours", 24, "hour"),
        ("1 hour", 1, "hour"),
        ("  7   working\tdays ", 7, "working_day"),
        ("Same Day", 1, "same_day"),
        ("9999 days", 9999, "day"),
    ],
)
def test_a_goal_is_read_in_words(text: str, number: int, unit: str) -> None:
    assert parse_goal(text).model_dump() == {"number": number, "unit": unit}


@pytest.mark.parametrize(
    "text", ["same day", "2 service hours", "1 working day", "7 school days", "28 days", "1 week", "3 months"]
)
def test_a_goal_is_written_as_it_is_read(text: str) -> None:
    assert str(parse_goal(text)) == text


@pytest.mark.rule(6)
@pytest.mark.parametrize("text", ["1 day", "1 days", "1  DAY", "01 day"])
def test_one_day_is_refused_and_its_three_meanings_named(text: str) -> None:
    with pytest.raises(GoalError) as refused:
        parse_goal(text)

    for sentence in (refused.value.fi, refused.value.sv, refused.value.en):
        assert all(meaning in sentence for meaning in ("same day", "1 working day", "24 hours"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("7 workdays", "7 working days"),
        ("7 work days", "7 working days"),
        ("7 business days", "7 working days"),
        ("3 weekdays", "3 working days"),
        ("1 weekday", "1 working day"),
        ("7 arkipäivää", "7 working days"),
        ("3 vardagar", "3 working days"),
        ("7 wroking days", "7 working days"),
        ("2 servicehours", "2 service hours"),
        ("2 business hours", "2 service hours"),
        ("14 vrk", "14 days"),
        ("14 calendar days", "14 days"),
        ("28 päivää", "28 days"),
        ("7 dagar", "7 days"),
        ("24 h", "24 hours"),
        ("24h", "24 hours"),
        ("3 kk", "3 months"),
        ("3 mnths", "3 months"),
        ("2 viikkoa", "2 weeks"),
        ("1 vecka", "1 week"),
        ("2 years", "24 months"),
        ("1 vuosi", "12 months"),
        ("same-day", "same day"),
        ("sameday", "same day"),
        ("today", "same day"),
        ("samana päivänä", "same day"),
    ],
)
def test_a_near_miss_is_named(text: str, meant: str) -> None:
    with pytest.raises(GoalError) as refused:
        parse_goal(text)

    assert f'"{meant}"' in refused.value.fi
    assert f"”{meant}”" in refused.value.sv
    assert f'"{meant}"' in refused.value.en


@pytest.mark.parametrize(
    "text",
    ["", "soon", "week", "0 days", "-1 days", "1.5 hours", "two days", "½ hour", "٣ days", "+7 days", "7", "7 days 2 hours",
     "1e3 days", "10000 days", "99999999999999999999 hours", "7 moons"],
)  # fmt: skip
def test_what_is_no_goal_is_refused_with_what_would_work(text: str) -> None:
    with pytest.raises(GoalError) as refused:
        parse_goal(text)

    for language in ("fi", "sv", "en"):
        assert refused.value.in_words(language).endswith((".", "?"))
    assert isinstance(refused.value, PathwayError)
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_a_goal_can_not_be_made_with_a_number_that_can_not_be_written(number: int) -> None:
    with pytest.raises(ValidationError):
        Goal(number=number, unit="day")


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("7 working days", "fi", "7 arkipäivää"),
        ("7 working days", "sv", "7 vardagar"),
        ("7 working days", "en", "7 working days"),
        ("1 working day", "fi", "1 arkipäivä"),
        ("1 working day", "sv", "1 vardag"),
        ("same day", "fi", "saman päivän aikana"),
        ("same day", "sv", "samma dag"),
        ("same day", "en", "the same day"),
        ("2 service hours", "fi", "2 tuntia palveluaikaa"),
        ("2 service hours", "sv", "2 timmar servicetid"),
        ("1 week", "fi", "1 viikko"),
        ("2 weeks", "sv", "2 veckor"),
        ("3 months", "fi", "3 kuukautta"),
        ("3 months", "sv", "3 månader"),
        ("28 days", "fi", "28 päivää"),
        ("28 days", "sv", "28 dagar"),
        ("24 hours", "fi", "24 tuntia"),
        ("1 hour", "sv", "1 timme"),
        ("7 school days", "fi", "7 koulupäivää"),
        ("7 school days", "sv", "7 skoldagar"),
        ("1 month", "en", "1 month"),
    ],
)
def test_a_goal_is_said_in_three_languages(text: str, lang: Language, said: str) -> None:
    assert goal_in_words(parse_goal(text), lang) == said


@pytest.mark.rule(6)
@pytest.mark.parametrize("calendar", ["vuorokausi", "24/7"])
def test_working_days_need_a_calendar_that_closes(calendar: str) -> None:
    with pytest.raises(GoalError, match="never closes") as refused:
        due("2026-12-04 12:00", "7 working days", calendar=shipped(calendar))

    assert "palveluaika" in refused.value.fi
    assert "7 days" in refused.value.sv


@pytest.mark.rule(6)
def test_school_days_need_a_school_s_calendar() -> None:
    with pytest.raises(GoalError, match="school's calendar"):
        due("2027-02-18 12:00", "7 school days")

    assert due("2027-02-18 12:00", "7 school days", calendar=school()).due_on.isoformat() == "2027-03-08"
