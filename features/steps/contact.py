"""A contact: a call somebody answers, a message that only the system receives, a notice from somebody else."""

from datetime import datetime
from typing import Literal

from features.county import KnownClient, NotKnown
from features.names import word_key
from features.sentences import step
from features.world import CheckFailed, World
from pathways import commands as c
from pathways.actor import Actor
from pathways.near_miss import near_miss

MATTER = {"fi": "Tarvitsen apua.", "sv": "Jag behöver hjälp.", "en": "I need help."}


@step(
    "when",
    fi="asiakas {client} soittaa ja {worker} vastaa",
    sv="klienten {client} ringer och {worker} svarar",
    en="the client {client} calls and {worker} answers",
)
def calls(world: World, client: str, worker: str) -> None:
    known = caller(world, client)
    take_contact(world, known, world.actor(worker), "puhelin")


@step(
    "when",
    fi="asiakas {client} lähettää viestin[ yksikköön {unit}]",
    sv="klienten {client} skickar ett meddelande[ till enheten {unit}]",
    en="the client {client} sends a message[ to the unit {unit}]",
)
def sends_a_message(world: World, client: str, unit: str | None = None) -> None:
    """The message is there when the system has it; nobody has opened it yet."""
    known = caller(world, client)
    take_contact(world, known, world.county.system, "lomake", unit=unit or the_only_unit(world))


@step(
    "when",
    fi="asiakkaan {client} läheinen lähettää viestin[ yksikköön {unit}]",
    sv="en närstående till klienten {client} skickar ett meddelande[ till enheten {unit}]",
    en="somebody close to the client {client} sends a message[ to the unit {unit}]",
)
def somebody_close_sends_a_message(world: World, client: str, unit: str | None = None) -> None:
    known = caller(world, client)
    take_contact(world, known, world.county.system, "laheinen", unit=unit or the_only_unit(world))


@step(
    "when",
    fi="ammattilainen ilmoittaa asiakkaasta {client} ja {worker} kirjaa ilmoituksen",
    sv="en yrkesperson meddelar om klienten {client} och {worker} antecknar det",
    en="a professional reports the client {client} and {worker} takes it down",
)
def a_professional_reports(world: World, client: str, worker: str) -> None:
    known = caller(world, client)
    take_contact(world, known, world.actor(worker), "ammattilainen", by_client=False)


@step(
    "when",
    fi="{worker} kirjaa asiakkaan {client} yhteydenoton, joka saapui {at:moment}[ kanavassa {channel}]",
    sv="{worker} antecknar kontakten från klienten {client} som kom {at:moment}[ via kanalen {channel}]",
    en="{worker} takes down the contact of the client {client} that came {at:moment}[ by {channel}]",
)
def takes_down(world: World, worker: str, client: str, at: datetime, channel: str | None = None) -> None:
    known, channels = world.client(client), world.definitions.shelved.vocabulary.channels
    by = word_key("channel", channel, channels, world.language) if channel else "puhelin"
    take_contact(world, known, world.actor(worker), by, received_at=at)


@step(
    "when",
    fi="asiakas {client} soittaa kiireellisessä asiassa ja {worker} vastaa",
    sv="klienten {client} ringer i ett brådskande ärende och {worker} svarar",
    en="the client {client} calls in an urgent matter and {worker} answers",
)
def calls_urgently(world: World, client: str, worker: str) -> None:
    known = caller(world, client)
    take_contact(world, known, world.actor(worker), "puhelin", urgency="urgent")


def caller(world: World, name: str) -> KnownClient:
    """Whoever calls, introduced before or not; a name that is nearly that of somebody known is taken for a slip."""
    slip = near_miss(name, world.county.clients)
    if name not in world.county.clients and slip:
        raise NotKnown("client", name, world.county.clients)
    world.county.clients.setdefault(name, KnownClient(name))
    return world.client(name)


def take_contact(
    world: World,
    client: KnownClient,
    actor: Actor,
    channel: str,
    *,
    unit: str | None = None,
    received_at: datetime | None = None,
    by_client: bool = True,
    urgency: Literal["urgent"] | None = None,
) -> None:
    """Let the contact in; the client's case is known from now on."""
    if world.pathway_id is None:
        raise CheckFailed("say first which pathway this is about")
    answer = world.ask(
        c.TakeContact(
            contact_id=world.new_id(),
            new_case_id=world.new_id(),
            new_client_id=world.new_id(),
            pathway=world.pathway_id,
            channel=channel,
            received_at=received_at or world.time.now,
            matter=MATTER[world.language],
            language=client.about.get("language", "fi"),
            urgency=urgency,
            client_id=client.client_id,
            unit_id=world.county.unit_id(unit) if unit else None,
            by_client=by_client,
        ),
        actor,
    )
    if answer:
        client.case_id, client.pathway = answer.case_id, None


def the_only_unit(world: World) -> str:
    """The unit a message goes to when none is named: there must be just one that could take it."""
    units = [name for name in world.county.units if name not in _organisations(world)]
    if len(units) != 1:
        raise CheckFailed(f"say which unit the message goes to: {', '.join(units)}")
    return units[0]


def _organisations(world: World) -> set[str]:
    organisations = world.definitions.shelved.vocabulary.organisations.values()
    return {organisation.in_language(world.language) for organisation in organisations}
