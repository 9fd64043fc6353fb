"""Conditions: each type-checks and can be both true and false. Small enough to try every case that matters."""

from collections.abc import Iterator, Mapping

from engine.checks.data_cases import asked_by
from engine.checks.data_values import cases_of, known_variables, limits_of, truth, values_told_apart
from engine.checks.examined import Examined
from engine.condition_text import ConditionRefused
from engine.conditions import Condition, compile_condition
from engine.findings import Finding
from engine.source import Path
from pathways.definition_parts import Text


def condition_findings(examined: Examined) -> Iterator[Finding]:
    """Give a finding for every condition that can't be read, or is always true, or never."""
    known, limits = known_variables(examined), limits_of(examined)
    for path, text in conditions_of(examined):
        try:
            condition = compile_condition(text, known)
        except ConditionRefused as refused:
            yield _unreadable(examined, path, refused)
            continue
        answers = _answers(condition, limits)
        if answers == {True}:
            yield examined.at_value("PW022", path, condition=text)
        if answers == {False}:
            yield examined.at_value("PW023", path, condition=text)
        yield from _unanswered(examined, path, condition)


def _unanswered(examined: Examined, path: Path, condition: Condition) -> Iterator[Finding]:
    """Give a finding for every answer that the pathway's own condition waits for and none of its steps asks."""
    asked = {name for placed in examined.placed for name in asked_by(placed.step)}
    asked |= {f"answers.{key}" for key in examined.definition.measures.instruments}
    for name in condition.names:
        if name.startswith("answers.") and name not in asked and examined.read.written.at(*path) is not None:
            yield examined.at_value("PW025", path, name=name)


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
    return examined.at_value("PW021", path, **why_refused(refused)).moved_right(refused.column)


def why_refused(refused: ConditionRefused) -> dict[str, str]:
    """Return the facts of a finding about a condition that can't be read."""
    words = _WHY[refused.why]
    said = {language: words.in_language(language).format(*refused.about, "", "") for language in ("fi", "sv", "en")}
    near = refused.about[1] if refused.why == "unknown_variable" else ""
    return {"why": said["en"], "why_fi": said["fi"], "why_sv": said["sv"], "near": near}


def _answers(condition: Condition, limits: Mapping[str, tuple[float, float]]) -> set[bool]:
    """Return the truth values a condition can have; both, where there are too many cases to try."""
    cases = cases_of({name: values_told_apart(name, (condition,), limits) for name in condition.names})
    if cases is None:
        return {True, False}
    return {truth(condition.expression, case) is True for case in cases}


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
