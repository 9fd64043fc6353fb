"""The checker's exploration against brute force, on small definitions at random: they find the same."""

import json
import os
from typing import Any

from hypothesis import HealthCheck, assume, given, settings

from engine.checks.examined import Examined, Shelves
from engine.checks.flow import flow_findings
from engine.checks.pathway_space import PathwaySpace
from engine.checks.promise_ends import promise_end_findings
from engine.checks.responsibility import responsibility_findings
from engine.expansion import Shelf
from engine.reader import read_pathway
from tests.definitions.breaking import the_shelf
from tests.definitions.brute_force import BruteForce, Seen, TooMany
from tests.definitions.small_definitions import definitions

FULL = os.environ.get("PATHWAYS_TEST_FULL") == "1"
LEFT = {"PW076", "PW077", "PW082", "PW084"}


def examined(content: dict[str, Any]) -> Examined:
    shelved = the_shelf()
    shelf = Shelf(vocabulary=shelved.shelf.vocabulary)
    return Examined(read_pathway(json.dumps(content), "koe.yaml", shelf), Shelves(shelved.vocabulary))


def followed(of: Examined, *, beside: bool) -> Seen:
    try:
        return BruteForce(of.definition, beside).follow()
    except TooMany:
        assume(False)
        raise


@settings(
    max_examples=2000 if FULL else 60, derandomize=not FULL, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(definitions())
def test_exploring_finds_what_brute_force_finds(content: dict[str, Any]) -> None:
    of = examined(content)
    space = PathwaySpace(of)
    main, everything = followed(of, beside=False), followed(of, beside=True)

    found = [(f.code, f.path.removeprefix("promises."), f.facts.get("end")) for f in promise_end_findings(of, space)]
    nobody = {f.facts["name"] for f in responsibility_findings(of, space) if f.code == "PW060"}
    unreached = {f.facts["name"] for f in flow_findings(of) if f.code == "PW050"}

    shown = {key for key, placed in of.steps.items() if not placed.is_region and placed.parent not in unreached}
    assert shown - everything.steps == unreached & shown
    assert main.unanswered == nobody
    assert {(promise, end) for code, promise, end in found if code in ("PW076", "PW077")} == main.left
    assert {promise for code, promise, _ in found if code in LEFT} == {promise for promise, _ in everything.left}
    assert {(promise, end) for code, promise, end in found if code in LEFT} <= everything.left
    assert space.proof.is_complete
