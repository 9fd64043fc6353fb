"""Who gets in and what they see: every route without a token, as another unit's worker, and what the log holds."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from engine.accounts import disable_account
from engine.ids import new_id
from engine.passwords import Passwords
from engine.sign_in import begin_session
from tests.api_client import ApiClient
from tests.integration.api_town import ApiTown, api_town
from tests.unit.test_identity_code import a_code

OPEN = {"/healthz", "/readyz"}
BODIES: dict[str, Any] = {
    "post /api/v1/contacts": {
        "pathway": "apu",
        "channel": "puhelin",
        "received_at": "2026-12-01T09:00:00+02:00",
        "matter": "apua",
        "language": "fi",
    },
    "post /api/v1/clients": {"language": "fi"},
    "post /api/v1/clients/search": {"temporary_id": "T-NOBODY"},
    "post /api/v1/clients/{client_id}/identity": {"name": "Aino"},
    "post /api/v1/cases/{case_id}/acts": {"kind": "call"},
    "post /api/v1/clients/{client_id}/counts": {
        "unit": "ita",
        "counts": [
            {"kind": "ed_visits", "day": "2026-11-30", "source": "lifecare", "reference": "1", "register": "terveys"}
        ],
    },
    "post /api/v1/candidates": {"case_id": "0190a000-0000-7000-8000-000000000000", "concern": 3},
    "post /api/v1/candidates/{candidate_id}/decline": {"reason": "suunniteltu_kaytto"},
    "post /api/v1/candidates/{candidate_id}/counted": {"thing_id": "x", "reason": "tilanne_muuttunut"},
    "post /api/v1/cases/{case_id}/steps/{step}/outcome": {"outcome": "jatkuu"},
    "post /api/v1/cases/{case_id}/steps/{step}/assignee": {"worker_id": None},
    "post /api/v1/cases/{case_id}/responsible-worker": {"auto": True},
    "post /api/v1/cases/{case_id}/own-worker": {"worker_id": "0190a000-0000-7000-8000-000000000000"},
    "post /api/v1/cases/{case_id}/clients": {
        "client_id": "0190a000-0000-7000-8000-000000000000",
        "relation": "huoltaja",
    },
    "post /api/v1/cases/{case_id}/handovers": {"to_unit": "lansi", "reason": "muutto"},
    "post /api/v1/cases/{case_id}/events": {"event": "died"},
    "post /api/v1/cases/{case_id}/urgency": {"urgency": "urgent"},
    "post /api/v1/cases/{case_id}/language": {"language": "sv"},
    "post /api/v1/cases/{case_id}/facts": {"name": "client.lives_alone", "value": True},
    "post /api/v1/cases/{case_id}/closing": {"end": "ratkaistu"},
    "post /api/v1/cases/{case_id}/closing-approvals": {"end": "ratkaistu"},
    "put /api/v1/cases/{case_id}/plan": {"situation": "-"},
    "post /api/v1/cases/{case_id}/plan/agreement": {"agreement": "agreed"},
    "post /api/v1/cases/{case_id}/consultations": {
        "ask": {"profession": "nuorisopsykiatri"},
        "question": "?",
        "urgency": "normal",
        "language": "fi",
    },
    "post /api/v1/consultations/{consultation_id}/{verb}": {"words": "Sopii."},
    "post /api/v1/cases/{case_id}/promises/{promise_id}/pause": {
        "from": "2026-12-01T09:12:00+02:00",
        "to": "2026-12-08T09:12:00+02:00",
        "reason": "client_postponed",
    },
    "post /api/v1/cases/{case_id}/promises/{promise_id}/reason": {"code": "kapasiteetti", "plan": "Soitamme."},
    "post /api/v1/cases/{case_id}/corrections": {
        "sequence": 1,
        "occurred_at": "2026-12-01T09:00:00+02:00",
        "why": "väärä aika",
    },
    "post /api/v1/cases/{case_id}/promises/{promise_id}/void-breach": {"why": "väärä päivä"},
    "post /api/v1/board/promises/reasons": {
        "promise_ids": ["018f0000-0000-7000-8000-000000000000"],
        "code": "kapasiteetti",
        "plan": "Soitamme.",
    },
}
"""A body that is well formed, so that only access can refuse it. A route left out takes none."""


@pytest.fixture
def here(database_url: str) -> Iterator[ApiTown]:
    with api_town(database_url) as settled:
        yield settled


def operations(here: ApiTown) -> list[tuple[str, str]]:
    paths: dict[str, dict[str, Any]] = here["nobody"].get("/api/openapi.json")["paths"]
    return [(method, path) for path, found in paths.items() for method in found]


def filled(path: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        path = path.replace(f"{{{name}}}", value)
    query = {
        "/api/v1/changes": f"?topics=case:{known['case_id']}",
    }
    return path + query.get(path, "?from=2026-12-01&to=2026-12-31" if "/reports/" in path else "")


def known_things(here: ApiTown) -> dict[str, str]:
    """One thing of every kind, all of one case of the eastern unit."""
    contact = here.contact()
    question = {"ask": {"profession": "nuorisopsykiatri"}, "question": "?", "urgency": "normal", "language": "fi"}
    asked = here["nurse"].post(f"/cases/{contact['case_id']}/consultations", question, 201)
    told = {"case_id": contact["case_id"], "client_says": "tells_again"}
    proposed = here["nurse"].post("/candidates", told, 201)
    case = here["nurse"].get(f"/cases/{contact['case_id']}")
    return {
        "case_id": contact["case_id"],
        "client_id": contact["client_id"],
        "promise_id": contact["promises"][0]["promise_id"],
        "consultation_id": asked["consultation_id"],
        "step": case["steps"][0]["run_id"],
        "handover_id": new_id(here.town.now),
        "candidate_id": proposed["candidate_id"],
        "month": "2026-11",
        "half": "2026-1",
        "verb": "answer",
        "pathway": "nuorten_mielenterveys",
        "version": "1",
        "other": "1",
    }


# --- every route ---


def test_no_route_of_the_api_answers_without_a_token(here: ApiTown) -> None:
    known = known_things(here)
    for method, path in operations(here):
        if path in OPEN:
            continue
        response = here["nobody"].raw(method.upper(), filled(path, known), BODIES.get(f"{method} {path}"))

        assert response.status_code == 401, f"{method} {path}: {response.text}"
        assert response.headers["www-authenticate"].startswith("Bearer")
        assert response.json()["type"] == "/api/problems/sign_in_needed"


def test_to_another_units_worker_nothing_of_a_case_exists(here: ApiTown) -> None:
    known = known_things(here)
    stranger, walked = here["stranger"], 0
    unknown = {**known, **dict.fromkeys(("case_id", "consultation_id", "client_id"), new_id(here.town.now))}
    for method, path in operations(here):
        if not any(f"{{{name}}}" in path for name in ("case_id", "consultation_id")):
            continue
        body = BODIES.get(f"{method} {path}")
        not_mine = stranger.raw(method.upper(), filled(path, known), body, if_match='"1"')
        not_there = stranger.raw(method.upper(), filled(path, unknown), body, if_match='"1"')
        walked += 1

        assert not_mine.status_code == 404, f"{method} {path}: {not_mine.text}"
        assert not_there.status_code == 404, f"{method} {path}: {not_there.text}"
        same = ("type", "title", "status", "detail", "code", "possible")
        assert [not_mine.json()[name] for name in same] == [not_there.json()[name] for name in same]
    assert walked > 30
    assert stranger.get(f"/api/v1/changes?topics=case:{known['case_id']}", 404)["code"] == "not_found"
    assert here.logged(actor=here.town.workers["stranger"]) == []


def test_designers_and_administrators_see_no_client_data(here: ApiTown) -> None:
    known = known_things(here)
    for who in ("designer", "admin"):
        for method, path in operations(here):
            body = BODIES.get(f"{method} {path}")
            if method == "get" and not path.startswith("/api/v1/changes"):
                response = here[who].raw("GET", filled(path, known))
                assert response.status_code in (200, 403, 404, 503), f"{path}: {response.text}"
                assert response.status_code != 200 or known["case_id"] not in response.text, path
                assert "nukuttua" not in response.text, path
            elif "{" in path and path != "/api/v1/clients/{client_id}/identity":
                response = here[who].raw(method.upper(), filled(path, known), body, if_match='"1"')
                assert response.status_code == 404, f"{method} {path}: {response.text}"
        for path in ("/contacts", "/clients", "/clients/search"):
            refused = here[who].post(path, BODIES[f"post /api/v1{path}"], 403)
            assert refused["code"] == "not_allowed"
        assert here.logged(actor=here.town.workers[who]) == []


def test_every_read_of_client_data_leaves_a_row_in_the_access_log(here: ApiTown) -> None:
    known = known_things(here)
    here.town.clock.advance(days=9)
    here.town.name(known["case_id"], "nurse")
    free_of_clients = {
        "/api/v1/pathways",
        "/api/v1/pathways/{pathway}/versions/{version}",
        "/api/v1/pathways/{pathway}/versions/{version}/drawing.svg",
        "/api/v1/pathways/{pathway}/versions/{version}/drawing.mmd",
        "/api/v1/pathways/{pathway}/versions/{version}/differences/{other}",
        "/api/v1/me",
        "/api/v1/notifications",
        "/api/v1/reports/promises",
        "/api/v1/reports/promises.csv",
        "/api/v1/reports/candidates",
        "/api/v1/reports/waits",
        "/api/v1/reports/waits.csv",
        "/api/v1/reports/waiting-times/{half}",
        "/api/v1/reports/waiting-times/{half}/file.csv",
        "/api/v1/reports/backlog",
        "/api/v1/reports/backlog.csv",
        "/api/v1/reports/months",
        "/api/v1/reports/months/{month}",
        "/api/v1/reports/months/{month}/file.csv",
        "/api/v1/changes",
        *OPEN,
    }
    for method, path in operations(here):
        if method != "get" or path in free_of_clients:
            continue
        who = "lead" if "board" in path else "nurse"
        with here.town.engine.database.begin() as connection:
            connection.execute(text("DELETE FROM access_log"))
        here.town.engine.access_log.forget()
        answer = here[who].raw("GET", filled(path, known))
        assert answer.status_code == 200, f"{path}: {answer.text}"
        rows = here.logged(actor=here.town.workers[who])

        assert rows, path
        assert all(row["case_id"] or row["case_ids"] for row in rows), path
    search = {"name": "Aino Testinen", "birth_date": "2011-03-04"}
    client = here.town.add_client()
    here["nurse"].post("/clients/search", search)
    assert any(client in row["client_ids"] for row in here.logged(view="client_search"))


def test_client_data_is_refused_while_reads_cannot_be_logged(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    with here.town.engine.database.begin() as connection:
        connection.execute(text("DROP TABLE access_log"))
    here.town.engine.access_log.forget()

    problem = here["nurse"].get(f"/cases/{case_id}", 503)
    assert problem["code"] == "use_log_unavailable"
    assert "nukuttua" not in str(problem)
    done = here["nurse"].post(f"/cases/{case_id}/acts", {"kind": "call"}, 201)
    assert set(done) == {"case_id", "revision"}


# --- clients ---


def test_a_client_is_found_by_code_and_never_shown_whole(here: ApiTown) -> None:
    code = a_code("010111", "A")
    nurse = here["nurse"]
    said = {"identity_code": code, "name": "Aino Testinen", "language": "fi", "municipality": "Espoo"}
    added = nurse.post("/clients", said, 201)
    case_id = here.contact(client_id=added["client_id"])["case_id"]
    found = nurse.raw("POST", "/clients/search", {"identity_code": code.lower()}, idempotency_key="")

    assert code not in found.text
    (client,) = found.json()
    assert client["identity_code_masked"] == "010111A****"
    assert client["birth_date"] == "2011-01-01"
    assert [case["case_id"] for case in client["open_cases"]] == [case_id]
    assert here["stranger"].post("/clients/search", {"identity_code": code})[0]["open_cases"] == []
    assert nurse.post("/clients", {"identity_code": code, "language": "fi"}, 409)["possible"] == [added["client_id"]]
    wrong = nurse.raw("POST", "/clients/search", {"identity_code": "010111A9001"})
    assert wrong.status_code == 422
    assert "010111A9001" not in wrong.text
    nurse.post("/clients/search", {"name": "Aino"}, 422)
    nurse.post("/clients/search", {}, 422)


def test_a_caller_without_identity_is_identified_later(here: ApiTown) -> None:
    contact = here.contact()
    nurse = here["nurse"]
    anonymous = nurse.get(f"/cases/{contact['case_id']}")["clients"][0]
    assert anonymous["temporary_id"].startswith("T-")
    assert "hoitotakuu_alle_23" not in {promise["key"] for promise in contact["promises"]}
    identity = {"name": "Aino Testinen", "birth_date": "2011-03-04"}
    told = nurse.post(f"/clients/{contact['client_id']}/identity", identity)

    assert told == {"client_id": contact["client_id"], "merged": False}
    case = nurse.get(f"/cases/{contact['case_id']}")
    assert (case["clients"][0]["name"], case["clients"][0]["age"]) == ("Aino Testinen", 15)


def test_a_caller_who_is_known_already_is_joined_to_the_known_one(here: ApiTown) -> None:
    known = here.town.add_client("Aino Testinen")
    contact = here.contact()
    nurse, path = here["nurse"], f"/clients/{contact['client_id']}/identity"
    identity = {"name": "Aino Testinen", "birth_date": "2011-03-04"}
    assert nurse.post(path, identity, 409)["possible"] == [known]
    here["stranger"].post(path, identity | {"same_as": known}, 404)
    told = nurse.post(path, identity | {"same_as": known})

    assert told == {"client_id": known, "merged": True}
    (client,) = nurse.get(f"/cases/{contact['case_id']}")["clients"]
    assert (client["client_id"], client["age"], client["primary"]) == (known, 15, True)


# --- tokens and sessions ---


def test_a_token_of_somebody_who_left_opens_nothing(here: ApiTown) -> None:
    nurse = here["nurse"]
    assert nurse.get("/me")["units"] == [{"unit": here.town.units["ita"], "name": "Itä", "leads": False}]
    with here.town.engine.database.begin() as connection:
        disable_account(connection, here.town.tenant_id, here.town.workers["nurse"], here.town.now)

    nurse.get("/me", 401)
    ApiClient(here.app, "pw_made_up").get("/me", 401)


def test_a_session_needs_its_own_word_to_change_anything(here: ApiTown) -> None:
    with here.town.engine.database.begin() as connection:
        session = begin_session(connection, here.town.tenant_id, here.town.workers["nurse"], here.town.now)
    assert session is not None
    browser, cookie = ApiClient(here.app), f"pathways_session={session.token}"
    me = browser.get("/me", cookie=cookie)
    assert me["csrf"] == session.csrf
    said = {"language": "fi"}

    assert browser.post("/clients", said, 403, cookie=cookie)["code"] == "csrf_missing"
    assert browser.post("/clients", said, 403, cookie=cookie, x_csrf_token="guess")["code"] == "csrf_missing"
    browser.post("/clients", said, 201, cookie=cookie, x_csrf_token=session.csrf)
    here.town.clock.advance(hours=13)
    browser.get("/me", 401, cookie=cookie)


def test_passwords_wait_for_their_turn_two_at_a_time() -> None:
    passwords = Passwords()
    stored = passwords.hash("hevonen kamelin seljassa")

    assert passwords.verify(stored, "hevonen kamelin seljassa") is True
    assert passwords.verify(stored, "kameli") is False
    assert passwords.verify("", "kameli") is False
