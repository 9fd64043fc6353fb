"""The app: the JSON API, the pages and what operators ask, over the engine it is handed. `cli/` makes it."""

from typing import Any

from fastapi import APIRouter, Depends, FastAPI

from api import (
    candidates,
    case_events,
    case_people,
    cases,
    changes,
    client_plans,
    clients,
    consultations,
    contacts,
    docs,
    drawings,
    errors,
    health,
    me,
    metrics,
    pathways,
    promise_board,
    reports,
    service_promises,
    worklist,
)
from api.deps import readable
from api.edge_guard import Guarded
from api.follower import Follower
from api.metrics import Measured
from api.web.install import install as install_pages
from engine.handle import Engine
from engine.sign_in import SignIns

DESCRIPTION = """
Client pathways, what is promised on them and by when.

Every POST but `/clients/search` needs an `Idempotency-Key`. `ETag` and `If-Match` carry the revision. Times have an
offset. What you may not see does not exist: it is 404. Problems are RFC 9457 with a stable `type`.
"""

ROUTERS: tuple[APIRouter, ...] = (
    contacts.router,
    clients.router,
    cases.router,
    case_people.router,
    case_events.router,
    client_plans.router,
    service_promises.router,
    consultations.router,
    candidates.router,
    worklist.router,
    promise_board.router,
    reports.router,
    pathways.router,
    drawings.router,
    me.router,
    changes.router,
    health.router,
    metrics.router,
    docs.router,
)


def make_app(engine: Engine, *, sign_ins: SignIns | None = None, metrics_token: str | None = None) -> FastAPI:
    """Return the app on an engine. Without a metrics token `/metrics` answers this machine alone."""
    app = FastAPI(
        title="Pathways",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.engine = engine
    app.state.sign_ins = sign_ins or SignIns(engine.database, engine.keys)
    app.state.follower = Follower(engine.database)
    app.state.metrics_token = metrics_token
    app.state.running = set()
    for router in ROUTERS:
        app.include_router(router, responses=PROBLEMS, dependencies=[Depends(readable)])
    install_pages(app)
    errors.install(app)
    app.add_middleware(Guarded)
    app.add_middleware(Measured)
    return app


_PROBLEM = {"content": {errors.MEDIA_TYPE: {"schema": {"type": "object"}}}, "description": "A problem (RFC 9457)"}
PROBLEMS: dict[int | str, dict[str, Any]] = {"4XX": _PROBLEM, "5XX": _PROBLEM}
