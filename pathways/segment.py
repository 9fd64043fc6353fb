"""Segments: how closely we work with a client. They decide arrangements (who, how often, which plan), never the care."""

from typing import Literal

from pydantic import Field

from pathways.definition_parts import Condition, Id, Part, Text
from pathways.spans import GoalText


class Asked(Part):
    """Something a set asks beside the instruments, which a person answers."""

    title: Text
    type: Literal["bool", "int", "double"] = "bool"


class Arrangement(Part):
    """How the work is arranged for a segment. A span left out: as the client needs."""

    responsible: Text
    contact_every: GoalText | None = None
    plan: Text
    meeting: Text | None = None
    meeting_every: GoalText | None = None
    review_every: GoalText


class Segment(Part):
    """One segment. The first of a set whose condition holds is the client's."""

    title: Text
    when: Condition
    arrangement: Arrangement | None = None


class SegmentSet(Part):
    """One file of `segments/`: a county's own way to divide, proposed by conditions and decided by people."""

    segments_of: Id
    version: int = Field(ge=1)
    title: Text
    purpose: Text
    source: str
    asks: dict[Id, Asked] = {}
    """Named `set.<id>` in conditions."""
    domains: dict[Id, Condition] = {}
    """Areas of life that may be raised; `domains.raised` counts them, `domains.at_least` those known to be."""
    segments: dict[Id, Segment] = Field(min_length=2)
