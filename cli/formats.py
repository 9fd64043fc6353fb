"""`--format`: text for people, JSON for programs. `--lang`: the language of the text."""

import typer

from pathways.time_words import Language

JSON = "json"
FORMATS = ("text", JSON)


def checked_format(said: str) -> str:
    """The format, or exit code 2 naming those there are."""
    if said not in FORMATS:
        typer.echo(f'There is no format "{said}"; choose {" or ".join(FORMATS)}.', err=True)
        raise typer.Exit(2)
    return said


def checked_language(said: str) -> Language:
    """The language, or exit code 2 naming those there are."""
    known: dict[str, Language] = {"fi": "fi", "sv": "sv", "en": "en"}
    if said not in known:
        typer.echo(f'There is no language "{said}"; choose fi, sv or en.', err=True)
        raise typer.Exit(2)
    return known[said]
