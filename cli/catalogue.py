"""`pathways catalogue` and `pathways approval-form`: pathways on paper, made from their files; no clock, no database."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import track

from engine.approval_form import approval_form
from engine.drawing import draw_svg
from engine.drawing.graph import View
from engine.findings import DefinitionRefused
from engine.pathway_page import PagePictures, catalogue_index, pathway_page
from engine.pathway_words import PathwayWords
from engine.reader import read_definition, read_file
from engine.shelf import SHIPPED, load_shelf, pathway_files
from pathways.definition_parts import LANGUAGES, Language
from pathways.near_miss import did_you_mean

PICTURES: Mapping[View, str] = {"worker": "ammattilainen", "client": "asiakas"}


def catalogue(
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write to.")] = Path("docs/polut"),
    lang: Annotated[str, typer.Option(help="fi, sv or en.")] = "fi",
    pictures: Annotated[bool, typer.Option(help="Draw both views of each pathway.")] = True,
    definitions: Annotated[list[Path] | None, typer.Option(help="Folders with definitions of your own.")] = None,
) -> None:
    """Write a page for every pathway: purpose, who, steps, promises with their law, measures, pictures."""
    language = _language(lang)
    read = read_all(definitions or (), language)
    output.mkdir(parents=True, exist_ok=True)
    console = Console(stderr=True)
    for words in track(read.values(), "Pages", console=console, transient=True):
        for name, text in catalogue_files(words, pictures=pictures):
            (output / name).write_text(text, encoding="utf-8")
    index = catalogue_index((f"{key}.md", words) for key, words in read.items())
    (output / "README.md").write_text(index, encoding="utf-8")
    typer.echo(f"{output}: {len(read)}", err=True)


def catalogue_files(words: PathwayWords, *, pictures: bool, draw: bool = True) -> Iterator[tuple[str, str]]:
    """Give the files of one pathway: its page and, where wanted, its pictures. Without `draw`, only the page."""
    key = words.definition.pathway
    names = {view: f"{key}-{ending}.svg" for view, ending in PICTURES.items()}
    shown = PagePictures(names["worker"], names["client"]) if pictures else None
    yield f"{key}.md", pathway_page(words, shown)
    for view, name in names.items() if pictures and draw else ():
        yield name, draw_svg(words.definition, view, words.language, standalone=True)


def approval(
    pathway: Annotated[str, typer.Argument(help="A pathway's id.", metavar="PATHWAY")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="FILE.html; else to stdout.")] = None,
    lang: Annotated[str, typer.Option(help="fi, sv or en.")] = "fi",
    definitions: Annotated[list[Path] | None, typer.Option(help="Folders with definitions of your own.")] = None,
) -> None:
    """Write the two pages on which the clinical, legal and data protection leads approve a pathway."""
    read = read_all(definitions or (), _language(lang))
    if pathway not in read:
        _refuse(f'There is no pathway "{pathway}"{did_you_mean(pathway, read)}.')
    form = approval_form(read[pathway])
    if output:
        output.write_text(form, encoding="utf-8")
    else:
        typer.echo(form, nl=False)


def read_all(definitions: Sequence[Path], language: Language) -> Mapping[str, PathwayWords]:
    """Return every pathway's words, by id; of several files for one pathway the newest version counts."""
    folders = (SHIPPED, *definitions)
    try:
        shelved = load_shelf(folders)
        found = [read_definition(read_file(path), shelved.shelf).definition for path in pathway_files(folders)]
    except DefinitionRefused as refused:
        _refuse(str(refused))
    newest = {each.pathway: each for each in sorted(found, key=lambda each: each.version)}
    titles = {key: each.title for key, each in newest.items()}
    return {key: PathwayWords(each, shelved.vocabulary, language, titles) for key, each in sorted(newest.items())}


def _language(text: str) -> Language:
    for language in LANGUAGES:
        if text == language:
            return language
    return _refuse(f'--lang "{text}" is not known{did_you_mean(text, LANGUAGES)}; choose {", ".join(LANGUAGES)}.')


def _refuse(sentence: str) -> NoReturn:
    """Say on stderr what is wrong, without a trace."""
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
