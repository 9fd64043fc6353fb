"""The lifecycles in engine/README.md are those the code declares, arrow by arrow."""

import re
from pathlib import Path

import pytest

from pathways import events
from tests.unit.test_arrows import LIFECYCLES

CHECKOUT = Path(__file__).parents[2]
README = (CHECKOUT / "engine" / "README.md").read_text(encoding="utf-8")
RULES = CHECKOUT / "engine" / "rules"
NOTHING = "nothing yet"

Row = tuple[str, tuple[str, ...], tuple[str, ...], str, str]


def rows_of(name: str) -> list[Row]:
    """Verb, states from, states to, event and where it is told; the first row is how it begins."""
    section = re.search(rf"^### {name}$(.*?)(?=^##)", README, re.MULTILINE | re.DOTALL | re.IGNORECASE)
    assert section, f"engine/README.md has no section {name}"
    lines = [line for line in section[1].splitlines() if line.startswith("|")][2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [
        (verb, _names(come), _names(go), event.strip("`"), told.strip("`")) for verb, come, go, event, told in cells
    ]


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split(",") if name.strip())


@pytest.mark.parametrize("name", LIFECYCLES)
def test_the_readme_draws_the_arrows_that_the_code_declares(name: str) -> None:
    arrows, begins, _ = LIFECYCLES[name]
    begun, *drawn = rows_of(name)

    assert begun[:3] == ("", (), begins)
    assert {verb: (sources, targets) for verb, sources, targets, _, _ in drawn} == {
        verb: (sources, (target,)) for verb, (sources, target) in arrows.items()
    }


@pytest.mark.parametrize("name", LIFECYCLES)
def test_each_arrow_names_its_event_and_where_it_is_told(name: str) -> None:
    known = {event.__name__ for event in events.EVENT_TYPES.values()}
    for _, _, _, event, told in rows_of(name):
        if not event:
            continue
        assert event in known
        tellers = [file.name for file in RULES.glob("*.py") if _tells(file, event)]
        assert (tellers == []) if told == NOTHING else (told in tellers), f"{event} is told in {tellers or NOTHING}"


def _tells(file: Path, event: str) -> bool:
    """Whether this file names the event as one to tell; `rules/signals.py` only listens."""
    return file.name != "signals.py" and re.search(rf"\be\.{event}\b", file.read_text(encoding="utf-8")) is not None


def test_the_readme_has_no_lifecycle_of_its_own() -> None:
    drawn = re.findall(r"^### (.+)$", README.split("## Lifecycles")[1].split("\n## ")[0], re.MULTILINE)

    assert sorted(name.casefold() for name in drawn) == sorted(LIFECYCLES)
