"""The catalogue: which pathways there are, in which versions, and how many cases run on each. No client data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, func, select

from engine import tables as t
from engine.handle import Reading
from engine.ids import is_id
from engine.people import UNIT, WORKER
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
    published_by: str
    """A worker's name; empty where it was published on the server by nobody in particular."""
    approvals: tuple["ApprovalShown", ...]
    retired_at: datetime | None
    withdrawn_at: datetime | None
    closed_by: str
    closed_why: str
    """Who retired or withdrew it, and why; the withdrawal's, where it was both."""
    open_cases: int

    @property
    def takes_cases(self) -> bool:
        return self.retired_at is None and self.withdrawn_at is None

    @property
    def needs_migrating(self) -> int:
        """How many running cases must go on by another version."""
        return self.open_cases if self.withdrawn_at else 0


@dataclass(frozen=True, slots=True)
class ApprovalShown:
    """Which of the three approvals, by whom and when."""

    kind: str
    by: str
    on: date


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
    names = _names(reading, versions)
    shown = tuple(_version(reading, row, counts, names) for row in versions)
    return PathwayRow(
        pathway_id=newest["pathway_id"],
        title=definition.title.in_language(language),
        purpose=definition.purpose.in_language(language),
        register=definition.register_,
        phases=tuple(words.in_language(language) for words in definition.phases.values()),
        versions=shown,
        open_cases=sum(version.open_cases for version in shown),
        startable=not definition.withheld and _is_startable(reading, versions, mine),
    )


def _names(reading: Reading, versions: Sequence[RowMapping]) -> dict[str, str]:
    """Who published, retired or withdrew them, by name."""
    ids = {row[each] for row in versions for each in ("published_by", "retired_by", "withdrawn_by")} - {None, "system"}
    if not ids:
        return {}
    mine = (WORKER.c.tenant_id == reading.actor.tenant_id) & WORKER.c.worker_id.in_([id_ for id_ in ids if is_id(id_)])
    return {row.worker_id: row.name for row in reading.connection.execute(select(WORKER).where(mine))}


def _version(
    reading: Reading, row: RowMapping, counts: dict[tuple[str, int], int], names: Mapping[str, str]
) -> VersionShown:
    definition = _definition(reading, row["pathway_id"], row["version"])
    approved = ((kind, getattr(definition.approved, kind)) for kind in type(definition.approved).model_fields)
    closed = "withdrawn" if row["withdrawn_at"] else "retired"
    return VersionShown(
        version=row["version"],
        approved=row["approved"],
        missing_approvals=definition.approved.missing(),
        hash=row["hash"],
        published_at=row["published_at"],
        published_by=names.get(row["published_by"], ""),
        approvals=tuple(ApprovalShown(kind, each.by, each.on) for kind, each in approved if each),
        retired_at=row["retired_at"],
        withdrawn_at=row["withdrawn_at"],
        closed_by=names.get(row[f"{closed}_by"] or "", ""),
        closed_why=row[f"{closed}_why"] or "",
        open_cases=counts.get((row["pathway_id"], row["version"]), 0),
    )


def _definition(reading: Reading, pathway_id: str, version: int) -> PathwayDefinition:
    published, tenant_id = reading.engine.published, reading.actor.tenant_id
    return published.version(reading.connection, tenant_id, pathway_id, version).definition


def _is_startable(reading: Reading, versions: Sequence[RowMapping], mine: Sequence[RowMapping]) -> bool:
    """Whether one of the reader's units works on it and may run a version that is neither retired nor withdrawn."""
    pathway_id = versions[0]["pathway_id"]
    for unit in mine:
        offered = not unit["pathways"] or pathway_id in unit["pathways"]
        unapproved = reading.engine.demo or unit["training"]
        open_ = (row for row in versions if row["retired_at"] is None and row["withdrawn_at"] is None)
        if offered and any(row["approved"] or unapproved for row in open_):
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
