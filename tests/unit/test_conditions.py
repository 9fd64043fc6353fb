"""Conditions: typed when loaded, closed to anything but comparisons, and never open when something is missing."""

import pytest

from engine.condition_text import ConditionRefused
from engine.conditions import Unknown, compile_condition, evaluate
from engine.facts import FACTS, FactValue, FactVariable, variables
from pathways.definition_parts import Text
from pathways.vocabulary import Instrument

KNOWN = {
    **variables({"phq_9a": Instrument(fi="a", sv="b"), "core_om": Instrument(fi="a", sv="b", type="double")}),
}


def asked(text: str, **facts: FactValue | None) -> object:
    given = {name.replace("__", "."): value for name, value in facts.items()}
    return evaluate(compile_condition(text, KNOWN), given)


def why(text: str) -> str:
    with pytest.raises(ConditionRefused) as refused:
        compile_condition(text, KNOWN)
    return refused.value.why


def test_a_condition_holds_or_does_not() -> None:
    assert asked("client.age >= 13 && client.age <= 17", client__age=17) is True
    assert asked("client.age >= 13 && client.age <= 17", client__age=18) is False
    assert asked("case.channel in ['chat', 'lomake']", case__channel="chat") is True
    assert asked("!unit.promises_on || client.age > 64", unit__promises_on=True, client__age=65) is True


def test_a_missing_value_is_unknown_and_named() -> None:
    answer = asked("client.age >= 13 && client.guardian_may_know", client__age=15)

    assert answer == Unknown(("client.guardian_may_know",))


def test_what_is_missing_does_not_matter_when_the_rest_decides() -> None:
    assert asked("client.age >= 13 && client.guardian_may_know", client__age=5) is False
    assert asked("client.age < 13 || client.guardian_may_know", client__age=5) is True


@pytest.mark.parametrize("wrong", [None, "viisitoista", True, 15.5])
def test_a_value_of_the_wrong_type_counts_as_missing(wrong: FactValue | None) -> None:
    assert asked("client.age >= 13", client__age=wrong) == Unknown(("client.age",))


def test_an_unknown_can_not_be_used_as_true_or_false() -> None:
    with pytest.raises(TypeError):
        bool(asked("unit.promises_on"))


def test_a_whole_number_serves_where_a_decimal_is_asked() -> None:
    assert asked("answers.core_om >= 10", answers__core_om=10) is True
    assert asked("answers.core_om < 10.5", answers__core_om=10.4) is True


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("client.agee > 3", "unknown_variable"),
        ("client.age > 'a'", "wrong_type"),
        ("client.age == 1.5", "wrong_type"),
        ("client.age == true", "wrong_type"),
        ("case.urgency == 'kiire'", "no_such_value"),
        ("case.channel < 'a'", "no_order"),
        ("unit.promises_on > true", "no_order"),
        ("client.age", "not_bool"),
        ("client.age > case.concern", "literal_wanted"),
        ("client.age + 1 > 3", "unreadable"),
        ("client.age > 3 &&", "unreadable"),
        ("(client.age > 3", "unreadable"),
        ("size(case.channel) > 3", "unreadable"),
        ("case.channel.matches('a')", "unreadable"),
        ("[1, 2].all(x, x > 0)", "unreadable"),
        ("client.age > 3 ? true : false", "unreadable"),
        ("'a' == case.channel", "unreadable"),
        ("true", "unknown_variable"),
        ("", "unreadable"),
        ("!client.age == 3", "parentheses_wanted"),
        ("client.age > 99999999999999999999", "unreadable"),
        ("(" * 20 + "unit.promises_on" + ")" * 20, "too_deep"),
        ("!" * 20 + "unit.promises_on", "too_deep"),
        (" || ".join(["unit.promises_on"] * 13), "too_long"),
        ("unit.promises_on" + " " * 400, "too_long"),
    ],
)
def test_anything_but_comparisons_of_known_variables_is_refused(text: str, reason: str) -> None:
    assert why(text) == reason


def test_a_refusal_points_at_the_column() -> None:
    with pytest.raises(ConditionRefused) as refused:
        compile_condition("client.age > 3 && client.agee < 9", KNOWN)

    assert refused.value.column == 18


def test_and_binds_tighter_than_or() -> None:
    text = "unit.bilingual || unit.training && unit.promises_on"

    assert asked(text, unit__bilingual=True, unit__training=False, unit__promises_on=False) is True
    assert asked(text, unit__bilingual=False, unit__training=True, unit__promises_on=False) is False


@pytest.mark.parametrize("name", FACTS)
def test_every_variable_can_be_asked_for(name: str) -> None:
    fact = FACTS[name]
    literal = {"bool": "true", "int": "1", "double": "1.0", "string": f"'{(fact.values or ('x',))[0]}'"}[fact.type]

    assert compile_condition(f"{name} == {literal}", FACTS).names == (name,)


def test_a_quote_inside_a_literal_can_not_end_it() -> None:
    known = {"case.channel": FactVariable("string", Text(fi="a", sv="b"))}

    assert evaluate(compile_condition('case.channel == "a\' || true"', known), {"case.channel": "x"}) is False
