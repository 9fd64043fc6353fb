"""Promises of a county that ran before: an upgrade gives them the rows and counts that today's release would have written."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from alembic import command
from sqlalchemy import text

from engine import schema
from engine.database import Database
from engine.ids import new_id

FIRST = "20261121_first"
AT = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
TIERS: list[tuple[str, datetime]] = [
    ("usual:x1", AT),
    ("breach", AT + timedelta(hours=8, microseconds=1)),
    ("usual:x4", AT + timedelta(days=2)),
]


def written(database: Database, connection: Any, table: str, **values: Any) -> None:
    """A row as it stood, by the columns that table had then."""
    stored = {
        name: value.replace("-", "") if not database.is_postgres and name.endswith("_id") else value
        for name, value in values.items()
    }
    columns = ", ".join(f'"{name}"' for name in stored)
    held = ", ".join(f":{name}" for name in stored)
    connection.execute(text(f'INSERT INTO "{table}" ({columns}) VALUES ({held})'), stored)


def moment(database: Database, at: datetime) -> Any:
    return at if database.is_postgres else at.strftime("%Y-%m-%d %H:%M:%S.%f")


def test_what_never_fired_of_an_ended_promise_becomes_rows_and_breaches_are_counted(empty_database_url: str) -> None:
    database = Database.open(empty_database_url)
    tenant, case, promise = new_id(AT), new_id(AT), new_id(AT)
    key = {"tenant_id": tenant, "case_id": case}
    at = moment(database, AT)
    try:
        with database.engine.begin() as connection:
            command.upgrade(schema._config(connection), FIRST)
        with database.engine.begin() as connection:
            empty = dict.fromkeys(("visits", "cycles", "started_in", "happened", "noted"), "{}")
            empty |= {"attempts": "[]", "approvals": "[]"}
            said = {"number": "26-A", "pathway_id": "apu", "version": 1, "state": "open", "unit_id": tenant}
            said |= {"register_kind": "terveys", "language": "fi", "channel": "puhelin", "urgency": "normal"}
            said |= {
                "restricted": False,
                "episode": 1,
                "opened_at": at,
                "recorded_at": at,
                "revision": 1,
                "sequence": 5,
            }
            written(database, connection, "client_case", **key, **said, **empty)
            tiers = json.dumps([[name, fire_at.isoformat()] for name, fire_at in TIERS])
            clock = {"key": "aloitus", "cycle": 1, "kind": "promise", "state": "late", "started_at": at}
            clock |= {"effective_at": at, "goal": "same day", "calendar": "palveluaika@1", "unit_id": tenant}
            clock |= {"role": "x", "roll": "none", "pauses": "[]", "tiers": tiers, "breached_at": at, "ended_at": at}
            written(database, connection, "service_promise", **key, promise_id=promise, **clock)
            for name, fire_at in TIERS[:1]:
                fired = {
                    "tier": name,
                    "arming": 0,
                    "state": "fired",
                    "fire_at": moment(database, fire_at),
                    "noted_at": at,
                }
                written(database, connection, "promise_tier", **key, promise_id=promise, **fired)
            broken = {"breached_at": at, "detected_at": at, "unit_id": tenant, "role": "x"}
            written(database, connection, "promise_breach", **key, promise_id=promise, **broken)

        schema.upgrade(database)

        with database.read() as connection:
            rows = connection.execute(text("SELECT tier, state, fire_at FROM promise_tier ORDER BY fire_at")).all()
            after = connection.execute(text("SELECT next_tier FROM service_promise")).scalar()
            counted = connection.execute(text("SELECT breaches FROM client_case")).scalar()
        assert [(row.tier, row.state) for row in rows] == [
            ("usual:x1", "fired"),
            ("breach", "skipped"),
            ("usual:x4", "skipped"),
        ]
        assert [str(row.fire_at)[:26] for row in rows[1:]] == [str(moment(database, at))[:26] for _, at in TIERS[1:]]
        assert (after, counted) == (1, 1)
    finally:
        database.dispose()
