"""Attainment of promises: how many were given and kept, by week, unit, language, pathway or role. Never by person."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

By = Literal["week", "unit", "language", "pathway", "promise", "kind", "role", "channel"]
BYS: tuple[By, ...] = ("week", "unit", "language", "pathway", "promise", "kind", "role", "channel")


@dataclass(frozen=True, slots=True)
class Attainment:
    """Promises that started in the period. `share` is kept of those judged, None while none is."""

    key: str
    title: str
    started: int
    kept: int
    late: int
    """Ended late, or running past due."""
    breached: int
    """As recorded; voided ones are counted in `voided` too."""
    voided: int
    cancelled: int
    travelled: int
    running: int
    """Still in time, or paused."""
    share_as_recorded: float | None
    share_as_corrected: float | None


@dataclass(frozen=True, slots=True)
class PromiseReport:
    from_on: date
    to_on: date
    by: By
    rows: tuple[Attainment, ...]
    total: Attainment
