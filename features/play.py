"""Plays a scenario in its world: every sentence is understood, time passes when it says so, and it is done or checked."""

import re
from collections.abc import Sequence
from datetime import datetime

import features.steps  # noqa: F401 - teaches the vocabulary its sentences
from features.feature_file import StepLine
from features.reading import DAY, MOMENT, Reader, on_day
from features.sentences import VOCABULARY, Table, Understood, UnknownSentence
from features.virtual_time import MORNING
from features.world import BEGINS, CheckFailed, World
from pathways.time_words import Language
from pathways.time_zone import HELSINKI

REFUSALS = "refusal"
"""The noun of the sentences that expect a refusal; before any other one a refusal fails the scenario."""


def play(world: World, steps: Sequence[StepLine]) -> None:
    """Play every step, in order."""
    for line in steps:
        play_step(world, line.text, line.table)
    world.check_nothing_refused()


def play_step(world: World, text: str, table: Table | None = None) -> None:
    """Do or check what one sentence says."""
    understood = VOCABULARY.understand(text, world.reader)
    if understood.step.noun != REFUSALS:
        world.check_nothing_refused()
    world.sentence = text
    if understood.step.says == "then":
        world.checking = True
    else:
        world.something_is_done()
    if understood.when:
        world.pass_to(world.time.instant(understood.when))
    understood.step.function(world, **understood.blanks, **_table(understood, table))


def _table(understood: Understood, table: Table | None) -> dict[str, Table]:
    if understood.step.takes_table and table is not None:
        return {"table": table}
    if understood.step.needs_table or table is not None:
        raise CheckFailed("this sentence takes a table" if table is None else "this sentence takes no table")
    return {}


def begins(texts: Sequence[str], language: Language) -> datetime:
    """When a scenario's world begins: at eight on the first day it names, or at that moment when it is earlier."""
    reader = Reader(language)
    for text in texts:
        try:
            understood = VOCABULARY.understand(text, reader)
        except UnknownSentence:
            continue
        named = understood.blanks.get("now") or _named(understood.when or understood.blanks.get("until"), reader)
        if named:
            return min(named, on_day(named.astimezone(HELSINKI).date(), MORNING))
    return BEGINS


def _named(when: str | None, reader: Reader) -> datetime | None:
    """The instant these words name by themselves, whatever the time is."""
    if when and re.fullmatch(MOMENT, when, re.IGNORECASE):
        return reader.moment(when)
    if when and re.fullmatch(DAY, when, re.IGNORECASE):
        return on_day(reader.day(when), MORNING)
    return None
