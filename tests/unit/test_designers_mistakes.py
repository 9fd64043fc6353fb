"""The page of designers' mistakes says what the checker answers today, and what it calls right is right."""

import pytest

from tests.definitions.breaking import codes_in
from tests.designers_mistakes import COUNTY, KINDS, OF_COUNTY, PAGE, Mistake, answer, findings_of_county, page, right

MISTAKES = [mistake for mistakes in KINDS.values() for mistake in mistakes]


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m tests.designers_mistakes"


def test_there_are_three_mistakes_of_every_kind() -> None:
    assert {len(mistakes) for mistakes in (*KINDS.values(), OF_COUNTY)} == {3}
    assert len(KINDS) == 7


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.broken)
def test_what_the_page_calls_right_is_not_found(mistake: Mistake) -> None:
    assert answer(mistake).code not in codes_in(right(mistake))


def test_a_county_without_the_mistakes_is_not_found() -> None:
    assert findings_of_county(COUNTY) == ()
