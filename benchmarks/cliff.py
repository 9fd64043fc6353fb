"""The cliff: promises by the hundred thousand that fall due at one instant, through the product's own timers and workers.

The floor (`cliff_floor`) writes the same rows by hand in one SQL statement, on a twin of the database, in turns. How
many rows each wrote is compared: a floor that writes less would flatter nobody but itself.
"""

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy.engine import URL

from benchmarks.cliff_floor import Floor
from benchmarks.figures import Figures
from benchmarks.load import SECRET, arm, gather_statistics, load
from benchmarks.processes import Role, running
from benchmarks.quiet_work import QuietWork
from tests.servers import Databases, PostgresServer, RedisServer

TABLES = ("case_event", "promise_breach", "promise_tier", "outbox", "notification")
LOOK = 0.01  # seconds between two looks at how far it is
PATIENCE = 600.0
WARM_UP = 1500
SCANS_OF_A_LOOK = 2  # what is due, and what comes next
Tell = Callable[[str], None]


@dataclass(slots=True)
class Passed:
    """One cliff. Seconds from the due instant: to the first breach seen, to the last, to the last message handed on."""

    first: float = 0.0
    breached: float = 0.0
    handed_on: float = 0.0
    rows: dict[str, int] = field(default_factory=dict)
    armed_memory: float = 0.0
    """MiB of timers and workers just before the due instant."""


def measure_alone(*, cases: int, promises: int, runs: int, tell: Tell = print) -> Figures:
    """Measure on servers of our own. `runs` cliffs of each kind, in turns; medians count."""
    with PostgresServer(durable=True) as server, RedisServer() as redis, TemporaryDirectory() as folder:
        databases = Databases(server.url)
        tell(f"loading {cases} cases with {8 * cases} promises")
        template = databases.create()
        load(_said(template), cases=cases, tell=lambda done: tell(f"  {done:.0%}"))
        _never_quiet(_said(template))
        product, twin = databases.create(template), databases.create(template)
        gather_statistics(_said(product))
        gather_statistics(_said(twin))
        circumstances = {"cases": cases, "promises due at once": promises, "runs": runs, "workers": 2}
        figures = Figures("cliff", databases.version(), circumstances)
        _compare(figures, Path(folder), product, twin, redis.url, promises, runs, tell)
        unknown = databases.create(template)
        _without_statistics(figures, Path(folder), unknown, redis.url, promises, tell)
        return figures


def _compare(
    figures: Figures, folder: Path, product: URL, twin: URL, redis_url: str, promises: int, runs: int, tell: Tell
) -> None:
    mine: list[Passed] = []
    m: list[float] = []
    e: list[float] = []
    with running(folder, _said(product), redis_url, SECRET, workers=2) as roles:
        _pass_cliff(_said(product), WARM_UP, roles)  # imports, connections, prepared statements
        _by_hand(_said(twin), WARM_UP, lambda floor, now: floor.breach_and_relay(now))
        memory = sum(role.memory() for role in roles)
        idle = _idle_questions(_said(product))
        for number in range(runs):
            mine.append(_pass_cliff(_said(product), promises, roles))
            m.append(_by_hand(_said(twin), promises, lambda floor, now: floor.breach_all(now)))
            e.append(_by_hand(_said(twin), promises, lambda floor, now: floor.breach_and_relay(now)))
            tell(
                f"cliff {number + 1}/{runs}: {mine[-1].breached:.2f} s, M {m[-1]:.2f} s; {mine[-1].handed_on:.2f} s, E {e[-1]:.2f} s"
            )
        grown = sum(role.memory() for role in roles) - memory
        quiet, busy, rate = _beside_work(_said(product), promises, tell)
    breached = statistics.median(each.breached for each in mine)
    handed_on = statistics.median(each.handed_on for each in mine)
    figures.add("B1", "all breached, × M", breached / statistics.median(m), 2.0, "×")
    figures.add("B1", "all breached", breached, unit="s")
    figures.add("B1", "M, one statement by hand", statistics.median(m), unit="s")
    figures.add("B2", "all handed on to who hears, × E", handed_on / statistics.median(e), 1.5, "×")
    figures.add("B2", "all handed on", handed_on, unit="s")
    figures.add("B2", "E, by hand", statistics.median(e), unit="s")
    figures.add("B3", "first breach seen", statistics.median(each.first for each in mine), 0.5, "s")
    figures.add(
        "B7", "memory with everything armed, more than with nothing", mine[0].armed_memory - memory, 20.0, "MiB"
    )
    figures.add("B7", f"memory of timers and workers after {runs} cliffs, more than before", grown, unit="MiB")
    figures.add("B8", "an advance's p99 during the cliff, × quiet", busy / quiet, 4.0, "×")
    figures.add("B8", "an advance's p99 when quiet", quiet * 1000, unit="ms")
    figures.add("B8", "advances a second beside it", rate)
    figures.add("B10", "sweep questions a second while nothing is due", idle, 1.0, "1/s")


