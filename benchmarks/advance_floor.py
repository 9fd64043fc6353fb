"""The floor: psycopg by hand, writing the very rows an advance writes, with no rules, no checks and no access."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy.engine import make_url

from benchmarks.round_trips import counted_on

READ = """
SELECT c.sequence, c.revision, r.run_id, r.step, r.visit, p.promise_id, p.key, p.cycle
FROM client_case c
JOIN step_run r ON r.tenant_id = c.tenant_id AND r.case_id = c.case_id AND r.state IN ('waiting', 'open', 'started')
JOIN service_promise p ON p.tenant_id = c.tenant_id AND p.case_id = c.case_id AND p.state IN ('running', 'paused')
WHERE c.tenant_id = %s AND c.case_id = %s FOR UPDATE OF c"""
EVENTS = """
INSERT INTO case_event (tenant_id, case_id, sequence, type, v, occurred_at, recorded_at, actor, revision, payload)
VALUES (%s,%s,%s,%s,1,%s,%s,%s,%s,%s), (%s,%s,%s,%s,1,%s,%s,%s,%s,%s),
       (%s,%s,%s,%s,1,%s,%s,%s,%s,%s), (%s,%s,%s,%s,1,%s,%s,%s,%s,%s)"""
RUN = """
WITH ended AS (UPDATE step_run SET state = 'done', outcome = %s, ended_at = %s WHERE tenant_id = %s AND run_id = %s)
INSERT INTO step_run (tenant_id, run_id, case_id, step, visit, state, entered_at, role, missing, by_outcome, from_step)
VALUES (%s, %s, %s, %s, %s, 'open', %s, 'vastuutyontekija', '[]', %s, %s)"""
PROMISE = """
WITH kept AS (UPDATE service_promise SET state = 'kept', ended_at = %s, end_reason = %s, next_tier = NULL,
              next_fire_at = NULL WHERE tenant_id = %s AND promise_id = %s)
INSERT INTO service_promise (tenant_id, promise_id, case_id, key, cycle, kind, state, started_at, effective_at, due_at,
  due_on, working_due_at, goal, calendar, unit_id, role, roll, pauses, tiers, next_tier, next_fire_at)
