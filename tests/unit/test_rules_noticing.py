"""An answer that means danger raises the alarm by itself, once, whoever gave it and whatever step is open."""

from pathways import commands as c
from pathways import events as e
from tests.builders import Run, a_case


def noted(run: Run, name: str, value: bool | int) -> Run:
    return run.do(c.NoteFact(case_id=run.case.case_id, name=name, value=value))


def happened(run: Run) -> list[str]:
    return [event.event for event in run.last.events if isinstance(event, e.AnytimeHappened)]


def test_an_answer_of_self_harm_is_danger_at_once() -> None:
    run = noted(a_case(), "answers.phq_9_kohta_9", 2)

    assert happened(run) == ["danger"]
    assert run.case.urgency == "urgent"
    assert run.case.stay_open_until is not None
    assert {"jatkoyhteys_24h", "jatkoyhteys_72h"} <= run.open_steps()
    assert run.promise("vaara_jatko_24h").is_live


def test_an_answer_of_no_self_harm_alarms_nobody() -> None:
    run = noted(a_case(), "answers.phq_9_kohta_9", 0)

    assert happened(run) == []
    assert run.case.urgency == "normal"


def test_the_same_answer_again_is_no_new_alarm_and_a_new_one_is() -> None:
    run = noted(a_case(), "answers.phq_9_kohta_9", 2)

    assert happened(noted(run, "answers.phq_9_kohta_9", 3)) == []
    noted(run, "answers.phq_9_kohta_9", 0)
    assert happened(noted(run, "answers.phq_9_kohta_9", 1)) == ["danger"]


def test_an_event_a_worker_records_is_not_recorded_twice() -> None:
    run = a_case().event("safety_restriction")

    assert happened(run) == ["safety_restriction"]
    assert run.case.restricted


def test_what_nobody_has_asked_is_neither_alarm_nor_all_clear() -> None:
    run = noted(a_case(), "client.special_support", True)

    assert happened(run) == []
