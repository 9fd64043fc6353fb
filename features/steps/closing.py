"""Closing a case: who approves it, what refuses it, and what the client is told."""

from features.names import key_of
from features.sentences import step
from features.world import CheckFailed, World
from pathways import commands as c


@step(
    "when",
    fi="{worker} päättää asian tulokseen {end}",
    sv="{worker} avslutar ärendet med resultatet {end}",
    en="{worker} closes the case with {end}",
)
def closes(world: World, worker: str, end: str) -> None:
    world.ask(c.CloseCase(case_id=world.case_id(), end=_end(world, end)), world.actor(worker))


@step(
    "when",
    fi="{worker} hyväksyy asian päättämisen tulokseen {end}",
    sv="{worker} godkänner att ärendet avslutas med resultatet {end}",
    en="{worker} approves that the case closes with {end}",
)
def approves(world: World, worker: str, end: str) -> None:
    world.ask(c.ApproveClosing(case_id=world.case_id(), end=_end(world, end)), world.actor(worker))


def _end(world: World, title: str) -> str:
    return key_of("end", title, dict(world.pathway.definition.ends), world.language)


@step(
    "then",
    fi="asia on uudessa jaksossa {number:number}",
    sv="ärendet är i den nya perioden {number:number}",
    en="the case is in the new episode {number:number}",
)
def in_episode(world: World, number: int) -> None:
    case = world.case()
    if case.episode != number:
        raise CheckFailed(f"it is in episode {case.episode}")


@step(
    "then",
    fi="asia on uusi ja liittyy edelliseen",
    sv="ärendet är nytt och hör ihop med det förra",
    en="the case is new and linked to the one before",
)
def is_linked(world: World) -> None:
    case = world.case()
    if case.origin_case_id is None or case.episode != 1:
        raise CheckFailed(f"episode {case.episode}, {'linked' if case.origin_case_id else 'not linked'}")


@step(
    "then",
    fi="asiakkaalle kerrotaan askeleesta {step_title}: {words}",
    sv="för klienten berättas om steget {step_title}: {words}",
    en="the client is told of the step {step_title}: {words}",
)
def client_words(world: World, step_title: str, words: str) -> None:
    """The client's own page says it in the language of the case."""
    open_step = next((run for run in world.view().runs if run.title.casefold() == step_title.casefold()), None)
    if open_step is None:
        raise CheckFailed("the step is not open")
    text = world.pathway.step(open_step.step).client
    said = text.in_language(world.case().language) if text else "–"
    if words.casefold() not in said.casefold():
        raise CheckFailed(f"the client reads: {said}")
