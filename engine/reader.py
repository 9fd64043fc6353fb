"""Reader: a pathway's YAML → PathwayDefinition. Every error names file, line and column, and all come together."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from engine.expansion import Shelf, expand
from engine.findings import DefinitionRefused, Finding, in_order
from engine.model_errors import findings_of
from engine.source import Node, Place, plain
from engine.yaml_text import LONGEST, read_yaml
from pathways.definition import PathwayDefinition

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class ReadPathway:
    """A pathway as read: its expanded definition, and the nodes that know where everything stands."""

    definition: PathwayDefinition
    node: Node
    written: Node
    """The file itself, before anything was written into it."""


def read_pathway(text: str, file: str, shelf: Shelf) -> ReadPathway:
    """Return the expanded pathway; refuses with everything that is wrong in it."""
    return read_definition(read_yaml(text, file), shelf)


def read_definition(written: Node, shelf: Shelf) -> ReadPathway:
    """Return the expanded pathway of a file that is already nodes."""
    node, missing = expand(written, shelf)
    try:
        definition = as_model(node, PathwayDefinition)
    except DefinitionRefused as refused:
        raise DefinitionRefused(in_order((*missing, *refused.findings))) from None
    if missing:
        raise DefinitionRefused(in_order(missing))
    return ReadPathway(definition, node, written)


def as_model(node: Node, model: type[M]) -> M:
    """Return what the nodes say as a model; refuses with a finding for each thing the model doesn't take."""
    try:
        return model.model_validate(plain(node))
    except ValidationError as error:
        raise DefinitionRefused(in_order(findings_of(error, model, node))) from None


def read_file(path: Path) -> Node:
    """Return the nodes of a YAML file; refuses what is no readable text."""
    try:
        seen = path.stat()
        if seen.st_size > LONGEST:
            raise DefinitionRefused((Finding("PW003", Place(str(path))),))
        return _read_as_seen(path, seen.st_mtime_ns, seen.st_size)
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionRefused((Finding("PW000", Place(str(path)), facts={"why": _why(error)}),)) from None


@lru_cache(maxsize=256)
def _read_as_seen(path: Path, _changed: int, _size: int) -> Node:
    """Read a file once for as long as it stays as it is: parsing is most of the work, and nodes never change."""
    return read_yaml(path.read_text(encoding="utf-8-sig"), str(path))


def _why(error: Exception) -> str:
    return "UTF-8" if isinstance(error, UnicodeDecodeError) else str(getattr(error, "strerror", error))
