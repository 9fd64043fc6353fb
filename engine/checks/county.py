"""A county's own file: its units name kinds, professions, skills and calendars that the shared words know."""

from collections.abc import Collection, Iterator, Mapping

from engine.checks.kinds import unknown_facts
from engine.findings import Finding
from engine.model_errors import dotted
from engine.source import Node, Path
from pathways.calendar import school_calendar
from pathways.county import County
from pathways.vocabulary import Vocabulary


def county_findings(county: County, node: Node, words: Vocabulary, calendars: Collection[str]) -> Iterator[Finding]:
    """Give a finding for every name in a county's file that nothing answers to."""
    known: Mapping[str, Collection[str]] = {
        "unit kind": words.unit_kinds,
        "profession": words.professions,
        "skill": words.skills,
        "calendar": calendars,
    }
    for kind, name, path in _named(county):
        if name not in known[kind]:
            facts = unknown_facts(kind, name, known[kind])
            yield Finding("PW024", node.value_place(path), dotted(path), facts)


def _named(county: County) -> Iterator[tuple[str, str, Path]]:
    for key in county.schools:
        yield "calendar", school_calendar(key), ("schools", key)
    for key, unit in county.units.items():
        path = ("units", key)
        yield "unit kind", unit.kind, (*path, "kind")
        yield "calendar", unit.calendar, (*path, "calendar")
        for index, profession in enumerate(unit.professions):
            yield "profession", profession, (*path, "professions", index)
        for index, skill in enumerate(unit.skills):
            yield "skill", skill, (*path, "skills", index)
