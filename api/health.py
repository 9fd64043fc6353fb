"""Whether this process lives, and whether it can do its work. At the root, for whatever keeps it running."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.deps import engine_of
from api.errors import EdgeRefusal, refusal
from api.languages import language_of_request
from engine import schema

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="This process lives")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/readyz", summary="The database answers and has today's tables")
def readyz(request: Request) -> Response:
    database = engine_of(request).database
    try:
        with database.read() as connection:
            connection.execute(text("SELECT 1"))
        schema.require_current(database)
    except (SQLAlchemyError, schema.SchemaNotCurrent):
        return refusal(language_of_request(request), EdgeRefusal("not_ready", {"Retry-After": "5"}))
    return JSONResponse({"status": "ready"})
