"""How fast a board is among a million cases: the product's read models and its HTTP route against questions by hand.

Product and floor are asked in turns, for teams drawn by chance, so that a noisy machine is noisy for both; what counts
are ratios, buffers and, where a page is meant, milliseconds.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.board_county import BoardCounty
from benchmarks.kept_server import KeptServer
from benchmarks.load import gather_statistics, loaded_with_progress

ROWS = 50
FEW_ROWS = 25  # what a late team of the small county has for certain
SMALL = 10_000
ASKED = 30  # questions in a round
Tell = Callable[[str], None]


@dataclass
class Figure:
    """One goal of the performance page: what was measured, what was asked of it, and whether it holds."""

    goal: str
    must: float
    measured: float
    holds: bool
    detail: dict[str, float] = field(default_factory=dict)


@dataclass
class Report:
    figures: list[Figure]
    cases: int
    promises: int
    rounds: int
    server: str
    remarks: list[str]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def in_words(self) -> str:
        about = (
            f"{self.cases} cases, {self.promises} promises, {self.rounds} rounds of {ASKED} questions, {self.server}"
        )
        return "\n".join([*(in_words(figure) for figure in self.figures), *self.remarks, about])


def measure_alone(*, cases: int, runs: int, tell: Tell) -> Report:
    """Measure on a PostgreSQL of our own. In the folder that PATHWAYS_BENCH_DATA names, what is loaded stays."""
    with TemporaryDirectory(prefix="pathways-boards-") as passing:
        data = Path(os.environ.get("PATHWAYS_BENCH_DATA", passing)) / "data"
        with KeptServer(data) as server:
            small_url, small_is_new = server.database(f"cases_{SMALL}")
            url, is_new = server.database(f"cases_{cases}")
            if small_is_new:
                loaded_with_progress(small_url, cases=SMALL, analyze=True)
            remarks = []
            if is_new:
                begun = time.monotonic()
                loaded_with_progress(url, cases=cases, analyze=False)
                remarks.append(f"loaded in {time.monotonic() - begun:.0f} s")
                with BoardCounty(url) as county:
                    remarks.append(without_statistics(county, runs))
                gather_statistics(url)
            with BoardCounty(url) as large, BoardCounty(small_url) as small:
                report = measure(large, small, rounds=runs, tell=tell)
            report.remarks += remarks
            return report


def measure(large: BoardCounty, small: BoardCounty, *, rounds: int, tell: Tell) -> Report:
    """Measure on two loaded counties; `tell` hears each figure."""
    figures: list[Figure] = []
    for ask in (_team_page, _buffers, _supervisor, _later_page, _sizes, _counts, _over_http):
        for figure in ask(large, small, rounds):
            figures.append(figure)
            tell(in_words(figure))
    return Report(figures, large.loaded.cases, large.promises(), rounds, large.server(), [])


def in_words(figure: Figure) -> str:
    detail = ", ".join(f"{name} {value}" for name, value in figure.detail.items())
    return f"{figure.goal}: {figure.measured} (must ≤ {figure.must}): {'holds' if figure.holds else 'MISSED'}; {detail}"


# --- the goals ---


def _team_page(large: BoardCounty, _small: BoardCounty, rounds: int) -> Iterator[Figure]:
    """C1: one team's overdue promises, worst first, fifty of them, beside the question by hand."""
    product, floor = _in_turns(rounds, lambda: large.page(ROWS), lambda: large.by_hand(ROWS))
    detail = _detail(product, "") | _detail(floor, "floor ")
    yield _figure("C1 p50 ratio", 1.5, _p(product, 50) / _p(floor, 50), detail)
    yield _figure("C1 p95 ratio", 2.0, _p(product, 95) / _p(floor, 95), detail)


def _buffers(large: BoardCounty, small: BoardCounty, _rounds: int) -> Iterator[Figure]:
    """C3: what a page reads for each row it returns, however long the backlog."""
    detail = {
        f"at {SMALL} cases": round(small.buffers(FEW_ROWS), 2),
        "20 teams": round(large.buffers(ROWS, many=True), 2),
    }
    yield _figure("C3 buffers a row", 6.0, large.buffers(ROWS), detail)


def _supervisor(large: BoardCounty, _small: BoardCounty, rounds: int) -> Iterator[Figure]:
    """C4: the board of somebody who leads twenty teams."""
    product, floor = _in_turns(rounds, lambda: large.page_of_many(ROWS), lambda: large.many_by_hand(ROWS))
    yield _figure("C4 p95 ms", 10.0, _p(product, 95), _detail(product, "") | _detail(floor, "floor "))


