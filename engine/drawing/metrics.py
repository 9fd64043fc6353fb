"""How wide a text is in Source Sans 3, so that labels can be fitted before any browser sees them."""

from functools import cache
from importlib.resources import files
from typing import Literal

Weight = Literal[400, 600, 650]
_COLUMN: dict[Weight, int] = {400: 1, 600: 2, 650: 3}
_WIDEST = 1000
"""What a letter outside the table is taken to measure: a whole em, so that a label is never cut."""


def text_width(text: str, size: float, weight: Weight = 400) -> float:
    """Return the width in the unit of `size`, without kerning."""
    widths = _widths(weight)
    return sum(widths.get(letter, _WIDEST) for letter in text) * size / 1000


@cache
def _widths(weight: Weight) -> dict[str, int]:
    column = _COLUMN[weight]
    rows = (line.split("\t") for line in _table().splitlines() if not line.startswith("#"))
    return {chr(int(row[0], 16)): int(row[column]) for row in rows}


@cache
def _table() -> str:
    return files("engine.drawing").joinpath("source_sans_3_widths.tsv").read_text(encoding="utf-8")
