"""Copies of template cases, made by the database itself: ids, team and worker differ, everything else is the template's.

A copy's ids are UUIDv7 as the product's are: both ends count copies (so that rows of one case lie together, and every
case has a number of its own), the middle is the template's, so that references inside the case stay true, in columns
and in payloads alike.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Table, text
from sqlmodel import SQLModel

from benchmarks.load_templates import COPIED, CountyOfTeams
from engine.ids import ALPHABET
from pathways.time_zone import HELSINKI

OWN_IDS = frozenset(
    ("case_id", "client_id", "promise_id", "run_id", "parent_run_id", "assignment_id", "consultation_id", "timer_id")
) | {"subject_id", "reason_plan", "question_text", "text_id"}
WORKERS = frozenset(
    (
        "worker_id",
        "assignee",
        "substitute_id",
        "asked_by",
        "accepted_by",
        "answered_by",
        "actor",
        "voided_by",
        "written_by",
    )
)
OTHERS = {"queued": 0.03, "restricted": 0.01, "asked": 0.003, "running": 0.695}
"""Shares of what isn't late; the rest is closed."""
LATE = {"late": 0.60, "late_twice": 0.30, "late_law": 0.08, "late_restricted": 0.02}
MISSING = {"late_twice": 1, "late_law": 4}
"""How many of the eight promises a case of that shape is short of; *longer* ones hold eleven and make up for it."""
LATE_SHARE = 0.2
"""Of a late team's cases; each holds one to three overdue promises, which makes about 1000 of 3333 cases."""
FEWEST_LATE = 45
LATE_ELSEWHERE = 0.003
LETTERS = " || ".join(f"substr('{ALPHABET}', 1 + (k.i >> {shift} & 31)::int, 1)" for shift in range(25, -5, -5))
"""A copy's part of its number, which is drawn from the last 30 bits of its id (`engine.ids.case_number`)."""
MOMENT = re.compile(r'(?<=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00:00|Z)(?=")')
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
OWN = slice(len("01234567-0123-7123-8"), len("01234567-0123-7123-8123-0123"))
"""Where the template's part of an id stands; eight digits more follow."""


