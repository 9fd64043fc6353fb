"""Clients found by exactly one way of searching, so that nobody is added twice. Found, never browsed; every find is logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import RowMapping, select

from engine import tables as t
from engine.access_log import Read
from engine.client_identity import masked_code
from engine.clients import ClientQuery, rows_found
from engine.handle import Reading
from engine.projection import CASE_TABLE, table_of
from engine.read_models.titles import pathway_title
from engine.read_models.visible_cases import is_visible
from pathways.time_words import Language

CASE_CLIENT = table_of(t.CaseClientRow)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open case of the client that the searcher may see."""

    case_id: str
    number: str
    pathway_id: str
    pathway_title: str


@dataclass(frozen=True, slots=True)
class ClientFound:
    """Enough to tell whether it is the same person, and no more."""

    client_id: str
    name: str | None
    birth_date: date | None
    identity_code_masked: str | None
    temporary_id: str | None
    open_cases: tuple[OpenCase, ...]


def clients_found(reading: Reading, query: ClientQuery, language: Language) -> tuple[ClientFound, ...]:
    """Who the query means. For those who work with clients; others are refused."""
    rows = rows_found(reading.connection, reading.actor, reading.engine.keys, query)
    ids = tuple(str(row["client_id"]) for row in rows)
    reading.note(Read("client_search", "search", client_ids=ids))
    cases = _open_cases(reading, ids, language)
    return tuple(
        ClientFound(
            client_id=row["client_id"],
            name=row["name"],
            birth_date=row["birth_date"],
            identity_code_masked=masked_code(reading.engine.keys, row),
            temporary_id=row["temporary_id"],
            open_cases=tuple(case for client_id, case in cases if client_id == row["client_id"]),
        )
        for row in rows
    )


def _open_cases(reading: Reading, client_ids: Sequence[str], language: Language) -> list[tuple[str, OpenCase]]:
    if not client_ids:
        return []
    question = (
        select(CASE_CLIENT.c.client_id, CASE_TABLE)
        .join(
            CASE_TABLE,
            (CASE_TABLE.c.tenant_id == CASE_CLIENT.c.tenant_id) & (CASE_TABLE.c.case_id == CASE_CLIENT.c.case_id),
        )
        .where(
            CASE_CLIENT.c.tenant_id == reading.actor.tenant_id,
            CASE_CLIENT.c.client_id.in_(client_ids),
            CASE_CLIENT.c.until.is_(None),
            CASE_TABLE.c.state == "open",
            is_visible(reading.actor, reading.today),
        )
        .order_by(CASE_TABLE.c.opened_at)
    )
    return [
        (row["client_id"], OpenCase(row["case_id"], row["number"], row["pathway_id"], _title(reading, row, language)))
        for row in reading.connection.execute(question).mappings()
    ]


def _title(reading: Reading, row: RowMapping, language: Language) -> str:
    pathway_id, version = row["pathway_id"], row["version"]
    published = reading.engine.published
    return pathway_title(published.version(reading.connection, reading.actor.tenant_id, pathway_id, version), language)
