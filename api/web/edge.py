"""The edge of the pages: who visits, what was typed, and how a refusal becomes a page in the reader's language."""

import hashlib
import json
import secrets
from collections.abc import Callable, Coroutine
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from pydantic import ValidationError

from api.messages import NameOf, in_words, title_of
from api.web.forms import Filled, Typed
from api.web.languages import COOKIE, accepted, language_of
from api.web.pages import Page
from api.web.words import Words
from engine.handle import Answer, Engine, Idempotency, Reading
from engine.read_models.notifications import unseen_notifications
from engine.sign_in import Session, SignIns, session_of
from pathways.commands import Command
from pathways.errors import PathwayError

SESSION_COOKIE = "pathways_session"
THEME_COOKIE = "pathways_theme"
STATUS_OF = {
    "not_found": 404,
    "not_allowed": 403,
    "revision_stale": 412,
    "use_log_unavailable": 503,
    "malformed": 422,
    "sign_in_throttled": 429,
}
"""Refusal → status of the page that says so; 409 for the rest."""


class SignInNeeded(Exception):
    """Nobody is signed in, and this page is not for everybody."""


# --- who visits ---


def engine_of(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


def sign_ins_of(request: Request) -> SignIns:
    sign_ins: SignIns = request.app.state.sign_ins
    return sign_ins


def visitor(request: Request) -> Page:
    """The page of anybody, signed in or not."""
    engine = engine_of(request)
    now = engine.clock.now()
    session = _session(request)
    account_language = session.actor.language if session else None
    return Page(
        request=request,
        language=language_of(
            request.query_params.get("lang"),
            request.cookies.get(COOKIE),
            account_language,
            accepted(request.headers.get("accept-language")),
        ),
        now=now,
        actor=session.actor if session else None,
        csrf=session.csrf if session else "",
        demo=engine.demo,
        theme=_theme(request),
    )


def reader(page: Annotated[Page, Depends(visitor)]) -> Page:
    """The page of somebody who is signed in."""
    if page.actor is None:
        raise SignInNeeded
    if "hx-request" not in page.request.headers:
        page.counts = {"unseen": _unseen(page)}
    page.flash = Words(page.texts).done(page.request.query_params.get("said", ""))
    return page


def _unseen(page: Page) -> int:
    """How many notifications wait, for the menu."""
    engine = engine_of(page.request)
    with engine.database.read() as connection:
        return unseen_notifications(Reading(connection, page.me, page.now, engine))


async def typed(request: Request) -> Typed:
    """What a form sent: every field with its values. Files are not taken."""
    form = await request.form(max_files=0, max_fields=400)
    return {name: [value for value in form.getlist(name) if isinstance(value, str)] for name in form}


AnyPage = Annotated[Page, Depends(visitor)]
MyPage = Annotated[Page, Depends(reader)]
TypedForm = Annotated[Typed, Depends(typed)]


def _session(request: Request) -> Session | None:
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        return None
    engine = engine_of(request)
    now = engine.clock.now()
    with engine.database.read() as connection:
        session = session_of(connection, token, now)
    if session and "hx-request" not in request.headers:  # a page that refreshes itself is not somebody being there
        sign_ins_of(request).note_seen(session, now)
    return session


def _theme(request: Request) -> str:
    theme = request.query_params.get("theme") or request.cookies.get(THEME_COOKIE, "")
    return theme if theme in ("light", "dark") else ""


# --- doing what a form asks ---


def is_genuine(page: Page, form: Filled) -> bool:
    """Whether the form comes from our own page and this session; else it says so and keeps what was typed."""
    if page.csrf and secrets.compare_digest(form.value("csrf").encode(), page.csrf.encode()):
        return True
    form.refuse(
        "", page.gettext("You have signed in again since this form was opened. Check it and send it once more.")
    )
    return False


def carry_out(page: Page, form: Filled, command: Callable[[], Command], name_of: NameOf = str) -> Answer | None:
    """Do what the form asks when it was filled right; else None, and the form tells why."""
    if not is_genuine(page, form) or not form.is_right or page.actor is None:
        return None
    try:
        return engine_of(page.request).handle(command(), page.actor, idempotency_of(form))
    except ValidationError as error:
        form.refuse("", page.gettext("Something in the form can't be read: %(field)s.") % {"field": _fields(error)})
    except PathwayError as error:
        refuse(page, form, error, name_of)
    return None


def refuse(page: Page, form: Filled, error: PathwayError, name_of: NameOf = str) -> None:
    """Say a refusal on the form it answers."""
    form.status = STATUS_OF.get(error.code, 409)
    form.refuse("", in_words(error, page.language, name_of))


def idempotency_of(form: Filled) -> Idempotency:
    """The form's own key with a digest of what it says, so that a second click is the same request."""
    said = {name: list(values) for name, values in form.typed.items() if name != "csrf"}
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return Idempotency(f"form-{form.key}", digest)


def _fields(error: ValidationError) -> str:
    return ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors())


# --- answers ---


def go(page: Page, address: str, said: str = "", anchor: str = "") -> Response:
    """Answer a form that was carried out: 303 to the page that shows it. `said` is a key of `Words.done`."""
    mark = "&" if "?" in address else "?"
    return RedirectResponse(f"{address}{f'{mark}said={said}' if said else ''}{f'#{anchor}' if anchor else ''}", 303)


class PageRoute(APIRoute):
    """A route whose refusals are pages, and that remembers the language and colours somebody chooses."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                response = await answer(request)
            except SignInNeeded:
                response = to_sign_in(request)
            except PathwayError as error:
                response = await run_in_threadpool(refusal_page, request, error)
            except RequestValidationError:
                response = await run_in_threadpool(not_found_page, request)
            return _remember(request, response)

        return handler


def to_sign_in(request: Request) -> Response:
    """Ask who it is, then come back here. A page that refreshes itself only learns that the session is over."""
    if "hx-request" in request.headers:
        return Response(status_code=401)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    onwards = f"?next={quote(here)}" if request.method == "GET" and here != "/" else ""
    return RedirectResponse(f"/sign-in{onwards}", 303)


def refusal_page(request: Request, error: PathwayError) -> Response:
    """What was refused, as a page of its own."""
    page = visitor(request)
    return page.render(
        "error.html",
        STATUS_OF.get(error.code, 409),
        title=title_of(error.code, page.language),
        words=in_words(error, page.language),
        reference="",
    )


def not_found_page(request: Request) -> Response:
    page = visitor(request)
    title, words = (
        page.gettext("Not found"),
        page.gettext("There is no page at this address. Check it, or begin from the worklist."),
    )
    return page.render("error.html", 404, title=title, words=words, reference="")


def failure_page(request: Request, reference: str) -> Response:
    """Something broke on our side; the reference leads to it in the log."""
    page = visitor(request)
    title = page.gettext("Something went wrong")
    words = page.gettext(
        "It isn't your fault, and it has been noted. Try again in a moment; what you saved before is safe."
    )
    return page.render("error.html", 500, title=title, words=words, reference=reference)


def _remember(request: Request, response: Response) -> Response:
    if (language := request.query_params.get("lang")) and language_of(language) == language:
        response.set_cookie(COOKIE, language, max_age=31536000, samesite="lax", httponly=True)
    if (theme := request.query_params.get("theme")) in ("auto", "light", "dark"):
        response.set_cookie(THEME_COOKIE, str(theme), max_age=31536000, samesite="lax", httponly=True)
    return response
