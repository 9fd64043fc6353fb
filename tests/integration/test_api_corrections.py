"""A time that was recorded wrong is corrected over the API: who may, what follows, and what the timeline then says."""

from collections.abc import Iterator

import pytest

from tests.integration.api_town import ApiTown, api_town


@pytest.fixture
def here(sqlite_url: str) -> Iterator[ApiTown]:
    with api_town(sqlite_url) as settled:
        yield settled


def the_contact(here: ApiTown, case_id: str) -> int:
    events = here["lead"].get(f"/cases/{case_id}/timeline")["events"]
    return int(next(event["sequence"] for event in events if event["type"] == "contact_received"))


@pytest.mark.rule(3, 20)
def test_a_corrected_contact_moves_its_promises_and_the_timeline_tells_why(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    body = {"sequence": the_contact(here, case_id), "occurred_at": "2026-11-27T15:00:00+02:00", "why": "kello väärässä"}

    case = here["lead"].post(f"/cases/{case_id}/corrections?lang=fi", body, 201)

    promises = {promise["key"]: promise for promise in case["promises"]}
    assert promises["kasittely_alkaa"]["due_on"] == "2026-11-27"
    assert promises["kasittely_alkaa"]["breached_at"] == "2026-11-28T00:00:00+02:00"
    said = {event["type"]: event for event in here["lead"].get(f"/cases/{case_id}/timeline?lang=fi")["events"]}
    assert said["time_corrected"]["what"] == (
        "Aika korjattiin: yhteydenotto – pe 27.11. klo 15.00 (kirjattu ti 1.12. klo 9.12)"
    )
    assert said["time_corrected"]["words"] == "kello väärässä"
    moved = said["promise_recalculated"]["what"]
    assert moved.startswith("Määräaika siirtyi: ")
    assert moved.endswith("Syy: kirjattu aika korjattiin")


@pytest.mark.parametrize(
    ("who", "wrong", "status", "says"),
    [
        ("nurse", {}, 403, "vastuutyöntekijä tai esihenkilö"),
        ("stranger", {}, 404, "ei löydy"),
        ("lead", {"why": ""}, 422, ""),
        ("lead", {"occurred_at": "2026-11-27T15:00:00"}, 422, ""),
        ("lead", {"occurred_at": "2027-11-27T15:00:00+02:00"}, 422, "kirjaamishetken jälkeen"),
        ("lead", {"sequence": 1}, 422, "korjata voi vain yhteydenoton"),
        ("lead", {"sequence": 9999}, 404, "ei löydy"),
    ],
)
def test_a_correction_is_refused_with_what_is_possible(
    here: ApiTown, who: str, wrong: dict[str, object], status: int, says: str
) -> None:
    case_id = here.contact()["case_id"]
    body = {"sequence": the_contact(here, case_id), "occurred_at": "2026-11-27T15:00:00+02:00", "why": "kello väärässä"}

    problem = here[who].post(f"/cases/{case_id}/corrections?lang=fi", body | wrong, status)

    assert says in str(problem)
