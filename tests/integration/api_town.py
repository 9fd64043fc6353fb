"""The town with its API: everybody by role has a client."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from sqlalchemy import select

from api.app import make_app
from engine.access_log import ACCESS_LOG
from tests.api_client import ApiClient
from tests.town import Town, town


@dataclass
class ApiTown:
    """A town, its app, and a client for whoever is asked for."""

    town: Town
    app: FastAPI
    _clients: dict[str, ApiClient] = field(default_factory=dict)

    def __getitem__(self, who: str) -> ApiClient:
        if who not in self._clients:
            self._clients[who] = ApiClient(self.app, None if who == "nobody" else self.town.token(who))
        return self._clients[who]

    def contact(self, **more: Any) -> Any:
        """A call taken by the nurse; the answer of the API."""
        said: dict[str, Any] = {
            "pathway": "nuorten_mielenterveys",
            "channel": "puhelin",
            "received_at": self.town.now.isoformat(),
            "matter": "En saa nukuttua.",
            "language": "fi",
        }
        return self["nurse"].post("/contacts", said | more, 201)

    def logged(self, **wanted: Any) -> list[Any]:
        with self.town.engine.database.read() as connection:
            question = select(ACCESS_LOG).where(*(ACCESS_LOG.c[name] == value for name, value in wanted.items()))
            return list(connection.execute(question).mappings())


@contextmanager
def api_town(url: str) -> Iterator[ApiTown]:
    with town(url) as settled:
        yield ApiTown(settled, make_app(settled.engine, metrics_token="the-token-of-metrics"))
