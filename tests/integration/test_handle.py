"""One command, one transaction: what is answered is there, nothing is there twice, the journal replays to the rows."""

import threading
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from sqlalchemy import select, text

from engine.projection import table_of
from engine.store import Ask, journal_of, load_case
from engine.tables import CaseEventRow, IdempotencyRow
from pathways import commands as c
from pathways.actor import Actor
from pathways.case import Case
from pathways.errors import KeyReused, NoSuchStep, OutcomeNotPossible, RevisionStale, TimeRefused, UnknownThing
from pathways.events import read_event
from tests.clock import StoppedClock
from tests.county import County, a_county


@pytest.fixture
def county(database_url: str, clock: StoppedClock) -> Iterator[County]:
    with a_county(database_url, clock) as made:
        yield made


@pytest.fixture
def nurse(county: County) -> Actor:
    return county.worker("Aino Esimerkki", "sairaanhoitaja")


def folded(county: County, case_id: str) -> Case:
    """The case as its journal alone says it."""
    case, last = Case(case_id=case_id, tenant_id=county.tenant_id), None
    with county.engine.database.read() as connection:
        for row in journal_of(connection, county.tenant_id, case_id):
            case = case.after(read_event(row["type"], row["v"], row["occurred_at"], row["actor"], row["payload"]))
            last = row
    assert last is not None
    return replace(case, sequence=last["sequence"], revision=last["revision"], recorded_at=last["recorded_at"])


def stored(county: County, case_id: str) -> Case:
    """The case as its rows say it, ended parts too."""
    with county.engine.database.read() as connection:
        loaded = load_case(connection, county.tenant_id, case_id, Ask(everything=True), lock=False)
    assert loaded is not None
    return loaded.case


def differing(first: Case, second: Case) -> list[str]:
    def plain(value: Any) -> Any:
        return dict(value) if hasattr(value, "items") else value

    names = [field.name for field in fields(Case)]
    return [name for name in names if plain(getattr(first, name)) != plain(getattr(second, name))]


@pytest.mark.rule(1)
def test_the_journal_replays_to_the_rows(county: County, nurse: Actor) -> None:
    county.worker("Salla Malli", "psykiatrinen_sairaanhoitaja", skills=("ipc",))
    case_id = county.contact(nurse, urgency="urgent").case_id
    county.clock.advance(minutes=20)
    county.act(case_id, nurse)
    county.outcome(case_id, "vastaanotto", "jatkuu", nurse)
    county.outcome(case_id, "kiireellisyys", "kiireeton", nurse)
    county.outcome(case_id, "hoidontarve", "tehty", nurse, answers={"phq_9a": 11, "yp_core": 17.5})
    county.engine.handle(c.RecordEvent(case_id=case_id, event="danger"), nurse)

    assert differing(folded(county, case_id), stored(county, case_id)) == []


def test_a_repeated_key_gives_the_same_answer_and_writes_nothing(county: County, nurse: Actor) -> None:
    case_id = county.contact(nurse).case_id
    first = county.outcome(case_id, "vastaanotto", "jatkuu", nurse, key="once")
    again = county.outcome(case_id, "vastaanotto", "jatkuu", nurse, key="once")

    assert (again.revision, dict(again.made), again.repeated) == (first.revision, dict(first.made), True)
    assert stored(county, case_id).visits["kiireellisyys"] == 1


def test_a_repeated_contact_opens_one_case(county: County, nurse: Actor) -> None:
    from engine.handle import Idempotency

    now = county.clock.now()
    command = c.TakeContact(
        contact_id=nurse.worker_id, new_case_id=nurse.worker_id, new_client_id=nurse.worker_id,
        pathway="nuorten_mielenterveys", channel="puhelin", received_at=now, matter="apua",
    )  # fmt: skip
    first = county.engine.handle(command, nurse, Idempotency("once", "d"))
    again = county.engine.handle(command, nurse, Idempotency("once", "d"))

    assert again.case_id == first.case_id
    assert again.repeated


def test_the_same_key_with_another_body_is_refused(county: County, nurse: Actor) -> None:
    case_id = county.contact(nurse).case_id
    county.outcome(case_id, "vastaanotto", "jatkuu", nurse, key="once")

    with pytest.raises(KeyReused):
        county.outcome(case_id, "kiireellisyys", "kiireeton", nurse, key="once")