@dataclass(frozen=True, slots=True)
class Copies:
    """`first_ms` is the millisecond in the ids of copy 0; copy n has the n-th after it."""

    county: CountyOfTeams
    first_ms: int

    def prepare(self, connection: Connection, cases: int) -> None:
        """Lay out the teams, the templates and which share of the cases has which shape."""
        connection.execute(text("CREATE TABLE bench.team (nr int, unit uuid, lead uuid, workers uuid[], late bool)"))
        into = "INSERT INTO bench.team VALUES (:nr, cast(:unit AS uuid), cast(:lead AS uuid), cast(:workers AS uuid[]), :late)"
        rows = [
            {
                "nr": nr,
                "unit": team.unit_id,
                "lead": team.lead_id,
                "workers": list(team.worker_ids),
                "late": nr % 10 == 2,
            }
            for nr, team in enumerate(self.county.teams)
        ]
        connection.execute(text(into), rows)
        connection.execute(text("CREATE TABLE bench.mix (late bool, grp text, low float8, high float8)"))
        of_team = cases / len(self.county.teams)
        late = min(1.0, max(LATE_SHARE, FEWEST_LATE / of_team))
        for is_late, share in ((True, late), (False, LATE_ELSEWHERE)):
            rows = [{"late": is_late, "grp": g, "low": low, "high": high} for g, low, high in _mix(share)]
            connection.execute(text("INSERT INTO bench.mix VALUES (:late, :grp, :low, :high)"), rows)
        self._stage(connection, "base", None)

    def copy(self, connection: Connection, first: int, last: int) -> None:
        """Make the copies numbered first … last − 1."""
        chosen = f"""
            SELECT h.i, h.nr, m.grp, hashint8extended(h.i, 2) & 1048575 AS draw
            FROM (SELECT i, (i % {len(self.county.teams)})::int AS nr,
                         (hashint8extended(i, 1) & 4294967295)::float8 / 4294967296 AS share
                  FROM generate_series({first}::bigint, {last} - 1) i) h
            JOIN bench.team t USING (nr) JOIN bench.mix m ON m.late = t.late AND h.share >= m.low AND h.share < m.high"""
        self._write(connection, "base", chosen)

    def cliff(self, connection: Connection, first: int, promises: int, at: datetime) -> int:
        """Make cases whose running promises, so many in all, fall due at that instant; return how many cases.

        Every other case has two of them, until a third of the promises are such seconds.
        """
        twos = promises // 3
        last = first + promises - twos
        chosen = f"""
            SELECT i, (i % {len(self.county.teams)})::int AS nr, i AS draw,
                   CASE WHEN (i - {first}) % 2 = 1 AND (i - {first}) / 2 < {twos} THEN 'cliff_two' ELSE 'cliff_one' END AS grp
            FROM generate_series({first}::bigint, {last} - 1) i"""
        self._stage(connection, "cliff", at)
        self._write(connection, "cliff", chosen)
        return last - first

    def _stage(self, connection: Connection, stage: str, due_at: datetime | None) -> None:
        """Lay out templates as typed rows: those of the cliff, moved to their instant, or all others."""
        for name in (*COPIED, "shape"):
            connection.execute(text(f"DROP TABLE IF EXISTS bench.{stage}_{name}"))
        kept = connection.execute(
            text(
                "SELECT grp, nr, template::text, tbl, row, due_at FROM bench.template_row WHERE (due_at IS NULL) = :base"
            ),
            {"base": due_at is None},
        ).all()
        shapes = {(row.grp, row.nr): row.template for row in kept}
        sizes = {grp: sum(1 for other, _ in shapes if other == grp) for grp, _ in shapes}
        connection.execute(text(f"CREATE TABLE bench.{stage}_shape (grp text, nr int, size int, template uuid)"))
        rows = [{"grp": g, "nr": nr, "size": sizes[g], "template": id_} for (g, nr), id_ in shapes.items()]
        into = f"INSERT INTO bench.{stage}_shape VALUES (:grp, :nr, :size, cast(:template AS uuid))"
        connection.execute(text(into), rows)
        for name in COPIED:
            connection.execute(
                text(f"CREATE TABLE bench.{stage}_{name} AS SELECT NULL::uuid AS template, t.* FROM {name} t LIMIT 0")
            )
            rows = [{"template": row.template, "row": self._said(row, due_at)} for row in kept if row.tbl == name]
            if rows:
                typed = f"SELECT cast(:template AS uuid), (jsonb_populate_record(NULL::{name}, cast(:row AS jsonb))).*"
                connection.execute(text(f"INSERT INTO bench.{stage}_{name} {typed}"), rows)
            connection.execute(text(f"ANALYZE bench.{stage}_{name}"))

    def _said(self, row: Any, due_at: datetime | None) -> str:
        """The row as JSON: moved in time, and in a payload with marks where a copy's own ids belong."""
        said = dict(row.row)
        if due_at is not None:
            by = due_at - row.due_at
            said = json.loads(MOMENT.sub(lambda found: _moved(found[0], by), json.dumps(said)))
            _redate(said)
            _redate(said.get("payload") or {})
        if row.tbl == "case_event":
            if number := said["payload"].get("number"):
                said["payload"]["number"] = f"{number[:3]}@letters"
            said["payload"] = json.loads(UUID.sub(self._mark, json.dumps(said["payload"])))
        return json.dumps(said)

    def _mark(self, found: re.Match[str]) -> str:
        team = self.county.teams[0]
        people = {team.unit_id: "@unit", team.worker_ids[0]: "@worker", team.lead_id: "@lead"}
        return people.get(found[0]) or f"@front{found[0][OWN]}@back"

    # --- writing ---

    def _write(self, connection: Connection, stage: str, chosen: str) -> None:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # references are right by construction
        connection.execute(text("SET LOCAL synchronous_commit = off"))
        connection.execute(
            text(f"""
            CREATE TEMP TABLE made ON COMMIT DROP AS
            SELECT k.i, s.template, t.unit, t.lead, k.i % 50 = 0 AS whole,
                   t.workers[1 + k.i / {len(self.county.teams)} % array_length(t.workers, 1)] AS worker,
                   left(ms, 8) || '-' || right(ms, 4) || '-7000-8' AS front, lpad(to_hex(k.i), 8, '0') AS back,
                   {LETTERS} AS letters
            FROM ({chosen}) k CROSS JOIN lpad(to_hex({self.first_ms} + k.i), 12, '0') AS ms JOIN bench.team t USING (nr)
            JOIN bench.{stage}_shape s ON s.grp = k.grp AND s.nr = k.draw % s.size
            ORDER BY k.i""")
        )
        connection.execute(text("ANALYZE made"))
        for name in COPIED:
            connection.execute(text(self._insert(stage, SQLModel.metadata.tables[name])))

    def _insert(self, stage: str, table: Table) -> str:
        columns = [column for column in table.columns if not column.computed]
        names = ", ".join(f'"{column.name}"' for column in columns)
        values = ", ".join(self._value(table, column) for column in columns)
        which = PARTLY.get(table.name, "").format(stage=stage)
        return f"""INSERT INTO {table.name} ({names}) SELECT {values}
            FROM made c JOIN bench.{stage}_{table.name} s USING (template) {which} ORDER BY c.i"""

    def _value(self, table: Table, column: Column[Any]) -> str:
        name, team = column.name, self.county.teams[0]
        if table.name == "client" and name in INVENTED:
            return INVENTED[name]
        if table.name == "client_case" and name == "number":
            return "left(s.number, 3) || c.letters"
        if name == "payload":
            marks = {
                "@letters": "c.letters",
                "@front": "c.front",
                "@back": "c.back",
                "@unit": "c.unit",
                "@worker": "c.worker",
                "@lead": "c.lead",
            }
            said = "s.payload::text"
            for mark, meant in marks.items():
                said = f"replace({said}, '{mark}', {meant}::text)"
            return f"{said}::jsonb"
        if name == "unit_id":
            return f"CASE s.unit_id WHEN '{team.unit_id}' THEN c.unit ELSE s.unit_id END"
        if name in OWN_IDS:
            return f"(c.front || substr(s.{name}::text, {OWN.start + 1}, {OWN.stop - OWN.start}) || c.back)::uuid"
        if name in WORKERS:
            back = "uuid" if "UUID" in repr(column.type).upper() else "text"
            who = f"WHEN '{team.worker_ids[0]}' THEN c.worker::text WHEN '{team.lead_id}' THEN c.lead::text"
            return f"(CASE s.{name}::text {who} ELSE s.{name}::text END)::{back}"
        return f's."{name}"'


