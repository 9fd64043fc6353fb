"""What the law said of a duty before: a clock that starts on an earlier day counts as it stood that day."""

from datetime import date
from itertools import pairwise
from typing import Any, Literal

from pathways.definition_errors import TimesInForceOverlap
from pathways.definition_parts import Part, Text
from pathways.spans import GoalText


class LawVersion(Part):
    """One earlier wording. Both days are held; what it leaves out is as the clock says today."""

    valid_from: date
    valid_to: date
    within: GoalText
    calendar: str | None = None
    counted_from: Literal["received", "effective"] | None = None
    section: Text | None = None
    source: str
    confidence: Literal["high", "medium", "low"]

    def model_post_init(self, context: Any) -> None:
        """Refuse an end before the beginning."""
        if self.valid_to < self.valid_from:
            raise TimesInForceOverlap(self.valid_to, self.valid_from)

    def holds(self, day: date) -> bool:
        """Whether it was the law on that day."""
        return self.valid_from <= day <= self.valid_to


def check_order(earlier: tuple[LawVersion, ...], today_from: date | None) -> None:
    """Refuse wordings that are not told from the oldest on, or that overlap: a day has one law."""
    for before, after in pairwise(earlier):
        if after.valid_from <= before.valid_to:
            raise TimesInForceOverlap(before.valid_to, after.valid_from)
    if earlier and today_from and today_from <= earlier[-1].valid_to:
        raise TimesInForceOverlap(earlier[-1].valid_to, today_from)
