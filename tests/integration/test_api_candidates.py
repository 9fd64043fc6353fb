"""Deciding about a candidate by the API: who may, what follows, what is silent afterwards, and what the log keeps."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.candidate_rules import load_rule_book
from engine.candidates import count_tonight, find_candidates
from engine.ids import new_id
from engine.published import publish
from engine.reader import read_definition, read_file
from engine.shelf import SHIPPED, load_shelf
from tests.integration.api_town import ApiTown, api_town

DAY = "2026-11-20"


@pytest.fixture
def here(sqlite_url: str) -> Iterator[ApiTown]:
    with api_town(sqlite_url) as settled:
        yield settled


@pytest.fixture
def either(database_url: str) -> Iterator[ApiTown]:
    """For what the two databases do in ways of their own."""
    with api_town(database_url) as settled:
        yield settled


def ppt(here: ApiTown) -> None:
    """The pathway for clients who need many services, open to this town."""
    definition = read_definition(read_file(Path(SHIPPED / "ppt.yaml")), load_shelf().shelf).definition
    with here.town.engine.database.begin() as connection:
        publish(connection, here.town.tenant_id, definition, by="system", now=here.town.now)


def night(here: ApiTown) -> Any:
    book = load_rule_book()
    assert book is not None
    *_, last = find_candidates(here.town.engine, here.town.tenant_id, book)
    return last


def tell(
    here: ApiTown, client_id: str, kind: str, number: int = 1, who: str = "nurse", status: int = 201, **more: Any
) -> Any:
    count = {"kind": kind, "day": DAY, "number": number, "source": "lifecare", "reference": new_id(here.town.now)}
    body = {"unit": "ita", "counts": [count | {"register": "terveys"} | more]}
    return here[who].post(f"/clients/{client_id}/counts", body, status)


def a_candidate(here: ApiTown) -> tuple[str, str]:
    """A client with ten physician contacts and four emergency visits; the candidate and the client."""
    client_id = here.town.add_client()
    here.contact(client_id=client_id, pathway="apu")
    tell(here, client_id, "contacts", 10, profession="laakari", mode="face_to_face")
    tell(here, client_id, "ed_visits", 4)
    night(here)
    (found,) = here["nurse"].get("/candidates")
    return found["candidate_id"], client_id


def test_a_unit_reads_why_in_words_and_what_nobody_has_told(here: ApiTown) -> None:
    candidate_id, _ = a_candidate(here)

    shown = here["nurse"].get(f"/candidates/{candidate_id}", accept_language="fi")["candidate"]

    words = {hit["rule"]: hit["words"] for hit in shown["hits"]}
    assert words["H1"] == "Lääkärikontakteja oli vuodessa 10. Raja on 10."
    assert {hit["rule"]: hit["client_words"] for hit in shown["hits"]}["H5"].startswith("Olet käynyt päivystyksessä 4")
    assert "Suunnittelemattomat osastojaksot" in shown["unknown"]
    assert (shown["state"], shown["points"], shown["limit"], shown["is_late"]) == ("open", 4, 4, False)
    assert here.logged(view="candidate")[0]["client_ids"]


@pytest.mark.parametrize("who", ["stranger", "consultant", "designer", "admin"])
def test_nobody_else_sees_or_decides(here: ApiTown, who: str) -> None:
    candidate_id, client_id = a_candidate(here)

    assert here[who].get("/candidates") == []
    here[who].get(f"/candidates/{candidate_id}", 404)
    here[who].post(f"/candidates/{candidate_id}/confirm", {}, 404)
    here[who].post(f"/candidates/{candidate_id}/decline", {"reason": "vaara_tieto"}, 404)
    tell(here, client_id, "ed_visits", who=who, status=404)
    assert here.logged(view="candidate") == []


def test_confirming_begins_joint_work_at_the_step_where_it_is_found_out(here: ApiTown) -> None:
    ppt(here)
    candidate_id, client_id = a_candidate(here)

    done = here["nurse"].post(f"/candidates/{candidate_id}/confirm", {})

    case = here["nurse"].get(f"/cases/{done['case_id']}")
    assert (done["opened"], case["pathway"]) == (True, "ppt")
    assert [step["step"] for step in case["steps"] if step["state"] == "open"] == ["tunnistaminen"]
    assert case["clients"][0]["client_id"] == client_id
    assert here["nurse"].get("/candidates") == []
    assert night(here).found == 0
    assert here["nurse"].post(f"/candidates/{candidate_id}/decline", {"reason": "vaara_tieto"}, 409)["code"]


def test_confirming_twice_with_one_key_opens_one_case(here: ApiTown) -> None:
    ppt(here)
    candidate_id, _ = a_candidate(here)
    key = new_id(here.town.now)

    first = here["nurse"].post(f"/candidates/{candidate_id}/confirm", {}, idempotency_key=key)
    second = here["nurse"].post(f"/candidates/{candidate_id}/confirm", {}, idempotency_key=key)

    assert first == second


def test_a_candidate_is_linked_to_joint_work_that_goes_on(here: ApiTown) -> None:
    ppt(here)
    candidate_id, client_id = a_candidate(here)
    other = here.contact(pathway="ppt")["case_id"]
    own = here.contact(client_id=client_id, pathway="ppt")["case_id"]

    refused = here["nurse"].post(f"/candidates/{candidate_id}/confirm", {"case_id": other}, 422)
    done = here["nurse"].post(f"/candidates/{candidate_id}/confirm", {"case_id": own})

    assert refused["facts"]["field"] == "case_id"
    assert (done["case_id"], done["opened"]) == (own, False)


def test_a_county_without_the_pathway_says_so_and_the_candidate_stays(here: ApiTown) -> None:
    candidate_id, _ = a_candidate(here)

    here["nurse"].post(f"/candidates/{candidate_id}/confirm", {}, 409)

    assert len(here["nurse"].get("/candidates")) == 1


def test_declining_silences_the_rules_that_held_and_no_others(here: ApiTown) -> None:
    candidate_id, client_id = a_candidate(here)

    wrong = here["nurse"].post(f"/candidates/{candidate_id}/decline", {"reason": "en_tieda"}, 422)
    done = here["lead"].post(f"/candidates/{candidate_id}/decline", {"reason": "suunniteltu_kaytto"})

    assert "suunniteltu_kaytto" in str(wrong)
    assert (done["muted"], done["until"][:10]) == (["H1", "H5"], "2027-05-30")
    assert night(here).found == 0
    tell(here, client_id, "ward_stays", 3)
    tell(here, client_id, "emergency_tasks", 3)
    assert night(here).found == 1
    assert {hit["rule"] for hit in here["nurse"].get("/candidates")[0]["hits"]} == {"H6", "H9"}


def test_after_half_a_year_a_declined_rule_speaks_again(here: ApiTown) -> None:
    candidate_id, _ = a_candidate(here)
    here["nurse"].post(f"/candidates/{candidate_id}/decline", {"reason": "suunniteltu_kaytto"})

    here.town.clock.advance(days=181)

    assert night(here).found == 1


def test_who_objects_is_left_in_peace_by_every_rule(here: ApiTown) -> None:
    candidate_id, client_id = a_candidate(here)

    here["nurse"].post(f"/candidates/{candidate_id}/decline", {"reason": "asiakas_vastustaa"})
    tell(here, client_id, "ward_stays", 3)
    tell(here, client_id, "emergency_tasks", 3)
    here.town.clock.advance(days=181)

    assert night(here).found == 0


def test_a_contact_of_a_planned_series_can_be_counted_after_all(here: ApiTown) -> None:
    candidate_id, client_id = a_candidate(here)
    tell(here, client_id, "contacts", 2, series="dialyysi", profession="laakari")
    (excluded,) = here["nurse"].get(f"/candidates/{candidate_id}", accept_language="sv")["excluded"]

    unknown = {"thing_id": "x-nothing", "reason": "suunnitelma_ei_toteudu"}
    here["nurse"].post(f"/candidates/{candidate_id}/counted", unknown, 404)
    said = {"thing_id": excluded["thing_id"], "reason": "suunnitelma_ei_toteudu"}
    shown = here["nurse"].post(f"/candidates/{candidate_id}/counted", said)

    assert (excluded["series"], excluded["number"]) == ("Dialysbehandling", 2)
    hits = {hit["rule"]: hit["counts"][0]["value"] for hit in shown["candidate"]["hits"]}
    assert hits["H1"] == 12
    assert shown["excluded"][0]["counted_because"] == "The plan isn't followed"


def test_any_pathway_may_propose_and_a_slight_concern_is_not_enough(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]

    slight = here["nurse"].post("/candidates", {"case_id": case_id, "concern": 2}, 201)
    grave = here["nurse"].post("/candidates", {"case_id": case_id, "client_says": "asks_coordination"}, 201)
    here["stranger"].post("/candidates", {"case_id": case_id, "concern": 3}, 404)
    here["nurse"].post("/candidates", {"case_id": case_id}, 422)

    assert slight["candidate_id"] is None
    (found,) = here["nurse"].get("/candidates")
    assert (found["candidate_id"], found["found_by"], found["direct"]) == (grave["candidate_id"], "self", True)


def test_a_source_may_correct_itself_but_not_move_to_another_client(either: ApiTown) -> None:
    client_id, other = either.town.add_client(), either.town.add_client(name="Toinen Testinen")
    for each in (client_id, other):
        either.contact(client_id=each, pathway="apu")
    tell(either, client_id, "ed_visits", 5, reference="käynti-1")
    tell(either, client_id, "ed_visits", 3, reference="käynti-1")

    refused = tell(either, other, "ed_visits", 5, reference="käynti-1", status=422)
    tomorrow = (either.town.now + timedelta(days=1)).date().isoformat()
    tell(either, client_id, "ed_visits", day=tomorrow, status=422)

    assert refused["facts"]["field"] == "reference"
    assert night(either).found == 0


def test_an_undecided_candidate_is_late_after_ten_working_days(here: ApiTown) -> None:
    a_candidate(here)

    here.town.clock.advance(days=15)

    assert here["nurse"].get("/candidates")[0]["is_late"] is True
    for _ in range(2):
        night(here)
    told = [row["kind"] for row in here["lead"].get("/notifications")["notifications"]]
    assert (told.count("candidates_found"), told.count("candidates_late")) == (1, 1)
    assert all(row["kind"] != "candidates_late" for row in here["nurse"].get("/notifications")["notifications"])


def test_a_client_the_unit_no_longer_handles_is_off_its_list(here: ApiTown) -> None:
    a_candidate(here)
    case_id = here["nurse"].get("/candidates")[0]["cases"][0]["case_id"]
    here.town.outcome(case_id, "vastaanotto", "valmis")

    assert here["nurse"].get("/candidates") == []
    assert night(here).lapsed == 1


def test_figures_tell_what_became_of_proposals_and_never_of_whom(here: ApiTown) -> None:
    candidate_id, _ = a_candidate(here)
    case_id = here.contact()["case_id"]
    here["nurse"].post("/candidates", {"case_id": case_id, "client_says": "tells_again"}, 201)
    here["nurse"].post(f"/candidates/{candidate_id}/decline", {"reason": "suunniteltu_kaytto"})
    period = "from=2026-12-01&to=2026-12-31"

    own = here["lead"].get(f"/reports/candidates?{period}")
    county = here["designer"].get(f"/reports/candidates?{period}&by=reason")

    by = {row["key"]: (row["candidates"], row["declined"], row["open"]) for row in own["rows"]}
    assert by == {"rule": (1, 1, 0), "self": (1, 0, 1)}
    assert (own["total"]["candidates"], own["total"]["confirmed_share"], own["total"]["in_time"]) == (2, 0.0, 1)
    assert all(row["hidden"] for row in county["rows"])
    assert county["total"]["hidden"] is True
    here["consultant"].get(f"/reports/candidates?{period}", 403)


def test_the_timers_count_once_a_night(here: ApiTown) -> None:
    often = here.town.add_client()
    here.contact(client_id=often, pathway="apu")

    def counted() -> int:
        return len(count_tonight(here.town.engine))

    assert (counted(), counted()) == (1, 0)  # 9.12 in the morning: nobody has counted tonight yet
    here.town.clock.advance(hours=15)
    assert counted() == 0  # half past midnight: the night's counting waits for two o'clock
    here.town.clock.advance(hours=2)
    assert (counted(), counted()) == (1, 0)
