"""People at work beside a cliff: so many advances a second on cases of their own, each timed from when it was wanted."""

import math
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from benchmarks.load import SECRET, Loaded
from engine.calendars import shipped_calendars
from engine.clock import SystemClock
from engine.database import Database
from engine.handle import Engine
from engine.ids import new_id
from engine.keys import Keys
from engine.people import actor_of
from pathways import commands as c
from pathways.time_zone import HELSINKI

RATE = 200  # advances a second, where half of what this machine can do is as much
HANDS = 4  # threads that share them
CASES = 40


class QuietWork:
    """Advances at a steady pace, whether the last one is back or not: who waits in line waits in the figures too."""

    def __init__(self, url: str) -> None:
        self._database = Database.open(url)
        self._engine = Engine(self._database, SystemClock(), shipped_calendars(), Keys.of(SECRET), demo=True)
        loaded = Loaded.of(self._database)
        today = datetime.now(UTC).astimezone(HELSINKI).date()
        with self._database.read() as connection:
            worker = actor_of(connection, loaded.tenant_id, loaded.county.teams[0].worker_ids[0], today)
        if worker is None:
            raise LookupError("the loaded county has no such worker")
        self._worker = worker
        self._cases = [self._open() for _ in range(CASES)]
        self._done = [0] * CASES
        self._took: list[float] = []
        self.rate = min(RATE, self._capacity() / 2)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._database.dispose()

    def advance_until(self, moment: datetime) -> None:
        self.advance_while(lambda: datetime.now(UTC) < moment)

    def advance_while(self, going_on: Callable[[], bool]) -> None:
        """Advance at the pace until it is over; what was measured before is forgotten."""
        self._took = []
        begun = time.perf_counter()
        hands = [threading.Thread(target=self._work, args=(number, begun, going_on)) for number in range(HANDS)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()

    def p99(self) -> float:
        """Seconds within which 99 of 100 were done, counted from the moment each was wanted."""
        in_order = sorted(self._took)
        return in_order[min(len(in_order) - 1, math.ceil(len(in_order) * 0.99) - 1)]

    def _capacity(self) -> float:
        """Advances a second, one after another, once everything is warm."""
        for number in range(CASES):
            self._advance(number)
        begun = time.perf_counter()
        for number in range(CASES):
            self._advance(number)
        return CASES / (time.perf_counter() - begun)

    def _work(self, hand: int, begun: float, going_on: Callable[[], bool]) -> None:
        turn = hand
        while going_on():
            wanted = begun + turn / self.rate
            time.sleep(max(0.0, wanted - time.perf_counter()))
            self._advance(turn % CASES)  # whose hand is always the same one
            self._took.append(time.perf_counter() - wanted)
            turn += HANDS

    def _advance(self, which: int) -> None:
        step, outcome = ("alku", "eteenpain") if self._done[which] % 2 == 0 else ("jatko", "takaisin")
        self._engine.handle(c.DecideOutcome(case_id=self._cases[which], step=step, outcome=outcome), self._worker)
        self._done[which] += 1

    def _open(self) -> str:
        now = datetime.now(UTC)
        contact = c.TakeContact(
            contact_id=new_id(now),
            new_case_id=new_id(now),
            new_client_id=new_id(now),
            pathway="kuorma",
            channel="puhelin",
            received_at=now,
            matter="kuorma",
        )
        return self._engine.handle(contact, self._worker).case_id
