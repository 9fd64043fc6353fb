"""Words for spans and anchors inside definitions. Their meaning lives in `goal.py` and `working_time.py`."""

from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from pathways.goal import parse_goal


def _is_goal(text: str) -> str:
    parse_goal(text)
    return text


GoalText = Annotated[str, AfterValidator(_is_goal)]
"""By when: `same day`, `7 working days`, `28 days`, `24 hours`."""

AnchorText = Annotated[str, StringConstraints(min_length=1, max_length=80)]
"""When a rung fires: `at 50%`, `2 service hours before`, `at breach`, `2 working days after breach`."""

Roll = Literal["none", "forward", "backward"]
