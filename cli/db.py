"""`pathways db`: the tables of the database."""

from pathlib import Path
from typing import Annotated

import typer

from cli.settings import read_settings
from cli.wiring import open_database
from engine import schema
from engine.clock import SystemClock
from engine.database import Database
from pathways.time_zone import HELSINKI

db = typer.Typer(help="The tables of the database.", no_args_is_help=True)


@db.command()
def upgrade(
    data: Annotated[
        Path | None, typer.Option(help="The data folder of `up`, where no PATHWAYS_DATABASE_URL is set.")
    ] = None,
) -> None:
    """Bring the tables to this release. Safe to repeat, and safe when two start at once."""
    settings = read_settings()
    if data is not None:
        settings = settings.model_copy(update={"data": data})
    database = open_database(settings)
    try:
        done = schema.upgrade(database)
    finally:
        database.dispose()
    if done.before == done.after:
        typer.echo(f"The tables are of this release already ({done.after}).")
    else:
        typer.echo(f"The tables are now of this release ({done.after}; before: {done.before or 'none'}).")


@db.command(hidden=True)
def propose(why: Annotated[str, typer.Argument(help="What changes, in a few words.")]) -> None:
    """For developers: write a migration from what models and tables differ in, to read and to mend."""
    database = Database.open("sqlite://")
    schema.upgrade(database)
    with database.begin() as connection:
        today = SystemClock().now().astimezone(HELSINKI).date()
        typer.echo(schema.propose(connection, why, today))
