"""Which segment is proposed: (a set, what is known) → segment, or what is missing to say. Pure; people decide."""

from collections.abc import Mapping
from typing import Literal

from engine.conditions import Unknown, evaluate
from engine.facts import FactValue
from engine.segments import ReadSegments

Quadrant = Literal["omatoimi", "yhteistyo", "yhteiso", "verkosto"]
CUT = 50
SCALE = (0, 100)


def quadrant(resources: float, complexity: float, cut: float = CUT) -> Quadrant:
    """Suuntima's four fields: the client rates resources, the professional complexity, both 0–100.

    On the cut itself the client gets the field of more support. The mapping is a proposal (domain 5.3).
    """
    for value in (resources, complexity):
        if not SCALE[0] <= value <= SCALE[1]:
            raise ValueError(f"{value}: a scale of Suuntima goes from {SCALE[0]} to {SCALE[1]}")
    if complexity >= cut:
        return "yhteistyo" if resources > cut else "verkosto"
    return "omatoimi" if resources > cut else "yhteiso"


def segment_of(read: ReadSegments, facts: Mapping[str, FactValue | None]) -> str | Unknown | None:
    """The first segment whose condition holds; unknown while one before it can't be told; None where none holds."""
    known = {**facts, **_domains(read, facts)}
    for key, condition in read.segments.items():
        held = evaluate(condition, known)
        if held is True:
            return key
        if isinstance(held, Unknown):
            return Unknown(tuple(_missing(read, held, known)))
    return None


def _domains(read: ReadSegments, facts: Mapping[str, FactValue | None]) -> dict[str, FactValue | None]:
    """How many domains are raised, and how many at least while some can't be told."""
    answers = [evaluate(condition, facts) for condition in read.domains.values()]
    raised = sum(answer is True for answer in answers)
    all_known = not any(isinstance(answer, Unknown) for answer in answers)
    return {"domains.at_least": raised, "domains.raised": raised if all_known else None}


def _missing(read: ReadSegments, held: Unknown, facts: Mapping[str, FactValue | None]) -> dict[str, None]:
    """What to ask: the answers themselves, where a domain waits for them."""
    asked: dict[str, None] = {}
    for name in held.missing:
        if name.startswith("domains."):
            answers = (evaluate(condition, facts) for condition in read.domains.values())
            asked |= dict.fromkeys(each for answer in answers if isinstance(answer, Unknown) for each in answer.missing)
        else:
            asked[name] = None
    return asked
