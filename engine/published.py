"""Published pathways: what cases run from. Stored expanded with their hash, compiled once, shared by all threads."""

import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine import tables as t
from engine.change_set import ChangeSet
from engine.machine import CompiledPathway
from engine.projection import table_of
from pathways.definition import PathwayDefinition
from pathways.errors import PathwayNotStartable, UnknownThing
from pathways.near_miss import did_you_mean

PUBLISHED = table_of(t.PublishedPathway)


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
        """The newest version new cases begin on; an unapproved one only in a demo or a training unit."""
        row = connection.execute(self._newest(tenant_id, pathway_id, unapproved=unapproved)).first()
        if row is None:
            raise self._not_startable(connection, tenant_id, pathway_id, unapproved=unapproved)
        return self.version(connection, tenant_id, pathway_id, row.version)

    def _newest(self, tenant_id: str, pathway_id: str, *, unapproved: bool) -> Any:
        question = select(PUBLISHED.c.version).where(
            PUBLISHED.c.tenant_id == tenant_id,
            PUBLISHED.c.pathway_id == pathway_id,
            PUBLISHED.c.retired_at.is_(None),
        )
        if not unapproved:
            question = question.where(PUBLISHED.c.approved)
        return question.order_by(PUBLISHED.c.version.desc()).limit(1)

    def _not_startable(
        self, connection: Connection, tenant_id: str, pathway_id: str, *, unapproved: bool
    ) -> PathwayNotStartable:
        question = select(PUBLISHED.c.pathway_id, PUBLISHED.c.approved).where(
            PUBLISHED.c.tenant_id == tenant_id, PUBLISHED.c.retired_at.is_(None)
        )
        known = {row.pathway_id: row.approved for row in connection.execute(question)}
        possible = tuple(sorted(name for name, approved in known.items() if approved or unapproved))
        if pathway_id in known:
            return PathwayNotStartable(pathway_id, "its version is not approved yet", possible)
        near = did_you_mean(pathway_id, known)
        return PathwayNotStartable(pathway_id, "no such pathway" + (f" ({near})" if near else ""), possible)


def publish(connection: Connection, tenant_id: str, definition: PathwayDefinition, *, by: str, now: datetime) -> bool:
    """Store an expanded definition; True when it is new. The same version with another content is refused."""
    key: Mapping[str, Any] = {
        "tenant_id": tenant_id,
        "pathway_id": definition.pathway,
        "version": definition.version,
    }
    stored = connection.execute(
        select(PUBLISHED.c.hash).where(*(PUBLISHED.c[name] == value for name, value in key.items()))
    ).scalar()
    if stored == definition.content_hash:
        return False
    if stored is not None:
        raise VersionTaken(definition.pathway, definition.version)
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


class VersionTaken(PathwayNotStartable):
    """A published version never changes; changed content is a new version beside the old."""

    code = "version_taken"

    def __init__(self, pathway: str, version: int) -> None:
        super().__init__(pathway, f"version {version} is published with other content; raise the version number")
