"""The personal identity code: which codes are valid, what they say and how little is shown."""

from datetime import date

import pytest

from pathways.errors import Malformed
from pathways.identity_code import CHECK_SIGNS, parse_identity_code


def a_code(beginning: str = "010190", sign: str = "-", number: str = "900") -> str:
    return f"{beginning}{sign}{number}{CHECK_SIGNS[int(beginning + number) % 31]}"


@pytest.mark.parametrize(
    ("sign", "year"),
    [("+", 1890), *((sign, 1990) for sign in "-YXWVU"), *((sign, 2090) for sign in "ABCDEF")],
)
def test_every_sign_names_its_century(sign: str, year: int) -> None:
    assert parse_identity_code(a_code(sign=sign)).birth_date == date(year, 1, 1)


def test_the_end_of_the_code_is_masked_also_where_it_is_printed_by_mistake() -> None:
    code = parse_identity_code(a_code())

    assert code.masked == "010190-****"
    assert code.text not in repr(code)


def test_a_code_is_read_as_people_write_it() -> None:
    written = a_code("131052", "-", "308")

    assert parse_identity_code(f" {written[:6].lower()}–{written[7:].lower()} ").text == written


@pytest.mark.parametrize(
    "wrong",
    ["", "010190", "010190-900", "010190G9000", "010190-9000x", "320190-900K", "٠١٠١٩٠-9001"],
)
def test_what_has_not_its_shape_is_refused_without_being_repeated(wrong: str) -> None:
    with pytest.raises(Malformed) as refused:
        parse_identity_code(wrong)

    assert not wrong or wrong not in str(refused.value)


def test_a_wrong_check_sign_is_refused() -> None:
    right = a_code()
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")

    with pytest.raises(Malformed, match="check_sign"):
        parse_identity_code(wrong)


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Malformed, match="birth_date"):
        parse_identity_code(a_code("310290"))


def test_numbers_nobody_can_have_are_refused() -> None:
    with pytest.raises(Malformed):
        parse_identity_code(a_code(number="001"))
