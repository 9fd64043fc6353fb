"""The client plan on the pages: written as a new version, agreed or not, and never overwritten unseen."""

from tests.integration.web_town import WebTown
from tests.web_client import Person, Seen


def editor(town: WebTown, person: Person, first: str = "Aino") -> Seen:
    return person.see(f"/cases/{town.case(first)}/plan")


def test_the_editor_opens_with_the_newest_version(unchanged: WebTown) -> None:
    form = editor(unchanged, unchanged.person("salla")).form("/plan")

    assert form.fields["goal-1-wording"] == ["Koulussa vähintään 4 päivänä viikossa"]
    assert form.fields["goal-1-scale"] == ["0"]
    assert form.fields["action-2-owner"] == ["Aino ja äiti"]
    assert form.fields["next_review"] == ["2026-12-21"]


def test_a_changed_plan_is_a_new_version(town: WebTown) -> None:
    salla = town.person("salla")

    seen = salla.send(editor(town, salla).form("/plan"), **{"goal-2-scale": "1"})

    assert "Suunnitelma on tallennettu uutena versiona." in seen.text
    assert "luonnos, versio 2" in seen.text
    assert "+1" in seen.text


def test_a_first_plan_is_written(town: WebTown) -> None:
    salla = town.person("salla")

    seen = salla.send(editor(town, salla, "Oskar").form("/plan"), **{"goal-1-wording": "Jag vill orka i skolan"})

    assert "Jag vill orka i skolan" in seen.text


def test_a_plan_without_goals_is_refused(town: WebTown) -> None:
    salla = town.person("salla")

    seen = salla.send(editor(town, salla, "Oskar").form("/plan"), situation="Kirjoitettu tilanne")

    assert salla.status == 422
    assert "Kirjoita ainakin yksi tavoite." in seen.text
    assert "Kirjoitettu tilanne" in salla.html


def test_another_row_is_added_without_losing_anything(town: WebTown) -> None:
    salla = town.person("salla")
    form = editor(town, salla).form("/plan")

    seen = salla.send(form, button=("add", "goal"), situation="Uusi tilanne")

    assert salla.status == 200
    again = seen.form("/plan")
    assert again.fields["situation"] == ["Uusi tilanne"]
    assert "goal-3-wording" in again.fields


def test_an_action_without_somebody_to_do_it_is_asked_for_them(town: WebTown) -> None:
    salla = town.person("salla")

    seen = salla.send(editor(town, salla).form("/plan"), **{"action-3-what": "Soitetaan koululle"})

    assert salla.status == 422
    assert "Kerro, kuka sen tekee." in seen.text


def test_a_plan_somebody_else_changed_meanwhile_is_not_overwritten(town: WebTown) -> None:
    salla, rauha = town.person("salla"), town.person("rauha")
    form = editor(town, salla).form("/plan")
    rauha.send(editor(town, rauha).form("/plan"), situation="Rauhan teksti")

    seen = salla.send(form, situation="Sallan teksti")

    assert salla.status == 412
    assert "Mitään ei tallennettu: Rauha Vetäjä muutti tietoja" in seen.text
    assert seen.form("/plan").fields["situation"] == ["Sallan teksti"]
    assert "Rauhan teksti" in salla.see(f"/cases/{town.case('Aino')}/plan/read").text


def test_the_client_agrees(town: WebTown) -> None:
    salla = town.person("salla")
    form = salla.see(f"/cases/{town.case('Aino')}").form("/plan/agreement")

    seen = salla.send(form, agreement="agreed", client_view="Tämä tuntuu hyvältä.")

    assert "Sovittu asiakkaan kanssa 20.11.2026" in seen.text
    assert "Tämä tuntuu hyvältä." in seen.text


def test_a_disagreement_is_recorded_in_the_clients_words(town: WebTown) -> None:
    salla = town.person("salla")
    form = salla.see(f"/cases/{town.case('Aino')}").form("/plan/agreement")

    seen = salla.send(form, agreement="disagreement", client_view="En halua kokousta koululla.")

    assert "Asiakas on eri mieltä" in seen.text
    assert "En halua kokousta koululla." in seen.text


def test_a_disagreement_without_the_clients_view_is_asked_for_it(town: WebTown) -> None:
    salla = town.person("salla")
    form = salla.see(f"/cases/{town.case('Aino')}").form("/plan/agreement")

    seen = salla.send(form, agreement="disagreement")

    assert salla.status == 409
    assert "asiakkaan oma näkemys siitä, mistä hän on eri mieltä" in seen.text


def test_the_plan_is_given_to_the_client(town: WebTown) -> None:
    salla = town.person("salla")
    form = salla.see(f"/cases/{town.case('Aino')}").form("/plan/send")

    assert "asiakkaan luettavana" in salla.send(form).text
