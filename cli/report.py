"""`pathways report`: freezes a month's attainment of promises, and says which are frozen."""

from datetime import date
from typing import Annotated

import typer

from cli.complaints import Refused
from cli.settings import read_settings
from cli.wiring import engine_of
from engine.frozen_months import Frozen, freeze, frozen_months
from engine.handle import Engine
from engine.people import the_tenant
from pathways.errors import Malformed
from pathways.time_zone import HELSINKI

report = typer.Typer(help="Months of attainment, frozen for good.", no_args_is_help=True)


@report.command("freeze")
def freeze_month(month: Annotated[str, typer.Argument(help="A month that has ended, such as 2026-11.")]) -> None:
    """Freeze a month's attainment. The timers do so a day after its end; a frozen month stays as it is."""
    first = _month(month)
    engine = engine_of(read_settings())
    try:
        done = freeze(engine, _tenant(engine), first)
    except Malformed:
        raise Refused(f"{month} hasn't ended yet; a month is frozen when it is whole.") from None
    finally:
        engine.database.dispose()
    typer.echo(_line(done) if done.is_new else f"{_line(done)} It stays as it was.")


@report.command("months")
def months() -> None:
    """List the months that are frozen, the newest first."""
    engine = engine_of(read_settings())
    try:
        with engine.database.read() as connection:
            found = frozen_months(connection, _tenant(engine))
    finally:
        engine.database.dispose()
    typer.echo("\n".join(_line(each) for each in found) or "No month is frozen yet.")


def _month(named: str) -> date:
    try:
        return date.fromisoformat(f"{named}-01")
    except ValueError:
        raise Refused(f"{named} is not a month; write it as 2026-11.") from None


def _tenant(engine: Engine) -> str:
    with engine.database.read() as connection:
        tenant = the_tenant(connection)
    if tenant is None:
        raise Refused("The database is empty. Begin with its administrator: pathways user add NAME --role admin")
    return str(tenant["tenant_id"])


def _line(done: Frozen) -> str:
    at = done.frozen_at.astimezone(HELSINKI)
    return f"{done.month:%Y-%m}: {done.promises} promises, frozen {at:%Y-%m-%d %H:%M}."
