"""What would make a specification say less than it seems to: found before it runs, with file and line.

A weekday of another date; two scenarios of one name, of which only one would run; a keyword of another language, which
Gherkin swallows as description; a sentence nobody understands; a check that stands where nothing is checked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gherkin.dialect import DIALECTS

import features.steps  # noqa: F401 - teaches the vocabulary its sentences
from features.feature_file import FeatureFile, FeatureUnreadable, Scenario, StepLine, read_feature
from features.reading import LANGUAGES, NotReadable, Reader, wrong_weekdays
from features.sentences import VOCABULARY, Understood, UnknownSentence
from pathways.time_words import Language

_KEYWORDS = ("feature", "background", "rule", "scenario", "scenarioOutline", "examples")
_STEP_KEYWORDS = ("given", "when", "then", "and", "but")

WORDS: Mapping[str, Mapping[Language, str]] = {
    "same_name": {
        "fi": 'tapaus "{name}" on jo: {other}; kahdesta samannimisestä vain toinen ajettaisiin',
        "sv": 'scenariot "{name}" finns redan: {other}; av två med samma namn skulle bara det ena köras',
        "en": 'the scenario "{name}" is there already: {other}; of two with one name only one would run',
    },
    "keyword": {
        "fi": 'rivi alkaa avainsanalla "{word}", jota tämän tiedoston kieli ei tunne: sitä ei ajettaisi',
        "sv": 'raden börjar med nyckelordet "{word}", som filens språk inte känner: den skulle inte köras',
        "en": 'the line begins with the keyword "{word}", which is none in this file\'s language: it would not run',
    },
    "check_needs_then": {
        "fi": '"{text}" on tarkistus; aloita se sanalla Niin',
        "sv": '"{text}" är en kontroll; börja den med Så',
        "en": '"{text}" is a check; begin it with Then',
    },
    "then_needs_check": {
        "fi": '"{text}" ei tarkista mitään; aloita se sanalla Oletetaan tai Kun',
        "sv": '"{text}" kontrollerar ingenting; börja den med Givet eller När',
        "en": '"{text}" checks nothing; begin it with Given or When',
    },
    "no_check": {
        "fi": 'tapaus "{name}" ei tarkista mitään: siinä ei ole askelta Niin',
        "sv": 'scenariot "{name}" kontrollerar ingenting: det har inget steg med Så',
        "en": 'the scenario "{name}" checks nothing: it has no Then',
    },
    "no_scenarios": {
        "fi": "tiedostossa ei ole yhtään tapausta",
        "sv": "filen har inga scenarier",
        "en": "there is no scenario in this file",
    },
    "no_steps": {
        "fi": 'tapauksessa "{name}" ei ole askelia',
        "sv": 'scenariot "{name}" har inga steg',
        "en": 'the scenario "{name}" has no steps',
    },
    "table": {
        "fi": '"{text}" {wants} taulukon',
        "sv": '"{text}" {wants} en tabell',
        "en": '"{text}" {wants} a table',
    },
}
_WANTS: Mapping[Language, tuple[str, str]] = {
    "fi": ("ei ota", "tarvitsee"),
    "sv": ("tar inte", "behöver"),
    "en": ("takes no", "needs"),
}


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong, where it stands."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}" if self.line else self.sentence


def findings_in(paths: Iterable[Path]) -> list[Finding]:
    """Everything that is wrong in these files, each by itself and all together."""
    found: list[Finding] = []
    features: list[FeatureFile] = []
    for path in paths:
        try:
            features.append(read_feature(path))
        except FeatureUnreadable as refused:
            found.append(Finding(str(path), 0, str(refused)))
    for feature in features:
        found += findings_of(feature)
    return sorted(dict.fromkeys([*found, *_same_names(features)]))


def findings_of(feature: FeatureFile) -> Iterator[Finding]:
    """What is wrong in one file."""
    yield from _swallowed_keywords(feature)
    if not feature.scenarios:
        yield Finding(
            feature.path, feature.document["feature"]["location"]["line"], _said("no_scenarios", feature.language)
        )
    for scenario in feature.scenarios:
        yield from _of_scenario(scenario)


def _said(what: str, language: Language, **facts: str) -> str:
    return WORDS[what][language].format(**facts)


def _same_names(features: Iterable[FeatureFile]) -> Iterator[Finding]:
    seen: dict[str, Scenario] = {}
    for scenario in (scenario for feature in features for scenario in feature.scenarios):
        other = seen.setdefault(scenario.name.casefold(), scenario)
        same_outline = (other.file, other.outline) == (scenario.file, scenario.outline)
        if not same_outline:
            where = f"{other.file}:{other.outline}"
            said = _said("same_name", scenario.language, name=scenario.name, other=where)
            yield Finding(scenario.file, scenario.outline, said)


# --- keywords -------------------------------------------------------------------------------------------------


def _swallowed_keywords(feature: FeatureFile) -> Iterator[Finding]:
    for line, text in _descriptions(feature.document["feature"]):
        word = _keyword_at_start(text)
        if word:
            yield Finding(feature.path, line, _said("keyword", feature.language, word=word))


def _descriptions(node: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Every line of free text, with its number: Gherkin takes there whatever it doesn't know."""
    below = node["location"]["line"] + 1
    for offset, text in enumerate((node.get("description") or "").splitlines()):
        yield below + offset, text.strip()
    for child in node.get("children", []):
        yield from _descriptions(next(iter(child.values())))
    for examples in node.get("examples", []):
        yield from _descriptions(examples)


def _keyword_at_start(text: str) -> str | None:
    word: str
    for language in LANGUAGES:
        dialect: Mapping[str, Any] = {**DIALECTS[language]}
        for word in (w for kind in _KEYWORDS for w in dialect[kind]):
            if text.startswith(f"{word}:"):
                return word
        for word in (w.strip() for kind in _STEP_KEYWORDS for w in dialect[kind]):
            if word != "*" and re.match(rf"{word}\b", text):
                return word
    return None


# --- scenarios ------------------------------------------------------------------------------------------------


def _of_scenario(scenario: Scenario) -> Iterator[Finding]:
    if not scenario.steps:
        yield Finding(scenario.file, scenario.line, _said("no_steps", scenario.language, name=scenario.name))
    elif not any(step.says == "then" for step in scenario.steps):
        yield Finding(scenario.file, scenario.line, _said("no_check", scenario.language, name=scenario.name))
    for sentence in wrong_weekdays(scenario.name, scenario.language):
        yield Finding(scenario.file, scenario.line, sentence)
    reader = Reader(scenario.language)
    for step in scenario.steps:
        for sentence in _of_step(step, reader):
            yield Finding(scenario.file, step.line, sentence)


def _of_step(step: StepLine, reader: Reader) -> Iterator[str]:
    cells = [cell for row in step.table or () for cell in row]
    for text in (step.text, *cells):
        yield from wrong_weekdays(text, reader.language)
    try:
        understood = VOCABULARY.understand(step.text, reader)
    except (UnknownSentence, NotReadable) as refused:
        yield str(refused)
        return
    yield from _misplaced(step, understood, reader.language)


def _misplaced(step: StepLine, understood: Understood, language: Language) -> Iterator[str]:
    checks = understood.step.says == "then"
    if checks and step.says != "then":
        yield _said("check_needs_then", language, text=step.text)
    if not checks and step.says == "then":
        yield _said("then_needs_check", language, text=step.text)
    if (step.table is None and understood.step.needs_table) or (step.table and not understood.step.takes_table):
        yield _said("table", language, text=step.text, wants=_WANTS[language][step.table is None])
