"""Steady: 67 promises a second fall due, one after another, on a system that does nothing else; how late is each noticed.

Through the product's own timers and two workers. Lateness is the database's own account: from a rung's instant to when the
sweep that fired it looked at the clock. What commits after that look is told by how long a sweep takes.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import psycopg

from benchmarks.figures import Figures
from benchmarks.load import SECRET, arm, load
from benchmarks.processes import running
from tests.servers import Databases, PostgresServer, RedisServer

RATE = 67  # promises a second
AHEAD = 8.0  # seconds between the last one armed and the first one due
Tell = Callable[[str], None]

SPREAD = """
WITH numbered AS (
    SELECT tenant_id, promise_id, next_tier,
           %(first)s + (row_number() OVER (ORDER BY promise_id) - 1) * interval '1 second' / %(rate)s AS due
    FROM service_promise WHERE next_fire_at = %(armed)s
)
UPDATE service_promise p SET due_at = n.due, next_fire_at = n.due + interval '1 microsecond',
    tiers = jsonb_set(jsonb_set(p.tiers, ARRAY[n.next_tier::text, '1'], to_jsonb(n.due + interval '1 microsecond')),
                      ARRAY[(n.next_tier + 1)::text, '1'], to_jsonb(n.due + interval '1 microsecond'))
FROM numbered n WHERE p.tenant_id = n.tenant_id AND p.promise_id = n.promise_id"""


def measure_alone(*, cases: int, promises: int, tell: Tell = print) -> Figures:
    """Measure on servers of our own."""
    with PostgresServer(durable=True) as server, RedisServer() as redis, TemporaryDirectory() as folder:
        databases = Databases(server.url)
        url = databases.create().render_as_string(hide_password=False)
        tell(f"loading {cases} cases with {8 * cases} promises")
        load(url, cases=cases)
        around = {"cases": cases, "promises": promises, "a second": RATE, "workers": 2}
        figures = Figures("steady", databases.version(), around)
        with running(Path(folder), url, redis.url, SECRET, workers=2):
            _pass(url, RATE * 2, tell)  # imports, statements prepared, caches warm
            late = _pass(url, promises, tell)
        at = quantiles(late, n=100)
        figures.add("B4", "lateness, p50", at[49] * 1000, unit="ms")
        figures.add("B4", "lateness, p99", at[98] * 1000, 50.0, "ms")
        figures.add("B4", "lateness, most", max(late) * 1000, 1000.0, "ms")
        return figures


def _pass(url: str, promises: int, tell: Tell) -> list[float]:
    """Arm so many, spread them over time, wait, and ask how late each rung was noticed (seconds)."""
    far = datetime.now(UTC) + timedelta(days=1)
    arm(url, promises, far)
    first = datetime.now(UTC) + timedelta(seconds=AHEAD)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as eyes:
        moved = eyes.execute(SPREAD, {"first": first, "rate": RATE, "armed": far + timedelta(microseconds=1)}).rowcount
        if moved != promises or datetime.now(UTC) > first:
            raise AssertionError(f"{moved} of {promises} armed in time")
        last = first + timedelta(seconds=promises / RATE)
        tell(f"{promises} promises fall due until {last:%H:%M:%S}")
        time.sleep((last - datetime.now(UTC)).total_seconds() + 5)
        rows = eyes.execute(
            "SELECT extract(epoch FROM detected_at - breached_at)::float8 FROM promise_breach WHERE breached_at >= %s",
            [first],
        ).fetchall()
    if len(rows) != promises:
        raise AssertionError(f"{len(rows)} of {promises} were breached")
    return [late for (late,) in rows]
