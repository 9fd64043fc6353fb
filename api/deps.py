"""What every route is handed: who calls and in which language, the engine, the idempotency key, the revision seen."""

import hashlib
import json
import re
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request, Response
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import select

from api.errors import EdgeRefusal
from api.languages import language_of_request
from engine.accounts import actor_of_token
from engine.handle import Answer, Engine, Idempotency, Reading
from engine.ids import is_id, new_id
from engine.people import UNIT
from engine.sign_in import Session, SignIns, session_of
from pathways.actor import Actor
from pathways.commands import Command
from pathways.errors import Malformed, UnknownThing
from pathways.time_words import Language

SESSION_COOKIE = "pathways_session"
SAFE = ("GET", "HEAD", "OPTIONS")
LONGEST_KEY = 120

bearer = HTTPBearer(auto_error=False, description="A token made by `pathways token USER`.")
cookie = APIKeyCookie(
    name=SESSION_COOKIE, auto_error=False, description="The session of somebody signed in to the pages."
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks, what with, and the language they read."""

    engine: Engine
    actor: Actor
    language: Language
    session: Session | None

    @property
    def now(self) -> datetime:
        return self.engine.clock.now()

    def new_id(self) -> str:
        return new_id(self.now)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A reading transaction; what it shows is in the access log before it ends."""
        with self.engine.reading(self.actor) as reading:
            yield reading

    def do(self, command: Command, idempotency: Idempotency | None) -> Answer:
        return self.engine.handle(command, self.actor, idempotency)


def engine_of(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


def sign_ins_of(request: Request) -> SignIns:
    sign_ins: SignIns = request.app.state.sign_ins
    return sign_ins


def caller(
    request: Request,
    token: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
    session_token: Annotated[str | None, Depends(cookie)],
    lang: Annotated[str | None, Query(description="fi, sv or en: the language of every text in the answer.")] = None,
    x_csrf_token: Annotated[str | None, Header(description="Required with a session cookie, not with a token.")] = None,
) -> Caller:
    """Who calls: a bearer token wins over a session's cookie; neither is 401."""
    engine = engine_of(request)
    now = engine.clock.now()
    session: Session | None = None
    with engine.database.read() as connection:
        if token is not None:
            actor = actor_of_token(connection, token.credentials, now)
        else:
            session = session_of(connection, session_token, now) if session_token else None
            actor = session.actor if session else None
    if actor is None:
        raise EdgeRefusal("sign_in_needed", {"WWW-Authenticate": 'Bearer realm="pathways"'})
    if session:
        _check_genuine(request, session, x_csrf_token)
        if not request.url.path.endswith("/changes"):  # a page that listens is not somebody being there
            sign_ins_of(request).note_seen(session, now)
    request.state.own_language = actor.language
    return Caller(engine, actor, language_of_request(request), session)


def _check_genuine(request: Request, session: Session, token: str | None) -> None:
    """A browser sends its cookie whoever asks it to: what changes something needs the session's own word too."""
    if request.method in SAFE:
        return
    if not secrets.compare_digest((token or "").encode(), session.csrf.encode()):
        raise EdgeRefusal("csrf_missing")


Me = Annotated[Caller, Depends(caller)]


_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000|\x00")


async def readable(request: Request) -> None:
    """Refuse the character that no text holds and no database takes, wherever it stands."""
    address = f"{request.url.path}?{request.url.query}"
    if "\x00" in address or "%00" in address or _NUL.search(await request.body()):
        raise Malformed("request", "no_character")


async def idempotency(
    request: Request,
    me: Me,
    idempotency_key: Annotated[
        str | None, Header(max_length=LONGEST_KEY, description="A fresh word for each request; kept seven days.")
    ] = None,
) -> AsyncIterator[Idempotency]:
    """The key of this request with a digest of what it asks. While the same key is running, it is 409."""
    key = (idempotency_key or "").strip()
    if not key:
        raise EdgeRefusal("idempotency_key_required")
    running: set[tuple[str, str, str]] = request.app.state.running
    mine = (me.actor.tenant_id, me.actor.worker_id, key)
    if mine in running:
        raise EdgeRefusal("idempotency_key_running", {"Retry-After": "1"})
    running.add(mine)
    try:
        yield Idempotency(key, _digest(request, await request.body()))
    finally:
        running.discard(mine)


def _digest(request: Request, body: bytes) -> str:
    """The same for the same request, however its JSON is spaced."""
    try:
        said = json.dumps(json.loads(body), sort_keys=True) if body.strip() else "{}"
    except ValueError:
        said = body.decode("latin-1")
    return hashlib.sha256(f"{request.method} {request.url.path}\n{said}".encode()).hexdigest()


Once = Annotated[Idempotency, Depends(idempotency)]


def revision(
    if_match: Annotated[str | None, Header(description='The revision you saw, as its ETag: `"7"`.')] = None,
) -> int | None:
    """What the caller saw, when they say so."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = re.fullmatch(r'(?:W/)?"?(\d{1,9})"?', if_match.strip(), re.ASCII)
    return int(found[1]) if found else -1  # a tag that isn't ours matches nothing


def required_revision(
    me: Me,  # so that who nobody knows is told that first
    if_match: Annotated[str | None, Header(description='The revision you saw, as its ETag: `"7"`.')] = None,
) -> int | None:
    """What the caller saw; leaving it out is 428."""
    if if_match is None:
        raise EdgeRefusal("if_match_required")
    return revision(if_match)


Seen = Annotated[int | None, Depends(revision)]
SeenRequired = Annotated[int | None, Depends(required_revision)]


def tag(response: Response, revision: int) -> None:
    """Give the answer its ETag."""
    response.headers["ETag"] = f'"{revision}"'


def known_id(kind: str) -> Callable[[str], str]:
    """A check for ids in addresses: what can name nothing is unknown, as everything that isn't mine."""

    def check(text: str) -> str:
        if not is_id(text):
            raise UnknownThing(kind, text)
        return text.lower()

    return check


def unit_named(reading: Reading, named: str | None) -> str | None:
    """The id of a unit given by id or by key; unknown ones are 404 like everything that isn't mine."""
    if named is None or is_id(named):
        return named
    question = select(UNIT.c.unit_id).where(UNIT.c.tenant_id == reading.actor.tenant_id, UNIT.c.key == named)
    found: Any = reading.connection.execute(question).scalar()
    if found is None:
        raise UnknownThing("unit", named)
    return str(found)
