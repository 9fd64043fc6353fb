"""Responsibility: somebody answers at every moment, and some unit has a professional who can."""

from collections.abc import Iterable, Iterator, Mapping

from engine.checks.control import Move, Run
from engine.checks.examined import Examined, listed
from engine.checks.exploration import Explored, explore
from engine.checks.pathway_space import PathwaySpace
from engine.findings import Finding
from pathways.county import Unit
from pathways.definition import Role

OWN_WORKER = "omatyontekija"


def responsibility_findings(examined: Examined, space: PathwaySpace) -> Iterator[Finding]:
    """Give a finding for every moment nobody answers for and every role nobody can hold."""
    yield from _unanswered(examined, space)
    units = examined.shelves.county.units if examined.shelves.county else {}
    used = set(_used_roles(examined))
    for key, role in examined.definition.roles.items():
        if units and not any(_can_fill(unit, role) for unit in units.values()):
            yield examined.at_key("PW061", ("roles", key), name=key, wants=_wanted(role), known=_nearest(units, role))
        yield from _own_worker_findings(examined, key, role)
        if key not in used and examined.wrote("roles", key):
            yield examined.at_key("PW063", ("roles", key), name=key)


def _unanswered(examined: Examined, space: PathwaySpace) -> Iterator[Finding]:
    """Explore the way together with who answers; each step at which a case can stand with nobody is blamed once."""
    roles = {entry.from_step: entry.role for entry in examined.definition.responsible}
    found = _answered_for(space, roles)
    blamed: set[str] = set()
    for at in found:
        run, role = at
        if role is None and run.step not in blamed:
            blamed.add(run.step)
            yield examined.at_key("PW060", ("steps", run.step), found.way(at), name=run.step)


def _answered_for(space: PathwaySpace, roles: Mapping[str, str]) -> Explored[tuple[Run, str | None]]:
    """Return every state of the way and of who answers together. A step beside changes it to somebody, never to nobody."""
    control = space.control(
        frozenset(placed.branch for key in roles if (placed := space.examined.steps.get(key)) and placed.branch)
    )

    def stands(role: str | None, moves: Iterable[Move]) -> Iterator[tuple[tuple[Run, str | None], tuple[str, ...]]]:
        for move in moves:
            named = [roles[key] for key in move.entered if key in roles]
            if move.to:
                yield (move.to, named[-1] if named else role), move.said

    found = explore(stands(None, control.opening()), lambda at: stands(at[1], control.moves(at[0])), space.most)
    return space.proof.count("responsible", found)


def _can_fill(unit: Unit, role: Role) -> bool:
    professions = bool(set(unit.professions) & set(role.professions))
    any_skill = not role.skills_any or bool(set(unit.skills) & set(role.skills_any))
    right_kind = role.unit_kind is None or role.unit_kind == unit.kind
    return professions and any_skill and set(role.skills_all) <= set(unit.skills) and right_kind


def _wanted(role: Role) -> str:
    """Return what a role asks of one unit, by the keys of the file."""
    kind = (role.unit_kind,) if role.unit_kind else ()
    said = {
        "professions": role.professions,
        "skills_any": role.skills_any,
        "skills_all": role.skills_all,
        "unit_kind": kind,
    }
    return "; ".join(f"{key} {listed(names)}" for key, names in said.items() if names)


def _nearest(units: Mapping[str, Unit], role: Role) -> str:
    """Return the units that have a profession of the role; where none has, the professions there are."""
    near = tuple(key for key, unit in units.items() if set(unit.professions) & set(role.professions))
    return listed(near or tuple({profession for unit in units.values() for profession in unit.professions}))


def _own_worker_findings(examined: Examined, key: str, role: Role) -> Iterator[Finding]:
    """Only a social-care professional can be the omatyöntekijä of a social-care client."""
    registers = {examined.definition.register_, *(placed.step.register_ for placed in examined.placed)}
    if not (role.own_worker or key == OWN_WORKER) or not registers & {"sosiaali", "yhteinen"}:
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
