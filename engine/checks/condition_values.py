"""Conditions: each type-checks and can be both true and false. Small enough to try every case that matters."""

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

from engine.checks.examined import Examined
from engine.condition_text import Comparison, ConditionRefused, Expression, Joined, Literal_, Not, comparisons
from engine.conditions import Condition, compile_condition
from engine.facts import FactVariable, variables
from engine.findings import Finding
from engine.source import Path
from pathways.definition_parts import Text

MOST_CASES = 20_000
_LIMITS: Mapping[str, tuple[float, float]] = {
    "client.age": (0, 130),
    "client.age_months": (0, 1560),
    "case.concern": (0, 3),
    "case.services": (0, 100),
    "case.episode": (1, 1000),
}


def condition_findings(examined: Examined) -> Iterator[Finding]:
    """Give a finding for every condition that can't be read, or is always true, or never."""
    known = known_variables(examined)
    for path, text in conditions_of(examined):
        try:
            condition = compile_condition(text, known)
        except ConditionRefused as refused:
            yield _unreadable(examined, path, refused)
            continue
        answers = _answers(condition, _limits(examined))
        if answers == {True}:
            yield examined.at_value("PW022", path, condition=text)
        if answers == {False}:
            yield examined.at_value("PW023", path, condition=text)


def known_variables(examined: Examined) -> Mapping[str, FactVariable]:
    """Return the variables this pathway's conditions may name."""
    fields = [(key, asked) for placed in examined.placed for key, asked in placed.step.fields.items()]
    return variables(examined.shelves.vocabulary.instruments, fields)


def conditions_of(examined: Examined) -> Iterator[tuple[Path, str]]:
    """Give every condition with where it stands."""
    definition = examined.definition
    if definition.suggested_for:
        yield ("suggested_for",), definition.suggested_for
    for placed in examined.placed:
        if placed.step.when:
            yield (*placed.path, "when"), placed.step.when
        for outcome, text in placed.step.suggests.items():
            yield (*placed.path, "suggests", outcome), text
    for key, promise in definition.promises.items():
        for name in ("applies", "scope"):
            if getattr(promise, name):
                yield ("promises", key, name), getattr(promise, name)
    for key, event in definition.events.items():
        if event.when:
            yield ("events", key, "when"), event.when
        if event.closes and event.closes.never_automatic_when:
            yield ("events", key, "closes", "never_automatic_when"), event.closes.never_automatic_when
    for index, target in enumerate(definition.handovers):
        if target.when:
            yield ("handovers", index, "when"), target.when


def _unreadable(examined: Examined, path: Path, refused: ConditionRefused) -> Finding:
    words = _WHY[refused.why]
    said = {language: words.in_language(language).format(*refused.about, "", "") for language in ("fi", "sv", "en")}
    near = refused.about[1] if refused.why == "unknown_variable" else ""
    finding = examined.at_value("PW021", path, why=said["en"], why_fi=said["fi"], why_sv=said["sv"], near=near)
    return finding.moved_right(refused.column)


def _limits(examined: Examined) -> Mapping[str, tuple[float, float]]:
    instruments = examined.shelves.vocabulary.instruments.items()
    scored = {
        f"answers.{key}": (each.lowest, each.highest)
        for key, each in instruments
        if each.lowest is not None and each.highest is not None
    }
    return {**_LIMITS, **scored}


def _answers(condition: Condition, limits: Mapping[str, tuple[float, float]]) -> set[bool]:
    """Return the truth values a condition can have; both, where there are too many cases to try."""
    values = {name: _values(name, condition, limits) for name in condition.names}
    if prod(len(each) for each in values.values()) > MOST_CASES:
        return {True, False}
    cases = (dict(zip(values, chosen, strict=True)) for chosen in product(*values.values()))
    return {_holds(condition.expression, case) for case in cases}


def _values(name: str, condition: Condition, limits: Mapping[str, tuple[float, float]]) -> tuple[Literal_, ...]:
    """Return one value for every way the comparisons can tell values of this variable apart."""
    variable = condition.variables[name]
    literals = {literal for each in comparisons(condition.expression) if each.name == name for literal in each.literals}
    if variable.type == "bool":
        return (True, False)
    if variable.type == "string":
        return variable.values or (*sorted(str(literal) for literal in literals), "\0")
    step = 1 if variable.type == "int" else 0.5
    numbers = [literal for literal in literals if not isinstance(literal, str)]
    lowest, highest = limits.get(name, (float("-inf"), float("inf")))
    near = {value for number in numbers for value in (number - step, number, number + step)}
    return tuple(sorted(value for value in near if lowest <= value <= highest)) or (lowest,)


def _holds(expression: Expression, case: Mapping[str, Literal_]) -> bool:
    if isinstance(expression, Not):
        return not _holds(expression.inner, case)
    if isinstance(expression, Joined):
        holds = [_holds(part, case) for part in expression.parts]
        return all(holds) if expression.operator == "&&" else any(holds)
    return _compares(expression, case[expression.name])


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


_WHY: Mapping[str, Text] = {
    "unknown_variable": Text(fi='ei muuttujaa "{0}"', sv='ingen variabel "{0}"', en='no variable "{0}"'),
    "wrong_type": Text(
        fi='muuttujan "{0}" tyyppi on {1}; arvo on toista tyyppiä',
        sv='variabeln "{0}" är av typen {1}; värdet är av en annan typ',
        en='"{0}" is of type {1}; the value is of another type',
    ),
    "no_such_value": Text(
        fi='arvoa "{0}" ei ole; mahdolliset: {1}',
        sv='värdet "{0}" finns inte; möjliga: {1}',
        en='no value "{0}"; possible: {1}',
    ),
    "no_order": Text(
        fi='muuttujaa "{0}" ({1}) voi verrata vain merkeillä == ja !=',
        sv='variabeln "{0}" ({1}) kan bara jämföras med == och !=',
        en='"{0}" ({1}) can only be compared with == and !=',
    ),
    "not_bool": Text(
        fi='"{0}" ei ole kyllä tai ei -muuttuja; vertaa sitä arvoon',
        sv='"{0}" är ingen ja- eller nej-variabel; jämför den med ett värde',
        en='"{0}" is no yes-or-no variable; compare it with a value',
    ),
    "literal_wanted": Text(
        fi='"{0}" ei ole arvo; muuttujaa verrataan lukuun, sanaan lainausmerkeissä tai arvoon true tai false',
        sv='"{0}" är inget värde; en variabel jämförs med ett tal, ett ord inom citattecken eller true eller false',
        en='"{0}" is no value; a variable is compared with a number, a quoted word, true or false',
    ),
    "parentheses_wanted": Text(
        fi="merkki ! tarvitsee sulut vertailun ympärille: !({0} …)",
        sv="tecknet ! kräver parentes kring jämförelsen: !({0} …)",
        en="! needs parentheses around the comparison: !({0} …)",
    ),
    "unreadable": Text(fi='kohtaa "{0}" ei ymmärretä', sv='stället "{0}" förstås inte', en='"{0}" is not understood'),
    "too_long": Text(
        fi="ehto on liian pitkä (enintään {0} merkkiä ja 12 vertailua)",
        sv="villkoret är för långt (högst {0} tecken och 12 jämförelser)",
        en="the condition is too long (at most {0} characters and 12 comparisons)",
    ),
    "too_deep": Text(
        fi="ehdossa on liikaa sisäkkäisiä sulkuja (enintään {0})",
        sv="villkoret har för många parenteser i varandra (högst {0})",
        en="the condition is nested too deep (at most {0})",
    ),
    "cel": Text(fi="{0}", sv="{0}", en="{0}"),
}
