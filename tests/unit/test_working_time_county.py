"""A county's own calendars: units, channels and schools, based on others, with exceptions and spans of closed days."""

from datetime import date
from pathlib import Path

import pytest

from engine.calendars import Calendars, calendars_of, read_calendar, shipped_calendars
from engine.findings import DefinitionRefused
from pathways.calendar import ServiceCalendar
from tests.unit.working_time import at, due

HEAD = "key: oma\nvalid_from: 2026-01-01\ntitle: {fi: oma, sv: egen, en: own}\n"
WEEK = 'weekly: {mon-fri: ["8:00-16:00"]}\n'


def of_the_county(name: str) -> ServiceCalendar:
    return shipped_calendars().version(name, 1)


def written(*lines: str, based: str = "") -> ServiceCalendar:
    known = {f"{each.key}@{each.version}": each for each in shipped_calendars()}
    base = f"based_on: {based}\n" if based else WEEK
    return read_calendar(HEAD + base + "".join(f"{line}\n" for line in lines), "oma.yaml", known)


@pytest.mark.rule(12)
def test_a_unit_says_only_what_differs_from_the_calendar_it_is_based_on() -> None:
    unit, base = of_the_county("rantamaan_asiakasohjaus"), of_the_county("palveluaika")

    assert unit.closed == base.closed
    assert unit.eves == base.eves
    assert [str(hours) for hours in unit.weekly["fri"]] == ["08:00-14:00"]
    assert str(unit.last_contact_for_same_day) == "15:00:00"


@pytest.mark.parametrize(
    ("received", "due_on", "why"),
    [
        ("2027-05-06 10:00", "2027-05-10", "Ascension Day, then the unit's own closed Friday"),
        ("2026-12-31 11:59", "2026-12-31", "New Year's Eve is open till noon"),
        ("2026-12-31 12:00", "2027-01-04", "at noon sharp it is closed, then New Year's Day and a weekend"),
        ("2027-02-05 09:00", "2027-02-05", "the opening is moved to ten: still the same day"),
        ("2027-02-08 15:01", "2027-02-09", "after the last contact of the day"),
        ("2027-02-08 15:00", "2027-02-08", "the last contact of the day is in time"),
    ],
)
def test_a_unit_s_own_days_move_the_same_day(received: str, due_on: str, why: str) -> None:
    found = due(received, "same day", calendar=of_the_county("rantamaan_asiakasohjaus"))

    assert found.due_on == date.fromisoformat(due_on), why


@pytest.mark.rule(12)
@pytest.mark.parametrize("goal", ["same day", "3 working days", "2 service hours", "1 week"])
def test_a_statutory_clock_counts_without_what_the_unit_closes(goal: str) -> None:
    unit = of_the_county("rantamaan_asiakasohjaus")
    bare = unit.model_copy(update={"exceptions": {}, "last_contact_for_same_day": None})

    for received in ("2027-05-06 10:00", "2026-12-30 15:30", "2027-02-04 15:59"):
        assert due(received, goal, calendar=unit, kind="statutory") == due(received, goal, calendar=bare)
    assert due("2027-05-05 15:30", "2 working days", calendar=unit).due_on == date(2027, 5, 11)
    assert due("2027-05-05 15:30", "2 working days", calendar=unit, kind="statutory").due_on == date(2027, 5, 10)


def test_a_channel_has_hours_of_its_own() -> None:
    known = shipped_calendars()

    assert known.for_channel("rantamaan_asiakasohjaus", "chat") == "rantamaan_asiakasohjaus:chat"
    assert known.for_channel("rantamaan_asiakasohjaus", "puhelin") == "rantamaan_asiakasohjaus"
    chat = of_the_county("rantamaan_asiakasohjaus:chat")
    assert chat.effective_at(at("2027-02-09 19:30")) == at("2027-02-09 19:30")
    assert due("2027-02-09 18:30", "same day", calendar=chat).due_on == date(2027, 2, 9)
    assert due("2027-02-09 19:30", "same day", calendar=chat).due_on == date(2027, 2, 10)
    assert due("2027-02-13 11:00", "same day", calendar=chat).due_on == date(2027, 2, 13)


