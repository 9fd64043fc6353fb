"""One line of an explanation: an interval, what it did to the count, and the sentence that says so."""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel

Effect = Literal["received", "counted", "not_counted", "paused", "rolled", "note", "due", "working_due"]


class ExplanationLine(BaseModel, frozen=True):
    """One sentence about one interval (UTC, half-open); notes have no length.

    The intervals with a length follow each other without a gap from the start to the due instant. `days` is how many
    days of the goal were counted in it.
    """

    start: datetime
    end: datetime
    effect: Effect
    text: str
    days: int = 0

    @property
    def length(self) -> timedelta:
        """How long the interval is in elapsed time."""
        return self.end - self.start


def note(at: datetime, text: str, effect: Effect = "note") -> ExplanationLine:
    """A sentence that stands at one instant."""
    return ExplanationLine(start=at, end=at, effect=effect, text=text)
