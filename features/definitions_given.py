"""The definitions a specification runs against: read and expanded once per process, with the county's settings pinned."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from engine.expansion import Shelf
from engine.published import Published
from engine.reader import read_definition, read_file
from engine.shelf import DEFAULT_COUNTY, SHIPPED, Shelved, load_shelf, pathway_files
from engine.source import Node, Place, Scalar, laid_under, plain
from pathways.definition import PathwayDefinition
from pathways.definition_parts import Text

COMPILED = Published()
"""Every version a process has run: one of the same content is compiled once, whatever county publishes it."""

PINNED = Place("the specification")


@dataclass(frozen=True)
class Pinned:
    """What a scenario says of its county and its law before anybody contacts anyone."""

    settings: tuple[tuple[str, Scalar], ...] = ()
    law: tuple[tuple[str, str], ...] = ()
    law_on: date | None = None

    def with_setting(self, key: str, value: Scalar) -> "Pinned":
        return Pinned((*self.settings, (key, value)), self.law, self.law_on)

    def with_law(self, clock: str, within: str) -> "Pinned":
        return Pinned(self.settings, (*self.law, (clock, within)), self.law_on)

    def on(self, day: date) -> "Pinned":
        return Pinned(self.settings, self.law, day)


@dataclass(frozen=True)
class GivenDefinitions:
    """Folders with pathways, laid over the shipped ones' shared words."""

    folders: tuple[Path, ...] = (SHIPPED,)
    county: str = DEFAULT_COUNTY

    @property
    def shelved(self) -> Shelved:
        return _shelved(self.folders, self.county)

    @property
    def titles(self) -> Mapping[str, Text]:
        """What each pathway is called, by id; `DefinitionRefused` names what can't be read."""
        return {key: Text.model_validate(plain(node.entries()["title"])) for key, node in _nodes(self.folders).items()}

    def check(self) -> None:
        """Refuse with `DefinitionRefused` what can't be read, in any of the files."""
        for path in pathway_files(self.folders):
            read_definition(read_file(path), self.shelved.shelf)

    def pathway(self, key: str, pinned: Pinned) -> PathwayDefinition:
        """One pathway, expanded with what is pinned."""
        return _pathway(self, key, pinned)


@cache
def _shelved(folders: tuple[Path, ...], county: str) -> Shelved:
    return load_shelf(folders, county)


@cache
def _nodes(folders: tuple[Path, ...]) -> dict[str, Node]:
    """Every pathway's file as it is written, by the pathway's id: a scenario is about one or two of them."""
    nodes = [read_file(path) for path in pathway_files(folders)]
    return {named.text(): node for node in nodes if (named := node.at("pathway"))}


@cache
def _pathway(given: GivenDefinitions, key: str, pinned: Pinned) -> PathwayDefinition:
    return read_definition(_nodes(given.folders)[key], _pinned_shelf(given.shelved.shelf, pinned)).definition


def _pinned_shelf(shelf: Shelf, pinned: Pinned) -> Shelf:
    settings = {**shelf.settings, **{key: Node(value, PINNED) for key, value in pinned.settings}}
    tightened = {**shelf.tightened, **{clock: _tightened(within) for clock, within in pinned.law}}
    clocks = _as_on(shelf.clocks, pinned.law_on) if pinned.law_on else shelf.clocks
    return replace(shelf, clocks=clocks, settings=settings, tightened=tightened)


def _as_on(clocks: Mapping[str, Node], day: date) -> dict[str, Node]:
    """The law as it was that day, whenever the scenario plays: the wording in force stays so, what wasn't never is."""
    return {key: _worded(clock, day) for key, clock in clocks.items()}


def _worded(clock: Node, day: date) -> Node:
    always, never = Node(date.min.isoformat(), PINNED), Node(date.max.isoformat(), PINNED)
    earlier = clock.at("earlier")
    wordings = [clock, *(earlier.items() if earlier else ())]
    said = next((wording for wording in wordings if _in_force(wording, day)), None)
    alone = clock.without("earlier")
    worded = alone if said is None or said is clock else laid_under(alone, said)
    return worded.without("valid_to").with_entry("valid_from", never if said is None else always)


def _in_force(clock: Node, day: date) -> bool:
    begins, ends = clock.at("valid_from"), clock.at("valid_to")
    return (begins is None or begins.text() <= day.isoformat()) and (ends is None or day.isoformat() <= ends.text())


def _tightened(within: str) -> Node:
    return Node({"within": Node(within, PINNED)}, PINNED)