VALUES (%s,%s,%s,%s,%s,'promise','running',%s,%s,%s,%s,%s,'3 working days','palveluaika@1',%s,'vastuutyontekija','none',
  '[]',%s,0,%s)"""
CASE = """
WITH changed AS (INSERT INTO change (tenant_id, topic, subject_id, at) VALUES (%s,'case',%s,%s), (%s,'unit',%s,%s)),
answered AS (INSERT INTO idempotency (tenant_id, actor, key, digest, answer, made_at) VALUES (%s,%s,%s,%s,%s,%s))
UPDATE client_case SET sequence = %s, revision = %s, recorded_at = %s, visits = %s, cycles = %s
WHERE tenant_id = %s AND case_id = %s"""
NEXT = {"alku": ("jatko", "eteenpain"), "jatko": ("alku", "takaisin")}


class Floor:
    """Advances a twin of the product's case. Statements: begin, read under lock, four writes, commit."""

    def __init__(self, url: str, tenant_id: str, case_id: str, unit_id: str, worker_id: str) -> None:
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(plain, prepare_threshold=2, options="-c timezone=UTC -c jit=off")
        self._tenant, self._unit, self._worker = tenant_id, unit_id, worker_id
        self._case = self._twin_of(case_id)
        self._now = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
        self._number = 0

    def round_trips(self) -> int:
        return counted_on(self._connection, self.advance)

    def close(self) -> None:
        self._connection.close()

    def advance(self) -> None:
        """Exactly the rows of one advance."""
        self._number += 1
        self._now += timedelta(seconds=1)
        with self._connection.transaction(), self._connection.cursor() as cursor:
            read = cursor.execute(READ, (self._tenant, self._case)).fetchone()
            if read is None:
                raise RuntimeError("the floor's case is gone")
            self._write(cursor, *read)

    def _write(self, cursor: Any, *read: Any) -> None:
        sequence, revision, run_id, step, visit, promise_id, _key, _cycle = read
        now, (next_step, outcome) = self._now, NEXT[step]
        new_run, new_promise = str(uuid.uuid4()), str(uuid.uuid4())
        due = now + timedelta(days=3)
        next_visit = visit if next_step == "jatko" else visit + 1
        next_key = f"{next_step}_ajallaan"
        payloads: list[dict[str, Any]] = [
            {"run_id": str(run_id), "step": step, "outcome": outcome, "answers": {}},
            {"run_id": new_run, "step": next_step, "visit": next_visit, "role": "vastuutyontekija", "by_outcome": outcome,
             "from_step": step, "missing": []},
            {"promise_id": str(promise_id), "late": False, "cause": f"step {step} done"},
            {"promise_id": new_promise, "key": next_key, "cycle": next_visit, "kind": "promise", "goal": "3 working days",
             "calendar": "palveluaika@1", "roll": "none", "effective_at": now.isoformat(), "due_at": due.isoformat(),
             "due_on": due.date().isoformat(), "working_due_at": due.isoformat(), "unit_id": self._unit,
             "role": "vastuutyontekija", "rungs": [{"key": "breach", "fire_at": due.isoformat()}]},
        ]  # fmt: skip
        types = ("step_ended", "step_entered", "promise_kept", "promise_started")
        rows: list[Any] = []
        for place, (type_, payload) in enumerate(zip(types, payloads, strict=True), start=1):
            rows += [
                self._tenant,
                self._case,
                sequence + place,
                type_,
                now,
                now,
                self._worker,
                revision + 1,
                Jsonb(payload),
            ]
        cursor.execute(EVENTS, rows)
        cursor.execute(
            RUN,
            (
                outcome,
                now,
                self._tenant,
                run_id,
                self._tenant,
                new_run,
                self._case,
                next_step,
                next_visit,
                now,
                outcome,
                step,
            ),
        )
        tiers = Jsonb([["breach", due.isoformat()]])
        cursor.execute(
            PROMISE,
            (now, f"step {step} done", self._tenant, promise_id, self._tenant, new_promise, self._case, next_key,
             next_visit, now, now, due, due.date(), due, self._unit, tiers, due),
        )  # fmt: skip
        answer = Jsonb(
            {"case_id": self._case, "revision": revision + 1, "made": {"runs": [new_run], "promises": [new_promise]}}
        )
        visits = Jsonb({"alku": next_visit, "jatko": next_visit})
        cycles = Jsonb({"alku_ajallaan": next_visit, "jatko_ajallaan": next_visit})
        cursor.execute(
            CASE,
            (self._tenant, self._case, now, self._tenant, self._unit, now, self._tenant, self._worker,
             f"{self._case}:{self._number}", "0" * 64, answer, now, sequence + 4, revision + 1, now, visits, cycles,
             self._tenant, self._case),
        )  # fmt: skip

    def _twin_of(self, case_id: str) -> str:
        """Copy the product's opened case, row by row, under an id of its own."""
        twin = str(uuid.uuid4())
        fresh: dict[str, Any] = {"case_id": twin, "number": f"F-{twin[:8]}"}
        with self._connection.transaction():
            for table in ("client_case", "case_client", "step_run", "service_promise", "assignment", "case_event"):
                self._copy(table, case_id, fresh)
        return twin

    def _copy(self, table: str, case_id: str, fresh: dict[str, Any]) -> None:
        where = "tenant_id = %s AND case_id = %s"
        rows = self._connection.execute(
            f"SELECT to_jsonb(t) FROM {table} t WHERE {where}", (self._tenant, case_id)
        ).fetchall()
        for (row,) in rows:
            own = {name: str(uuid.uuid4()) for name in ("run_id", "promise_id", "assignment_id") if name in row}
            copy = {**row, **{name: value for name, value in fresh.items() if name in row}, **own}
            self._connection.execute(
                f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s)", (json.dumps(copy),)
            )
