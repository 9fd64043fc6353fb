"""Source: what a definition file says, with the place of every key and value. Nothing here knows what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

Scalar: TypeAlias = str | int | float | bool | None
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file, a line and a column, counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place; a mapping also knows where each of its keys stands."""

    value: "dict[str, Node] | list[Node] | Scalar"
    place: Place
    keys: Mapping[str, Place] = field(default_factory=dict)

    def entries(self) -> "dict[str, Node]":
        """Return a mapping's entries; nothing where this is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    def items(self) -> "Sequence[Node]":
        """Return a sequence's members; nothing where this is no sequence."""
        return self.value if isinstance(self.value, list) else ()

    def at(self, *path: str | int) -> "Node | None":
        """Return what stands at a path below this node."""
        found: Node | None = self
        for part in path:
            found = found._below(part) if found else None
        return found

    def _below(self, part: str | int) -> "Node | None":
        if isinstance(self.value, dict):
            return self.value.get(str(part))
        if isinstance(self.value, list) and isinstance(part, int) and part < len(self.value):
            return self.value[part]
        return None

    def place_of(self, path: Path) -> Place:
        """Return where a path stands, or the nearest thing above it that stands anywhere."""
        node, place = self, self.place
        for part in path:
            below = node._below(part)
            if below is None:
                continue
            place = node.keys.get(str(part), below.place)
            node = below
        return place

    def value_place(self, path: Path) -> Place:
        """Return where the value at a path begins, or else its nearest known place."""
        node = self.at(*path)
        return node.place if node else self.place_of(path)

    def text(self) -> str:
        """Return the scalar as words, or nothing."""
        return str(self.value) if isinstance(self.value, str | int | float) else ""

    def with_entry(self, key: str, node: "Node", place: Place | None = None) -> "Node":
        """Return this mapping with one entry more, or changed."""
        keys = {**self.keys, key: place or self.keys.get(key, node.place)}
        return replace(self, value={**self.entries(), key: node}, keys=keys)

    def without(self, *gone: str) -> "Node":
        """Return this mapping without some of its entries."""
        return replace(self, value={key: node for key, node in self.entries().items() if key not in gone})


def plain(node: Node) -> Any:
    """Return the value alone: dicts, lists and scalars."""
    if isinstance(node.value, dict):
        return {key: plain(below) for key, below in node.value.items()}
    if isinstance(node.value, list):
        return [plain(below) for below in node.value]
    return node.value


def planted(value: Any, place: Place) -> Node:
    """Return a plain value as nodes that all stand at one place: things the engine made from what stands there."""
    if isinstance(value, dict):
        return Node({key: planted(below, place) for key, below in value.items()}, place, dict.fromkeys(value, place))
    if isinstance(value, list | tuple):
        return Node([planted(below, place) for below in value], place)
    return Node(value, place)


def laid_under(below: Node, above: Node) -> Node:
    """Return two nodes as one: mappings are joined key by key and what is above wins; order is the lower's first."""
    if not isinstance(below.value, dict) or not isinstance(above.value, dict):
        return above
    value = dict(below.value)
    for key, node in above.value.items():
        value[key] = laid_under(value[key], node) if key in value else node
    return Node(value, above.place, {**below.keys, **above.keys})


@dataclass(frozen=True)
class Shelf:
    """What pathways are expanded with: blocks by name, clocks by law id, ladders, vocabulary, what the county says."""

    blocks: Mapping[str, Node] = field(default_factory=dict)
    clocks: Mapping[str, Node] = field(default_factory=dict)
    ladders: Mapping[str, Node] = field(default_factory=dict)
    vocabulary: Node | None = None
    settings: Mapping[str, Node] = field(default_factory=dict)
    tightened: Mapping[str, Node] = field(default_factory=dict)
    schools: Mapping[str, Node] = field(default_factory=dict)
