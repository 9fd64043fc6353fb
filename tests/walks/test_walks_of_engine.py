"""Every pathway through the real engine and its database: what the page offers is what can be done, and journals replay."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from engine.database import Database
from engine.read_models.case_view import case_view
from engine.verify import Verified, verify
from pathways.errors import UnknownThing
from tests.clock import StoppedClock
from tests.small_county import running_engine
from tests.walks.test_walks_of_rules import CHOICES, MOSTLY, PATHWAYS, compiled, take
from tests.walks.walking import Walk, way_to_an_end
from tests.walks.world import EngineWorld, WalkingCounty, settle_walkers


@contextmanager
def walkers(url: str) -> Iterator[WalkingCounty]:
    database, clock = Database.open(url), StoppedClock()
    try:
        yield settle_walkers(running_engine(database, clock), clock, tuple(compiled(name) for name in PATHWAYS))
    finally:
        database.dispose()


FIRST_FIVE = ("ppt", "nuorten_mielenterveys", "ikaihmisen_kotona_asuminen", "tyokyky", "vastaanotto_jonotta")
"""The ones to be approved first; the others walk in `./test --full`."""


@pytest.mark.parametrize("name", PATHWAYS)
def test_the_page_offers_what_can_be_done_and_the_journal_tells_the_same(
    name: str, sqlite_url: str, full: bool
) -> None:
    if not full and name not in (*FIRST_FIVE, "lahisuhdevakivalta"):
        pytest.skip("in ./test --full")
    chance = Random(name)
    with walkers(sqlite_url) as county:
        walk_by(county, name, [(chance.randint(0, 60), chance.randint(0, 40)) for _ in range(25)])
        if full:
            walk = given(CHOICES)(lambda choices: walk_by(county, name, choices))
            settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])(walk)()
        done = Verified()
        for _ in verify(county.engine, done):
            pass

    assert done.found == []
    assert done.events > 5


def walk_by(county: WalkingCounty, name: str, choices: list[tuple[int, int]]) -> None:
    walk = Walk(county.walk_on(compiled(name)))
    for choice, number in choices:
        offers = walk.offers()
        if not offers:
            break
        assert_page_offers(county, walk)
        going_on = [offer for offer in offers if not walk.closes_by(offer)]
        offered = going_on if going_on and choice <= MOSTLY else offers
        take(walk, offered[choice % len(offered)], number)
    way_to_an_end(walk)


def assert_page_offers(county: WalkingCounty, walk: Walk) -> None:
    """The page shows every outcome that the rules know, to somebody, and no other."""
    world = walk.world
    assert isinstance(world, EngineWorld)
    shown: set[tuple[str, str]] = set()
    for actor in (county.everybody, county.lead):
        with suppress(UnknownThing), county.engine.reading(actor) as reading:
            page = case_view(reading, world.case_id, "fi")
            shown |= {(run.run_id, each.key) for run in page.runs if "outcome" in run.can for each in run.outcomes}
    possible = {(offer.run_id, offer.what) for offer in walk.offers() if offer.kind == "outcome"}
    assert shown == possible, walk.told()
