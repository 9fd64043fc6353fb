"""Every rule of service promises (1 to 29) has a test that names it with `@pytest.mark.rule(…)`, and no test names another."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

TESTS = Path(__file__).parents[1]
RULES = range(1, 30)


def rules_named_by(test: ast.FunctionDef) -> Iterator[int]:
    for decorator in test.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.rule":
            yield from (ast.literal_eval(argument) for argument in decorator.args)


def named_rules() -> Mapping[int, list[str]]:
    """Rule → the tests that name it, as `file::test`."""
    found: dict[int, list[str]] = defaultdict(list)
    for file in sorted(TESTS.rglob("test_*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for rule in rules_named_by(node):
                    found[rule].append(f"{file.relative_to(TESTS)}::{node.name}")
    return found


def test_every_rule_of_promises_has_a_test_that_names_it() -> None:
    named = named_rules()

    assert [rule for rule in RULES if rule not in named] == []


def test_no_test_names_a_rule_that_does_not_exist() -> None:
    assert {rule: tests for rule, tests in named_rules().items() if rule not in RULES} == {}
