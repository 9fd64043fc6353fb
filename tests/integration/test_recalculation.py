"""Bulk recalculation: previewed, done once whoever is killed or comes twice, beside the sweep, and provable afterwards."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner, Result

from cli.__main__ import app_for
from engine import tables as t
from engine.calendars import shipped_calendars
from engine.database import Database
from engine.diagnosis import diagnose
from engine.handle import Engine
from engine.projection import table_of
from engine.published_calendars import publish_calendar
from engine.recalculation import Progress, preview, recalculate_all
from engine.sweep import sweep
from engine.verify import Verified, verify
from pathways.calendar import ServiceCalendar
from pathways.commands import CorrectTime, RecordAct
from pathways.errors import NotAllowed
from pathways.time_refusals import CalendarError
from tests.clock import StoppedClock
from tests.small_county import SECRET, County, county, running_engine

PROMISE, BREACH, EVENT, CONTACT, PROGRESS, CASE = (
    table_of(model)
    for model in (t.PromiseRow, t.BreachRow, t.CaseEventRow, t.Contact, t.RecalculationRow, t.ClientCase)
)
MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)  # ma 2.3.2026 klo 9: `aloitus` is due at the end of Tuesday
TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)
CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def somewhere(database_url: str, clock: StoppedClock) -> Iterator[County]:
    with county(database_url, clock) as made:
        yield made


@pytest.fixture
def small(sqlite_url: str, clock: StoppedClock) -> Iterator[County]:
    """For what is the same on every database."""
    with county(sqlite_url, clock) as made:
        yield made


def edited(version: int, *closed: date) -> ServiceCalendar:
    first = shipped_calendars().version("palveluaika", 1)
    reason = {"fi": "koulutuspäivä", "sv": "utbildningsdag", "en": "training day"}
    return first.model_copy(
        update={"version": version, "exceptions": {day: {"hours": (), "reason": reason} for day in closed}}
    )


def publish(where: County, calendar: ServiceCalendar) -> bool:
    engine = where.engine
    with engine.database.begin() as connection:
        new = publish_calendar(
            connection, where.tenant_id, engine.calendars, calendar, why="koulutus", by="system", now=engine.clock.now()
        )
        engine.shelf.look(connection, at_once=True)
    return new


def recalculated(engine: Engine, **more: Any) -> Progress:
    *_, last = recalculate_all(engine, **more)
    return last


def promises(where: County, key: str = "aloitus") -> list[Any]:
    with where.engine.database.read() as connection:
        return list(connection.execute(select(PROMISE).where(PROMISE.c.key == key).order_by(PROMISE.c.case_id)))


def told(where: County, type_: str) -> int:
    with where.engine.database.read() as connection:
        return len(connection.execute(select(EVENT.c.sequence).where(EVENT.c.type == type_)).all())


def differences(where: County) -> list[Any]:
    done = Verified()
    list(verify(where.engine, done))
    return done.found


@pytest.mark.rule(20)
def test_an_edit_is_previewed_and_then_moves_every_running_promise_once(somewhere: County, clock: StoppedClock) -> None:
    for _ in range(3):
        somewhere.open_case()
    kept = somewhere.open_case()
    somewhere.engine.handle(RecordAct(case_id=kept, act_id=kept, kind="call"), somewhere.nurse)
    clock.advance(minutes=5)
    publish(somewhere, edited(2, TUESDAY))

    seen = preview(somewhere.engine)
    assert (seen.total.promises, seen.total.later, seen.total.same, seen.total.breaches_voided) == (7, 3, 4, 0)
    assert {key: moves.later for key, moves in seen.by("promise").items()} == {"palvelu": 0, "aloitus": 3}
    assert told(somewhere, "promise_recalculated") == 0

    done = recalculated(somewhere.engine, batch=2)
    assert (done.done, done.moves.later, done.moves.same, done.failed) == (7, 3, 4, 0)
    assert {row.due_on for row in promises(somewhere) if row.state == "running"} == {WEDNESDAY}
    assert recalculated(somewhere.engine).done == 0
    assert told(somewhere, "promise_recalculated") == 7
    assert differences(somewhere) == []


@pytest.mark.rule(17, 20)
def test_breaches_are_voided_and_come_again_with_their_keys(somewhere: County, clock: StoppedClock) -> None:
    case_id = somewhere.open_case()
    somewhere.name_nurse(case_id)
    clock.advance(days=2, hours=2)
    sweep(somewhere.engine)
    publish(somewhere, edited(2, TUESDAY, WEDNESDAY))
    assert preview(somewhere.engine).total.breaches_voided == 1
    recalculated(somewhere.engine)
    (promise,) = promises(somewhere)
    assert (promise.state, promise.breach_voided_at is not None) == ("running", True)
    clock.advance(days=2)
    sweep(somewhere.engine)

    with somewhere.engine.database.read() as connection:
        rows = connection.execute(select(BREACH).where(BREACH.c.promise_id == promise.promise_id))
        found = [(row.number, row.voided_at is not None, row.void_why) for row in rows]
    assert sorted(found) == [(1, True, "calendar:palveluaika@2"), (2, False, None)]
    assert differences(somewhere) == []


def test_a_new_promise_starts_on_the_new_version_at_once(small: County) -> None:
    publish(small, edited(2, TUESDAY))
    small.open_case()

    (promise,) = promises(small)
    assert (promise.calendar, promise.due_on) == ("palveluaika@2", WEDNESDAY)
    assert preview(small.engine).total.promises == 0


def test_doctor_says_what_an_edit_has_not_reached(small: County) -> None:
    small.open_case()
    publish(small, edited(2, TUESDAY))

    (found,) = [each for each in diagnose(small.engine) if each.kind == "not_recalculated"]
    assert (found.count, "pathways recalculate" in found.remedy) == (2, True)
    recalculated(small.engine)
    assert [each for each in diagnose(small.engine) if each.kind == "not_recalculated"] == []


@pytest.mark.rule(20, 23)
def test_recalculations_and_a_sweep_at_once_do_everything_once(postgres_url: str, clock: StoppedClock) -> None:
    with county(postgres_url, clock) as somewhere:
        for _ in range(16):
            somewhere.open_case()
        clock.advance(days=2, hours=2)
        publish(somewhere, edited(2, TUESDAY))
        problems: list[Exception] = []

        def act(what: Callable[[Engine], object]) -> None:
            database = Database.open(postgres_url)
            try:
                what(running_engine(database, clock))
            except Exception as problem:  # noqa: BLE001 - whatever it is fails the test
                problems.append(problem)
            finally:
                database.dispose()

        recalculates = partial(recalculated, batch=3)
        threads = [threading.Thread(target=act, args=(what,)) for what in (recalculates, sweep, recalculates)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert problems == []
        assert told(somewhere, "promise_recalculated") == 32
        assert {row.due_on for row in promises(somewhere)} == {WEDNESDAY}
        assert {row.breach_voided_at is None for row in promises(somewhere) if row.breached_at} <= {False}
        assert differences(somewhere) == []


def test_another_process_reads_the_version_it_has_not_seen(small: County, clock: StoppedClock) -> None:
    other = running_engine(small.engine.database, clock)
    small.open_case()
    publish(small, edited(2, TUESDAY))
    recalculated(small.engine)

    assert recalculated(other).done == 0
    assert other.calendars.version("palveluaika", 2) == edited(2, TUESDAY)


def test_an_edit_must_take_the_next_number(small: County) -> None:
    assert publish(small, edited(2, TUESDAY))
    assert not publish(small, edited(2, TUESDAY))

    with pytest.raises(CalendarError, match="give the edit version number 3"):
        publish(small, edited(2, WEDNESDAY))
    with pytest.raises(CalendarError, match="give the edit version number 3"):
        publish(small, edited(1, WEDNESDAY))


def test_a_case_that_breaks_stops_nobody(somewhere: County) -> None:
    broken, healthy = somewhere.open_case(), somewhere.open_case()
    with somewhere.engine.database.begin() as connection:
        connection.execute(update(CASE).where(CASE.c.case_id == broken).values(version=99))
    publish(somewhere, edited(2, TUESDAY))

    done = recalculated(somewhere.engine)

    assert done.failed == 1
    assert {row.case_id: row.calendar for row in promises(somewhere)} == {
        broken: "palveluaika@1",
        healthy: "palveluaika@2",
    }


@pytest.mark.rule(20)
def test_one_that_is_killed_is_gone_on_with(sqlite_url: str) -> None:
    """A process is killed between two batches; the next goes on under the same id, and nothing moves twice."""
    clock = StoppedClock(MONDAY)
    with county(sqlite_url, clock) as where:
        for _ in range(6):
            where.open_case()
        publish(where, edited(2, TUESDAY))
        command = [sys.executable, "-m", "tests.integration.recalculator", sqlite_url, MONDAY.isoformat()]
        with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if line.strip() == "done 4":
                    process.kill()
                    break
        before = told(where, "promise_recalculated")
        assert 4 <= before < 12

        done = recalculated(where.engine)

        assert (done.waiting, done.done) == (12, 12)
        assert told(where, "promise_recalculated") == 12
        with where.engine.database.read() as connection:
            (row,) = connection.execute(select(PROGRESS)).all()
        assert (row.done, row.later, row.same, row.finished_at) == (12, 6, 6, MONDAY)
        assert differences(where) == []


# --- a corrected time -------------------------------------------------------------------------------------------


def correct(where: County, case_id: str, type_: str, to: datetime) -> CorrectTime:
    with where.engine.database.read() as connection:
        mine = select(EVENT.c.sequence).where(EVENT.c.case_id == case_id, EVENT.c.type == type_)
        sequence = connection.execute(mine).scalar_one()
    why = "kello oli väärässä"
    return CorrectTime(case_id=case_id, corrects=sequence, corrected_to=to, why=why, why_text_id=case_id)


@pytest.mark.rule(3, 17, 20)
def test_a_corrected_contact_stands_beside_what_was_recorded(somewhere: County, clock: StoppedClock) -> None:
    case_id = somewhere.open_case()
    came = clock.now() - timedelta(days=4)
    clock.advance(hours=1)
    somewhere.engine.handle(correct(somewhere, case_id, "contact_received", came), somewhere.lead)

    with somewhere.engine.database.read() as connection:
        (contact,) = connection.execute(select(CONTACT)).all()
    assert (contact.received_at, contact.corrected_received_at) == (MONDAY, came)
    (promise,) = promises(somewhere)
    assert (promise.started_at, promise.breached_at) == (came, promise.due_at)
    assert differences(somewhere) == []


@pytest.mark.rule(17)
def test_a_late_promise_is_kept_when_its_act_is_corrected(small: County, clock: StoppedClock) -> None:
    case_id = small.open_case()
    clock.advance(days=2, hours=1)
    sweep(small.engine)
    small.engine.handle(RecordAct(case_id=case_id, act_id=case_id, kind="call"), small.nurse)
    small.engine.handle(correct(small, case_id, "act_recorded", MONDAY + timedelta(hours=2)), small.lead)

    (promise,) = promises(small)
    assert (promise.state, promise.breach_voided_at is not None) == ("kept", True)
    assert differences(small) == []


def test_who_does_not_answer_for_the_case_corrects_nothing(small: County, clock: StoppedClock) -> None:
    case_id = small.open_case()

    with pytest.raises(NotAllowed):
        small.engine.handle(correct(small, case_id, "contact_received", MONDAY - timedelta(hours=1)), small.nurse)


# --- the commands -----------------------------------------------------------------------------------------------

EDIT = """
key: palveluaika
version: 2
based_on: palveluaika@1
valid_from: 2024-01-01
title: {fi: Palveluaika, sv: Servicetid, en: Service hours}
exceptions:
  2026-03-03: {hours: [], reason: {fi: koulutuspäivä, sv: utbildningsdag, en: training day}}
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app_for([*arguments]), [*arguments])


