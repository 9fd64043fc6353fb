"""Phrases: a closed list, each with words in every language; near misses are named."""

import pytest

from engine.shelf import load_shelf
from pathways.definition_errors import UnknownNeed, UnknownPhrase, UnreadableOpening
from pathways.needs import Need, NeedForm, parse_need
from pathways.opening import OpensAfter, OpensAtAge, OpensByDate, parse_opening
from pathways.phrases import Form, Phrase, closest_form, parse_phrase


@pytest.mark.parametrize("form", Form)
def test_a_phrase_is_read_back_from_its_own_words(form: Form) -> None:
    phrase = form.of(*("arvio" for _ in form.slots))

    assert parse_phrase(str(phrase)) == phrase


@pytest.mark.parametrize("form", Form)
def test_every_form_has_words_in_every_language_with_room_for_its_slots(form: Form) -> None:
    words = load_shelf().vocabulary.phrases[form.value]

    for text in (words.fi, words.sv, words.en or ""):
        assert text
        assert all(f"{{{slot}}}" in text for slot in range(len(form.slots)))


def test_the_vocabulary_words_no_phrase_that_does_not_exist() -> None:
    assert set(load_shelf().vocabulary.phrases) == {form.value for form in Form}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("first akt recorded", "first act recorded"),
        ("contact recieved", "contact received"),
        ("step arvio don", "step arvio done"),
        ("handover lahete send", "handover lahete sent"),
    ],
)
def test_a_near_miss_is_named(words: str, meant: str) -> None:
    with pytest.raises(UnknownPhrase):
        parse_phrase(words)
    assert closest_form(words) == meant


def test_a_phrase_with_its_slots_filled_is_a_value() -> None:
    assert parse_phrase("outcome arvio.ipc") == Phrase(Form.OUTCOME, ("arvio", "ipc"))
    assert parse_phrase("consultation asked urgently") == Form.CONSULTATION_ASKED_URGENTLY.of()
    assert parse_phrase("consultation neuvo asked") == Form.STEP_CONSULTATION_ASKED.of("neuvo")


def test_openings_are_spans_after_a_step_or_an_age() -> None:
    assert parse_opening("3 months after loppuarvio") == OpensAfter(3, "month", "loppuarvio")
    assert parse_opening("at age 17 years 6 months") == OpensAtAge(210)
    assert parse_opening("at age 18 years") == OpensAtAge(216)
    assert parse_opening("on date kontrolli") == OpensByDate(0, "day", "kontrolli")
    assert parse_opening("60 days before date paattyy") == OpensByDate(-60, "day", "paattyy")
    assert parse_opening("2 weeks after date paattyy") == OpensByDate(2, "week", "paattyy")


@pytest.mark.parametrize(
    "words",
    [
        "3 months",
        "after loppuarvio",
        "0 days after a",
        "at age 17.5 years",
        "3 fortnights after a",
        "on kontrolli",
        "0 days before date a",
    ],
)
def test_other_openings_are_refused(words: str) -> None:
    with pytest.raises(UnreadableOpening):
        parse_opening(words)


def test_needs_carry_their_numbers() -> None:
    assert parse_need("1 to 5 goals") == Need(NeedForm.GOALS, (1, 5))
    assert parse_need("at least 1 other organisation") == parse_need("at least 1 other organisations")
    assert parse_need("review within 90 days") == Need(NeedForm.REVIEW, span="90 days")


@pytest.mark.parametrize("words", ["5 goals", "review within long", "approval by nobody"])
def test_a_need_nobody_can_check_is_refused(words: str) -> None:
    with pytest.raises((UnknownNeed, ValueError)):
        parse_need(words)
