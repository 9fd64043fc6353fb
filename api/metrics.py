"""Metrics of the API: how many requests, how long they took, by route and never by address. Read at `/metrics`."""

import time
from ipaddress import ip_address
from secrets import compare_digest

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pathways.errors import UnknownThing

router = APIRouter(include_in_schema=False)

REQUESTS = Counter("pathways_http_requests_total", "Requests answered", ("method", "route", "status"))
SECONDS = Histogram(
    "pathways_http_request_seconds",
    "How long requests took",
    ("method", "route"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5),
)
STREAMS = Gauge("pathways_http_streams", "Streams of changes that are open")
STREAM_ROUTE = "/api/v1/changes"


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """For who has the token; without one set, for this machine alone. To anybody else there is nothing here."""
    if not _may_read(request, request.app.state.metrics_token):
        raise UnknownThing("address", "/metrics")
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


def _may_read(request: Request, token: str | None) -> bool:
    if token:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return compare_digest(given.encode(), token.encode())
    try:
        return bool(request.client and ip_address(request.client.host).is_loopback)
    except ValueError:
        return False


class Measured:
    """Counts and times every request once its route is known."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        streams = scope["path"] == STREAM_ROUTE
        if streams:
            STREAMS.inc()
        try:
            await self._app(scope, receive, noting)
        finally:
            route = str(getattr(scope.get("route"), "path", "unknown"))
            REQUESTS.labels(scope["method"], route, status).inc()
            if streams:
                STREAMS.dec()
            else:
                SECONDS.labels(scope["method"], route).observe(time.perf_counter() - begun)
