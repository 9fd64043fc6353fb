"""After a fault: what was armed, counted by SQL against what stands in the journals, rungs, breaches and the outbox.

Nothing here goes through the sweep's own code, so that a mistake of it can't hide itself. What was armed is what the
promises' rows hold; that those are what the journals say is for `engine/verify.py`, which is asked too.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from engine.handle import Engine
from engine.sweep_lags import recorded_lags
from engine.verify import Verified, verify


@dataclass(frozen=True, slots=True)
class After:
    """How much there was, and (from `missing` on) how much of it is wrong: all of that must be nothing."""

    cases: int
    promises: int
    breaches: int
    rungs: int
    messages: int
    longest_lag: float
    """Seconds from a rung's instant until it was noticed."""
    missing_rungs: int
    missing_breaches: int
    missing_timers: int
    doubled: int
    early: int
    untold: int
    """Messages that are missing, or that nothing in the journal asks for; and notifications in the same way."""
    unlagged: int
    gaps: int
    """Journals that are shorter or longer than their case counts."""
    lost: int
    """Commands that were acknowledged and are not there."""
    differences: int
    """What `verify` found."""
    set_aside: int

    @property
    def wrong(self) -> dict[str, int]:
        """What may not be, with how often it is."""
        found = asdict(self)
        return {name: found[name] for name in WRONG if found[name]}


WRONG = (
    *("missing_rungs", "missing_breaches", "missing_timers", "doubled", "early", "untold"),
    *("unlagged", "gaps", "lost", "differences", "set_aside"),
)


def after(engine: Engine, now: datetime, acknowledged: Collection[str] = ()) -> After:
    """Count everything. `now`: by when all that was due has been noticed; `acknowledged`: keys of answered commands."""
    done = Verified()
    for _ in verify(engine, done):
        pass
    with engine.database.read() as connection:
        count = _Counting(connection, now)
        return After(
            cases=count("SELECT count(*) FROM client_case"),
            promises=count("SELECT count(*) FROM service_promise"),
            breaches=count("SELECT count(*) FROM promise_breach"),
            rungs=count("SELECT count(*) FROM promise_tier WHERE state = 'fired'"),
            messages=count("SELECT count(*) FROM outbox WHERE kind = 'promise_rung'"),
            longest_lag=float(count.value(LONGEST_LAG) or 0.0),
            missing_rungs=count(MISSING_RUNGS),
            missing_breaches=count(MISSING_BREACHES),
            missing_timers=count(MISSING_TIMERS),
            doubled=count(DOUBLED_RUNGS) + count(DOUBLED_BREACHES),
            early=count(EARLY),
            untold=count(UNTOLD) + count(UNNOTIFIED),
            unlagged=abs(recorded_lags(connection).noticed - count(NOTICED)),
            gaps=count(GAPS),
            lost=len(set(acknowledged)) - count.value(ACKNOWLEDGED, keys=list(acknowledged)),
            differences=len(done.found),
            set_aside=count("SELECT count(*) FROM client_case WHERE set_aside_at IS NOT NULL"),
        )


def see_when_rungs_are_written(connection: Connection) -> None:
    """Let the database note by its own clock when each rung was written: `early` compares with that as well."""
    connection.execute(text("ALTER TABLE promise_tier ADD COLUMN seen_at timestamptz DEFAULT clock_timestamp()"))


