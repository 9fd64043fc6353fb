"""The drawing's colours can be told apart in both themes, and its style brings nothing from elsewhere."""

import re

import pytest

from engine.drawing.stylesheet import TOKENS, Theme, file_style, page_style

TEXTS = [
    *(("text", ground) for ground in ("surface", "surface-2", "surface-3", "pri-soft", "heat-1", "heat-2", "heat-3", "heat-4")),
    *(("text-2", ground) for ground in ("surface", "surface-2", "surface-3", "pri-soft", "heat-1", "heat-2", "heat-3")),
    *(("over", "surface"), ("over", "over-bg"), ("risk", "surface"), ("risk", "risk-bg"), ("kept", "kept-bg")),
    *(("pri", "surface"), ("calm", "surface")),
]  # fmt: skip
LINES = [
    *((line, ground) for line in ("line-2", "text-2", "pri", "over-line") for ground in ("surface", "surface-2", "pri-soft")),
    *(("risk-line", "surface"), ("risk-line", "surface-2"), ("kept-line", "surface"), ("focus", "surface")),
    *(("over-line", "over-bg"), ("over-line", "surface"), ("pri", "surface")),
]  # fmt: skip
THEMES: tuple[Theme, ...] = ("light", "dark")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_words_can_be_read(text: str, ground: str, theme: Theme) -> None:
    assert contrast(text, ground, theme) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("line", "ground"), LINES)
def test_lines_can_be_seen(line: str, ground: str, theme: Theme) -> None:
    assert contrast(line, ground, theme) >= 3.0


def test_the_style_brings_nothing_from_elsewhere() -> None:
    for style in (page_style(), file_style()):
        assert not re.search(r"url\(|@import|expression", style)


def test_a_page_gets_the_drawings_own_tokens_for_both_themes() -> None:
    assert "--heat-4: light-dark(" in page_style()
    assert "var(--surface)" in page_style()


def contrast(one: str, other: str, theme: Theme) -> float:
    """Return the contrast of WCAG 2.2 between two tokens."""
    light, dark = sorted((_luminance(TOKENS[token][theme == "dark"]) for token in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
