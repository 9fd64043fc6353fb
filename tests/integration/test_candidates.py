"""The nightly counting on both databases: what is counted, who is found, what is left out, and that it repeats itself."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select, update
from typer.testing import CliRunner

from cli.__main__ import app_for
from engine.candidate_counts import Wanted, counted_clients
from engine.candidate_rules import RuleBook, load_rule_book
from engine.candidates import CANDIDATE, HIT, Progress, find_candidates
from engine.clients import CLIENT
from engine.clock import SystemClock
from engine.ids import new_id
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.tables import ExternalCountRow
from pathways import commands as c
from pathways.time_zone import HELSINKI
from tests.clock import StoppedClock
from tests.town import SECRET, Town, town

EXTERNAL = table_of(ExternalCountRow)


def the_rules() -> RuleBook:
    book = load_rule_book()
    assert book is not None
    return book


@pytest.fixture
def here(database_url: str) -> Iterator[Town]:
    with town(database_url) as settled:
        yield settled


@pytest.fixture
def small(sqlite_url: str) -> Iterator[Town]:
    """For what doesn't depend on the database."""
    with town(sqlite_url) as settled:
        yield settled


def run(here: Town, book: RuleBook | None = None, **more: Any) -> Progress:
    *_, last = find_candidates(here.engine, here.tenant_id, book or the_rules(), **more)
    return last


def told(here: Town, client_id: str, kind: str, days_ago: int, number: int = 1, **more: Any) -> None:
    """What another system tells the eastern unit."""
    day = here.now.astimezone(HELSINKI).date() - timedelta(days=days_ago)
    row: dict[str, Any] = {
        "tenant_id": here.tenant_id,
        "count_id": new_id(here.now),
        "client_id": client_id,
        "unit_id": here.units["ita"],
        "register_kind": "terveys",
        "kind": kind,
        "happened_on": day,
        "happened_at": here.now - timedelta(days=days_ago),
        "number": number,
        "source": "potilastietojärjestelmä",
        "reference": new_id(here.now),
        "planned": False,
        "recorded_at": here.now,
        "recorded_by": here.workers["nurse"],
    }
    with here.engine.database.begin() as connection:
        connection.execute(insert(EXTERNAL).values(**row | more))


def counted(here: Town, client_id: str, book: RuleBook | None = None) -> dict[str, Any]:
    with here.engine.database.read() as connection:
        every = counted_clients(connection, book or the_rules(), Wanted(here.tenant_id, client_id), here.now)
        (found,) = list(every)
    return {name.removeprefix("count."): value for name, value in found.counted.own.items()}


def rows(here: Town, table: Any) -> list[Any]:
    with here.engine.database.read() as connection:
        return list(connection.execute(select(table)).mappings())


def often_in_care(here: Town) -> str:
    """A client with four emergency visits and ten visits to a physician, which two of the rules notice."""
    client_id = here.add_client()
    here.open_case("apu", client_id)
    for visit in range(10):
        told(here, client_id, "contacts", visit * 20, profession="laakari", mode="face_to_face")
    told(here, client_id, "ed_visits", 30, number=4)
    return client_id


def test_contacts_of_the_units_journal_and_of_other_systems_are_counted(here: Town) -> None:
    client_id = here.add_client()
    case_id = here.open_case("apu", client_id)
    here.act(case_id, "call")
    here.act(case_id, "meeting")  # the same worker the same day: one contact
    here.act(case_id, "attempt")
    here.act(case_id, "call", who="therapist")
    told(here, client_id, "contacts", 5, number=2, profession="laakari", mode="face_to_face")
    told(here, client_id, "contacts", 400, profession="laakari")

    found = counted(here, client_id)

    assert (found["asioinnit"], found["kontaktit"], found["laakarikontaktit"]) == (4, 4, 2)
    assert found["ammatteja"] == 3
    assert found["kontaktit_kasvokkain"] == 3


