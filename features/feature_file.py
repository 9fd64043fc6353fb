"""A feature file as its reader wrote it: scenarios with their steps, outlines filled in, backgrounds in front."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator

from features.sentences import Says
from pathways.time_words import Language

_SAYS: Mapping[str, Says] = {"Context": "given", "Action": "when", "Outcome": "then"}


class FeatureUnreadable(Exception):
    """A file that isn't Gherkin in a language we know, or no text; the sentence names file and line."""


@dataclass(frozen=True)
class StepLine:
    """One step of a scenario. `says` is what its keyword announces; *Ja* and *Mutta* go on as the one before."""

    says: Says
    text: str
    line: int
    table: tuple[tuple[str, ...], ...] | None = None


@dataclass(frozen=True)
class Scenario:
    """One thing that is promised, step by step. `outline` is the line of the outline (or scenario) it is written in."""

    name: str
    file: str
    line: int
    outline: int
    language: Language
    feature: str
    tags: tuple[str, ...]
    steps: tuple[StepLine, ...]

    @property
    def title(self) -> str:
        """Its name; an example of an outline says its line too."""
        return self.name if self.line == self.outline else f"{self.name} (:{self.line})"


@dataclass(frozen=True)
class FeatureFile:
    """A file with its scenarios; `document` is what Gherkin read, for whoever checks the file itself."""

    path: str
    language: Language
    name: str
    scenarios: tuple[Scenario, ...]
    document: Mapping[str, Any]


def read_feature(path: Path, shown_as: str | None = None) -> FeatureFile:
    """Read one file; `FeatureUnreadable` names what is wrong with it."""
    name = shown_as or str(path)
    try:
        document = cast(dict[str, Any], Parser().parse(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        raise FeatureUnreadable(f"{name}: {error}") from None
    except CompositeParserException as error:
        raise FeatureUnreadable("\n".join(f"{name}:{_told(each)}" for each in error.errors)) from None
    except ParserException as error:
        raise FeatureUnreadable(f"{name}:{_told(error)}") from None
    feature = document.get("feature")
    if feature is None:
        raise FeatureUnreadable(f"{name}: there is no feature in this file")
    if feature["language"] not in ("fi", "sv", "en"):
        raise FeatureUnreadable(f"{name}:1: language {feature['language']}; specifications are in fi, sv or en")
    return FeatureFile(name, feature["language"], feature["name"], tuple(_scenarios(document, name)), document)


def _told(error: Exception) -> str:
    """`(3:5): expected …` as `3:5: expected …`."""
    return str(error).replace("(", "", 1).replace(")", "", 1)


def _scenarios(document: dict[str, Any], file: str) -> Iterator[Scenario]:
    lines = dict(_lines(document))
    document["uri"] = file
    feature = document["feature"]
    for pickle in Compiler(IdGenerator()).compile(cast(Any, document)):
        yield Scenario(
            name=pickle["name"],
            file=file,
            line=lines[pickle["astNodeIds"][-1]],
            outline=lines[pickle["astNodeIds"][0]],
            language=feature["language"],
            feature=feature["name"],
            tags=tuple(tag["name"] for tag in pickle["tags"]),
            steps=tuple(_step(step, lines) for step in pickle["steps"]),
        )


def _step(step: Mapping[str, Any], lines: Mapping[str, int]) -> StepLine:
    table = step.get("argument", {}).get("dataTable")
    rows = tuple(tuple(cell["value"] for cell in row["cells"]) for row in table["rows"]) if table else None
    return StepLine(_SAYS.get(step["type"], "given"), step["text"], lines[step["astNodeIds"][0]], rows)


def _lines(node: Any) -> Iterator[tuple[str, int]]:
    """The line of everything in the document that has an id."""
    if isinstance(node, Mapping):
        if "id" in node and "location" in node:
            yield node["id"], node["location"]["line"]
        for below in node.values():
            yield from _lines(below)
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for below in node:
            yield from _lines(below)
