"""Published pathways: what cases run from. Stored expanded with their hash, compiled once, shared by all threads."""

import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, select, update

from engine import tables as t
from engine.change_set import ChangeSet
from engine.differences import differing_parts
from engine.machine import CompiledPathway
from engine.projection import table_of
from pathways.definition import PathwayDefinition
from pathways.errors import PathwayNotStartable, UnknownThing
from pathways.near_miss import did_you_mean

PUBLISHED = table_of(t.PublishedPathway)
Closure = Literal["retired", "withdrawn"]


class Published:
    """Every published version, by tenant. A version never changes, so a compiled one is kept for good."""

    def __init__(self) -> None:
        self._compiled: dict[str, CompiledPathway] = {}
        self._hashes: dict[tuple[str, str, int], str] = {}
        self._guard = threading.Lock()

    def version(self, connection: Connection, tenant_id: str, pathway_id: str, version: int) -> CompiledPathway:
        """The version a case runs on."""
        key = (tenant_id, pathway_id, version)
        if key in self._hashes:
            return self._compiled[self._hashes[key]]
        row = connection.execute(
            select(PUBLISHED.c.hash, PUBLISHED.c.expanded).where(
                PUBLISHED.c.tenant_id == tenant_id,
                PUBLISHED.c.pathway_id == pathway_id,
                PUBLISHED.c.version == version,
            )
        ).first()
        if row is None:
            raise UnknownThing("pathway", f"{pathway_id} {version}")
        return self._keep(key, row.hash, row.expanded)

    def _keep(self, key: tuple[str, str, int], hash_: str, expanded: str) -> CompiledPathway:
        with self._guard:
            if hash_ not in self._compiled:
                self._compiled[hash_] = CompiledPathway(PathwayDefinition.from_json(expanded))
            self._hashes[key] = hash_
            return self._compiled[hash_]

    def startable(
        self, connection: Connection, tenant_id: str, pathway_id: str, *, unapproved: bool
    ) -> CompiledPathway:
        """The newest version new cases begin on; an unapproved one only in a demo or a training unit, a withheld one nowhere."""
        row = connection.execute(self._newest(tenant_id, pathway_id, unapproved=unapproved)).first()
        if row is None:
            raise self._not_startable(connection, tenant_id, pathway_id, unapproved=unapproved)
        newest = self.version(connection, tenant_id, pathway_id, row.version)
        if newest.definition.withheld:
            raise PathwayNotStartable(pathway_id, "it is withheld until what it stands on is there")
        return newest

    def _newest(self, tenant_id: str, pathway_id: str, *, unapproved: bool) -> Any:
        question = select(PUBLISHED.c.version).where(
            PUBLISHED.c.tenant_id == tenant_id,
            PUBLISHED.c.pathway_id == pathway_id,
            PUBLISHED.c.retired_at.is_(None),
            PUBLISHED.c.withdrawn_at.is_(None),
        )
        if not unapproved:
            question = question.where(PUBLISHED.c.approved)
        return question.order_by(PUBLISHED.c.version.desc()).limit(1)

    def _not_startable(
        self, connection: Connection, tenant_id: str, pathway_id: str, *, unapproved: bool
    ) -> PathwayNotStartable:
        names = ("pathway_id", "version", "approved", "retired_at", "withdrawn_at")
        question = select(*(PUBLISHED.c[name] for name in names)).where(PUBLISHED.c.tenant_id == tenant_id)
        rows = connection.execute(question.order_by(PUBLISHED.c.version)).all()
        running = {row.pathway_id: row for row in rows if not (row.retired_at or row.withdrawn_at)}
        possible = tuple(sorted(name for name, row in running.items() if row.approved or unapproved))
        if pathway_id in running:
            return PathwayNotStartable(pathway_id, "its version is not approved yet", possible)
        last = next((row for row in reversed(rows) if row.pathway_id == pathway_id), None)
        if last:
            closed = "withdrawn: it must not be used" if last.withdrawn_at else "retired: no new case begins on it"
            return PathwayNotStartable(pathway_id, f"version {last.version} is {closed}", possible)
        near = did_you_mean(pathway_id, running)
        return PathwayNotStartable(pathway_id, "no such pathway" + (f" ({near})" if near else ""), possible)

    def check_takes_cases(self, connection: Connection, tenant_id: str, pathway_id: str, version: int) -> None:
        """Refuse to move running cases to a version that is retired or withdrawn."""
        closed = closure_of(connection, tenant_id, pathway_id, version)
        if closed:
            raise PathwayNotStartable(pathway_id, f"version {version} is {closed}: no case may be moved to it")

    def check_may_run(self, connection: Connection, tenant_id: str, pathway_id: str, version: int) -> None:
        """Refuse to move cases back to a version that must not be used; a retired one may go on."""
        if closure_of(connection, tenant_id, pathway_id, version) == "withdrawn":
            raise PathwayNotStartable(pathway_id, f"version {version} is withdrawn: no case may go back to it")


