"""Figures: what a benchmark came to, each beside what it must be."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. `must` is the most (or, with `at_least`, the least) it may be; None is only told."""

    id: str
    what: str
    value: float
    must: float | None = None
    unit: str = ""
    at_least: bool = False

    @property
    def passes(self) -> bool | None:
        if self.must is None:
            return None
        return self.value >= self.must if self.at_least else self.value <= self.must

    def in_words(self) -> str:
        said = f"{self.id:<4} {self.what}: {self.value:g} {self.unit}".rstrip()
        if self.must is None:
            return said
        return (
            f"{said} ({'at least' if self.at_least else 'at most'} {self.must:g}: {'met' if self.passes else 'MISSED'})"
        )


@dataclass(slots=True)
class Figures:
    """Everything one benchmark measured, and under which circumstances."""

    benchmark: str
    server: str
    circumstances: dict[str, Any] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)

    def add(self, id_: str, what: str, value: float, must: float | None = None, unit: str = "", **more: Any) -> None:
        self.figures.append(Figure(id_, what, round(value, 4), must, unit, **more))

    def as_json(self) -> dict[str, Any]:
        figures = [asdict(figure) | {"passes": figure.passes} for figure in self.figures]
        return {
            "benchmark": self.benchmark,
            "server": self.server,
            "circumstances": self.circumstances,
            "figures": figures,
        }

    def in_words(self) -> str:
        around = ", ".join(f"{name} {value}" for name, value in self.circumstances.items())
        return "\n".join([f"{self.benchmark} on {self.server}: {around}", *(f.in_words() for f in self.figures)])
