"""PathwayDefinition: exactly what a pathway's file may say, and after expansion everything its cases run from."""

import json
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from pydantic import Field

from pathways.anytime_event import AnytimeEvent
from pathways.definition_parts import Condition, Id, Part, Text
from pathways.ladder import Ladder
from pathways.promise_definition import PromiseDefinition
from pathways.step import Register, Step
from pathways.vocabulary import End, Outcome, Vocabulary


class Approval(Part):
    """Who approved, and when."""

    by: str
    on: date


class Approved(Part):
    """The three who must approve before a version is published."""

    clinical: Approval | None = None
    legal: Approval | None = None
    data_protection: Approval | None = None

    def missing(self) -> tuple[str, ...]:
        """Return which approvals are not there yet."""
        return tuple(name for name in type(self).model_fields if getattr(self, name) is None)


class Role(Part):
    """Who may hold a part in the case, and how one is chosen among them."""

    title: Text
    professions: tuple[Id, ...]
    skills_any: tuple[Id, ...] = ()
    skills_all: tuple[Id, ...] = ()
    assign: tuple[Literal["queue", "continuity", "language", "load", "team_lead"], ...] = ("queue",)
    substitute: Literal["required", "optional"] = "optional"
    own_worker: bool = False
    """Holds the Social Welfare Act's omatyöntekijä as well."""
    work_pair: bool = False
    unit_kind: Id | None = None


class Responsibility(Part):
    """From the entering of a step on, until another named one is entered, this role answers for the case."""

    from_step: Id = Field(alias="from")
    role: Id


class Loops(Part):
    """How often a finished step may be entered again before a team lead decides."""

    at_most: int = Field(ge=1, le=1000)
    per: Literal["case", "step"] = "case"


class HandoverTarget(Part):
    """Where a case may go on."""

    to: Id
    when: Condition | None = None
    external: bool = False
    title: Text | None = None


class Followed(Part):
    """When an instrument is asked the first time and when again."""

    baseline: Id
    follow_up: tuple[Id, ...] = ()


class Measures(Part):
    """What the pathway is judged by."""

    instruments: dict[Id, Followed] = {}
    indicators: dict[Id, Text] = {}


class PathwayDefinition(Part):
    """A pathway. `expanded` is True once blocks, law, ladders, vocabulary and the county's settings are written in."""

    pathway: Id
    version: int = Field(ge=1)
    title: Text
    purpose: Text
    source: str
    approved: Approved = Approved()
    register_: Register = Field(alias="register")
    register_basis: Text | None = None
    restricts: Literal["access"] | None = None
    """Only the care team sees its cases, from the contact on (E10)."""
    withheld: Text | None = None
    """Why no case may begin on it yet, although it is written: something it stands on isn't there."""
    retention: Id
    calendar: str = "palveluaika"
    suggested_for: Condition | None = None
    entry: tuple[Id, ...] = ()
    include: tuple[Id, ...] = ()
    county: tuple[Id, ...] = ()
    phases: dict[Id, Text]
    roles: dict[Id, Role]
    responsible: tuple[Responsibility, ...]
    promises: dict[Id, PromiseDefinition] = {}
    steps: dict[Id, Step]
    loops: Loops | None = None
    ends: dict[Id, End]
    handovers: tuple[HandoverTarget, ...] = ()
    receives: tuple[Id, ...] | None = None
    """The pathways this one takes clients from; any, when left out."""
    events: dict[Id, AnytimeEvent] = {}
    outcomes: dict[Id, Outcome] = {}
    measures: Measures = Measures()
    ladders: dict[Id, Ladder] = {}
    vocabulary: Vocabulary = Vocabulary()
    expanded: bool = False

    def to_json(self) -> str:
        """Return the canonical text: keys in the order written, defaults left out. Store it as text, not as JSONB."""
        content = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "PathwayDefinition":
        """Return the definition a stored text holds."""
        content: Any = json.loads(text)
        return cls.model_validate(content)

    @property
    def content_hash(self) -> str:
        """The SHA-256 of the canonical text, in hexadecimal."""
        return sha256(self.to_json().encode()).hexdigest()
