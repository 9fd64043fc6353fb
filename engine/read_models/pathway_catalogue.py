"""The catalogue: which pathways there are, in which versions, and how many cases run on each. No client data."""

from dataclasses import dataclass
from datetime import datetime

from pathways.definition import PathwayDefinition


@dataclass(frozen=True, slots=True)
class VersionShown:
    version: int
    approved: bool
    missing_approvals: tuple[str, ...]
    hash: str
    published_at: datetime
    retired_at: datetime | None
    open_cases: int


@dataclass(frozen=True, slots=True)
class PathwayRow:
    """A pathway with its newest version first."""

    pathway_id: str
    title: str
    purpose: str
    register: str
    phases: tuple[str, ...]
    versions: tuple[VersionShown, ...]
    open_cases: int
    startable: bool
    """Whether the reader's unit may open a case on its newest version."""

    @property
    def newest(self) -> VersionShown:
        return self.versions[0]


@dataclass(frozen=True, slots=True)
class PathwayPage:
    """One version with its whole definition, and how many cases stand at each step now."""

    row: PathwayRow
    version: VersionShown
    definition: PathwayDefinition
    open_runs: dict[str, int]
