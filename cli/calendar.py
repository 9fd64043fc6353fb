"""`pathways calendar`: proposes, lists and publishes calendars; an edit is a new version, shown before it is published."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.complaints import Refused
from cli.formats import JSON, checked_format, checked_language
from cli.settings import read_settings
from cli.users import account_named
from cli.wiring import engine_of
from engine.calendar_files import named, read_calendar
from engine.calendar_proposal import proposed_lines
from engine.calendars import Calendars, shipped_calendars
from engine.findings import DefinitionRefused
from engine.handle import Engine
from engine.people import the_tenant
from engine.published_calendars import is_new, publications, publish_calendar
from engine.recalculation import Preview, preview
from engine.recalculation_words import edit_in_words, preview_as_facts, preview_in_words
from pathways.calendar import ServiceCalendar
from pathways.time_refusals import CalendarError
from pathways.time_words import Language
from pathways.time_zone import HELSINKI

SHORTEST_REASON = 3

calendar = typer.Typer(help="The calendars that promises count on.", no_args_is_help=True)


@calendar.command()
def propose(
    first_year: Annotated[int, typer.Option("--from", help="The first year, usually two back.")],
    last_year: Annotated[int, typer.Option("--until", help="The last year, usually five ahead.")],
) -> None:
    """Propose the closed dates of these years, as lines for a calendar file: read them, mend them, publish them."""
    if last_year < first_year:
        typer.echo(f"--until {last_year} lies before --from {first_year}; give the earlier year first.", err=True)
        raise typer.Exit(2)
    typer.echo("\n".join(proposed_lines(first_year, last_year)))


@calendar.command()
def publish(
    file: Annotated[Path, typer.Argument(help="A calendar file: the next version of a calendar, or a new one.")],
    apply: Annotated[bool, typer.Option("--apply", help="Publish it. Without it, nothing is written.")] = False,
    why: Annotated[str, typer.Option(help="Why it changes; mandatory with --apply.")] = "",
    by: Annotated[str, typer.Option(metavar="USER", help="Who publishes it: the name they sign in with.")] = "",
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    lang: Annotated[str, typer.Option(help="fi, sv or en.")] = "fi",
) -> None:
    """Show what an edit changes and which running promises would move; with --apply, publish it.

    New promises start on it at once. Running ones follow with `pathways recalculate --apply`.
    """
    form, language = checked_format(format_), checked_language(lang)
    engine = engine_of(read_settings())
    try:
        edit = _read(file, engine.calendars, language)
        seen = _previewed(engine, edit, language)
        if apply:
            _publish(engine, edit, why.strip(), by)
        facts = {"calendar": edit.key, "version": edit.version, "published": apply, "preview": preview_as_facts(seen)}
        text = _in_words(engine, edit, seen, language)
    finally:
        engine.database.dispose()
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2) if form == JSON else text)
    if form != JSON:
        typer.echo(_what_next(edit, seen, apply), err=True)


def _read(file: Path, known: Calendars, language: Language) -> ServiceCalendar:
    try:
        return read_calendar(file.read_text(encoding="utf-8"), str(file), {named(each): each for each in known})
    except (OSError, UnicodeDecodeError) as error:
        typer.echo(f"{file} can't be read: {error}.", err=True)
        raise typer.Exit(2) from None
    except DefinitionRefused as refused:
        for finding in refused.findings:
            typer.echo(f"{finding.place}: {finding.code} {finding.sentence(language)}", err=True)
        raise Refused("The calendar was not published.") from None


def _previewed(engine: Engine, edit: ServiceCalendar, language: Language) -> Preview:
    try:
        new = is_new(engine.calendars, edit)
        return preview(engine, Calendars([*engine.calendars, edit]) if new else None)
    except CalendarError as refusal:
        raise Refused(refusal.in_words(language)) from None


def _publish(engine: Engine, edit: ServiceCalendar, why: str, by: str) -> None:
    if len(why) < SHORTEST_REASON:
        raise Refused("Nothing was published: say why the calendar changes, with --why.")
    with engine.database.begin() as connection:
        tenant = the_tenant(connection)
        if tenant is None:
            raise Refused("The database is empty. Begin with its administrator: pathways user add NAME --role admin")
        who = account_named(connection, by).worker_id if by else "system"
        now = engine.clock.now()
        publish_calendar(connection, tenant["tenant_id"], engine.calendars, edit, why=why, by=who, now=now)


def _in_words(engine: Engine, edit: ServiceCalendar, seen: Preview, language: Language) -> str:
    older = [each for each in engine.calendars if each.key == edit.key and each.version < edit.version]
    changes = edit_in_words(older[-1], edit, language) if older else ""
    return "\n".join(filter(None, (changes, preview_in_words(engine, seen, language))))


def _what_next(edit: ServiceCalendar, seen: Preview, applied: bool) -> str:
    if not applied:
        return f"Nothing was written. Publish {named(edit)} with --apply --why."
    rest = " Running ones follow with: pathways recalculate --apply" if seen.total.promises else ""
    return f"{named(edit)} is published: new promises start on it.{rest}"


@calendar.command()
def history() -> None:
    """List the versions that were published: from which day each holds, when it was published, by whom and why."""
    engine = engine_of(read_settings())
    try:
        with engine.database.read() as connection:
            lines = [_published_line(row) for row in publications(connection)]
    finally:
        engine.database.dispose()
    typer.echo("\n".join(lines) or "No calendar has been published; those of files stand.")


def _published_line(row: Mapping[str, Any]) -> str:
    at = f"{row['published_at'].astimezone(HELSINKI):%Y-%m-%d %H:%M}"
    return f"{row['key']}@{row['version']} from {row['valid_from']}: published {at} by {row['who']}: {row['why']}"


@calendar.command("list")
def list_() -> None:
    """List the calendars that are shipped, with their versions."""
    for each in shipped_calendars():
        names = ", ".join((each.key, *each.also))
        until = f", holidays until {each.holidays_known_until}" if each.holidays_known_until else ""
        typer.echo(f"{names}: version {each.version} from {each.valid_from}{until}")
