"""Where a long word may be broken: best at the border of a compound, else at a syllable.

Borders are known where the second part is one of the common words of services in compound_parts.txt. The syllable rule is the
school's: a syllable begins with the consonant before a vowel (CV). At least three letters stay on each side.
"""

import re
from functools import cache
from importlib.resources import files
from itertools import pairwise

VOWELS = frozenset("aeiouyåäöéü")
SHORTEST_END = 3
SOFT_HYPHEN = "\u00ad"
_TOGETHER = frozenset({
    "aa", "ee", "ii", "oo", "uu", "yy", "ää", "öö", "ai", "ei", "oi", "ui", "yi", "äi", "öi",
    "au", "eu", "iu", "ou", "ey", "iy", "äy", "öy", "ie", "uo", "yö",
})  # fmt: skip
"""Long vowels and diphthongs are never parted."""


def borders(word: str) -> list[int]:
    """Return where the parts of a compound meet, as numbers of letters before the border."""
    return [found.start() for found in _border().finditer(word.lower()) if found.start() <= len(word) - SHORTEST_END]


def breaks(word: str) -> list[int]:
    """Return every place where the word may be broken; none stands within two letters of a border."""
    known = borders(word)
    letters = word.lower()
    syllables = (p for p in range(SHORTEST_END, len(word) - SHORTEST_END + 1) if _begins_syllable(letters, p))
    return sorted({*known, *(p for p in syllables if all(abs(p - border) > 2 for border in known))})


def with_soft_hyphens(text: str, longest: int = 12) -> str:
    """Return the text with soft hyphens in the words that have more than so many letters."""
    return " ".join(_softened(word) if len(word) > longest else word for word in text.split(" "))


def _begins_syllable(word: str, place: int) -> bool:
    before, here, after = word[place - 1], word[place], word[place + 1 : place + 2]
    if not (before.isalpha() and here.isalpha()):
        return False
    if here in VOWELS:
        return before in VOWELS and before + here not in _TOGETHER and _has_consonant(word[place:])
    return after != "" and after in VOWELS and any(letter in VOWELS for letter in word[:place])


def _has_consonant(end: str) -> bool:
    return any(letter not in VOWELS for letter in end)


def _softened(word: str) -> str:
    places = [0, *breaks(word), len(word)]
    return SOFT_HYPHEN.join(word[start:end] for start, end in pairwise(places))


@cache
def _border() -> re.Pattern[str]:
    """Match the place before a known second part, with three letters or more before it."""
    text = files("engine.drawing").joinpath("compound_parts.txt").read_text(encoding="utf-8")
    parts = [line for line in text.splitlines() if not line.startswith("#")]
    return re.compile(rf"(?<=\w{{3}})(?={'|'.join(parts)})")
