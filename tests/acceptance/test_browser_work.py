"""A working day in a real browser: by keyboard alone, live without losing a word, and without scripts at all."""

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from engine.ids import new_id
from pathways.commands import RecordAct
from tests.acceptance.browser import Served, browsing, visiting
from tests.youth_team import PASSWORD

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"


def live(page: Page) -> None:
    expect(page.locator(".live[data-state=live]")).to_be_visible(timeout=20_000)


def act_of_noora(served: Served, first: str, note: str) -> None:
    """A colleague records something meanwhile."""
    team = served.town.team
    now = team.clock.advance(minutes=1)
    act = RecordAct(case_id=team.cases[first], act_id=new_id(now), kind="call", note=note, note_text_id=new_id(now))
    team.do("noora", act)


def test_a_contact_is_taken_by_keyboard_alone_in_under_a_minute(browser: Browser, served_alone: Served) -> None:
    with visiting(browser, served_alone, "noora") as page:
        begun = time.monotonic()
        page.goto(f"{served_alone.address}/contacts/new")
        keys = page.keyboard
        assert page.evaluate(FOCUSED) == "f-matter"
        keys.type("Ei saa nukuttua, pelkää koulua.")
        keys.press("Tab")  # channel: the phone
        keys.press("Tab")  # language
        keys.press("ArrowRight")
        keys.press("Tab")  # urgency
        keys.press("Tab")
        keys.type("050 555 0177")
        keys.press("Tab")  # is it safe
        keys.press("Space")
        keys.press("Tab")
        keys.type("Nuoren")
        keys.press("Tab")
        keys.type("Näppäin Niilo")
        keys.press("Tab")
        keys.type("1.2.2010")
        keys.press("Enter")
        page.wait_for_url("**/cases/**")

        assert time.monotonic() - begun < 60
        assert page.evaluate(FOCUSED) == "now"
        expect(page.locator(".flash")).to_be_in_viewport()
        expect(page.locator("#head")).to_contain_text("Näppäin Niilo")
        expect(page.locator("#head")).to_contain_text("ruotsi")
        expect(page.locator("#people")).to_contain_text("050 555 0177")


