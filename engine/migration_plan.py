"""Migration plans to start from: a file that names what runs now and what may be chosen. It chooses nothing that matters.

A clock of the law runs on (it may do nothing else), and what is the same in both versions keeps its due instant;
everything that differs waits, written out with its choices, for whoever decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, func, select

from engine import tables as t
from engine.case_migration import Asked
from engine.differences import Difference, differences, renamed_steps
from engine.machine import CompiledPathway
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.rules.migration import possible_choices
from pathways.near_miss import near_miss

RUN, PROMISE = table_of(t.StepRunRow), table_of(t.PromiseRow)


@dataclass(frozen=True, slots=True)
class Running:
    """How many open runs of each step, and running promises of each key, wait for a migration."""

    cases: int
    steps: Mapping[str, int]
    promises: Mapping[str, int]


def running_now(connection: Connection, asked: Asked) -> Running:
    """Count what the open cases of a version have running."""
    cases = connection.execute(select(func.count()).select_from(CASE).where(asked.waits)).scalar_one()
    steps = _counted(connection, asked, RUN, "step", RUN.c.state.in_(("waiting", "open", "started")))
    promises = _counted(connection, asked, PROMISE, "key", PROMISE.c.state.in_(("running", "paused")))
    return Running(cases, steps, promises)


def _counted(
    connection: Connection, asked: Asked, table: Table, name: str, live: ColumnElement[bool]
) -> dict[str, int]:
    same = (CASE.c.tenant_id == table.c.tenant_id) & (CASE.c.case_id == table.c.case_id)
    question = select(table.c[name], func.count().label("many")).join_from(table, CASE, same).where(asked.waits, live)
    rows = connection.execute(question.group_by(table.c[name]).order_by(table.c[name]))
    return {row[0]: row.many for row in rows}


def plan_template(old: CompiledPathway, new: CompiledPathway, running: Running) -> str:
    """Return a plan file as text, with what is to be decided as comments."""
    head = [
        f"# {old.id}: running cases go on by version {new.version} instead of {old.version}. {running.cases} cases wait.",
        "# Lines that begin with # are yours to decide: take the # away and leave one choice.",
        "# A running promise without a choice keeps its case where it is.",
        "#   keep_due: nothing changes · keep_elapsed: the new time, from the same start",
        "#   restart: the new time, from now · drop: it ends",
        "",
        "steps:  # open steps that have another name now: old: new",
    ]
    steps = list(_steps(old, new, running)) or ["  {}  # none: every open step is there"]
    return "\n".join([*head, *steps, "", "promises:", *_promises(old, new, running)]) + "\n"


def _steps(old: CompiledPathway, new: CompiledPathway, running: Running) -> Iterator[str]:
    renamed = renamed_steps(old.definition, new.definition)
    lost = [(key, many) for key, many in running.steps.items() if key not in new.steps]
    if lost and not any(key in renamed for key, _ in lost):
        yield "  {}"
    for key, many in lost:
        if key in renamed:
            yield f"  {key}: {renamed[key]}  # {many} open; the same step under another name"
        else:
            near = near_miss(key, tuple(new.steps))
            yield f"  # {key}: {near or 'WHERE'}  # {many} open; version {new.version} has no such step"


def _promises(old: CompiledPathway, new: CompiledPathway, running: Running) -> Iterator[str]:
    changed: dict[str, list[Difference]] = {}
    for each in differences(old.definition, new.definition):
        if each.area == "promise":
            changed.setdefault(each.key, []).append(each)
    for key in dict.fromkeys((*running.promises, *old.promises)):
        many = running.promises.get(key, 0)
        yield _promise(key, many, changed.get(key, []), old, new)


def _promise(key: str, many: int, changed: list[Difference], old: CompiledPathway, new: CompiledPathway) -> str:
    known = old.promises.get(key)
    kind = (known.kind if known else None) or "target"
    possible = possible_choices(kind, key, new)
    before, after = known.within if known else None, new.promises[key].within if key in new.promises else None
    if kind == "statutory":
        said = (
            f"  {key}: keep_due  # law" if possible else f"  # {key}: version {new.version} lacks this clock of the law"
        )
    elif before == after and not changed:
        said = f"  {key}: keep_due  # the same in both"
    elif key not in new.promises:
        said = f"  # {key}: {' | '.join(possible)}  # version {new.version} lacks it"
    else:
        aspects = ", ".join(dict.fromkeys(each.aspect for each in changed if each.aspect))
        what = f"{before} → {after}" if before != after else f"differs: {aspects}"
        said = f"  # {key}: {' | '.join(possible)}  # {what}"
    return f"{said}; {many} running"
