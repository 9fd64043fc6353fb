"""Who is told, and who is not: what workers find in the application. A message names a case, never its content."""

from datetime import datetime

from features.names import promise_keys
from features.sentences import step
from features.told import Told
from features.world import CheckFailed, World
from pathways.service_promise import PromiseKind

# `saa` is about what the sentences since the last check brought; `on saanut` about everything so far.


@step(
    "then",
    fi="{worker} saa ilmoituksen {sentence}",
    sv="{worker} får meddelandet {sentence}",
    en="{worker} is told {sentence}",
)
def is_told(world: World, worker: str, sentence: str) -> None:
    new = world.told(worker)
    if not any(sentence.casefold() in message.sentence.casefold() for message in new):
        raise CheckFailed(_said(world, new))


@step(
    "then",
    fi="{worker} saa hälytyksen: {kind:clock} {promise}[ {at:moment}]",
    sv="{worker} får larmet: {kind:clock} {promise}[ {at:moment}]",
    en="{worker} is alarmed: {kind:clock} {promise}[ {at:moment}]",
)
def is_alarmed(world: World, worker: str, kind: PromiseKind, promise: str, at: datetime | None = None) -> None:
    """A rung of the promise's ladder, at that minute where one is said."""
    new = [message for message in world.told(worker) if _is_about(world, message, promise)]
    times = [message.made_at.replace(second=0, microsecond=0) for message in new]
    if not new or (at is not None and at not in times):
        raise CheckFailed(_said(world, world.told(worker)))


@step(
    "then",
    fi="{worker} saa ohjeen {act}",
    sv="{worker} får anvisningen {act}",
    en="{worker} is told to {act}",
)
def is_asked_to(world: World, worker: str, act: str) -> None:
    """The words of the rung itself, as the ladder says them."""
    said = [words for message in world.told(worker) if (words := _act_of(world, message))]
    if not any(act.casefold() in words.casefold() for words in said):
        raise CheckFailed("; ".join(said) or "nothing was asked")


@step(
    "then",
    fi="{worker} ei saa hälytystä: {kind:clock} {promise}",
    sv="{worker} får inte larmet: {kind:clock} {promise}",
    en="{worker} is not alarmed: {kind:clock} {promise}",
)
def is_not_alarmed(world: World, worker: str, kind: PromiseKind, promise: str) -> None:
    new = [message for message in world.told(worker) if _is_about(world, message, promise)]
    if new:
        raise CheckFailed(_said(world, new))


@step(
    "then",
    fi="{worker} ei saa ilmoitusta {sentence}",
    sv="{worker} får inte meddelandet {sentence}",
    en="{worker} is not told {sentence}",
)
def is_not_told(world: World, worker: str, sentence: str) -> None:
    new = [message for message in world.told(worker) if sentence.casefold() in message.sentence.casefold()]
    if new:
        raise CheckFailed(_said(world, new))


@step("then", fi="{worker} ei saa ilmoitusta", sv="{worker} får inget meddelande", en="{worker} is told nothing")
def is_told_nothing(world: World, worker: str) -> None:
    new = world.told(worker)
    if new:
        raise CheckFailed(_said(world, new))


@step(
    "then",
    fi="{worker} ei ole saanut yhtään ilmoitusta",
    sv="{worker} har inte fått något meddelande",
    en="{worker} has been told nothing at all",
)
def was_told_nothing(world: World, worker: str) -> None:
    everything = world.told(worker, ever=True)
    if everything:
        raise CheckFailed(_said(world, everything))


def _is_about(world: World, message: Told, promise: str) -> bool:
    """Whether it is a rung of this promise on the case spoken of."""
    mine = message.case_id == world.case_id()
    return mine and message.facts.get("promise") in promise_keys(world.pathway, promise, world.language)


def _act_of(world: World, message: Told) -> str | None:
    ladder, _, rung = str(message.facts.get("tier", "")).partition(":")
    known = world.pathway.definition.ladders.get(ladder)
    act = known.rungs[rung].act if known and rung in known.rungs else None
    return act.in_language(world.language) if act else None


def _said(world: World, messages: tuple[Told, ...] | list[Told]) -> str:
    lines = [
        f"{world.said(m.made_at)}: {m.sentence} {m.facts.get('promise', '')} {m.facts.get('tier', '')}"
        for m in messages
    ]
    return "told:\n  " + "\n  ".join(lines) if lines else "nothing was told"
