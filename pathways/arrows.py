"""Arrows: how a lifecycle may move. Each noun declares its own table; one verb is one arrow, and the rule's name."""

from collections.abc import Mapping

from pathways.errors import ArrowNotPossible

Arrows = Mapping[str, tuple[tuple[str, ...], str]]
"""Verb → (states it may start from, state it leads to)."""


def verbs_from(arrows: Arrows, state: str) -> tuple[str, ...]:
    """What may be done from this state, in the order the table names it."""
    return tuple(verb for verb, (sources, _) in arrows.items() if state in sources)


def state_after(kind: str, arrows: Arrows, state: str, verb: str) -> str:
    """The state a verb leads to; refused with the verbs that are possible from here."""
    if verb not in verbs_from(arrows, state):
        raise ArrowNotPossible(kind, verb, state, verbs_from(arrows, state))
    return arrows[verb][1]