def publish(connection: Connection, tenant_id: str, definition: PathwayDefinition, *, by: str, now: datetime) -> bool:
    """Store an expanded definition; True when it is new. The same version with another content is refused."""
    key: Mapping[str, Any] = {
        "tenant_id": tenant_id,
        "pathway_id": definition.pathway,
        "version": definition.version,
    }
    stored = connection.execute(
        select(PUBLISHED.c.hash, PUBLISHED.c.expanded).where(*_is(tenant_id, definition.pathway, definition.version))
    ).first()
    if stored is not None and stored.hash == definition.content_hash:
        return False
    if stored is not None:
        before = PathwayDefinition.from_json(stored.expanded)
        raise VersionTaken(definition.pathway, definition.version, differing_parts(before, definition))
    changes = ChangeSet()
    changes.insert(
        PUBLISHED,
        [
            {
                **key,
                "hash": definition.content_hash,
                "approved": not definition.approved.missing(),
                "expanded": definition.to_json(),
                "published_at": now,
                "published_by": by,
            }
        ],
    )
    changes.write(connection)
    return True


def _is(tenant_id: str, pathway_id: str, version: int) -> tuple[ColumnElement[bool], ...]:
    return PUBLISHED.c.tenant_id == tenant_id, PUBLISHED.c.pathway_id == pathway_id, PUBLISHED.c.version == version


def versions_of(connection: Connection, tenant_id: str, pathway_id: str | None = None) -> list[tuple[str, int]]:
    """Every published version (pathway, version), in order; of one pathway where it is named."""
    question = select(PUBLISHED.c.pathway_id, PUBLISHED.c.version).where(PUBLISHED.c.tenant_id == tenant_id)
    question = question.where(PUBLISHED.c.pathway_id == pathway_id) if pathway_id else question
    rows = connection.execute(question.order_by(PUBLISHED.c.pathway_id, PUBLISHED.c.version))
    return [(row.pathway_id, row.version) for row in rows]


def closure_of(connection: Connection, tenant_id: str, pathway_id: str, version: int) -> Closure | None:
    """Whether a version is closed, and how; None while cases may begin on it. `UnknownThing` when there is none."""
    columns = (PUBLISHED.c.retired_at, PUBLISHED.c.withdrawn_at)
    row = connection.execute(select(*columns).where(*_is(tenant_id, pathway_id, version))).first()
    if row is None:
        raise UnknownThing("pathway", f"{pathway_id} {version}")
    return "withdrawn" if row.withdrawn_at else "retired" if row.retired_at else None


def close_version(
    connection: Connection,
    tenant_id: str,
    pathway_id: str,
    version: int,
    closure: Closure,
    *,
    by: str,
    why: str,
    now: datetime,
) -> bool:
    """Retire a version (no case begins on it, running ones go on) or withdraw it (it must not be used at all).

    True when it wasn't so before. A retired one may be withdrawn later; nothing opens a closed version again.
    """
    before = closure_of(connection, tenant_id, pathway_id, version)
    if before in (closure, "withdrawn"):
        return False
    said = {f"{closure}_at": now, f"{closure}_by": by, f"{closure}_why": why}
    connection.execute(update(PUBLISHED).where(*_is(tenant_id, pathway_id, version)).values(**said))
    return True


class VersionTaken(PathwayNotStartable):
    """A published version never changes; changed content is a new version beside the old."""

    code = "version_taken"

    def __init__(self, pathway: str, version: int, differs: tuple[str, ...] = ()) -> None:
        where = f" (differs: {', '.join(differs)})" if differs else ""
        super().__init__(pathway, f"version {version} is published with other content{where}; raise the version number")
        self.args = (f"{pathway}: {self.why}.",)
