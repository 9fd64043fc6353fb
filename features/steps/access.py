"""Who sees a case and why, who doesn't, and what the use log keeps of it."""

from sqlalchemy import select

from engine.access_log import ACCESS_LOG
from engine.read_models.case_access import see_case
from features.sentences import step
from features.world import CheckFailed, World
from pathways.errors import UnknownThing

GROUNDS = {
    "responsible": {"fi": "vastuutyöntekijä", "sv": "ansvarig arbetstagare", "en": "responsible worker"},
    "own_worker": {"fi": "omatyöntekijä", "sv": "egen kontaktperson", "en": "own worker"},
    "substitute": {"fi": "sijaisuus", "sv": "vikariat", "en": "substitution"},
    "member": {"fi": "hoitotiimi", "sv": "vårdteam", "en": "care team"},
    "assignee": {"fi": "askeleen tekijä", "sv": "gör steget", "en": "does the step"},
    "lead": {"fi": "esihenkilö", "sv": "teamledare", "en": "team lead"},
    "unit": {"fi": "yksikkö", "sv": "enhet", "en": "unit"},
    "receiving": {"fi": "vastaanottava yksikkö", "sv": "mottagande enhet", "en": "receiving unit"},
}
"""Why somebody may see a case, as the use log says it."""


@step(
    "then",
    fi="{worker} näkee asian[ perusteella {ground}]",
    sv="{worker} ser ärendet[ på grunden {ground}]",
    en="{worker} sees the case[ on the ground {ground}]",
)
def sees(world: World, worker: str, ground: str | None = None) -> None:
    case_id = world.case_id()
    world.view(worker=worker)
    with world.reading(worker) as reading:
        held = see_case(reading, case_id).ground
    said = GROUNDS[held][world.language]
    if ground and said != ground.casefold():
        raise CheckFailed(f"the ground is {said}")


@step("then", fi="{worker} ei näe asiaa", sv="{worker} ser inte ärendet", en="{worker} doesn't see the case")
def does_not_see(world: World, worker: str) -> None:
    """For them the case doesn't exist: the engine answers as it does for one that isn't there."""
    try:
        world.view(worker=worker)
    except UnknownThing:
        return
    raise CheckFailed("the case is shown")


@step(
    "then",
    fi="käyttölokissa ei ole {worker}",
    sv="i användningsloggen finns inte {worker}",
    en="the use log doesn't have {worker}",
)
def is_not_logged(world: World, worker: str) -> None:
    if kept := _grounds_in_log(world, worker):
        raise CheckFailed(f"grounds in the log: {', '.join(sorted(kept))}")


@step(
    "then",
    fi="käyttölokissa on {worker} perusteella {ground}",
    sv="i användningsloggen står {worker} på grunden {ground}",
    en="the use log has {worker} on the ground {ground}",
)
def is_logged(world: World, worker: str, ground: str) -> None:
    kept = _grounds_in_log(world, worker)
    said = {GROUNDS[each][world.language] for each in kept if each in GROUNDS}
    if ground.casefold() not in said:
        raise CheckFailed(f"grounds in the log: {', '.join(sorted(said)) or '–'}")


def _grounds_in_log(world: World, worker: str) -> set[str]:
    mine = (ACCESS_LOG.c.case_id == world.case_id()) & (ACCESS_LOG.c.actor == world.county.worker_id(worker))
    with world.database.read() as connection:
        return set(connection.execute(select(ACCESS_LOG.c.ground).where(mine)).scalars())
