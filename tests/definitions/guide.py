"""The worked example of definitions/README.md: its stages, put together as the guide tells a reader to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from engine.shelf import SHIPPED

README = SHIPPED / "README.md"
_FENCE = re.compile(r"^```(?P<kind>yaml väärin|yaml|text)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Stage:
    """The file after a stage, and the answers the guide shows. `kept`: the next stage builds on it."""

    heading: str
    text: str
    kept: bool
    answers: tuple[str, ...] = ()


def guide_of(readme: str) -> str:
    """Return the part of the README that teaches by example."""
    return readme.partition("<!-- guide -->")[2].partition("<!-- /guide -->")[0]


def stages(readme: str) -> tuple[Stage, ...]:
    """Return every stage in order: wrong ones are tried and left, the others are built upon."""
    found: list[Stage] = []
    whole: dict[str, Any] = {}
    guide = guide_of(readme)
    for fence in _FENCE.finditer(guide):
        if fence["kind"] == "text":
            found[-1] = replace(found[-1], answers=tuple(_lines(fence["body"])))
            continue
        tried = _put_together(whole, yaml.load(fence["body"], Loader=yaml.CSafeLoader) or {})
        kept = fence["kind"] == "yaml"
        heading = guide[: fence.start()].rpartition("\n### ")[2].partition("\n")[0]
        found.append(Stage(heading, _written(tried), kept))
        whole = tried if kept else whole
    return tuple(found)


def _lines(body: str) -> Iterator[str]:
    return (line for line in body.splitlines() if line.strip() and line != "…")


def _put_together(whole: dict[str, Any], stage: dict[str, Any]) -> dict[str, Any]:
    """Lay a stage over the file: what a section names again is replaced whole, everything else stays."""
    laid = dict(whole)
    for key, said in stage.items():
        before = laid.get(key)
        laid[key] = {**before, **said} if isinstance(before, dict) and isinstance(said, dict) else said
    return laid


def _written(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000) if content else ""
