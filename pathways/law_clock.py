"""A statutory clock of the law pack: data with its section, source and time in force, never code."""

from datetime import date
from typing import Any, Literal

from pathways.definition_parts import Condition, Part, Text
from pathways.law_version import LawVersion, check_order
from pathways.phrases import PhraseText
from pathways.promise_definition import LawId, OnHandover
from pathways.spans import AnchorText, GoalText


class LawClock(Part):
    """One computable duty. A row without `within` is carried for its text and can't be started."""

    title: Text
    section: Text
    client: Text | None = None
    """What the client is told of it, in plain words."""
    scope: Condition | None = None
    starts: tuple[PhraseText, ...] = ()
    """Empty where only the pathway knows, such as the outcome that establishes a need of therapy."""
    kept_when: tuple[PhraseText, ...] = ()
    cancelled_when: tuple[PhraseText, ...] = ()
    once: bool = False
    on_handover: OnHandover = "travels"
    within: GoalText | None = None
    counted_from: Literal["received", "effective"] = "received"
    calendar: str = "palveluaika"
    """Days, weeks and months are counted alike on every calendar; office hours say which closing lies last before due."""
    warn: tuple[AnchorText, ...] = ()
    ladder: str | None = None
    startable: bool = True
    why_not: Text | None = None
    valid_from: date
    valid_to: date | None = None
    earlier: tuple[LawVersion, ...] = ()
    """What the law said before, the oldest first. The clock itself says the newest wording, even one still to come."""
    source: str
    confidence: Literal["high", "medium", "low"]

    def model_post_init(self, context: Any) -> None:
        """Refuse wordings that overlap: a day has one law."""
        check_order(self.earlier, self.valid_from)


class LawPack(Part):
    """Every clock of the law that the county's pathways may name."""

    law: str
    title: Text
    clocks: dict[LawId, LawClock]
