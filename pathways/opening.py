"""When a step that waits becomes work to do: a span after another step, an age of the client, or by a recorded date."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

from pathways.definition_errors import UnreadableOpening

_AFTER = re.compile(r"([1-9]\d*) (day|week|month|year)s? after ([a-z][a-z0-9_]*)")
_DATE = re.compile(r"(?:on|([1-9]\d*) (day|week|month)s? (before|after)) date ([a-z][a-z0-9_]*)")
_AGE = re.compile(r"at age ([1-9]\d*) years?(?: ([1-9]\d*) months?)?")


@dataclass(frozen=True, slots=True)
class OpensAfter:
    """So many days, weeks, months or years after another step is done, at 00.00 of that day."""

    number: int
    unit: str
    step: str


@dataclass(frozen=True, slots=True)
class OpensAtAge:
    """On the day the primary client reaches this age."""

    months: int


@dataclass(frozen=True, slots=True)
class OpensByDate:
    """So many days, weeks or months before (negative) or after a date recorded in a field, at 00.00 of that day.

    A step whose date isn't known, or is past, opens at once: nothing waits for what nobody wrote down.
    """

    number: int
    unit: str
    field: str


Opening = OpensAfter | OpensAtAge | OpensByDate


def parse_opening(text: str) -> Opening:
    """Return when a step opens: `3 months after loppuarvio`, `at age 17 years 6 months`, `60 days before date paattyy`."""
    after = _AFTER.fullmatch(text)
    if after:
        return OpensAfter(int(after[1]), after[2], after[3])
    age = _AGE.fullmatch(text)
    if age:
        return OpensAtAge(int(age[1]) * 12 + int(age[2] or 0))
    date = _DATE.fullmatch(text)
    if date:
        number = int(date[1] or 0)
        return OpensByDate(-number if date[3] == "before" else number, date[2] or "day", date[4])
    raise UnreadableOpening(text)


def _is_opening(text: str) -> str:
    parse_opening(text)
    return text


OpeningText = Annotated[str, AfterValidator(_is_opening)]
