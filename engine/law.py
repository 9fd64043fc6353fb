"""The law pack: statutory clocks read from `definitions/law`, and what a county may do to them: only tighten."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.findings import DefinitionRefused, Finding
from engine.reader import as_model
from engine.source import Node
from engine.strictness import is_looser
from pathways.county import County
from pathways.law_clock import LawClock, LawPack
from pathways.near_miss import near_or_nothing


@dataclass(frozen=True)
class Law:
    """The clocks by id, as values and as the nodes they were read from."""

    clocks: Mapping[str, LawClock]
    nodes: Mapping[str, Node]


def read_law(files: Iterable[Node], findings: list[Finding]) -> Law:
    """Return every clock of the law; what can't be read is added to the findings."""
    clocks: dict[str, LawClock] = {}
    nodes: dict[str, Node] = {}
    for file in files:
        try:
            clocks.update(as_model(file, LawPack).clocks)
        except DefinitionRefused as refused:
            findings.extend(refused.findings)
        written = file.at("clocks")
        nodes.update(written.entries() if written else {})
    return Law(clocks, nodes)


def law_findings(law: Law, county: County | None, node: Node | None) -> Iterator[Finding]:
    """Give a finding for every statutory time the county has made longer instead of shorter, or that no law knows."""
    for key, tightened in county.law.items() if county and node else ():
        clock = law.clocks.get(key)
        if clock is None and node:
            facts = {"name": key, "near": near_or_nothing(key, law.clocks), "known": ", ".join(sorted(law.clocks))}
            yield Finding("PW045", node.place_of(("law", key)), f"law.{key}", facts)
        if clock and clock.within and node and is_looser(tightened.within, clock.within):
            facts = {"name": key, "given": tightened.within, "law": clock.within}
            yield Finding("PW078", node.value_place(("law", key, "within")), f"law.{key}.within", facts)
