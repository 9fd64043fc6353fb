"""Every refusal speaks Finnish, Swedish and English."""

import string

import pytest

from api.messages import SENTENCES, TITLES, WORDS, in_words
from api.refusal_words import CODES, reason_in_words
from pathways.errors import (
    ArrowNotPossible,
    NotAllowed,
    OutcomeNotPossible,
    PathwayError,
    PauseRefused,
    RevisionStale,
    StepNotReady,
)
from pathways.time_refusals import PauseError, TimeRefusal, without_offset


def refusals(of: type[PathwayError] = PathwayError) -> list[type[PathwayError]]:
    found = []
    for refusal in of.__subclasses__():
        if not issubclass(refusal, TimeRefusal) and refusal.__module__ == "pathways.errors":
            found += [refusal, *refusals(refusal)]
    return found


@pytest.mark.parametrize("refusal", refusals(), ids=lambda refusal: refusal.code)
def test_every_refusal_has_a_sentence_in_three_languages(refusal: type[PathwayError]) -> None:
    assert set(SENTENCES[refusal.code]) == {"fi", "sv", "en"}


@pytest.mark.parametrize("table", [SENTENCES, TITLES, WORDS])
def test_no_sentence_is_empty_in_any_language(table: dict[str, dict[str, str]]) -> None:
    for key, words in table.items():
        assert set(words) == {"fi", "sv", "en"}, key
        assert all(words.values()), key


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_asks_for_the_same_facts_in_each_language(code: str) -> None:
    asked = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in SENTENCES[code].values()]

    assert asked[0] == asked[1] == asked[2]


def test_a_reason_written_in_english_is_said_in_the_readers_language() -> None:
    error = PauseRefused("a statutory clock never pauses; record a justified deviation instead")

    assert in_words(error, "fi") == (
        "Kelloa ei voi laittaa tauolle: lakisääteinen määräaika ei ole koskaan tauolla; kirjaa perusteltu poikkeama."
    )
    assert in_words(error, "en").startswith("The clock can't be paused: a statutory clock never pauses")


def test_a_reason_nobody_has_translated_is_left_out() -> None:
    assert in_words(PauseRefused("the moon is too full today"), "sv") == "Klockan kan inte pausas."


def test_a_refusal_of_the_rules_of_time_says_their_whole_sentence() -> None:
    refused = PauseRefused("in English")
    refused.__cause__ = PauseError(fi="Tauko alkaa liian myöhään.", sv="Pausen börjar för sent.", en="Too late.")

    assert in_words(refused, "sv") == "Pausen börjar för sent."


def test_who_may_do_it_is_said_by_their_role() -> None:
    assert in_words(NotAllowed("reason", "team_lead"), "fi") == "Tämä ei kuulu sinulle. Tarvitaan: esihenkilö."


@pytest.mark.parametrize("code", CODES)
def test_every_reason_has_three_languages(code: str) -> None:
    assert set(CODES[code]) == {"fi", "sv", "en"}
    assert all(CODES[code].values())


def test_a_sentence_of_the_engine_keeps_its_numbers() -> None:
    assert reason_in_words("the result lies between 0 and 27", "sv") == "resultatet ligger mellan 0 och 27"


def test_a_refused_outcome_names_the_possible_ones_in_the_readers_words() -> None:
    names = {"arvio": "Alkuarvio", "ohi": "Ohitetaan", "jatkuu": "Jatkuu", "paattyy": "Päättyy"}
    error = OutcomeNotPossible("ohi", "arvio", ("jatkuu", "paattyy"))

    assert in_words(error, "fi", lambda key: names.get(key, key)) == (
        "Askelta Alkuarvio ei voi päättää tulokseen ”Ohitetaan”. Mahdollista nyt: Jatkuu tai Päättyy."
    )


def test_a_fact_that_is_missing_leaves_no_empty_sentence() -> None:
    assert in_words(StepNotReady("arvio", ()), "sv") == "Steget arvio kan inte avslutas ännu."


def test_states_and_verbs_are_said_in_the_readers_language() -> None:
    error = ArrowNotPossible("consultation", "answer", "declined", ())

    assert in_words(error, "fi") == "Tätä ei voi enää tehdä: konsultaatiopyyntö on tilassa ”hylätty”."


def test_a_conflict_says_who_changed_what_was_open() -> None:
    said = in_words(RevisionStale(1, 2, "Maija Esimerkki", "plan_drafted"), "fi")

    assert "Maija Esimerkki muutti tietoja sen jälkeen, kun avasit ne (suunnitelma muuttunut)." in said
    assert "(" not in in_words(RevisionStale(1, 2, "Maija Esimerkki", "x"), "fi")


def test_a_refused_time_keeps_its_own_three_sentences() -> None:
    assert in_words(without_offset("2026-12-04T23:40"), "sv").startswith("Tiden 2026-12-04T23:40 saknar tidszon")


def test_a_refusal_without_a_sentence_of_its_own_still_answers() -> None:
    assert in_words(PathwayError("secret"), "fi") == SENTENCES["refused"]["fi"]