def test_a_refusal_writes_nothing_and_does_not_use_up_its_key(county: County, nurse: Actor) -> None:
    case_id = county.contact(nurse).case_id
    before = stored(county, case_id)

    with pytest.raises(OutcomeNotPossible):
        county.outcome(case_id, "vastaanotto", "siirtyi", nurse, key="once")

    assert stored(county, case_id) == before
    county.outcome(case_id, "vastaanotto", "jatkuu", nurse, key="once")


def test_a_stale_revision_names_who_changed_the_case(county: County, nurse: Actor) -> None:
    other = county.worker("Salla Malli", "sairaanhoitaja")
    case_id = county.contact(nurse).case_id
    seen = stored(county, case_id).revision
    county.act(case_id, other)

    with pytest.raises(RevisionStale) as refused:
        county.outcome(case_id, "vastaanotto", "jatkuu", nurse, revision=seen)

    assert (refused.value.by, refused.value.what) == ("Salla Malli", "act_recorded")


def test_a_worker_of_another_unit_sees_no_such_case(county: County, nurse: Actor) -> None:
    stranger = replace(nurse, worker_id=county.unit_id, units=frozenset({county.tenant_id}))
    case_id = county.contact(nurse).case_id

    with pytest.raises(UnknownThing):
        county.act(case_id, stranger)


def test_an_unknown_pathway_names_those_that_can_be_started(county: County, nurse: Actor) -> None:
    from pathways.errors import PathwayNotStartable

    with pytest.raises(PathwayNotStartable) as refused:
        county.contact(nurse, pathway="nuorten_mielenterveis")

    assert refused.value.possible == ("nuorten_mielenterveys",)


def test_a_contact_from_the_future_is_refused(county: County, nurse: Actor) -> None:
    from datetime import timedelta

    with pytest.raises(TimeRefused):
        county.contact(nurse, received_at=county.clock.now() + timedelta(minutes=5))


def test_two_who_end_the_same_step_at_once_are_told_apart(county: County, nurse: Actor) -> None:
    case_id = county.contact(nurse).case_id
    told: list[str] = []

    def end() -> None:
        try:
            county.outcome(case_id, "vastaanotto", "jatkuu", nurse)
            told.append("done")
        except NoSuchStep:
            told.append("refused")

    both = [threading.Thread(target=end) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert sorted(told) == ["done", "refused"]
    assert differing(folded(county, case_id), stored(county, case_id)) == []


def test_one_key_used_by_eight_at_once_is_carried_out_once(county: County, nurse: Actor) -> None:
    case_id = county.contact(nurse).case_id
    answers: list[bool] = []
    threads = [
        threading.Thread(
            target=lambda: answers.append(county.outcome(case_id, "vastaanotto", "jatkuu", nurse, key="k").repeated)
        )
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [False] + [True] * 7


def test_words_people_write_are_nowhere_but_in_their_own_rows(county: County, nurse: Actor) -> None:
    case_id = county.contact(nurse, matter="SALAISUUS-1").case_id
    county.act(case_id, nurse, note="SALAISUUS-2", note_text_id=case_id)

    with county.engine.database.read() as connection:
        events = connection.execute(select(table_of(CaseEventRow).c.payload)).scalars().all()
        answers = connection.execute(select(table_of(IdempotencyRow).c.answer)).scalars().all()
        bodies = connection.execute(text("SELECT body FROM case_text ORDER BY written_at")).scalars().all()
    assert "SALAISUUS" not in str(events) + str(answers)
    assert bodies == ["SALAISUUS-1", "SALAISUUS-2"]
    assert any(case_id in (payload.get("digests") or {}) for payload in events)


def test_the_database_itself_refuses_a_second_responsible_party(county: County, nurse: Actor) -> None:
    from sqlalchemy.exc import IntegrityError

    case_id = county.contact(nurse).case_id
    key = case_id if county.engine.database.is_postgres else case_id.replace("-", "")
    copied = (
        "INSERT INTO assignment (tenant_id, assignment_id, case_id, kind, role, unit_id, since, ground, explanation)"
        " SELECT tenant_id, case_id, case_id, kind, role, unit_id, since, ground, explanation FROM assignment"
        " WHERE case_id = :case AND until IS NULL"
    )

    with pytest.raises(IntegrityError), county.engine.database.begin() as connection:
        connection.execute(text(copied), {"case": key})
