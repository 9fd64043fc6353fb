"""Below a drawing stands what its signs mean: those that occur in it, in lines no wider than it, and no others."""

import pytest

from engine.drawing.boxes import Purpose
from engine.drawing.graph import View
from engine.drawing.key import SIGN, key_of
from engine.drawing.labels import SMALL
from engine.drawing.layout import lay_out
from engine.drawing.reading import graph_of
from engine.drawing.words import Language
from tests.unit.pathways_drawn import example, shipped


def signs(view: View, purpose: Purpose = "definition") -> list[str]:
    return [item.sign for item in key_of(lay_out(graph_of(example(), view), purpose, view == "worker")).items]


def test_the_key_says_the_signs_that_occur() -> None:
    assert signs("worker") == ["by_hand", "end", "again", "back"]
    assert signs("client") == ["back"]


def test_two_versions_side_by_side_need_no_key() -> None:
    assert signs("worker", "compared") == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_key_is_no_wider_than_the_drawing_and_stands_below_it(language: Language) -> None:
    layout = lay_out(graph_of(shipped("omaishoito"), "worker", language), "definition", True)
    key = key_of(layout)

    assert all(item.x + SIGN + SMALL.width(item.text) <= layout.width for item in key.items)
    assert all(layout.height < item.y < layout.height + key.height for item in key.items)
