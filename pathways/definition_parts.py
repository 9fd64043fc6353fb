"""The small parts every definition is built of: ids, texts in the county's languages, and strictness.

A definition is a value: read once, never changed, and it refuses keys it doesn't know. A default here never changes
its meaning: stored definitions leave defaults out, so a new meaning takes a new key.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""What the professionals call a thing: Finnish, without the letters that conditions don't take."""

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")

Condition = Annotated[str, StringConstraints(min_length=1, max_length=400)]
"""A condition in CEL; `engine/conditions.py` reads it."""


class Part(BaseModel):
    """A piece of a definition: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Text(Part):
    """Words a person sees. Finnish and Swedish are always there; English where wanted."""

    fi: Annotated[str, StringConstraints(min_length=1)]
    sv: Annotated[str, StringConstraints(min_length=1)]
    en: str | None = None

    def in_language(self, language: str) -> str:
        """Return the words in the language asked for, or in Finnish where there are none."""
        return getattr(self, language, None) or self.fi if language in LANGUAGES else self.fi
