"""Time passes. Any sentence that does something may also begin or end with a time of its own."""

from datetime import datetime

from features.reading import Span
from features.sentences import step
from features.world import World


@step("given", fi="on {now:moment}", sv="det är {now:moment}", en="it is {now:moment}")
def it_is(world: World, now: datetime) -> None:
    world.time.pass_to(now)


@step("when", fi="{span:span} kuluu", sv="{span:span} (går|förflyter)", en="{span:span} (pass|passes)")
def so_much_passes(world: World, span: Span) -> None:
    world.time.pass_to(world.time.after(span))


@step(
    "when",
    fi="kukaan ei (vastaa|aloita|tee mitään) {until:when} mennessä",
    sv="ingen (svarar|börjar|gör något) före {until:when}",
    en="nobody (answers|begins|does anything) by {until:when}",
)
def nobody_does_anything(world: World, until: str) -> None:
    world.time.pass_to(world.time.instant(until))


@step("when", fi="tulee {until:when}", sv="det blir {until:when}", en="it becomes {until:when}")
def the_time_comes(world: World, until: str) -> None:
    world.time.pass_to(world.time.instant(until))
