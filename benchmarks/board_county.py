"""A loaded county whose boards are asked for: through the product's read models, and by hand."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any, Self

from psycopg import RawCursor
from sqlalchemy import text

from api.deps import SESSION_COOKIE
from benchmarks.board_floor import BoardFloor
from benchmarks.load import SECRET, Loaded
from benchmarks.load_templates import Team
from engine.accounts import add_account, issue_token
from engine.calendars import shipped_calendars
from engine.clock import SystemClock
from engine.database import Database
from engine.handle import Engine, Reading
from engine.keys import Keys
from engine.people import actor_of
from engine.read_models.board_promises import promise_page
from engine.read_models.team_figures import overdue_by_team
from engine.read_models.worst_first import WorstWanted, asking
from engine.sign_in import begin_session
from pathways.actor import Actor
from pathways.time_zone import HELSINKI


class BoardCounty:
    """Each question is asked for a late team drawn by chance and answers with the seconds it took."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._database = Database.open(url)
        self.loaded = Loaded.of(self._database)
        self._engine = Engine(self._database, SystemClock(), shipped_calendars(), Keys.of(SECRET), demo=True)
        self._floor = BoardFloor(url, self.loaded.tenant_id)
        self._chance = Random(7)
        self._actors: dict[str, Actor] = {}
        self._headers: dict[str, dict[str, str]] = {}
        self._cursors: dict[tuple[str, int], str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._floor.close()
        self._database.dispose()

    # --- by the product ---

    def page(self, rows: int) -> float:
        """A team's overdue promises, worst first."""
        return self._page(self._late_team(), rows, None)

    def later_page(self, rows: int, number: int) -> float:
        """The same, further down: its cursor was found before."""
        team = self._late_team()
        return self._page(team, rows, self._cursor(team, rows, number))

    def last_page(self, rows: int) -> int:
        """A page number, 12 at most, that every late team has: a twentieth may be of restricted cases."""
        with self._reading(self.loaded.county.director_id) as reading:
            late = overdue_by_team(reading, [team.unit_id for team in self.loaded.late_teams])
        return max(1, min(12, int(min(late.values()) * 0.95) // rows))

    def page_of_many(self, rows: int) -> float:
        """The same of the twenty teams of one supervisor."""
        with self._reading(self.loaded.county.supervisor_id) as reading:
            begun = time.perf_counter()
            promise_page(reading, "late", reading.actor.units, None, None, rows)
            return time.perf_counter() - begun

    def counts(self) -> float:
        """How many promises are overdue, by team, of all teams."""
        with self._reading(self.loaded.county.director_id) as reading:
            begun = time.perf_counter()
            overdue_by_team(reading, reading.actor.units)
            return time.perf_counter() - begun

    def buffers(self, rows: int, *, many: bool = False) -> float:
        """Buffers that a page touches for each row it returns."""
        team, county = self.loaded.late_teams[0], self.loaded.county
        with self._reading(county.supervisor_id if many else team.lead_id) as reading:
            wanted = WorstWanted("late", reading.actor.units)
            plan = _explained(reading, wanted, rows + 1)
        return float((plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]) / plan["Actual Rows"])

    # --- by hand ---

    def by_hand(self, rows: int) -> float:
        team, now = self._late_team(), self._engine.clock.now()
        begun = time.perf_counter()
        self._floor.team(team.unit_id, now, rows + 1)
        return time.perf_counter() - begun

    def many_by_hand(self, rows: int) -> float:
        units, now = [team.unit_id for team in self.loaded.county.teams[:20]], self._engine.clock.now()
        begun = time.perf_counter()
        self._floor.teams(units, now, rows + 1)
        return time.perf_counter() - begun

    def counts_by_hand(self) -> float:
        units, now = [team.unit_id for team in self.loaded.county.teams], self._engine.clock.now()
        begun = time.perf_counter()
        self._floor.counts(units, now)
        return time.perf_counter() - begun

    # --- through HTTP ---

    def asking(self, **more: str) -> tuple[str, dict[str, str]]:
        """The address of a team's board, and what its lead's client sends."""
        team = self._late_team()
        return self.board_of(team, **more), self.headers(team.lead_id)

    def board_of(self, team: Team, **more: str) -> str:
        said = "".join(f"&{name}={value}" for name, value in more.items())
        return f"/api/v1/board/promises?state=late&limit=50&unit={team.unit_id}{said}"

    def unseen(self, most: int) -> Iterator[tuple[str, dict[str, str]]]:
        """Boards nobody has looked at yet: each writes the log of use. The same teams, further down each kind."""
        teams = [(team, n) for n in range(2, self.last_page(50) + 1) for team in self.loaded.late_teams]
        for team, number in teams[:most]:
            yield self.board_of(team, cursor=self._cursor(team, 50, number) or ""), self.headers(team.lead_id)

    def headers(self, worker_id: str) -> dict[str, str]:
        """What a lead's client sends: a token of the API, and the session of a browser."""
        if worker_id not in self._headers:
            now, tenant_id = self._engine.clock.now(), self.loaded.tenant_id
            known = text("SELECT 1 FROM account WHERE worker_id = cast(:id AS uuid)")
            with self._database.begin() as connection:
                if connection.execute(known, {"id": worker_id}).first() is None:
                    add_account(connection, tenant_id, worker_id, worker_id, "", now)
                token = issue_token(connection, tenant_id, worker_id, now)
                session = begin_session(connection, tenant_id, worker_id, now)
            cookie = f"{SESSION_COOKIE}={session.token}" if session else ""
            self._headers[worker_id] = {"Authorization": f"Bearer {token}", "Cookie": cookie}
        return self._headers[worker_id]

    # --- about the county ---

    def promises(self) -> int:
        with self._database.read() as connection:
            return int(connection.execute(text("SELECT count(*) FROM service_promise")).scalar_one())

    def server(self) -> str:
        with self._database.read() as connection:
            return f"PostgreSQL {connection.execute(text('SHOW server_version')).scalar_one()}"

    def _late_team(self) -> Team:
        return self._chance.choice(self.loaded.late_teams)

    def _page(self, team: Team, rows: int, cursor: str | None) -> float:
        with self._reading(team.lead_id) as reading:
            begun = time.perf_counter()
            promise_page(reading, "late", frozenset({team.unit_id}), None, cursor, rows)
            return time.perf_counter() - begun

    def _cursor(self, team: Team, rows: int, number: int) -> str | None:
        """Where page `number` of the team begins."""
        if number == 1:
            return None
        if (team.unit_id, number) not in self._cursors:
            cursor: str | None = None
            with self._reading(team.lead_id) as reading:
                for page in range(2, number + 1):
                    found = promise_page(reading, "late", frozenset({team.unit_id}), None, cursor, rows)
                    cursor = found.next_cursor
                    if cursor is None:
                        raise LookupError(f"the team has no page {page}")
                    self._cursors[team.unit_id, page] = cursor
        return self._cursors[team.unit_id, number]

    @contextmanager
    def _reading(self, worker_id: str) -> Iterator[Reading]:
        """A reading that is not written down: what is measured here is the question."""
        with self._database.read() as connection:
            if worker_id not in self._actors:
                today = self._engine.clock.now().astimezone(HELSINKI).date()
                actor = actor_of(connection, self.loaded.tenant_id, worker_id, today)
                if actor is None:
                    raise LookupError(worker_id)
                self._actors[worker_id] = actor
            yield Reading(connection, self._actors[worker_id], self._engine.clock.now(), self._engine)


def _explained(reading: Reading, wanted: WorstWanted, most: int) -> dict[str, Any]:
    """The plan of a page as it ran, with its buffers."""
    driver: Any = reading.connection.connection.driver_connection
    question, values = asking(reading, wanted, most)
    with RawCursor(driver) as cursor:
        row = cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {question}".encode(), values).fetchone()
    plan: dict[str, Any] = row[0][0]["Plan"] if row else {}
    return plan
