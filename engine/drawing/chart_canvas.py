"""The canvas of a chart: axes, dots, columns and bars in px, written as SVG with classes only."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from engine.drawing.labels import SMALL, STATE, lines

WIDTH, HEIGHT = 440.0, 220.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 14.0, 22.0, 44.0
ROW, BAR = 30.0, 16.0


class Canvas:
    """Collects the parts of one chart. `ident` makes its ids unique on the page."""

    def __init__(self, ident: str, title: str, finding: str, height: float = HEIGHT) -> None:
        self.ident, self.title, self.finding, self.height = ident, title, finding, height
        self.parts: list[str] = []
        self.low, self.high = 0.0, 1.0
        self.right = WIDTH - RIGHT

    def svg(self) -> str:
        """Return the chart; its name is the title, its description the finding."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" class="ch" viewBox="0 0 {WIDTH:g} {self.height:g}" role="img"'
        named = f' aria-labelledby="{self.ident}-title" aria-describedby="{self.ident}-desc">'
        title = f'<title id="{self.ident}-title">{escape(self.title)}</title>'
        desc = f'<desc id="{self.ident}-desc">{escape(self.finding)}</desc>'
        return f"{head}{named}{title}{desc}{self._hatch()}{''.join(self.parts)}</svg>\n"

    # axes

    def value_axis(self, low: int, high: int, step: int, unit: str) -> None:
        """Draw lines across with their values; dots may stand on a cut axis, bars never do."""
        self.low, self.high = float(low), float(high)
        for value in range(high, low - 1, -step):
            y = self.y_of(value)
            self.parts.append(f'<path class="ch-grid" d="M{LEFT:g} {y:g}H{self.right:g}"/>')
            self._text("ch-axis", LEFT - 6, y + 4.5, f"{value}", "end")
        self._text("ch-axis", LEFT - 6, TOP - 9, unit, "end")

    def count_axis(self, most: int) -> None:
        """Draw the ground for columns from zero."""
        self.low, self.high = 0.0, float(most)
        self.parts.append(f'<path class="ch-base" d="M{LEFT:g} {self.y_of(0):g}H{self.right:g}"/>')

    def tick(self, x: float, label: str) -> None:
        self._text("ch-axis", x, self.height - BOTTOM + 18, label, "middle")

    def axis_name(self, name: str, below: bool = False) -> None:
        """Name what runs along the axis."""
        self._text("ch-axis", LEFT if below else self.right, self.height - 8, name, "start" if below else "end")

    # dots and lines

    def target(self, value: float, label: str) -> None:
        y = self.y_of(value)
        self.parts.append(f'<path class="ch-target" d="M{LEFT:g} {y:g}H{self.right:g}"/>')
        start = self.right - STATE.width(label) - 8
        self.parts.append(f'<path class="ch-target" d="M{start - 22:g} {TOP - 13.5:g}h22"/>')
        self._text("ch-strong", self.right, TOP - 9, label, "end")

    def line(self, points: Sequence[tuple[float, float]]) -> None:
        if len(points) > 1:
            path = "L".join(f"{x:g} {self.y_of(value):g}" for x, value in points)
            self.parts.append(f'<path class="ch-line" d="M{path}"/>')

    def dot(self, x: float, value: float, label: str, missed: bool) -> None:
        """Draw a value: a dot, or a triangle pointing down with its label below where the target was missed."""
        y = self.y_of(value)
        if missed:
            self.parts.append(f'<path class="ch-miss" d="M{x - 6:g} {y - 4.5:g}h12l-6 10.5z"/>')
        else:
            self.parts.append(f'<circle class="ch-dot" cx="{x:g}" cy="{y:g}" r="4.5"/>')
        self._text("ch-label", x, y + 20 if missed else y - 10, label, "middle")

    # columns and bars

    def column(self, index: int, count: int, value: int, label: str, late: bool) -> None:
        """Draw one column from zero with its number on top; a late one is hatched."""
        wide = (self.right - LEFT) / count
        x, y = LEFT + index * wide + wide * 0.06, self.y_of(value)
        place = f'x="{x:g}" y="{y:g}" width="{wide * 0.88:g}" height="{self.y_of(0) - y:g}"'
        if value:
            self.parts.append(f'<rect class="ch-bar" {place}{self._fill(late)}/>')
            self._text("ch-label", LEFT + (index + 0.5) * wide, y - 5, str(value), "middle")
        self.tick(LEFT + (index + 0.5) * wide, label)

    def limit(self, index: int, count: int, label: str) -> None:
        """Draw the promise between two columns."""
        x = LEFT + (self.right - LEFT) * index / count
        self.parts.append(f'<path class="ch-target" d="M{x:g} {TOP - 14:g}V{self.y_of(0):g}"/>')
        end = x + 6 + STATE.width(label) > WIDTH
        self._text("ch-strong", x - 6 if end else x + 6, TOP - 5, label, "end" if end else "start")

    def bars(self, rows: Sequence[tuple[str, int]], room: float) -> None:
        """Draw lying bars from zero, each with its name before and its number after it."""
        names = min(room, WIDTH * 0.42)
        start = names + 12
        most = max((number for _, number in rows), default=0) or 1
        scale = (WIDTH - start - 40) / most
        for index, (name, number) in enumerate(rows):
            middle = 6 + index * ROW + ROW / 2
            self._name(name, names, middle)
            width = number * scale
            self.parts.append(
                f'<rect class="ch-bar" x="{start:g}" y="{middle - BAR / 2:g}" width="{width:g}" height="{BAR:g}"{self._fill(number > 0)}/>'
            )
            self._text("ch-label", start + width + 6, middle + 4.5, str(number), "start")
        self.parts.append(f'<path class="ch-base" d="M{start:g} 6V{6 + len(rows) * ROW:g}"/>')

    def _name(self, name: str, room: float, middle: float) -> None:
        broken = lines(name, SMALL, room)
        first = middle + 4.5 - (len(broken) - 1) * 7
        for index, line in enumerate(broken):
            self._text("ch-axis", 0, first + index * 14, line, "start")

    # places

    def x_of(self, index: int, count: int) -> float:
        """Return the middle of the place of one of so many, all equally far apart."""
        return LEFT + (self.right - LEFT) * (index + 0.5) / max(count, 1)

    def y_of(self, value: float) -> float:
        bottom = self.height - BOTTOM
        return bottom - (bottom - TOP) * (value - self.low) / (self.high - self.low)

    def _text(self, classes: str, x: float, y: float, text: str, anchor: str) -> None:
        if text:
            self.parts.append(
                f'<text class="{classes}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'
            )

    def _fill(self, late: bool) -> str:
        return f' fill="url(#{self.ident}-hatch)"' if late else ""

    def _hatch(self) -> str:
        size = 'width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
        inside = '<rect class="ch-hatch-bg" width="7" height="7"/><path class="ch-hatch" d="M0 0V7"/>'
        return f'<defs><pattern id="{self.ident}-hatch" {size}>{inside}</pattern></defs>'
