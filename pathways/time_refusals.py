"""Refusals about time: each says in Finnish, Swedish and English what would work."""

from typing import ClassVar, Literal

from pathways.errors import PathwayError


class TimeRefusal(PathwayError, ValueError):
    """A goal, pause, roll, calendar or time that can't be counted with."""

    code: ClassVar[str] = "time_refused"

    def __init__(self, *, fi: str, sv: str, en: str) -> None:
        self.fi, self.sv, self.en = fi, sv, en
        super().__init__(en)

    def in_words(self, lang: Literal["fi", "sv", "en"]) -> str:
        """The whole sentence in the reader's language."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[lang]


class InstantError(TimeRefusal):
    """A time without an offset: nobody can tell which instant it is."""

    code = "offset_missing"


class PauseError(TimeRefusal):
    """A pause that the rules don't allow."""

    code = "pause_refused"


class RollError(TimeRefusal):
    """A roll that the goal or the kind of the clock doesn't allow."""

    code = "roll_refused"


class CalendarError(TimeRefusal):
    """A calendar that contradicts itself, never opens, or doesn't suit the goal."""

    code = "calendar_refused"


def without_offset(what: str) -> InstantError:
    """The refusal of a naive time; `what` is the time as it was given."""
    return InstantError(
        fi=f"Ajasta {what} puuttuu aikavyöhyke; lisää ero UTC-aikaan, esimerkiksi 2026-12-04T23:40+02:00.",
        sv=f"Tiden {what} saknar tidszon; lägg till skillnaden mot UTC, till exempel 2026-12-04T23:40+02:00.",
        en=f"The time {what} has no offset; add it, for example 2026-12-04T23:40+02:00.",
    )
