"""Reads `candidates/*.yaml`: the rules that find candidates, with the county's thresholds filled in and conditions compiled.

Everything that is wrong comes as findings with their place, as for pathways. What a night's run used is kept whole
(`body`), so that a hit can be explained in the very words and thresholds that made it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from engine.checks.condition_values import why_refused
from engine.checks.kinds import unknown_facts
from engine.conditions import Condition, ConditionRefused, compile_condition
from engine.facts import FACTS, FactVariable
from engine.findings import DefinitionRefused, Finding, in_order
from engine.model_errors import dotted
from engine.reader import as_model, read_file
from engine.settings_filled import SETTING, filled, settings_named
from engine.shelf import DEFAULT_COUNTY, SHIPPED, Shelved, load_shelf
from engine.source import Node
from engine.source import Path as Where
from pathways.candidate import CandidateRule, CandidateRules
from pathways.near_miss import near_or_nothing
from pathways.vocabulary import Vocabulary

CROSS_REGISTER = "cross_register_candidates"
FACTS_ASKED = (
    "client.age",
    "client.special_support",
    "client.child_protection",
    "client.has_children",
    "client.unclear_who_answers",
    "client.tells_again",
    "client.asks_coordination",
    "case.concern",
    "case.services",
)
"""What a rule may ask beside its counts; each is written down on a case by a person, or is the client's own."""
NOTED = tuple(name for name in FACTS_ASKED if name not in ("client.age",))
"""Those that stand among a case's noted facts."""
SLOT = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
"""A number in an explanation: `{count}`, `{threshold}` or `{case.concern}`."""


@dataclass(frozen=True)
class ReadRule:
    """A rule ready to ask. `thresholds` are the county's settings its conditions name."""

    id: str
    said: CandidateRule
    when: Condition | None
    direct_when: Condition | None
    thresholds: Mapping[str, int | float]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The facts its conditions ask for, in order."""
        asked = [name for each in (self.when, self.direct_when) if each for name in each.names]
        return tuple(dict.fromkeys(asked))

    @cached_property
    def counts(self) -> tuple[str, ...]:
        """The counts it is decided by."""
        return tuple(name.removeprefix("count.") for name in self.names if name.startswith("count."))


@dataclass(frozen=True)
class RuleBook:
    """The rules of one county as a run uses them. `cross_register`: rules that may count over registers do."""

    said: CandidateRules
    rules: Mapping[str, ReadRule]
    cross_register: bool = False
    physicians: tuple[str, ...] = ()
    """The professions that are physicians, as the shared words say."""

    @cached_property
    def body(self) -> dict[str, Any]:
        """Everything that is kept of it; `of_body` reads it back."""
        return {
            "said": self.said.model_dump(mode="json"),
            "thresholds": {key: dict(rule.thresholds) for key, rule in self.rules.items()},
            "cross_register": self.cross_register,
            "physicians": list(self.physicians),
        }

    @property
    def hash(self) -> str:
        """The same for the same rules, thresholds and switches."""
        return sha256(repr(sorted(_flat(self.body))).encode()).hexdigest()


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from _flat(below, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for index, below in enumerate(value):
            yield from _flat(below, f"{path}.{index}")
    else:
        yield path, repr(value)


def load_rule_book(folders: Sequence[Path] = (), county: str | None = DEFAULT_COUNTY) -> RuleBook | None:
    """Return the rules of these folders (the shipped ones first, the last file wins); None where the county uses none.

    Refuses with everything that is wrong in them.
    """
    folders = tuple(dict.fromkeys((SHIPPED, *folders)))
    shelved = load_shelf(folders, county)
    nodes = [node for path in rule_files(folders) if uses_rules(shelved, node := read_file(path))]
    books = [read_rule_book(node, shelved) for node in nodes]
    return books[-1] if books else None


def rule_files(folders: Sequence[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.glob("candidates/*.yaml"))]


def uses_rules(shelved: Shelved, node: Node) -> bool:
    """Whether the county has set any threshold of these rules; one that has set none counts nobody."""
    named = settings_named(node.at("rules"))
    return not named or bool(shelved.county and named & set(shelved.county.settings))


def read_rule_book(node: Node, shelved: Shelved) -> RuleBook:
    """Return the rules a file says; refuses with all its errors."""
    book, findings = examined_rule_book(node, shelved)
    if book is None or findings:
        raise DefinitionRefused(findings)
    return book


def examined_rule_book(node: Node, shelved: Shelved) -> tuple[RuleBook | None, tuple[Finding, ...]]:
    """Return the rules and what is wrong with them; no rules where the file isn't one."""
    settings = {key: setting.value for key, setting in shelved.county.settings.items()} if shelved.county else {}
    numbers = {key: value for key, value in settings.items() if isinstance(value, int | float)}
    written, findings = filled(node, settings, ())
    try:
        said = as_model(written, CandidateRules)
    except DefinitionRefused as refused:
        return None, in_order((*findings, *refused.findings))
    rules: dict[str, ReadRule] = {}
    variables = variables_of(said)
    for key, rule in said.rules.items():
        raw = node.at("rules", key) or node
        read = _read_rule(key, rule, raw, variables, numbers)
        rules[key] = read if isinstance(read, ReadRule) else ReadRule(key, rule, None, None, {})
        findings += [] if isinstance(read, ReadRule) else read
        findings += list(_text_findings(rules[key], said, raw, numbers))
    findings += list(_name_findings(said, node, shelved.vocabulary))
    cross = bool(shelved.county and shelved.county.feature.get(CROSS_REGISTER))
    physicians = tuple(key for key, one in shelved.vocabulary.professions.items() if one.physician)
    return RuleBook(said, rules, cross, physicians), in_order(findings)


