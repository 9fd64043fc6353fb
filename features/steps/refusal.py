"""What the engine refuses, and what it tells the one who asked."""

from features.sentences import step
from features.world import CheckFailed, World


@step(
    "then",
    fi="se ei onnistu, koska {reason}",
    sv="det går inte, eftersom {reason}",
    en="it is refused, because {reason}",
)
def is_refused(world: World, reason: str) -> None:
    """The reason is part of the sentence that the refused worker reads."""
    if world.refusal is None:
        raise CheckFailed("nothing was refused")
    said = world.refusal_in_words()
    if reason.casefold() not in said.casefold():
        raise CheckFailed(f"it was refused with: {said} ({world.refusal})")
    world.refusal = None


@step("when", fi="sama painetaan toisen kerran", sv="samma tryckning kommer en gång till", en="the same is sent twice")
def again(world: World) -> None:
    world.ask_again()


@step(
    "then",
    fi="mitään ei kirjattu toiseen kertaan",
    sv="ingenting antecknades två gånger",
    en="nothing was recorded twice",
)
def nothing_twice(world: World) -> None:
    if world.answer is None or not world.answer.repeated:
        raise CheckFailed("the engine took the second one for a new one")
