"""Expansion: blocks, law, ladders, vocabulary and the county's settings written into one pathway.

Everything happens on source nodes, so whatever is wrong afterwards still points at the file it came from.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.findings import Finding
from engine.generated_promises import with_event_promises, with_step_promises
from engine.source import Node, Scalar, laid_under, planted
from pathways.law_clock import LawClock
from pathways.near_miss import near_or_nothing

SECTIONS = ("roles", "promises", "steps", "ends", "events", "outcomes", "ladders")
FROM_LAW = (
    *("title", "section", "scope", "starts", "kept_when", "cancelled_when", "once", "on_handover", "within"),
    *("counted_from", "calendar", "warn", "ladder", "startable", "valid_from", "valid_to", "source", "confidence"),
)
ASKED_OF_PEOPLE = ("professions", "breach_reasons", "channels")
"""Words a worker may choose while a case runs, whether or not the pathway names them."""
LAW_DEFAULTS = {key: LawClock.model_fields[key].default for key in ("calendar", "on_handover")}
"""What a clock of the law says without saying it; a promise's own defaults differ."""
_SLOT = re.compile(r"\$\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True)
class Shelf:
    """What pathways are expanded with: blocks by name, clocks by law id, ladders, vocabulary, the county's settings."""

    blocks: Mapping[str, Node] = field(default_factory=dict)
    clocks: Mapping[str, Node] = field(default_factory=dict)
    ladders: Mapping[str, Node] = field(default_factory=dict)
    vocabulary: Node | None = None
    settings: Mapping[str, Node] = field(default_factory=dict)
    tightened: Mapping[str, Node] = field(default_factory=dict)


def expand(pathway: Node, shelf: Shelf) -> tuple[Node, tuple[Finding, ...]]:
    """Return the pathway with everything written in, and what couldn't be found."""
    expansion = _Expansion(pathway, shelf)
    return expansion.result(), tuple(expansion.findings)


class _Expansion:
    """One pathway on its way from what is written to what its cases run from."""

    def __init__(self, pathway: Node, shelf: Shelf) -> None:
        self._written = pathway
        self._shelf = shelf
        self.findings: list[Finding] = []
        self._settings: dict[str, Node] = {}

    def result(self) -> Node:
        """Return the expanded pathway."""
        self._settings = dict(self._named_settings())
        node = self._filled(self._written, self._settings, "")
        node = self._with_blocks(node)
        node = self._with_used_blocks(node)
        node = with_event_promises(with_step_promises(node))
        node = self._with_law(node)
        node = self._with_ladders(node)
        node = self._with_vocabulary(node)
        return node.with_entry("expanded", Node(True, node.place))

    def _named_settings(self) -> Iterator[tuple[str, Node]]:
        for index, named in enumerate(self._items("county")):
            value = self._shelf.settings.get(named.text())
            if value is not None:
                yield named.text(), value
            else:
                self._unknown("PW040", named, f"county.{index}", self._shelf.settings)

    def _items(self, key: str) -> Iterator[Node]:
        node = self._written.at(key)
        yield from node.items() if node else ()

    def _unknown(self, code: str, node: Node, path: str, known: Mapping[str, object]) -> None:
        near = near_or_nothing(node.text(), known)
        facts = {"name": node.text(), "near": near, "known": ", ".join(sorted(known))}
        self.findings.append(Finding(code, node.place, path, facts))

    # what blocks bring

    def _with_blocks(self, node: Node) -> Node:
        for index, named in enumerate(self._items("include")):
            block = self._shelf.blocks.get(named.text())
            if block is None:
                self._unknown("PW041", named, f"include.{index}", self._shelf.blocks)
                continue
            filled = self._filled(block, self._values(block, {}), "")
            for section in SECTIONS:
                brought = filled.at(section)
                if brought is not None and brought.entries():
                    node = node.with_entry(section, _brought(brought, node.at(section)))
        return node

    def _with_used_blocks(self, node: Node) -> Node:
        steps = node.at("steps")
        if steps is None:
            return node
        return node.with_entry("steps", self._used_in(steps, "steps"))

    def _used_in(self, steps: Node, path: str) -> Node:
        for key, step in steps.entries().items():
            steps = steps.with_entry(key, self._used(step, f"{path}.{key}"))
        return steps

    def _used(self, step: Node, path: str) -> Node:
        named = step.at("use")
        if named is not None:
            step = self._from_block(named, step, path)
        for key in ("all", "any", "steps"):
            below = step.at(key)
            if below is not None:
                step = step.with_entry(key, self._used_in(below, f"{path}.{key}"))
        counted = step.at("n_of", "branches")
        if counted is not None:
            step = step.with_entry(
                "n_of", step.entries()["n_of"].with_entry("branches", self._used_in(counted, f"{path}.n_of.branches"))
            )
        return step

    def _from_block(self, named: Node, step: Node, path: str) -> Node:
        included = [node.text() for node in self._items("include")]
        block = self._shelf.blocks.get(named.text())
        if block is None:
            self._unknown("PW041", named, f"{path}.use", self._shelf.blocks)
            return step
        if named.text() not in included:
            self.findings.append(Finding("PW042", named.place, f"{path}.use", {"name": named.text()}))
        given = step.at("with")
        values = self._values(block, given.entries() if given else {})
        self._refuse_unknown_parameters(block, given, path)
        offered = block.at("step")
        if offered is None:
            self.findings.append(Finding("PW043", named.place, f"{path}.use", {"name": named.text()}))
            return step
        filled = self._filled(offered, values, "")
        merged = laid_under(filled, step.without("with"))
        outcomes = filled.at("outcomes")
        return merged.with_entry("outcomes", _brought(outcomes, step.at("outcomes"))) if outcomes else merged

    def _refuse_unknown_parameters(self, block: Node, given: Node | None, path: str) -> None:
        parameters = block.at("parameters")
        known = parameters.entries() if parameters else {}
        for key in given.entries() if given else {}:
            if key not in known and given is not None:
                facts = {"key": key, "near": near_or_nothing(key, known), "known": ", ".join(known)}
                self.findings.append(Finding("PW010", given.keys[key], f"{path}.with.{key}", facts))

    def _values(self, block: Node, given: Mapping[str, Node]) -> dict[str, Node]:
        """Return a value for each parameter: given, else the county's, else the default."""
        values: dict[str, Node] = {}
        parameters = block.at("parameters")
        for key, parameter in parameters.entries().items() if parameters else ():
            default = parameter.at("default")
            value = given.get(key) or self._shelf.settings.get(key) or default
            if value is not None:
                values[key] = value
        return values

    # ${name}

    def _filled(self, node: Node, values: Mapping[str, Node], path: str) -> Node:
        if isinstance(node.value, dict):
            value = {key: self._filled(below, values, f"{path}.{key}") for key, below in node.value.items()}
            return Node(value, node.place, node.keys)
        if isinstance(node.value, list):
            filled = [self._filled(below, values, f"{path}.{index}") for index, below in enumerate(node.value)]
            return Node(filled, node.place)
        return Node(self._filled_text(node, values, path), node.place) if isinstance(node.value, str) else node

    def _filled_text(self, node: Node, values: Mapping[str, Node], path: str) -> Scalar:
        text = node.text()
        whole = _SLOT.fullmatch(text)
        if whole and whole[1] in values:
            value = values[whole[1]].value
            return value if not isinstance(value, dict | list) else text
        for name in _SLOT.findall(text):
            if name not in values:
                facts = {"name": name, "near": near_or_nothing(name, values), "known": ", ".join(sorted(values))}
                self.findings.append(Finding("PW044", node.place, path.removeprefix("."), facts))
        return _SLOT.sub(lambda slot: values[slot[1]].text() if slot[1] in values else slot[0], text)

    # law, ladders, vocabulary

    def _with_law(self, node: Node) -> Node:
        promises = node.at("promises")
        if promises is None:
            return node
        for key, promise in promises.entries().items():
            named = promise.at("law")
            if named is not None:
                promises = promises.with_entry(key, self._lawful(named, promise, f"promises.{key}"))
        return node.with_entry("promises", promises)

    def _lawful(self, named: Node, promise: Node, path: str) -> Node:
        clock = self._shelf.clocks.get(named.text())
        if clock is None:
            self._unknown("PW045", named, f"{path}.law", self._shelf.clocks)
            return promise
        offered = {key: below for key, below in clock.entries().items() if key in FROM_LAW}
        offered["kind"] = Node("statutory", named.place)
        for key, default in LAW_DEFAULTS.items():
            offered.setdefault(key, Node(default, clock.place))
        tightened = self._shelf.tightened.get(named.text())
        within = tightened.at("within") if tightened else None
        if within is not None:
            offered["within"] = within
        lawful = laid_under(Node(offered, clock.place, clock.keys), promise)
        return lawful.with_entry("starts", _both(clock.at("starts"), promise.at("starts"), clock))

    def _with_ladders(self, node: Node) -> Node:
        own = node.at("ladders")
        ladders = own if own is not None else Node({}, node.place)
        promises = node.at("promises")
        for promise in promises.entries().values() if promises else ():
            named = promise.at("ladder")
            if named is not None and named.text() not in ladders.entries() and named.text() in self._shelf.ladders:
                ladders = ladders.with_entry(named.text(), self._shelf.ladders[named.text()])
        return node.with_entry("ladders", ladders) if ladders.entries() else node

    def _with_vocabulary(self, node: Node) -> Node:
        """Write in the words the pathway uses and those people choose from; another word added changes no hash."""
        vocabulary = self._shelf.vocabulary
        if vocabulary is None:
            return node
        words = set(_words(node))
        kept = planted({}, node.place)
        for section, entries in vocabulary.entries().items():
            asked_of_people = section in ASKED_OF_PEOPLE
            used = {key: below for key, below in entries.entries().items() if asked_of_people or key in words}
            if used:
                kept = kept.with_entry(section, Node(used, entries.place, entries.keys))
        node = self._with_end_words(node, vocabulary)
        return node.with_entry("vocabulary", kept)

    def _with_end_words(self, node: Node, vocabulary: Node) -> Node:
        """An end the pathway names takes what the vocabulary says of it, where the pathway doesn't say otherwise."""
        ends = node.at("ends")
        for key, end in ends.entries().items() if ends else ():
            shared = vocabulary.at("ends", key)
            if shared is not None and ends is not None:
                ends = ends.with_entry(key, laid_under(shared, end))
        return node.with_entry("ends", ends) if ends is not None else node


def _both(lawful: Node | None, own: Node | None, clock: Node) -> Node:
    """A pathway may add what starts a clock of the law; it can't take away a start the law names."""
    members = [*(lawful.items() if lawful else ()), *(own.items() if own else ())]
    return Node(list({node.text(): node for node in members}.values()), (own or lawful or clock).place)


def _brought(brought: Node, own: Node | None) -> Node:
    """What a block brings comes after the pathway's own; where both speak of one thing, the pathway wins."""
    if own is None:
        return brought
    joined = laid_under(brought, own)
    order = [*own.entries(), *(key for key in brought.entries() if key not in own.entries())]
    return Node({key: joined.entries()[key] for key in order}, own.place, joined.keys)


def _words(node: Node) -> Iterator[str]:
    """Give every key and every word that stands anywhere in a pathway."""
    if isinstance(node.value, dict):
        for key, below in node.value.items():
            yield key
            yield from _words(below)
    elif isinstance(node.value, list):
        for below in node.value:
            yield from _words(below)
    elif isinstance(node.value, str):
        yield from re.findall(r"[a-z][a-z0-9_]*", node.value)
