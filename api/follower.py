"""Follows the `change` table for everybody in this process who listens, and fans out what they listen for.

Ids of changes commit out of order: a higher one may be seen before a lower one is there. So every poll reads a
window again (what was first seen in the last ten seconds) and passes on what it hasn't seen before.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import structlog
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from engine import tables as t
from engine.database import Database
from engine.projection import table_of

CHANGE = table_of(t.ChangeRow)
EVERY_SECONDS = 0.8
WINDOW_SECONDS = 10.0
LOOK_BACK = 500
QUEUE_LENGTH = 200

log = structlog.get_logger()

Topic = tuple[str, str]
"""(what, id): `("case", "0190…")`, `("unit", …)`, `("worker", …)`."""


@dataclass(eq=False)
class Listener:
    """Somebody's open stream. A full queue drops news: the page fetches everything anyway when it hears any."""

    tenant_id: str
    topics: Mapping[Topic, Topic]
    """What is followed → what it is called to the one who follows: an asked one isn't told the case's id."""
    news: asyncio.Queue[Topic] = field(default_factory=lambda: asyncio.Queue(QUEUE_LENGTH))

    def hear(self, tenant_id: str, topic: Topic) -> None:
        if tenant_id == self.tenant_id and topic in self.topics:
            with suppress(asyncio.QueueFull):
                self.news.put_nowait(self.topics[topic])


class Follower:
    """One reader per process, running only while somebody listens."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None
        self._floor = 0
        self._seen: set[int] = set()
        self._order: deque[tuple[float, int]] = deque()

    @asynccontextmanager
    async def listening(self, tenant_id: str, topics: Mapping[Topic, Topic]) -> AsyncIterator[Listener]:
        """Hear of these topics until the block ends. What changes after it began is not missed."""
        listener = Listener(tenant_id, topics)
        if not self._listeners:
            await self._begin()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
            if not self._listeners and self._task:
                self._task.cancel()
                self._task = None

    async def _begin(self) -> None:
        """Everything there is counts as seen, also a while back: what was written then may only commit now."""
        self._floor = max(0, await run_in_threadpool(self._newest) - LOOK_BACK)
        self._seen.clear()
        self._order.clear()
        for id_, _, _ in await run_in_threadpool(self._read):
            self._remember(id_)
        self._task = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                rows = await run_in_threadpool(self._read)
            except SQLAlchemyError as error:  # a database that restarts is followed again when it is back
                log.warning("changes can't be read", error=type(error).__name__)
                continue
            for id_, tenant_id, topic in rows:
                if id_ not in self._seen:
                    self._remember(id_)
                    for listener in tuple(self._listeners):
                        listener.hear(tenant_id, topic)
            self._forget()

    def _newest(self) -> int:
        with self._database.read() as connection:
            newest: int = connection.execute(select(func.coalesce(func.max(CHANGE.c.change_id), 0))).scalar_one()
        return newest

    def _read(self) -> list[tuple[int, str, Topic]]:
        question = select(CHANGE).where(CHANGE.c.change_id > self._floor).order_by(CHANGE.c.change_id)
        with self._database.read() as connection:
            return [(row.change_id, row.tenant_id, (row.topic, row.subject_id)) for row in connection.execute(question)]

    def _remember(self, id_: int) -> None:
        self._seen.add(id_)
        self._order.append((asyncio.get_running_loop().time(), id_))

    def _forget(self) -> None:
        """Raise the floor over what was first seen longer ago than the window."""
        oldest = asyncio.get_running_loop().time() - WINDOW_SECONDS
        while self._order and self._order[0][0] < oldest:
            _, id_ = self._order.popleft()
            self._floor = max(self._floor, id_)
        self._seen = {id_ for id_ in self._seen if id_ > self._floor}
