"""`pathways up`: everything in one process: web pages, API, timers and worker. With --demo on an invented county."""

from ipaddress import ip_address
from pathlib import Path
from socket import socket
from typing import Annotated

import typer

from cli import demo as demo_database
from cli.complaints import Refused
from cli.data_folder import held
from cli.logs import configure_logs
from cli.serving import address_of, listening, serve, web_app
from cli.settings import Settings, read_settings
from cli.wiring import data_file, deliverer_of, open_database, open_engine, open_keys
from engine import schema
from engine.alarm import alarm_of
from engine.database import Database
from engine.handle import Engine
from engine.keys import Keys
from engine.people import the_tenant
from worker.app import Workplace
from worker.embedded import Embedded


def up(
    demo: Annotated[bool, typer.Option("--demo", help="An invented county with clients in every state.")] = False,
    host: Annotated[str | None, typer.Option(help="The address to answer at.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The port to answer at.")] = None,
    data: Annotated[Path | None, typer.Option(help="The data folder; one `up` at a time uses it.")] = None,
) -> None:
    """Run everything in one process: pages, API, timers and worker, on SQLite in the data folder. Ctrl-C ends it."""
    said = {"host": host, "port": port, "data": data}
    settings = read_settings().model_copy(update={name: value for name, value in said.items() if value is not None})
    configure_logs(settings.log_level, settings.log_format)
    if demo and not _is_loopback(settings.host):
        raise Refused("The demo lets anybody in by a link, so it answers on this machine only: leave --host out.")
    with held(settings.data), listening(settings.host, settings.port, "up") as at:
        keys = open_keys(settings, may_make=True)
        database = _prepared(settings, keys, demo=demo)
        try:
            _run(settings, open_engine(settings, database, keys), at, demo=demo)
        finally:
            database.dispose()
    typer.echo("Ended.")


def _run(settings: Settings, engine: Engine, at: socket, *, demo: bool) -> None:
    alarm = alarm_of(engine.database)
    engine.alarm = alarm
    for line in demo_database.publish_new(settings, engine) if demo else ():
        typer.echo(line)
    work = Workplace(lambda: engine, deliverer_of(settings), settings.definitions)
    with Embedded(work, alarm):
        serve(web_app(settings, engine), at, lambda: _welcome(settings, engine, address_of(at), demo=demo))


def _prepared(settings: Settings, keys: Keys, *, demo: bool) -> Database:
    """The database with today's tables, and with the demo in it where one is asked for; the wrong kind is refused."""
    if demo and not settings.database_url and not data_file(settings).exists():
        demo_database.make_in_data_folder(settings, keys)
    database = open_database(settings, in_data_folder=True)
    try:
        _with_tables(database)
        _refuse_the_other_kind(settings, database, demo=demo)
        if demo and _is_demo(database) is None:
            demo_database.fill_with_progress(settings, database, keys)
    except BaseException:
        database.dispose()
        raise
    return database


def _with_tables(database: Database) -> None:
    """A new database gets its tables; an older one is left to `db upgrade`, so that nobody upgrades by accident."""
    try:
        schema.require_current(database)
    except schema.SchemaMissing:
        schema.upgrade(database)


def _is_demo(database: Database) -> bool | None:
    """Whether an invented county lives in it; None when nobody does."""
    with database.read() as connection:
        tenant = the_tenant(connection)
    return None if tenant is None else bool(tenant["demo"])


def _refuse_the_other_kind(settings: Settings, database: Database, *, demo: bool) -> None:
    found = _is_demo(database)
    if found is None or found == demo:
        return
    where = settings.data.absolute() if not settings.database_url else "the database in PATHWAYS_DATABASE_URL"
    if demo:
        raise Refused(f"A county's own clients are in {where}: no demo there. Choose another folder with --data.")
    raise Refused(
        f"{where} holds a demo, which lets anybody in by a link. Start it with --demo, or choose another folder with"
        " --data."
    )


def _welcome(settings: Settings, engine: Engine, address: str, *, demo: bool) -> None:
    """Say where it answers; in a demo, one link for each person one can be."""
    typer.echo(f"\nPathways answers at {address}")
    if demo:
        with engine.database.begin() as connection:
            links = demo_database.fresh_links(connection, engine.clock.now())
        typer.echo("Kirjaudu linkistä · Logga in med en länk · Sign in by a link:\n")
        width = max((len(persona.name) for persona, _ in links), default=0)
        for persona, key in links:
            typer.echo(f"  {persona.name:<{width}}  {address}/sign-in?key={key}")
            typer.echo(f"  {'':<{width}}  {persona.fi} · {persona.sv} · {persona.en}\n")
    elif _is_demo(engine.database) is None:
        folder = "" if settings.database_url else f"PATHWAYS_DATA={settings.data} "
        typer.echo(f"Nobody can sign in yet. Add an administrator: {folder}pathways user add NAME --role admin")
    typer.echo("Ctrl-C ends it.\n")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
