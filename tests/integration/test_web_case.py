"""What a case worker does on the pages of a case: every form does its act once, and a refusal keeps what was typed."""

from dataclasses import replace

from api.web.told import gathered
from engine.read_models.notifications import NotificationShown
from engine.tables import CaseEventRow
from tests.integration.web_town import WebTown
from tests.web_client import Person, Seen
from tests.youth_team import ENDS


def events(town: WebTown, first: str, type_: str) -> int:
    """How many events of a type a case's journal holds."""
    table = CaseEventRow.__table__  # type: ignore[attr-defined]
    with town.team.engine.database.read() as connection:
        question = table.select().where(table.c.case_id == town.case(first), table.c.type == type_)
        return len(connection.execute(question).all())


def case_page(town: WebTown, person: Person, first: str) -> Seen:
    return person.see(f"/cases/{town.case(first)}")


# --- the worklist ---


def test_the_worklist_says_what_is_late_first(unchanged: WebTown) -> None:
    seen = unchanged.person("salla").see("/")

    assert seen.text.index("Myöhässä 2") < seen.text.index("Tällä ja ensi viikolla")
    assert "Testinen Aino 15 v · 4.3.2011" in seen.text
    assert "4 pv myöhässä" in seen.text
    assert "määräaika oli ma 16.11. klo 24.00" in seen.text


def test_a_search_narrows_the_worklist_and_says_when_nothing_is_found(unchanged: WebTown) -> None:
    salla = unchanged.person("salla")

    found = salla.see("/?search=mallinen")
    assert "Mallinen Oskar" in found.text
    assert "Testinen Aino" not in found.text

    nothing = salla.see("/?search=xyzzy")
    assert "Haku ei tuottanut tuloksia" in nothing.text
    assert "Näytä näkymän kaikki 3 riviä" in nothing.text


def test_an_empty_list_says_why_and_what_next(unchanged: WebTown) -> None:
    seen = unchanged.person("rauha").see("/")

    assert "Sinulla ei ole juuri nyt odottavia asiakkaita" in seen.text
    assert "/?view=queue" in seen.links()


def test_a_consultant_lands_on_the_questions_alone(unchanged: WebTown) -> None:
    seen = unchanged.person("petra").see("/")

    assert "Konsultaatiot minulle 2" in seen.text
    assert "Kysymys asiakkaasta" in seen.text
    assert "/contacts/new" not in seen.links()
    assert "/?view=queue" not in seen.links()


def test_what_was_told_alike_is_told_once() -> None:
    one = NotificationShown("1", "tier", "Määräaika lähestyy", "c", "26-A", ENDS, None, {})
    other = replace(one, notification_id="2", sentence="Asia siirtyi")

    assert gathered([one, replace(one, notification_id="3"), other]) == [(one, 2), (other, 1)]


def test_rows_keep_their_places_when_the_list_refreshes_itself(town: WebTown) -> None:
    salla = town.person("salla")
    address = str(salla.see("/").by_id("list")["hx-get"])
    town.team.until(town.team.clock.now())

    seen = salla.see(address, HX_Request="true")

    assert seen.text.index("Testinen Aino") < seen.text.index("Mallinen Oskar")
    assert "uutta riviä" not in seen.text


def test_a_client_is_taken_from_the_queue_with_one_press(town: WebTown) -> None:
    noora = town.person("noora")
    form = noora.see("/?view=queue").form(f"{town.case('Ville')}/take")

    seen = noora.send(form)

    assert noora.status == 303
    assert "Vastaat nyt tästä asiakkaasta" in seen.text
    assert "Noora Salo, sairaanhoitaja" in seen.text


# --- steps and acts ---


def test_the_first_act_keeps_the_promise_of_the_same_day(town: WebTown) -> None:
    noora = town.person("noora")
    page = case_page(town, noora, "Iida")
    assert "Käsittely alkaa samana päivänä" in page.text

    seen = noora.send(page.form("/acts"), kind="call", note="Puhuttu äidin kanssa.")

    assert "Kirjattu." in seen.text
    assert "Puhuttu äidin kanssa." in seen.text
    assert events(town, "Iida", "act_recorded") == 1