def of_body(body: Mapping[str, Any]) -> RuleBook:
    """Return the rules that a run used."""
    said = CandidateRules.model_validate(body["said"])
    variables = variables_of(said)
    rules = {
        key: ReadRule(
            key,
            rule,
            compile_condition(rule.when, variables) if rule.when else None,
            compile_condition(rule.direct_when, variables) if rule.direct_when else None,
            body["thresholds"].get(key, {}),
        )
        for key, rule in said.rules.items()
    }
    return RuleBook(said, rules, bool(body["cross_register"]), tuple(body["physicians"]))


def variables_of(said: CandidateRules) -> Mapping[str, FactVariable]:
    """Return what conditions of these rules may name."""
    counts = {f"count.{key}": FactVariable("int", count.title) for key, count in said.counts.items()}
    return {**counts, **{name: FACTS[name] for name in FACTS_ASKED}}


def _read_rule(
    key: str,
    rule: CandidateRule,
    written: Node,
    variables: Mapping[str, FactVariable],
    numbers: Mapping[str, int | float],
) -> ReadRule | list[Finding]:
    findings: list[Finding] = []
    compiled: dict[str, Condition] = {}
    named: list[str] = []
    for part in ("when", "direct_when"):
        text, raw = getattr(rule, part), written.at(part)
        if text is None or raw is None:
            continue
        named += SETTING.findall(raw.text())
        try:
            compiled[part] = compile_condition(text, variables)
        except ConditionRefused as refused:
            code = "PW100" if refused.why == "unknown_variable" else "PW101"
            facts = {**why_refused(refused), "name": refused.about[0], "known": ", ".join(variables)}
            findings.append(Finding(code, raw.place, f"rules.{key}.{part}", facts))
    thresholds = {name: numbers[name] for name in dict.fromkeys(named) if name in numbers}
    return findings or ReadRule(key, rule, compiled.get("when"), compiled.get("direct_when"), thresholds)


def _text_findings(
    rule: ReadRule, said: CandidateRules, written: Node, numbers: Mapping[str, int | float]
) -> Iterator[Finding]:
    """A number that nothing fills would stand in an explanation as it is written."""
    known = {*said.counts, *numbers, *FACTS_ASKED}
    for part in ("worker", "client"):
        for language, words in getattr(rule.said, part).model_dump().items():
            for slot in SLOT.findall(words or ""):
                if slot not in known:
                    where: Where = (part, language)
                    facts = {"name": slot, "near": near_or_nothing(slot, known)}
                    yield Finding("PW103", written.value_place(where), f"rules.{rule.id}.{dotted(where)}", facts)


def _name_findings(said: CandidateRules, node: Node, words: Vocabulary) -> Iterator[Finding]:
    for kind, name, known, path in _named(said, words):
        if name not in known:
            if kind in ("count", "rule"):
                facts = {"name": name, "near": near_or_nothing(name, known), "known": ", ".join(known)}
                yield Finding("PW104", node.value_place(path), dotted(path), facts)
            else:
                yield Finding("PW024", node.value_place(path), dotted(path), unknown_facts(kind, name, known))


def _named(said: CandidateRules, words: Vocabulary) -> Iterator[tuple[str, str, Sequence[str], Where]]:
    for key, count in said.counts.items():
        path = ("counts", key)
        for index, name in enumerate(count.professions):
            yield "profession", name, tuple(words.professions), (*path, "professions", index)
        for index, name in enumerate(count.outcomes):
            yield "outcome", name, tuple(words.outcomes), (*path, "outcomes", index)
        for index, name in enumerate(count.settled_by):
            yield "end", name, tuple(words.ends), (*path, "settled_by", index)
        for index, name in enumerate(count.rules):
            yield "rule", name, tuple(said.rules), (*path, "rules", index)
        if count.among:
            compared = [one for one, each in said.counts.items() if each.of == "contacts"]
            yield "count", count.among, compared, (*path, "among")
    for key, rule in said.rules.items():
        for index, name in enumerate(rule.shows):
            yield "count", name, tuple(said.counts), ("rules", key, "shows", index)
