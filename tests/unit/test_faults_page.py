"""The page of faults names every fault that is tried, and no other."""

import ast
from pathlib import Path

from tests.faults.ledger import on_the_page

FAULTS = Path(__file__).parents[1] / "faults"


def test_the_page_of_faults_has_a_row_for_every_test_that_notes_one() -> None:
    noted = 0
    for file in FAULTS.glob("test_*.py"):
        for test in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(test, ast.FunctionDef) and "ledger.note" in ast.unparse(test):
                noted += _sizes(test)

    rows = on_the_page()
    assert len(rows) == len({row[0] for row in rows}) == noted
    assert {row[-1] for row in rows} == {"0"}


def _sizes(test: ast.FunctionDef) -> int:
    """How often a parametrized test runs."""
    marks = [ast.unparse(mark.func) for mark in test.decorator_list if isinstance(mark, ast.Call)]
    if "pytest.mark.parametrize" not in marks:
        return 1
    mark = next(m for m in test.decorator_list if isinstance(m, ast.Call) and "parametrize" in ast.unparse(m.func))
    values = mark.args[1]
    assert isinstance(values, ast.List)
    return len(values.elts)
