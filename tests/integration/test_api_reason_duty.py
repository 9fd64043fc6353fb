"""The duty after a breach in the API: by when a reason is owed, one reason for many, and ends that were recorded late."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from engine.sweep import sweep
from pathways.time_zone import HELSINKI
from tests.integration.api_town import ApiTown, api_town


@pytest.fixture
def here(sqlite_url: str) -> Iterator[ApiTown]:
    with api_town(sqlite_url) as settled:
        yield settled


def breached(here: ApiTown, *, cases: int = 1) -> list[dict[str, Any]]:
    """Contacts of one Tuesday whose same-day promise nobody kept."""
    contacts = [here.contact() for _ in range(cases)]
    here.town.clock.move_to(datetime(2026, 12, 2, 0, 0, 1, tzinfo=HELSINKI))
    sweep(here.town.engine)
    return contacts


def owed(here: ApiTown) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = here["lead"].get("/board/promises?state=reason_missing")["rows"]
    return rows


@pytest.mark.rule(18)
def test_a_breach_says_on_board_case_and_timeline_by_when_its_reason_is_owed(here: ApiTown) -> None:
    (contact,) = breached(here)

    late = next(row["promise"] for row in owed(here) if row["promise"]["key"] == "kasittely_alkaa")
    assert late["reason_due_at"] == "2026-12-03T00:00:00+02:00"
    shown = here["lead"].get(f"/cases/{contact['case_id']}")["promises"]
    assert late["reason_due_at"] in [promise["reason_due_at"] for promise in shown]
    for language, said in (("fi", "viimeistään ke 2.12. klo 24.00"), ("sv", "senast ons 2.12 kl. 24.00")):
        told = here["lead"].get(f"/cases/{contact['case_id']}/timeline?lang={language}")["events"]
        assert any(said in event["what"] for event in told if event["type"] == "promise_breached"), told


@pytest.mark.rule(18)
def test_one_reason_and_plan_is_given_for_many_breaches_at_once(here: ApiTown) -> None:
    breached(here, cases=3)
    ids = [row["promise"]["promise_id"] for row in owed(here)]
    assert len(ids) >= 3
    body = {"promise_ids": ids, "code": "kapasiteetti", "plan": "Kaksi sijaista tulee huomenna."}

    assert here["lead"].post("/board/promises/reasons", body, idempotency_key="yksi")["given"] == ids
    assert here["lead"].post("/board/promises/reasons", body, idempotency_key="yksi")["given"] == ids

    assert owed(here) == []


def test_reasons_for_many_are_refused_to_others_and_for_what_is_not_theirs(here: ApiTown) -> None:
    breached(here)
    ids = [row["promise"]["promise_id"] for row in owed(here)]
    body = {"promise_ids": ids, "code": "kapasiteetti", "plan": "Soitamme."}

    here["nurse"].post("/board/promises/reasons", body, 403)
    here["stranger"].post("/board/promises/reasons", body, 404)
    here["lead"].post("/board/promises/reasons", body | {"promise_ids": []}, 422)
    here["lead"].post("/board/promises/reasons", body | {"code": "kiire"}, 409)
    assert len(owed(here)) == len(ids)


def test_targets_are_only_counted(here: ApiTown) -> None:
    breached(here)

    assert {row["promise"]["kind"] for row in owed(here)} <= {"promise", "statutory"}


@pytest.mark.rule(2)
def test_an_end_that_was_recorded_late_shows_on_the_board_with_its_reason(here: ApiTown) -> None:
    contact = here.contact()
    here.town.clock.advance(hours=3)
    outcome = {"outcome": "ratkaistu_yhteydenotossa", "occurred_at": "2026-12-01T09:30:00+02:00"}
    path = f"/cases/{contact['case_id']}/steps/vastaanotto/outcome"

    assert here["nurse"].post(path, outcome, 409)["code"] == "reason_missing"
    here["nurse"].post(path, outcome | {"late_reason": "home_visit"})

    (row, *_) = here["lead"].get("/board/promises?state=told_late")["rows"]
    assert (row["promise"]["ended_at"], row["promise"]["late_reason"]) == ("2026-12-01T09:30:00+02:00", "home_visit")
    assert row["promise"]["told_late_at"] == here.town.now.astimezone(HELSINKI).isoformat()


@pytest.mark.rule(18)
def test_rungs_put_promises_at_risk_and_then_under_self_monitoring_on_the_board(here: ApiTown) -> None:
    here.contact()

    def on_list(state: str) -> list[str]:
        return [row["promise"]["key"] for row in here["lead"].get(f"/board/promises?state={state}")["rows"]]

    here.town.clock.move_to(datetime(2026, 12, 4, 15, 0, tzinfo=HELSINKI))
    sweep(here.town.engine)
    assert "palvelu_viikossa" not in on_list("at_risk")
    here.town.clock.move_to(datetime(2026, 12, 7, 15, 0, tzinfo=HELSINKI))  # past 80 % of the week
    sweep(here.town.engine)
    assert "palvelu_viikossa" in on_list("at_risk")

    here.town.clock.move_to(datetime(2026, 12, 17, 9, 0, tzinfo=HELSINKI))  # five working days after the breach
    sweep(here.town.engine)
    assert "palvelu_viikossa" in on_list("self_monitoring")
    assert on_list("at_risk") == []
    here["lead"].get("/board/promises?state=whatever", 422)
