"""What the pages show: the case, the worklist, the board, the report; who sees it, and that it was logged."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, Literal

import pytest
from sqlalchemy import event, select, text, update

from engine.access import facts_of, may
from engine.access_log import ACCESS_LOG
from engine.handle import Reading
from engine.ids import new_id
from engine.projection import CASE_TABLE as CASE
from engine.read_models.case_access import load_any_case
from engine.read_models.case_timeline import case_timeline
from engine.read_models.case_view import case_view
from engine.read_models.consultation_view import consultation_view
from engine.read_models.pathway_catalogue import pathway_catalogue, pathway_page
from engine.read_models.promise_board import board_rows, promise_board
from engine.read_models.promise_report import BYS, promise_report
from engine.read_models.visible_cases import is_visible
from engine.read_models.worklist import VIEWS, worklist, worklist_counts
from engine.sweep import sweep
from pathways import commands as c
from pathways.client_plan import Goal, PlanContent
from pathways.errors import Malformed, NotAllowed, NotRecorded, UnknownThing
from tests.town import Town, town


@pytest.fixture
def here(database_url: str) -> Iterator[Town]:
    with town(database_url) as settled:
        yield settled


@contextmanager
def reading(here: Town, who: str = "nurse") -> Iterator[Reading]:
    with here.engine.reading(here.actor(who)) as opened:
        yield opened


def logged(here: Town, **wanted: Any) -> list[Any]:
    with here.engine.database.read() as connection:
        question = select(ACCESS_LOG).where(*(ACCESS_LOG.c[name] == value for name, value in wanted.items()))
        return list(connection.execute(question).mappings())


# --- the case ---


def test_the_case_page_shows_who_answers_what_is_promised_and_what_is_next(here: Town) -> None:
    case_id = here.open_case()
    with reading(here) as r:
        page = case_view(r, case_id, "sv")

    assert page.pathway_title == "Servicestig för ungas psykiska hälsa"
    assert page.banner == "unapproved"
    assert page.primary_client is not None
    assert (page.primary_client.name, page.primary_client.age) == ("Aino Testinen", 15)
    assert page.responsible is not None
    assert page.responsible.is_queue
    assert page.responsible.unit_name == "Öst"
    assert "claim" in page.can
    assert [run.step for run in page.runs] == ["vastaanotto"]
    assert {outcome.key for outcome in page.runs[0].outcomes} >= {"jatkuu", "ohjattu_muualle"}
    assert next(o for o in page.runs[0].outcomes if o.key == "ohjattu_muualle").ends_case
    assert "outcome" in page.runs[0].can
    kinds = [promise.kind for promise in page.promises]
    assert kinds == sorted(kinds, key=["statutory", "promise", "target"].index)
    law = next(promise for promise in page.promises if promise.key == "hoidon_tarpeen_arvio")
    assert law.law_text
    assert law.standing == "near"
    assert law.pause_reasons == ()
    assert page.contacts[0].matter == "En saa nukuttua."
    assert page.timeline.entries[-1].type == "case_opened"


def test_what_is_done_moves_from_now_to_done(here: Town) -> None:
    case_id = here.open_case()
    here.name(case_id)
    here.act(case_id, step="vastaanotto")
    here.outcome(case_id, "vastaanotto", "jatkuu")
    with reading(here) as r:
        page = case_view(r, case_id, "fi")

    assert [run.step for run in page.runs] == ["kiireellisyys"]
    assert [(run.step, run.outcome_title) for run in page.done_runs] == [("vastaanotto", "Jatkuu")]
    assert page.responsible is not None
    assert page.responsible.worker is not None
    assert page.responsible.worker.name == "Noora Nokka"
    assert {"responsible-worker", "close"} <= set(page.can)
    assert "claim" not in page.can
    kept = next(promise for promise in page.ended_promises if promise.key == "kasittely_alkaa")
    assert kept.standing == "kept"
    assert kept.seconds_left is None


def test_a_late_promise_says_how_long_over_and_who_may_give_the_reason(here: Town) -> None:
    case_id = here.open_case()
    here.clock.advance(days=3)
    sweep(here.engine)
    with reading(here, "lead") as r:
        page = case_view(r, case_id, "fi")

    late = next(promise for promise in page.promises if promise.key == "kasittely_alkaa")
    assert late.standing == "late"
    assert late.due_at is not None
    assert late.seconds_over == int((here.now - late.due_at).total_seconds())
    assert late.breached_at == late.due_at
    assert set(late.can) >= {"reason", "void-breach"}
    with reading(here) as r:
        seen = case_view(r, case_id, "fi")
    assert not {"reason", "void-breach"} & {verb for promise in seen.promises for verb in promise.can}


def test_a_paused_promise_says_what_it_would_be_due_at(here: Town) -> None:
    case_id = here.open_case()
    with reading(here) as r:
        week = next(p for p in case_view(r, case_id, "fi").promises if p.key == "palvelu_viikossa")
    here.clock.advance(days=1)
    pause = c.PausePromise(
        case_id=case_id,
        promise_id=week.promise_id,
        start=here.now,
        end=here.now + timedelta(days=7),
        reason="client_postponed",
    )
    here.do(pause)
    here.clock.advance(days=2)
    with reading(here) as r:
        paused = next(p for p in case_view(r, case_id, "fi").promises if p.key == "palvelu_viikossa")

    assert (paused.standing, paused.due_at, paused.seconds_left) == ("paused", None, None)
    assert paused.pause is not None
    assert paused.pause.reason == "client_postponed"
    assert week.due_at is not None
    assert paused.due_if_resumed_now == week.due_at + timedelta(days=2)
    assert paused.can == ("resume",)


def test_branches_that_are_waited_for_stand_on_the_step(here: Town) -> None:
    case_id = here.open_case(client_id=here.add_client(born=date(2011, 3, 4)))
    here.name(case_id)
    here.outcome(case_id, "vastaanotto", "jatkuu")
    here.outcome(case_id, "kiireellisyys", "kiireeton")
    with reading(here, "lead") as r:
        page = case_view(r, case_id, "fi")

    joined = next(run for run in page.runs if run.step == "arvio")
    branches = {branch.branch: branch.state for branch in joined.waits_for}
    assert branches["hoidontarve"] == "open"
    assert "outcome" not in joined.can
    assessment = next(run for run in page.runs if run.step == "hoidontarve")
    assert {field.key for field in assessment.fields} >= {"phq_9a", "gad_7"}
    assert assessment.phase_title == "Arviointi"


def test_the_plan_is_shown_with_its_content_and_versions(here: Town) -> None:
    case_id = here.open_case()
    for wording in ("Nukun paremmin", "Nukun paremmin ja käyn koulussa"):
        content = PlanContent(goals=(Goal(key="uni", wording=wording),))
        here.do(c.WritePlan(case_id=case_id, content=content, text_id=new_id(here.now)))
    with reading(here) as r:
        plan = case_view(r, case_id, "fi").plan

    assert plan is not None
    assert plan.content is not None
    assert plan.content.goals[0].wording == "Nukun paremmin ja käyn koulussa"
    assert [version.version for version in plan.versions] == [2, 1]
    assert plan.can == ("write", "send", "agreement")


def test_a_case_is_shown_from_a_fixed_number_of_questions(here: Town) -> None:
    case_id = here.open_case()
    here.name(case_id)
    with reading(here) as r:
        case_view(r, case_id, "fi")
    first = _questions(here, lambda r: case_view(r, case_id, "fi"))
    for number in range(5):
        here.act(case_id)
        here.ask(case_id, question=f"Kysymys {number}")
    second = _questions(here, lambda r: case_view(r, case_id, "fi"))

    assert second == first
    assert first <= 30


def test_another_units_worker_and_the_designer_see_no_case(here: Town) -> None:
    case_id = here.open_case()
    for who in ("stranger", "consultant", "designer", "admin"):
        with reading(here, who) as r, pytest.raises(UnknownThing):
            case_view(r, case_id, "fi")
        with reading(here, who) as r, pytest.raises(UnknownThing):
            case_timeline(r, case_id, "fi")
    for unknown in ("no id at all", "0190a000-0000-7000-8000-000000000000"):
        with reading(here) as r, pytest.raises(UnknownThing):
            case_view(r, unknown, "fi")
    assert logged(here) == []


# --- the timeline ---


def test_every_sentence_of_a_timeline_is_whole_in_each_language(here: Town) -> None:
    case_id = here.open_case()
    here.name(case_id)
    here.act(case_id, note="Äiti vastasi.", note_text_id=case_id)
    here.do(c.SetUrgency(case_id=case_id, urgency="urgent"))
    here.clock.advance(days=5)
    sweep(here.engine)
    for language in ("fi", "sv", "en"):
        with reading(here) as r:
            timeline = case_timeline(r, case_id, language)
        sentences = [entry.what for entry in timeline.entries]
        assert all(sentence and "{" not in sentence and not sentence.endswith(": ") for sentence in sentences)
        assert "Äiti vastasi." in [entry.words for entry in timeline.entries]


def test_a_timeline_goes_on_where_the_page_before_ended(here: Town) -> None:
    case_id = here.open_case()
    for _ in range(4):
        here.act(case_id)
    with reading(here) as r:
        whole = [entry.sequence for entry in case_timeline(r, case_id, "fi", limit=200).entries]
        paged, cursor = [], None
        while True:
            page = case_timeline(r, case_id, "fi", limit=3, cursor=cursor)
            paged += [entry.sequence for entry in page.entries]
            cursor = page.next_cursor
            if cursor is None:
                break
        with pytest.raises(Malformed):
            case_timeline(r, case_id, "fi", cursor="x'; --")

    assert paged == whole


# --- the worklist ---


def test_my_work_stands_in_groups_worst_first(here: Town) -> None:
    late = here.open_case()
    here.clock.advance(days=7)
    today = here.open_case()
    for case_id in (late, today):
        here.name(case_id)
    with reading(here) as r:
        listed = worklist(r, "fi")

    assert [group.key for group in listed.groups] == ["late", "today"]
    assert [row.case_id for row in listed.rows] == [late, today]
    row = listed.rows[0]
    assert row.promise is not None
    assert row.promise.kind == "statutory"
    assert (row.client_name, row.client_age, row.responsible_name) == ("Aino Testinen", 15, "Noora Nokka")
    assert row.step_title
    assert row.last_event
    assert listed.counts["own"] == 2
    assert listed.group_counts == {"late": 1, "today": 1, "soon": 0, "later": 0}


def test_the_queue_holds_what_nobody_answers_for(here: Town) -> None:
    case_id = here.open_case()
    with reading(here) as r:
        queue, own = worklist(r, "fi", view="queue"), worklist(r, "fi")
    assert [(row.case_id, row.action) for row in queue.rows] == [(case_id, "claim")]
    assert own.rows == ()

    here.do(c.AssignResponsibleWorker(case_id=case_id, worker_id=here.workers["nurse"]))
    with reading(here) as r:
        assert worklist_counts(r) == {"own": 1, "queue": 0, "consultations": 0, "waiting": 0}
    with reading(here, "stranger") as r:
        assert worklist_counts(r) == dict.fromkeys(VIEWS, 0)


def test_a_question_reaches_the_asked_one_without_the_clients_name(here: Town) -> None:
    case_id = here.open_case()
    here.name(case_id)
    here.ask(case_id)
    with reading(here, "consultant") as r:
        (row,) = worklist(r, "fi", view="consultations").rows
    assert (row.client_name, row.birth_date, row.case_id, row.number) == (None, None, "", "")
    assert (row.client_age, row.action) == (15, "answer")
    with reading(here) as r:
        assert [row.case_id for row in worklist(r, "fi", view="waiting").rows] == [case_id]
        assert worklist(r, "fi", view="consultations").rows == ()


def test_a_substitute_has_the_work_of_who_is_away(here: Town) -> None:
    case_id = here.open_case()
    here.name(case_id)
    here.away("nurse", "stranger")
    with reading(here, "stranger") as r:
        assert [row.case_id for row in worklist(r, "fi").rows] == [case_id]
        assert case_view(r, case_id, "fi").responsible is not None


def test_pages_of_a_worklist_hold_every_row_once(here: Town) -> None:
    cases = []
    for _ in range(7):
        cases.append(here.open_case("apu"))
        here.name(cases[-1])
        here.clock.advance(hours=9)
    with reading(here) as r:
        whole = [row.case_id for row in worklist(r, "fi", limit=200).rows]
        paged, cursor = [], None
        while True:
            page = worklist(r, "fi", limit=2, cursor=cursor)
            paged += [row.case_id for row in page.rows]
            cursor = page.next_cursor
            if cursor is None:
                break
    assert paged == whole
    assert sorted(whole) == sorted(cases)
    with reading(here) as r, pytest.raises(Malformed):
        worklist(r, "fi", cursor="bm90IG91cnM")


def test_a_worklist_asks_the_same_number_of_questions_however_long_it_is(here: Town) -> None:
    here.name(here.open_case("apu"))
    with reading(here) as r:
        worklist(r, "fi")
    one = _questions(here, lambda r: worklist(r, "fi"))
    for _ in range(6):
        here.name(here.open_case("apu"))

    assert _questions(here, lambda r: worklist(r, "fi")) == one


# --- the board and the report ---


def test_the_lead_sees_what_is_late_what_is_due_and_who_is_missing(here: Town) -> None:
    late = here.open_case("apu")
    here.clock.advance(days=3)
    sweep(here.engine)
    due = here.open_case("apu")
    here.name(due)
    here.ask(due, organisation=None)
    here.away("therapist", days=(4, 5))
    with reading(here, "lead") as r:
        board = promise_board(r, "fi")

    assert [(row.case_id, row.promise.key) for row in board.late] == [(late, "aloitus")]
    assert board.late[0].promise.can == ("reason", "void-breach")
    assert board.figures.late == 1
    assert board.figures.reasons_missing == 1
    assert [row.case_id for row in board.no_responsible] == [late]
    assert [row.worker.name for row in board.absences] == ["Salla Laine"]
    assert [row.case_id for row in board.unanswered] == [due]
    assert board.figures.unanswered == 1
    assert [row.promise.key for row in board.reasons_missing] == ["aloitus"]
    assert [unit.name for unit in board.units] == ["Itä"]


def test_the_board_of_another_unit_is_not_there(here: Town) -> None:
    here.open_case("apu")
    here.clock.advance(days=9)
    with reading(here, "stranger") as r:
        assert promise_board(r, "fi").late == ()
        with pytest.raises(UnknownThing):
            promise_board(r, "fi", unit=here.units["ita"])
    with reading(here, "designer") as r, pytest.raises(NotAllowed):
        promise_board(r, "fi")
    with reading(here, "lead") as r:
        rows, _ = board_rows(r, "fi", state="late", kind="promise", unit=here.units["ita"])
        assert len(rows) == 2
        with pytest.raises(Malformed):
            board_rows(r, "fi", state="whatever")  # type: ignore[arg-type] # as an address may say it


def test_a_restricted_late_case_is_counted_and_not_listed(here: Town) -> None:
    case_id = here.open_case("apu")
    here.name(case_id)
    _restrict(here, case_id)
    here.clock.advance(days=9)
    with reading(here, "lead") as r:
        board = promise_board(r, "fi")
    assert board.late == ()
    assert (board.figures.late, board.figures.restricted_late) == (2, 2)


def test_attainment_counts_promises_of_units_and_names_nobody(here: Town) -> None:
    kept, late = here.open_case("apu"), here.open_case("apu")
    here.act(kept)
    here.clock.advance(days=3)
    sweep(here.engine)
    here.act(late)
    for by in BYS:
        with reading(here, "lead") as r:
            report = promise_report(r, "fi", from_on=date(2026, 12, 1), to_on=date(2026, 12, 31), by=by)
        assert report.total.started == 4
        assert (report.total.kept, report.total.late, report.total.breached) == (1, 1, 1)
        assert report.total.share_as_recorded == 0.5
        assert sum(row.started for row in report.rows) == 4
        assert all(row.title for row in report.rows)
        assert not any("Noora" in row.title for row in report.rows)
    with reading(here, "lead") as r:
        weeks = promise_report(r, "fi", from_on=date(2026, 11, 1), to_on=date(2026, 12, 31), by="week")
        assert [row.key for row in weeks.rows] == ["2026-W49"]
        with pytest.raises(Malformed):
            promise_report(r, "fi", from_on=date(2026, 12, 2), to_on=date(2026, 12, 1))


def test_a_voided_breach_counts_as_recorded_and_as_corrected(here: Town) -> None:
    case_id = here.open_case("apu")
    noon = here.now + timedelta(hours=2)
    here.clock.advance(days=3)
    sweep(here.engine)
    here.act(case_id, occurred_at=noon, late_reason="tekninen")
    with reading(here, "lead") as r:
        report = promise_report(r, "fi", from_on=date(2026, 12, 1), to_on=date(2026, 12, 1), by="promise")
    start = next(row for row in report.rows if row.key == "aloitus")
    assert (start.breached, start.voided, start.kept) == (1, 1, 1)
    assert (start.share_as_recorded, start.share_as_corrected) == (0.0, 1.0)


# --- consultations and the catalogue ---


def test_the_asked_one_sees_the_question_and_no_more_of_the_client(here: Town) -> None:
    case_id = here.open_case()
    here.name(case_id)
    consultation = here.ask(case_id)
    with reading(here, "consultant") as r:
        shown = consultation_view(r, consultation, "fi")

    assert (shown.question, shown.client_age, shown.case_id) == ("Sopiiko lääkitys?", 15, None)
    assert set(shown.can) == {"accept", "return", "answer", "decline"}
    assert "Aino" not in str(shown)
    with reading(here) as r:
        mine = consultation_view(r, consultation, "fi")
    assert (mine.case_id, mine.can) == (case_id, ("withdraw",))
    for who in ("stranger", "designer"):
        with reading(here, who) as r, pytest.raises(UnknownThing):
            consultation_view(r, consultation, "fi")


def test_who_answered_goes_on_seeing_the_answer_and_never_the_case(here: Town) -> None:
    case_id = here.open_case()
    here.name(case_id)
    consultation = here.ask(case_id)
    moves: tuple[tuple[Literal["accept", "answer"], str | None], ...] = (("accept", None), ("answer", "Sopii."))
    for verb, words in moves:
        move = c.MoveConsultation(
            case_id=case_id, consultation_id=consultation, verb=verb, words=words, text_id=case_id
        )
        here.do(move, "consultant")
    here.do(c.MoveConsultation(case_id=case_id, consultation_id=consultation, verb="acknowledge"))
    with reading(here, "consultant") as r:
        shown = consultation_view(r, consultation, "sv")
        assert (shown.state, shown.answer, shown.can) == ("acknowledged", "Sopii.", ())
        with pytest.raises(UnknownThing):
            case_view(r, case_id, "fi")


def test_the_catalogue_shows_versions_and_running_cases(here: Town) -> None:
    here.open_case()
    with reading(here, "designer") as r:
        rows = {row.pathway_id: row for row in pathway_catalogue(r, "en")}
        page = pathway_page(r, "nuorten_mielenterveys", 1, "fi")
        with pytest.raises(UnknownThing):
            pathway_page(r, "nuorten_mielenterveys", 99, "fi")
    assert rows["nuorten_mielenterveys"].title == "Youth mental health pathway"
    assert rows["nuorten_mielenterveys"].open_cases == 1
    assert "clinical" in rows["apu"].newest.missing_approvals
    assert page.open_runs == {"vastaanotto": 1}
    with reading(here) as r:
        assert all(row.startable for row in pathway_catalogue(r, "fi"))


# --- access ---


def test_lists_and_pages_agree_on_who_sees_what(here: Town) -> None:
    plain, restricted, offered = here.open_case("apu"), here.open_case("apu"), here.open_case("apu")
    mine, queued = here.open_case("apu"), here.open_case("apu")
    here.name(restricted)
    here.name(mine, "therapist")
    here.away("therapist", "stranger")
    _restrict(here, restricted)
    _restrict(here, queued)
    offer = c.ProposeHandover(case_id=offered, handover_id=plain, to_unit=here.units["lansi"], reason="muutto")
    here.do(offer, "lead")
    for who in here.workers:
        with reading(here, who) as r:
            listed = set(r.connection.execute(select(CASE.c.case_id).where(is_visible(r.actor, r.today))).scalars())
            for case_id in (plain, restricted, offered, mine, queued):
                facts = facts_of(load_any_case(r, case_id).case, r.today)
                assert (case_id in listed) == may(r.actor, "see", facts), (who, case_id)


def test_every_look_at_a_case_or_list_is_logged_with_its_ground(here: Town) -> None:
    case_id = here.open_case()
    here.name(case_id)
    consultation = here.ask(case_id)
    with reading(here, "lead") as r:
        case_view(r, case_id, "fi")
        promise_board(r, "fi")
    with reading(here) as r:
        worklist(r, "fi")
    with reading(here, "consultant") as r:
        consultation_view(r, consultation, "fi")

    (seen,) = logged(here, view="case")
    assert (seen["ground"], seen["role"], seen["case_id"]) == ("lead", "team_lead", case_id)
    assert len(seen["client_ids"]) == 1
    (listed,) = logged(here, view="worklist:own")
    assert listed["case_ids"] == [case_id]
    (asked,) = logged(here, view="consultation")
    assert (asked["ground"], asked["role"]) == ("asked", "consultant")
    assert logged(here, view="board:unanswered")


def test_nothing_is_shown_when_it_cannot_be_logged(here: Town) -> None:
    case_id = here.open_case()
    with here.engine.database.begin() as connection:
        connection.execute(text("DROP TABLE access_log"))

    with pytest.raises(NotRecorded), reading(here) as r:
        case_view(r, case_id, "fi")


def _restrict(here: Town, case_id: str) -> None:
    with here.engine.database.begin() as connection:
        connection.execute(update(CASE).where(CASE.c.case_id == case_id).values(restricted=True))


def _questions(here: Town, ask: Any) -> int:
    """How many selects a question takes; the access log's insert is beside the point."""
    asked: list[str] = []

    def count(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip("( ").upper().startswith(("SELECT", "WITH")):
            asked.append(statement)

    event.listen(here.engine.database.engine, "before_cursor_execute", count)
    try:
        with reading(here) as r:
            ask(r)
    finally:
        event.remove(here.engine.database.engine, "before_cursor_execute", count)
    return len(asked)
