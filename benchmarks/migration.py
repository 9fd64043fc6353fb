"""Migration: running cases of one pathway go on by another version, through the command, killed in the middle, and back.

Every case is opened by the product's own commands, so that `verify` replays all of their journals. Between the versions a
step has another name and a promise another time. Nothing here is a floor: what is measured is how long an operator waits,
and that nothing is lost.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from sqlalchemy import text

from benchmarks.figures import Figures
from benchmarks.load_templates import LoadClock
from benchmarks.processes import CHECKOUT
from engine import schema
from engine.calendars import shipped_calendars
from engine.clock import SystemClock
from engine.database import Database
from engine.handle import Engine
from engine.ids import new_id
from engine.keys import Keys
from engine.machine import CompiledPathway
from engine.people import NewWorker, actor_of, add_tenant, add_unit, add_worker, join_unit
from engine.published import publish
from engine.reader import read_pathway
from engine.shelf import SHIPPED, load_shelf
from engine.sweep import sweep
from engine.verify import Verified, verify
from pathways import commands as c
from pathways.actor import Actor
from pathways.definition import PathwayDefinition
from pathways.time_zone import HELSINKI
from tests.servers import Databases, PostgresServer

SECRET = "benchmark-benchmark"  # noqa: S105 - of invented people
PATHWAY = "vastaanotto_jonotta"
RENAMED = "uusi_nimi"
LONGEST = 600.0  # seconds any one command may take
Tell = Callable[[str], None]

STATE = """
SELECT (SELECT md5(string_agg(format('%s %s %s %s', case_id, version, state, visits), ',' ORDER BY case_id)) FROM client_case),
       (SELECT md5(string_agg(format('%s %s %s', run_id, step, state), ',' ORDER BY run_id)) FROM step_run),
       (SELECT md5(string_agg(format('%s %s %s %s %s', promise_id, state, due_at, next_fire_at, ended_at), ','
               ORDER BY promise_id)) FROM service_promise WHERE end_reason IS DISTINCT FROM 'migration_reversed')
