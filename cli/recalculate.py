"""`pathways recalculate`: running promises follow an edited calendar. Shown first; done with --apply."""

import json
import time
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress as Bar

from cli.formats import JSON, checked_format, checked_language
from cli.settings import read_settings
from cli.wiring import engine_of
from engine.handle import Engine
from engine.published_calendars import seconds_until_known
from engine.recalculation import Progress, preview, recalculate_all
from engine.recalculation_words import preview_as_facts, preview_in_words, progress_as_facts, progress_in_words


def recalculate(
    apply: Annotated[bool, typer.Option("--apply", help="Do it. Without it, nothing is written.")] = False,
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    lang: Annotated[str, typer.Option(help="fi, sv or en.")] = "fi",
) -> None:
    """Show which due instants an edited calendar moves and what becomes of breaches; with --apply, do it.

    It may be interrupted and run again: it goes on where it was. Exit code 1: some cases could not be recalculated.
    """
    form, language = checked_format(format_), checked_language(lang)
    engine, done = engine_of(read_settings()), None
    try:
        if apply:
            done = _applied(engine)
            facts, text = progress_as_facts(done), progress_in_words(done, language)
        else:
            seen = preview(engine)
            facts, text = preview_as_facts(seen), preview_in_words(engine, seen, language)
    finally:
        engine.database.dispose()
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2) if form == JSON else text)
    raise typer.Exit(1 if done and done.failed else 0)


def _applied(engine: Engine) -> Progress:
    with engine.database.read() as connection:
        time.sleep(seconds_until_known(connection, engine.clock.now()))
    with Bar(console=Console(stderr=True), transient=True) as bar:
        steps = recalculate_all(engine)
        done = next(steps)
        task = bar.add_task("Recalculating promises", total=done.waiting, completed=done.done)
        for done in steps:
            bar.update(task, completed=done.done)
    return done
