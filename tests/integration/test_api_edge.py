"""The API's edge: keys that make a request happen once, problems, descriptions, health, metrics, live changes."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
import uvicorn
from sqlalchemy import select, text

from api.errors import STATUS
from api.problem_words import DETAILS, TITLES
from engine.handle import IDEMPOTENCY
from engine.projection import CASE_TABLE
from engine.sweep import next_due_at, sweep
from engine.sweep_lags import record_lags
from tests.integration.api_town import ApiTown, api_town


@pytest.fixture
def here(database_url: str) -> Iterator[ApiTown]:
    with api_town(database_url) as settled:
        yield settled


def rows(here: ApiTown, table: Any) -> list[Any]:
    with here.town.engine.database.read() as connection:
        return list(connection.execute(select(table)).mappings())


# --- once ---


def test_a_repeated_request_is_answered_again_and_done_once(here: ApiTown) -> None:
    said = {
        "pathway": "apu",
        "channel": "puhelin",
        "received_at": here.town.now.isoformat(),
        "matter": "apua",
        "language": "fi",
    }
    nurse = here["nurse"]
    first = nurse.post("/contacts", said, 201, idempotency_key="contact-1")
    here.town.clock.advance(minutes=5)
    again = nurse.post("/contacts", dict(reversed(said.items())), 201, idempotency_key="contact-1")

    assert (again["contact_id"], again["case_id"]) == (first["contact_id"], first["case_id"])
    assert len(rows(here, CASE_TABLE)) == 1
    assert nurse.post("/contacts", said | {"matter": "muuta"}, 422, idempotency_key="contact-1")["code"] == (
        "idempotency_key_reused"
    )


def test_the_same_key_for_another_address_or_by_another_worker_is_another_request(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    here["nurse"].post(f"/cases/{case_id}/acts", {"kind": "call"}, 201, idempotency_key="k")
    here["nurse"].post(f"/cases/{case_id}/urgency", {"urgency": "urgent"}, 422, idempotency_key="k")
    here["lead"].post(f"/cases/{case_id}/urgency", {"urgency": "urgent"}, 200, idempotency_key="k")


def test_a_client_is_added_once_for_each_key(here: ApiTown) -> None:
    said = {"language": "fi", "name": "Aino Testinen", "birth_date": "2011-03-04"}
    first = here["nurse"].post("/clients", said, 201, idempotency_key="c")
    assert here["nurse"].post("/clients", said, 201, idempotency_key="c") == first
    here["nurse"].post("/clients", said | {"is_new": True}, 422, idempotency_key="c")


def test_a_refusal_is_not_stored_and_the_key_works_again(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    path, key = f"/cases/{case_id}/steps/vastaanotto/outcome", "try"
    here["nurse"].post(path, {"outcome": "ei_ole"}, 409, idempotency_key=key)
    here["nurse"].post(path, {"outcome": "jatkuu"}, 200, idempotency_key=key)


def test_what_is_remembered_of_an_answer_holds_no_personal_data(here: ApiTown) -> None:
    here.contact()
    here["nurse"].post("/clients", {"language": "fi", "name": "Aino Testinen"}, 201)
    kept = str([dict(row) for row in rows(here, IDEMPOTENCY)])

    assert "Aino" not in kept
    assert "nukuttua" not in kept


def test_every_post_but_the_search_asks_for_a_key(here: ApiTown) -> None:
    described = here["nobody"].get("/api/openapi.json")
    for path, found in described["paths"].items():
        if "post" not in found:
            continue
        asks = any(parameter["name"].lower() == "idempotency-key" for parameter in found["post"].get("parameters", []))
        assert asks == (path != "/api/v1/clients/search"), path
    missing = here["nurse"].post("/clients", {"language": "fi"}, 400, idempotency_key="")
    assert missing["code"] == "idempotency_key_required"
    here["nurse"].post("/clients", {"language": "fi"}, 422, idempotency_key="x" * 121)


def test_the_same_key_while_it_is_running_is_told_to_wait(here: ApiTown) -> None:
    nurse = here["nurse"]
    mine = (here.town.tenant_id, here.town.workers["nurse"], "slow")
    here.app.state.running.add(mine)
    response = nurse.raw("POST", "/clients", {"language": "fi"}, idempotency_key="slow")

    assert (response.status_code, response.json()["code"]) == (409, "idempotency_key_running")
    assert response.headers["retry-after"] == "1"
    here.app.state.running.discard(mine)
    nurse.post("/clients", {"language": "fi"}, 201, idempotency_key="slow")
    assert here.app.state.running == set()


# --- problems and descriptions ---


def test_every_problem_has_its_words_in_three_languages_and_an_address(here: ApiTown) -> None:
    for code in {*STATUS, *TITLES}:
        for language in ("fi", "sv", "en"):
            page = here["nobody"].raw("GET", f"/api/problems/{code}", accept_language=language)
            assert page.status_code == 200, code
            assert f'lang="{language}"' in page.text
    assert here["nobody"].get("/api/problems/made_up", 404)["code"] == "not_found"
    assert all(text_.en for text_ in (*TITLES.values(), *DETAILS.values()))


def test_addresses_and_methods_there_are_not_answer_with_problems(here: ApiTown) -> None:
    assert here["nurse"].get("/api/v1/nothing", 404)["code"] == "not_found"
    assert here["nurse"].raw("DELETE", "/api/v1/cases").json()["code"] == "method_not_allowed"
    assert here["nurse"].get("/api/v1/cases/", 404)["title"] == "Not found"


def test_a_body_that_is_too_large_or_no_json_is_refused(here: ApiTown) -> None:
    large = {"language": "fi", "name": "x" * 1_000_001}
    assert here["nurse"].post("/clients", large, 413)["code"] == "too_large"
    token = here.town.token("nurse")
    headers = {"authorization": f"Bearer {token}", "idempotency-key": "1", "content-type": "application/json"}
    broken = here["nurse"]._client.post("/api/v1/clients", content=b"{not json", headers=headers)
    assert (broken.status_code, broken.json()["code"]) == (422, "malformed")


def test_a_character_that_no_text_holds_is_refused(here: ApiTown) -> None:
    nurse = here["nurse"]
    assert nurse.post("/clients", {"language": "fi", "name": "Ai\x00no"}, 422)["facts"]["why"] == "no_character"
    assert nurse.get("/cases?pathway=a%00b", 422)["code"] == "malformed"
    assert nurse.post("/clients", {"language": "fi", "name": r"c:\u0000"}, 201)


def test_a_fault_of_ours_tells_a_reference_and_nothing_else(here: ApiTown, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("api.pathways.pathway_catalogue", broken)
    problem = here["nurse"].get("/pathways", 500)

    assert problem["code"] == "failure"
    assert problem["facts"]["reference"]
    assert "secret" not in str(problem)


def test_the_description_and_its_page_are_served_locally(here: ApiTown) -> None:
    described = here["nobody"].get("/api/openapi.json")
    page = here["nobody"].raw("GET", "/api/docs")

    assert described["openapi"].startswith("3.")
    assert "/api/v1/cases/{case_id}/promises/{promise_id}/void-breach" in described["paths"]
    for path in described["paths"]:
        assert path in page.text
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert "<script" not in page.text


def test_health_is_told_at_the_root(here: ApiTown) -> None:
    assert here["nobody"].get("/healthz") == {"status": "ok"}
    assert here["nobody"].get("/readyz") == {"status": "ready"}
    with here.town.engine.database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    assert here["nobody"].get("/readyz", 503)["code"] == "not_ready"
    assert here["nobody"].get("/healthz") == {"status": "ok"}


def test_metrics_are_behind_their_token_and_name_routes_not_cases(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    here["nurse"].get(f"/cases/{case_id}")
    here["nurse"].get("/metrics", 404)
    metrics = here["nobody"].raw("GET", "/metrics", authorization="Bearer the-token-of-metrics")

    assert metrics.status_code == 200
    assert 'route="/api/v1/cases/{case_id}"' in metrics.text
    assert case_id not in metrics.text


def test_metrics_tell_of_every_sweep_and_of_what_waits(here: ApiTown) -> None:
    here.contact(pathway="apu")
    here.town.clock.advance(days=3)
    sweep(here.town.engine)
    with here.town.engine.database.begin() as connection:
        record_lags(connection, [2.0, 90.0], here.town.now)
    here.town.clock.advance(minutes=5)

    told = measured(here)

    assert told['pathways_due_lag_seconds_bucket{le="5.0"}'] == 1
    assert told['pathways_due_lag_seconds_bucket{le="120.0"}'] == 2
    assert told['pathways_due_lag_seconds_bucket{le="+Inf"}'] == told["pathways_due_lag_seconds_count"] == 3
    assert told["pathways_sweeps_total"] == 2
    assert told["pathways_cases_set_aside"] == told["pathways_due_unfired"] == 0
    assert told["pathways_outbox_waiting"] >= 1
    assert told["pathways_outbox_age_seconds"] == 300
    assert told["pathways_database_up"] == 1


def test_metrics_say_what_comes_due_within_the_hour(here: ApiTown) -> None:
    here.contact(pathway="apu")
    with here.town.engine.database.read() as connection:
        first = next_due_at(connection, here.town.now)
    assert first is not None
    here.town.clock.move_to(first - timedelta(minutes=61))
    before = measured(here)["pathways_due_next_hour"]
    here.town.clock.advance(minutes=2)

    assert (before, measured(here)["pathways_due_next_hour"]) == (0, 1)


def test_metrics_answer_without_a_database(here: ApiTown) -> None:
    with here.town.engine.database.begin() as connection:
        connection.execute(text("DROP TABLE sweep_lag"))

    told = measured(here)

    assert told["pathways_database_up"] == 0
    assert any(name.startswith("pathways_http_requests_total") for name in told)


def measured(here: ApiTown) -> dict[str, float]:
    response = here["nobody"].raw("GET", "/metrics", authorization="Bearer the-token-of-metrics")
    assert response.status_code == 200, response.text
    lines = (line.rsplit(" ", 1) for line in response.text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines}


# --- live changes ---


@contextmanager
def served(here: ApiTown) -> Iterator[str]:
    """The app on a port of its own, because a stream that never ends needs a real server."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        config = uvicorn.Config(here.app, log_level="error", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def messages(stream: httpx.Response) -> Iterator[dict[str, str]]:
    for line in stream.iter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


