"""The county of a scenario: which pathway it is about, its units, its settings and its law."""

from datetime import date

from engine.source import Scalar
from features.names import key_of
from features.reading import Span
from features.sentences import step
from features.world import World


@step("given", fi="polku {pathway}", sv="stigen {pathway}", en="the pathway {pathway}")
def the_pathway(world: World, pathway: str) -> None:
    world.choose_pathway(pathway)


@step("given", fi="yksikkö {unit}", sv="enheten {unit}", en="the unit {unit}")
def a_unit(world: World, unit: str) -> None:
    world.county.unit(unit)


@step(
    "given",
    fi="yksikkö {unit} antaa palvelulupauksen",
    sv="enheten {unit} ger servicelöftet",
    en="the unit {unit} gives the service promise",
)
def a_unit_gives_the_promise(world: World, unit: str) -> None:
    world.county.set_unit(unit, promises_on=True)


@step(
    "given",
    fi="yksikkö {unit} ei anna palvelulupausta",
    sv="enheten {unit} ger inte servicelöftet",
    en="the unit {unit} doesn't give the service promise",
)
def a_unit_gives_no_promise(world: World, unit: str) -> None:
    world.county.set_unit(unit, promises_on=False)


@step(
    "given",
    fi="yksikkö {unit} on auki kalenterin {calendar} mukaan",
    sv="enheten {unit} är öppen enligt kalendern {calendar}",
    en="the unit {unit} is open by the calendar {calendar}",
)
def a_unit_keeps_hours(world: World, unit: str, calendar: str) -> None:
    world.engine.calendars.in_force(calendar, world.time.now)
    world.county.set_unit(unit, calendar=calendar)


@step(
    "given",
    fi="yksikön {unit} ruotsinkielinen jono on yksikössä {queue}",
    sv="enheten {unit} har sin svenskspråkiga kö i enheten {queue}",
    en="the Swedish queue of the unit {unit} is in the unit {queue}",
)
def a_swedish_queue(world: World, unit: str, queue: str) -> None:
    world.county.unit(queue)
    world.county.set_unit(unit, language_status="bilingual")
    world.county.unit(unit).swedish_queue = queue


@step(
    "given",
    fi="alueen asetus {setting} on {span:span}",
    sv="områdets inställning {setting} är {span:span}",
    en="the county's setting {setting} is {span:span}",
)
def a_setting(world: World, setting: str, span: Span) -> None:
    world.county.pin(world.county.pinned.with_setting(_setting(world, setting), in_the_definitions_words(span)))


@step(
    "given",
    fi="alueen asetus {setting} on {value}",
    sv="områdets inställning {setting} är {value}",
    en="the county's setting {setting} is {value}",
)
def a_setting_of_words(world: World, setting: str, value: str) -> None:
    number: Scalar = int(value) if value.isdigit() else value
    world.county.pin(world.county.pinned.with_setting(_setting(world, setting), number))


@step(
    "given",
    fi="alue on tiukentanut lain määräaikaa {promise}: {span:span}",
    sv="området har skärpt lagens tidsfrist {promise}: {span:span}",
    en="the county has tightened the statutory time {promise}: {span:span}",
)
def a_tightened_law(world: World, promise: str, span: Span) -> None:
    clocks = {key: clock.title for key, clock in world.definitions.shelved.clocks.items()}
    key = key_of("statutory time", promise, clocks, world.language)
    world.county.pin(world.county.pinned.with_law(key, in_the_definitions_words(span)))


@step(
    "given",
    fi="laki on sellaisena kuin se oli {day:day}",
    sv="lagen är som den var {day:day}",
    en="the law is as it was on {day:day}",
)
def the_law_of_a_day(world: World, day: date) -> None:
    world.county.pin(world.county.pinned.on(day))


def in_the_definitions_words(span: Span) -> str:
    """A span as the definition language writes it: `8 working days`."""
    unit = span.unit.replace("_", " ")
    return f"{span.number} {unit}" if span.number == 1 and unit != "day" else f"{span.number} {unit}s"


def _setting(world: World, title: str) -> str:
    county = world.definitions.shelved.county
    settings = county.settings if county else {}
    return key_of("setting", title, {key: setting.title for key, setting in settings.items()}, world.language)
