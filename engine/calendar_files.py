"""Calendar files: YAML text → ServiceCalendar. A county's own calendar may be based on another and say what differs."""

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engine.findings import DefinitionRefused, Finding
from engine.model_errors import findings_of
from engine.source import Node, plain
from engine.yaml_text import read_yaml
from pathways.calendar import ServiceCalendar
from pathways.near_miss import near_or_nothing

BASED_ON = "based_on"
ADDED_TO = ("closed", "eves", "exceptions")
"""What a calendar adds days to; of everything else it says its own, or what its base says."""
OWN = ("key", "version", "valid_from", "title", "also")
"""What no calendar takes from another."""

CALENDAR = {"kind": "calendar", "kind_fi": "kalenteria", "kind_sv": "kalendern"}

Known = Mapping[str, ServiceCalendar]
"""Calendars that others may be based on, by key and version: `palveluaika@1`."""


def read_calendar(text: str, file: str, known: Known | None = None) -> ServiceCalendar:
    """A calendar from its YAML text; `DefinitionRefused` names the file, line and column of what is wrong."""
    return _calendar(read_yaml(text, file), known or {})


def read_folders(
    folders: Iterable[Traversable | Path], beside: Iterable[ServiceCalendar] = ()
) -> list[ServiceCalendar]:
    """Every calendar of these folders; those that are based on others after those they are based on."""
    known = {named(each): each for each in beside}
    read: list[ServiceCalendar] = []
    waiting = [node for folder in folders for node in _nodes(folder)]
    while waiting:
        ready = [node for node in waiting if _base(node) is None or _base(node) in known]
        for node in ready or waiting:  # when nothing is ready, the first refuses with what it is based on
            read.append(_calendar(node, known))
            known[named(read[-1])] = read[-1]
        waiting = [node for node in waiting if node not in ready]
    return read


def named(calendar: ServiceCalendar) -> str:
    """The calendar's key and version, as promises and other calendars name it."""
    return f"{calendar.key}@{calendar.version}"


def _nodes(folder: Traversable | Path) -> Iterator[Node]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".yaml"):
            yield read_yaml(entry.read_text(encoding="utf-8"), str(entry))


def _base(node: Node) -> str | None:
    below = node.at(BASED_ON)
    return below.text() if below else None


def _calendar(node: Node, known: Known) -> ServiceCalendar:
    written = node.without(BASED_ON)
    base = _base(node)
    if base is not None and base not in known:
        facts = {
            "name": base,
            "near": near_or_nothing(base, known),
            "known": ", ".join(sorted(known)) or "–",
            **CALENDAR,
        }
        raise DefinitionRefused([Finding("PW024", node.value_place((BASED_ON,)), BASED_ON, facts)])
    try:
        own = ServiceCalendar.model_validate(plain(written) if base is None else _over(known[base], plain(written)))
    except ValidationError as error:
        raise DefinitionRefused(findings_of(error, ServiceCalendar, written)) from None
    return own


def _over(base: ServiceCalendar, own: Any) -> dict[str, Any]:
    """The base's content with what the calendar itself says laid over it; days are added, one by one."""
    said = {name: getattr(base, name) for name in ServiceCalendar.model_fields if name not in OWN}
    added = {name: {**said[name], **(own.get(name) or {})} for name in ADDED_TO}
    return {**said, **own, **added}
