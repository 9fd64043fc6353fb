"""A hit in words: to the worker with its numbers, to the client plainly. The words are those of the run that made it."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.candidate_rules import SLOT, RuleBook
from pathways.definition_parts import Text

NOT_KNOWN = Text(fi="ei tietoa", sv="ingen uppgift", en="not known")


def hit_in_words(words: Text, counts: Mapping[str, Any], thresholds: Mapping[str, Any], language: str) -> str:
    """Fill the numbers in; one that nobody has told reads as such, never as 0."""
    known = {**thresholds, **counts}

    def said(name: str) -> str:
        value = known.get(name)
        return NOT_KNOWN.in_language(language) if value is None else str(value)

    return SLOT.sub(lambda slot: said(slot[1]), words.in_language(language))


def unknown_in_words(book: RuleBook, rules: Iterable[str], language: str) -> tuple[str, ...]:
    """What nobody has told: the titles of the counts for want of which a rule says nothing."""
    counts = book.said.counts
    named = (name for rule in rules if rule in book.rules for name in book.rules[rule].counts)
    return tuple(dict.fromkeys(counts[name].title.in_language(language) for name in named if name in counts))