def _without_statistics(figures: Figures, folder: Path, url: URL, redis_url: str, promises: int, tell: Tell) -> None:
    """B9 and B6: armed and swept with no ANALYZE ever, against a cliff just after one; then a sweeper is killed."""
    with running(folder, _said(url), redis_url, SECRET, workers=2) as roles:
        bare = _pass_cliff(_said(url), promises, roles).breached
        gather_statistics(_said(url))
        known = _pass_cliff(_said(url), promises, roles, analyze=True).breached
        tell(f"without ANALYZE {bare:.2f} s, with {known:.2f} s")
        figures.add("B9", "without ANALYZE, × with", bare / known, 1.2, "×")
        stop = _killed_during(_said(url), promises, roles)
        figures.add("B6", "longest standstill after kill -9 of a sweeper", stop, 2.0, "s")


def _never_quiet(url: str) -> None:
    """Teams that are open round the clock: people hear at once, at whatever hour this is measured."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("UPDATE unit SET round_the_clock = true")


# --- one cliff --------------------------------------------------------------------------------------------------


def _pass_cliff(url: str, promises: int, roles: list[Role], *, analyze: bool = False) -> Passed:
    due_at = _armed(url, promises, analyze=analyze)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as eyes:
        before = _counts(eyes)
        last_change = _scalar(eyes, "SELECT coalesce(max(change_id), 0) FROM change")
        _wait_until(due_at - timedelta(milliseconds=500))
        passed = Passed(armed_memory=sum(role.memory() for role in roles))
        _wait_until(due_at)
        passed.first = _seconds_until(
            eyes,
            due_at,
            f"SELECT EXISTS (SELECT 1 FROM change WHERE change_id > {last_change} AND topic = 'unit')",
            roles,
        )
        passed.breached = _seconds_until(
            eyes,
            due_at,
            f"SELECT NOT EXISTS (SELECT 1 FROM service_promise WHERE next_fire_at <= '{due_at + JUST_AFTER}')",
            roles,
        )
        passed.handed_on = _seconds_until(
            eyes,
            due_at,
            "SELECT NOT EXISTS (SELECT 1 FROM outbox WHERE relayed_at IS NULL AND cancelled_at IS NULL)",
            roles,
        )
        passed.rows = _added(before, _counts(eyes))
        _check(passed.rows, promises)
        return passed


JUST_AFTER = timedelta(milliseconds=1)


def _by_hand(url: str, promises: int, act: Callable[[Floor, datetime], int]) -> float:
    due_at = _armed(url, promises)
    floor = Floor(url)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as eyes:
        before = _counts(eyes)
        _wait_until(due_at + JUST_AFTER)
        begun = time.perf_counter()
        act(floor, due_at + JUST_AFTER)
        took = time.perf_counter() - begun
        floor.close()
        _check(_added(before, _counts(eyes)), promises)
    return took


def _armed(url: str, promises: int, *, analyze: bool = False) -> datetime:
    """Arm for an instant far enough ahead; from the second time on we know how far that is."""
    while True:
        ahead = timedelta(seconds=5 + promises * _armed_in.get("each", 4e-4))
        begun, due_at = time.perf_counter(), datetime.now(UTC) + ahead
        arm(url, promises, due_at)
        _armed_in["each"] = max(_armed_in.get("each", 0.0), (time.perf_counter() - begun) / promises * 1.3)
        if analyze:
            gather_statistics(url)
        if datetime.now(UTC) < due_at - timedelta(seconds=1):
            return due_at
        _drain(url)


_armed_in: dict[str, float] = {}


def _drain(url: str) -> None:
    """What was armed too late counts for nothing: by hand, so that the next cliff begins on flat ground."""
    floor = Floor(url)
    floor.breach_and_relay(datetime.now(UTC))
    floor.close()


def _wait_until(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds()))


def _seconds_until(eyes: psycopg.Connection, since: datetime, question: str, roles: list[Role]) -> float:
    give_up_at = time.monotonic() + PATIENCE
    while not _scalar(eyes, question):
        if time.monotonic() > give_up_at:
            raise TimeoutError("\n".join(role.said() for role in roles))
        time.sleep(LOOK)
    return (datetime.now(UTC) - since).total_seconds()


def _scalar(eyes: psycopg.Connection, question: str) -> int:
    row = eyes.execute(question.encode()).fetchone()
    return int(row[0] or 0) if row else 0


def _counts(eyes: psycopg.Connection) -> dict[str, int]:
    return {table: _scalar(eyes, f"SELECT count(*) FROM {table}") for table in TABLES}


def _added(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {table: after[table] - before[table] for table in TABLES}


def _check(rows: dict[str, int], promises: int) -> None:
    """Both sides write three events, a breach, two rungs and a message of every promise; neither one twice."""
    wanted = {"case_event": 3, "promise_breach": 1, "promise_tier": 2, "outbox": 1}
    wrong = {table: rows[table] for table, each in wanted.items() if rows[table] != each * promises}
    if wrong:
        raise AssertionError(f"rows missing or doubled: {wrong} for {promises} promises")


# --- beside other things ----------------------------------------------------------------------------------------


def _beside_work(url: str, promises: int, tell: Tell) -> tuple[float, float, float]:
    """An advance's p99 in seconds while nothing is due, and while the cliff passes; how many a second."""
    with QuietWork(url) as work:
        due_at = _armed(url, promises)
        work.advance_until(due_at - timedelta(milliseconds=200))
        quiet = work.p99()
        _wait_until(due_at)
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as eyes:
            over = threading.Event()
            thread = threading.Thread(target=work.advance_while, args=(lambda: not over.is_set(),))
            thread.start()
            _seconds_until(
                eyes,
                due_at,
                f"SELECT NOT EXISTS (SELECT 1 FROM service_promise WHERE next_fire_at <= '{due_at + JUST_AFTER}')",
                [],
            )
            over.set()
            thread.join()
        busy = work.p99()
    tell(f"an advance's p99: {quiet * 1000:.1f} ms when quiet, {busy * 1000:.1f} ms during the cliff")
    return quiet, busy, work.rate


