"""Near misses: the known word a writer probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def near_miss(word: str, known: Iterable[str]) -> str | None:
    """Return the known word closest to this one, if any is close enough to be meant."""
    matches = get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean "…"?`, or nothing."""
    meant = near_miss(word, known)
    return f'; did you mean "{meant}"?' if meant else ""


def near_or_nothing(word: str, known: Iterable[str]) -> str:
    """Return the near miss alone, or an empty text: a finding says it in the reader's language."""
    return near_miss(word, known) or ""
