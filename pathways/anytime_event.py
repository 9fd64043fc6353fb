"""Anytime events: what may happen to a client at any step, and what it does to the case.

The effects are a small closed set that the engine carries out alike in every pathway.
"""

from typing import Literal

from pydantic import Field

from pathways.definition_parts import Condition, Id, Part, Text
from pathways.needs import NeedText
from pathways.phrases import PhraseText
from pathways.promise_definition import PromiseDefinition
from pathways.spans import GoalText
from pathways.step import Field_


class Pauses(Part):
    """Clocks that list the reason stand still, so long at most and so often at most."""

    reason: Id
    longest: GoalText
    times: int = Field(ge=1)


class Attempts(Part):
    """How a client must have been sought before not being reached is a fact."""

    at_least: int = Field(ge=1)
    days: int = Field(ge=1)
    channels: int = Field(ge=1)
    within: GoalText


class Closes(Part):
    """The event ends the case: at once, or after a span and with approvals."""

    end: Id
    after: GoalText | None = None
    needs: tuple[NeedText, ...] = ()
    never_automatic_when: Condition | None = None


class Tells(Part):
    """Who hears of the event at once, and within what span a sign of life is awaited."""

    hearers: tuple[str, ...]
    answer_within: str | None = None
    then: tuple[str, ...] = ()


class AnytimeEvent(Part):
    """One event, with its texts and its effects; an effect left out doesn't happen."""

    code: str | None = None
    """E1 … E16 of the domain."""
    title: Text
    worker: Text | None = None
    client: Text | None = None
    when: Condition | None = None
    by: Literal["worker", "engine", "both"] = "worker"
    """Who notices: a worker records it, or the engine does by date, form or calendar."""
    at_age_months: int | None = None
    fields: dict[Id, Field_] = {}
    signals: tuple[PhraseText, ...] = ()
    pauses: Pauses | None = None
    cancels: tuple[Literal["steps", "promises", "messages"], ...] = ()
    stops_messages: bool = False
    enters: tuple[Id, ...] = ()
    """Steps opened beside the present one; their outcomes end in `done`."""
    urgency: Literal["urgent"] | None = None
    stay_open: GoalText | None = None
    promises: dict[Id, PromiseDefinition] = {}
    restricts: Literal["access"] | None = None
    ends_guardian_view: bool = False
    asks_consents_again: bool = False
    attempts: Attempts | None = None
    letter_after_attempts: bool = False
    tells: Tells | None = None
    assign: dict[Literal["language", "interpreter", "substitute", "responsible"], Literal["required", "preferred"]] = {}
    reassign_after: GoalText | None = None
    hands_over: Literal["county", "unit", "pathway"] | None = None
    reopens_within: GoalText | None = None
    reuses_within: GoalText | None = None
    keeps_clocks: bool = True
    """Clocks run on unbroken; only `pauses`, `cancels` or a closing touch them."""
    closes: Closes | None = None
