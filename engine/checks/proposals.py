"""Rules that find candidates, and segment sets: what is wrong in them, checked with the pathways they stand beside."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from engine.candidate_rules import RuleBook, examined_rule_book, rule_files, uses_rules
from engine.checks.kinds import unknown_facts
from engine.findings import DefinitionRefused, Finding
from engine.model_errors import dotted
from engine.reader import read_file
from engine.segments import examined_segments, segment_files, uses_segments
from engine.shelf import Shelved
from engine.source import Node
from engine.source import Path as Where
from pathways.definition import PathwayDefinition
from pathways.near_miss import near_or_nothing


def proposal_findings(
    folders: Sequence[Path], shelved: Shelved, pathways: Mapping[str, PathwayDefinition]
) -> Iterator[Finding]:
    """Give a finding for everything wrong in the `candidates/` and `segments/` of these folders."""
    for path in rule_files(folders):
        try:
            node = read_file(path)
        except DefinitionRefused as refused:
            yield from refused.findings
            continue
        if not uses_rules(shelved, node):
            continue
        book, findings = examined_rule_book(node, shelved)
        yield from findings
        if book is not None and book.said.pathway in pathways:
            yield from _way_findings(book, node, pathways[book.said.pathway])
        elif book is not None:
            facts = {"name": book.said.pathway, "near": near_or_nothing(book.said.pathway, pathways)}
            yield Finding("PW105", node.value_place(("pathway",)), "pathway", facts)
    for path in segment_files(folders):
        try:
            node = read_file(path)
            yield from examined_segments(node, shelved)[1] if uses_segments(shelved, node) else ()
        except DefinitionRefused as refused:
            yield from refused.findings


def pathways_proposed(folders: Sequence[Path]) -> Iterator[str]:
    """Give the pathways that confirmed candidates begin on; what can't be read is found when it is checked."""
    for path in rule_files(folders):
        try:
            named = read_file(path).at("pathway")
        except DefinitionRefused:
            continue
        if named is not None:
            yield named.text()


def _way_findings(book: RuleBook, node: Node, pathway: PathwayDefinition) -> Iterator[Finding]:
    """A confirmed candidate begins at a step there is, by outcomes those steps have."""
    named: list[tuple[str, str, Where]] = [("step", book.said.step, ("step",))]
    named += [("step", step, ("through", step)) for step in book.said.through]
    for kind, name, path in named:
        if name not in pathway.steps:
            facts = unknown_facts(kind, name, pathway.steps)
            yield Finding("PW055", node.value_place(path), dotted(path), facts)
    for step, outcome in book.said.through.items():
        outcomes = pathway.steps[step].outcomes if step in pathway.steps else {}
        if step in pathway.steps and outcome not in outcomes:
            path = ("through", step)
            yield Finding("PW024", node.value_place(path), dotted(path), unknown_facts("outcome", outcome, outcomes))
