"""Every pathway by its rules alone: each outcome of each step is taken, from anywhere an end is reached."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from engine.machine import CompiledPathway
from engine.reader import read_definition, read_file
from engine.shelf import SHIPPED, load_shelf, pathway_files
from pathways.errors import PathwayError
from tests.walks.walking import Coverage, Offer, Walk, way_to_an_end, wrong_with
from tests.walks.world import RulesWorld

PATHWAYS = {path.stem: path for path in pathway_files([SHIPPED])}
MOST_WALKS = 250
MOST_MOVES = 55
MOSTLY = 57
CHOICES = st.integers(0, 40).flatmap(
    lambda moves: st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), min_size=moves, max_size=moves)
)
"""Which of the offers is taken, and with which answers, move by move; a failing walk shrinks to few and early ones."""


@cache
def compiled(name: str) -> CompiledPathway:
    path: Path = PATHWAYS[name]
    return CompiledPathway(read_definition(read_file(path), load_shelf().shelf).definition)


def check(walk: Walk) -> None:
    wrong = list(wrong_with(walk))
    assert not wrong, f"{wrong}\n{walk.told()}"


def take(walk: Walk, offer: Offer, number: int) -> None:
    """Whatever a page offers is done, not refused."""
    try:
        walk.take(offer, number)
    except PathwayError as refused:
        raise AssertionError(f"offered and refused: {type(refused).__name__}: {refused}\n{walk.told()}") from refused
    check(walk)


@pytest.mark.parametrize("name", PATHWAYS)
def test_every_outcome_of_every_step_can_be_taken_and_every_walk_ends(name: str) -> None:
    coverage = Coverage(compiled(name))
    for number in range(MOST_WALKS):
        missing = sorted(coverage.missing)
        if not missing:
            return
        walk = Walk(RulesWorld.of(compiled(name), number))
        _walk_towards(walk, coverage, missing[number % len(missing)][0], number)
        way_to_an_end(walk)
        coverage.note(walk)

    assert coverage.missing == set()


def _walk_towards(walk: Walk, coverage: Coverage, aim: str, number: int) -> None:
    """Take what nobody has taken, on the way to one step; steps opened by hand or by a day have their turn too."""
    for moves in range(MOST_MOVES):
        offers = walk.offers()
        coverage.note(walk)
        waits = any(run.step == aim and run.state == "waiting" for run in walk.world.case.open_runs)
        best = Offer("later") if waits else coverage.best(offers, aim)
        best = best or next(_opening(walk, coverage, offers, aim), None)
        if best is None:
            return
        take(walk, best, number * 7 + moves)


def _opening(walk: Walk, coverage: Coverage, offers: list[Offer], aim: str) -> Iterator[Offer]:
    """What opens a step that no outcome leads to from here: somebody's hand, an event, or time."""
    leads_there = coverage.ways_to(aim)
    yield from (offer for offer in offers if offer.kind == "by hand" and offer.what in leads_there)
    events = (offer for offer in offers if offer.kind == "event")
    yield from (
        offer for offer in events if any(step in leads_there for step in walk.pathway.events[offer.what].enters)
    )
    yield from (offer for offer in offers if offer.kind == "later")


@pytest.mark.parametrize("name", PATHWAYS)
def test_whatever_is_offered_is_done_one_party_answers_and_the_case_can_end(name: str, full: bool) -> None:
    @settings(max_examples=200 if full else 3, deadline=None)
    @given(CHOICES)
    def walks(choices: list[tuple[int, int]]) -> None:
        walk = Walk(RulesWorld.of(compiled(name)))
        for choice, number in choices:
            offers = walk.offers()
            if not offers:
                break
            going_on = [offer for offer in offers if not walk.closes_by(offer)]
            offered = going_on if going_on and choice <= MOSTLY else offers  # else most walks would end at once
            take(walk, offered[choice % len(offered)], number)
        way_to_an_end(walk)
        note(walk.told())
        check(walk)

    walks()


# --- that these tests can fail ---------------------------------------------------------------------------------


def test_a_case_that_nobody_answers_for_is_seen() -> None:
    walk = Walk(RulesWorld.of(compiled("ppt")))
    walk.world.run.case = replace(walk.world.case, assignments={})  # type: ignore[attr-defined]

    assert list(wrong_with(walk)) == ["0 parties answer for the case"]


def test_a_step_that_leads_nowhere_is_seen() -> None:
    definition = compiled("ppt").definition
    first, *_ = definition.steps
    lost = definition.steps[first].model_copy(update={"outcomes": {"jatkuu": first}, "repeat": None})
    walk = Walk(
        RulesWorld.of(CompiledPathway(definition.model_copy(update={"steps": {**definition.steps, first: lost}})))
    )

    with pytest.raises(AssertionError, match="came to no end"):
        way_to_an_end(walk, most=20)


def test_an_offer_that_is_refused_tells_the_story() -> None:
    walk = Walk(RulesWorld.of(compiled("ppt")))

    run = walk.world.case.open_runs[0]

    with pytest.raises(AssertionError, match=r"(?s)offered and refused: OutcomeNotPossible.*\n1\. 01\.12\.2026"):
        take(walk, Offer("outcome", run.step, "tuntematon", run.run_id), 0)