PARTLY = {
    "case_event": "WHERE c.whole OR s.sequence = 1",
    "case_text": "WHERE c.whole",
    "promise_tier": """WHERE c.whole OR s.promise_id IN
        (SELECT p.promise_id FROM bench.{stage}_service_promise p WHERE p.ended_at IS NULL)""",
}
"""What is copied in full for every fiftieth case alone: it would be most of the bytes, and nobody asks for it."""

INVENTED = {
    "name": "'Asiakas ' || c.i",
    "name_folded": "'asiakas ' || c.i",
    "birth_date": "date '1935-01-01' + (c.i * 7919 % 28000)::int",
}


def _mix(late: float) -> list[tuple[str, float, float]]:
    """Each shape with its stretch of 0–1, which end to end fill it."""
    shares = {shape: part * late for shape, part in LATE.items()}
    shares["longer"] = sum(shares[shape] * missing for shape, missing in MISSING.items()) / 3
    rest = 1 - late
    shares |= {shape: part * max(rest - shares["longer"], 0) for shape, part in OTHERS.items()}
    shares["closed"] = 1.0  # whatever is left
    stretches, low = [], 0.0
    for shape, part in shares.items():
        stretches.append((shape, low, min(low + part, 2.0)))
        low += part
    return stretches


def _moved(written: str, by: timedelta) -> str:
    return (datetime.fromisoformat(written) + by).isoformat()


def _redate(said: dict[str, Any]) -> None:
    """`due_on` is the local date of the last moment before `due_at`."""
    if said.get("due_on") and said.get("due_at"):
        last = datetime.fromisoformat(said["due_at"]) - timedelta(microseconds=1)
        said["due_on"] = last.astimezone(HELSINKI).date().isoformat()


def first_ms_of(now: datetime) -> int:
    """Long enough before now that the ids of copies lie in the past, as those of cases do."""
    return int((now - timedelta(days=1)).timestamp() * 1000)
