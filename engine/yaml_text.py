"""YAML text → Source nodes: YAML 1.2, one document, no aliases, tags or tabs, at most 256 kB."""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml import MarkedYAMLError, YAMLError

from engine.findings import DefinitionRefused, Finding
from engine.source import Node, Place, Scalar

LONGEST = 256 * 1024
DEEPEST = 24
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*|[eE][-+]?[0-9]+|\.[0-9]*[eE][-+]?[0-9]+))")


def read_yaml(text: str, file: str) -> Node:
    """Return the document's nodes; refuses what can't be read, naming the place."""
    _refuse_forbidden_text(text, file)
    try:
        return _Composer(file, yaml.parse(text, Loader=yaml.CSafeLoader)).document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        raise _refused("PW001", place, problem=str(error.problem or error.context or "?")) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise _refused("PW001", Place(file), problem=str(error).splitlines()[0]) from None


def _refuse_forbidden_text(text: str, file: str) -> None:
    if len(text.encode()) > LONGEST:
        raise _refused("PW003", Place(file))
    tab = text.find("\t")
    if tab >= 0:
        line = text.count("\n", 0, tab) + 1
        raise _refused("PW002", Place(file, line, tab - text.rfind("\n", 0, tab)), what="tab")


def _refused(code: str, place: Place, **facts: str) -> DefinitionRefused:
    return DefinitionRefused((Finding(code, place, facts=facts),))


class _Composer:
    """Builds nodes from the parser's events, keeping every place."""

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self._file = file
        self._events = events
        self._duplicates: list[Finding] = []

    def document(self) -> Node:
        """Return the one document there is."""
        root = self._first_node()
        for event in self._events:
            if type(event).__name__ == "DocumentStartEvent":
                raise _refused("PW002", self._place(event), what="document")
        if self._duplicates:
            raise DefinitionRefused(tuple(self._duplicates))
        return root

    def _first_node(self) -> Node:
        for event in self._events:
            if type(event).__name__ not in ("StreamStartEvent", "DocumentStartEvent", "StreamEndEvent"):
                return self._node(event, 0)
        return Node({}, Place(self._file))

    def _node(self, event: Any, depth: int) -> Node:
        self._refuse_tricks(event, depth)
        name = type(event).__name__
        if name == "MappingStartEvent":
            return self._mapping(event, depth + 1)
        if name == "SequenceStartEvent":
            return self._sequence(event, depth + 1)
        value = event.value if event.style else _resolved(event.value)
        return Node(value, self._place(event))

    def _mapping(self, start: Any, depth: int) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for event in self._until("MappingEndEvent"):
            key, place = self._key(event, depth)
            if key in entries:
                self._duplicates.append(Finding("PW004", place, key, {"key": key, "first": str(keys[key].line)}))
            entries[key] = self._node(next(self._events), depth)
            keys[key] = place
        return Node(entries, self._place(start), keys)

    def _key(self, event: Any, depth: int) -> tuple[str, Place]:
        self._refuse_tricks(event, depth)
        if type(event).__name__ != "ScalarEvent":
            raise _refused("PW002", self._place(event), what="key")
        return event.value, self._place(event)

    def _sequence(self, start: Any, depth: int) -> Node:
        return Node([self._node(event, depth) for event in self._until("SequenceEndEvent")], self._place(start))

    def _until(self, end: str) -> Iterator[Any]:
        for event in self._events:
            if type(event).__name__ == end:
                return
            yield event

    def _refuse_tricks(self, event: Any, depth: int) -> None:
        if depth > DEEPEST:
            raise _refused("PW002", self._place(event), what="depth")
        if type(event).__name__ == "AliasEvent" or getattr(event, "anchor", None):
            raise _refused("PW002", self._place(event), what="alias")
        if getattr(event, "tag", None) is not None:
            raise _refused("PW002", self._place(event), what="tag")

    def _place(self, event: Any) -> Place:
        return Place(self._file, event.start_mark.line + 1, event.start_mark.column + 1)


def _resolved(text: str) -> Scalar:
    """Return what a plain scalar is in YAML 1.2's core schema: `no` and `on` stay words."""
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
