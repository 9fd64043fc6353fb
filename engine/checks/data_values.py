"""Data as conditions see it: for each variable one value for every way its comparisons tell values apart, or none yet.

A condition is true, false or unknown, as in CEL: what is false for certain stays false beside an unknown.
"""

from collections.abc import Iterable, Mapping
from itertools import product
from math import prod

from engine.checks.examined import Examined
from engine.condition_text import Comparison, Expression, Literal_, Not, comparisons
from engine.conditions import Condition
from engine.facts import FactVariable, variables

MOST_CASES = 20_000
"""So many combinations of values are tried; a condition with more is taken to be able to be anything."""
Values = Mapping[str, Literal_ | None]
"""A value for every variable; None where nobody knows it yet."""
_LIMITS: Mapping[str, tuple[float, float]] = {
    "client.age": (0, 130),
    "client.age_months": (0, 1560),
    "case.concern": (0, 3),
    "case.services": (0, 100),
    "case.episode": (1, 1000),
}


def known_variables(examined: Examined) -> Mapping[str, FactVariable]:
    """Return the variables this pathway's conditions may name."""
    fields = [(key, asked) for placed in examined.placed for key, asked in placed.step.fields.items()]
    return variables(examined.shelves.vocabulary.instruments, fields)


def limits_of(examined: Examined) -> Mapping[str, tuple[float, float]]:
    """Return between which numbers a variable lies, where that is known."""
    instruments = examined.shelves.vocabulary.instruments.items()
    scored = {
        f"answers.{key}": (each.lowest, each.highest)
        for key, each in instruments
        if each.lowest is not None and each.highest is not None
    }
    return {**_LIMITS, **scored}


def values_told_apart(
    name: str, conditions: Iterable[Condition], limits: Mapping[str, tuple[float, float]]
) -> tuple[Literal_, ...]:
    """Return one value for every way these conditions can tell values of this variable apart."""
    conditions = tuple(conditions)
    variable = next(each.variables[name] for each in conditions if name in each.variables)
    compared = [one for each in conditions for one in comparisons(each.expression) if one.name == name]
    literals = {literal for each in compared for literal in each.literals}
    if variable.type == "bool":
        return (True, False)
    if variable.type == "string":
        return variable.values or (*sorted(str(literal) for literal in literals), "\0")
    step = 1 if variable.type == "int" else 0.5
    numbers = [literal for literal in literals if not isinstance(literal, str)]
    lowest, highest = limits.get(name, (float("-inf"), float("inf")))
    near = {value for number in numbers for value in (number - step, number, number + step)}
    return tuple(sorted(value for value in near if lowest <= value <= highest)) or (lowest,)


def cases_of(values: Mapping[str, tuple[Literal_ | None, ...]]) -> tuple[Values, ...] | None:
    """Return every combination of values, or nothing where there are too many to try."""
    if prod(len(each) for each in values.values()) > MOST_CASES:
        return None
    return tuple(dict(zip(values, chosen, strict=True)) for chosen in product(*values.values()))


def truth(expression: Expression, values: Values) -> bool | None:
    """Return whether an expression holds for these values; None where what is missing decides."""
    if isinstance(expression, Not):
        inner = truth(expression.inner, values)
        return None if inner is None else not inner
    if isinstance(expression, Comparison):
        value = values[expression.name]
        return None if value is None else _compares(expression, value)
    holds = {truth(part, values) for part in expression.parts}
    deciding = expression.operator == "||"
    if deciding in holds:
        return deciding
    return None if None in holds else not deciding


def _compares(comparison: Comparison, value: Literal_) -> bool:
    if comparison.operator == "is":
        return value is True
    if comparison.operator == "in":
        return value in comparison.literals
    other = comparison.literals[0]
    if comparison.operator in ("==", "!="):
        return (value == other) is (comparison.operator == "==")
    assert not isinstance(value, str) and not isinstance(other, str)  # noqa: PT018, S101 - types were checked
    return {"<": value < other, "<=": value <= other, ">": value > other, ">=": value >= other}[comparison.operator]
