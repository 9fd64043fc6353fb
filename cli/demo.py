"""The demo's database: made whole or not at all, and one sign-in link for each of its people at every start."""

import os
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import Connection, delete

from cli.complaints import Refused
from cli.settings import Settings
from cli.wiring import data_file, open_engine
from engine import schema
from engine.accounts import DEMO_LINK, add_demo_link
from engine.catalogue import load_catalogue
from engine.database import Database
from engine.demo import PERSONAS, Persona, fill, personas_of
from engine.handle import Engine
from engine.keys import Keys
from engine.people import the_tenant
from engine.published import VersionTaken, publish
from engine.shelf import SHIPPED

UNFINISHED = ".being-made"
PUBLISHED_FROM = "demo-definitions"


def make_in_data_folder(settings: Settings, keys: Keys) -> None:
    """Fill a new database file beside its place and move it there when it is whole; a killed attempt is begun anew."""
    file = data_file(settings)
    unfinished = file.with_name(file.name + UNFINISHED)
    for left in file.parent.glob(f"{unfinished.name}*"):
        left.unlink()
    database = Database.open(f"sqlite:///{unfinished}")
    try:
        schema.upgrade(database)
        fill_with_progress(settings, database, keys)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")  # everything in the one file that is moved
    finally:
        database.dispose()
    with unfinished.open("rb") as whole:
        os.fsync(whole.fileno())
    unfinished.rename(file)


def fill_with_progress(settings: Settings, database: Database, keys: Keys) -> None:
    engine = open_engine(settings, database, keys)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns) as progress:
        task = progress.add_task("Making the demo: invented units, workers and clients", total=1.0)
        fill(engine, lambda done: progress.update(task, completed=done))


def publish_new(settings: Settings, engine: Engine) -> list[str]:
    """Publish the pathways that came with this release or changed in the county's folders; return what to tell."""
    folders = (SHIPPED, *settings.definitions)
    digest, known = _digest(folders), settings.data / PUBLISHED_FROM
    if known.exists() and known.read_text() == digest:
        return []
    told: list[str] = []
    with engine.database.begin() as connection:
        tenant = the_tenant(connection)
        for pathway in load_catalogue(folders):
            try:
                now = engine.clock.now()
                if tenant and publish(connection, tenant["tenant_id"], pathway.definition, by="system", now=now):
                    told.append(f"Published {pathway.id} version {pathway.version}.")
            except VersionTaken as refusal:
                told.append(str(refusal))
    known.write_text(digest)
    return told


def _digest(folders: Sequence[Path]) -> str:
    """The same as long as no definition file changes: checking them all takes seconds."""
    adding = sha256()
    for file in sorted(path for folder in folders for path in folder.rglob("*.yaml")):
        adding.update(f"{file}\0".encode() + file.read_bytes())
    return adding.hexdigest()


def fresh_links(connection: Connection, now: datetime) -> list[tuple[Persona, str]]:
    """A new link for everybody; the links of earlier starts end."""
    tenant = the_tenant(connection)
    if tenant is None or not tenant["demo"]:
        raise Refused("This is not a demo's database: it has no sign-in links.")
    connection.execute(delete(DEMO_LINK).where(DEMO_LINK.c.tenant_id == tenant["tenant_id"]))
    ids = personas_of(connection, tenant["tenant_id"])
    return [
        (persona, add_demo_link(connection, tenant["tenant_id"], ids[persona.name]))
        for persona in PERSONAS
        if persona.name in ids
    ]
