"""A pause of a promise's clock, and the checks every list of pauses passes (rule 13 of the promises)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import pairwise

from pydantic import BaseModel

from pathways.calendar import ServiceCalendar
from pathways.time_refusals import PauseError, without_offset
from pathways.time_words import Language, exactly_in_words


class Pause(BaseModel, frozen=True):
    """From `start` (held) to `end` (not held); `reason` is one the promise lists, usually `client_postponed`."""

    start: datetime
    end: datetime
    reason: str

    @property
    def in_utc(self) -> "Pause":
        """The same pause with both instants in UTC; `InstantError` when one has no offset."""
        for instant in (self.start, self.end):
            if instant.tzinfo is None:
                raise without_offset(instant.isoformat())
        return Pause(start=self.start.astimezone(UTC), end=self.end.astimezone(UTC), reason=self.reason)

    def in_words(self, lang: Language, zone: str) -> str:
        """Its two instants in local time, with their years."""
        return f"{exactly_in_words(self.start, lang, zone=zone)} – {exactly_in_words(self.end, lang, zone=zone)}"


PausedDates = tuple[tuple[date, date], ...]
"""Half-open spans of local dates that pauses take: date(from) ≤ d < date(to)."""


def in_order(pauses: Sequence[Pause], start: datetime, zone: str) -> tuple[Pause, ...]:
    """The pauses in UTC, earliest first; `PauseError` when one is empty, begins before `start`, or overlaps another."""
    ordered = tuple(sorted((pause.in_utc for pause in pauses), key=lambda pause: pause.start))
    for pause in ordered:
        if pause.end <= pause.start:
            raise _ends_before_it_begins(pause, zone)
        if pause.start < start:
            raise _begins_too_early(pause, start, zone)
    for before, after in pairwise(ordered):
        if after.start < before.end:
            raise _overlapping(before, after, zone)
    return ordered


def paused_dates(pauses: Sequence[Pause], calendar: ServiceCalendar) -> PausedDates:
    """The local dates that pauses take, whatever their hours; a pause within one date takes none."""
    return tuple((calendar.local_date(pause.start), calendar.local_date(pause.end)) for pause in pauses)


def is_paused(day: date, paused: PausedDates) -> bool:
    """Whether a pause takes this date."""
    return any(first <= day < last for first, last in paused)


def is_in_a_pause(instant: datetime, pauses: Sequence[Pause]) -> bool:
    """Whether a pause holds this instant."""
    return any(pause.start <= instant < pause.end for pause in pauses)


def begins_too_late(pause: Pause, due_at: datetime, zone: str) -> PauseError:
    """The refusal of a pause that begins when the due instant has come."""
    return PauseError(
        fi=f"Tauko {pause.in_words('fi', zone)} alkaa vasta määräajan umpeuduttua. Tauon on alettava ennen määräaikaa"
        f" {exactly_in_words(due_at, 'fi', zone=zone, midnight='ends')}.",
        sv=f"Pausen {pause.in_words('sv', zone)} börjar först när tidsfristen har gått ut. Den måste börja före tidsfristen"
        f" {exactly_in_words(due_at, 'sv', zone=zone, midnight='ends')}.",
        en=f"The pause {pause.in_words('en', zone)} begins when the time is already up. It has to begin before the due"
        f" instant, {exactly_in_words(due_at, 'en', zone=zone, midnight='ends')}.",
    )


def never_pauses() -> PauseError:
    """The refusal of any pause of a statutory clock."""
    return PauseError(
        fi="Lakisääteistä määräaikaa ei voi laittaa tauolle. Jos laki sallii poikkeamisen, kirjaa se perusteltuna"
        " poikkeamana.",
        sv="En lagstadgad tidsfrist kan inte pausas. Om lagen tillåter att den överskrids, anteckna det som en motiverad"
        " avvikelse.",
        en="A statutory clock never pauses. Where the law allows more time, record it as a justified deviation.",
    )


def _ends_before_it_begins(pause: Pause, zone: str) -> PauseError:
    return PauseError(
        fi=f"Tauko {pause.in_words('fi', zone)} ei pääty alkunsa jälkeen. Anna ensin tauon alku ja sitten sen loppu.",
        sv=f"Pausen {pause.in_words('sv', zone)} slutar inte efter att den börjat. Ange först början, sedan slutet.",
        en=f"The pause {pause.in_words('en', zone)} doesn't end after it begins. Give its beginning first, then its end.",
    )


def _begins_too_early(pause: Pause, start: datetime, zone: str) -> PauseError:
    return PauseError(
        fi=f"Tauko {pause.in_words('fi', zone)} alkaa ennen yhteydenottoa. Tauko voi alkaa aikaisintaan"
        f" {exactly_in_words(start, 'fi', zone=zone)}.",
        sv=f"Pausen {pause.in_words('sv', zone)} börjar före kontakten. Den kan börja tidigast"
        f" {exactly_in_words(start, 'sv', zone=zone)}.",
        en=f"The pause {pause.in_words('en', zone)} begins before the contact. It can begin"
        f" {exactly_in_words(start, 'en', zone=zone)} at the earliest.",
    )


def _overlapping(before: Pause, after: Pause, zone: str) -> PauseError:
    return PauseError(
        fi=f"Tauot {before.in_words('fi', zone)} ja {after.in_words('fi', zone)} menevät päällekkäin. Jälkimmäinen voi alkaa"
        " aikaisintaan, kun edellinen päättyy.",
        sv=f"Pauserna {before.in_words('sv', zone)} och {after.in_words('sv', zone)} överlappar varandra. Den senare kan börja"
        " tidigast när den förra slutar.",
        en=f"The pauses {before.in_words('en', zone)} and {after.in_words('en', zone)} overlap. The later one may begin where"
        " the earlier one ends.",
    )
