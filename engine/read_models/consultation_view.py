"""A consultation as the asked one sees it: the question, and no more of the client than it takes to answer."""

from dataclasses import dataclass
from datetime import datetime

from engine.read_models.people_shown import WorkerShown
from engine.read_models.promise_shown import PromiseShown


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """No name, birth date, code or contact details: age and language alone. `case_id` only for who sees the case."""

    consultation_id: str
    state: str
    question: str | None
    answer: str | None
    return_words: str | None
    urgency: str
    language: str
    asked_by: WorkerShown
    asker_unit: str
    asked_at: datetime
    profession: str
    profession_title: str
    organisation_title: str | None
    accepted_by: WorkerShown | None
    answered_by: WorkerShown | None
    answered_at: datetime | None
    cycle: int
    client_age: int | None
    client_language: str
    pathway_title: str
    step_title: str
    shares: tuple[str, ...]
    """What the definition lets the asked organisation see of the step."""
    promise: PromiseShown | None
    revision: int
    case_id: str | None
    case_number: str | None
    can: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsultationList:
    rows: tuple[ConsultationView, ...]
    next_cursor: str | None
