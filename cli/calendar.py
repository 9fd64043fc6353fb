"""`pathways calendar`: what a person needs to publish the next version of a calendar."""

from typing import Annotated

import typer

from engine.calendar_proposal import proposed_lines
from engine.calendars import shipped_calendars

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


@calendar.command("list")
def list_() -> None:
    """List the calendars that are shipped, with their versions."""
    for each in shipped_calendars():
        names = ", ".join((each.key, *each.also))
        until = f", holidays until {each.holidays_known_until}" if each.holidays_known_until else ""
        typer.echo(f"{names}: version {each.version} from {each.valid_from}{until}")