def test_what_nobody_has_told_is_not_counted_as_none(here: Town) -> None:
    client_id = here.add_client()
    here.open_case("apu", client_id)
    told(here, client_id, "ed_visits", 1, number=0)  # looked, and there were none

    found = counted(here, client_id)

    assert found["paivystyskaynnit"] == 0
    assert found.keys().isdisjoint({"laakarikontaktit", "ensihoitotehtavat", "saapumatta"})
    assert (found["sama_asia"], found["rikkoutuneet_lupaukset"], found["palvelualueita"]) == (1, 0, 1)


def test_repeated_contacts_and_broken_promises_are_counted_by_case(small: Town) -> None:
    client_id = small.add_client()
    small.open_case("apu", client_id)
    small.open_case("apu", client_id)
    small.open_case("nuorten_mielenterveys", client_id)

    assert counted(small, client_id)["sama_asia"] == 2


def test_a_planned_series_is_left_out(small: Town) -> None:
    client_id = small.add_client()
    small.open_case("apu", client_id)
    told(small, client_id, "contacts", 3, series="dialyysi", profession="laakari")
    told(small, client_id, "contacts", 4, series="haavahoito", profession="laakari")  # without a plan it counts
    told(small, client_id, "contacts", 5, series="haavahoito", planned=True, profession="laakari")

    assert counted(small, client_id)["laakarikontaktit"] == 1


def test_a_case_of_many_is_found_with_every_reason(here: Town) -> None:
    client_id = often_in_care(here)

    done = run(here)

    (candidate,) = rows(here, CANDIDATE)
    assert (done.looked_at, done.found, candidate["client_id"]) == (1, 1, client_id)
    assert (candidate["state"], candidate["points"], candidate["found_by"]) == ("open", 4, "rule")
    assert candidate["due_on"] == date(2026, 12, 15)  # ten working days; Independence Day is a Sunday
    hits = {hit["rule"]: hit for hit in rows(here, HIT)}
    assert set(hits) == {"H1", "H5"}
    assert hits["H1"]["counts"] == {"laakarikontaktit": 10}
    assert hits["H1"]["thresholds"] == {"h1_laakarikontakteja": 10}


def test_the_same_night_twice_writes_nothing_new(here: Town) -> None:
    often_in_care(here)
    run(here)
    before = rows(here, CANDIDATE)

    again = run(here)

    assert (again.found, again.renewed) == (0, 1)
    assert rows(here, CANDIDATE) == before


def test_a_dry_run_tells_and_writes_nothing(small: Town) -> None:
    often_in_care(small)

    told_only = run(small, dry_run=True)

    assert (told_only.found, dict(told_only.hits)) == (1, {"H1": 1, "H5": 1})
    assert rows(small, CANDIDATE) == []


def test_nothing_happens_to_the_client_by_itself(small: Town) -> None:
    often_in_care(small)
    before = rows(small, CASE)

    run(small)

    assert rows(small, CASE) == before


def test_a_restricted_client_is_not_counted_at_all(small: Town) -> None:
    client_id = often_in_care(small)
    with small.engine.database.begin() as connection:
        connection.execute(update(CLIENT).where(CLIENT.c.client_id == client_id).values(restricted=True))

    assert run(small).looked_at == 0


def test_what_another_unit_was_told_counts_only_where_the_county_allows_it(here: Town) -> None:
    client_id = here.add_client()
    here.open_case("apu", client_id)
    here.open_case("apu", here.add_client(name="Muu Testinen"))
    a_case_in_the_west(here, client_id)
    for kind in ("ed_visits", "emergency_tasks"):
        told(here, client_id, kind, 3, number=4, unit_id=here.units["lansi"])

    alone = run(here, dry_run=True)
    allowed = run(here, replace(the_rules(), cross_register=True), dry_run=True)

    assert (alone.looked_at, alone.found) == (3, 1)  # the western unit's own list, where both rules hold
    assert allowed.found == 2  # the eastern unit too: it handles the same client
    assert dict(allowed.hits) == {"H5": 2, "H9": 2}


