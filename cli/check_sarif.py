"""`pathways check --format sarif`: findings as code hosts and editors read them (SARIF 2.1.0).

A rule carries its name, what it says and its page in docs/checks; a finding that needs a path shows it as a code flow.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from engine.catalogue import Checked
from engine.findings import Finding, all_codes, in_general, name_of, severity_of
from engine.source import Node, Place

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
PAGES = "docs/checks"


def as_sarif(checked: Checked, lang: str) -> Mapping[str, Any]:
    """Return everything the checker says as one run."""
    codes = sorted(all_codes())
    driver = {"name": "pathways check", "rules": [_rule(code, lang) for code in codes]}
    flows = {_key(finding): node for finding, node in _with_ways(checked)}
    results = [
        _result(finding, lang, codes.index(finding.code), flows.get(_key(finding))) for finding in checked.findings
    ]
    invocation = {"executionSuccessful": not checked.is_unreadable}
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {"explored": explored(checked)},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def explored(checked: Checked) -> list[Mapping[str, Any]]:
    """Return how much of each pathway was explored."""
    return [
        {
            "file": str(path),
            "states": each.proof.states,
            "complete": each.proof.is_complete,
            "not_explored": list(each.proof.stopped),
            "milliseconds": each.proof.milliseconds,
        }
        for path, each in checked.proven.items()
    ]


def _rule(code: str, lang: str) -> Mapping[str, Any]:
    says, remedy = in_general(code, lang)
    page = f"{PAGES}/{code}.md"
    return {
        "id": code,
        "name": name_of(code),
        "shortDescription": {"text": says},
        "fullDescription": {"text": f"{says[:1].upper()}{says[1:]}. {remedy}"},
        "help": {"text": f"{remedy} ({page})", "markdown": f"{remedy}\n\n[{code}]({page})"},
        "helpUri": page,
        "defaultConfiguration": {"level": severity_of(code)},
    }


def _result(finding: Finding, lang: str, index: int, node: Node | None) -> Mapping[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": f"{finding.sentence(lang)} {finding.remedy(lang)}"},
        "locations": [{**_location(finding.place), "logicalLocations": [{"fullyQualifiedName": finding.path}]}],
    }
    if finding.way and node:
        places = [
            {"location": {**_location(place), "message": {"text": word}}} for word, place in _along(finding.way, node)
        ]
        result["codeFlows"] = [{"threadFlows": [{"locations": places}]}]
    return result


def _along(way: Sequence[str], node: Node) -> Iterator[tuple[str, Place]]:
    """Give each word of a way with where it stands: a step, an outcome of the step before it, an end or an event."""
    steps = {path[-1]: path for path in _step_paths(node)}
    here: tuple[str, ...] = ()
    leads = True  # the next word is where the last outcome led: a step may have the name of an outcome
    for word in way:
        outcome = (*here, "outcomes", word)
        if not leads and node.at(*outcome) is not None:
            leads = True
            yield word, node.place_of(outcome)
        elif word in steps:
            here, leads = steps[word], False
            yield word, node.place_of(here)
        elif word.startswith("end "):
            yield word, node.place_of(("ends", word.removeprefix("end ")))
        else:
            yield word, node.place_of(("events", word) if node.at("events", word) else here)


def _step_paths(node: Node, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    steps = node.at("steps")
    for key, step in steps.entries().items() if steps else ():
        path = (*above, "steps", key)
        yield path
        for join in (("all",), ("any",), ("n_of", "branches")):
            branches = step.at(*join)
            for branch, inside in branches.entries().items() if branches else ():
                yield (*path, *join, branch)
                yield from _step_paths(inside, (*path, *join, branch))


def _with_ways(checked: Checked) -> Iterator[tuple[Finding, Node]]:
    for path, each in checked.proven.items():
        for finding in each.findings:
            if finding.way:
                yield finding, checked.read[path].node


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.place, finding.path, finding.way


def _location(place: Place) -> Mapping[str, Any]:
    path = Path(place.file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    region = {"startLine": place.line, "startColumn": place.column}
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
