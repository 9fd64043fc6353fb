"""Sanasto: the texts and facts that every pathway shares, written once with fi, sv and en."""

from typing import Literal

from pathways.definition_parts import Id, Part, Text
from pathways.needs import NeedText
from pathways.phrases import PhraseText


class Outcome(Text):
    """How a step can end. `means` names the general phrases that such an end raises."""

    means: tuple[PhraseText, ...] = ()
    happened: bool = True
    """Whether what the step is for took place: a meeting that moved did not, a client not reached was not met."""


class End(Text):
    """How a case can end. Needs are checked before it may."""

    needs: tuple[NeedText, ...] = ()
    means: tuple[PhraseText, ...] = ()
    client: Text | None = None


class Profession(Text):
    """A profession; `sector` says which register its work belongs to."""

    sector: Literal["social", "health", "other"]
    own_worker: bool = False
    """Whether the Social Welfare Act lets it be an omatyöntekijä."""
    physician: bool = False


class Instrument(Text):
    """A measure whose results are stored. The licence note says what may be shown."""

    licence: Text | None = None
    type: Literal["int", "double", "string", "bool"] = "int"
    lowest: float | None = None
    highest: float | None = None


class Organisation(Text):
    """A party outside the team, such as HUS, Kela or a school."""

    specialised_care: bool = False
    emergency: bool = False
    register_holder: bool = True


class Vocabulary(Part):
    """Every shared word."""

    outcomes: dict[Id, Outcome] = {}
    ends: dict[Id, End] = {}
    professions: dict[Id, Profession] = {}
    skills: dict[Id, Text] = {}
    instruments: dict[Id, Instrument] = {}
    organisations: dict[Id, Organisation] = {}
    unit_kinds: dict[Id, Text] = {}
    pause_reasons: dict[Id, Text] = {}
    breach_reasons: dict[Id, Text] = {}
    channels: dict[Id, Text] = {}
    registers: dict[Id, Text] = {}
    retentions: dict[Id, Text] = {}
    phrases: dict[str, Text] = {}
    """Words for each form of `phrases.py`, used in explanations."""
