"""`pathways diff`: what one version of a pathway says otherwise than another, in words and as two drawings."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cli.complaints import Refused, unknown
from cli.draw import definition_named
from cli.formats import JSON, checked_format, checked_language
from cli.settings import read_settings
from cli.wiring import engine_of
from engine.difference_words import as_text, differences_in_words
from engine.drawing import draw_compared
from engine.people import the_tenant
from engine.published import versions_of
from engine.shelf import load_shelf
from pathways.definition import PathwayDefinition

NAMED = "PATHWAY@VERSION of the database, a file, or a pathway's id."


def diff(
    old: Annotated[str, typer.Argument(help=NAMED, metavar="OLD")],
    new: Annotated[str, typer.Argument(help=NAMED, metavar="NEW")],
    lang: Annotated[str, typer.Option(help="fi, sv or en.")] = "fi",
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="FILE.svg: both versions side by side, changes marked.")
    ] = None,
    definitions: Annotated[list[Path] | None, typer.Option(help="Folders with definitions of your own.")] = None,
) -> None:
    """Say what is otherwise in NEW: steps, roles, promises, texts, ends. Exit code 0 also when nothing is."""
    form, language = checked_format(format_), checked_language(lang)
    if output and output.suffix != ".svg":
        typer.echo(f'"{output.name}" doesn\'t end in .svg.', err=True)
        raise typer.Exit(2)
    before, after = (_read(named, definitions or []) for named in (old, new))
    told = differences_in_words(before, after, language, load_shelf().vocabulary)
    if output:
        sentences = [each.sentence for each in told]
        output.write_text(draw_compared(before, after, language, sentences=sentences, standalone=True), "utf-8")
    if form == JSON:
        typer.echo(json.dumps([each.as_facts() for each in told], ensure_ascii=False, indent=2))
    else:
        typer.echo(as_text(told, language))


@dataclass(frozen=True, slots=True)
class _Asked:
    pathway: str
    version: int


def _read(named: str, folders: list[Path]) -> PathwayDefinition:
    asked = _of_database(named)
    return _published(asked) if asked else definition_named(named, folders)


def _of_database(named: str) -> _Asked | None:
    pathway, at, version = named.rpartition("@")
    if not at or Path(named).is_file():
        return None
    if not version.isdecimal():
        raise Refused(f'"{named}" names no version; write {pathway}@1, a file, or a pathway\'s id.')
    return _Asked(pathway, int(version))


def _published(asked: _Asked) -> PathwayDefinition:
    engine = engine_of(read_settings())
    try:
        with engine.database.read() as connection:
            tenant = the_tenant(connection)
            if tenant is None:
                raise Refused("The database is empty: no version has been published.")
            there = versions_of(connection, tenant["tenant_id"])
            if (asked.pathway, asked.version) not in there:
                name = f"{asked.pathway}@{asked.version}"
                raise unknown("published version", name, (f"{pathway}@{number}" for pathway, number in there))
            return engine.published.version(connection, tenant["tenant_id"], asked.pathway, asked.version).definition
    finally:
        engine.database.dispose()
