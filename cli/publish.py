"""`pathways publish`: checks pathway files and stores them as new cases will run them."""

from pathlib import Path
from typing import Annotated

import typer

from cli.complaints import Refused
from cli.settings import read_settings
from cli.users import worker_named
from cli.wiring import engine_of
from engine.catalogue import Checked, check_paths
from engine.people import the_tenant
from engine.published import publish as publish_version


def publish(
    paths: Annotated[list[Path], typer.Argument(help="Pathway files, or folders with them.", metavar="PATH…")],
    lang: Annotated[str, typer.Option(help="Findings in fi, sv or en.")] = "fi",
    for_training: Annotated[
        bool,
        typer.Option(
            "--for-training", help="Store unapproved versions too: only units marked harjoittelu may start them."
        ),
    ] = False,
    by: Annotated[str, typer.Option(metavar="USER", help="Who publishes: the name they sign in with.")] = "",
) -> None:
    """Publish pathways: new cases begin on them, running ones stay as they are. Nothing is published if anything is wrong."""
    settings = read_settings()
    engine = engine_of(settings)
    try:
        with engine.database.read() as connection:
            tenant = the_tenant(connection)
        if tenant is None:
            raise Refused("The database is empty. Begin with its administrator: pathways user add NAME --role admin")
        checked = check_paths(paths, tenant["county"], engine.calendars, beside=settings.definitions)
        _refuse_errors(checked, lang)
        if not for_training:
            _refuse_unapproved(checked)
        with engine.database.begin() as connection:
            who = worker_named(connection, by)
            for read in checked.read.values():
                definition = read.definition
                now = engine.clock.now()
                new = publish_version(connection, tenant["tenant_id"], definition, by=who, now=now)
                said = "published" if new else "was published already"
                waits = (
                    "" if not definition.approved.missing() else "; not approved, so only training units may start it"
                )
                typer.echo(f"{definition.pathway} version {definition.version} {said}{waits}.")
    finally:
        engine.database.dispose()


def _refuse_unapproved(checked: Checked) -> None:
    for read in checked.read.values():
        missing = read.definition.approved.missing()
        if missing:
            raise Refused(
                f"Nothing was published: {read.definition.pathway} waits for approval ({', '.join(missing)})."
                " Write who approved and when under `approved:`, or publish it --for-training."
            )


def _refuse_errors(checked: Checked, lang: str) -> None:
    errors = [finding for finding in checked.findings if finding.severity == "error"]
    for finding in errors:
        typer.echo(f"{finding.place}: {finding.code} {finding.sentence(lang)}", err=True)
    if errors:
        raise Refused(f"Nothing was published: {len(errors)} errors.")
    if not checked.read:
        raise Refused("There is no pathway file there.")
