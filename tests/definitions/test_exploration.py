"""What the exploration knows besides the steps: data that stay the same, who ends a step, and its own bound."""

import pytest

from engine.checks import Proven, proven
from engine.checks.examined import Shelves
from engine.checks.exploration import explore
from engine.reader import read_pathway
from tests.definitions.breaking import codes_in, edited, findings_in, the_shelf

MORE = "  hoidon_tarve: {law: D-10}\n"


def a_promise(**says: str) -> tuple[str, str]:
    """Return the edit that adds one promise to the small pathway."""
    words = {"kind": "promise", "title": "{fi: A, sv: A}", "within": "2 weeks", "ladder": "fast", **says}
    return MORE, f"{MORE}  oma: {{{', '.join(f'{key}: {said}' for key, said in words.items())}}}\n"


def explored(*edits: tuple[str, str], most: int = 10_000) -> Proven:
    shelved = the_shelf()
    read = read_pathway(edited(*edits), "koe.yaml", shelved.shelf)
    return proven(read, Shelves(shelved.vocabulary, shelved.clocks, shelved.county), most)


HEARD = 'when: "client.guardian_may_know"'


def kept_by_a_branch(applies: str) -> tuple[str, str]:
    """Return the edit that adds a promise which only the conditional branch of the assessment keeps."""
    stops = {"kept_when": "[step huoltaja done]", "cancelled_when": "[closed not reached, client declined]"}
    return a_promise(starts="[step arvio entered]", applies=f'"{applies}"', **stops)


@pytest.mark.parametrize(
    ("applies", "is_left"),
    [
        ("client.child_protection", False),
        ("client.child_protection && client.lives_alone", False),
        ("case.via_school", True),
        ("client.child_protection || client.lives_alone", True),
    ],
)
def test_whom_a_promise_concerns_decides_which_branches_there_are(applies: str, is_left: bool) -> None:
    branch = (HEARD, 'when: "client.child_protection"')

    assert ("PW076" in codes_in(edited(kept_by_a_branch(applies), branch))) is is_left


def test_what_changes_on_the_way_is_judged_anew() -> None:
    assert "PW076" in codes_in(edited(kept_by_a_branch("client.guardian_may_know")))


def test_a_branch_that_keeps_a_promise_may_be_left_out() -> None:
    kept = a_promise(
        starts="[step arvio entered]",
        kept_when="[step haastattelu done]",
        cancelled_when="[closed not reached, client declined]",
    )
    conditional = ("kind: assessment, role: hoitaja", 'kind: assessment, when: "client.has_children", role: hoitaja')

    assert codes_in(edited(kept)) == set()
    assert "PW076" in codes_in(edited(kept, conditional))


def test_a_physicians_visit_is_held_only_by_a_physician() -> None:
    said = a_promise(
        starts="[step hoito entered]", kept_when="[physician visit held]",
        cancelled_when="[closed not reached, client declined]",
    )  # fmt: skip
    roles = "professions: [psykologi], skills_any: [ipc]"

    alone = codes_in(edited(said, (roles, "professions: [laakari]")))
    among = findings_in(edited(said, (roles, "professions: [psykologi, laakari]")))

    assert "PW076" not in alone
    assert "PW076" in {finding.code for finding in among}


def test_a_bound_that_is_reached_is_said() -> None:
    found = explored(most=3)

    assert not found.proof.is_complete
    assert found.proof.unexplored > 0
    assert {"hoito_alkaa", "responsible"} <= set(found.proof.stopped)


def test_everything_is_explored_within_the_bound() -> None:
    found = explored()

    assert found.proof.is_complete
    assert found.proof.states > 100


def test_the_first_way_found_is_a_shortest_one() -> None:
    graph = {0: [1, 2], 1: [3], 2: [4], 3: [5], 4: [5], 5: []}

    found = explore([(0, ("0",))], lambda here: [(there, (str(there),)) for there in graph[here]])

    assert found.way(5) == ("0", "1", "3", "5")
    assert (len(found), found.unexplored) == (6, 0)


def test_exploring_stops_at_its_bound_and_counts_what_is_left() -> None:
    found = explore([(0, ())], lambda here: [(here + 1, ()), (here + 2, ())], most=10)

    assert found.unexplored > 0
    assert len(found) == 10 + found.unexplored
