"""Signing in and out: by a user name and a password; in a demonstration also as an invented person, by one click."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.web.edge import (
    SESSION_COOKIE,
    AnyPage,
    MyPage,
    PageRoute,
    TypedForm,
    engine_of,
    go,
    is_genuine,
    refuse,
    sign_ins_of,
)
from api.web.forms import Filled
from api.web.pages import Page
from api.web.words import Words
from engine.demo import PERSONAS, personas_of
from engine.people import the_tenant
from engine.sign_in import SignedIn, SignInRefused, begin_session
from pathways.errors import PathwayError


@dataclass(frozen=True, slots=True)
class PersonaShown:
    """Somebody to try the demonstration as."""

    worker_id: str
    name: str
    words: str


router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/sign-in")
def show(page: AnyPage, next: str = "/", key: str = "") -> Response:  # noqa: A002 - the name in the address
    if key:
        return _by_link(page, key, next)
    return _page(page, page.form(), next)


@router.post("/sign-in")
def sign_in(page: AnyPage, sent: TypedForm) -> Response:
    form = page.form(typed=sent)
    username = form.text("username", required=page.gettext("Write your user name."), longest=200)
    password = form.value("password")
    if not password:
        form.refuse("password", page.gettext("Write your password."))
    if not is_from_here(page.request):
        form.refuse("", page.gettext("The form came from another site. Fill it in here."))
    if form.is_right:
        try:
            signed_in = sign_ins_of(page.request).sign_in(str(username), password, source_of(page.request), page.now)
        except PathwayError as error:
            refuse(page, form, error)
        else:
            return _begun(page.request, signed_in, form.value("next"))
    return _page(page, form, form.value("next"))


@router.post("/sign-in/demo")
def sign_in_as(page: AnyPage, sent: TypedForm) -> Response:
    """As an invented person of a demonstration, without a password; only from this very machine."""
    form = page.form(typed=sent)
    wanted = form.choice("worker", [persona.worker_id for persona in _personas(page)])
    if wanted is None or not is_from_here(page.request):
        raise SignInRefused
    with engine_of(page.request).database.begin() as connection:
        tenant = the_tenant(connection)
        signed_in = begin_session(connection, tenant["tenant_id"], wanted, page.now) if tenant else None
    if signed_in is None:
        raise SignInRefused
    return _begun(page.request, signed_in, form.value("next"))


@router.post("/sign-out")
def sign_out(page: MyPage, sent: TypedForm) -> Response:
    if is_genuine(page, page.form(typed=sent)):
        sign_ins_of(page.request).sign_out(page.request.cookies.get(SESSION_COOKIE, ""))
    response = go(page, "/sign-in", "signed_out")
    response.delete_cookie(SESSION_COOKIE)
    return response


@router.get("/session")
def stay(page: MyPage) -> Response:
    """Somebody is here: the session goes on."""
    return Response(status_code=204)


def _by_link(page: Page, key: str, onwards: str) -> Response:
    """A persona's link: only in a demonstration's database, and only from this very machine."""
    if not page.demo or not is_loopback(page.request):
        raise SignInRefused
    return _begun(page.request, sign_ins_of(page.request).sign_in_by_link(key, page.now), onwards)


def _begun(request: Request, signed_in: SignedIn, onwards: str) -> Response:
    response = RedirectResponse(safe_address(onwards), 303)
    response.set_cookie(
        SESSION_COOKIE,
        signed_in.token,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )
    return response


def _page(page: Page, form: Filled, onwards: str) -> Response:
    page.flash = page.flash or Words(page.texts).done(page.request.query_params.get("said", ""))
    status = form.status if form.errors else 200
    return page.render("sign_in.html", status, form=form, next=onwards, personas=_personas(page))


def _personas(page: Page) -> list[PersonaShown]:
    """The invented people of a demonstration; nobody anywhere else, and nobody from another machine."""
    if not page.demo or not is_loopback(page.request):
        return []
    with engine_of(page.request).database.read() as connection:
        tenant = the_tenant(connection)
        known = personas_of(connection, tenant["tenant_id"]) if tenant and tenant["demo"] else {}
    said = {persona.name: {"fi": persona.fi, "sv": persona.sv, "en": persona.en} for persona in PERSONAS}
    return [PersonaShown(worker_id, name, said[name][page.language]) for name, worker_id in known.items()]


def safe_address(onwards: str) -> str:
    """Where to go after signing in: a page of ours, never another site."""
    parts = urlsplit(onwards)
    ours = not parts.scheme and not parts.netloc and onwards.startswith("/") and not onwards.startswith(("//", "/\\"))
    return onwards if ours else "/"


def is_from_here(request: Request) -> bool:
    """Whether the browser says the form was on our own page; browsers send one of these two with every POST."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def source_of(request: Request) -> str:
    return request.client.host if request.client else ""


def is_loopback(request: Request) -> bool:
    try:
        return ip_address(source_of(request)).is_loopback
    except ValueError:
        return False
