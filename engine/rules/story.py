"""Story: what follows from one command, told event by event; the case moves along as it is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import pathways.case_changes  # noqa: F401 - fills the table that `Case.after` looks into
from engine.ids import drawn_id
from engine.rules.circumstances import Circumstances, facts_of
from pathways.case import Case
from pathways.events import CaseEvent

E = TypeVar("E", bound=CaseEvent)


@dataclass(frozen=True, slots=True)
class Message:
    """Something to tell a worker: a kind and ids, never content."""

    kind: str
    to: tuple[str, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Story:
    """The case as it becomes, the events so far, whom to tell, and what operations should know."""

    case: Case
    on: Circumstances
    at: datetime
    events: list[CaseEvent] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    incidents: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    cancels_messages: bool = False
    late_reason: str | None = None
    """Why what happened is told late, where somebody said so."""
    drawn: int = 0

    def tell(self, event_type: type[E], *, at: datetime | None = None, **content: Any) -> E:
        """Append an event: it happened at `at` (the command's own moment unless said), done by the actor."""
        named = {id_: digest for id_, digest in self.on.digests.items() if id_ in content.values()}
        event = event_type(occurred_at=at or self.at, by=self.on.actor.worker_id, digests=named or None, **content)
        self.record(event)
        return event

    def record(self, event: CaseEvent) -> None:
        """Append an event that a pure rule has made."""
        self.events.append(event)
        self.case = self.case.after(event)

    def new_id(self, what: str) -> str:
        self.drawn += 1
        return drawn_id(self.on.seed, self.drawn, what)

    def facts(self, at: datetime | None = None) -> dict[str, Any]:
        return facts_of(self.case, self.on, at or self.at)

    def send(self, kind: str, to: tuple[str, ...], **facts: Any) -> None:
        if to:
            self.messages.append(Message(kind, to, facts))
