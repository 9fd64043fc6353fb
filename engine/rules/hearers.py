"""Who is told: decided when it is told. An empty place falls through to the next, and operations hear of it (rule 18).

responsible worker → today's substitute → team lead → head of unit.
"""

from collections.abc import Sequence
from typing import Any

from engine.rules.story import Story

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


def hearers_of(story: Story, wanted: Sequence[str], role: str | None = None) -> tuple[str, ...]:
    """The worker ids that hear, each place filled or fallen through; an empty one becomes an incident."""
    told: list[str] = []
    for place in wanted:
        for step in FALL_THROUGH.get(place, (place,)):
            found = _holders(story, step, role)
            if found:
                told += found
                break
            if step == "responsible" and _queue_answers(story):
                continue  # nobody is missing: the queue answers, and its team lead hears
            story.incidents.append(("empty_rung", {"place": step, "unit_id": story.case.unit_id}))
    return tuple(dict.fromkeys(told))


def tell_hearers(story: Story, wanted: Sequence[str], kind: str, **facts: Any) -> tuple[str, ...]:
    told = hearers_of(story, wanted)
    story.send(kind, told, **facts)
    return told


def _holders(story: Story, place: str, role: str | None) -> list[str]:
    staff = [c for c in story.on.staff if not c.away]
    match place:
        case "responsible" | "substitute":
            return _answering(story)
        case "team_lead" | "lead_on_duty":
            return [c.worker_id for c in staff if "team_lead" in c.roles]
        case "head_of_unit" | "service_line":
            return [c.worker_id for c in staff if c.head]
        case "team_queue" | "duty_queue":
            professions = _professions(story, story.case.responsible.role if story.case.responsible else role)
            return [c.worker_id for c in staff if c.professions & professions]
        case "role_holders":
            return [c.worker_id for c in staff if c.professions & _professions(story, role)]
    return []


def _answering(story: Story) -> list[str]:
    """The responsible worker, or today's substitute when they are away; an away worker alone is an empty place."""
    responsible = story.case.responsible
    if responsible is None or responsible.worker_id is None:
        return []
    if responsible.substitute_id:
        return [responsible.substitute_id]
    away = {c.worker_id for c in story.on.staff if c.away}
    return [] if responsible.worker_id in away else [responsible.worker_id]


def _queue_answers(story: Story) -> bool:
    responsible = story.case.responsible
    return responsible is None or responsible.is_queue


def _professions(story: Story, role: str | None) -> set[str]:
    roles = story.on.pathway.definition.roles
    return set(roles[role].professions) if role and role in roles else set()
