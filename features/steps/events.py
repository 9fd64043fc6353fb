"""Events of life: the client postpones, isn't reached, is in danger, moves, dies; recorded at any step."""

from collections.abc import Callable
from datetime import datetime

from features.names import key_of, word_key
from features.sentences import step
from features.world import CheckFailed, World
from pathways import commands as c
from pathways.anytime_event import AnytimeEvent


@step(
    "when",
    fi="{worker} kirjaa [asiakkaasta {client} ]tapahtuman {event}[, joka sattui {at:moment}]",
    sv="{worker} antecknar [om klienten {client} ]händelsen {event}[, som inträffade {at:moment}]",
    en="{worker} records [of the client {client} ]the event {event}[, which happened {at:moment}]",
)
def happens(world: World, worker: str, event: str, client: str | None = None, at: datetime | None = None) -> None:
    world.client(client)
    events = world.pathway.definition.events
    key = key_of("event", event, {name: known.title for name, known in events.items()}, world.language)
    record(world, worker, key, occurred_at=at)


@step(
    "when",
    fi="{worker} kirjaa, että asiakas siirtää ajan {offered:moment} uuteen aikaan {until:moment}",
    sv="{worker} antecknar att klienten flyttar tiden {offered:moment} till den nya tiden {until:moment}",
    en="{worker} records that the client moves the time {offered:moment} to the new time {until:moment}",
)
def postpones(world: World, worker: str, offered: datetime, until: datetime) -> None:
    key = _event_with(world, lambda event: event.pauses is not None)
    record(world, worker, key, offered_at=offered, until=until)


@step(
    "when",
    fi="{worker} kirjaa, ettei asiakas vastaa kanavassa {channel}",
    sv="{worker} antecknar att klienten inte svarar via kanalen {channel}",
    en="{worker} records that the client doesn't answer by {channel}",
)
def is_not_reached(world: World, worker: str, channel: str) -> None:
    channels = world.pathway.definition.vocabulary.channels
    key = _event_with(world, lambda event: event.attempts is not None)
    record(world, worker, key, channel=word_key("channel", channel, channels, world.language))


def record(world: World, worker: str, key: str, **about: object) -> None:
    case_id = world.case_id()
    world.ask(c.RecordEvent.model_validate({"case_id": case_id, "event": key, **about}), world.actor(worker))


def _event_with(world: World, wanted: Callable[[AnytimeEvent], bool]) -> str:
    for key, event in world.pathway.definition.events.items():
        if wanted(event):
            return key
    raise CheckFailed("this pathway has no such event")


@step(
    "then",
    fi="tapahtuman {event} ohje on {words}",
    sv="anvisningen för händelsen {event} är {words}",
    en="the instruction of the event {event} is {words}",
)
def instruction(world: World, event: str, words: str) -> None:
    _expect_words(world, event, words, "worker")


@step(
    "then",
    fi="tapahtumasta {event} kerrotaan asiakkaalle {words}",
    sv="om händelsen {event} berättas för klienten {words}",
    en="of the event {event} the client is told {words}",
)
def client_is_told(world: World, event: str, words: str) -> None:
    _expect_words(world, event, words, "client")


def _expect_words(world: World, title: str, words: str, whose: str) -> None:
    """In the language of the case for the client, in the scenario's for the worker."""
    events = world.pathway.definition.events
    key = key_of("event", title, {name: known.title for name, known in events.items()}, world.language)
    text = getattr(events[key], whose)
    language = world.case().language if whose == "client" else world.language
    said = text.in_language(language) if text else "–"
    if words.casefold() not in said.casefold():
        raise CheckFailed(f"it says: {said}")