def _later_page(large: BoardCounty, _small: BoardCounty, rounds: int) -> Iterator[Figure]:
    """C5: a later page by its cursor beside the first."""
    number = large.last_page(ROWS)
    first, later = _in_turns(rounds, lambda: large.page(ROWS), lambda: large.later_page(ROWS, number))
    detail = _detail(first, "1: ") | _detail(later, f"{number}: ")
    yield _figure(f"C5 page {number} / page 1", 1.2, _p(later, 50) / _p(first, 50), detail)


def _sizes(large: BoardCounty, small: BoardCounty, rounds: int) -> Iterator[Figure]:
    """C6: the same number of rows among many cases and among few."""
    many, few = _in_turns(rounds, lambda: large.page(FEW_ROWS), lambda: small.page(FEW_ROWS))
    yield _figure("C6 large / small", 2.0, _p(many, 50) / _p(few, 50), _detail(many, "large ") | _detail(few, "small "))


def _counts(large: BoardCounty, _small: BoardCounty, rounds: int) -> Iterator[Figure]:
    """C7: how many promises of each team are overdue, for all teams."""
    product, floor = _in_turns(rounds, large.counts, large.counts_by_hand)
    yield _figure("C7 p95 ms", 50.0, _p(product, 95), _detail(product, "") | _detail(floor, "floor "))


def _over_http(large: BoardCounty, _small: BoardCounty, rounds: int) -> Iterator[Figure]:
    """C2: the same page through HTTP, one client: who asks, what they may see, the log of use, figures, rows, JSON."""
    with _served(large.url) as client:
        for team in large.loaded.late_teams:
            client.get(
                large.board_of(team), large.headers(team.lead_id)
            )  # the first look of each writes the log of use
        again = [client.get(*large.asking()) for _ in range(rounds * ASKED)]
        new = [client.get(*asked) for asked in large.unseen(rounds * ASKED)]
        page = [client.get("/board", large.headers(team.lead_id)) for team in large.loaded.late_teams]
    first = _detail(new, "first looks ")
    yield _figure("C2 p95 ms", 25.0, _p(again, 95), _detail(again, "") | first | _detail(page, "whole page "))


# --- measuring ---


def _in_turns(rounds: int, product: Callable[[], float], floor: Callable[[], float]) -> tuple[list[float], list[float]]:
    """Milliseconds of each, asked in turns after both are warm."""
    for _ in range(ASKED):
        product()
        floor()
    took = [(product() * 1000, floor() * 1000) for _ in range(rounds * ASKED)]
    return [mine for mine, _ in took], [theirs for _, theirs in took]


def _p(took: Sequence[float], percentile: int) -> float:
    return median(took) if percentile == 50 else quantiles(took, n=100)[percentile - 1]


def _detail(took: Sequence[float], whose: str) -> dict[str, float]:
    return {f"{whose}p50 ms": round(_p(took, 50), 2), f"{whose}p95 ms": round(_p(took, 95), 2)}


def _figure(goal: str, must: float, measured: float, detail: dict[str, float]) -> Figure:
    return Figure(goal, must, round(measured, 2), measured <= must, detail)


def without_statistics(county: BoardCounty, rounds: int) -> str:
    product, floor = _in_turns(rounds, lambda: county.page(ROWS), lambda: county.by_hand(ROWS))
    counted, _ = _in_turns(1, county.counts, county.counts_by_hand)
    return (
        f"before ANALYZE: C1 p50 {_p(product, 50):.2f} ms, p95 {_p(product, 95):.2f} ms"
        f" (floor {_p(floor, 50):.2f}, {_p(floor, 95):.2f}), C3 {county.buffers(ROWS):.1f}, C7 p95 {_p(counted, 95):.1f} ms"
    )


class _Client:
    """One client with one connection that stays."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str, headers: dict[str, str]) -> float:
        """Milliseconds until the whole answer is here."""
        begun = time.perf_counter()
        self._connection.request("GET", path, headers=headers)
        response = self._connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        return (time.perf_counter() - begun) * 1000


@contextmanager
def _served(url: str) -> Iterator[_Client]:
    """The web application in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.board_server", url, str(port)])
    try:
        _wait_for(port)
        yield _Client(port)
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the web application didn't answer")