def test_the_first_tab_leads_past_the_menu(browser: Browser, served: Served) -> None:
    with visiting(browser, served, "salla") as page:
        page.goto(f"{served.address}/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        assert page.evaluate("location.hash") == "#main"


def test_every_live_page_connects(browser: Browser, served: Served) -> None:
    with visiting(browser, served, "rauha") as page:
        for address in ("/", "/board", f"/cases/{served.town.case('Aino')}"):
            page.goto(served.address + address)
            live(page)


def test_what_a_colleague_does_appears_and_typed_words_stay(browser: Browser, served_alone: Served) -> None:
    with visiting(browser, served_alone, "salla") as page:
        page.goto(f"{served_alone.address}/cases/{served_alone.town.case('Aino')}")
        live(page)
        page.locator("#act > summary").click()
        note = page.locator("#f-act-note")
        note.fill("Kesken jäänyt muistiinpano")
        note.evaluate("field => field.setSelectionRange(3, 3)")

        act_of_noora(served_alone, "Aino", "Noora soitti koululle.")

        expect(page.locator("#timeline")).to_contain_text("Noora soitti koululle.", timeout=15_000)
        expect(note).to_have_value("Kesken jäänyt muistiinpano")
        assert page.evaluate(FOCUSED) == "f-act-note"
        assert note.evaluate("field => field.selectionStart") == 3
        expect(page.locator("#act")).to_have_attribute("open", "")


def test_a_new_row_is_announced_and_moves_nothing(browser: Browser, served_alone: Served) -> None:
    with visiting(browser, served_alone, "rauha") as page:
        page.goto(f"{served_alone.address}/?view=queue")
        live(page)
        before = page.locator("#list th[scope=row]").all_inner_texts()

        served_alone.town.team.contact("Uuno", "Uusi", served_alone.town.team.clock.now().date(), "Apua")

        expect(page.locator("#list .note")).to_contain_text("1 uusi rivi", timeout=15_000)
        assert page.locator("#list th[scope=row]").all_inner_texts() == before
        page.get_by_role("link", name="Näytä uudet").click()
        expect(page.locator("#list")).to_contain_text("Uusi Uuno")


def test_a_paused_page_stands_still_until_it_is_let_go(browser: Browser, served_alone: Served) -> None:
    with visiting(browser, served_alone, "salla") as page:
        page.goto(f"{served_alone.address}/cases/{served_alone.town.case('Aino')}")
        live(page)
        page.get_by_role("button", name="Pysäytä päivitys").click()
        expect(page.locator(".live")).to_have_attribute("data-state", "paused")

        act_of_noora(served_alone, "Aino", "Noora soitti koululle.")
        page.wait_for_timeout(2500)
        expect(page.locator("#timeline")).not_to_contain_text("Noora soitti koululle.")

        page.get_by_role("button", name="Pysäytä päivitys").click()
        expect(page.locator("#timeline")).to_contain_text("Noora soitti koululle.", timeout=15_000)


def test_a_refused_form_is_told_at_once_and_leads_to_its_field(browser: Browser, served: Served) -> None:
    with visiting(browser, served, "noora") as page:
        page.goto(f"{served.address}/contacts/new")
        page.get_by_role("button", name="Tallenna yhteydenotto").click()
        expect(page.locator(".errors")).to_be_focused()

        page.get_by_role("link", name="Kirjoita asiakkaan omin sanoin, mistä on kyse.").click()

        assert page.evaluate(FOCUSED) == "f-matter"
        expect(page.locator("#f-matter")).to_have_attribute("aria-invalid", "true")


def test_without_a_network_nothing_is_sent_and_the_words_stay(browser: Browser, served: Served) -> None:
    with visiting(browser, served, "noora") as page:
        page.goto(f"{served.address}/contacts/new")
        page.fill("#f-matter", "Tärkeä asia")
        page.context.set_offline(True)

        page.get_by_role("button", name="Tallenna yhteydenotto").click()

        expect(page.locator("#offline")).to_be_focused()
        expect(page.locator("#f-matter")).to_have_value("Tärkeä asia")
        page.context.set_offline(False)


def test_a_session_that_ended_is_said_without_losing_words(browser: Browser, served_alone: Served) -> None:
    with visiting(browser, served_alone, "salla") as page:
        page.goto(f"{served_alone.address}/cases/{served_alone.town.case('Aino')}")
        live(page)
        page.locator("#act > summary").click()
        page.fill("#f-act-note", "Kesken jäänyt")
        page.context.clear_cookies()

        page.evaluate("document.body.dispatchEvent(new CustomEvent('refresh'))")

        expect(page.locator("#signed-out")).to_be_visible()
        expect(page.locator("#f-act-note")).to_have_value("Kesken jäänyt")


def test_everything_but_being_live_works_without_scripts(browser: Browser, served_alone: Served) -> None:
    with browsing(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{served_alone.address}/sign-in")
        page.fill("[name=username]", "noora")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.get_by_role("link", name="Uusi yhteydenotto").click()
        page.fill("[name=matter]", "Ilman skriptejä")
        page.select_option("[name=pathway]", "nuorten_mielenterveys")
        page.get_by_role("button", name="Tallenna yhteydenotto").click()
        expect(page.locator(".note.done")).to_contain_text("Yhteydenotto on tallennettu")

        page.locator("#act > summary").click()
        page.locator("#act").get_by_label("Puhuin puhelimessa").check()
        page.locator("#act").get_by_role("button", name="Tallenna").click()
        expect(page.locator(".note.done")).to_contain_text("Kirjattu.")

        page.get_by_role("link", name="Luettelo").click()
        expect(page.locator(".steps")).to_be_visible()
        expect(page.locator("text=Avaa sivu uudelleen")).to_be_visible()


@pytest.mark.parametrize("name", ["salla", "rauha"])
def test_the_pages_stand_in_forced_colours(browser: Browser, served: Served, name: str) -> None:
    with visiting(browser, served, name, forced_colors="active") as page:
        page.goto(f"{served.address}/{'board' if name == 'rauha' else ''}")
        current = page.locator(".mainnav a[aria-current]")

        assert "underline" in str(current.evaluate("link => getComputedStyle(link).textDecorationLine"))


def test_a_case_prints_without_its_controls(browser: Browser, served: Served) -> None:
    with visiting(browser, served, "salla") as page:
        page.goto(f"{served.address}/cases/{served.town.case('Aino')}")
        page.emulate_media(media="print")

        expect(page.locator(".top")).to_be_hidden()
        expect(page.locator("#actions")).to_be_hidden()
        expect(page.locator("#plan")).to_be_visible()
        expect(page.locator(".steps")).to_be_visible()
