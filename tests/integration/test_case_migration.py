"""Running cases go on by another version of their pathway: shown first, then done, and those that can't follow stay."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from cli.complaints import Refused
from cli.migrate import _plan
from engine import tables as t
from engine.case_migration import Migrated, MigrationPlan, migrate_all
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.published import publish
from engine.reader import read_pathway
from engine.shelf import load_shelf
from engine.verify import Verified, verify
from tests.clock import StoppedClock
from tests.small_county import PATHWAY, County, county

PROMISE = table_of(t.PromiseRow)
PLAN = MigrationPlan(promises={"aloitus": "keep_due", "palvelu": "keep_elapsed"})


@pytest.fixture
def somewhere(database_url: str, clock: StoppedClock) -> Iterator[County]:
    with county(database_url, clock) as settled:
        yield settled


def publish_second(where: County) -> None:
    """From now on cases begin on version 2, which gives a week more."""
    text = PATHWAY.replace("version: 1", "version: 2").replace("within: 1 week", "within: 2 weeks")
    second = read_pathway(text, "apu.yaml", load_shelf().shelf).definition
    with where.engine.database.begin() as connection:
        publish(connection, where.tenant_id, second, by="test", now=where.engine.clock.now())


def run(where: County, plan: MigrationPlan, *, dry: bool = False) -> Migrated:
    *_, done = migrate_all(where.engine, where.tenant_id, "apu", (1, 2), plan, dry=dry)
    return done


def versions(where: County) -> list[int]:
    with where.engine.database.read() as connection:
        return sorted(connection.execute(select(CASE.c.version)).scalars())


def promises(where: County, case_id: str) -> list[Any]:
    with where.engine.database.read() as connection:
        mine = select(PROMISE).where(PROMISE.c.case_id == case_id).order_by(PROMISE.c.key, PROMISE.c.cycle)
        return list(connection.execute(mine))


@pytest.mark.rule(21)
def test_a_dry_run_says_what_would_move_and_writes_nothing(somewhere: County) -> None:
    cases = [somewhere.open_case() for _ in range(3)]
    before = [promises(somewhere, case_id) for case_id in cases]
    publish_second(somewhere)

    done = run(somewhere, PLAN, dry=True)

    assert (done.waiting, done.moved, done.refused) == (3, 3, 0)
    assert versions(somewhere) == [1, 1, 1]
    assert [promises(somewhere, case_id) for case_id in cases] == before


@pytest.mark.rule(21)
def test_cases_move_once_and_their_journals_say_the_same_as_their_rows(somewhere: County) -> None:
    case_id = somewhere.open_case()
    publish_second(somewhere)

    first, second = run(somewhere, PLAN), run(somewhere, PLAN)

    assert (first.moved, second.waiting, second.moved) == (1, 0, 0)
    assert [(p.key, p.cycle, p.goal) for p in promises(somewhere, case_id)] == [
        ("aloitus", 1, "1 working day"),
        ("palvelu", 1, "1 week"),
        ("palvelu", 2, "2 weeks"),
    ]
    done = Verified()
    assert sum(verify(somewhere.engine, done)) == 1
    assert done.found == []


@pytest.mark.rule(21)
def test_a_case_with_a_promise_nobody_chose_for_stays_and_the_reason_counts(somewhere: County) -> None:
    for _ in range(2):
        somewhere.open_case()
    publish_second(somewhere)

    done = run(somewhere, MigrationPlan(promises={"aloitus": "keep_due"}))

    assert versions(somewhere) == [1, 1]
    ((why, (numbers, count)),) = done.stayed.items()
    assert "palvelu is running; choose one of: keep_due, keep_elapsed, restart, drop" in why
    assert (len(numbers), count) == (2, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [("promises: {palvelu: keep}", "promises.palvelu"), ("steps: [a]", "steps"), ("promise: {}", "promise")],
)
def test_a_plan_that_can_not_be_read_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(Refused, match=said):
        _plan(file)
