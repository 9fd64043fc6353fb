"""The shelf: what stands beside the pathways in definition folders, read once: blocks, law, ladders, words, a county.

Folders are laid over each other in order: what a later one says of a block or a word replaces the earlier.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.expansion import Shelf
from engine.findings import DefinitionRefused, Finding
from engine.law import law_findings, read_law
from engine.reader import M, as_model, read_file
from engine.source import Node, Place, laid_under
from pathways.block import Block
from pathways.county import County
from pathways.ladder import Ladders
from pathways.law_clock import LawClock
from pathways.near_miss import near_or_nothing
from pathways.vocabulary import Vocabulary

SHIPPED = Path(__file__).parent.parent / "definitions"
"""The definitions that come with the product."""

DEFAULT_COUNTY = "esimerkki"


@dataclass(frozen=True)
class Shelved:
    """Everything pathways are expanded with, and what the checker holds them against."""

    shelf: Shelf
    vocabulary: Vocabulary
    clocks: Mapping[str, LawClock]
    county: County | None = None
    county_node: Node | None = None


def load_shelf(folders: Sequence[Path] = (SHIPPED,), county: str | None = DEFAULT_COUNTY) -> Shelved:
    """Return what stands on the shelves of these folders; refuses with everything that can't be read."""
    findings: list[Finding] = []
    vocabulary = _joined(_read(folders, "vocabulary.yaml", findings))
    ladders = _joined(_read(folders, "ladders.yaml", findings))
    law = read_law(_read(folders, "law/*.yaml", findings), findings)
    blocks = dict(_named_blocks(_read(folders, "blocks/*.yaml", findings), findings))
    county_node = _county(folders, county, findings)
    words = _model(vocabulary, Vocabulary, findings)
    _model(ladders, Ladders, findings)
    settled = _model(county_node, County, findings)
    findings.extend(law_findings(law, settled, county_node))
    if findings:
        raise DefinitionRefused(findings)
    shelf = Shelf(
        blocks=blocks,
        clocks=law.nodes,
        ladders=_entries(ladders, "ladders"),
        vocabulary=vocabulary,
        settings=_setting_values(county_node),
        tightened=_entries(county_node, "law"),
        schools=_entries(county_node, "schools"),
    )
    return Shelved(shelf, words or Vocabulary(), law.clocks, settled, county_node)


def pathway_files(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return the pathway files in these folders: every YAML file at the top but the shared words and ladders."""
    shared = ("vocabulary.yaml", "ladders.yaml")
    return tuple(path for folder in folders for path in sorted(folder.glob("*.yaml")) if path.name not in shared)


def _read(folders: Sequence[Path], pattern: str, findings: list[Finding]) -> list[Node]:
    nodes = []
    for path in (path for folder in folders for path in sorted(folder.glob(pattern))):
        try:
            nodes.append(read_file(path))
        except DefinitionRefused as refused:
            findings.extend(refused.findings)
    return nodes


def _joined(nodes: Iterable[Node]) -> Node | None:
    joined: Node | None = None
    for node in nodes:
        joined = laid_under(joined, node) if joined else node
    return joined


def _named_blocks(nodes: Iterable[Node], findings: list[Finding]) -> Iterable[tuple[str, Node]]:
    for node in nodes:
        block = _model(node, Block, findings)
        if block:
            yield block.block, node


def _county(folders: Sequence[Path], county: str | None, findings: list[Finding]) -> Node | None:
    if county is None:
        return None
    node = _joined(_read(folders, f"county/{county}.yaml", findings))
    if node is None and not findings:
        findings.append(_no_county(folders, county))
    return node


def _no_county(folders: Sequence[Path], county: str) -> Finding:
    known = [path.stem for folder in folders for path in folder.glob("county/*.yaml")]
    facts = {"name": county, "near": near_or_nothing(county, known), "known": ", ".join(sorted(known))}
    return Finding("PW046", Place(f"county/{county}.yaml"), facts=facts)


def _model(node: Node | None, model: type[M], findings: list[Finding]) -> M | None:
    if node is None:
        return None
    try:
        return as_model(node, model)
    except DefinitionRefused as refused:
        findings.extend(refused.findings)
        return None


def _entries(node: Node | None, key: str) -> Mapping[str, Node]:
    below = node.at(key) if node else None
    return below.entries() if below else {}


def _setting_values(county: Node | None) -> Mapping[str, Node]:
    settings = _entries(county, "settings")
    return {key: value for key, setting in settings.items() if (value := setting.at("value")) is not None}
