"""Every page in three languages: it answers, says nothing in another language's stead, and obeys its own policy."""

import re

import pytest

from tests.integration.web_town import WebTown
from tests.web_client import Person, Seen

LANGUAGES = ("fi", "sv", "en")
ADDRESSES = {
    "own": ("salla", "/"),
    "queue": ("salla", "/?view=queue"),
    "waiting": ("salla", "/?view=waiting"),
    "consultations": ("petra", "/?view=consultations"),
    "nothing found": ("salla", "/?search=xyzzy"),
    "case": ("salla", "/cases/{Aino}"),
    "case as a list": ("salla", "/cases/{Aino}?draw=list"),
    "case in the queue": ("rauha", "/cases/{Ville}"),
    "promises of a case": ("salla", "/cases/{Aino}?category=promise"),
    "responsible": ("rauha", "/cases/{Ville}/responsible"),
    "events": ("salla", "/cases/{Aino}/events"),
    "plan": ("salla", "/cases/{Aino}/plan"),
    "plan to read": ("salla", "/cases/{Aino}/plan/read"),
    "no plan": ("salla", "/cases/{Oskar}/plan/read"),
    "ask": ("salla", "/cases/{Aino}/consultations/new"),
    "answer": ("petra", "/consultations/{asked}"),
    "new contact": ("noora", "/contacts/new"),
    "board": ("rauha", "/board"),
    "board of the late": ("rauha", "/board?show=late"),
    "board of reasons": ("rauha", "/board?show=reasons"),
    "report": ("rauha", "/reports"),
    "report by week": ("rauha", "/reports?from=2026-11-01&to=2026-11-30&by=week"),
    "pathways": ("rauha", "/pathways"),
    "pathway": ("rauha", "/pathways/nuorten_mielenterveys"),
    "pathway for the client": ("rauha", "/pathways/nuorten_mielenterveys?seen=client&draw=list"),
    "versions compared": ("rauha", "/pathways/nuorten_mielenterveys/differences?old=1&new=1"),
    "notifications": ("salla", "/notifications"),
    "accessibility": ("salla", "/accessibility"),
    "help": ("salla", "/help"),
}


def address_of(town: WebTown, name: str) -> str:
    return ADDRESSES[name][1].format(**town.team.cases, asked=town.team.consultations["Aino"])


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_answers_in_three_languages_and_obeys_its_policy(unchanged: WebTown, name: str) -> None:
    who = ADDRESSES[name][0]
    for language in LANGUAGES:
        person = unchanged.person(who, language)
        seen = person.see(address_of(unchanged, name))

        assert person.status == 200
        assert seen.lang == language
        assert_obeys_the_policy(person, seen)
        assert "%(" not in person.html, "a placeholder wasn't filled"
        assert_ids_are_unique(seen)


def assert_obeys_the_policy(person: Person, seen: Seen) -> None:
    policy = person.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag, attrs in seen.tags:
        assert tag != "style"
        assert "style" not in attrs, f"{tag} has a style of its own"
        assert not [name for name in attrs if name.startswith("on")], f"{tag} has a script of its own"
        assert tag != "script" or attrs.get("src", "").startswith("/static/")  # type: ignore[union-attr]
        for name in ("src", "href", "action"):
            assert not re.match(r"(https?:)?//", attrs.get(name) or ""), f"{tag} fetches from outside"
        for value in attrs.values():
            assert "js:" not in (value or "")


def assert_ids_are_unique(seen: Seen) -> None:
    ids = [attrs["id"] for _, attrs in seen.tags if attrs.get("id")]
    assert sorted(set(ids)) == sorted(ids), {one for one in ids if ids.count(one) > 1}  # type: ignore[type-var]


@pytest.mark.parametrize("address", ["/sign-in", "/accessibility", "/help"])
def test_a_page_for_everybody_needs_no_signing_in(unchanged: WebTown, address: str) -> None:
    stranger = Person(unchanged.app)

    seen = stranger.see(address)

    assert stranger.status == 200
    assert_obeys_the_policy(stranger, seen)


def test_a_page_not_for_everybody_asks_who_it_is_and_comes_back(unchanged: WebTown) -> None:
    stranger = Person(unchanged.app)

    stranger.see("/board?show=late")

    assert stranger.status == 303
    assert stranger.headers["location"] == "/sign-in?next=/board%3Fshow%3Dlate"


def test_a_page_that_refreshes_itself_is_told_when_nobody_is_signed_in(unchanged: WebTown) -> None:
    stranger = Person(unchanged.app)

    stranger.see("/", HX_Request="true")

    assert stranger.status == 401


def test_a_page_in_a_language_that_was_asked_for_stays_in_it(unchanged: WebTown) -> None:
    salla = unchanged.person("salla")

    assert "Arbetslista" in salla.see("/?lang=sv").text
    assert "Arbetslista" in salla.see("/").text


def test_an_unknown_language_is_passed_over(unchanged: WebTown) -> None:
    assert unchanged.person("salla").see("/?lang=de").lang == "fi"


def test_colours_that_were_chosen_stay(unchanged: WebTown) -> None:
    salla = unchanged.person("salla")
    salla.see("/?theme=dark")

    salla.see("/help")

    assert '<html lang="fi" data-theme="dark">' in salla.html


def test_an_address_without_a_page_says_so_in_words(unchanged: WebTown) -> None:
    salla = unchanged.person("salla")

    seen = salla.see("/nowhere")

    assert salla.status == 404
    assert "Tässä osoitteessa ei ole sivua" in seen.text


@pytest.mark.parametrize("case_id", ["unknown", "01a1bf1b-4d80-70b6-9f2b-ff1834f126f8"])
def test_a_case_that_is_not_there_and_one_that_is_not_mine_look_alike(unchanged: WebTown, case_id: str) -> None:
    petra = unchanged.person("petra")

    nowhere = petra.see(f"/cases/{case_id}").text
    assert petra.status == 404
    not_mine = petra.see(f"/cases/{unchanged.case('Aino')}").text

    assert petra.status == 404
    assert nowhere == not_mine


def test_the_board_is_a_team_leads(unchanged: WebTown) -> None:
    salla = unchanged.person("salla")

    seen = salla.see("/board")

    assert salla.status == 403
    assert "Tarvitaan: esihenkilö" in seen.text
    assert "/board" not in seen.links()


def test_every_page_of_a_demonstration_says_that_it_is_one(unchanged: WebTown) -> None:
    assert "kaikki henkilöt ovat keksittyjä" in unchanged.person("salla").see("/help").text


def test_every_page_of_a_case_says_that_its_pathway_is_not_approved(unchanged: WebTown) -> None:
    salla = unchanged.person("salla")

    for address in ("", "/plan", "/plan/read", "/events", "/consultations/new"):
        assert "ei ole hyväksytty käyttöön" in salla.see(f"/cases/{unchanged.case('Aino')}{address}").text


def test_what_a_client_wrote_is_shown_and_never_run(town: WebTown) -> None:
    noora = town.person("noora")
    form = noora.see("/contacts/new").form("/contacts/new")

    noora.send(form, matter="<script>alert(1)</script>", pathway="nuorten_mielenterveys")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in noora.html
    assert "<script>alert" not in noora.html
