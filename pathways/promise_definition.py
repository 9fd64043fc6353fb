"""What a pathway owes its client: a promise, a statutory clock or a target, as the definition says it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import StringConstraints

from pathways.definition_parts import Condition, Id, Part, Text
from pathways.law_version import LawVersion
from pathways.phrases import PhraseText
from pathways.spans import AnchorText, GoalText, Roll

PromiseKind = Literal["promise", "statutory", "target"]
OnHandover = Literal["travels", "cancelled", "stays"]
LawId = Annotated[str, StringConstraints(pattern=r"^D-\d{2}[a-z]?$")]


class PromiseDefinition(Part):
    """One clock. `starts` opens a cycle, `kept_when` keeps it, `cancelled_when` ends it without either.

    Before expansion a promise with `law` may say only what it narrows; afterwards everything is filled in.
    """

    kind: PromiseKind | None = None
    title: Text | None = None
    law: LawId | None = None
    applies: Condition | None = None
    starts: tuple[PhraseText, ...] = ()
    kept_when: tuple[PhraseText, ...] = ()
    cancelled_when: tuple[PhraseText, ...] = ()
    once: bool = False
    """Starts once in an episode: what is *first* (the first care event, the naming) isn't first a second time."""
    on_handover: OnHandover = "stays"
    within: GoalText | None = None
    counted_from: Literal["received", "effective"] = "received"
    calendar: str | None = None
    roll: Roll = "none"
    pause_on: tuple[Id, ...] = ()
    warn: tuple[AnchorText, ...] = ()
    ladder: Id | None = None
    step: Id | None = None
    """The step whose `target`, `reply` or `accept` this promise was made from."""

    scope: Condition | None = None
    section: Text | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    earlier: tuple[LawVersion, ...] = ()
    source: str | None = None
    confidence: Literal["high", "medium", "low"] | None = None
    startable: bool = True

    def on(self, day: date) -> "PromiseDefinition | None":
        """As it stands for a clock that starts on that day; None when the law wasn't, or isn't any more, in force."""
        after_start = self.valid_from is None or self.valid_from <= day
        if after_start and (self.valid_to is None or day <= self.valid_to):
            return self
        before = next((wording for wording in self.earlier if wording.holds(day)), None)
        return self.model_copy(update={key: said for key, said in before if said is not None}) if before else None
