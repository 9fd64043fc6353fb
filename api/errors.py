"""Refusals as RFC 9457 problems: a stable type, the status, what was refused and what is possible, in the reader's language.

One table says which status a refusal has. Nothing a caller sent is repeated in a problem but ids and keys.
"""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from api.languages import language_of_request
from api.messages import in_words, title_of
from api.problem_words import DETAILS, TITLES, why_in_words
from api.web.edge import failure_page, not_found_page
from engine.ids import new_id
from pathways.errors import Malformed, PathwayError
from pathways.time_words import Language

STATUS: Mapping[str, int] = {
    "sign_in_needed": 401,
    "sign_in_refused": 401,
    "csrf_missing": 403,
    "not_allowed": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "revision_stale": 412,
    "too_large": 413,
    "malformed": 422,
    "time_refused": 422,
    "offset_missing": 422,
    "goal_refused": 422,
    "idempotency_key_reused": 422,
    "idempotency_key_required": 400,
    "idempotency_key_running": 409,
    "if_match_required": 428,
    "sign_in_throttled": 429,
    "failure": 500,
    "use_log_unavailable": 503,
    "not_ready": 503,
}
"""Refusal → status; 409 for every other: it was understood, and the state of things doesn't allow it."""
POSSIBLE = ("possible", "choices", "fit", "waiting_for", "missing", "client_ids")
"""The facts of a refusal that say what can be done instead."""
MEDIA_TYPE = "application/problem+json"

log = structlog.get_logger()


class EdgeRefusal(PathwayError):
    """A refusal of the API's own: the request can't be taken as it is. `headers` go with the answer."""

    def __init__(self, code: str, headers: Mapping[str, str] | None = None, **facts: Any) -> None:
        self._code, self._headers, self._facts = code, headers or {}, facts
        super().__init__(DETAILS[code].in_language("en"))

    @property
    def facts(self) -> dict[str, Any]:
        return self._facts


def code_of(error: PathwayError) -> str:
    return error._code if isinstance(error, EdgeRefusal) else error.code


def install(app: FastAPI) -> None:
    """Answer every refusal under `/api` with a problem, everything else with a page."""
    app.add_exception_handler(PathwayError, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DataError, _not_storable)
    app.add_exception_handler(Exception, _failed)


def problem(
    language: Language,
    code: str,
    *,
    detail: str = "",
    facts: Mapping[str, Any] | None = None,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer to a refusal."""
    status = STATUS.get(code, 409)
    facts = dict(facts or {})
    body: dict[str, Any] = {
        "type": f"/api/problems/{code}",
        "title": TITLES[code].in_language(language) if code in TITLES else title_of(code, language),
        "status": status,
        "detail": detail or (DETAILS[code].in_language(language) if code in DETAILS else ""),
        "code": code,
        "possible": [str(choice) for name in POSSIBLE for choice in facts.get(name) or ()],
    }
    if facts:
        body["facts"] = facts
    if errors:
        body["errors"] = list(errors)
    content = json.dumps(body, ensure_ascii=False, default=_plain).encode()
    return Response(content, status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA_TYPE)


def refusal(language: Language, error: PathwayError) -> Response:
    """A refusal of the engine or of the edge as a problem."""
    code = code_of(error)
    if isinstance(error, EdgeRefusal):
        return problem(language, code, facts=error.facts, headers=error._headers)
    return problem(language, code, detail=in_words(error, language), facts=error.facts, headers=_headers(error))


def _headers(error: PathwayError) -> dict[str, str]:
    seconds = error.facts.get("seconds")
    return {"Retry-After": str(seconds)} if seconds and error.code == "sign_in_throttled" else {}


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, PathwayError)  # noqa: S101 - the handler is installed for these alone
    return refusal(language_of_request(request), error)


async def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    if not is_api(request):
        return await run_in_threadpool(not_found_page, request)
    language = language_of_request(request)
    problems = [{"field": _field(each["loc"]), "why": why_in_words(each, language)} for each in error.errors()]
    return problem(language, "malformed", errors=problems)


def _field(location: Sequence[Any]) -> str:
    """Where in the request: `body.received_at`."""
    return ".".join(str(part) for part in location)


async def _not_storable(request: Request, error: Exception) -> Response:
    """The database can't hold what was sent, such as half of a character."""
    return await _refused(request, Malformed("request", "no_character"))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    if not is_api(request) and error.status_code == HTTPStatus.NOT_FOUND:
        return await run_in_threadpool(not_found_page, request)
    codes = {401: "sign_in_needed", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
    code = codes.get(error.status_code, "malformed")
    return problem(language_of_request(request), code, headers=error.headers)


async def _failed(request: Request, error: Exception) -> Response:
    """Something broke on our side. The reference stands in the log beside the trace, which the server writes."""
    clock = request.app.state.engine.clock
    reference = new_id(clock.now())[-12:]
    log.error("request failed", reference=reference, error=type(error).__name__, path=_template(request))
    if not is_api(request):
        return await run_in_threadpool(failure_page, request, reference)
    return problem(language_of_request(request), "failure", facts={"reference": reference})


def _template(request: Request) -> str:
    """The route, never the address: an id in a log is enough, a query may be more."""
    route = request.scope.get("route")
    return str(getattr(route, "path", ""))


def is_api(request: Request) -> bool:
    """Whether a program asks, which wants a problem, rather than a person, who wants a page."""
    path = request.url.path
    return path.startswith("/api/") or path in ("/healthz", "/readyz", "/metrics")


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset | set):
        return sorted(value)
    return str(value)
