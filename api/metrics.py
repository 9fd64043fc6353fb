"""Metrics: of this process's requests, by route and never by address, and of everybody's timers. Read at `/metrics`."""

import time
from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_address
from secrets import compare_digest

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.deps import engine_of
from engine.handle import Engine
from engine.sweep_lags import BUCKETS, Lags
from engine.workings import Ahead, Workings, ahead, workings
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
    ours = CollectorRegistry(auto_describe=False)
    ours.register(_OfTheDatabase(engine_of(request)))
    return Response(generate_latest(REGISTRY) + generate_latest(ours), media_type=CONTENT_TYPE_LATEST)


class _OfTheDatabase:
    """What every process of timers and messages does, read where all of them write it: in the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterator[Metric]:
        """Without a database only that it is away is told; the process's own metrics stand beside."""
        now = self._engine.clock.now()
        try:
            with self._engine.database.read() as connection:
                seen, next_up = workings(connection, now), ahead(connection, now)
        except SQLAlchemyError:
            yield _gauge("pathways_database_up", "Whether the database answers", 0)
            return
        yield _gauge("pathways_database_up", "Whether the database answers", 1)
        yield from _of_sweeps(seen.lags)
        yield from _of_what_waits(seen, next_up)


def _of_sweeps(lags: Lags) -> Iterator[Metric]:
    lag = HistogramMetricFamily("pathways_due_lag_seconds", "Seconds from an instant that was due until it was noticed")
    passed, buckets = 0, []
    for column, bound in BUCKETS.items():
        passed += lags.counts[column]
        buckets.append(("+Inf" if bound == float("inf") else str(bound), float(passed)))
    lag.add_metric([], buckets, lags.lag_seconds)
    yield lag
    yield CounterMetricFamily("pathways_sweeps", "Sweeps of every process that ended", lags.sweeps)
    yield _gauge("pathways_last_sweep_timestamp_seconds", "When the last sweep ran", _seconds(lags.last_at))


def _of_what_waits(seen: Workings, next_up: Ahead) -> Iterator[Metric]:
    age = seen.outbox_age
    yield _gauge("pathways_due_unfired", "Rungs and timers that are due and not noticed yet", next_up.unfired)
    yield _gauge("pathways_due_next_hour", "Rungs and timers that come due within an hour", next_up.next_hour)
    yield _gauge("pathways_cases_set_aside", "Cases that broke a sweep and are tried again later", seen.set_aside)
    yield _gauge("pathways_outbox_waiting", "Messages that nobody has handed on", seen.outbox_waiting)
    yield _gauge("pathways_outbox_age_seconds", "Age of the oldest of them", age.total_seconds() if age else 0)


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value)


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else 0


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
