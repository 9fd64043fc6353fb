"""A new contact: the client is found or made, the clock starts, and two presses take it down once."""

from engine.tables import Client, ClientCase
from tests.integration.web_town import WebTown
from tests.web_client import Form, Person

PATHWAY = "nuorten_mielenterveys"


def rows(town: WebTown, model: type) -> int:
    with town.team.engine.database.read() as connection:
        return len(connection.execute(model.__table__.select()).all())  # type: ignore[attr-defined]


def new_contact(person: Person) -> Form:
    return person.see("/contacts/new").form("/contacts/new")


def test_a_contact_needs_only_the_matter_and_a_pathway(town: WebTown) -> None:
    noora = town.person("noora")

    seen = noora.send(new_contact(noora), matter="Ei saa nukuttua.", pathway=PATHWAY)

    assert noora.status == 303
    assert "Yhteydenotto on tallennettu. Lupauksen kello käy." in seen.text
    assert "Asiakas, nimi ei vielä tiedossa" in seen.text
    assert "Väliaikainen tunnus" in seen.text
    assert "Käsittely alkaa samana päivänä" in seen.text
    assert "Ei saa nukuttua." in seen.text


def test_a_contact_without_a_matter_is_sent_back_with_everything_else_kept(town: WebTown) -> None:
    noora = town.person("noora")

    seen = noora.send(new_contact(noora), callback="050 123", language="sv", name="Kokeilu Kaisa")

    assert noora.status == 422
    assert "Kirjoita asiakkaan omin sanoin, mistä on kyse." in seen.text
    assert "Valitse palvelupolku." in seen.text
    form = seen.form("/contacts/new")
    assert form.fields["callback"] == ["050 123"]
    assert form.fields["language"] == ["sv"]
    assert form.fields["name"] == ["Kokeilu Kaisa"]
    assert "#f-matter" in seen.links()


def test_a_named_client_is_added_with_the_contact(town: WebTown) -> None:
    noora = town.person("noora")
    before = rows(town, Client)

    seen = noora.send(new_contact(noora), matter="Apua", pathway=PATHWAY, name="Kokeilu Kaisa", birth_date="3.5.2012")

    assert "Kokeilu Kaisa" in seen.text
    assert "14 v" in seen.text
    assert rows(town, Client) == before + 1


def test_two_presses_take_one_contact_and_add_one_client(town: WebTown) -> None:
    noora = town.person("noora")
    form = new_contact(noora)
    clients, cases = rows(town, Client), rows(town, ClientCase)

    for _ in range(2):
        noora.send(form, matter="Apua", pathway=PATHWAY, name="Kokeilu Kaisa", birth_date="3.5.2012")

    assert noora.status == 303
    assert (rows(town, Client), rows(town, ClientCase)) == (clients + 1, cases + 1)


def test_somebody_already_known_is_shown_before_anything_is_saved(town: WebTown) -> None:
    noora = town.person("noora")
    clients = rows(town, Client)

    seen = noora.send(new_contact(noora), matter="Apua", pathway=PATHWAY, name="Testinen Aino", birth_date="4.3.2011")

    assert noora.status == 409
    assert "Onko kyse jostakusta näistä?" in seen.text
    assert "Testinen Aino , 4.3.2011" in seen.text
    assert "1 avoin asiakkuus" in seen.text
    assert seen.form("/contacts/new").fields["matter"] == ["Apua"]
    assert rows(town, Client) == clients


def test_the_known_client_is_chosen_and_the_contact_joins_the_open_case(town: WebTown) -> None:
    noora = town.person("noora")
    asked = noora.send(
        new_contact(noora), matter="Uusi huoli", pathway=PATHWAY, name="Testinen Aino", birth_date="4.3.2011"
    )
    form = asked.form("/contacts/new")

    seen = noora.send(form, client=form.choices["client"][0])

    assert noora.went_to.startswith(f"/cases/{town.case('Aino')}")
    assert "Yhteydenotto liitettiin asiakkaan avoimeen asiakkuuteen." in seen.text


def test_a_namesake_is_added_when_it_is_said_to_be_somebody_new(town: WebTown) -> None:
    noora = town.person("noora")
    clients = rows(town, Client)
    asked = noora.send(new_contact(noora), matter="Apua", pathway=PATHWAY, name="Testinen Aino", birth_date="4.3.2011")

    noora.send(asked.form("/contacts/new"), client="new")

    assert noora.status == 303
    assert rows(town, Client) == clients + 1


def test_an_identity_code_with_a_typing_error_is_refused_in_words(town: WebTown) -> None:
    noora = town.person("noora")

    seen = noora.send(new_contact(noora), matter="Apua", pathway=PATHWAY, identity_code="131052-308A")

    assert noora.status == 422
    assert "henkilötunnus" in seen.text
    assert "tarkistusmerkki ei täsmää" in seen.text


def test_a_contact_of_the_future_is_refused(town: WebTown) -> None:
    noora = town.person("noora")

    seen = noora.send(new_contact(noora), matter="Apua", pathway=PATHWAY, received_at="2027-01-01T09:00")

    assert "se on tulevaisuudessa" in seen.text


def test_a_consultant_takes_no_contacts(unchanged: WebTown) -> None:
    petra = unchanged.person("petra")

    seen = petra.see("/contacts/new")

    assert petra.status in (200, 403)
    assert petra.status == 403 or "Yksikölläsi ei ole vielä polkua käytössä" in seen.text
