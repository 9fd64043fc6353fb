"""Signs of 16 × 16 px, drawn with classes only. Each state has a shape of its own, so that colour is never needed."""

from collections.abc import Mapping

_TICK = "M4.7 8.3l2.3 2.3 4.4-4.9"

GLYPHS: Mapping[str, str] = {
    "done": f'<circle class="pw-fill" cx="8" cy="8" r="6.8"/><path class="pw-cut" d="{_TICK}"/>',
    "open": '<circle class="pw-line" cx="8" cy="8" r="6"/><circle class="pw-fill" cx="8" cy="8" r="2.9"/>',
    "waiting": '<circle class="pw-line" cx="8" cy="8" r="6"/><path class="pw-line" d="M8 4.6V8.2L10.4 9.8"/>',
    "late": '<path class="pw-fill" d="M8 1.2c.5 0 .9.3 1.2.7l5.6 10.3c.5 1-.2 2.1-1.2 2.1H2.4c-1 0-1.7-1.1-1.2-2.1L6.8 1.9c.3-.4.7-.7 1.2-.7z"/>'
    '<path class="pw-cut" d="M8 5.4v3.7M8 11.6v.1"/>',
    "upcoming": '<circle class="pw-line pw-dash" cx="8" cy="8" r="6"/>',
    "not_needed": '<circle class="pw-line" cx="8" cy="8" r="6"/><path class="pw-line" d="M3.9 12.1l8.2-8.2"/>',
    "added": '<circle class="pw-fill" cx="8" cy="8" r="6.8"/><path class="pw-cut" d="M8 4.700v6.600M4.700 8h6.600"/>',
    "removed": '<circle class="pw-line" cx="8" cy="8" r="6"/><path class="pw-line" d="M5 8h6"/>',
    "changed": '<path class="pw-fill" d="M8 1l7 7-7 7-7-7z"/><path class="pw-cut" d="M5.200 8.900c1-2.200 2-2.200 2.800-.9s1.800 1.300 2.800-.9"/>',
    "renamed": '<path class="pw-line" d="M8 1.800l6.200 6.200-6.200 6.200-6.200-6.200z"/>',
    "end": '<circle class="pw-line" cx="8" cy="8" r="5.6"/><rect class="pw-fill" x="5.6" y="5.6" width="4.8" height="4.8" rx=".8"/>',
    "again": '<path class="pw-line" d="M12.6 9.6A5 5 0 1 1 12.3 5.600"/><path class="pw-line" d="M12.900 2.800v3.100H9.800"/>',
    "handover": '<path class="pw-line" d="M9.300 2.500h4.200v11H9.300M1.500 8h7.700M6.200 4.900L9.300 8l-3.100 3.100"/>',
    "consultation": '<path class="pw-line" d="M2 3h12v8H8.200L5 13.800V11H2z"/>',
    "by_hand": '<rect class="pw-line pw-dots" x="1.500" y="3" width="13" height="10" rx="2"/>',
    "back": '<path class="pw-line pw-dots" d="M15 8H6"/><path class="pw-fill" d="M1 8l6-3.500v7z"/>',
    "start": '<path class="pw-fill" d="M4.500 2.600l8 5.400-8 5.400z"/>',
}


def glyph(name: str, x: float, y: float, classes: str = "pw-sign") -> str:
    """Return the sign with its top left corner at a place."""
    return f'<g class="pw-glyph {classes}" transform="translate({x:g} {y:g})">{GLYPHS[name]}</g>'
