"""Who can be named to answer for a case, and why somebody can't: what a person chooses from, lightest load first."""

from dataclasses import dataclass

from engine.access import decide
from engine.access_log import Read
from engine.handle import Reading
from engine.read_models.case_access import SeenCase, see_case
from engine.rules.circumstances import Candidate, Circumstances
from engine.rules.responsibility import why_unfit
from engine.rules.story import Story
from engine.staff import staff_of


@dataclass(frozen=True, slots=True)
class ResponsibleChoice:
    """One worker of the unit. `refused` is a code when they can't be named at all; `doubtful` when rules wouldn't."""

    worker_id: str
    name: str
    professions: tuple[str, ...]
    languages: tuple[str, ...]
    load: int
    load_limit: int
    away: bool
    knows_client: bool
    refused: str | None
    doubtful: str | None


def responsible_choices(reading: Reading, case_id: str) -> tuple[ResponsibleChoice, ...]:
    """Everybody of the case's unit, those who can be named first. For who may name; else it refuses."""
    seen = see_case(reading, case_id, everything=True)
    decide(reading.actor, "responsible-worker", seen.facts, key=case_id)
    reading.note(Read("responsible", seen.ground, case_id=case_id, client_ids=seen.client_ids, unit_id=seen.unit_id))
    named = seen.case.responsible
    if named is None:
        return ()
    story = _story(reading, seen)
    role = seen.pathway.definition.roles[named.role]
    choices = [
        _choice(one, why_unfit(story, role, one, by_hand=True), why_unfit(story, role, one)) for one in story.on.staff
    ]
    return tuple(
        sorted(choices, key=lambda one: (one.refused is not None, one.doubtful is not None, one.load, one.name))
    )


def _story(reading: Reading, seen: SeenCase) -> Story:
    staff = staff_of(
        reading.connection, reading.actor.tenant_id, seen.unit_id, tuple(seen.loaded.clients), reading.today
    )
    on = Circumstances(
        actor=reading.actor,
        now=reading.now,
        pathway=seen.pathway,
        calendars=reading.engine.calendars,
        unit=seen.loaded.unit,
        clients=seen.loaded.clients,
        seed="",
        ask_staff=lambda: staff,
    )
    return Story(seen.case, on, reading.now)


def _choice(candidate: Candidate, refused: str | None, doubtful: str | None) -> ResponsibleChoice:
    return ResponsibleChoice(
        worker_id=candidate.worker_id,
        name=candidate.name,
        professions=tuple(sorted(candidate.professions)),
        languages=tuple(sorted(candidate.languages)),
        load=candidate.load,
        load_limit=candidate.load_limit,
        away=candidate.away,
        knows_client=bool(candidate.worked_with_client),
        refused=refused,
        doubtful=doubtful if refused is None else None,
    )
