"""`pathways due`: when something is due on a calendar, and why; reads no clock and no database."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar, get_args

import typer

from cli.settings import read_settings
from engine.calendars import Calendars, calendars_of
from engine.findings import DefinitionRefused
from pathways.calendar import ServiceCalendar, aware
from pathways.due_explanation import ExplanationLine, explain
from pathways.due_instant import Due, Kind, Roll
from pathways.due_instant import due as due_of
from pathways.explanation_words import Words
from pathways.goal import Goal, goal_in_words, parse_goal
from pathways.near_miss import near_miss
from pathways.pause import Pause
from pathways.time_refusals import InstantError, PauseError, TimeRefusal, without_offset
from pathways.time_words import Language

Chosen = TypeVar("Chosen", bound=str)


def due(
    received: Annotated[str, typer.Option(help="When the contact came, with its offset: 2026-12-04T23:40+02:00.")],
    within: Annotated[
        str, typer.Option(help="The goal: same day, 2 service hours, 7 working days, 1 week, 24 hours …")
    ],
    calendar: Annotated[str, typer.Option(help="The calendar that counts.")] = "palveluaika",
    kind: Annotated[str, typer.Option(help="promise, statutory or target.")] = "promise",
    roll: Annotated[str, typer.Option(help="What a closed last day does: none, forward or backward.")] = "none",
    pause: Annotated[list[str] | None, typer.Option(help="FROM/TO with offsets; may be given several times.")] = None,
    lang: Annotated[str, typer.Option(help="fi, sv or en.")] = "fi",
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    calendars: Annotated[
        list[Path] | None, typer.Option(help="More folders with calendars, beside PATHWAYS_CALENDARS.")
    ] = None,
) -> None:
    """Say when something is due, and explain it interval by interval."""
    language = _language(lang)
    try:
        asked = _Asked.read(received, within, calendar, kind, roll, pause or (), _calendars(calendars or ()), language)
        form = _one_of("--format", format_, ("text", "json"))
        typer.echo(asked.as_json() if form == "json" else asked.as_text())
    except TimeRefusal as refusal:
        _refuse(refusal.in_words(language))
    except (DefinitionRefused, OSError) as unreadable:
        _refuse(str(unreadable))


class _Asked:
    """What was asked, read and understood."""

    def __init__(
        self, start: datetime, pauses: tuple[Pause, ...], goal: Goal, calendar: ServiceCalendar, kind: Kind, roll: Roll,
        lang: Language,
    ) -> None:  # fmt: skip
        self.start, self.goal, self.calendar, self.kind, self.lang = start, goal, calendar, kind, lang
        self.due = due_of(start, pauses, goal, calendar, roll=roll, kind=kind)
        self.lines = explain(start, pauses, goal, calendar, roll=roll, kind=kind, lang=lang)

    @classmethod
    def read(
        cls, received: str, within: str, calendar: str, kind: str, roll: str, pauses: Sequence[str], known: Calendars,
        lang: Language,
    ) -> "_Asked":  # fmt: skip
        """Understand the words of the command; a `TimeRefusal` says what would work."""
        start, goal = _instant(received), parse_goal(within)
        return cls(
            start,
            tuple(_pause(each) for each in pauses),
            goal,
            known.in_force(calendar, start),
            _one_of("--kind", kind, get_args(Kind)),
            _one_of("--roll", roll, get_args(Roll)),
            lang,
        )

    def as_text(self) -> str:
        """The due instant on one line, then why, line by line."""
        words = Words(self.lang, self.calendar.zone)
        at = words.at(self.due.due_at, ends=True)
        head = f"{words.kind(self.kind).capitalize()} · {goal_in_words(self.goal, self.lang)} · {at}"
        return "\n".join([head, *(f"  {line.text}" for line in self.lines)])

    def as_json(self) -> str:
        """Local times with their offsets; `intervals` holds what `explanation` says."""
        return json.dumps(_as_facts(self.due, self.lines, self.calendar), ensure_ascii=False, indent=2)


def _as_facts(due: Due, lines: Sequence[ExplanationLine], calendar: ServiceCalendar) -> dict[str, Any]:
    def local(instant: datetime) -> str:
        return calendar.local(instant).isoformat()

    return {
        "due_at": local(due.due_at),
        "due_on": due.due_on.isoformat(),
        "working_due_at": local(due.working_due_at),
        "effective_at": local(due.effective_at),
        "explanation": [line.text for line in lines],
        "intervals": [
            {
                "from": local(line.start),
                "to": local(line.end),
                "effect": line.effect,
                "days": line.days,
                "text": line.text,
            }
            for line in lines
        ],
    }


def _calendars(folders: Sequence[Path]) -> Calendars:
    return calendars_of((*read_settings().calendars, *folders))


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text.strip())
        return aware(instant).astimezone(UTC)
    except InstantError:
        raise without_offset(text) from None
    except (ValueError, OverflowError):
        raise _not_a_time(text) from None


def _pause(text: str) -> Pause:
    begins, slash, ends = text.partition("/")
    if not slash:
        raise _not_a_pause(text)
    return Pause(start=_instant(begins), end=_instant(ends), reason="client_postponed")


def _language(lang: str) -> Language:
    known: tuple[Language, ...] = get_args(Language)
    chosen = next((each for each in known if each == lang), None)
    if chosen is None:
        _refuse(f'There is no language "{lang}"; choose fi, sv or en.')
    return chosen


def _one_of(option: str, word: str, known: Sequence[Chosen]) -> Chosen:
    for each in known:
        if word == each:
            return each
    raise _not_a_choice(option, word, known)


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def _not_a_time(text: str) -> InstantError:
    return InstantError(
        fi=f'"{text}" ei ole aika; kirjoita esimerkiksi 2026-12-04T23:40+02:00.',
        sv=f"”{text}” är ingen tid; skriv till exempel 2026-12-04T23:40+02:00.",
        en=f'"{text}" is not a time; write for example 2026-12-04T23:40+02:00.',
    )


def _not_a_pause(text: str) -> PauseError:
    example = "2027-01-14T10:00+02:00/2027-01-21T10:00+02:00"
    return PauseError(
        fi=f'Tauolla "{text}" ei ole loppua; kirjoita alku ja loppu kauttaviivalla erotettuna: {example}.',
        sv=f"Pausen ”{text}” saknar slut; skriv början och slut med ett snedstreck mellan dem: {example}.",
        en=f'The pause "{text}" has no end; write its beginning and end with a slash between: {example}.',
    )


def _not_a_choice(option: str, word: str, known: Sequence[str]) -> TimeRefusal:
    meant, choices = near_miss(word, known), ", ".join(known)
    return TimeRefusal(
        fi=f'{option} ei voi olla "{word}"'
        + (f'; tarkoititko "{meant}"?' if meant else ".")
        + f" Vaihtoehdot: {choices}.",
        sv=f"{option} kan inte vara ”{word}”"
        + (f"; menade du ”{meant}”?" if meant else ".")
        + f" Alternativen: {choices}.",
        en=f'{option} can\'t be "{word}"'
        + (f'; did you mean "{meant}"?' if meant else ".")
        + f" Choose one of: {choices}.",
    )
