"""Consultations on the pages: asked in a minute, answered with the least data, read and acknowledged."""

from tests.integration.web_town import WebTown


def question(town: WebTown, first: str = "Aino") -> str:
    return f"/consultations/{town.team.consultations[first]}"


def test_a_consultant_sees_the_question_and_nobodys_name(unchanged: WebTown) -> None:
    petra = unchanged.person("petra")

    seen = petra.see(question(unchanged))

    assert "Onko lääkityksen arvio ajankohtainen" in seen.text
    assert "15 v, suomi" in seen.text
    assert "Testinen" not in petra.html
    assert "4.3.2011" not in petra.html
    assert unchanged.case("Aino") not in petra.html


def test_the_list_of_questions_names_nobody(unchanged: WebTown) -> None:
    petra = unchanged.person("petra")

    seen = petra.see("/?view=consultations")

    assert "Kysymys asiakkaasta" in seen.text
    assert "Testinen" not in petra.html


def test_a_question_is_asked_and_stays_the_askers_responsibility(town: WebTown) -> None:
    salla = town.person("salla")
    form = salla.see(f"/cases/{town.case('Emma')}/consultations/new").form("/consultations/new")

    seen = salla.send(form, profession="nuorisopsykiatri", organisation="hus", question="Riittääkö seuranta?")

    assert "Kysymys on lähetetty." in seen.text
    assert "Riittääkö seuranta?" in seen.text


def test_a_question_without_words_or_somebody_to_ask_is_sent_back(town: WebTown) -> None:
    salla = town.person("salla")
    form = salla.see(f"/cases/{town.case('Emma')}/consultations/new").form("/consultations/new")

    seen = salla.send(form)

    assert salla.status == 422
    assert "Valitse, keneltä kysyt." in seen.text
    assert "Kirjoita kysymys." in seen.text


def test_an_answer_reaches_the_asker_who_acknowledges_it(town: WebTown) -> None:
    petra, salla = town.person("petra"), town.person("salla")

    sent = petra.send(petra.see(question(town)).form("/answer"), words="Aloittakaa unikoulu.")
    assert "Vastaus on lähetetty." in sent.text
    page = salla.see(f"/cases/{town.case('Aino')}")
    assert "Aloittakaa unikoulu." in page.text

    seen = salla.send(page.form("/acknowledge"))
    assert "Kuitattu." in seen.text
    assert "vastattu ja kuitattu" in seen.text


def test_an_empty_answer_is_asked_for_in_words(town: WebTown) -> None:
    petra = town.person("petra")

    seen = petra.send(petra.see(question(town)).form("/answer"))

    assert petra.status == 422
    assert "Kirjoita se sanoin." in seen.text
    assert "#f-words" in seen.links()


def test_a_question_is_returned_and_completed(town: WebTown) -> None:
    petra, salla = town.person("petra"), town.person("salla")
    petra.send(petra.see(question(town)).form("/return"), words="Mikä lääke?")
    page = salla.see(f"/cases/{town.case('Aino')}")
    assert "Palautettu, koska Mikä lääke?" in page.text

    seen = salla.send(page.form("/complete"), words="Melatoniini.")

    assert "odottaa vastaanottajaa" in seen.text


def test_a_question_that_is_mine_to_answer_can_be_declined(town: WebTown) -> None:
    petra = town.person("petra")

    seen = petra.send(petra.see(question(town)).form("/decline"), words="Kysykää lastenpsykiatrilta.")

    assert "Kysyjä saa tiedon." in seen.text


def test_a_question_answered_meanwhile_is_not_answered_again(town: WebTown) -> None:
    petra = town.person("petra")
    first, second = (petra.see(question(town)).form("/answer") for _ in range(2))
    petra.send(first, words="Ensimmäinen vastaus")

    seen = petra.send(second, words="Toinen vastaus")

    assert petra.status in (409, 412)
    assert "Ensimmäinen vastaus" in seen.text
    assert "Mitä kirjoitit Toinen vastaus" in seen.text