def _killed_during(url: str, promises: int, roles: list[Role]) -> float:
    """Kill one worker in the middle; the longest time in which nothing more was breached until all were."""
    due_at = _armed(url, promises)
    waiting = f"SELECT count(*) FROM service_promise WHERE next_fire_at <= '{due_at + JUST_AFTER}'"
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as eyes:
        _wait_until(due_at)
        left, stood_since, longest, killed = promises, time.monotonic(), 0.0, False
        while left:
            now_left = _scalar(eyes, waiting)
            if now_left != left:
                left, stood_since = now_left, time.monotonic()
            elif killed:
                longest = max(longest, time.monotonic() - stood_since)
            if not killed and left < promises * 0.6:
                roles[-1].kill()
                killed, stood_since = True, time.monotonic()
            time.sleep(LOOK)
    return longest


def _idle_questions(url: str) -> float:
    """How often a second the product asks what is due while nothing is, by the statements PostgreSQL has seen."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as eyes:
        question = "SELECT sum(idx_scan) FROM pg_stat_user_indexes WHERE indexrelname = 'service_promise_next'"
        time.sleep(1.5)
        before, seconds = _scalar(eyes, question), 6.0
        time.sleep(seconds)
        eyes.execute("SELECT pg_stat_clear_snapshot()")
        time.sleep(1.5)
        return (_scalar(eyes, question) - before) / SCANS_OF_A_LOOK / (seconds + 1.5)


def _said(url: URL) -> str:
    return url.render_as_string(hide_password=False)