def test_the_commands_show_publish_and_recalculate(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("PATHWAYS_SECRET_KEY", SECRET)
    monkeypatch.setattr("engine.published_calendars.LOOK_EVERY", 0)  # nobody else is running: nothing to wait for
    file = tmp_path / "palveluaika.yaml"
    file.write_text(EDIT, encoding="utf-8")
    with county(sqlite_url, StoppedClock(MONDAY)) as where:
        where.open_case()

        shown = run("calendar", "publish", str(file), "--format", "json")
        assert json.loads(shown.stdout)["preview"]["later"] == 1
        assert run("recalculate", "--format", "json").stdout == run("recalculate", "--format", "json").stdout
        assert "uudelleenlaskentaa" in run("recalculate").stdout  # nothing was published
        assert "--why" in str(run("calendar", "publish", str(file), "--apply").exception)
        published = run("calendar", "publish", str(file), "--apply", "--why", "koulutus", "--by", "liisa")
        assert "ti 3.3.2026: koulutuspäivä" in published.stdout
        assert "pathways recalculate --apply" in published.stderr
        assert "Stationen: 2 · tidsfristen senare 1" in run("recalculate", "--lang", "sv").stdout
        done = run("recalculate", "--apply", "--format", "json")

        assert (done.exit_code, json.loads(done.stdout)["later"]) == (0, 1)
        assert {row.due_on for row in promises(where)} == {WEDNESDAY}
        assert "by Liisa Laine: koulutus" in run("calendar", "history").stdout
        assert run("calendar", "publish", str(tmp_path / "none.yaml")).exit_code == 2
        file.write_text(EDIT.replace("03-03", "03-05"), encoding="utf-8")
        assert "versionumero 3" in str(run("calendar", "publish", str(file)).exception)
