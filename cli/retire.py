"""`pathways retire` and `pathways withdraw`: no case begins on a version any more; a withdrawn one must not be used at all."""

from typing import Annotated

import typer

from cli.complaints import Refused, unknown
from cli.settings import read_settings
from cli.users import worker_named
from cli.wiring import engine_of
from engine.case_migration import cases_running
from engine.people import the_tenant
from engine.published import Closure, close_version, closure_of, versions_of

SHORTEST_REASON = 3
PATHWAY = typer.Argument(help="The pathway's id.")
VERSION = typer.Option("--version", min=1, help="The version.")
WHY = typer.Option("--why", help="Why; everybody who opens the pathway's page reads it.")
BY = typer.Option("--by", metavar="USER", help="Who does it: the name they sign in with.")


def retire(
    pathway: Annotated[str, PATHWAY],
    version: Annotated[int, VERSION],
    why: Annotated[str, WHY],
    by: Annotated[str, BY] = "",
) -> None:
    """Retire a version: no new case begins on it, running ones go on. It can't be opened again."""
    running = _close(pathway, version, "retired", why, by)
    typer.echo(f"{pathway} version {version} is retired: no case begins on it; {running} go on by it.")


def withdraw(
    pathway: Annotated[str, PATHWAY],
    version: Annotated[int, VERSION],
    why: Annotated[str, WHY],
    by: Annotated[str, BY] = "",
) -> None:
    """Withdraw a version that must not be used: no case begins on it, and running ones need to be migrated."""
    running = _close(pathway, version, "withdrawn", why, by)
    typer.echo(f"{pathway} version {version} is withdrawn: no case begins on it.")
    if running:
        template = f"pathways migrate {pathway} --from {version} --to NEW --plan-template > plan.yaml"
        typer.echo(f"{running} running cases need another version. Begin with: {template}", err=True)


def _close(pathway: str, version: int, closure: Closure, why: str, by: str) -> int:
    if len(why.strip()) < SHORTEST_REASON:
        raise Refused("Say why with --why; everybody who opens the pathway's page reads it.")
    engine = engine_of(read_settings())
    try:
        with engine.database.begin() as connection:
            tenant = the_tenant(connection)
            if tenant is None:
                raise Refused("The database is empty: no version has been published.")
            tenant_id = str(tenant["tenant_id"])
            there = versions_of(connection, tenant_id)
            if (pathway, version) not in there:
                raise unknown("published version", f"{pathway}@{version}", (f"{key}@{number}" for key, number in there))
            who = worker_named(connection, by)
            now, said = engine.clock.now(), why.strip()[:400]
            if not close_version(connection, tenant_id, pathway, version, closure, by=who, why=said, now=now):
                before = closure_of(connection, tenant_id, pathway, version)
                raise Refused(f"{pathway} version {version} is {before} already.")
            return cases_running(connection, tenant_id, pathway, version)
    finally:
        engine.database.dispose()