def test_a_change_is_told_within_seconds_to_who_follows_it(here: ApiTown) -> None:
    followed, other = here.contact()["case_id"], here.contact()["case_id"]
    headers = {"authorization": f"Bearer {here.town.token('nurse')}"}
    with (
        served(here) as address,
        httpx.stream("GET", f"{address}/api/v1/changes?topics=case:{followed}", headers=headers, timeout=20) as stream,
    ):
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = messages(stream)
        time.sleep(0.2)
        here.town.act(other)
        here.town.act(followed)
        assert next(lines) == {"topic": "case", "id": followed}


def test_the_asked_one_follows_a_question_without_learning_its_case(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    consultation = here.town.ask(case_id)
    headers = {"authorization": f"Bearer {here.town.token('consultant')}"}
    topics = f"consultation:{consultation}"
    with (
        served(here) as address,
        httpx.stream("GET", f"{address}/api/v1/changes?topics={topics}", headers=headers, timeout=20) as stream,
    ):
        lines = messages(stream)
        time.sleep(0.2)
        here.town.act(case_id)
        assert next(lines) == {"topic": "consultation", "id": consultation}


def test_only_what_is_mine_can_be_followed(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    for topic in (f"case:{case_id}", f"unit:{here.town.units['ita']}", f"worker:{here.town.workers['nurse']}", "moon"):
        here["stranger"].get(f"/changes?topics={topic}", 404)
    here["nurse"].get("/changes?topics=", 422)
    here["nurse"].get("/changes", 422)
