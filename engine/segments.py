"""Reads `segments/*.yaml`: a county's own segment sets, their conditions compiled over answers, facts and what they ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.checks.condition_values import why_refused
from engine.conditions import Condition, ConditionRefused, compile_condition
from engine.facts import FactVariable, variables
from engine.findings import DefinitionRefused, Finding, in_order
from engine.reader import as_model, read_file
from engine.settings_filled import filled, settings_named
from engine.shelf import DEFAULT_COUNTY, SHIPPED, Shelved, load_shelf
from engine.source import Node
from pathways.definition_parts import Text
from pathways.segment import SegmentSet

RAISED = FactVariable("int", Text(fi="huolta herättäviä osa-alueita", sv="områden som väcker oro", en="domains raised"))


@dataclass(frozen=True)
class ReadSegments:
    """A set ready to ask."""

    said: SegmentSet
    segments: Mapping[str, Condition]
    domains: Mapping[str, Condition]


def load_segment_sets(folders: Sequence[Path] = (), county: str | None = DEFAULT_COUNTY) -> dict[str, ReadSegments]:
    """Return the sets of these folders by id, a county's own over the shipped; refuses with everything wrong in them."""
    folders = tuple(dict.fromkeys((SHIPPED, *folders)))
    shelved = load_shelf(folders, county)
    nodes = [node for path in segment_files(folders) if uses_segments(shelved, node := read_file(path))]
    read = [read_segments(node, shelved) for node in nodes]
    return {each.said.segments_of: each for each in read}


def segment_files(folders: Sequence[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.glob("segments/*.yaml"))]


def uses_segments(shelved: Shelved, node: Node) -> bool:
    """Whether the county has set any cut of this set, or the set names none."""
    named = settings_named(node)
    return not named or bool(shelved.county and named & set(shelved.county.settings))


def read_segments(node: Node, shelved: Shelved) -> ReadSegments:
    """Return the set a file says; refuses with all its errors."""
    read, findings = examined_segments(node, shelved)
    if read is None or findings:
        raise DefinitionRefused(findings)
    return read


def examined_segments(node: Node, shelved: Shelved) -> tuple[ReadSegments | None, tuple[Finding, ...]]:
    """Return the set and what is wrong with it; no set where the file isn't one."""
    settings = {key: setting.value for key, setting in shelved.county.settings.items()} if shelved.county else {}
    written, findings = filled(node, settings, ())
    try:
        said = as_model(written, SegmentSet)
    except DefinitionRefused as refused:
        return None, in_order((*findings, *refused.findings))
    known = variables(shelved.vocabulary.instruments)
    known |= {f"set.{key}": FactVariable(asked.type, asked.title) for key, asked in said.asks.items()}
    domains, wrong = _compiled(node, "domains", dict(said.domains), known)
    if said.domains:
        known |= {"domains.raised": RAISED, "domains.at_least": RAISED}
    whens = {key: segment.when for key, segment in said.segments.items()}
    segments, also_wrong = _compiled(node, "segments", whens, known)
    return ReadSegments(said, segments, domains), in_order((*findings, *wrong, *also_wrong))


def _compiled(
    node: Node, section: str, texts: Mapping[str, str], known: Mapping[str, FactVariable]
) -> tuple[dict[str, Condition], list[Finding]]:
    compiled: dict[str, Condition] = {}
    findings: list[Finding] = []
    for key, text in texts.items():
        path = (section, key, "when") if section == "segments" else (section, key)
        try:
            compiled[key] = compile_condition(text, known)
        except ConditionRefused as refused:
            code = "PW100" if refused.why == "unknown_variable" else "PW101"
            facts = {**why_refused(refused), "name": refused.about[0], "known": ", ".join(known)}
            findings.append(Finding(code, node.value_place(path), ".".join(path), facts))
    return compiled, findings
