"""The catalogue: which pathways there are, in which versions, and how many cases run on each. No client data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, func, select

from engine import tables as t
from engine.handle import Reading
from engine.people import UNIT
from engine.projection import CASE_TABLE, table_of
from engine.published import PUBLISHED
from pathways.definition import PathwayDefinition
from pathways.errors import UnknownThing
from pathways.time_words import Language


@dataclass(frozen=True, slots=True)
class VersionShown:
    version: int
    approved: bool
    missing_approvals: tuple[str, ...]
    hash: str
    published_at: datetime
    retired_at: datetime | None
    open_cases: int


@dataclass(frozen=True, slots=True)
class PathwayRow:
    """A pathway with its newest version first."""

    pathway_id: str
    title: str
    purpose: str
    register: str
    phases: tuple[str, ...]
    versions: tuple[VersionShown, ...]
    open_cases: int
    startable: bool
    """Whether the reader's unit may open a case on its newest version."""

    @property
    def newest(self) -> VersionShown:
        return self.versions[0]


@dataclass(frozen=True, slots=True)
class PathwayPage:
    """One version with its whole definition, and how many cases stand at each step now."""

    row: PathwayRow
    version: VersionShown
    definition: PathwayDefinition
    open_runs: dict[str, int]


RUN = table_of(t.StepRunRow)
CASE = CASE_TABLE


def pathway_catalogue(reading: Reading, language: Language) -> tuple[PathwayRow, ...]:
    """Every published pathway, by title; each with its newest version first."""
    rows = _published(reading)
    counts, mine = _open_cases(reading), _my_units(reading)
    grouped: dict[str, list[RowMapping]] = {}
    for row in rows:
        grouped.setdefault(row["pathway_id"], []).append(row)
    found = [_row(reading, versions, counts, mine, language) for versions in grouped.values()]
    return tuple(sorted(found, key=lambda row: row.title.casefold()))


def pathway_page(reading: Reading, pathway_id: str, version: int, language: Language) -> PathwayPage:
    """One version with its definition; `UnknownThing` when it isn't published here."""
    row = next((row for row in pathway_catalogue(reading, language) if row.pathway_id == pathway_id), None)
    shown = next((v for v in row.versions if v.version == version), None) if row else None
    if row is None or shown is None:
        raise UnknownThing("pathway", f"{pathway_id} {version}")
    definition = _definition(reading, pathway_id, version)
    return PathwayPage(row, shown, definition, _open_runs(reading, pathway_id, version))


def _published(reading: Reading) -> Sequence[RowMapping]:
    columns = [column for column in PUBLISHED.c if column.name != "expanded"]
    question = select(*columns).where(PUBLISHED.c.tenant_id == reading.actor.tenant_id)
    return reading.connection.execute(question.order_by(PUBLISHED.c.version.desc())).mappings().all()


def _open_cases(reading: Reading) -> dict[tuple[str, int], int]:
    question = (
        select(CASE.c.pathway_id, CASE.c.version, func.count().label("cases"))
        .where(CASE.c.tenant_id == reading.actor.tenant_id, CASE.c.state == "open")
        .group_by(CASE.c.pathway_id, CASE.c.version)
    )
    return {(row.pathway_id, row.version): row.cases for row in reading.connection.execute(question)}


def _my_units(reading: Reading) -> Sequence[RowMapping]:
    question = select(UNIT.c.pathways, UNIT.c.training).where(
        UNIT.c.tenant_id == reading.actor.tenant_id, UNIT.c.unit_id.in_(reading.actor.units)
    )
    return reading.connection.execute(question).mappings().all()


def _row(
    reading: Reading,
    versions: Sequence[RowMapping],
    counts: dict[tuple[str, int], int],
    mine: Sequence[RowMapping],
    language: Language,
) -> PathwayRow:
    newest = versions[0]
    definition = _definition(reading, newest["pathway_id"], newest["version"])
    shown = tuple(_version(reading, row, counts) for row in versions)
    return PathwayRow(
        pathway_id=newest["pathway_id"],
        title=definition.title.in_language(language),
        purpose=definition.purpose.in_language(language),
        register=definition.register_,
        phases=tuple(words.in_language(language) for words in definition.phases.values()),
        versions=shown,
        open_cases=sum(version.open_cases for version in shown),
        startable=_is_startable(reading, versions, mine),
    )


def _version(reading: Reading, row: RowMapping, counts: dict[tuple[str, int], int]) -> VersionShown:
    definition = _definition(reading, row["pathway_id"], row["version"])
    return VersionShown(
        version=row["version"],
        approved=row["approved"],
        missing_approvals=definition.approved.missing(),
        hash=row["hash"],
        published_at=row["published_at"],
        retired_at=row["retired_at"],
        open_cases=counts.get((row["pathway_id"], row["version"]), 0),
    )


def _definition(reading: Reading, pathway_id: str, version: int) -> PathwayDefinition:
    published, tenant_id = reading.engine.published, reading.actor.tenant_id
    return published.version(reading.connection, tenant_id, pathway_id, version).definition


def _is_startable(reading: Reading, versions: Sequence[RowMapping], mine: Sequence[RowMapping]) -> bool:
    """Whether one of the reader's units works on it and may run a version that isn't retired."""
    pathway_id = versions[0]["pathway_id"]
    for unit in mine:
        offered = not unit["pathways"] or pathway_id in unit["pathways"]
        unapproved = reading.engine.demo or unit["training"]
        if offered and any(row["retired_at"] is None and (row["approved"] or unapproved) for row in versions):
            return True
    return False


def _open_runs(reading: Reading, pathway_id: str, version: int) -> dict[str, int]:
    question = (
        select(RUN.c.step, func.count().label("runs"))
        .join(CASE, (CASE.c.tenant_id == RUN.c.tenant_id) & (CASE.c.case_id == RUN.c.case_id))
        .where(
            RUN.c.tenant_id == reading.actor.tenant_id,
            RUN.c.state.in_(("waiting", "open", "started")),
            CASE.c.pathway_id == pathway_id,
            CASE.c.version == version,
        )
        .group_by(RUN.c.step)
    )
    return {row.step: row.runs for row in reading.connection.execute(question)}
