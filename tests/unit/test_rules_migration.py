"""A running case goes on by another version: every running promise needs a choice, a clock of the law only one (rule 21)."""

from dataclasses import replace
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


@pytest.mark.rule(21)
def test_what_passed_unkept_before_is_recorded_before_its_promise_ends() -> None:
    run = running(version(2, LONGER))
    run.now = TUESDAY + timedelta(days=20)

    migrate(run, palvelu="drop")

    told = [type(event) for event in run.last.events]
    assert told[:3] == [e.CaseMigrated, e.PromiseBreached, e.PromiseCancelled]
    assert run.promise("palvelu").is_breached


INSIDE = """
    all:
      soitto: {title: {fi: Soitto, sv: Samtal}, kind: contact}
      kaynti: {title: {fi: Käynti, sv: Besök}, kind: work}
"""
BRANCHED = ("    kind: work\n    role: vastuutyontekija\n    outcomes: {jatkuu", f"    kind: work\n    role: vastuutyontekija{INSIDE}    outcomes: {{jatkuu")  # fmt: skip


def branched(second: CompiledPathway) -> Run:
    run = a_case(version(1, BRANCHED), versions={2: second})
    run.now = CALL
    return run


def test_a_branch_that_is_new_opens_and_one_that_is_renamed_keeps_its_place_in_the_join() -> None:
    new = BRANCHED[1].replace("soitto:", "puhelu:").replace("      kaynti:", "      kirje: {title: {fi: Kirje, sv: Brev}, kind: work}\n      kaynti:")  # fmt: skip
    second = version(2, (BRANCHED[0], new))
    run = branched(second).outcome("soitto", "tehty")

    migrate(run, {"soitto": "puhelu"})
    assert run.open_steps() == {"vastaanotto", "kirje", "kaynti"}
    run.pathway = second
    run.outcome("kirje", "tehty").outcome("kaynti", "tehty")

    assert run.outcome("vastaanotto", "jatkuu").open_steps() == {"seuranta"}


def test_a_step_inside_another_can_not_go_on_as_one_by_itself() -> None:
    run = branched(version(2))

    with pytest.raises(Malformed, match=r"soitto would go on inside vastaanotto .* stands by itself"):
        migrate(run, {"soitto": "seuranta", "kaynti": "seuranta"})


@pytest.mark.rule(21)
def test_a_paused_promise_is_paused_again_when_its_migration_is_reversed() -> None:
    run = running(version(2, LONGER))
    promise_id = run.promise("palvelu").promise_id
    said = {"case_id": run.case.case_id, "promise_id": promise_id, "reason": "client_postponed"}
    run.do(c.PausePromise.model_validate(said | {"start": CALL, "end": CALL + timedelta(days=2)}))
    before = run.case.promises[promise_id]
    run.case = replace(run.case, sequence=7)
    migrate(run, palvelu="drop")

    back = c.ReverseMigration(case_id=run.case.case_id, sequence=7, to_version=1, promise_ids=(promise_id,))
    run.versions[1] = run.pathway
    run.do(back)

    assert run.case.version == 1
    assert replace(run.case.promises[promise_id], arming=before.arming) == before


def test_a_migration_is_not_reversed_once_something_has_happened_since() -> None:
    run = migrate(running(version(2)))
    run.versions[1] = run.pathway

    with pytest.raises(Malformed, match="something has happened on the case since"):
        run.do(c.ReverseMigration(case_id=run.case.case_id, sequence=run.case.sequence - 1, to_version=1))


def test_a_case_that_is_there_already_is_refused() -> None:
    run = running(version(2))
    with pytest.raises(Malformed, match="version 1 already"):
        run.do(c.MigrateCase(case_id=run.case.case_id, to_version=1))
