"""One pathway broken in one place at a time: each code with an edit that triggers it and one that barely doesn't."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.checks import check
from engine.checks.examined import Shelves
from engine.expansion import Shelf
from engine.findings import DefinitionRefused, Finding
from engine.reader import read_pathway
from engine.shelf import Shelved, load_shelf
from pathways.definition import PathwayDefinition
from pathways.vocabulary import Vocabulary

SMALL = (Path(__file__).parent / "small_pathway.yaml").read_text("utf-8")
Edit = tuple[str, str]


@dataclass(frozen=True)
class Break:
    """An edit that triggers a code, at the line that holds `at`, and one close to it that triggers nothing."""

    code: str
    breaks: Edit
    spares: Edit
    at: str = ""
    says: str = ""
    name: str = ""
    also: tuple[Edit, ...] = ()
    """Edits made first, for both."""

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


@cache
def the_shelf() -> Shelved:
    """The shipped blocks, law, words and the invented county."""
    return load_shelf()


def edited(*edits: Edit) -> str:
    """Return the small pathway with some places changed; each must be there exactly once."""
    text = SMALL
    for old, new in edits:
        assert text.count(old) == 1, f"{text.count(old)} times in the text: {old}"
        text = text.replace(old, new)
    return text


@cache
def findings_in(text: str) -> tuple[Finding, ...]:
    """Return what the checker says of a pathway's text."""
    return findings_beside(text)


def findings_beside(
    text: str,
    shelf: Shelf | None = None,
    pathways: dict[str, PathwayDefinition] | None = None,
    words: Vocabulary | None = None,
) -> tuple[Finding, ...]:
    """Return what the checker says when the shelf, the words or the other pathways are others."""
    shelved = the_shelf()
    try:
        read = read_pathway(text, "koe.yaml", shelf or shelved.shelf)
    except DefinitionRefused as refused:
        return refused.findings
    return check(read, Shelves(words or shelved.vocabulary, shelved.clocks, shelved.county, pathways=pathways or {}))


def codes_in(text: str) -> set[str]:
    """Return the codes of what the checker says."""
    return {finding.code for finding in findings_in(text)}
