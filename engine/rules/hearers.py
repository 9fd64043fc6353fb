"""Who is told: decided when it is told. An empty place falls through to the next, and operations hear of it (rule 18).

responsible worker → today's substitute → team lead → head of unit.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.rules.circumstances import Candidate
from engine.rules.story import Story
from pathways.case import Assignment
from pathways.definition import Role

FALL_THROUGH: dict[str, tuple[str, ...]] = {
    "responsible": ("responsible", "team_lead", "head_of_unit"),
    "substitute": ("responsible", "team_lead", "head_of_unit"),
    "team_lead": ("team_lead", "head_of_unit"),
    "lead_on_duty": ("team_lead", "head_of_unit"),
    "head_of_unit": ("head_of_unit", "team_lead"),
    "service_line": ("service_line", "head_of_unit", "team_lead"),
    "team_queue": ("team_queue", "team_lead", "head_of_unit"),
    "duty_queue": ("duty_queue", "team_queue", "team_lead", "head_of_unit"),
    "role_holders": ("role_holders", "team_lead", "head_of_unit"),
}


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who could hear of a case: who answers for it, the people around it (asked for only when needed), its roles."""

    unit_id: str
    responsible: Assignment | None
    ask_staff: Callable[[], Sequence[Candidate]]
    roles: Mapping[str, Role]

    @classmethod
    def of(cls, story: Story) -> "Hearing":
        case = story.case
        return cls(case.unit_id, case.responsible, lambda: story.on.staff, story.on.pathway.definition.roles)


@dataclass(frozen=True, slots=True)
class Heard:
    """The worker ids that hear, and the places where nobody was found."""

    told: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


def hearers_of(hearing: Hearing, wanted: Sequence[str], role: str | None = None) -> Heard:
    """Each wanted place filled or fallen through; `role` is asked where a place names the holders of one."""
    told: list[str] = []
    empty: list[str] = []
    for place in wanted:
        for step in FALL_THROUGH.get(place, (place,)):
            found = _holders(hearing, step, role)
            if found:
                told += found
                break
            if step == "responsible" and _queue_answers(hearing):
                continue  # nobody is missing: the queue answers, and its team lead hears
            empty.append(step)
    return Heard(tuple(dict.fromkeys(told)), tuple(empty))


def tell_hearers(story: Story, wanted: Sequence[str], kind: str, **facts: Any) -> tuple[str, ...]:
    """Send a message to whoever stands at these places now."""
    heard = hearers_of(Hearing.of(story), wanted)
    note_empty_places(story, heard.empty)
    story.send(kind, heard.told, **facts)
    return heard.told


def note_empty_places(story: Story, places: Sequence[str]) -> None:
    story.incidents += [empty_place(place, story.case.unit_id) for place in places]


def empty_place(place: str, unit_id: str) -> tuple[str, dict[str, Any]]:
    """The operations incident of a place where nobody was found."""
    return "empty_rung", {"place": place, "unit_id": unit_id}


def _holders(hearing: Hearing, place: str, role: str | None) -> list[str]:
    if place in ("responsible", "substitute"):
        return _answering(hearing)
    staff = [c for c in hearing.ask_staff() if not c.away]
    match place:
        case "team_lead" | "lead_on_duty":
            return [c.worker_id for c in staff if "team_lead" in c.roles]
        case "head_of_unit" | "service_line":
            return [c.worker_id for c in staff if c.head]
        case "team_queue" | "duty_queue":
            professions = _professions(hearing, hearing.responsible.role if hearing.responsible else role)
            return [c.worker_id for c in staff if c.professions & professions]
        case "role_holders":
            return [c.worker_id for c in staff if c.professions & _professions(hearing, role)]
    return []


def _answering(hearing: Hearing) -> list[str]:
    """The responsible worker, or today's substitute when they are away; an away worker alone is an empty place."""
    responsible = hearing.responsible
    if responsible is None or responsible.worker_id is None:
        return []
    if responsible.substitute_id:
        return [responsible.substitute_id]
    away = {c.worker_id for c in hearing.ask_staff() if c.away}
    return [] if responsible.worker_id in away else [responsible.worker_id]


def _queue_answers(hearing: Hearing) -> bool:
    return hearing.responsible is None or hearing.responsible.is_queue


def _professions(hearing: Hearing, role: str | None) -> set[str]:
    return set(hearing.roles[role].professions) if role and role in hearing.roles else set()
