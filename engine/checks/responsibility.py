"""Responsibility: somebody answers at every moment, and some unit has a professional who can."""

from collections.abc import Iterator, Mapping

from engine.checks.examined import Examined, listed
from engine.checks.flow import main_graph, way_of
from engine.checks.ways import reached_from
from engine.findings import Finding
from pathways.county import Unit
from pathways.definition import Role

OWN_WORKER = "omatyontekija"


def responsibility_findings(examined: Examined) -> Iterator[Finding]:
    """Give a finding for every moment nobody answers for and every role nobody can hold."""
    yield from _unanswered(examined)
    units = examined.shelves.county.units if examined.shelves.county else {}
    used = set(_used_roles(examined))
    for key, role in examined.definition.roles.items():
        if units and not any(_can_fill(unit, role) for unit in units.values()):
            known = {profession for unit in units.values() for profession in unit.professions}
            yield examined.at_key(
                "PW061", ("roles", key), name=key, professions=listed(role.professions), known=listed(tuple(known))
            )
        yield from _own_worker_findings(examined, key, role)
        if key not in used and examined.wrote("roles", key):
            yield examined.at_key("PW063", ("roles", key), name=key)


def _unanswered(examined: Examined) -> Iterator[Finding]:
    """Walk from the first step and stop where somebody takes responsibility; whatever was walked on has nobody."""
    named = {entry.from_step for entry in examined.definition.responsible}
    first = examined.first_step
    if first is None or first in named:
        return
    graph: Mapping[str, list[str]] = {
        key: [target for target in targets if target not in named] for key, targets in main_graph(examined).items()
    }
    ways = reached_from([first], graph)
    for key in ways:
        if key in examined.definition.steps:
            yield examined.at_key("PW060", ("steps", key), way_of(ways, key), name=key)


def _can_fill(unit: Unit, role: Role) -> bool:
    professions = bool(set(unit.professions) & set(role.professions))
    any_skill = not role.skills_any or bool(set(unit.skills) & set(role.skills_any))
    right_kind = role.unit_kind is None or role.unit_kind == unit.kind
    return professions and any_skill and set(role.skills_all) <= set(unit.skills) and right_kind


def _own_worker_findings(examined: Examined, key: str, role: Role) -> Iterator[Finding]:
    """Only a social-care professional can be the omatyöntekijä of a social-care client."""
    if not (role.own_worker or key == OWN_WORKER) or examined.definition.register_ == "terveys":
        return
    professions = examined.shelves.vocabulary.professions
    fitting = tuple(name for name, profession in professions.items() if profession.own_worker)
    for index, name in enumerate(role.professions):
        if name in professions and name not in fitting:
            yield examined.at_value("PW062", ("roles", key, "professions", index), name=name, known=listed(fitting))


def _used_roles(examined: Examined) -> Iterator[str]:
    definition = examined.definition
    yield from (entry.role for entry in definition.responsible)
    for placed in examined.placed:
        yield from filter(None, (placed.step.role, placed.step.decide.role if placed.step.decide else None))
    for ladder in definition.ladders.values():
        yield from filter(None, (rung.role for rung in ladder.rungs.values()))
