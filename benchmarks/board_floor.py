"""The floor of boards: what somebody who knows the tables would ask by hand for one team or for twenty."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

KINDS = ("statutory", "promise", "target")
_WORST = """
(SELECT {rank} AS rank, p.due_at, p.promise_id, p.case_id FROM service_promise p
 WHERE p.tenant_id = %(tenant)s AND p.unit_id = {unit} AND p.kind = '{kind}' AND p.state IN ('running', 'paused')
   AND p.due_at < %(now)s ORDER BY p.due_at, p.promise_id LIMIT %(most)s)"""


def _of(unit: str) -> str:
    return " UNION ALL ".join(_WORST.format(rank=rank, kind=kind, unit=unit) for rank, kind in enumerate(KINDS))


_CASE = """
JOIN client_case c ON c.tenant_id = %(tenant)s AND c.case_id = w.case_id ORDER BY w.rank, w.due_at, w.promise_id"""
SHOWN = "SELECT w.rank, w.due_at, w.promise_id, w.case_id, c.number, c.unit_id, c.restricted FROM "
TEAM = f"{SHOWN} (SELECT * FROM ({_of('%(unit)s')}) o ORDER BY rank, due_at, promise_id LIMIT %(most)s) w {_CASE}"
TEAMS = f"""{SHOWN} (SELECT o.* FROM unnest(%(units)s::uuid[]) u (unit_id) CROSS JOIN LATERAL ({_of("u.unit_id")}) o
    ORDER BY rank, due_at, promise_id LIMIT %(most)s) w {_CASE}"""
COUNTS = """SELECT u.unit_id, o.late FROM unnest(%(units)s::uuid[]) u (unit_id) CROSS JOIN LATERAL (
    SELECT count(*) AS late FROM service_promise p WHERE p.tenant_id = %(tenant)s AND p.unit_id = u.unit_id
    AND p.kind IN ('statutory', 'promise', 'target') AND p.state IN ('running', 'paused') AND p.due_at < %(now)s) o"""


class BoardFloor:
    """Asks by hand on a connection of its own, with prepared statements."""

    def __init__(self, url: str, tenant_id: str) -> None:
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(plain, prepare_threshold=0, autocommit=True)
        self._tenant = tenant_id

    def team(self, unit: str, now: datetime, most: int) -> list[Any]:
        return self._ask(TEAM, unit=unit, now=now, most=most)

    def teams(self, units: Sequence[str], now: datetime, most: int) -> list[Any]:
        return self._ask(TEAMS, units=list(units), now=now, most=most)

    def counts(self, units: Sequence[str], now: datetime) -> list[Any]:
        return self._ask(COUNTS, units=list(units), now=now)

    def close(self) -> None:
        self._connection.close()

    def _ask(self, question: str, **asked: Any) -> list[Any]:
        return self._connection.execute(question, {"tenant": self._tenant} | asked).fetchall()
