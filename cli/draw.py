"""`pathways draw`: a pathway as a picture or as Mermaid text, from its id or its file; reads no clock and no database."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar, get_args

import typer

from engine.drawing import draw_mermaid, draw_svg
from engine.drawing.graph import View
from engine.drawing.words import Language
from engine.findings import DefinitionRefused
from engine.reader import read_file, read_pathway
from engine.shelf import SHIPPED, load_shelf, pathway_files
from pathways.definition import PathwayDefinition
from pathways.near_miss import near_miss

Chosen = TypeVar("Chosen", bound=str)
ENDINGS = (".svg", ".mmd")


def draw(
    pathway: Annotated[str, typer.Argument(help="A pathway's id, or its file.", metavar="PATHWAY")],
    view: Annotated[
        str, typer.Option(help="worker: every outcome; client: plain words, no internal steps.")
    ] = "worker",
    lang: Annotated[str, typer.Option(help="fi, sv or en.")] = "fi",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="FILE.svg or FILE.mmd; else SVG to stdout.")
    ] = None,
    definitions: Annotated[list[Path] | None, typer.Option(help="Folders with definitions of your own.")] = None,
) -> None:
    """Draw a pathway as the professional or the client sees it."""
    reader = _one_of("--view", view, get_args(View))
    language = _one_of("--lang", lang, get_args(Language))
    if output and output.suffix not in ENDINGS:
        _refuse(f'"{output.name}" ends in neither .svg nor .mmd.')
    try:
        definition = definition_named(pathway, definitions or ())
        if output and output.suffix == ".mmd":
            output.write_text(draw_mermaid(definition, reader, language), encoding="utf-8")
        elif output:
            output.write_text(draw_svg(definition, reader, language, standalone=True), encoding="utf-8")
        else:
            typer.echo(draw_svg(definition, reader, language, standalone=True), nl=False)
    except (DefinitionRefused, OSError) as unreadable:
        _refuse(str(unreadable))


def definition_named(pathway: str, folders: Sequence[Path]) -> PathwayDefinition:
    """Return the expanded definition that an id or a file names; other files' mistakes don't matter here."""
    places = (SHIPPED, *folders)
    file = Path(pathway)
    if file.suffix not in (".yaml", ".yml"):
        file = _file_of(pathway, places)
    elif not file.is_file():
        _refuse(f'There is no file "{pathway}".')
    shelved = load_shelf((*places, file.parent) if file.parent.resolve() not in map(Path.resolve, places) else places)
    return read_pathway(file.read_text(encoding="utf-8-sig"), str(file), shelved.shelf).definition


def _file_of(pathway: str, folders: Sequence[Path]) -> Path:
    """Return the file that holds a pathway: named after it, else the one that says so; a later folder wins."""
    files = {path.stem: path for path in pathway_files(folders)}
    if pathway not in files:
        files = {_named_in(path) or stem: path for stem, path in files.items()}
    near = near_miss(pathway, files)
    known = f'did you mean "{near}"?' if near else f"known: {', '.join(sorted(files)) or 'none'}."
    return files[pathway] if pathway in files else _refuse(f'There is no pathway "{pathway}"; {known}')


def _named_in(file: Path) -> str | None:
    """Return what a file calls its pathway, or None where it can't be read."""
    try:
        node = read_file(file).at("pathway")
    except DefinitionRefused:
        return None
    return node.text() if node else None


def _one_of(option: str, text: str, possible: Sequence[Chosen]) -> Chosen:
    for each in possible:
        if text == each:
            return each
    near = near_miss(text, possible)
    remedy = f'did you mean "{near}"?' if near else f"choose {', '.join(possible)}."
    return _refuse(f'{option} "{text}" is not known; {remedy}')


def _refuse(sentence: str) -> NoReturn:
    """Say on stderr what is wrong, without a trace."""
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
