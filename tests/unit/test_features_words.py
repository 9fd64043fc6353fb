"""How specifications say dates, times, spans and sentences, and what they refuse."""

from datetime import UTC, date, datetime

import pytest

import features.steps  # noqa: F401 - teaches the vocabulary its sentences
from features.listing import as_markdown, samples
from features.reading import NotReadable, Reader, Span, on_day
from features.sentences import VOCABULARY, Step, UnknownSentence, Vocabulary, Wording, examples_of
from pathways.time_words import Language
from tests.unit.test_environment import CHECKOUT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "ti 1.12.2026 klo 9.12"),
        ("fi", "tiistaina 1.12.2026 klo 9.12"),
        ("fi", "1.12.2026 kello 9.12"),
        ("sv", "tis 1.12.2026 kl. 9.12"),
        ("sv", "tisdagen den 1.12.2026 klockan 9.12"),
        ("en", "Tue 1.12.2026 at 9:12"),
    ],
)
def test_a_moment_is_read_in_every_language(language: Language, text: str) -> None:
    assert Reader(language).moment(text) == datetime(2026, 12, 1, 7, 12, tzinfo=UTC)


def test_twenty_four_ends_the_day() -> None:
    assert Reader("fi").moment("la 27.3.2027 klo 24.00") == datetime(2027, 3, 27, 22, 0, tzinfo=UTC)


def test_a_day_without_a_year_is_of_the_year_said_before() -> None:
    reader = Reader("fi")
    reader.day("ti 1.12.2026")

    assert reader.day("pe 11.12.") == date(2026, 12, 11)


def test_a_first_day_without_a_year_is_refused() -> None:
    with pytest.raises(NotReadable, match="name the year"):
        Reader("fi").day("pe 11.12.")


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        ("fi", "ma 1.12.2026", "ti 1.12"),
        ("sv", "mån 1.12.2026", "tis 1.12"),
        ("en", "Mon 1.12.2026", "Tue 1 Dec"),
    ],
)
def test_a_weekday_of_another_date_is_refused_with_the_right_one(language: Language, text: str, right: str) -> None:
    with pytest.raises(NotReadable, match=right):
        Reader(language).day(text)


@pytest.mark.parametrize("text", ["31.2.2026", "1.13.2026"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(NotReadable, match="no such day"):
        Reader("fi").day(text)


@pytest.mark.parametrize("text", ["klo 24.01", "klo 9.60", "klo 31"])
def test_a_time_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(NotReadable, match="no time of day"):
        Reader("fi").time(text)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("8 arkipäivää", Span(8, "working_day")),
        ("kaksi viikkoa", Span(2, "week")),
        ("en vardag", Span(1, "working_day")),
        ("14 dygn", Span(14, "day")),
        ("three months", Span(3, "month")),
        ("30 minuuttia", Span(30, "minute")),
    ],
)
def test_a_span_is_read_in_words(text: str, span: Span) -> None:
    assert Reader("fi").span(text) == span


# --- sentences ------------------------------------------------------------------------------------------------


def every_wording() -> list[tuple[Step, Wording]]:
    return [(step, wording) for step in VOCABULARY.steps for wording in step.wordings.values()]


@pytest.mark.parametrize(
    ("step", "wording"),
    every_wording(),
    ids=[f"{wording.language}: {wording.template}" for _, wording in every_wording()],
)
def test_every_sentence_is_understood_as_itself_alone(step: Step, wording: Wording) -> None:
    example = examples_of(wording, samples())

    assert VOCABULARY.all_that_match(example, wording.language) == [step]


def test_every_step_is_there_in_finnish_and_swedish() -> None:
    missing = [step.function.__name__ for step in VOCABULARY.steps if not {"fi", "sv"} <= set(step.wordings)]

    assert missing == []


def test_a_sentence_may_begin_with_that() -> None:
    told = VOCABULARY.understand('että asiakas "Oona", 15 v', Reader("fi"))

    assert told.blanks == {"client": "Oona", "age": 15}


@pytest.mark.parametrize(
    "text",
    [
        'ti 1.12.2026 klo 9.12 "Aino" soittaa asiakkaalle "Oona"',
        '"Aino" soittaa asiakkaalle "Oona" ti 1.12.2026 klo 9.12',
    ],
)
def test_what_is_done_may_begin_or_end_with_a_time(text: str) -> None:
    told = VOCABULARY.understand(text, Reader("fi"))

    assert (told.step.function.__name__, told.when) == ("calls", "ti 1.12.2026 klo 9.12")


def test_a_check_takes_no_time() -> None:
    with pytest.raises(UnknownSentence):
        VOCABULARY.understand('klo 9.12 vastuutyöntekijä on "Aino"', Reader("fi"))


@pytest.mark.parametrize("quotes", ['"{}"', "”{}”", "“{}”"])
def test_names_stand_in_any_quotes(quotes: str) -> None:
    told = VOCABULARY.understand(f"vastuutyöntekijä on {quotes.format('Aino')}", Reader("fi"))

    assert told.blanks == {"worker": "Aino"}


def test_an_unknown_sentence_names_the_near_miss() -> None:
    with pytest.raises(UnknownSentence, match=r"vastuutyöntekijä on \{worker\}"):
        VOCABULARY.understand('vastuutyöntekjä on "Aino Laine"', Reader("fi"))


def test_a_sentence_of_another_language_is_not_understood() -> None:
    with pytest.raises(UnknownSentence):
        VOCABULARY.understand('ansvarig arbetstagare är "Aino"', Reader("fi"))


def test_a_vocabulary_learns_a_function_by_its_sentences() -> None:
    vocabulary = Vocabulary()

    @vocabulary.step("when", fi="{span:span} kuluu", sv="{span:span} går")
    def passes() -> None: ...

    told = vocabulary.understand("8 vardagar går", Reader("sv"))

    assert (told.step.function, told.blanks) == (passes, {"span": Span(8, "working_day")})


def test_the_page_of_sentences_is_up_to_date() -> None:
    written = (CHECKOUT / "docs" / "askeleet.md").read_text(encoding="utf-8")

    assert written == as_markdown(), "write it again: ./run spec --steps > docs/askeleet.md"


def test_the_last_moment_of_a_day_is_the_next_midnight() -> None:
    assert on_day(date(2027, 10, 31), (24, 0)) == datetime(2027, 10, 31, 22, 0, tzinfo=UTC)
