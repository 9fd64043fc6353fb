"""Journals replay to the rows there are, and whoever changes either behind the engine's back is found."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, select, update

from engine import tables as t
from engine.keys import Keys
from engine.projection import table_of
from engine.seals import seal_journals
from engine.sweep import sweep
from engine.texts import digest_of
from engine.verify import Verified, verify
from pathways.commands import DecideOutcome, RecordAct, VoidBreach
from tests.clock import StoppedClock
from tests.small_county import County, county

CASE, EVENT, SEAL, ANCHOR, BREACH, TIER, PROMISE, ASSIGNMENT, TEXT = (
    table_of(model)
    for model in (
        t.ClientCase,
        t.CaseEventRow,
        t.SealRow,
        t.AnchorRow,
        t.BreachRow,
        t.TierRow,
        t.PromiseRow,
        t.AssignmentRow,
        t.CaseTextRow,
    )
)


@pytest.fixture
def lived_in(database_url: str, clock: StoppedClock) -> Iterator[County]:
    """Some weeks in a county: cases begun, late, voided and ended; all of it sealed but the last day."""
    with county(database_url, clock) as somewhere:
        cases = [somewhere.open_case() for _ in range(4)]
        for case_id in cases[:3]:
            somewhere.name_nurse(case_id)
        act = RecordAct(case_id=cases[0], act_id=cases[0], kind="call")
        somewhere.engine.handle(act, somewhere.nurse)
        clock.advance(days=12)
        sweep(somewhere.engine)
        with somewhere.engine.database.read() as connection:
            late = connection.execute(select(BREACH).where(BREACH.c.case_id == cases[1])).first()
        assert late is not None
        void = VoidBreach(case_id=cases[1], promise_id=late.promise_id, why="kirjattiin väärälle")
        somewhere.engine.handle(void, somewhere.lead)
        for case_id in cases[:2]:
            end = DecideOutcome(case_id=case_id, step="vastaanotto", outcome="valmis")
            somewhere.engine.handle(end, somewhere.nurse)
        clock.advance(seconds=10)
        seal_journals(somewhere.engine)
        yield somewhere


def verified(where: County) -> Verified:
    done = Verified()
    assert sum(verify(where.engine, done)) == done.cases
    return done


def found(where: County) -> set[str]:
    return {each.kind for each in verified(where).found}


def test_what_the_engine_wrote_is_in_order(lived_in: County) -> None:
    done = verified(lived_in)

    assert done.found == []
    assert (done.cases, done.unsealed_events, done.anchors) == (4, 0, 1)
    assert done.seals == 4


def test_what_is_not_sealed_yet_is_told_apart(lived_in: County, clock: StoppedClock) -> None:
    lived_in.open_case()

    done = verified(lived_in)

    assert done.found == []
    assert done.unsealed_cases == 1
    assert done.oldest_unsealed == clock.now()


def test_sealing_goes_on_where_it_ended(lived_in: County, clock: StoppedClock) -> None:
    case_id = lived_in.open_case()
    assert seal_journals(lived_in.engine).cases == 0  # it has not settled

    clock.advance(seconds=6)

    assert seal_journals(lived_in.engine).cases == 1
    assert seal_journals(lived_in.engine).cases == 0
    lived_in.name_nurse(case_id)
    clock.advance(seconds=6)
    assert seal_journals(lived_in.engine).cases == 1
    assert verified(lived_in).found == []


def test_a_case_no_change_told_of_is_sealed_within_the_hour(lived_in: County, clock: StoppedClock) -> None:
    lived_in.open_case()
    with lived_in.engine.database.begin() as connection:
        connection.execute(delete(table_of(t.ChangeRow)))
    clock.advance(minutes=59)
    assert seal_journals(lived_in.engine).cases == 0

    clock.advance(minutes=2)

    assert seal_journals(lived_in.engine).cases == 1


def test_each_ended_day_gets_one_anchor(lived_in: County, clock: StoppedClock) -> None:
    for _ in range(3):
        clock.advance(days=1)
        lived_in.open_case()
        clock.advance(seconds=6)
        seal_journals(lived_in.engine)
        seal_journals(lived_in.engine)

    done = verified(lived_in)

    assert (done.anchors, done.found) == (4, [])


def change_an_event(connection: Connection) -> None:
    first = connection.execute(select(EVENT).where(EVENT.c.type == "promise_breached")).first()
    assert first is not None
    same = (EVENT.c.case_id == first.case_id) & (EVENT.c.sequence == first.sequence)
    connection.execute(update(EVENT).where(same).values(occurred_at=first.occurred_at - timedelta(days=1)))


def change_a_row(connection: Connection) -> None:
    connection.execute(update(PROMISE).where(PROMISE.c.state == "late").values(state="kept"))


def drop_a_breach(connection: Connection) -> None:
    connection.execute(delete(BREACH).where(BREACH.c.voided_at.is_(None)))


def unvoid_a_breach(connection: Connection) -> None:
    connection.execute(update(BREACH).values(voided_at=None))


def drop_rungs(connection: Connection) -> None:
    connection.execute(delete(TIER).where(TIER.c.tier == "usual:x4"))


def drop_the_last_event(connection: Connection) -> None:
    case = connection.execute(select(CASE).where(CASE.c.state == "closed")).first()
    assert case is not None
    connection.execute(delete(EVENT).where(EVENT.c.case_id == case.case_id, EVENT.c.sequence == case.sequence))


def cut_a_journal_short(connection: Connection) -> None:
    """Somebody removes the end of a journal, and mends the rows so that they fit it."""
    case = connection.execute(select(CASE).where(CASE.c.state == "closed")).first()
    assert case is not None
    connection.execute(delete(EVENT).where(EVENT.c.case_id == case.case_id, EVENT.c.sequence == case.sequence))
    connection.execute(update(CASE).where(CASE.c.case_id == case.case_id).values(sequence=case.sequence - 1))


def drop_a_seal(connection: Connection) -> None:
    case = connection.execute(select(CASE).where(CASE.c.state == "closed")).first()
    assert case is not None
    connection.execute(delete(SEAL).where(SEAL.c.case_id == case.case_id))


def change_words(connection: Connection) -> None:
    connection.execute(update(TEXT).values(body="jotain muuta"))


def change_words_and_their_digest(connection: Connection) -> None:
    """Somebody writes other words, and mends the digest beside them; the journal names another."""
    connection.execute(update(TEXT).values(body="muuta", digest=digest_of("a", "muuta"), salt="a"))


def drop_words(connection: Connection) -> None:
    connection.execute(delete(TEXT))


def nobody_answers(connection: Connection) -> None:
    connection.execute(delete(ASSIGNMENT).where(ASSIGNMENT.c.until.is_(None)))


@pytest.mark.parametrize(
    ("tampering", "kind"),
    [
        (change_an_event, "seal_broken"),
        (change_a_row, "row_differs"),
        (drop_a_breach, "breach_differs"),
        (unvoid_a_breach, "breach_differs"),
        (drop_rungs, "rung_differs"),
        (drop_the_last_event, "event_missing"),
        (cut_a_journal_short, "journal_cut_short"),
        (drop_a_seal, "anchor_broken"),
        (nobody_answers, "row_differs"),
        (change_words, "words_differ"),
        (change_words_and_their_digest, "words_differ"),
        (drop_words, "words_missing"),
    ],
)
def test_a_change_behind_the_engines_back_is_found(
    lived_in: County, tampering: Callable[[Connection], None], kind: str
) -> None:
    with lived_in.engine.database.begin() as connection:
        tampering(connection)

    assert kind in found(lived_in)


def test_erased_words_are_no_finding(lived_in: County) -> None:
    with lived_in.engine.database.begin() as connection:
        connection.execute(update(TEXT).values(body=None, salt=None))

    assert verified(lived_in).found == []


def test_a_finding_names_the_field_and_no_value(lived_in: County) -> None:
    with lived_in.engine.database.begin() as connection:
        connection.execute(update(CASE).where(CASE.c.state == "open").values(municipality="Salaisuus"))

    differs = [each.where for each in verified(lived_in).found]

    assert set(differs) == {"municipality"}


def test_a_journal_no_release_can_read_is_a_finding_and_the_others_are_looked_at(lived_in: County) -> None:
    with lived_in.engine.database.begin() as connection:
        connection.execute(update(EVENT).where(EVENT.c.type == "case_closed").values(type="from_the_future"))

    done = verified(lived_in)

    assert {each.kind for each in done.found} >= {"event_unreadable"}
    assert done.cases == 4


def test_with_another_secret_the_seals_are_counted_as_not_checked(lived_in: County) -> None:
    lived_in.engine.keys = Keys.of("another secret altogether")

    done = verified(lived_in)

    assert (done.sealed_with_another_key, done.found) == (4, [])
