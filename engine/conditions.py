"""Conditions: a small part of CEL, typed when a definition is loaded, and the one function that evaluates.

A condition compares declared variables with literals and joins comparisons with `&&`, `||` and `!`; nothing else.
CEL fails open: a missing value comes back as a truthy error. So only a BOOL is a result here, and anything else is
`UNKNOWN`, which names what is missing and refuses to be used as a truth value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

from cel_expr_python import cel

from engine.condition_text import Comparison, ConditionRefused, Expression, comparisons, parse_condition, written
from engine.facts import FactType, FactValue, FactVariable
from pathways.near_miss import near_or_nothing

__all__ = ["Condition", "ConditionRefused", "Truth", "Unknown", "compile_condition", "evaluate"]

_CEL_TYPES: Mapping[FactType, Any] = {
    "bool": cel.Type.BOOL,
    "int": cel.Type.INT,
    "double": cel.Type.DOUBLE,
    "string": cel.Type.STRING,
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """Neither true nor false: the named variables have no value. It never opens consent, access or law."""

    missing: tuple[str, ...]

    def __bool__(self) -> bool:
        raise TypeError("an unknown condition is neither true nor false; compare it with True or False")


Truth: TypeAlias = Literal[True, False] | Unknown


@dataclass(frozen=True)
class Condition:
    """A condition ready to ask; compiled once and shared by all threads."""

    text: str
    expression: Expression
    variables: Mapping[str, FactVariable]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The variables it names, in order."""
        return tuple(dict.fromkeys(comparison.name for comparison in comparisons(self.expression)))

    @cached_property
    def program(self) -> Any:
        """CEL's own compiled form; its type checker has the last word."""
        types = {name: _CEL_TYPES[self.variables[name].type] for name in self.names}
        try:
            program = cel.NewEnv(variables=types).compile(written(self.expression, self.variables))
        except RuntimeError as error:
            raise ConditionRefused(0, "cel", str(error).splitlines()[0]) from None
        if program.return_type() != cel.Type.BOOL:
            raise ConditionRefused(0, "not_bool", self.text)
        return program


def compile_condition(text: str, variables: Mapping[str, FactVariable]) -> Condition:
    """Return the condition these words say; refuses unknown variables, wrong types and anything but comparisons."""
    condition = Condition(text, parse_condition(text), variables)
    for comparison in comparisons(condition.expression):
        _check_types(comparison, variables)
    _ = condition.program
    return condition


def evaluate(condition: Condition, facts: Mapping[str, FactValue | None]) -> Truth:
    """Return whether the condition holds for these facts, or what is missing to say so."""
    known = {name: facts[name] for name in condition.names if _fits(facts.get(name), condition.variables[name].type)}
    data = {name: _as_cel(value, condition.variables[name].type) for name, value in known.items()}
    result = condition.program.eval(data=data)
    if result.type() == cel.Type.BOOL:
        return bool(result.value())
    return Unknown(tuple(name for name in condition.names if name not in known))


def _check_types(comparison: Comparison, variables: Mapping[str, FactVariable]) -> None:
    variable = variables.get(comparison.name)
    if variable is None:
        near = near_or_nothing(comparison.name, variables)
        raise ConditionRefused(comparison.column, "unknown_variable", comparison.name, near)
    for literal in comparison.literals:
        if not _fits(literal, variable.type):
            raise ConditionRefused(comparison.column, "wrong_type", comparison.name, variable.type)
        if variable.values and literal not in variable.values:
            raise ConditionRefused(comparison.column, "no_such_value", str(literal), ", ".join(variable.values))
    if comparison.operator in ("<", "<=", ">", ">=") and variable.type in ("bool", "string"):
        raise ConditionRefused(comparison.column, "no_order", comparison.name, variable.type)
    if comparison.operator == "is" and variable.type != "bool":
        raise ConditionRefused(comparison.column, "not_bool", comparison.name, variable.type)


def _fits(value: object, type_: FactType) -> bool:
    if isinstance(value, bool):
        return type_ == "bool"
    if isinstance(value, int):
        return type_ in ("int", "double")
    if isinstance(value, float):
        return type_ == "double"
    return isinstance(value, str) and type_ == "string"


def _as_cel(value: FactValue | None, type_: FactType) -> FactValue | None:
    return float(value) if type_ == "double" and isinstance(value, int) else value