@pytest.mark.parametrize(
    ("school", "start", "due_on", "why"),
    [
        ("lahdenniemi", "2026-10-08 12:00", "2026-10-26", "the autumn holiday of week 42 in the middle"),
        ("viknas", "2026-10-08 12:00", "2026-10-26", "9., 12.–16.10., then week 43 is the holiday"),
        ("lahdenniemi", "2027-02-18 12:00", "2027-03-08", "the winter holiday of week 8"),
        ("viknas", "2027-02-12 12:00", "2027-03-02", "the winter holiday of week 7"),
        ("lahdenniemi", "2026-12-18 12:00", "2027-01-15", "the Christmas holiday and Epiphany: 7., 8. and 11.–15.1."),
        ("lahdenniemi", "2027-06-03 12:00", "2027-08-18", "4.6., the summer holiday, then 11.–13. and 16.–18.8."),
        (
            "lahdenniemi",
            "2027-05-04 12:00",
            "2027-05-17",
            "5.5., Ascension Day and the day off, then 10.–14. and 17.5.",
        ),
        ("lahdenniemi", "2027-12-21 12:00", "2028-01-18", "the Christmas holiday: 10.–14., 17. and 18.1."),
    ],
)
def test_seven_school_days_pass_over_the_school_s_own_holidays(school: str, start: str, due_on: str, why: str) -> None:
    found = due(start, "7 school days", calendar=of_the_county(f"oppilaitos:{school}"), kind="statutory")

    assert found.due_on == date.fromisoformat(due_on), why


def test_a_span_closes_its_days_and_a_day_by_itself_keeps_its_name() -> None:
    calendar = written(
        "closed:",
        "  2027-02-22..2027-02-26: {fi: loma, sv: lov, en: holiday}",
        "  2027-02-24: {fi: juhla, sv: fest, en: feast}",
    )

    assert len(calendar.closed) == 5
    assert calendar.why_closed(date(2027, 2, 23), "sv") == "lov"
    assert calendar.why_closed(date(2027, 2, 24), "fi") == "juhla"


def test_a_base_s_holiday_keeps_its_name_inside_a_span() -> None:
    calendar = written(
        "closed: {2026-12-23..2026-12-31: {fi: joulutauko, sv: juluppehåll, en: break}}", based="palveluaika@1"
    )

    assert calendar.why_closed(date(2026, 12, 25), "fi") == "joulupäivä"
    assert calendar.why_closed(date(2026, 12, 28), "fi") == "joulutauko"


@pytest.mark.parametrize(
    ("days", "code", "fi"),
    [
        ("{2027-02-26..2027-02-22: {fi: a, sv: b, en: c}}", "PW015", "ennen viimeistä"),
        ("{2027-01-01..2027-12-31: {fi: a, sv: b, en: c}}", "PW015", "ennen viimeistä"),
        ("{alku..loppu: {fi: a, sv: b, en: c}}", "PW015", "ei ole päivien väli"),
        (
            "{2027-02-22..2027-02-26: {fi: a, sv: b, en: c}, 2027-02-26..2027-03-02: {fi: a, sv: b, en: c}}",
            "PW015",
            "kahdessa eri välissä",
        ),
    ],
)
def test_spans_that_make_no_sense_are_refused_in_words(days: str, code: str, fi: str) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        written(f"closed: {days}")

    (finding,) = refused.value.findings
    assert finding.code == code
    assert fi in finding.sentence("fi")
    assert finding.sentence("sv") != finding.sentence("fi") != finding.sentence("en")


def test_a_calendar_based_on_none_there_is_is_refused_with_the_near_miss() -> None:
    with pytest.raises(DefinitionRefused) as refused:
        written(based="palveluaika@7")

    (finding,) = refused.value.findings
    assert finding.code == "PW024"
    assert 'did you mean "palveluaika@1"' in finding.sentence("en")
    assert str(finding.place).startswith("oma.yaml:4:")


def test_calendars_of_a_folder_may_be_based_on_each_other_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "key: a\nbased_on: b@1\nvalid_from: 2026-01-01\ntitle: {fi: a, sv: a, en: a}\n", "utf-8"
    )
    (tmp_path / "b.yaml").write_text(HEAD.replace("oma", "b") + WEEK, "utf-8")

    assert {"a", "b"} <= set(calendars_of([tmp_path]).names)


@pytest.mark.rule(12)
def test_the_version_at_the_start_binds_and_a_new_version_moves_nothing_that_runs() -> None:
    first = written()
    second = first.model_copy(
        update={"version": 2, "valid_from": date(2027, 1, 1), "closed": {date(2027, 1, 4): first.title}}
    )
    known = Calendars([first, second])
    start = at("2026-12-31 12:00")

    running = known.version("oma", known.in_force("oma", start).version)
    assert due(start, "2 working days", calendar=running).due_on == date(2027, 1, 4)
    assert due(start, "2 working days", calendar=second).due_on == date(2027, 1, 5)
    assert known.in_force("oma", at("2027-01-01 00:00")) is second
