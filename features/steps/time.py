"""Time passes. Any sentence that does something may also begin or end with a time of its own."""

from datetime import datetime

from features.reading import Span
from features.sentences import step
from features.world import World


@step("given", fi="kello on {now:moment}", sv="klockan är {now:moment}", en="the time is {now:moment}")
def it_is(world: World, now: datetime) -> None:
    world.pass_to(now)


@step("when", fi="{span:span} kuluu", sv="{span:span} (går|förflyter)", en="{span:span} (pass|passes)")
def so_much_passes(world: World, span: Span) -> None:
    world.pass_to(world.time.after(span))


@step(
    "when",
    fi="kukaan ei (vastaa|aloita|tee mitään|kirjaa mitään) {until:when} mennessä",
    sv="ingen (svarar|börjar|gör något|antecknar något) före {until:when}",
    en="nobody (answers|begins|does anything|records anything) by {until:when}",
)
def nobody_does_anything(world: World, until: str) -> None:
    world.pass_to(world.time.instant(until))


@step("when", fi="(tulee|on) {until:when}", sv="det blir {until:when}", en="it becomes {until:when}")
def the_time_comes(world: World, until: str) -> None:
    world.pass_to(world.time.instant(until))
