"""Rows are written together or not at all, one case's or many cases' at once, and alike on both databases."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine import tables as t
from engine.change_set import ChangeSet, LostRace, Update, write_all
from engine.projection import CASE_TABLE, table_of
from engine.store import Ask, load_case, load_cases
from pathways.actor import Actor
from tests.clock import StoppedClock
from tests.county import County, a_county

CHANGE, OUTBOX, RUN = table_of(t.ChangeRow), table_of(t.OutboxRow), table_of(t.StepRunRow)


@pytest.fixture
def county(database_url: str, clock: StoppedClock) -> Iterator[County]:
    with a_county(database_url, clock) as made:
        yield made


@pytest.fixture
def nurse(county: County) -> Actor:
    return county.worker("Aino Esimerkki", "sairaanhoitaja")


def moved(county: County, case_id: str, *, sequence: int) -> ChangeSet:
    """A change of the case's language that hangs on how far its journal is, with a message beside it."""
    changes = ChangeSet()
    key = {"tenant_id": county.tenant_id, "case_id": case_id}
    changes.guard = Update(CASE_TABLE, key, {"language": "sv", "sequence": sequence + 1}, {"sequence": sequence})
    now = county.clock.now()
    message = {"tenant_id": county.tenant_id, "message_id": case_id, "case_id": case_id, "kind": "test", "tries": 0}
    changes.insert(OUTBOX, [{**message, "payload": {"to": ["ä'\""], "on": None}, "made_at": now}])
    changes.insert(CHANGE, [{"tenant_id": county.tenant_id, "topic": "case", "subject_id": case_id, "at": now}])
    return changes


def opened(county: County, nurse: Actor, how_many: int) -> list[tuple[str, str]]:
    return [(county.tenant_id, county.contact(nurse).case_id) for _ in range(how_many)]


def test_nothing_is_written_once_the_guarded_row_has_changed(county: County, nurse: Actor) -> None:
    [(_, case_id)] = opened(county, nurse, 1)

    with pytest.raises(LostRace), county.engine.database.begin() as connection:
        moved(county, case_id, sequence=3).write(connection)

    with county.engine.database.read() as connection:
        assert connection.execute(select(func.count()).where(OUTBOX.c.kind == "test")).scalar() == 0
        [loaded] = load_cases(connection, [(county.tenant_id, case_id)])
    assert loaded.case.language == "fi"


def test_many_cases_are_loaded_and_written_at_once(county: County, nurse: Actor) -> None:
    cases = opened(county, nurse, 3)
    with county.engine.database.begin() as connection:
        loaded = load_cases(connection, cases)
        write_all(connection, [moved(county, each.case.case_id, sequence=each.case.sequence) for each in loaded])

    with county.engine.database.read() as connection:
        after = {each.case.case_id: each.case for each in load_cases(connection, cases)}
        messages = connection.execute(select(OUTBOX.c.payload).where(OUTBOX.c.kind == "test")).scalars().all()
    assert {case.language for case in after.values()} == {"sv"}
    assert [after[each.case.case_id].sequence for each in loaded] == [each.case.sequence + 1 for each in loaded]
    assert messages == [{"to": ["ä'\""], "on": None}] * 3


def test_loading_many_at_once_says_of_each_what_loading_it_alone_says(county: County, nurse: Actor) -> None:
    cases = opened(county, nurse, 2)
    county.clock.advance(minutes=20)
    county.outcome(cases[0][1], "vastaanotto", "jatkuu", nurse)
    with county.engine.database.read() as connection:
        many = {
            each.case.case_id: each for each in load_cases(connection, [*cases, (county.tenant_id, nurse.worker_id)])
        }
        alone = [load_case(connection, *case, Ask(), lock=False) for case in cases]

    assert [many[case_id] for _, case_id in cases] == alone
    assert len(many) == 2


def test_what_differs_between_sets_of_one_shape_stays_with_its_row(county: County, nurse: Actor) -> None:
    cases = opened(county, nurse, 2)
    later = county.clock.now() + timedelta(minutes=7)
    with county.engine.database.begin() as connection:
        runs = [run for each in load_cases(connection, cases) for run in each.case.runs.values()]
        sets = []
        for number, run in enumerate(runs):
            changes = ChangeSet()
            key = {"tenant_id": county.tenant_id, "run_id": run.run_id}
            changes.update(
                RUN, key, {"visit": number + 5, "opens_at": later if number else None, "missing": ["a", "b"]}
            )
            sets.append(changes)
        write_all(connection, sets)

    with county.engine.database.read() as connection:
        after = {run.run_id: run for each in load_cases(connection, cases) for run in each.case.runs.values()}
    assert [(after[run.run_id].visit, after[run.run_id].opens_at) for run in runs] == [(5, None), (6, later)]
    assert {run.missing for run in after.values()} == {("a", "b")}
