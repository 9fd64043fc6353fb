"""Serving: the web application on an address, until it is told to end."""

import errno
import signal
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from fastapi import FastAPI

from api.app import make_app
from cli.complaints import Refused
from cli.settings import Settings
from engine.handle import Engine

GRACE = 2  # seconds that open requests have when everything ends; event streams never end by themselves


class Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, app: FastAPI, ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,  # addresses of pages are nobody's business; the use log has the reads
                timeout_graceful_shutdown=GRACE,
                server_header=False,
            )
        )
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()


def listening(host: str, port: int, command: str) -> socket.socket:
    """A socket at that address, taken now, so that nobody else gets it while everything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(2048)
    except OSError as error:
        taken.close()
        raise Refused(_why(error, host, port, command)) from None
    return taken


def _why(error: OSError, host: str, port: int, command: str) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"Port {port} is in use. End what uses it, or choose another: pathways {command} --port {port + 1}"
        case errno.EACCES:
            return f"This user may not use port {port}; choose one from 1024: pathways {command} --port 8000"
        case errno.EADDRNOTAVAIL:
            return f"This machine doesn't have the address {host}; choose another: pathways {command} --host 127.0.0.1"
    return f"Can't answer at {host}, port {port}: {error.strerror or 'it is not an address'}."


def web_app(settings: Settings, engine: Engine) -> FastAPI:
    token = settings.metrics_token
    return make_app(engine, metrics_token=token.get_secret_value() if token else None)


def serve(app: FastAPI, at: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until SIGINT or SIGTERM; both end it in good order."""
    ended: list[int] = []

    def note(number: int, _frame: Any) -> None:
        ended.append(number)

    before = {each: signal.signal(each, note) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        Server(app, ready).run(sockets=[at])  # it takes the signals over, and gives them back to us when it has ended
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def address_of(at: socket.socket) -> str:
    """Where it answers, as a person writes it."""
    host, port = at.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only shown
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