"""
"""What taking a migration back must restore: versions, steps, and every promise but those that it had begun."""


def measure_alone(*, cases: int, tell: Tell = print) -> Figures:
    """Measure on a server of our own."""
    with PostgresServer(durable=True) as server, TemporaryDirectory() as folder:
        databases = Databases(server.url)
        url = databases.create().render_as_string(hide_password=False)
        around = {"cases": cases, "pathway": PATHWAY}
        figures = Figures("migration", databases.version(), around)
        database = Database.open(url)
        try:
            _Trial(database, url, Path(folder), cases, figures, tell).run()
        finally:
            database.dispose()
        return figures


@dataclass
class _Trial:
    database: Database
    url: str
    folder: Path
    cases: int
    figures: Figures
    tell: Tell

    def run(self) -> None:
        began = time.monotonic()
        old, new = self._fill()
        self.figures.circumstances["loaded in, s"] = round(time.monotonic() - began)
        self._verify("before")
        plan = self._plan(old, new)
        before = self._state()
        dry = self._measured("dry run", "--plan", plan, "--dry-run", "--report", str(self.folder / "moves.csv"))
        listed = (self.folder / "moves.csv").read_text().count("\n") - 1
        self.tell(f"dry run: {json.dumps(dry['promises'])}; {listed} moves listed; breaches {dry['breaches']}")
        if self._state() != before:
            raise AssertionError("the dry run wrote something")
        self._kill_in_the_middle(plan)
        done = self._measured("resumed to the end", "--plan", plan)
        if {key: done[key] for key in ("moved", "promises")} != {key: dry[key] for key in ("moved", "promises")}:
            raise AssertionError(f"the run came to {done}, the dry run to {dry}")
        self._verify("after")
        back = self._measured("taken back", "--undo", done["migration_id"])
        self.figures.add("", "cases that went back", back["back"], self.cases, at_least=True)
        if self._state() != before:
            raise AssertionError("versions, steps or promises are not what they were")
        self._verify("taken back")
        whole = self._measured("a whole run again", "--plan", plan)
        self.figures.add("", "cases moved again", whole["moved"], self.cases, at_least=True)

    # --- filling ---

    def _fill(self) -> tuple[CompiledPathway, CompiledPathway]:
        schema.upgrade(self.database)
        now = SystemClock().now().replace(microsecond=0)
        clock = LoadClock(now - timedelta(days=5))
        engine = Engine(self.database, clock, shipped_calendars(), Keys.of(SECRET), demo=True)
        first = _first_version()
        second = _second_version(first)
        with self.database.begin() as connection:
            tenant_id = add_tenant(connection, "Koekunta", now)
            unit_id = add_unit(connection, tenant_id, "asema", ("Asema", "Stationen"), now, training=True)
            professions = tuple({name for role in first.roles.values() for name in role.professions})
            worker_id = add_worker(connection, tenant_id, NewWorker("Noora Nokka", professions=professions), now)
            join_unit(connection, tenant_id, unit_id, worker_id, ("case_worker", "team_lead"))
            publish(connection, tenant_id, first, by="system", now=now)
            nurse = actor_of(connection, tenant_id, worker_id, now.astimezone(HELSINKI).date())
        if nurse is None:
            raise AssertionError("nobody works here")
        for number in range(self.cases):
            clock.at = now - timedelta(days=5) + timedelta(days=5) * number / self.cases
            _one_case(engine, nurse, number, clock.at)
            if number % 1000 == 999:
                self.tell(f"{number + 1} cases opened")
        clock.at = now
        sweep(engine)
        with self.database.begin() as connection:
            publish(connection, tenant_id, second, by="system", now=now)
        return CompiledPathway(first), CompiledPathway(second)

    def _plan(self, old: CompiledPathway, new: CompiledPathway) -> str:
        changed = {key for key, promise in old.promises.items() if promise.within != new.promises[key].within}
        promises = {key: "keep_elapsed" if key in changed else "keep_due" for key in old.promises}
        plan = self.folder / "plan.yaml"  # JSON is YAML
        plan.write_text(json.dumps({"steps": {old.first_step: RENAMED}, "promises": promises}), "utf-8")
        return str(plan)

    # --- doing ---

    def _measured(self, what: str, *arguments: str) -> dict[str, Any]:
        """Run the command to its end and remember how long it took."""
        began = time.monotonic()
        ended = subprocess.run(
            self._command(*arguments), check=False, capture_output=True, text=True, timeout=LONGEST, **self._around()
        )
        took = time.monotonic() - began
        if ended.returncode:
            raise AssertionError(f"{what}: {ended.returncode} {ended.stdout[-500:]} {ended.stderr[-500:]}")
        self.figures.add("", what, took, unit="s")
        self.tell(f"{what}: {took:.1f} s")
        said: dict[str, Any] = json.loads(ended.stdout)
        return said

    def _command(self, *arguments: str) -> list[str]:
        named = () if "--undo" in arguments else (PATHWAY, "--from", "1", "--to", "2")
        return [sys.executable, "-m", "cli", "migrate", *named, *arguments, "--format", "json"]

    def _around(self) -> dict[str, Any]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PATHWAYS_")}
        settings = {"PATHWAYS_DATABASE_URL": self.url, "PATHWAYS_SECRET_KEY": SECRET}
        return {"cwd": CHECKOUT, "env": kept | settings}

    def _kill_in_the_middle(self, plan: str) -> None:
        """kill -9 once some two fifths have moved."""
        process = subprocess.Popen(
            self._command("--plan", plan), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._around()
        )
        with psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True) as eyes:
            while process.poll() is None and self._moved(eyes) < self.cases * 0.4:
                time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        code = process.wait()
        with psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True) as eyes:
            moved = self._moved(eyes)
        self.tell(f"killed with {moved} of {self.cases} moved (exit code {code})")
        self.figures.circumstances["killed at"] = moved
        self._verify("killed")

    def _moved(self, eyes: Any) -> int:
        return int(eyes.execute("SELECT count(*) FROM client_case WHERE version = 2").fetchone()[0])

    def _state(self) -> tuple[Any, ...]:
        with self.database.read() as connection:
            return tuple(connection.execute(text(STATE)).one())

    def _verify(self, when: str) -> None:
        """Replay every journal; whatever is found ends the trial."""
        engine = Engine(self.database, SystemClock(), shipped_calendars(), Keys.of(SECRET))
        done = Verified()
        looked = sum(verify(engine, done))
        if done.found or looked != self.cases:
            raise AssertionError(f"{when}: verify found {done.found[:5]} in {looked} cases")
        self.tell(f"{when}: {looked} journals replayed, nothing differs")


def _one_case(engine: Engine, nurse: Actor, number: int, at: datetime) -> None:
    """A contact; of every three cases one has been called, and one has gone on."""
    ids = {name: new_id(at) for name in ("contact_id", "new_case_id", "new_client_id")}
    said = {"pathway": PATHWAY, "channel": "puhelin", "received_at": at, "matter": "kokeilu"}
    case_id = engine.handle(c.TakeContact.model_validate(ids | said), nurse).case_id
    if number % 3:
        engine.handle(c.RecordAct(case_id=case_id, act_id=new_id(at), kind="call"), nurse)
    if number % 3 == 2:
        engine.handle(c.DecideOutcome(case_id=case_id, step="vastaanotto", outcome="jatkuu"), nurse)


def _first_version() -> PathwayDefinition:
    file = SHIPPED / f"{PATHWAY}.yaml"
    definition = read_pathway(file.read_text("utf-8"), str(file), load_shelf().shelf).definition
    return definition.model_copy(update={"version": 1})


def _second_version(first: PathwayDefinition) -> PathwayDefinition:
    """The first step has another name; promises of a contact get three weeks, its targets one service hour."""
    key = next(key for key, step in first.steps.items() if not step.by_hand)
    said = first.to_json().replace(f'"{key}"', f'"{RENAMED}"')
    for before, after in ((f"step {key} ", f"step {RENAMED} "), (f"outcome {key}.", f"outcome {RENAMED}.")):
        said = said.replace(before, after)
    second = PathwayDefinition.from_json(said)
    changed = {
        name: promise.model_copy(update={"within": "3 weeks" if promise.kind == "promise" else "1 service hour"})
        for name, promise in second.promises.items()
        if promise.kind != "statutory" and not promise.step and "contact received" in promise.starts
    }
    return second.model_copy(update={"version": 2, "promises": {**second.promises, **changed}})
