"""Ladders: who hears when a promise nears its end or has broken, rung by rung, and what is then asked of them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from pathways.definition_parts import Id, Part, Text
from pathways.spans import AnchorText
from pathways.tier_anchor import parse_tier_anchor
from pathways.time_refusals import TimeRefusal

Hearer = Literal[
    "responsible",
    "substitute",
    "team_lead",
    "lead_on_duty",
    "head_of_unit",
    "service_line",
    "team_queue",
    "role_holders",
    "duty_queue",
]
"""Who can hear a rung. `role_holders` are all who hold the rung's `role` in the unit."""


class Rung(Part):
    """One tier: when it fires, who hears, and what they are asked for."""

    when: AnchorText
    tells: tuple[Hearer, ...]
    role: Id | None = None
    asks: Literal["reason_and_plan"] | None = None
    act: Text | None = None
    """What the one who hears is asked to do, in words."""
    lists: Literal["at_risk", "self_monitoring"] | None = None
    """A list the promise is put on: *vaarassa*, *omavalvonta*."""
    also_when: Literal["second breach in case"] | None = None
    acute: bool = False
    """An acute rung never waits for an opening."""
    repeat_at_most: Annotated[int, Field(ge=1, le=20)] | None = None
    """So often it fires again, each time after the same span: only a span after something can come again."""

    def model_post_init(self, context: Any) -> None:
        """Refuse to repeat what has no span, such as `at breach` or `at 50%`."""
        anchor = parse_tier_anchor(self.when)
        if self.repeat_at_most and anchor.number <= 0:
            raise TimeRefusal(
                fi=f'porras "{self.when}" ei toistu; kirjoita väli, esimerkiksi "2 working days after breach"',
                sv=f"steget ”{self.when}” kan inte upprepas; skriv ett intervall, till exempel ”2 working days after breach”",
                en=f'the rung "{self.when}" can\'t repeat; write a span, such as "2 working days after breach"',
            )


class Ladder(Part):
    """Rungs by key, in the order they fire."""

    title: Text
    rungs: dict[Id, Rung]


class Ladders(Part):
    """The file of ladders that pathways name."""

    ladders: dict[Id, Ladder]
