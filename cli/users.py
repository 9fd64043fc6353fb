"""`pathways user` and `pathways token`: who may sign in. The first one on an empty database is its administrator."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, select

from cli.complaints import Refused, unknown
from cli.settings import Settings, read_settings
from cli.wiring import engine_of
from engine.accounts import ACCOUNT, add_account, issue_token
from engine.passwords import Passwords, new_password
from engine.people import ROLES, UNIT, NewWorker, add_tenant, add_unit, add_worker, join_unit, the_tenant, unit_by_key
from engine.shelf import SHIPPED, load_shelf
from pathways.county import County
from pathways.errors import Malformed

user = typer.Typer(help="Who may sign in.", no_args_is_help=True)
ADMINISTRATION = "yllapito"  # the unit of the first administrator, who has no clients


@dataclass(frozen=True, slots=True)
class NewUser:
    name: str
    username: str
    role: str
    unit: str | None
    worker: NewWorker


@user.callback()
def _user() -> None:
    """So that `add` is asked for by its name."""


@user.command()
def add(
    name: Annotated[str, typer.Argument(help="First and last name.")],
    role: Annotated[str, typer.Option(help="case_worker, consultant, team_lead, service_designer or admin.")],
    unit: Annotated[str | None, typer.Option(help="The key of their unit.")] = None,
    profession: Annotated[
        list[str] | None, typer.Option(help="As in the vocabulary; may be given several times.")
    ] = None,
    skill: Annotated[list[str] | None, typer.Option(help="May be given several times.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="They serve clients in: fi, sv …")] = None,
    email: Annotated[str, typer.Option(help="Where letters go that say there is something to do.")] = "",
    title: Annotated[str, typer.Option(help="As clients see it.")] = "",
    hours: Annotated[
        str, typer.Option(help="The calendar in whose hours they are told what can wait; else their unit's.")
    ] = "",
    username: Annotated[str | None, typer.Option(help="To sign in with; made of the name when left out.")] = None,
    county: Annotated[str, typer.Option(help="The county's file, for the first user of a database.")] = "esimerkki",
) -> None:
    """Add a worker and let them sign in; the password is printed once. The first is `user add NAME --role admin`."""
    if role not in ROLES:
        raise unknown("role", role, ROLES)
    worker = NewWorker(
        name, title, tuple(profession or ()), tuple(skill or ()), tuple(language or ("fi",)), email=email, hours=hours
    )
    asked = NewUser(name, username or username_of(name), role, unit, worker)
    settings = read_settings()
    engine = engine_of(settings)
    if hours and hours not in engine.calendars.names:
        raise unknown("calendar", hours, engine.calendars.names)
    password = new_password()
    hashed = Passwords().hash(password)  # takes a while, so before the transaction
    try:
        with engine.database.begin() as connection:
            first = the_tenant(connection) is None
            if first:
                _found(connection, settings, asked, county, engine.clock.now())
            _add(connection, asked, hashed, engine.clock.now())
    finally:
        engine.database.dispose()
    typer.echo(f"{name} signs in as {asked.username}. The password is shown only now:", err=True)
    typer.echo(password)


def token(
    username: Annotated[str, typer.Argument(metavar="USER", help="The name they sign in with.")],
    days: Annotated[
        int | None, typer.Option(min=1, help="How long it lasts; until it is revoked when left out.")
    ] = None,
) -> None:
    """Print a new bearer token for a user, once. Programs send it as `Authorization: Bearer …`."""
    engine = engine_of(read_settings())
    try:
        with engine.database.begin() as connection:
            account = account_named(connection, username)
            lasts = timedelta(days=days) if days else None
            made = issue_token(connection, account.tenant_id, account.worker_id, engine.clock.now(), lasts)
    finally:
        engine.database.dispose()
    typer.echo("The token is shown only now:", err=True)
    typer.echo(made)


def username_of(name: str) -> str:
    """`Åsa von Öström` → `asa.von.ostrom`."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return ".".join(re.findall(r"[a-z0-9]+", plain))


def _found(connection: Connection, settings: Settings, asked: NewUser, county: str, now: datetime) -> None:
    """Settle the county in an empty database: its name and its units come from its file."""
    if asked.role != "admin":
        raise Refused(
            f'The database is empty. Begin with its administrator: pathways user add "{asked.name}" --role admin'
        )
    settled = load_shelf((SHIPPED, *settings.definitions), county).county
    if settled is None:
        raise Refused(
            f"There is no file county/{county}.yaml in the definition folders; name the county with --county."
        )
    tenant_id = add_tenant(connection, _text(settled.title, "fi"), now, county=county)
    for key, unit in settled.units.items():
        add_unit(
            connection,
            tenant_id,
            key,
            (_text(unit.title, "fi"), _text(unit.title, "sv")),
            now,
            **_settings(settled, key),
        )
    add_unit(connection, tenant_id, ADMINISTRATION, ("Ylläpito", "Administration"), now)


def _settings(county: County, key: str) -> dict[str, Any]:
    unit = county.units[key]
    return {
        "kind": unit.kind,
        "calendar": unit.calendar,
        "promises_on": unit.promises_on,
        "training": unit.training,
        "language_status": "bilingual" if unit.bilingual else "fi",
        "pathways": list(unit.pathways),
    }


def _text(text: Any, language: str) -> str:
    return str(getattr(text, language))


def _add(connection: Connection, asked: NewUser, password_hash: str, now: datetime) -> None:
    tenant = the_tenant(connection)
    if tenant is None:
        raise Refused("The database has no county yet.")
    tenant_id = tenant["tenant_id"]
    key = asked.unit or (ADMINISTRATION if asked.role in ("admin", "service_designer") else None)
    if key is None:
        raise Refused(f"Say the unit with --unit; there are: {', '.join(_units(connection, tenant_id))}.")
    unit = unit_by_key(connection, tenant_id, key)
    if unit is None:
        raise unknown("unit", key, _units(connection, tenant_id))
    worker_id = add_worker(connection, tenant_id, asked.worker, now)
    join_unit(connection, tenant_id, unit["unit_id"], worker_id, (asked.role,))
    try:
        add_account(connection, tenant_id, worker_id, asked.username, password_hash, now)
    except Malformed:
        raise Refused(
            f'Somebody signs in as "{asked.username}" already; choose another name with --username.'
        ) from None


def _units(connection: Connection, tenant_id: str) -> list[str]:
    return list(
        connection.execute(select(UNIT.c.key).where(UNIT.c.tenant_id == tenant_id).order_by(UNIT.c.key)).scalars()
    )


def worker_named(connection: Connection, username: str) -> str:
    """Who does something from the command line: the worker of that sign-in name, or nobody in particular."""
    return str(account_named(connection, username).worker_id) if username else "system"


def account_named(connection: Connection, username: str) -> Any:
    found = connection.execute(select(ACCOUNT).where(ACCOUNT.c.username == username.strip().casefold())).first()
    if found is None:
        raise Refused(f'Nobody signs in as "{username}"; add them: pathways user add NAME --role ROLE --unit UNIT')
    if found.disabled:
        raise Refused(f'The account "{username}" is disabled.')
    return found
