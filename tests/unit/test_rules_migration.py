"""A running case goes on by another version: every running promise needs a choice, a clock of the law only one (rule 21)."""

from datetime import date, timedelta
from functools import cache

import pytest

from engine.machine import CompiledPathway
from engine.reader import read_pathway
from engine.shelf import load_shelf
from pathways import commands as c
from pathways import events as e
from pathways.errors import Malformed
from tests.builders import TUESDAY, Run, a_case
from tests.small_county import PATHWAY

LAW = "promises:\n  lakisaateinen: {law: D-10, kept_when: [health assessment recorded]}\n"
CALL = TUESDAY + timedelta(days=1)


@cache
def version(number: int, *edits: tuple[str, str]) -> CompiledPathway:
    text = PATHWAY.replace("version: 1", f"version: {number}").replace("promises:\n", LAW)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return CompiledPathway(read_pathway(text, "apu.yaml", load_shelf().shelf).definition)


LONGER = ("within: 1 week", "within: 2 weeks")
KEPT = {"aloitus": "keep_due", "palvelu": "keep_due", "lakisaateinen": "keep_due"}


def running(second: CompiledPathway) -> Run:
    run = a_case(version(1), versions={2: second})
    run.now = CALL
    return run


def migrate(run: Run, steps: dict[str, str] | None = None, **promises: str) -> Run:
    said = {"case_id": run.case.case_id, "to_version": 2, "steps": steps or {}, "promises": KEPT | promises}
    return run.do(c.MigrateCase.model_validate(said))


@pytest.mark.rule(21)
def test_what_keeps_its_due_instant_changes_in_nothing() -> None:
    run = running(version(2, LONGER))
    before = dict(run.case.promises)

    migrate(run)

    assert run.case.version == 2
    assert run.case.promises == before
    assert [type(event) for event in run.last.events] == [e.CaseMigrated]


@pytest.mark.rule(21)
@pytest.mark.parametrize(
    ("choice", "started_at", "due_on"),
    [("keep_elapsed", TUESDAY, date(2026, 12, 15)), ("restart", CALL, date(2026, 12, 16))],
)
def test_the_new_goal_counts_from_the_old_start_or_from_now(choice: str, started_at: object, due_on: date) -> None:
    run = running(version(2, LONGER))
    before = run.promise("palvelu")

    migrate(run, palvelu=choice)

    after = run.promise("palvelu")
    assert (after.cycle, after.started_at, after.due_on) == (2, started_at, due_on)
    assert after.origin_promise_id == before.promise_id
    assert run.case.promises[before.promise_id].end_reason == "migrated"


@pytest.mark.rule(21)
def test_a_dropped_promise_ends_and_no_other_begins() -> None:
    run = migrate(running(version(2)), palvelu="drop")

    assert (run.promise("palvelu").cycle, run.promise("palvelu").state) == (1, "cancelled")


@pytest.mark.rule(21)
def test_a_running_promise_without_a_choice_is_an_error_that_names_it_and_what_is_possible() -> None:
    run = running(version(2))
    said = {key: choice for key, choice in KEPT.items() if key != "palvelu"}

    with pytest.raises(Malformed, match="palvelu is running; choose one of: keep_due, keep_elapsed, restart, drop"):
        run.do(c.MigrateCase.model_validate({"case_id": run.case.case_id, "to_version": 2, "promises": said}))
    assert run.case.version == 1


@pytest.mark.rule(21)
@pytest.mark.parametrize("choice", ["keep_elapsed", "restart", "drop"])
def test_a_statutory_clock_takes_only_keep_due(choice: str) -> None:
    with pytest.raises(Malformed, match=f"lakisaateinen can't be {choice}; possible: keep_due"):
        migrate(running(version(2)), lakisaateinen=choice)


@pytest.mark.rule(21)
def test_a_version_without_a_clock_of_the_law_that_runs_takes_no_such_case() -> None:
    with pytest.raises(Malformed, match="lakisaateinen can't be keep_due; possible: none"):
        migrate(running(version(2, (LAW, "promises:\n"))))


def test_what_the_new_version_lacks_can_only_be_dropped() -> None:
    second = version(2, ("palvelu:", "muu:"))

    with pytest.raises(Malformed, match="palvelu can't be keep_due; possible: drop"):
        migrate(running(second))
    assert migrate(running(second), palvelu="drop").case.version == 2


def test_what_has_been_paused_keeps_its_own_count() -> None:
    run = running(version(2, LONGER))
    promise_id = run.promise("palvelu").promise_id
    ends = CALL + timedelta(days=2)
    said = {"case_id": run.case.case_id, "promise_id": promise_id, "reason": "client_postponed"}
    run.do(c.PausePromise.model_validate(said | {"start": CALL, "end": ends}))

    with pytest.raises(Malformed, match="possible: keep_due, restart, drop"):
        migrate(run, palvelu="keep_elapsed")
    assert migrate(run).promise("palvelu").state == "paused"


def test_an_open_step_with_a_new_name_needs_to_be_told_where_it_goes_on() -> None:
    second = version(2, ("vastaanotto", "alkukartoitus"))

    with pytest.raises(Malformed, match=r'version 2 has no step "vastaanotto".*say where vastaanotto goes on'):
        migrate(running(second))
    run = migrate(running(second), {"vastaanotto": "alkukartoitus"})
    assert run.open_steps() == {"alkukartoitus"}
    run.pathway = second
    assert run.outcome("alkukartoitus", "valmis").case.state == "closed"


def test_a_case_that_is_there_already_is_refused() -> None:
    run = running(version(2))
    with pytest.raises(Malformed, match="version 1 already"):
        run.do(c.MigrateCase(case_id=run.case.case_id, to_version=1))
