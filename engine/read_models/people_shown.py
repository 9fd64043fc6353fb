"""A worker and a client as the pages show them."""

from dataclasses import dataclass
from datetime import date, datetime


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