def a_case_in_the_west(here: Town, client_id: str) -> None:
    contact = c.TakeContact(
        contact_id=new_id(here.now),
        new_case_id=new_id(here.now),
        new_client_id=new_id(here.now),
        pathway="nuorten_mielenterveys",
        client_id=client_id,
        channel="puhelin",
        matter="Apua.",
        received_at=here.now,
    )
    here.do(contact, "stranger")


def test_counting_asks_as_many_questions_of_few_as_of_many(small: Town) -> None:
    def asked() -> int:
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement.lstrip().startswith(("SELECT", "WITH")):
                statements.append(statement)

        event.listen(small.engine.database.engine, "before_cursor_execute", note)
        run(small, dry_run=True)
        event.remove(small.engine.database.engine, "before_cursor_execute", note)
        return len(statements)

    often_in_care(small)
    few = asked()
    for number in range(4):
        small.open_case("apu", small.add_client(name=f"Aino {number}"))

    assert asked() == few


def test_the_percentile_is_of_the_age_class_and_needs_enough_people(here: Town) -> None:
    book = the_rules()
    counts = dict(book.said.counts) | {
        "persentiili": book.said.counts["persentiili"].model_copy(update={"smallest": 4})
    }
    few = replace(book, said=book.said.model_copy(update={"counts": counts}))
    for number in range(4):
        client_id = here.add_client(name=f"Aino {number}", born=date(1980, 1, 1 + number))
        here.open_case("apu", client_id)
        told(here, client_id, "contacts", 3, number=number + 1)
    old = here.add_client(name="Vanha", born=date(1940, 1, 1))
    here.open_case("apu", old)
    told(here, old, "contacts", 3, number=9)

    with here.engine.database.read() as connection:
        every = list(counted_clients(connection, few, Wanted(here.tenant_id), here.now))
    found = {one.counted.own["count.asioinnit"]: one.counted.own.get("count.persentiili") for one in every}

    assert found == {1: 0, 2: 33, 3: 66, 4: 100, 9: None}
    assert "persentiili" not in counted(here, old)


def test_many_contacts_in_two_years_are_persistent(small: Town) -> None:
    client_id = small.add_client()
    small.open_case("apu", client_id)
    for year in range(2):
        told(small, client_id, "contacts", 30 + 365 * year, number=10, profession="laakari")

    run(small)

    assert {hit["rule"]: hit["counts"] for hit in rows(small, HIT)} == {
        "H1": {"laakarikontaktit": 10},
        "H4": {"vuosia": 2},
    }


def test_noted_concern_and_words_are_taken_from_open_cases(here: Town) -> None:
    client_id = here.add_client()
    case_id = here.open_case("nuorten_mielenterveys", client_id)
    here.do(c.NoteFact(case_id=case_id, name="case.concern", value=3))
    here.do(c.NoteFact(case_id=case_id, name="client.tells_again", value=True))
    here.do(c.NoteFact(case_id=case_id, name="case.services", value="paljon"))  # not a number: as good as not noted

    found = counted(here, client_id)
    run(here)

    assert (found["case.concern"], found["client.tells_again"]) == (3, True)
    assert "case.services" not in found
    assert {hit["rule"] for hit in rows(here, HIT)} == {"H12", "H13"}
    assert rows(here, CANDIDATE)[0]["found_by"] == "self"


def test_the_command_shows_first_and_then_does(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("PATHWAYS_SECRET_KEY", SECRET)
    with town(sqlite_url, StoppedClock(SystemClock().now())) as settled:  # the command has the machine's own clock
        often_in_care(settled)

        shown = CliRunner().invoke(app_for(["candidates"]), ["candidates", "--dry-run"])
        before = rows(settled, CANDIDATE)
        done = CliRunner().invoke(app_for(["candidates"]), ["candidates", "--format", "json"])

        assert "1 would be proposed, 0 stand as before, 0 would be taken off the list." in shown.output
        assert before == []
        assert json.loads(done.stdout)["hits"] == {"H1": 1, "H5": 1}
        assert len(rows(settled, CANDIDATE)) == 1
