"""Exactly one party answers at every moment; who is named, why, and who takes their place."""

from datetime import date, timedelta

import pytest

from pathways import commands as c
from pathways.errors import ArrowNotPossible, NotAllowed, WorkerNotFit
from tests.builders import AINO, LEENA, PEKKA, SALLA, STAFF, UNIT, Run, a_case, a_worker, changed, worker_id


def assessed(**more: object) -> Run:
    return a_case(**more).act().outcome("vastaanotto", "jatkuu").outcome("kiireellisyys", "kiireeton")  # type: ignore[arg-type]


def named(run: Run) -> str | None:
    return run.case.responsible.worker_id if run.case.responsible else None


def test_the_fit_worker_with_the_lightest_load_is_named_and_the_reason_recorded() -> None:
    run = assessed()

    assert named(run) == SALLA.worker_id
    assert run.case.responsible is not None
    assert run.case.responsible.explanation == ("fit:2", "load:5")


def test_whoever_worked_with_the_client_before_goes_first() -> None:
    run = assessed(staff=(SALLA, changed(PEKKA, worked_with_client="nuorten_mielenterveys")))

    assert named(run) == PEKKA.worker_id
    assert run.case.responsible is not None
    assert run.case.responsible.ground == "continuity"


def test_without_anybody_fit_the_queue_answers_until_somebody_is_named() -> None:
    run = assessed(staff=(AINO, LEENA))

    assert run.case.responsible is not None
    assert run.case.responsible.is_queue
    assert run.case.responsible.role == "vastuutyontekija"


def test_there_is_one_responsible_party_after_every_event() -> None:
    run = a_case()
    seen = 0
    for command in ("vastaanotto:jatkuu", "kiireellisyys:heti", "kriisi:vakaa"):
        step, outcome = command.split(":")
        run.outcome(step, outcome)
        open_now = [a for a in run.case.assignments.values() if a.kind == "responsible" and a.until is None]
        assert len(open_now) == 1
        seen += 1
    assert seen == 3


@pytest.mark.parametrize(
    ("worker", "why"),
    [
        (AINO, "wrong_profession"),
        (changed(SALLA, away=True), "on_leave"),
    ],
)
def test_a_worker_who_cannot_hold_the_role_is_refused_with_those_who_can(worker: object, why: str) -> None:
    run = assessed(staff=(AINO, PEKKA))
    run.staff = (worker, PEKKA)  # type: ignore[assignment]

    with pytest.raises(WorkerNotFit) as refused:
        run.do(c.AssignResponsibleWorker(case_id=run.case.case_id, worker_id=worker.worker_id))  # type: ignore[attr-defined]

    assert (refused.value.why, refused.value.fit) == (why, ("Pekka",))


def test_a_worker_of_another_unit_is_refused() -> None:
    run = assessed()

    with pytest.raises(WorkerNotFit) as refused:
        run.do(c.AssignResponsibleWorker(case_id=run.case.case_id, worker_id=worker_id("Muualta")))

    assert refused.value.why == "other_unit"


def test_a_swedish_speaking_client_is_not_given_a_worker_without_swedish() -> None:
    run = assessed(staff=(SALLA, changed(PEKKA, load=1)))
    run.do(c.ChooseLanguage(case_id=run.case.case_id, language="sv"))

    assert run.case.responsible is not None
    assert run.case.responsible.is_queue

    run.staff = (SALLA, changed(PEKKA, languages=frozenset({"fi", "sv"})))
    run.do(c.AssignResponsibleWorker(case_id=run.case.case_id, auto=True))
    assert named(run) == PEKKA.worker_id


def test_naming_by_hand_may_pass_over_load_but_not_profession() -> None:
    run = assessed(staff=(SALLA, changed(PEKKA, load=80)))
    run.do(c.AssignResponsibleWorker(case_id=run.case.case_id, worker_id=PEKKA.worker_id), by=LEENA)

    assert named(run) == PEKKA.worker_id


def test_a_substitute_takes_the_place_and_hears_the_alarms() -> None:
    run = assessed()
    until = run.now.date() + timedelta(days=3)
    run.do(cover(run, PEKKA.worker_id, until))

    assert run.case.responsible is not None
    assert run.case.responsible.substitute_id == PEKKA.worker_id
    assert f"{PEKKA.worker_id}:substitute" in run.case.members
    assert ("you_are_substitute", (PEKKA.worker_id,)) in [(m.kind, m.to) for m in run.last.messages]


def cover(run: Run, substitute: str | None, until: date) -> c.CoverAbsence:
    return c.CoverAbsence(
        case_id=run.case.case_id,
        absence_id=run.case.case_id,
        away_id=SALLA.worker_id,
        substitute_id=substitute,
        until=until,
    )


def test_over_fourteen_days_away_moves_the_responsibility_and_asks_to_tell_the_client() -> None:
    run = assessed()
    run.do(cover(run, PEKKA.worker_id, run.now.date() + timedelta(days=30)))
    run.pass_until(run.now + timedelta(days=16))

    assert named(run) == PEKKA.worker_id
    assert run.case.responsible is not None
    assert run.case.responsible.ground == "long_absence"


def test_an_absence_without_a_substitute_reaches_the_team_lead() -> None:
    run = assessed()
    run.do(cover(run, None, run.now.date() + timedelta(days=2)))

    assert [(m.kind, m.to) for m in run.last.messages] == [("absence_without_substitute", (LEENA.worker_id,))]


def test_acting_on_the_case_acknowledges_the_responsibility() -> None:
    run = assessed()
    assert run.case.responsible is not None
    assert run.case.responsible.acknowledged_at is None
    run.act("call", by=SALLA)

    assert run.case.responsible.acknowledged_at == run.now


def test_a_nurse_is_never_an_own_worker() -> None:
    run = assessed()

    with pytest.raises(WorkerNotFit) as refused:
        run.do(c.NameOwnWorker(case_id=run.case.case_id, worker_id=SALLA.worker_id))

    assert refused.value.why == "wrong_profession"

    social = a_worker("Outi", "sosiaalityontekija")
    run.staff = (*STAFF, social)
    run.do(c.NameOwnWorker(case_id=run.case.case_id, worker_id=social.worker_id))
    assert run.case.own_worker is not None
    assert run.case.own_worker.worker_id == social.worker_id


def test_a_transfer_is_decided_by_the_receiving_unit_and_the_old_worker_answers_until_then() -> None:
    run = assessed()
    other = "01a23072-3200-7000-8000-000000000001"
    run.do(c.ProposeHandover(case_id=run.case.case_id, handover_id=other, to_unit=other, reason="muutto"))
    assert named(run) == SALLA.worker_id

    with pytest.raises(NotAllowed):
        run.do(c.DecideHandover(case_id=run.case.case_id, handover_id=other, accept=True))
    with pytest.raises(ArrowNotPossible):
        run.do(c.ProposeHandover(case_id=run.case.case_id, handover_id=UNIT, to_unit=other, reason="muutto"))
