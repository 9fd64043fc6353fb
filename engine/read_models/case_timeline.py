"""The timeline of a case: its journal in the reader's language, newest first."""

from dataclasses import dataclass
from datetime import datetime

from engine.read_models.people_shown import WorkerShown


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One fact. `category` groups for the eye: case, step, contact, promise, person, consultation, plan."""

    sequence: int
    type: str
    category: str
    occurred_at: datetime
    recorded_at: datetime
    who: WorkerShown
    what: str
    """A whole sentence in the language asked for."""
    words: str | None = None
    """The note written with it, when there is one and it isn't erased."""
    text_erased: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    entries: tuple[TimelineEntry, ...]
    next_cursor: str | None
