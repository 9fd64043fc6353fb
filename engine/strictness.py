"""Strictness: whether one time is looser than another, for every start there can be.

Goals of one unit compare by number. Goals of different units compare by the shortest and the longest they can last.
"""

from pathways.goal import Goal, Unit, parse_goal

_SHORTEST: dict[Unit, float] = {
    "same_day": 0,
    "hour": 1 / 24,
    "service_hour": 1 / 24,
    "working_day": 1,
    "school_day": 1,
    "day": 1,
    "week": 7,
    "month": 28,
}
_LONGEST: dict[Unit, float] = {
    "same_day": 5,
    "hour": 1 / 24,
    "service_hour": 5,
    "working_day": 5,
    "school_day": 90,
    "day": 1,
    "week": 7,
    "month": 31,
}


def is_looser(given: str, limit: str) -> bool:
    """Return whether a time can end later than the limit does."""
    mine, theirs = parse_goal(given), parse_goal(limit)
    if mine.unit == theirs.unit:
        return mine.number > theirs.number
    return _most(mine) > _least(theirs)


def _most(goal: Goal) -> float:
    if goal.unit in ("working_day", "school_day"):
        weeks, rest = divmod(goal.number, 5)
        return weeks * 7 + rest + _LONGEST[goal.unit]
    return goal.number * _LONGEST[goal.unit]


def _least(goal: Goal) -> float:
    if goal.unit in ("working_day", "school_day"):
        return goal.number + 2 * ((goal.number - 1) // 5)
    return goal.number * _SHORTEST[goal.unit]
