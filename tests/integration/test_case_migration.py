"""Running cases go on by another version of their pathway: shown first, then done, and those that can't follow stay."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from cli.complaints import Refused
from cli.migrate import _plan
from engine import tables as t
from engine.case_migration import Asked, Migrated, MigrationPlan, migrate_all
from engine.migration_plan import plan_template, running_now
from engine.migration_reversal import Reversed, reverse_all
from engine.migration_runs import run_of, runs_of, told_of
from engine.migration_words import report_of
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.published import close_version, publish
from engine.reader import read_pathway
from engine.shelf import load_shelf
from engine.sweep import sweep
from engine.verify import Verified, verify
from pathways.errors import Malformed, PathwayNotStartable
from tests.clock import StoppedClock
from tests.small_county import PATHWAY, County, county

PROMISE, RUN, TIER = table_of(t.PromiseRow), table_of(t.StepRunRow), table_of(t.TierRow)
PLAN = MigrationPlan(promises={"aloitus": "keep_due", "palvelu": "keep_elapsed"})


@pytest.fixture
def somewhere(database_url: str, clock: StoppedClock) -> Iterator[County]:
    with county(database_url, clock) as settled:
        yield settled


def publish_second(where: County, *edits: tuple[str, str]) -> None:
    """From now on cases begin on version 2, which gives a week more."""
    text = PATHWAY.replace("version: 1", "version: 2").replace("within: 1 week", "within: 2 weeks")
    for old, new in edits:
        text = text.replace(old, new)
    second = read_pathway(text, "apu.yaml", load_shelf().shelf).definition
    with where.engine.database.begin() as connection:
        publish(connection, where.tenant_id, second, by="test", now=where.engine.clock.now())


def run(where: County, plan: MigrationPlan, *, dry: bool = False) -> Migrated:
    *_, done = migrate_all(where.engine, Asked(where.tenant_id, "apu", (1, 2), plan), dry=dry)
    return done


def undo(where: County, done: Migrated) -> Reversed:
    assert done.migration_id
    *_, back = reverse_all(where.engine, where.tenant_id, done.migration_id)
    return back


def found(where: County) -> list[Any]:
    """What verify finds."""
    done = Verified()
    assert sum(verify(where.engine, done))
    return done.found


def rows(where: County, table: Any) -> list[Any]:
    with where.engine.database.read() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


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
    assert found(somewhere) == []


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


@pytest.mark.rule(21)
def test_a_dry_run_tells_each_due_instant_that_moves_and_each_breach_that_would_appear(somewhere: County) -> None:
    somewhere.open_case()
    where, clock = somewhere, somewhere.engine.clock
    assert isinstance(clock, StoppedClock)
    clock.advance(days=1)
    publish_second(somewhere, ("within: 1 working day", "within: 2 service hours"))

    done = run(where, MigrationPlan(promises={"aloitus": "keep_elapsed", "palvelu": "restart"}), dry=True)

    assert {key: (one.counts["later"], one.counts["earlier"], one.breaches) for key, one in done.moves.items()} == {
        "aloitus": (0, 1, 1),
        "palvelu": (1, 0, 0),
    }
    head, first, second = report_of(done.listed, as_json=False).splitlines()
    assert head == "case,promise,kind,choice,due_from,due_to,direction,breach"
    assert first.endswith("earlier,True")
    assert second.endswith("later,False")


@pytest.mark.rule(21)
def test_a_plan_that_would_move_nobody_is_refused_before_any_case(somewhere: County) -> None:
    publish_second(somewhere)

    with pytest.raises(Malformed, match=r'version 1 has no promise "palvelus".*did you mean "palvelu"'):
        run(somewhere, MigrationPlan(promises={"palvelus": "drop"}))
    with pytest.raises(Malformed, match='version 2 has no step "muu"'):
        run(somewhere, MigrationPlan(steps={"vastaanotto": "muu"}))


def test_no_case_moves_to_a_version_that_is_closed(somewhere: County) -> None:
    publish_second(somewhere)
    with somewhere.engine.database.begin() as connection:
        now = somewhere.engine.clock.now()
        close_version(connection, somewhere.tenant_id, "apu", 2, "withdrawn", by="system", why="virhe", now=now)

    with pytest.raises(PathwayNotStartable, match="version 2 is withdrawn"):
        run(somewhere, PLAN)


def test_an_unapproved_version_takes_only_cases_of_training_units(somewhere: County) -> None:
    somewhere.open_case()
    publish_second(somewhere)
    somewhere.engine.demo = False

    done = run(somewhere, PLAN)

    assert (done.moved, done.refused) == (0, 1)
    assert "not approved; only units marked harjoittelu" in next(iter(done.stayed))


def test_a_run_that_was_killed_goes_on_under_its_own_id_and_counts_what_was_done_before(somewhere: County) -> None:
    for _ in range(3):
        somewhere.open_case()
    publish_second(somewhere)
    killed = migrate_all(somewhere.engine, Asked(somewhere.tenant_id, "apu", (1, 2), PLAN), dry=False, batch=1)
    next(killed)
    first = next(killed)
    killed.close()
    assert versions(somewhere) == [1, 1, 2]

    done = run(somewhere, PLAN)

    assert done.migration_id == first.migration_id
    assert (done.waiting, done.moved, done.moves["palvelu"].counts["later"]) == (3, 3, 3)
    with somewhere.engine.database.read() as connection:
        (stored,) = runs_of(connection, somewhere.tenant_id, "apu")
        assert (stored.state, stored.waiting, stored.counts, stored.started_by) == ("done", 3, {"moved": 3}, "system")
        assert len(list(told_of(connection, somewhere.tenant_id, stored.migration_id))) == 3
    assert found(somewhere) == []


def test_another_plan_begins_another_run_and_stops_the_one_that_was_not_finished(somewhere: County) -> None:
    somewhere.open_case()
    publish_second(somewhere)
    stopped = migrate_all(somewhere.engine, Asked(somewhere.tenant_id, "apu", (1, 2), MigrationPlan()), dry=False)
    next(stopped)
    stopped.close()

    done = run(somewhere, PLAN)

    with somewhere.engine.database.read() as connection:
        states = {stored.migration_id: stored.state for stored in runs_of(connection, somewhere.tenant_id)}
    assert sorted(states.values()) == ["done", "stopped"]
    assert states[done.migration_id or ""] == "done"


@pytest.mark.rule(21)
def test_taking_it_back_restores_version_steps_and_promises_and_deletes_nothing(somewhere: County) -> None:
    case_id = somewhere.open_case()
    step = ("vastaanotto", "alkukartoitus")
    publish_second(somewhere, step)
    runs, before = rows(somewhere, RUN), promises(somewhere, case_id)
    (case,) = rows(somewhere, CASE)

    done = run(somewhere, MigrationPlan(steps=dict([step]), promises=PLAN.promises))
    assert [each["step"] for each in rows(somewhere, RUN)] == ["alkukartoitus"]
    back = undo(somewhere, done)

    assert (back.back, back.refused) == (1, 0)
    assert rows(somewhere, RUN) == runs
    (now,) = rows(somewhere, CASE)
    journal = ("sequence", "recorded_at", "cycles")
    assert {k: v for k, v in now.items() if k not in journal} == {k: v for k, v in case.items() if k not in journal}
    was, again = ({p.promise_id: p._asdict() for p in each} for each in (before, promises(somewhere, case_id)))
    begun = [promise for id_, promise in again.items() if id_ not in was]
    assert [(p["state"], p["end_reason"]) for p in begun] == [("cancelled", "migration_reversed")]
    armed = {"arming": 1}
    assert [again[id_] for id_ in was] == [p | (armed if p["key"] == "palvelu" else {}) for p in was.values()]
    assert found(somewhere) == []


@pytest.mark.rule(21)
def test_what_was_armed_before_fires_once_when_it_is_taken_back(somewhere: County) -> None:
    somewhere.open_case()
    publish_second(somewhere)
    undo(somewhere, run(somewhere, PLAN))
    clock = somewhere.engine.clock
    assert isinstance(clock, StoppedClock)

    clock.advance(days=10)
    sweep(somewhere.engine)

    assert found(somewhere) == []
    (palvelu,) = [each for each in rows(somewhere, PROMISE) if each["key"] == "palvelu" and each["cycle"] == 1]
    mine = [row for row in rows(somewhere, TIER) if row["promise_id"] == palvelu["promise_id"]]
    fired, skipped = ({(r["tier"], r["fire_at"]) for r in mine if r["state"] == each} for each in ("fired", "skipped"))
    assert fired == skipped
    assert len(mine) == 2 * len(fired) == 4


@pytest.mark.rule(21)
def test_a_case_on_which_something_has_happened_since_stays_and_is_listed(somewhere: County) -> None:
    changed, untouched = somewhere.open_case(), somewhere.open_case()
    publish_second(somewhere)
    done = run(somewhere, PLAN)
    somewhere.name_nurse(changed)

    back = undo(somewhere, done)

    assert (back.back, back.refused) == (1, 1)
    assert list(back.stayed) == ["something has happened on the case since it was migrated"]
    assert versions(somewhere) == [1, 2]
    with somewhere.engine.database.read() as connection:
        stored = run_of(connection, somewhere.tenant_id, back.run.migration_id)
        told = {each.case_id: each.state for _, each in told_of(connection, somewhere.tenant_id, back.run.migration_id)}
    assert stored
    assert (stored.state, told) == ("reversed", {changed: "changed", untouched: "reversed"})
    with pytest.raises(Malformed, match="taken back already"):
        undo(somewhere, done)
    assert found(somewhere) == []


def test_the_template_of_a_plan_chooses_only_what_is_the_same(somewhere: County) -> None:
    somewhere.open_case()
    publish_second(somewhere, ("vastaanotto", "alkukartoitus"))
    asked = Asked(somewhere.tenant_id, "apu", (1, 2))
    with somewhere.engine.database.read() as connection:
        old, new = (somewhere.engine.published.version(connection, somewhere.tenant_id, "apu", n) for n in (1, 2))
        text = plan_template(old, new, running_now(connection, asked))

    assert "  vastaanotto: alkukartoitus  # 1 open; the same step under another name" in text
    assert "  aloitus: keep_due  # the same in both; 1 running" in text
    assert "  # palvelu: keep_due | keep_elapsed | restart | drop  # 1 week → 2 weeks; 1 running" in text
    MigrationPlan.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))


@pytest.mark.parametrize(
    ("text", "said"),
    [("promises: {palvelu: keep}", "promises.palvelu"), ("steps: [a]", "steps"), ("promise: {}", "promise")],
)
def test_a_plan_that_can_not_be_read_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(Refused, match=said):
        _plan(file)
