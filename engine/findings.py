"""Findings: what is wrong in a definition, where it stands, and what to do about it in fi, sv and en."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

from engine.source import Place

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `facts` fill the sentence; `way` is the shortest path that shows it."""

    code: str
    place: Place
    path: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    way: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """Whether it refuses the definition or only warns."""
        severity: Severity = _sentences()[self.code]["severity"]
        return severity

    @property
    def name(self) -> str:
        """The code's name, for programs that show one."""
        return name_of(self.code)

    @property
    def is_unreadable(self) -> bool:
        """Whether the text itself can't be read, so that nothing more could be checked."""
        return self.code in ("PW000", "PW001", "PW002", "PW003")

    def moved_right(self, columns: int) -> "Finding":
        """Return the finding pointing so many columns further right, inside a quoted text."""
        return replace(self, place=replace(self.place, column=self.place.column + columns + 1)) if columns else self

    def sentence(self, language: str = "en") -> str:
        """Return what is wrong, in plain words."""
        said = _filled(_sentences()[self.code][language]["says"], self._facts_in(language))
        way = f" ({' → '.join(self.way)})" if self.way else ""
        return f"{self.path}: {said}{way}" if self.path else f"{said}{way}"

    def remedy(self, language: str = "en") -> str:
        """Return what to do about it."""
        return _filled(_sentences()[self.code][language]["remedy"], self._facts_in(language))

    def _facts_in(self, language: str) -> Mapping[str, str]:
        """Return the facts with the near miss said in the reader's language."""
        near = self.facts.get("near")
        return {**self.facts, "near": _MEANT[language].format(near)} if near else self.facts


_MEANT = {"fi": '; tarkoititko "{}"?', "sv": '; menade du "{}"?', "en": '; did you mean "{}"?'}


class DefinitionRefused(Exception):
    """A definition has errors; all of them that could be found together are here."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(f"{finding.place}: {finding.sentence()}" for finding in self.findings))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings once each, by place."""
    unique = {(f.code, f.place, f.path, f.sentence()): f for f in findings}
    return tuple(sorted(unique.values(), key=lambda finding: (finding.place, finding.code, finding.path)))


def all_codes() -> tuple[str, ...]:
    """Return every code there is."""
    return tuple(_sentences())


def name_of(code: str) -> str:
    """Return a code's name: `EndLeavesPromiseOpen`."""
    name: str = _sentences()[code].get("name", code)
    return name


def severity_of(code: str) -> Severity:
    """Return whether a code refuses a definition or only warns."""
    severity: Severity = _sentences()[code]["severity"]
    return severity


def in_general(code: str, language: str = "en") -> tuple[str, str]:
    """Return what a code says and what to do about it, with … where a finding has its facts."""
    said, facts = _sentences()[code][language], _Left()
    return _filled(said["says"], facts), _filled(said["remedy"], facts)


class _Left(defaultdict[str, str]):
    def __missing__(self, key: str) -> str:
        return "" if key == "near" else "…"


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _filled(sentence: str, facts: Mapping[str, str]) -> str:
    known = facts if isinstance(facts, defaultdict) else _Facts(facts)
    return " ".join(sentence.format_map(known).split())


@cache
def _sentences() -> dict[str, Any]:
    text = resources.files("engine").joinpath("findings.yaml").read_text(encoding="utf-8")
    sentences: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return sentences
