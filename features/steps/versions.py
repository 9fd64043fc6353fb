"""A pathway gets a new version while cases run: they stay, or are moved openly and may be moved back (E14)."""

from collections.abc import Mapping

from engine.case_migration import Asked, Migrated, MigrationPlan, migrate_all
from engine.machine import CompiledPathway
from engine.migration_reversal import reverse_all
from engine.migration_runs import runs_of
from engine.published import publish
from features.names import key_of, promise_keys, step_key
from features.reading import Span
from features.sentences import Table, step
from features.steps.county import in_the_definitions_words
from features.world import CheckFailed, World
from pathways.commands import PromiseChoice
from pathways.definition import PathwayDefinition
from pathways.definition_parts import Text

CHOICES: Mapping[str, Text] = {
    "keep_due": Text(fi="pysyy", sv="kvarstår", en="stays"),
    "keep_elapsed": Text(fi="lasketaan uudestaan alusta", sv="räknas om från början", en="is counted again"),
    "restart": Text(fi="alkaa nyt", sv="börjar nu", en="begins now"),
    "drop": Text(fi="päättyy", sv="avslutas", en="ends"),
}
"""What each running promise does, as a specification says it; those that aren't named stay."""


@step(
    "when",
    fi="polun versio {number:number} julkaistaan: {promise} on {span:span}",
    sv="stigens version {number:number} publiceras: {promise} är {span:span}",
    en="version {number:number} of the pathway is published: {promise} is {span:span}",
)
def another_time(world: World, number: int, promise: str, span: Span) -> None:
    """A new version of the pathway spoken of, in which one promise has another time."""
    old = world.pathway
    key = next(key for key in promise_keys(old, promise, world.language) if not old.promises[key].step)
    changed = old.promises[key].model_copy(update={"within": in_the_definitions_words(span)})
    _publish(world, old.definition.model_copy(update={"promises": {**old.promises, key: changed}, "version": number}))


@step(
    "when",
    fi="polun versio {number:number} julkaistaan: askel {step_title} on {words}",
    sv="stigens version {number:number} publiceras: steget {step_title} är {words}",
    en="version {number:number} of the pathway is published: the step {step_title} is {words}",
)
def another_name(world: World, number: int, step_title: str, words: str) -> None:
    """A new version in which one step has another name, in its texts and in its key."""
    old = world.pathway.definition
    key = step_key(world.pathway, step_title, world.language)
    text = old.to_json().replace(f'"{key}"', f'"{NEW_KEY}"')
    for before, after in ((f"step {key} ", f"step {NEW_KEY} "), (f"outcome {key}.", f"outcome {NEW_KEY}.")):
        text = text.replace(before, after)
    named = PathwayDefinition.from_json(text)
    titled = named.steps[NEW_KEY].model_copy(update={"title": Text(fi=words, sv=words, en=words)})
    _publish(world, named.model_copy(update={"version": number, "steps": {**named.steps, NEW_KEY: titled}}))


NEW_KEY = "uusi_nimi"


def _publish(world: World, definition: PathwayDefinition) -> None:
    world.case_id()
    with world.engine.database.begin() as connection:
        publish(connection, world.county.tenant_id, definition, by="system", now=world.time.now)


@step(
    "when",
    fi="{lead} siirtää käynnissä olevat asiat versioon {number:number}",
    sv="{lead} flyttar de pågående ärendena till version {number:number}",
    en="{lead} moves the running cases to version {number:number}",
)
def moves_them(world: World, lead: str, number: int, table: Table = ()) -> None:
    """The table has a row for each promise or step that isn't as before: its title, and what it does or is called now."""
    old, new = world.pathway, _version(world, number)
    choices: dict[str, PromiseChoice] = dict.fromkeys(old.promises, "keep_due")
    steps: dict[str, str] = {}
    for title, said in table:
        if key := _step_named(old, title, world):
            steps[key] = step_key(new, said, world.language)
        else:
            chosen: PromiseChoice = key_of("choice", said, CHOICES, world.language)  # type: ignore[assignment]
            choices |= dict.fromkeys(promise_keys(old, title, world.language), chosen)
    choices = {key: choice for key, choice in choices.items() if key in new.promises}
    plan = MigrationPlan(steps=steps, promises=choices)
    asked = Asked(world.county.tenant_id, old.id, (old.version, number), plan, by=world.actor(lead).worker_id)
    done = world.attempt(lambda: _last(asked, world))
    if done and done.refused:
        raise CheckFailed("; ".join(done.stayed))
    _look_again(world)


def _last(asked: Asked, world: World) -> Migrated:
    *_, done = migrate_all(world.engine, asked, dry=False)
    return done


def _step_named(pathway: CompiledPathway, title: str, world: World) -> str | None:
    titles = {key: each.title for key, each in pathway.steps.items()}
    return next((key for key, text in titles.items() if text and text.in_language(world.language) == title), None)


def _version(world: World, number: int) -> CompiledPathway:
    with world.engine.database.read() as connection:
        return world.engine.published.version(connection, world.county.tenant_id, world.pathway.id, number)


@step("when", fi="{lead} peruu siirron", sv="{lead} tar tillbaka flyttningen", en="{lead} takes the move back")
def takes_it_back(world: World, lead: str) -> None:
    with world.engine.database.read() as connection:
        run = runs_of(connection, world.county.tenant_id)[0]
    by = world.actor(lead).worker_id
    *_, done = reverse_all(world.engine, world.county.tenant_id, run.migration_id, by=by)
    if done.refused:
        raise CheckFailed("; ".join(done.stayed))
    _look_again(world)


def _look_again(world: World) -> None:
    for known in world.county.clients.values():
        known.pathway = None
    world.pass_to(world.time.now)


@step(
    "then",
    fi="asia on polun versiolla {number:number}",
    sv="ärendet är på stigens version {number:number}",
    en="the case is on version {number:number} of the pathway",
)
def is_on_version(world: World, number: int) -> None:
    version = world.case().version
    if version != number:
        raise CheckFailed(f"it is on version {version}")
