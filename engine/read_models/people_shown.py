"""A worker and a client as the pages show them, each fetched in one question however many there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from engine.client_identity import age_on, masked_code
from engine.handle import Reading
from engine.people import ABSENCE, UNIT, WORKER


@dataclass(frozen=True, slots=True)
class WorkerShown:
    """Somebody who works here. `worker_id` is `system` for what only time did."""

    worker_id: str
    name: str
    title: str = ""
    phone: str = ""
    professions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientShown:
    """A client as the care team sees them; the end of the identity code is masked."""

    client_id: str
    name: str | None
    birth_date: date | None
    age: int | None
    identity_code_masked: str | None
    temporary_id: str | None
    language: str
    municipality: str | None
    phone: str | None
    safe_contact: str | None
    special_support: bool
    guardian_may_know: bool
    restricted: bool
    died_on: date | None
    relation: str = "self"
    primary: bool = True


@dataclass(frozen=True, slots=True)
class AssignmentShown:
    """Who answers, since when and why. A queue answers while `worker` is None."""

    assignment_id: str
    kind: str
    role: str
    role_title: str
    unit_id: str
    unit_name: str
    worker: WorkerShown | None
    since: datetime
    ground: str
    explanation: tuple[str, ...]
    acknowledged_at: datetime | None
    substitute: WorkerShown | None
    substitute_until: date | None
    away_until: date | None
    """Until when the worker is away, when they are today."""

    @property
    def is_queue(self) -> bool:
        return self.worker is None


SYSTEM = {"fi": "Järjestelmä", "sv": "Systemet", "en": "The system"}


class Workers:
    """The workers a page names, by id. Somebody unknown is shown by an empty name, never by an id."""

    def __init__(self, known: Mapping[str, WorkerShown], language: str) -> None:
        self._known = known
        self._language = language

    def named(self, worker_id: str) -> WorkerShown:
        if worker_id == "system":
            return WorkerShown("system", SYSTEM.get(self._language, SYSTEM["fi"]))
        return self._known.get(worker_id) or WorkerShown(worker_id, "")

    def maybe(self, worker_id: str | None) -> WorkerShown | None:
        return self.named(worker_id) if worker_id else None


def workers_of(reading: Reading, ids: Iterable[str | None], language: str) -> Workers:
    """Fetch the named workers of the reader's county."""
    wanted = {id_ for id_ in ids if id_ and id_ != "system"}
    if not wanted:
        return Workers({}, language)
    question = select(WORKER).where(WORKER.c.tenant_id == reading.actor.tenant_id, WORKER.c.worker_id.in_(wanted))
    return Workers(
        {row["worker_id"]: worker_shown(row) for row in reading.connection.execute(question).mappings()}, language
    )


def worker_shown(row: Mapping[Any, Any]) -> WorkerShown:
    return WorkerShown(row["worker_id"], row["name"], row["title"], row["phone"], tuple(row["professions"]))


def unit_names(reading: Reading, ids: Iterable[str | None], language: str) -> dict[str, str]:
    """Unit id → name in the language; English readers get the Finnish one."""
    wanted = {id_ for id_ in ids if id_}
    if not wanted:
        return {}
    question = select(UNIT).where(UNIT.c.tenant_id == reading.actor.tenant_id, UNIT.c.unit_id.in_(wanted))
    return {row["unit_id"]: unit_name(row, language) for row in reading.connection.execute(question).mappings()}


def unit_name(row: Mapping[Any, Any], language: str) -> str:
    return str(row["name_sv"] if language == "sv" else row["name_fi"])


def away_until(reading: Reading, worker_ids: Iterable[str]) -> dict[str, date]:
    """Worker id → the last day of the absence they are on today."""
    question = select(ABSENCE.c.worker_id, ABSENCE.c.to_on).where(
        ABSENCE.c.tenant_id == reading.actor.tenant_id,
        ABSENCE.c.worker_id.in_(set(worker_ids)),
        ABSENCE.c.from_on <= reading.today,
        ABSENCE.c.to_on >= reading.today,
        ABSENCE.c.ended_at.is_(None),
    )
    return {row.worker_id: row.to_on for row in reading.connection.execute(question)}


def client_shown(
    reading: Reading, row: Mapping[Any, Any], relation: str = "self", *, primary: bool = True
) -> ClientShown:
    """A client's row as the care team sees it."""
    return ClientShown(
        client_id=row["client_id"],
        name=row["name"],
        birth_date=row["birth_date"],
        age=age_on(row["birth_date"], reading.today, row["died_on"]),
        identity_code_masked=masked_code(reading.engine.keys, row),
        temporary_id=row["temporary_id"],
        language=row["language"],
        municipality=row["municipality"],
        phone=row["phone"],
        safe_contact=row["safe_contact"],
        special_support=bool(row["special_support"]),
        guardian_may_know=bool(row["guardian_may_know"]),
        restricted=bool(row["restricted"]),
        died_on=row["died_on"],
        relation=relation,
        primary=primary,
    )