def test_a_form_sent_twice_does_its_act_once(town: WebTown) -> None:
    noora = town.person("noora")
    form = case_page(town, noora, "Iida").form("/acts")

    noora.send(form, kind="call")
    noora.send(form, kind="call")

    assert noora.status == 303
    assert events(town, "Iida", "act_recorded") == 1


def test_a_sent_form_that_is_changed_and_sent_again_is_refused(town: WebTown) -> None:
    noora = town.person("noora")
    form = case_page(town, noora, "Iida").form("/acts")
    noora.send(form, kind="call")

    seen = noora.send(form, kind="meeting")

    assert noora.status == 409
    assert "jo lähetetty toisilla tiedoilla" in seen.text
    assert events(town, "Iida", "act_recorded") == 1


def test_a_form_of_another_session_changes_nothing_and_keeps_the_words(town: WebTown) -> None:
    noora = town.person("noora")
    form = case_page(town, noora, "Iida").form("/acts")

    seen = noora.send(form, kind="call", note="Tärkeä muistiinpano", csrf="from somewhere else")

    assert noora.status == 422
    assert "Olet kirjautunut uudelleen" in seen.text
    assert "Tärkeä muistiinpano" in noora.html
    assert events(town, "Iida", "act_recorded") == 0


def test_a_time_in_the_future_is_refused_and_the_words_are_kept(town: WebTown) -> None:
    noora = town.person("noora")
    form = case_page(town, noora, "Iida").form("/acts")

    seen = noora.send(form, kind="call", note="Tulossa", occurred_at="2026-12-24T18:00")

    assert noora.status == 409
    assert "Tarkista aika: se on tulevaisuudessa." in seen.text
    assert "Tulossa" in noora.html


def test_a_step_is_begun_and_its_end_decided(town: WebTown) -> None:
    noora = town.person("noora")
    noora.send(case_page(town, noora, "Sanna").form("/take"))
    page = case_page(town, noora, "Sanna")
    noora.send(next(form for form in page.forms if form.action.endswith("/start")))
    page = case_page(town, noora, "Sanna")
    form = next(form for form in page.forms if form.action.endswith("/outcome"))

    seen = noora.send(form, outcome="jatkuu")

    assert "Askel on tehty" in seen.text
    assert "Kiireellisyyden arviointi" in seen.text
    assert events(town, "Sanna", "step_ended") == 1


def test_an_end_that_was_not_chosen_is_asked_for_beside_its_field(town: WebTown) -> None:
    noora = town.person("noora")
    form = next(form for form in case_page(town, noora, "Sanna").forms if form.action.endswith("/outcome"))

    seen = noora.send(form)

    assert noora.status == 422
    assert "Valitse, miten askel päättyi." in seen.text
    link = next(link for link in seen.links() if link.startswith("#f-outcome-"))
    assert seen.by_id(link[1:])["name"] == "outcome"


def test_an_end_is_refused_when_somebody_else_was_faster(town: WebTown) -> None:
    noora, rauha = town.person("noora"), town.person("rauha")
    form = next(form for form in case_page(town, noora, "Sanna").forms if form.action.endswith("/outcome"))
    theirs = next(form for form in case_page(town, rauha, "Sanna").forms if form.action.endswith("/outcome"))
    rauha.send(theirs, outcome="jatkuu")

    seen = noora.send(form, outcome="jatkuu")

    assert noora.status in (409, 412, 422)
    assert "Tämä askel ei ole enää auki" in seen.text


# --- promises ---


