"""The key below a drawing: what each sign and border in it means. Only those that occur; what says itself has none."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.drawing.boxes import Box
from engine.drawing.labels import SMALL
from engine.drawing.layout import Layout
from engine.drawing.nets import BACKWARD
from engine.drawing.words import say

SIGN = 20.0
"""Px from the left of a sign to its words."""
APART = 26.0
LINE = 22.0
ABOVE = 14.0


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One sign with its words: the top left corner of the sign, 16 px large."""

    sign: str
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Key:
    """The items in lines below the drawing, and the height that they take."""

    items: tuple[KeyItem, ...] = ()
    height: float = 0.0


def key_of(layout: Layout) -> Key:
    """Return the key of a drawing; a comparison of versions has words for everything already."""
    signs = [] if layout.purpose == "compared" else list(_signs(layout))
    if not signs:
        return Key()
    items: list[KeyItem] = []
    x, y = 0.0, layout.height + ABOVE
    for sign in signs:
        text = say(f"key_{sign}", layout.graph.language)
        width = SIGN + SMALL.width(text)
        if x and x + width > layout.width:
            x, y = 0.0, y + LINE
        items.append(KeyItem(sign, text, x, y))
        x += width + APART
    return Key(tuple(items), y + LINE - layout.height)


def _signs(layout: Layout) -> Iterator[str]:
    boxes = list(_all(layout.boxes))
    kinds = {box.node.kind for box in boxes}
    signs = {words.sign for box in boxes for words in box.words}
    found = {
        "handover": "handover" in kinds,
        "consultation": "consultation" in kinds,
        "by_hand": any(box.node.by_hand for box in boxes),
        "end": "end" in signs and layout.full,
        "again": "again" in signs,
        "back": any(route.side in BACKWARD for route in layout.routes) and layout.purpose != "case",
    }
    yield from (sign for sign, there in found.items() if there)


def _all(boxes: tuple[Box, ...]) -> Iterator[Box]:
    for box in boxes:
        yield box
        yield from _all(box.inside)
