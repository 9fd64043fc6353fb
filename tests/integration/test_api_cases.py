"""The API from a contact to a case's end: what each path takes and answers, and what it refuses."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from engine.sweep import sweep
from tests.integration.api_town import ApiTown, api_town


@pytest.fixture
def here(database_url: str) -> Iterator[ApiTown]:
    with api_town(database_url) as settled:
        yield settled


# --- contacts ---


def test_a_contact_opens_a_case_and_starts_its_promises(here: ApiTown) -> None:
    client = here["nurse"].post(
        "/clients", {"name": "Aino Testinen", "birth_date": "2011-03-04", "language": "fi"}, 201
    )
    answer = here.contact(client_id=client["client_id"], callback="040 000", callback_safe=True)

    assert answer["joined"] is False
    assert answer["client_id"] == client["client_id"]
    promises = {promise["key"]: promise for promise in answer["promises"]}
    assert promises["kasittely_alkaa"]["due_at"] == "2026-12-02T00:00:00+02:00"
    assert promises["kasittely_alkaa"]["due_on"] == "2026-12-01"
    assert promises["kasittely_alkaa"]["working_due_at"] == "2026-12-01T16:00:00+02:00"
    assert promises["palvelu_viikossa"]["due_on"] == "2026-12-08"
    assert promises["hoidon_tarpeen_arvio"]["kind"] == "statutory"


def test_a_second_contact_of_the_same_client_joins_the_open_case(here: ApiTown) -> None:
    first = here.contact()
    again = here.contact(client_id=first["client_id"])

    assert again["joined"] is True
    assert again["case_id"] == first["case_id"]
    assert again["contact_id"] != first["contact_id"]


def test_a_client_who_returns_begins_a_new_episode(here: ApiTown) -> None:
    first = here.contact(pathway="apu")
    here["lead"].post(f"/cases/{first['case_id']}/closing", {"end": "valmis"})
    here.town.clock.advance(days=20)
    again = here.contact(pathway="apu", client_id=first["client_id"])

    assert (again["case_id"], again["joined"], again["episode"]) == (first["case_id"], False, 2)


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"received_at": "2026-12-01T09:12:00"}, 422),
        ({"received_at": 1796109120}, 422),
        ({"received_at": "2026-12-01T12:12:00+02:00"}, 422),
        ({"matter": ""}, 422),
        ({"urgency": "very"}, 422),
        ({"surname": "misspelt"}, 422),
        ({"pathway": "no_such"}, 409),
        ({"channel": "savumerkki"}, 409),
        ({"client_id": "0190a000-0000-7000-8000-000000000000"}, 404),
        ({"client_id": "not an id"}, 404),
        ({"unit": "lansi"}, 404),
    ],
)
def test_a_contact_that_can_not_be_meant_is_refused(here: ApiTown, wrong: dict[str, object], status: int) -> None:
    said = {
        "pathway": "nuorten_mielenterveys",
        "channel": "puhelin",
        "received_at": here.town.now.isoformat(),
        "matter": "apua",
        "language": "fi",
    }
    problem = here["nurse"].post("/contacts", said | wrong, status)

    assert problem["status"] == status
    assert problem["type"].startswith("/api/problems/")
    assert here["nurse"].get("/cases")["cases"] == []


def test_what_is_wrong_with_a_body_is_said_without_repeating_it(here: ApiTown) -> None:
    problem = here["nurse"].post("/contacts", {"matter": "salainen asia", "received_at": "salainen aika"}, 422)

    assert {error["field"] for error in problem["errors"]} >= {"body.pathway", "body.received_at"}
    assert "salainen" not in str(problem)


# --- the case ---


def test_a_case_shows_what_the_interface_names(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    response = here["nurse"].raw("GET", f"/cases/{case_id}")
    case = response.json()

    assert response.headers["etag"] == f'"{case["revision"]}"'
    assert {
        "case_id",
        "number",
        "pathway",
        "version",
        "clients",
        "responsible",
        "steps",
        "promises",
        "revision",
    } <= set(case)
    assert {"run_id", "step", "state", "assignee", "outcomes"} <= set(case["steps"][0])
    assert "jatkuu" in case["steps"][0]["outcomes"]
    assert {
        "promise_id",
        "key",
        "kind",
        "state",
        "started_at",
        "due_at",
        "due_on",
        "working_due_at",
        "breached_at",
        "unit",
        "role",
    } <= set(case["promises"][0])
    assert case["responsible"]["worker_id"] is None
    assert case["responsible"]["unit"] == here.town.units["ita"]


def test_texts_are_in_the_language_that_is_asked_for(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    nurse = here["nurse"]

    assert nurse.get(f"/cases/{case_id}?lang=sv")["pathway_title"] == "Servicestig för ungas psykiska hälsa"
    assert nurse.get(f"/cases/{case_id}", accept_language="sv-FI,fi;q=0.5")["pathway_title"].startswith("Servicestig")
    assert nurse.get(f"/cases/{case_id}", accept_language="de")["pathway_title"] == "Nuoren mielenterveyspolku"


def test_an_act_keeps_the_same_day_promise(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    case = here["nurse"].post(f"/cases/{case_id}/acts", {"kind": "call", "note": "Puhuttiin äidin kanssa."}, 201)

    kept = next(promise for promise in case["promises"] if promise["key"] == "kasittely_alkaa")
    assert kept["state"] == "kept"
    events = here["nurse"].get(f"/cases/{case_id}/timeline")["events"]
    act = next(event for event in events if event["type"] == "act_recorded")
    assert (act["who"]["name"], act["words"], act["what"]) == (
        "Noora Nokka",
        "Puhuttiin äidin kanssa.",
        "Call recorded",
    )
    assert act["occurred_at"] == "2026-12-01T09:12:00+02:00"


def test_an_act_in_the_future_or_without_an_offset_is_refused(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    future = (here.town.now + timedelta(hours=1)).isoformat()

    assert here["nurse"].post(f"/cases/{case_id}/acts", {"kind": "call", "occurred_at": future}, 422)["code"] == (
        "time_refused"
    )
    here["nurse"].post(f"/cases/{case_id}/acts", {"kind": "call", "occurred_at": "2026-12-01T09:30:00"}, 422)
    here["nurse"].post(f"/cases/{case_id}/acts", {"kind": "opening"}, 422)


def test_an_act_told_late_needs_a_reason(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    done_at = here.town.now.isoformat()
    here.town.clock.advance(hours=3)
    late = {"kind": "call", "occurred_at": done_at}

    assert here["nurse"].post(f"/cases/{case_id}/acts", late, 409)["code"] == "reason_missing"
    here["nurse"].post(f"/cases/{case_id}/acts", late | {"late_reason": "tekninen"}, 201)


def test_a_step_is_begun_and_ended_by_key_or_run(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    nurse = here["nurse"]
    begun = nurse.post(f"/cases/{case_id}/steps/vastaanotto/start", {})
    assert begun["steps"][0]["state"] == "started"
    assert begun["steps"][0]["assignee"]["name"] == "Noora Nokka"
    run_id = begun["steps"][0]["run_id"]
    case = nurse.post(f"/cases/{case_id}/steps/{run_id}/outcome", {"outcome": "jatkuu"})

    assert [step["step"] for step in case["steps"]] == ["kiireellisyys", "vastaanotto"]
    assert nurse.post(f"/cases/{case_id}/steps/vastaanotto/outcome", {"outcome": "jatkuu"}, 409)["possible"] == [
        "kiireellisyys"
    ]
    refused = nurse.post(f"/cases/{case_id}/steps/kiireellisyys/outcome", {"outcome": "ehka"}, 409)
    assert refused["code"] == "outcome_not_possible"
    assert set(refused["possible"]) >= {"kiireeton", "hata"}


def test_naming_tells_who_and_why(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    claimed = here["nurse"].post(f"/cases/{case_id}/responsible-worker", {"worker_id": here.town.workers["nurse"]})

    assert (claimed["name"], claimed["worker_id"]) == ("Noora Nokka", here.town.workers["nurse"])
    assert claimed["why"]
    refused = here["lead"].post(
        f"/cases/{case_id}/responsible-worker", {"worker_id": here.town.workers["therapist"]}, 409
    )
    assert refused["code"] == "worker_not_fit"
    assert "Liisa Vetäjä" in refused["possible"]
    here["lead"].post(f"/cases/{case_id}/responsible-worker", {}, 422)
    here["lead"].post(f"/cases/{case_id}/responsible-worker", {"auto": True, "worker_id": case_id}, 422)


def test_an_event_of_life_pauses_what_the_definition_says(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    until = (here.town.now + timedelta(days=6)).isoformat()
    event = {"event": "client_postponed", "until": until}
    case = here["nurse"].post(f"/cases/{case_id}/events", event, 201)
    states = {promise["key"]: promise["state"] for promise in case["promises"]}

    assert states["palvelu_viikossa"] == "paused"
    assert states["hoidon_tarpeen_arvio"] == "running"
    here["nurse"].post(f"/cases/{case_id}/events", {"event": "no_such_event"}, 404)


# --- promises ---


def test_a_promise_is_paused_resumed_and_explained(here: ApiTown) -> None:
    contact = here.contact()
    week = next(promise for promise in contact["promises"] if promise["key"] == "palvelu_viikossa")
    path = f"/cases/{contact['case_id']}/promises/{week['promise_id']}"
    nurse, start = here["nurse"], here.town.now
    pause = {
        "from": start.isoformat(),
        "to": (start + timedelta(days=7)).isoformat(),
        "reason": "client_postponed",
    }
    paused = nurse.post(f"{path}/pause", pause)
    assert (paused["state"], paused["due_at"], paused["pause"]["reason"]) == ("paused", None, "client_postponed")
    assert nurse.post(f"{path}/pause", pause, 409)["code"] == "pause_refused"
    here.town.clock.advance(days=2)
    resumed = nurse.post(f"{path}/resume", {})
    assert (resumed["state"], resumed["due_on"]) == ("running", "2026-12-09")

    for lang in ("fi", "sv", "en"):
        explained = nurse.get(f"{path}/explain?lang={lang}")
        assert explained["due_on"] == "2026-12-09"
        assert len(explained["explanation"]) >= 3
        assert explained["intervals"][0]["start"].endswith("+02:00")
    assert "tauo" in " ".join(nurse.get(f"{path}/explain?lang=fi")["explanation"]).lower()


def test_a_statutory_clock_is_never_paused(here: ApiTown) -> None:
    contact = here.contact()
    law = next(promise for promise in contact["promises"] if promise["kind"] == "statutory")
    pause = {
        "from": here.town.now.isoformat(),
        "to": (here.town.now + timedelta(days=7)).isoformat(),
        "reason": "client_postponed",
    }
    path = f"/cases/{contact['case_id']}/promises/{law['promise_id']}/pause"

    assert here["nurse"].post(path, pause, 409)["code"] == "pause_refused"
    here["nurse"].post(path, pause | {"from": "2026-12-01T09:12:00"}, 422)


def test_a_breach_gets_its_reason_from_the_lead_and_is_never_deleted(here: ApiTown) -> None:
    contact = here.contact()
    here.town.clock.advance(days=2)
    sweep(here.town.engine)
    late = next(promise for promise in contact["promises"] if promise["key"] == "kasittely_alkaa")
    path = f"/cases/{contact['case_id']}/promises/{late['promise_id']}"
    reason = {"code": "kapasiteetti", "plan": "Soitamme tänään."}

    refused = here["nurse"].post(f"{path}/reason", reason, 403)
    assert refused["code"] == "not_allowed"
    assert here["lead"].post(f"{path}/reason", reason | {"code": "laiskuus"}, 409)["possible"]
    assert here["lead"].post(f"{path}/reason", reason)["reason_code"] == "kapasiteetti"
    voided = here["lead"].post(f"{path}/void-breach", {"why": "Kirjattu väärälle päivälle"})
    assert voided["breached_at"] == "2026-12-02T00:00:00+02:00"
    assert voided["breach_voided_at"] is not None
    here["lead"].post(f"{path}/void-breach", {"why": "uudelleen"}, 409)


# --- the plan ---

PLAN = {"situation": "Uni on huonoa.", "goals": [{"key": "uni", "wording": "Nukun paremmin"}], "language": "fi"}


def test_a_plan_is_written_over_the_revision_that_was_seen(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    nurse, path = here["nurse"], f"/cases/{case_id}/plan"
    empty = nurse.raw("GET", path)
    assert (empty.json()["version"], empty.json()["state"]) == (0, "missing")
    tag = empty.headers["etag"]
    written = nurse.put(path, PLAN, if_match=tag)
    assert (written["version"], written["state"], written["content"]["situation"]) == (1, "draft", "Uni on huonoa.")

    here["lead"].post(f"/cases/{case_id}/acts", {"kind": "call"}, 201)
    stale = nurse.put(path, PLAN, 412, if_match=f'"{written["revision"]}"')
    assert stale["code"] == "revision_stale"
    assert stale["facts"]["by"] == "Liisa Vetäjä"
    assert "Liisa Vetäjä" in stale["detail"]
    assert nurse.put(path, PLAN, 428)["code"] == "if_match_required"
    assert nurse.put(path, PLAN, 412, if_match='"of another kind"')["code"] == "revision_stale"
    assert nurse.get(path)["version"] == 1


def test_a_plan_is_agreed_with_the_client(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    nurse, path = here["nurse"], f"/cases/{case_id}/plan"
    nurse.put(path, PLAN | {"goals": []}, if_match="*")
    assert nurse.post(f"{path}/agreement", {"agreement": "agreed"}, 409)["code"] == "plan_not_ready"
    nurse.put(path, PLAN, if_match="*")
    agreed = nurse.post(f"{path}/agreement", {"agreement": "disagreement", "client_view": "En halua ryhmään."})

    assert (agreed["state"], agreed["agreement"]) == ("agreed", "disagreement")
    assert agreed["client_view"] == "En halua ryhmään."
    assert [version["version"] for version in agreed["versions"]] == [2, 1]
    nurse.put(path, PLAN | {"goals": "many"}, 422, if_match="*")


def test_a_timer_makes_no_form_stale(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    tag = here["nurse"].raw("GET", f"/cases/{case_id}").headers["etag"]
    here.town.clock.advance(days=9)
    sweep(here.town.engine)

    here["nurse"].put(f"/cases/{case_id}/plan", PLAN, if_match=tag)


# --- consultations ---


def test_a_consultation_goes_from_question_to_acknowledgement(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    question = {
        "ask": {"profession": "nuorisopsykiatri", "organisation": "hus"},
        "question": "Sopiiko lääkitys?",
        "urgency": "normal",
        "language": "fi",
    }
    asked = here["nurse"].post(f"/cases/{case_id}/consultations", question, 201)
    path = f"/consultations/{asked['consultation_id']}"
    hus, nurse = here["consultant"], here["nurse"]
    (row,) = hus.get("/worklist?view=consultations")["rows"]
    assert (row["consultation_id"], row["case_id"], row["client_name"]) == (asked["consultation_id"], None, None)

    seen = hus.get(path)
    assert (seen["question"], seen["case_id"], seen["case_number"]) == ("Sopiiko lääkitys?", None, None)
    assert hus.post(f"{path}/return", {"words": "Mikä lääke?"})["state"] == "returned"
    assert nurse.post(f"{path}/complete", {"words": "Sertraliini. Sopiiko?"})["state"] == "requested"
    assert hus.post(f"{path}/accept", {})["state"] == "accepted"
    assert hus.post(f"{path}/answer", {"answer": "Sopii."})["state"] == "answered"
    assert nurse.get(path)["answer"] == "Sopii."
    assert nurse.post(f"{path}/acknowledge")["state"] == "acknowledged"
    assert nurse.post(f"{path}/acknowledge", None, 409)["code"] == "arrow_not_possible"
    hus.get(f"/cases/{case_id}", 404)
    nurse.post(f"{path}/forward", {}, 422)


def test_only_the_asked_answer_and_only_the_askers_side_withdraws(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    question = {
        "ask": {"profession": "nuorisopsykiatri"},
        "question": "Sopiiko?",
        "urgency": "normal",
        "language": "fi",
    }
    asked = here["nurse"].post(f"/cases/{case_id}/consultations", question, 201)
    path = f"/consultations/{asked['consultation_id']}"

    assert here["nurse"].post(f"{path}/answer", {"words": "Itse vastaan"}, 403)["code"] == "not_allowed"
    here["consultant"].post(f"{path}/withdraw", {}, 403)
    here["stranger"].post(f"{path}/answer", {"words": "Minäkin"}, 404)
    here["stranger"].get(path, 404)
    assert here["nurse"].post(f"{path}/withdraw", {})["state"] == "withdrawn"


# --- hand-over and lists ---


def test_a_hand_over_moves_the_case_when_it_is_accepted(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    offered = here["lead"].post(f"/cases/{case_id}/handovers", {"to_unit": "lansi", "reason": "muutto"}, 201)
    path = f"/cases/{case_id}/handovers/{offered['handover_id']}/accept"

    here["nurse"].post(path, {}, 403)
    moved = here["stranger"].post(path, {})
    assert moved["unit_name"] == "Länsi"
    here["nurse"].get(f"/cases/{case_id}", 404)
    here["lead"].post(f"/cases/{case_id}/handovers", {"to_unit": "itä", "reason": "takaisin"}, 404)


def test_cases_are_listed_in_pages(here: ApiTown) -> None:
    made = []
    for _ in range(5):
        made.append(here.contact()["case_id"])
        here.town.clock.advance(minutes=1)
    found, cursor = [], ""
    while True:
        page = here["nurse"].get(f"/cases?limit=2&state=open&unit=ita{cursor}")
        found += [case["case_id"] for case in page["cases"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"

    assert found == made[::-1]
    assert here["stranger"].get("/cases")["cases"] == []
    here["nurse"].get("/cases?cursor=made-up", 422)
    here["nurse"].get("/cases?limit=0", 422)
    here["nurse"].get("/cases?unit=nowhere", 404)


def test_the_lead_reads_the_board_and_the_report(here: ApiTown) -> None:
    here.contact(pathway="apu")
    here.town.clock.advance(days=9)
    sweep(here.town.engine)
    lead = here["lead"]
    board = lead.get("/board/promises?state=late&unit=ita&kind=promise")
    assert {row["promise"]["key"] for row in board["rows"]} == {"aloitus", "palvelu"}
    assert board["figures"]["late"] == 2
    assert lead.get("/board/promises?state=today")["rows"] == []
    report = lead.get("/reports/promises?from=2026-12-01&to=2026-12-31&by=unit")
    assert (report["total"]["started"], report["total"]["breached"]) == (2, 2)
    assert report["rows"][0]["title"] == "Itä"

    here["designer"].get("/board/promises", 403)
    lead.get("/board/promises?unit=lansi", 404)
    lead.get("/board/promises?state=soon", 422)
    lead.get("/reports/promises?from=2026-12-31&to=2026-12-01", 422)
    lead.get("/reports/promises?from=yesterday&to=2026-12-01", 422)


def test_the_catalogue_shows_whole_definitions(here: ApiTown) -> None:
    designer = here["designer"]
    rows = {row["pathway"]: row for row in designer.get("/pathways?lang=fi")}
    assert rows["nuorten_mielenterveys"]["versions"][0]["missing_approvals"]
    version = designer.get("/pathways/nuorten_mielenterveys/versions/1")
    assert version["definition"]["expanded"] is True
    assert "arvio" in version["definition"]["steps"]
    designer.get("/pathways/nuorten_mielenterveys/versions/99", 404)
    designer.get("/pathways/nothing/versions/1", 404)


def test_urgency_language_facts_and_own_worker_are_said(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    nurse = here["nurse"]

    nurse.post(f"/cases/{case_id}/own-worker", {"worker_id": here.town.workers["nurse"]}, 403)
    assert nurse.post(f"/cases/{case_id}/urgency", {"urgency": "urgent"})["urgency"] == "urgent"
    assert nurse.post(f"/cases/{case_id}/language", {"language": "sv"})["language"] == "sv"
    nurse.post(f"/cases/{case_id}/facts", {"name": "client.lives_alone", "value": True})
    assert nurse.post(f"/cases/{case_id}/facts", {"name": "client.hobby", "value": "x"}, 422)["code"] == "malformed"
    here["lead"].post(f"/cases/{case_id}/own-worker", {"worker_id": here.town.workers["nurse"]}, 409)


def test_somebody_of_the_family_joins_the_case(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    mother = here.town.add_client("Minna Testinen")
    case = here["nurse"].post(f"/cases/{case_id}/clients", {"client_id": mother, "relation": "huoltaja"}, 201)

    assert [(client["relation"], client["primary"]) for client in case["clients"]] == [
        ("self", True),
        ("huoltaja", False),
    ]
    unknown = {"client_id": "0190a000-0000-7000-8000-000000000000", "relation": "huoltaja"}
    here["nurse"].post(f"/cases/{case_id}/clients", unknown, 404)
