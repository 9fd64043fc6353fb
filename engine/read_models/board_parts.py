"""The parts of the team lead's board."""

from dataclasses import dataclass
from datetime import date, datetime

from engine.read_models.people_shown import WorkerShown
from engine.read_models.promise_shown import PromiseShown


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """The numbers above the lists, all of the units the lead leads (or the one asked for)."""

    late: int
    due_today: int
    no_responsible: int
    unanswered: int
    """Consultations asked and not answered."""
    reasons_missing: int
    absent_today: int
    kept_this_week: int
    ended_this_week: int
    restricted_late: int
    """Of the late ones, those in restricted cases: counted here, listed only to their care team."""
    next_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One promise on the board with the case it belongs to."""

    case_id: str
    number: str
    client_name: str | None
    client_age: int | None
    restricted: bool
    pathway_id: str
    pathway_title: str
    step_title: str
    """What is being waited for."""
    responsible_name: str | None
    promise: PromiseShown
    revision: int
    can: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A case whose responsible worker is missing: a queue answers."""

    case_id: str
    number: str
    client_name: str | None
    client_age: int | None
    restricted: bool
    pathway_id: str
    pathway_title: str
    unit_id: str
    unit_name: str
    role_title: str
    since: datetime
    seconds_waited: int
    language: str
    promise: PromiseShown | None
    revision: int


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Somebody of the team is away today."""

    absence_id: str
    worker: WorkerShown
    from_on: date
    to_on: date
    substitute: WorkerShown | None
    covered: bool


@dataclass(frozen=True, slots=True)
class UnansweredRow:
    consultation_id: str
    case_id: str
    number: str
    client_name: str | None
    profession_title: str
    organisation_title: str | None
    state: str
    urgency: str
    asked_at: datetime
    promise: PromiseShown | None


@dataclass(frozen=True, slots=True)
class UnitShown:
    unit_id: str
    name: str
