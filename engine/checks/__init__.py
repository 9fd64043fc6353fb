"""Checks: what a schema can't see. Every check is a function from an examined pathway to findings."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.checks.closing import closing_findings
from engine.checks.condition_values import condition_findings
from engine.checks.examined import Examined, Shelves
from engine.checks.exploration import MOST_STATES, Proof
from engine.checks.flow import flow_findings
from engine.checks.handovers import handover_findings
from engine.checks.law import law_findings
from engine.checks.names import name_findings
from engine.checks.opening_hours import opening_hours_findings
from engine.checks.pathway_space import PathwaySpace
from engine.checks.promise_ends import promise_end_findings
from engine.checks.promises import promise_findings
from engine.checks.responsibility import responsibility_findings
from engine.checks.words import word_findings
from engine.findings import Finding, in_order
from engine.reader import ReadPathway

Check = Callable[[Examined], Iterator[Finding]]

CHECKS: Sequence[Check] = (
    name_findings,
    word_findings,
    condition_findings,
    flow_findings,
    promise_findings,
    law_findings,
    opening_hours_findings,
    closing_findings,
    handover_findings,
)
"""What is asked of every pathway as it is written."""


def check(read: ReadPathway, shelves: Shelves) -> tuple[Finding, ...]:
    """Return everything wrong with a pathway, in the order it stands in the file."""
    return proven(read, shelves).findings


def check_as_written(read: ReadPathway, shelves: Shelves) -> tuple[Finding, ...]:
    """Return what is wrong as far as it shows without following the ways through the steps: quick, for loading."""
    examined = Examined(read, shelves)
    return in_order(finding for question in CHECKS for finding in question(examined))


@dataclass(frozen=True)
class Proven:
    """What the checker says of a pathway, and what it explored to be able to say it."""

    findings: tuple[Finding, ...]
    proof: Proof


def proven(read: ReadPathway, shelves: Shelves, most: int = MOST_STATES) -> Proven:
    """Check a pathway. Where its promises end is explored last: every name and condition has to mean something first."""
    examined = Examined(read, shelves)
    findings = [finding for question in CHECKS for finding in question(examined)]
    space = PathwaySpace(examined, most)
    if not {finding.code for finding in findings} & _WAYLESS:
        findings.extend(responsibility_findings(examined, space))
    if not any(finding.severity == "error" for finding in findings):
        findings.extend(promise_end_findings(examined, space))
    return Proven(in_order(findings), space.proof.ended())


_WAYLESS = frozenset({"PW021"})
"""What leaves no way to explore: a condition nobody can read."""
