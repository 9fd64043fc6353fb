"""ClientPlan: goals and means agreed with the client; every version is kept.

draft → with_client → agreed → to_review → ended; a new draft follows an agreed version. The content (PlanContent)
is personal text and lives apart from the journal, which carries only its digest.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pathways.arrows import Arrows

PlanState = Literal["draft", "with_client", "agreed", "to_review", "ended"]
Agreement = Literal["agreed", "disagreement"]

ARROWS: Arrows = {
    "send": (("draft",), "with_client"),
    "agree": (("draft", "with_client"), "agreed"),
    "review": (("agreed",), "to_review"),
    "end": (("draft", "with_client", "agreed", "to_review"), "ended"),
}
"""A new version is a new draft beside the old; writing is possible whatever the newest version's state."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Goal(_Part):
    """What the client wants changed, in the client's own words, on a scale of −2…+2 (GAS)."""

    key: str = Field(min_length=1, max_length=40)
    wording: str = Field(min_length=1, max_length=2000)
    client_id: str | None = None
    baseline: str = ""
    scale: int | None = Field(default=None, ge=-2, le=2)
    target_date: date | None = None


class PlanAction(_Part):
    """Who does what, where and by when; the owner may be the client."""

    what: str = Field(min_length=1, max_length=2000)
    owner: str = Field(min_length=1, max_length=200)
    where: str = ""
    by: date | None = None
    goal: str | None = None


class PlanContent(_Part):
    """The plan as people read it (C4). Needs hold the client's and the worker's views apart."""

    situation: str = ""
    strengths: str = ""
    needs_client: str = ""
    needs_worker: str = ""
    goals: tuple[Goal, ...] = ()
    actions: tuple[PlanAction, ...] = ()
    services: tuple[str, ...] = ()
    safety_plan: str = ""
    consents: str = ""
    measures: tuple[str, ...] = ()
    closing_criteria: str = ""
    next_review: date | None = None
    language: str = "fi"


@dataclass(frozen=True)
class ClientPlan:
    """Where the plan stands. `text_id` names the content of this version; `goals` counts its goals."""

    version: int
    state: PlanState
    text_id: str
    goals: int
    updated_at: datetime
    updated_by: str
    next_review: date | None = None
    agreement: Agreement | None = None
    agreed_at: datetime | None = None
    client_view_text: str | None = None
