"""What other systems tell of a client, day by day. Told to a unit that handles the client, and counted there alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.candidate_counts import EXTERNAL
from engine.candidates import CASE_CLIENT
from engine.handle import Engine, Idempotency, Reading
from engine.ids import new_id
from engine.once import once
from engine.projection import CASE_TABLE as CASE
from engine.read_models.visible_cases import is_visible
from pathways.actor import Actor
from pathways.candidate import Mode, Recorded
from pathways.errors import Malformed, UnknownThing
from pathways.local_time import end_of_day
from pathways.time_zone import HELSINKI

MOST = 1000


@dataclass(frozen=True, slots=True)
class ToldCount:
    """So many of a kind on a local day; 0 says that the source looked and found none.

    `reference` is the source's own id: told again, it replaces what it said before. `series` names a planned one.
    """

    kind: Recorded
    happened_on: date
    number: int
    source: str
    reference: str
    register_kind: Literal["sosiaali", "terveys"]
    profession: str | None = None
    mode: Mode | None = None
    series: str | None = None
    planned: bool = False


def record_counts(
    engine: Engine,
    actor: Actor,
    client_id: str,
    unit_id: str,
    told: Sequence[ToldCount],
    idempotency: Idempotency,
    now: datetime,
) -> Mapping[str, Any]:
    """Record what a source tells a unit about its client; return how many. All of it or nothing."""

    def do(connection: Connection) -> Mapping[str, Any]:
        reading = Reading(connection, actor, now, engine)
        _require_client_of_unit(reading, client_id, unit_id)
        rows = [_row(reading, client_id, unit_id, one) for one in told]
        put: Any = postgresql.insert if engine.database.is_postgres else sqlite.insert
        for row in rows:
            key = [EXTERNAL.c.tenant_id, EXTERNAL.c.source, EXTERNAL.c.reference]
            said = {name: value for name, value in row.items() if name not in ("tenant_id", "count_id", "client_id")}
            same_client = EXTERNAL.c.client_id == client_id
            told_once = put(EXTERNAL).values(**row)
            stored = told_once.on_conflict_do_update(index_elements=key, set_=said, where=same_client)
            if connection.execute(stored.returning(EXTERNAL.c.count_id)).first() is None:
                raise Malformed("reference", "of_another_client")
        return {"recorded": len(rows)}

    return once(engine.database, actor, idempotency, now, do)


def _require_client_of_unit(reading: Reading, client_id: str, unit_id: str) -> None:
    """My unit, and a client with an open case there that I may see: nobody else is told whether either exists."""
    actor = reading.actor
    if unit_id not in actor.units:
        raise UnknownThing("unit", unit_id)
    same = (CASE_CLIENT.c.tenant_id == CASE.c.tenant_id) & (CASE_CLIENT.c.case_id == CASE.c.case_id)
    case = (
        select(CASE.c.case_id)
        .select_from(CASE.join(CASE_CLIENT, same))
        .where(
            CASE_CLIENT.c.client_id == client_id,
            CASE_CLIENT.c.primary,
            CASE_CLIENT.c.until.is_(None),
            CASE.c.unit_id == unit_id,
            CASE.c.state == "open",
            is_visible(actor, reading.today),
        )
    )
    if reading.connection.execute(case.limit(1)).first() is None:
        raise UnknownThing("client", client_id)


def _row(reading: Reading, client_id: str, unit_id: str, one: ToldCount) -> dict[str, Any]:
    today = reading.today
    if one.happened_on > today:
        raise Malformed("day", "in_the_future")
    ends = end_of_day(one.happened_on, HELSINKI)
    return {
        "tenant_id": reading.actor.tenant_id,
        "count_id": new_id(reading.now),
        "client_id": client_id,
        "unit_id": unit_id,
        "register_kind": one.register_kind,
        "kind": one.kind,
        "happened_on": one.happened_on,
        "happened_at": min(ends, reading.now),
        "number": one.number,
        "source": one.source,
        "reference": one.reference,
        "profession": one.profession,
        "mode": one.mode,
        "series": one.series,
        "planned": one.planned,
        "recorded_at": reading.now,
        "recorded_by": reading.actor.worker_id,
    }


def follow_merge(connection: Connection, tenant_id: str, old_client_id: str, client_id: str) -> None:
    """What was told of a temporary client is told of the one they turned out to be."""
    mine = (EXTERNAL.c.tenant_id == tenant_id) & (EXTERNAL.c.client_id == old_client_id)
    connection.execute(update(EXTERNAL).where(mine).values(client_id=client_id))