def test_a_promise_explains_its_day_and_wears_its_kind(unchanged: WebTown) -> None:
    seen = case_page(unchanged, unchanged.person("salla"), "Aino")

    assert "Laki" in seen.text
    assert "Lupaus ei pitänyt" in seen.text
    assert "Miksi tämä päivä?" in seen.text
    assert "ma 16.11. klo 24.00" in seen.text


def test_the_page_says_who_answers_since_when_and_why(unchanged: WebTown) -> None:
    seen = case_page(unchanged, unchanged.person("salla"), "Aino")

    assert "Salla Laine , psykiatrinen sairaanhoitaja, 040 555 0101" in seen.text
    assert "ma 9.11. alkaen – miksi?" in seen.text


def test_a_promise_is_paused_until_a_day_and_resumed(town: WebTown) -> None:
    noora = town.person("noora")
    form = next(form for form in case_page(town, noora, "Iida").forms if form.action.endswith("/pause"))

    seen = noora.send(form, reason=form.choices["reason"][0], end="2026-11-24")
    assert "Kello on tauolla" in seen.text
    assert "jatkuu viimeistään" in seen.text

    seen = noora.send(next(form for form in seen.forms if form.action.endswith("/resume")))
    assert "Kello käy taas" in seen.text


def test_a_pause_without_an_end_is_asked_for_it(town: WebTown) -> None:
    noora = town.person("noora")
    form = next(form for form in case_page(town, noora, "Iida").forms if form.action.endswith("/pause"))

    seen = noora.send(form, reason=form.choices["reason"][0])

    assert noora.status == 422
    assert "Kerro, mihin päivään asti enintään." in seen.text


def test_a_promise_that_is_late_offers_no_pause(unchanged: WebTown) -> None:
    page = case_page(unchanged, unchanged.person("salla"), "Aino")

    assert not [form for form in page.forms if form.action.endswith("/pause")]


# --- naming ---


def test_the_responsible_worker_is_chosen_by_the_rules_with_the_reason(town: WebTown) -> None:
    rauha = town.person("rauha")
    form = rauha.see(f"/cases/{town.case('Ville')}/responsible").form("/responsible")

    seen = rauha.send(form, button=("auto", "1"))

    assert rauha.status == 303
    assert "Vastuutyöntekijä on nimetty" in seen.text


def test_who_cannot_be_named_is_shown_with_the_reason(unchanged: WebTown) -> None:
    seen = unchanged.person("rauha").see(f"/cases/{unchanged.case('Ville')}/responsible")

    assert "Ei voi nimetä: ammatti ei sovi tähän tehtävään" in seen.text


def test_naming_nobody_is_refused(town: WebTown) -> None:
    rauha = town.person("rauha")
    form = rauha.see(f"/cases/{town.case('Ville')}/responsible").form("/responsible")

    seen = rauha.send(form)

    assert rauha.status == 422
    assert "Valitse työntekijä." in seen.text


# --- life ---


def test_an_event_of_life_is_recorded(town: WebTown) -> None:
    salla = town.person("salla")
    form = salla.see(f"/cases/{town.case('Aino')}/events").form("/events")

    seen = salla.send(form, event="interpreter_needed", note="Tarvitaan arabian tulkki.")

    assert salla.status == 303
    assert "Tallennettu. Alla näet, mitä siitä seuraa." in seen.text


def test_an_event_that_was_not_chosen_is_asked_for(town: WebTown) -> None:
    salla = town.person("salla")
    form = salla.see(f"/cases/{town.case('Aino')}/events").form("/events")

    seen = salla.send(form, note="Jotain")

    assert salla.status == 422
    assert "Valitse, mitä tapahtui." in seen.text
    assert "Jotain" in salla.html


def test_urgency_is_set_and_taken_away(town: WebTown) -> None:
    salla = town.person("salla")

    seen = salla.send(case_page(town, salla, "Aino").form("/urgency"))
    assert "Ei enää kiireellinen" in seen.text

    seen = salla.send(case_page(town, salla, "Aino").form("/urgency"))
    assert "Merkitse kiireelliseksi" in seen.text
