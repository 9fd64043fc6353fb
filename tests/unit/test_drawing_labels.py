"""Labels are fitted by the font's own widths and broken where Finnish and Swedish words may be broken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.drawing.hyphenation import SHORTEST_END, SOFT_HYPHEN, breaks, with_soft_hyphens
from engine.drawing.labels import SMALL, TITLE, lines, shortened, with_spaces
from engine.drawing.metrics import text_width
from tests.unit.drawing import titles


def test_widths_are_those_of_source_sans() -> None:
    assert text_width("a", 1000, 400) == 504
    assert text_width("a", 1000, 600) > text_width("a", 1000, 400)
    assert text_width("åäöÅÄÖéšž", 10) > 0


def test_a_letter_the_table_lacks_is_taken_for_a_wide_one() -> None:
    assert text_width("漢", 10) == 10


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("Lääkärikonsultaatio", ("Lääkäri-", "konsultaatio")),
        ("Verkostokokous", ("Verkosto-", "kokous")),
        ("Uppföljningssamtal", ("Uppföljnings-", "samtal")),
        ("Terapianavigaattori", ("Terapia-", "navigaattori")),
    ],
)
def test_compounds_are_broken_at_their_border(word: str, broken: tuple[str, ...]) -> None:
    assert lines(word, TITLE, 100) == broken


def test_other_words_are_broken_before_a_consonant_and_a_vowel() -> None:
    assert with_soft_hyphens("ylivuotovene", 5).split(SOFT_HYPHEN) == ["yli", "vuo", "to", "vene"]


def test_long_vowels_and_diphthongs_stay_together() -> None:
    assert with_soft_hyphens("saaristolautta", 5).split(SOFT_HYPHEN) == ["saa", "ris", "to", "lautta"]


def test_a_short_word_is_left_alone() -> None:
    assert with_soft_hyphens("arvio ja suunnitelma") == "arvio ja suunnitelma"


@given(titles)
def test_no_piece_of_a_broken_word_is_shorter_than_three_letters_at_its_ends(title: str) -> None:
    for word in title.split():
        assert all(SHORTEST_END <= place <= len(word) - SHORTEST_END for place in breaks(word))


@settings(deadline=None)
@given(titles, st.integers(45, 220))
def test_nothing_is_cut_and_nothing_is_too_wide(title: str, width: int) -> None:
    broken = lines(title, TITLE, width)

    assert all(TITLE.width(line) <= width for line in broken)
    assert _letters("".join(broken)) == _letters(title)


@given(titles, st.integers(60, 200), st.integers(1, 3))
def test_words_of_a_case_take_no_more_lines_than_were_kept(text: str, width: int, most: int) -> None:
    broken = shortened(text, SMALL, width, most)

    assert len(broken) <= most
    assert all(SMALL.width(line) <= width for line in broken)
    assert broken == lines(text, SMALL, width) or broken[-1].endswith("…")


@given(titles, st.integers(60, 200))
def test_a_broken_label_is_read_as_it_was_written(text: str, width: int) -> None:
    read = "".join(line + space for line, space in with_spaces(lines(text, TITLE, width), text))

    assert read.replace("-", "").strip() == text


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def test_a_dot_stays_with_what_it_follows_and_a_number_with_its_title() -> None:
    assert lines("Kotikäynti · Huoli-ilmoitus", SMALL, 90) == ("Kotikäynti ·", "Huoli-ilmoitus")
    assert lines("3. Hoitosuunnitelma", TITLE, 115) == ("3. Hoito-", "suunnitelma")
