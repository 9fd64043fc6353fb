"""Forms: what is read, what is refused, and that nothing has to be typed twice."""

from datetime import UTC, date, datetime

import pytest

from api.web.forms import Filled, Typed
from api.web.languages import translations
from api.web.shown_rows import Group, keep_places

KEY = "01a1bf1b-4d80-70b6-9f2b-ff1834f126f8"


def filled(typed: Typed | None = None) -> Filled:
    return Filled(translations("fi"), KEY, typed)


def test_a_text_loses_the_space_around_it() -> None:
    assert filled({"matter": ["  univaikeuksia \n"]}).text("matter") == "univaikeuksia"


def test_a_required_text_that_is_empty_is_refused_and_kept() -> None:
    form = filled({"matter": ["   "]})

    assert form.text("matter", required="Kirjoita.") is None
    assert form.errors == {"matter": "Kirjoita."}
    assert form.value("matter") == "   "


def test_a_text_that_is_too_long_is_refused() -> None:
    form = filled({"name": ["x" * 201]})

    assert form.text("name", longest=200) is None
    assert "enintään 200" in form.errors["name"]


@pytest.mark.parametrize("said", ["2026-11-24", "24.11.2026"])
def test_a_date_is_read_as_the_browser_and_as_people_write_it(said: str) -> None:
    assert filled({"end": [said]}).day("end") == date(2026, 11, 24)


def test_what_is_no_date_is_refused_with_an_example() -> None:
    form = filled({"end": ["31.2.2026"]})

    assert form.day("end") is None
    assert "esimerkiksi 24.11.2026" in form.errors["end"]


@pytest.mark.parametrize("said", ["2026-11-24T09:30", "24.11.2026 9.30"])
def test_a_time_is_meant_in_finland(said: str) -> None:
    assert filled({"at": [said]}).moment("at") == datetime(2026, 11, 24, 7, 30, tzinfo=UTC)


def test_a_number_may_have_a_comma() -> None:
    assert filled({"score": ["3,5"]}).number("score") == 3.5


def test_what_is_no_number_is_refused() -> None:
    form = filled({"score": ["paljon"]})

    assert form.number("score") is None
    assert form.errors == {"score": "Kirjoita luku."}


def test_only_what_was_offered_can_be_chosen() -> None:
    form = filled({"kind": ["dance"]})

    assert form.choice("kind", ("call", "meeting"), required="Valitse.") is None
    assert form.errors == {"kind": "Valitse."}


def test_a_forms_key_stays_the_same_until_it_is_sent() -> None:
    assert filled({"form_key": ["01a1bf1b-4d80-7000-8000-000000000000"]}).key == "01a1bf1b-4d80-7000-8000-000000000000"
    assert filled({"form_key": ["made up"]}).key == KEY
    assert filled().key == KEY


def test_fields_of_two_forms_on_a_page_have_their_own_ids() -> None:
    assert Filled(translations("fi"), KEY, None, "act").id_of("note") == "f-act-note"
    assert filled().id_of("note") == "f-note"


# --- rows that keep their places ---


def test_rows_stay_where_they_are_while_somebody_reads_them() -> None:
    shown = keep_places([Group("late", ["a", "b"]), Group("today", ["c"])], "", str).shown

    kept = keep_places([Group("late", ["c", "a"]), Group("today", ["d"])], shown, str)

    assert [(group.key, list(group.rows)) for group in kept.groups] == [("late", ["a", None]), ("today", ["c"])]
    assert kept.news == 1


def test_a_list_that_was_empty_takes_what_comes() -> None:
    kept = keep_places([Group("late", ["a"])], "", str)

    assert kept.news == 0
    assert list(kept.groups[0].rows) == ["a"]
