"""A county's own settings: spans, thresholds, units and switches, kept apart from the pathways it runs."""

from datetime import date
from typing import Any

from pydantic import Field

from pathways.definition_parts import Id, Part, Text
from pathways.promise_definition import LawId
from pathways.spans import GoalText


class Setting(Part):
    """One value of the county, with what it is for."""

    value: str | int | float | bool
    title: Text
    approved_by: str | None = None


class Unit(Part):
    """A unit that works on cases: its kind, its professions, its opening hours and its switches."""

    title: Text
    kind: Id
    professions: tuple[Id, ...]
    skills: tuple[Id, ...] = ()
    calendar: str = "palveluaika"
    promises_on: bool = False
    bilingual: bool = False
    training: bool = False
    """Marked *harjoittelu*: may run versions that are not approved."""
    municipalities: tuple[str, ...] = ()
    pathways: tuple[Id, ...] = ()
    """The pathways the unit works on; all, when left out."""


class Tightened(Part):
    """A statutory clock the county has made shorter. It can never be made longer."""

    within: GoalText
    since: date | None = None
    """Clocks that start on this day or later are the county's; left out, all that start under today's law."""


class County(Part):
    """One county's file."""

    county: Id
    title: Text
    settings: dict[Id, Setting] = {}
    units: dict[Id, Unit] = {}
    schools: dict[Id, Text] = {}
    """Each has a calendar of its own, `oppilaitos:<id>`."""
    law: dict[LawId, Tightened] = {}
    feature: dict[Id, bool] = {}
    """What the county has switched on; everything is off until it says so."""
    languages: tuple[str, ...] = Field(default=("fi", "sv"))
    texts: dict[Id, Any] = {}
