"""Clients by name: their age, language, municipality, and what is noted of them."""

from datetime import date, timedelta

from features.names import key_of
from features.sentences import step
from features.world import CheckFailed, World
from pathways import commands as c

BIRTHDAY_WAS = timedelta(days=100)
"""A client of whom only the age is said had their birthday this long before the scenario began."""


@step(
    "given",
    fi="asiakas {client}, {age:number} v",
    sv="klienten {client}, {age:number} år",
    en="the client {client}, aged {age:number}",
)
def a_client(world: World, client: str, age: int) -> None:
    birthday = world.time.today - BIRTHDAY_WAS
    world.county.describe_client(
        client, birth_date=birthday.replace(year=birthday.year - age, day=min(birthday.day, 28))
    )


@step(
    "given",
    fi="asiakas {client}, syntynyt {born:day}",
    sv="klienten {client}, född {born:day}",
    en="the client {client}, born {born:day}",
)
def a_client_born(world: World, client: str, born: date) -> None:
    world.county.describe_client(client, birth_date=born)


@step(
    "given",
    fi="asiakas {client} asioi ruotsiksi",
    sv="klienten {client} vill ha service på svenska",
    en="the client {client} is served in Swedish",
)
def a_client_in_swedish(world: World, client: str) -> None:
    world.county.describe_client(client, language="sv")


@step(
    "given",
    fi="asiakkaan {client} kotikunta on {municipality}",
    sv="klienten {client} har hemkommunen {municipality}",
    en="the client {client} lives in {municipality}",
)
def a_client_of(world: World, client: str, municipality: str) -> None:
    world.county.describe_client(client, municipality=municipality)


@step(
    "when",
    fi="{worker} vaihtaa asian kieleksi ruotsin",
    sv="{worker} byter ärendets språk till svenska",
    en="{worker} changes the language of the case to Swedish",
)
def in_swedish(world: World, worker: str) -> None:
    world.ask(c.ChooseLanguage(case_id=world.case_id(), language="sv"), world.actor(worker))


@step(
    "when",
    fi="{worker} kirjaa asiakkaasta {client} tiedon {fact}",
    sv="{worker} antecknar om klienten {client} uppgiften {fact}",
    en="{worker} notes of the client {client} that {fact}",
)
def note_fact(world: World, worker: str, client: str, fact: str) -> None:
    """The fact is one that conditions ask for, in its own words."""
    case_id = world.case_id(client)
    world.ask(c.NoteFact(case_id=case_id, name=_fact(world, fact), value=True), world.actor(worker))


def _fact(world: World, words: str) -> str:
    facts = {name: variable.meaning for name, variable in world.pathway.variables.items()}
    return key_of("fact", words, facts, world.language)


@step(
    "when",
    fi="{worker} liittää asiaan asiakkaan {other} suhteella {relation}",
    sv="{worker} ansluter klienten {other} till ärendet med relationen {relation}",
    en="{worker} joins the client {other} to the case as {relation}",
)
def joins(world: World, worker: str, other: str, relation: str) -> None:
    """Somebody of the family: the case stays the one of the client spoken of."""
    joined = world.county.known_client(other)
    command = c.JoinClient(case_id=world.case_id(), client_id=joined.client_id, relation=relation.casefold())
    world.ask(command, world.actor(worker))


@step(
    "then",
    fi="asiassa on mukana {other} suhteella {relation}",
    sv="i ärendet deltar {other} med relationen {relation}",
    en="the case has {other} as {relation}",
)
def is_joined(world: World, other: str, relation: str) -> None:
    clients = {shown.name: shown.relation for shown in world.view().clients}
    if clients.get(other) != relation.casefold():
        raise CheckFailed(f"clients: {clients}")


@step(
    "then",
    fi="asiakkaasta on tieto {fact}",
    sv="om klienten finns uppgiften {fact}",
    en="of the client it is noted that {fact}",
)
def is_noted(world: World, fact: str) -> None:
    if world.case().noted.get(_fact(world, fact)) is not True:
        raise CheckFailed("it isn't noted")


@step(
    "then",
    fi="asiakkaasta ei ole tietoa {fact}",
    sv="om klienten finns inte uppgiften {fact}",
    en="of the client it is not noted that {fact}",
)
def is_not_noted(world: World, fact: str) -> None:
    if world.case().noted.get(_fact(world, fact)) is True:
        raise CheckFailed("it is noted")
