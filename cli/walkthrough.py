"""`walkthrough`: one client's weeks on a virtual clock through the real engine, printed as a story."""

from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal

import typer

from engine import schema
from engine.calendars import shipped_calendars
from engine.database import Database
from engine.demo.filling import DemoClock
from engine.demo.story import BEGINS, StoryTeller, Told
from engine.handle import Engine
from engine.keys import Keys
from engine.read_models.case_view import CaseView
from pathways.time_words import at_in_words

Language = Literal["fi", "sv", "en"]
PLACE = {"fi": 0, "sv": 1, "en": 2}
WORDS = {
    "title": (
        "Ainon polku: mitä luvattiin, mitä tapahtui ja kuka vastasi",
        "Ainos stig: vad som lovades, vad som hände och vem som ansvarade",
        "Aino's pathway: what was promised, what happened and who answered",
    ),
    "invented": (
        "Kaikki henkilöt ovat keksittyjä. Kello on virtuaalinen, moottori oikea.",
        "Alla personer är påhittade. Klockan är virtuell, motorn är den riktiga.",
        "Everybody is invented. The clock is virtual, the engine is the real one.",
    ),
    "promises": ("Lupaukset ja määräajat", "Löften och tidsfrister", "Promises and deadlines"),
    "kept": ("pidetty", "hölls", "kept"),
    "late": ("ei pitänyt", "hölls inte", "not kept"),
    "running": ("käynnissä", "pågår", "running"),
    "paused": ("tauolla", "pausat", "paused"),
    "cancelled": ("peruuntunut", "har dragits tillbaka", "cancelled"),
    "travelled": ("siirtynyt", "överförd", "travelled"),
    "due": ("viimeistään {0}", "senast {0}", "by {0}"),
    "responsible": ("Vastuutyöntekijä nyt: {0}", "Ansvarig arbetstagare nu: {0}", "Responsible worker now: {0}"),
    "journal": (
        "{0} tapahtumaa päiväkirjassa, kaikki toistettavissa.",
        "{0} händelser i journalen, alla kan spelas upp.",
        "{0} events in the journal, every one replayable.",
    ),
    "promise": ("Lupaus", "Löfte", "Promise"),
    "statutory": ("Laki", "Lag", "Law"),
    "target": ("Tavoite", "Mål", "Target"),
}


def walkthrough(
    lang: Annotated[Language, typer.Option(help="fi, sv or en")] = "fi",
) -> None:
    """Print one client's weeks as a story, played through the real engine on a virtual clock."""
    with TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{Path(folder) / 'walkthrough.db'}")
        schema.upgrade(database)
        clock = DemoClock(BEGINS.astimezone(UTC))
        engine = Engine(database, clock, shipped_calendars(), Keys.of("walkthrough-only"), demo=True)
        teller = StoryTeller(engine, clock, lang)
        typer.echo(f"\n{_say(lang, 'title')}\n{_say(lang, 'invented')}")
        facts = 0
        for told in teller.tell():
            _print_chapter(told, lang)
            facts = max(facts, *(entry.sequence for entry in told.entries), 0)
        _print_end(teller.view(), lang, facts)
        database.dispose()


def _say(lang: Language, key: str, *facts: object) -> str:
    return WORDS[key][PLACE[lang]].format(*facts)


def _print_chapter(told: Told, lang: Language) -> None:
    typer.echo(f"\n{at_in_words(told.chapter.at, lang)} · {told.chapter.heading[PLACE[lang]]}")
    for entry in told.entries:
        typer.echo(f"    {at_in_words(entry.occurred_at, lang):24} {entry.what}")


def _print_end(view: CaseView, lang: Language, facts: int) -> None:
    typer.echo(f"\n{_say(lang, 'promises')}")
    for promise in sorted(
        (*view.promises, *view.ended_promises), key=lambda promise: (promise.kind != "promise", promise.started_at)
    ):
        if promise.kind == "target":
            continue
        state = "late" if promise.breached_at else promise.state
        due = _say(lang, "due", at_in_words(promise.due_at, lang, midnight="ends")) if promise.due_at else ""
        law = f" ({promise.law_text})" if promise.law_text else ""
        typer.echo(f"    {_say(lang, promise.kind):8} {promise.title}{law}: {_say(lang, state)}, {due}")
    if view.responsible and view.responsible.worker:
        typer.echo(f"\n{_say(lang, 'responsible', view.responsible.worker.name)}")
    typer.echo(_say(lang, "journal", facts) + "\n")
