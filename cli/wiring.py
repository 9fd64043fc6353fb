"""Wiring: from settings to a database, its keys and the engine on it. Every command that runs the engine begins here."""

import os
import re
import secrets
from pathlib import Path

from sqlalchemy.exc import ArgumentError

from cli.settings import PREFIX, Settings, SettingsRefused
from engine import schema
from engine.calendars import calendars_of, shipped_calendars
from engine.clock import Clock, SystemClock
from engine.database import Database
from engine.handle import Engine
from engine.keys import Keys
from engine.people import the_tenant
from worker.deliver import MailServer, NoMailServer, SmtpDeliverer

DATABASE_FILE = "pathways.db"
SECRET_FILE = "secret-key"  # noqa: S105 - its name, not the secret


def required(value: str | None, name: str, what_for: str) -> str:
    """The value of a setting a command can't do without."""
    if not value:
        raise SettingsRefused(f"Set {PREFIX}{name}: {what_for}.")
    return value


def open_database(settings: Settings, *, in_data_folder: bool = False) -> Database:
    """Open the database that is named, else (where allowed) the one in the data folder. Nothing is asked of it yet."""
    url = settings.database_url
    if not url and (in_data_folder or data_file(settings).exists()):
        url = f"sqlite:///{data_file(settings)}"
    try:
        return Database.open(
            required(url, "DATABASE_URL", f"there is no database in {settings.data.absolute()} either"),
            pool_size=settings.pool_size,
        )
    except (ArgumentError, ImportError, ModuleNotFoundError):
        raise SettingsRefused(
            f"{PREFIX}DATABASE_URL is not an address of a database; write postgresql://… or sqlite:///…"
        ) from None


def data_file(settings: Settings) -> Path:
    return settings.data.absolute() / DATABASE_FILE


def open_keys(settings: Settings, *, may_make: bool = False) -> Keys:
    """The keys of this installation. `up` alone may make a secret, in its data folder, readable by its owner."""
    secret = settings.secret_key.get_secret_value() if settings.secret_key else None
    if not secret:
        secret = _secret_in(settings.data / SECRET_FILE, may_make=may_make)
    try:
        return Keys.of(required(secret, "SECRET_KEY", "identity codes, seals and sign-ins depend on it"))
    except ValueError as error:
        raise SettingsRefused(f"{PREFIX}{error}.") from None


def _secret_in(file: Path, *, may_make: bool) -> str | None:
    if not file.exists() and may_make:
        fd = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w") as made:
            made.write(secrets.token_urlsafe(48))
            made.flush()
            os.fsync(made.fileno())
    return file.read_text().strip() if file.exists() else None


def open_engine(settings: Settings, database: Database, keys: Keys, clock: Clock | None = None) -> Engine:
    """The engine on a database whose tables are today's; SchemaNotCurrent otherwise."""
    schema.require_current(database)
    calendars = calendars_of(settings.calendars) if settings.calendars else shipped_calendars()
    with database.read() as connection:
        tenant = the_tenant(connection)
        engine = Engine(database, clock or SystemClock(), calendars, keys, demo=bool(tenant and tenant["demo"]))
        engine.shelf.look(connection, at_once=True)
    return engine


def engine_of(settings: Settings) -> Engine:
    """The engine as every command but `up` opens it."""
    return open_engine(settings, open_database(settings), open_keys(settings))


def deliverer_of(settings: Settings) -> SmtpDeliverer | None:
    """How letters leave; None where no mail server is named."""
    if settings.smtp_url is None:
        return None
    try:
        server = MailServer.of(settings.smtp_url.get_secret_value())
    except NoMailServer as error:
        raise SettingsRefused(f"{PREFIX}SMTP_URL: {error}.") from None
    return SmtpDeliverer(server, settings.mail_from, settings.public_url)


def redis_url(settings: Settings) -> str:
    """Where `timers` and `worker` meet."""
    url = required(settings.redis_url, "REDIS_URL", "timers and workers talk through it; `pathways up` needs none")
    return re.sub(r"^unix://", "redis+socket://", url)
