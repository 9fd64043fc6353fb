"""Consultation: asking another profession without handing the case over.

requested ⇄ returned; requested → accepted → answered → acknowledged; requested | accepted → declined | withdrawn.
The asker stays responsible throughout.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pathways.arrows import verbs_from

ConsultationState = Literal["requested", "returned", "accepted", "answered", "acknowledged", "declined", "withdrawn"]
Urgency = Literal["normal", "urgent", "rek"]

ARROWS: dict[str, tuple[tuple[ConsultationState, ...], ConsultationState]] = {
    "accept": (("requested",), "accepted"),
    "return": (("requested", "accepted"), "returned"),
    "complete": (("returned",), "requested"),
    "answer": (("requested", "accepted"), "answered"),
    "acknowledge": (("answered",), "acknowledged"),
    "decline": (("requested", "accepted"), "declined"),
    "withdraw": (("requested", "accepted", "returned"), "withdrawn"),
}
"""Verb → (states it may start from, state it leads to). The verbs are the API's and the rule functions' names."""

OPEN: tuple[ConsultationState, ...] = ("requested", "returned", "accepted", "answered")


@dataclass(frozen=True)
class Consultation:
    """One question. Its words live apart (`question_text`, `answer_text` are text ids)."""

    consultation_id: str
    state: ConsultationState
    asked_by: str
    asked_at: datetime
    profession: str
    urgency: Urgency
    language: str
    question_text: str
    organisation: str | None = None
    worker_id: str | None = None
    run_id: str | None = None
    accepted_by: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    answer_text: str | None = None
    return_text: str | None = None
    ended_at: datetime | None = None
    cycle: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def verbs(self) -> tuple[str, ...]:
        """What may be done to it now."""
        return verbs_from(ARROWS, self.state)
