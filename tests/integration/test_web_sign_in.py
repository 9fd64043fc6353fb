"""Signing in and out on the pages, and what everybody's browser fetches."""

import gzip

import pytest

from api.web.signing import safe_address
from api.web.static import address_of, assets
from tests.integration.web_town import WebTown
from tests.web_client import Person


def test_a_wrong_password_says_so_and_keeps_the_name_only(unchanged: WebTown) -> None:
    stranger = Person(unchanged.app)
    form = stranger.see("/sign-in").form("/sign-in")

    seen = stranger.send(form, username="salla", password="arvattu salasana")

    assert stranger.status == 409
    assert "Käyttäjätunnus tai salasana on väärin." in seen.text
    assert seen.form("/sign-in").fields["username"] == ["salla"]
    assert "arvattu" not in stranger.html


def test_signing_in_comes_back_to_the_page_that_was_wanted(unchanged: WebTown) -> None:
    stranger = Person(unchanged.app)
    form = stranger.see("/sign-in?next=/pathways").form("/sign-in")

    stranger.send(form, username="rauha", password="salasana-kokeisiin")

    assert stranger.went_to == "/pathways"


def test_the_session_is_no_scripts_business(unchanged: WebTown) -> None:
    answer = Person(unchanged.app).client.post(
        "/sign-in", data={"username": "rauha", "password": "salasana-kokeisiin", "next": "/"}
    )

    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_form_from_another_site_signs_nobody_in(unchanged: WebTown) -> None:
    answer = Person(unchanged.app).client.post(
        "/sign-in",
        data={"username": "rauha", "password": "salasana-kokeisiin", "next": "/"},
        headers={"sec-fetch-site": "cross-site"},
    )

    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


def test_signing_out_ends_the_session(town: WebTown) -> None:
    salla = town.person("salla")

    seen = salla.send(salla.see("/help").form("/sign-out"))

    assert "Olet kirjautunut ulos." in seen.text
    salla.see("/")
    assert salla.status == 303


def test_a_made_up_link_of_a_demonstration_opens_nothing(unchanged: WebTown) -> None:
    stranger = Person(unchanged.app)

    stranger.see("/sign-in?key=made-up")

    assert stranger.status in (403, 409)


@pytest.mark.parametrize(
    ("onwards", "goes"),
    [
        ("/board?show=late", "/board?show=late"),
        ("https://elsewhere.example", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("board", "/"),
        ("", "/"),
    ],
)
def test_signing_in_never_leads_to_another_site(onwards: str, goes: str) -> None:
    assert safe_address(onwards) == goes


# --- assets ---


def test_an_asset_is_kept_until_it_changes(unchanged: WebTown) -> None:
    client = Person(unchanged.app).client

    answer = client.get(address_of("app.css"))

    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/css")


def test_an_asset_that_is_not_there_is_not_found(unchanged: WebTown) -> None:
    assert Person(unchanged.app).client.get("/static/../pages.py").status_code == 404


def test_the_first_load_is_light() -> None:
    packed = {name: len(asset.packed or asset.content) for name, asset in assets().items()}
    first = packed["app.css"] + packed["app.js"] + packed["vendor/htmx-4.0.1-sse.min.js"]
    first += packed["fonts/source-sans-3-latin-wght-normal.woff2"]

    assert first < 60_000, packed


def test_nothing_is_fetched_from_outside() -> None:
    for name, asset in assets().items():
        if name.endswith((".css", "app.js")):
            assert b"http://" not in asset.content.replace(b"http://www.w3.org", b"")
            assert b"https://" not in asset.content, name
        assert asset.packed is None or gzip.decompress(asset.packed) == asset.content
