"""`--format`: text for people, JSON for programs."""

import typer

JSON = "json"
FORMATS = ("text", JSON)


def checked_format(said: str) -> str:
    """The format, or exit code 2 naming those there are."""
    if said not in FORMATS:
        typer.echo(f'There is no format "{said}"; choose {" or ".join(FORMATS)}.', err=True)
        raise typer.Exit(2)
    return said
