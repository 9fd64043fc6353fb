"""The catalogue in docs/ says what the definitions say."""

from collections.abc import Iterable
from pathlib import Path

from tests.catalogue_docs import DOCS, forms, pages, pictures

REMEDY = "python -m tests.catalogue_docs"


def stale(fresh: Iterable[tuple[Path, str]]) -> list[str]:
    return [path.name for path, text in fresh if not path.exists() or path.read_text("utf-8") != text]


def test_every_pathway_has_its_page_in_finnish_and_in_swedish() -> None:
    assert stale(pages()) == [], REMEDY


def test_the_first_five_have_their_approval_forms() -> None:
    assert stale(forms()) == [], REMEDY


def test_every_pathway_is_drawn_as_its_worker_and_its_client_see_it() -> None:
    fresh = list(pictures())

    assert stale(fresh) == [], REMEDY
    assert {path for path, _ in fresh} == set((DOCS / "polut").glob("*.svg")), REMEDY
