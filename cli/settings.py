"""Settings: what this installation is told from outside. Read here and nowhere else.

Each is an environment variable with the prefix `PATHWAYS_`, or a line `PATHWAYS_NAME=value` of the file that
`PATHWAYS_SETTINGS` names. The environment wins. An unknown name is refused: a misspelt setting would be ignored.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from pathways.near_miss import near_miss

PREFIX = "PATHWAYS_"
NOT_OURS = "PATHWAYS_TEST_"  # what ./test is told
FILE = "PATHWAYS_SETTINGS"
Folders = Annotated[tuple[Path, ...], NoDecode]


class SettingsRefused(Exception):
    """A setting is unknown, missing or can't mean what it says; the sentence names it, never its value."""


class Settings(BaseSettings):
    """Everything an operator may set. Each description is what the table in docs/running.md says."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    database_url: str | None = Field(
        default=None,
        description="`postgresql://…` for a county, `sqlite:///…` for one process. `up` makes its own in the data folder.",
    )
    redis_url: str | None = Field(
        default=None, description="`redis://…`; what `timers` and `worker` talk through. `up` and `api` need none."
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="At least 16 characters, outside the database; identity codes, seals and sign-ins depend on it."
        " `up` makes its own in the data folder.",
    )
    data: Path = Field(default=Path("var"), description="The data folder of `up`.")
    definitions: Folders = Field(
        default=(), description="Folders with the county's own pathways, separated by `:`; the shipped ones stay known."
    )
    calendars: Folders = Field(default=(), description="Folders with the county's own calendars, separated by `:`.")
    host: str = Field(default="127.0.0.1", description="The address `up` and `api` answer at.")
    port: int = Field(default=8000, ge=1, le=65535, description="The port `up` and `api` answer at.")
    public_url: str | None = Field(
        default=None, description="How people reach the pages, such as `https://…`; it stands in mails."
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        description="`smtp://user:password@host:587` (with STARTTLS) or `smtps://…`. Without it no mail leaves.",
    )
    mail_from: str = Field(default="pathways@localhost", description="The sender of mails.")
    metrics_token: SecretStr | None = Field(
        default=None,
        description="The bearer token that may read `/metrics`. Without it `/metrics` answers loopback only.",
    )
    pool_size: int = Field(default=10, ge=1, le=200, description="Database connections each process keeps.")
    workers: int = Field(default=2, ge=1, le=128, description="Child processes of each `worker`.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="How much is logged.")
    log_format: Literal["text", "json"] = Field(default="text", description="How it is logged.")

    @field_validator("definitions", "calendars", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(part for part in value.split(os.pathsep) if part) if isinstance(value, str) else value


def read_settings() -> Settings:
    """Return what the environment and the settings file say; SettingsRefused names what is wrong with them."""
    file = os.environ.get(FILE)
    if file and not Path(file).is_file():
        raise SettingsRefused(f"{FILE} names {file}, and there is no such file.")
    _refuse_unknown(os.environ, "the environment")
    if file:
        _refuse_unknown(dotenv_values(file), file)
    try:
        return Settings(_env_file=file or None)
    except ValidationError as error:
        raise SettingsRefused(_sentence(error)) from None


def names() -> tuple[str, ...]:
    """Every setting as it is written in the environment."""
    return tuple(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)


def _refuse_unknown(said: Iterable[str], where: str) -> None:
    """Name the near miss; pydantic-settings itself passes over names it doesn't know."""
    known = {name.removeprefix(PREFIX) for name in names()}
    for name in said:
        ours = name.upper()
        if not ours.startswith(PREFIX) or ours.startswith(NOT_OURS) or ours in (*names(), FILE):
            continue
        meant = near_miss(ours.removeprefix(PREFIX), known)
        hint = f"; did you mean {PREFIX}{meant}?" if meant else f". There are: {', '.join(names())}."
        raise SettingsRefused(f"There is no setting {name} (in {where}){hint}")


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    return f"{PREFIX}{field.upper()}: {first['msg'][:1].lower()}{first['msg'][1:]}."
