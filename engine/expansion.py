"""Expansion: blocks, law, ladders, vocabulary and the county's settings written into one pathway.

Everything happens on source nodes, so whatever is wrong afterwards still points at the file it came from.
"""

import re
from collections.abc import Iterator, Mapping

from engine.findings import Finding
from engine.generated_promises import with_event_promises, with_step_promises
from engine.lawful import with_law
from engine.shared_words import with_ladders, with_schools, with_vocabulary
from engine.source import Node, Scalar, Shelf, laid_under
from pathways.near_miss import near_or_nothing

__all__ = ["Shelf", "expand"]

SECTIONS = ("roles", "promises", "steps", "ends", "events", "outcomes", "ladders")
_SLOT = re.compile(r"\$\{([a-z][a-z0-9_]*)\}")


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
        node = with_schools(self._with_used_blocks(node), self._shelf)
        node = with_event_promises(with_step_promises(node))
        node, unknown = with_law(node, self._shelf)
        self.findings.extend(unknown)
        node = with_vocabulary(with_ladders(node, self._shelf), self._shelf)
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


def _brought(brought: Node, own: Node | None) -> Node:
    """What a block brings comes after the pathway's own; where both speak of one thing, the pathway wins."""
    if own is None:
        return brought
    joined = laid_under(brought, own)
    order = [*own.entries(), *(key for key in brought.entries() if key not in own.entries())]
    return Node({key: joined.entries()[key] for key in order}, own.place, joined.keys)
