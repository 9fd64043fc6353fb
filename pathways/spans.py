"""Words for spans and anchors inside definitions. Their meaning lives in `goal.py` and `working_time.py`."""

from typing import Annotated, Literal

from pydantic import AfterValidator

from pathways.goal import parse_goal
from pathways.tier_anchor import parse_tier_anchor


def _is_goal(text: str) -> str:
    parse_goal(text)
    return text


GoalText = Annotated[str, AfterValidator(_is_goal)]
"""By when: `same day`, `7 working days`, `28 days`, `24 hours`."""


def _is_anchor(text: str) -> str:
    parse_tier_anchor(text)
    return text


AnchorText = Annotated[str, AfterValidator(_is_anchor)]
"""When a rung fires: `at 50%`, `2 service hours before`, `at breach`, `2 working days after breach`."""

Roll = Literal["none", "forward", "backward"]
