"""The drawing's style: for a page as it stands, for a file with the colours of both themes written in."""

import re
from functools import cache
from importlib.resources import files
from typing import Literal

Theme = Literal["light", "dark"]

_FONT = '"Source Sans 3", "Source Sans Pro", "Segoe UI", Roboto, Arial, sans-serif'
TOKENS: dict[str, tuple[str, str]] = {
    "font": (_FONT, _FONT),
    "bg": ("#f4f6f7", "#12181d"),
    "surface": ("#fff", "#1a2228"),
    "surface-2": ("#eef2f4", "#222c33"),
    "surface-3": ("#e3e9ec", "#2b3740"),
    "text": ("#16212a", "#e8eef1"),
    "text-2": ("#45535e", "#b4c1c9"),
    "line": ("#d8e0e4", "#33414a"),
    "line-2": ("#71808b", "#75858f"),
    "pri": ("#0b5670", "#7fd0ea"),
    "pri-soft": ("#e2f0f5", "#143845"),
    "focus": ("#0a47c2", "#ffd84d"),
    "over": ("#9c1b1b", "#ffb4ab"),
    "over-bg": ("#fdeceb", "#43191a"),
    "over-line": ("#c43c36", "#f2857b"),
    "risk": ("#6f4300", "#ffcf80"),
    "risk-bg": ("#fff2d8", "#3d2a07"),
    "risk-line": ("#a86a00", "#dba13f"),
    "kept": ("#14573a", "#8edcb4"),
    "kept-bg": ("#e4f4ec", "#12352a"),
    "kept-line": ("#2d8a63", "#4bb58a"),
    "calm": ("#33414c", "#c3cfd6"),
    "calm-line": ("#71808b", "#75858f"),
    "heat-1": ("#f0f6f8", "#1c2b33"),
    "heat-2": ("#dcebf1", "#1d3742"),
    "heat-3": ("#c5e0ea", "#1d4656"),
    "heat-4": ("#a9d2e0", "#1f586c"),
    "bar": ("#8fb7c6", "#3f7488"),
}
"""The page's tokens, light and dark; the `heat` ones and `bar` are the drawing's own."""


def page_style() -> str:
    """Return the rules for a page that has the tokens, with the drawing's own tokens first."""
    own = "; ".join(f"--{name}: light-dark({light}, {dark})" for name, (light, dark) in _own_tokens())
    return f":root {{ {own} }}\n{_rules('drawing.css')}{_rules('charts.css')}"


@cache
def file_style() -> str:
    """Return the rules for a drawing in a file of its own; it follows the reader's theme and forced colours."""
    plain, _, forced = _rules("drawing.css").partition("@media (forced-colors: active)")
    plain = re.sub(r"/\*.*?\*/\s*", "", plain, flags=re.DOTALL)
    page = ".pw-page { fill: var(--surface); }\n"
    dark = "\n".join(rule for rule in (page + plain).splitlines() if "var(" in rule)
    return (
        f"{_coloured(page + plain, 'light')}"
        f"@media (prefers-color-scheme: dark) {{\n{_coloured(dark, 'dark')}\n}}\n"
        f"@media (forced-colors: active) {{ .pw-page {{ fill: Canvas; }} }}\n"
        f"@media (forced-colors: active){_coloured(forced, 'light')}"
    )


def _coloured(rules: str, theme: Theme) -> str:
    return re.sub(r"var\(--([a-z0-9-]+)\)", lambda found: TOKENS[found[1]][theme == "dark"], rules)


def _own_tokens() -> list[tuple[str, tuple[str, str]]]:
    return [(name, pair) for name, pair in TOKENS.items() if name.startswith("heat-") or name == "bar"]


@cache
def _rules(name: str) -> str:
    return files("engine.drawing").joinpath(name).read_text(encoding="utf-8")