class _Counting:
    """Asks for one number at a time; `:now`, `:keys` and `{seen}` may stand in a question."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection, self._values = connection, {"now": now}
        self._seen = "t.seen_at" if self.value(HAS_SEEN) else "t.noted_at"

    def __call__(self, question: str) -> int:
        return int(self.value(question))

    def value(self, question: str, **more: Any) -> Any:
        asked = text(question.replace("{seen}", getattr(self, "_seen", "")))
        values = self._values | more
        return self._connection.execute(asked, {name: values[name] for name in asked._bindparams}).scalar_one()


HAS_SEEN = (
    """SELECT count(*) FROM information_schema.columns WHERE table_name = 'promise_tier' AND column_name = 'seen_at'"""
)
RUNG = """(SELECT p.tenant_id, p.promise_id, p.state, p.arming, r.value->>0 AS tier, (r.value->>1)::timestamptz AS fire_at
    FROM service_promise p CROSS JOIN LATERAL jsonb_array_elements(p.tiers) r) AS rung"""
FIRED = "(SELECT payload->>'promise_id' AS promise_id, payload->>'tier' AS tier, (payload->>'fire_at')::timestamptz AS fire_at,"
FIRED += " payload->'told' AS told, recorded_at, case_id FROM case_event WHERE type = 'tier_fired') AS fired"

MISSING_RUNGS = f"""SELECT count(*) FROM {RUNG} WHERE state = 'running' AND fire_at <= :now AND NOT (
    EXISTS (SELECT FROM promise_tier t WHERE t.tenant_id = rung.tenant_id AND t.promise_id = rung.promise_id
            AND t.tier = rung.tier AND t.arming = rung.arming AND t.fire_at = rung.fire_at AND t.state = 'fired')
    AND EXISTS (SELECT FROM {FIRED} WHERE fired.promise_id = rung.promise_id::text AND fired.tier = rung.tier
            AND fired.fire_at = rung.fire_at))"""
MISSING_BREACHES = """SELECT count(*) FROM service_promise p WHERE (p.state = 'late' OR p.state = 'running' AND p.due_at < :now)
    AND NOT (EXISTS (SELECT FROM promise_breach b WHERE b.tenant_id = p.tenant_id AND b.promise_id = p.promise_id
                     AND b.voided_at IS NULL AND b.breached_at = p.due_at)
             AND EXISTS (SELECT FROM case_event e WHERE e.tenant_id = p.tenant_id AND e.case_id = p.case_id
                         AND e.type = 'promise_breached' AND e.payload->>'promise_id' = p.promise_id::text))"""
MISSING_TIMERS = "SELECT count(*) FROM timer WHERE fired_at IS NULL AND fire_at <= :now"
DOUBLED_RUNGS = f"""SELECT coalesce(sum(n - 1), 0) FROM
    (SELECT count(*) AS n FROM {FIRED} GROUP BY promise_id, tier, fire_at HAVING count(*) > 1) AS twice"""
DOUBLED_BREACHES = """SELECT count(*) FROM (SELECT e.payload->>'promise_id' AS promise_id, count(*) AS n FROM case_event e
    WHERE e.type = 'promise_breached' GROUP BY 1) AS told
    WHERE n <> (SELECT count(*) FROM promise_breach b WHERE b.promise_id::text = told.promise_id)"""
EARLY = """SELECT (SELECT count(*) FROM promise_tier t WHERE t.state = 'fired' AND (t.noted_at < t.fire_at OR {seen} < t.fire_at))
    + (SELECT count(*) FROM promise_breach b WHERE b.detected_at <= b.breached_at)
    + (SELECT count(*) FROM timer t WHERE t.fired_at < t.fire_at)"""
UNTOLD = f"""SELECT count(*) FROM
    (SELECT promise_id, count(*) AS n FROM {FIRED} WHERE jsonb_array_length(told) > 0 GROUP BY 1) AS asked
    FULL JOIN (SELECT payload->>'promise_id' AS promise_id, count(*) AS n FROM outbox WHERE kind = 'promise_rung' GROUP BY 1)
    AS written USING (promise_id) WHERE asked.n IS DISTINCT FROM written.n"""
UNNOTIFIED = f"""SELECT abs((SELECT coalesce(sum(jsonb_array_length(told)), 0) FROM {FIRED})
    - (SELECT coalesce(sum(jsonb_array_length(payload->'to')), 0) FROM outbox
       WHERE kind = 'promise_rung' AND relayed_at IS NULL)
    - (SELECT count(*) FROM notification WHERE kind = 'promise_rung')
    - (SELECT coalesce(sum((payload->>'count')::int), 0) FROM notification WHERE kind = 'promise_digest'))"""
# By the sweeper's own moment: a clock that is behind records at the case's last moment, several sweeps at the same one.
NOTICED = """SELECT count(*) FROM (SELECT DISTINCT case_id, occurred_at FROM case_event
    WHERE type IN ('tier_fired', 'timer_fired') AND actor = 'system') AS noticed"""
GAPS = """SELECT count(*) FROM client_case c LEFT JOIN
    (SELECT tenant_id, case_id, count(*) AS n, max(sequence) AS last FROM case_event GROUP BY 1, 2) AS told USING (tenant_id, case_id)
    WHERE told.n IS DISTINCT FROM c.sequence OR told.last IS DISTINCT FROM c.sequence"""
LONGEST_LAG = "SELECT extract(epoch FROM max(t.noted_at - t.fire_at)) FROM promise_tier t WHERE t.state = 'fired'"
ACKNOWLEDGED = "SELECT count(DISTINCT key) FROM idempotency WHERE key = ANY(:keys)"
