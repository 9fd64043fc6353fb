"""The ledger of faults: what each did, how much there was and what was wrong afterwards. The long run writes the page.

PATHWAYS_TEST_FULL=1 .venv/bin/python -m pytest tests/faults
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.after import After

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"
HEAD = ("fault", "kills", "cases", "promises", "rungs", "breaches", "messages", "longest lag", "wrong")
TABLE = re.compile(rf"^\| {HEAD[0]} \|.*?\n\n", re.MULTILINE | re.DOTALL)


@dataclass(slots=True)
class Ledger:
    """One row for each fault, in the order in which they were tried."""

    rows: list[tuple[str, ...]] = field(default_factory=list)

    def note(self, fault: str, found: After, *, kills: int = 0) -> None:
        """Keep what a fault came to; wrong counts make the test fail, and stand in the row."""
        counts = (kills, found.cases, found.promises, found.rungs, found.breaches, found.messages)
        wrong = ", ".join(f"{name} {count}" for name, count in found.wrong.items())
        self.rows.append((fault, *map(str, counts), _span(found.longest_lag), wrong or "0"))
        assert found.wrong == {}

    def write(self, when: str) -> None:
        """Put the rows on the page in place of those of the same faults; what was not tried this time stays."""
        kept = {row[0]: row for row in (*on_the_page(), *self.rows)}
        rows = (HEAD, ("---",) * len(HEAD), *kept.values(), _sum(list(kept.values())))
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        page = TABLE.sub(lambda _: "\n".join(lines) + "\n\n", PAGE.read_text(encoding="utf-8"), count=1)
        page = re.sub(r"(?<=^Last long run: ).*$", when, page, flags=re.MULTILINE)
        PAGE.write_text(page, encoding="utf-8")


def on_the_page() -> list[tuple[str, ...]]:
    """The rows of the page's table, one for each fault."""
    table = TABLE.search(PAGE.read_text(encoding="utf-8"))
    lines = table[0].strip().splitlines()[2:-1] if table else []
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]


def _sum(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    numbers = [str(sum(int(row[column]) for row in rows)) for column in range(1, 7)]
    return ("together", *numbers, "", "0" if all(row[-1] == "0" for row in rows) else "see above")


def _span(seconds: float) -> str:
    """The lags of cases armed long overdue say nothing: they are as old as the cases."""
    if seconds > 86_400 * 3:
        return "armed overdue"
    return f"{seconds:.2f} s" if seconds < 120 else f"{seconds / 3600:.1f} h"
