"""The page of candidates: who waits and why, in three languages, and the answers of a person."""

import pytest

from engine.candidate_rules import load_rule_book
from engine.candidates import find_candidates
from pathways.commands import NoteFact
from tests.integration.web_town import WebTown


@pytest.fixture
def counted(town: WebTown) -> WebTown:
    """Aino has told that she has to tell the same again, and the night has counted."""
    team, book = town.team, load_rule_book()
    assert book is not None
    team.do("salla", NoteFact(case_id=town.case("Aino"), name="client.tells_again", value=True))
    list(find_candidates(team.engine, team.tenant_id, book))
    return town


@pytest.mark.parametrize(
    ("language", "title", "why"),
    [
        ("fi", "Kuka saattaa tarvita paljon palveluja", "Asiakas kertoo tai pyytää itse"),
        ("sv", "Vem kan behöva många tjänster", "Klienten berättar eller ber själv"),
        ("en", "Who may need many services", "The client tells or asks"),
    ],
)
def test_the_list_says_who_waits_and_why(counted: WebTown, language: str, title: str, why: str) -> None:
    seen = counted.person("salla", language).see("/candidates")

    assert title in seen.text
    assert "Testinen Aino" in seen.text
    assert why in seen.text
    assert "suurkuluttaja" not in seen.text.casefold()


def test_the_explanation_opens_and_a_reason_is_asked(counted: WebTown) -> None:
    salla = counted.person("salla")
    address = next(link for link in salla.see("/candidates").links() if link.startswith("/candidates/"))
    opened = salla.see(address)

    unsaid = salla.send(opened.form("/decline"))
    refused = salla.status
    done = salla.send(opened.form("/decline"), reason="yksi_palvelu_riittaa")

    assert "Tämä riittää yksin." in opened.text
    assert "Kerroit, että kokonaisuus on hajallaan" in opened.text
    assert refused == 422
    assert "Valitse syy." in unsaid.text
    assert "Hylätty. Samat syyt vaikenevat puoli vuotta." in done.text
    assert "Kukaan ei odota nyt." in done.text


def test_a_pathway_that_is_not_published_is_said_on_the_page(counted: WebTown) -> None:
    salla = counted.person("salla")
    address = next(link for link in salla.see("/candidates").links() if link.startswith("/candidates/"))

    seen = salla.send(salla.see(address).form("/confirm"))

    assert salla.status == 409
    assert seen.has_form("/confirm")


def test_a_worker_proposes_from_the_clients_page(town: WebTown) -> None:
    salla = town.person("salla")
    case = f"/cases/{town.case('Aino')}"
    assert f"{case}/candidate" in salla.see(case).links()

    form = salla.see(f"{case}/candidate").form("/candidate")
    unsaid = salla.send(form)
    small = salla.send(salla.see(f"{case}/candidate").form("/candidate"), reason="concern_1")
    done = salla.send(salla.see(f"{case}/candidate").form("/candidate"), reason="asks_coordination")

    assert "Valitse, mitä olet huomannut." in unsaid.text
    assert "Huolesi on kirjattu." in small.text
    assert "Yksikkösi voi nyt vahvistaa tai hylätä ehdotuksen." in done.text
    assert "Asiakas kertoo tai pyytää itse" in done.text
