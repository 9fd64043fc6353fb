"""Sign-in: sessions by password or by a demo's link. Only digests of their tokens are stored.

Wrong passwords slow down the one who tries (an account from one address, or one address), never the account itself:
nobody is locked out by a stranger.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from engine import tables as t
from engine.accounts import ACCOUNT, DEMO_LINK, SESSION, account_actor, digest_of
from engine.database import Database
from engine.ids import new_id
from engine.keys import Keys
from engine.passwords import Passwords
from engine.people import TENANT, WORKER
from engine.projection import table_of
from pathways.actor import Actor
from pathways.errors import PathwayError

FAILURE = table_of(t.SignInFailure)

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)
WINDOW = timedelta(minutes=15)
FREE_TRIES = 5
FREE_TRIES_OF_AN_ADDRESS = 50
LONGEST_WAIT = timedelta(seconds=60)


class SignInRefused(PathwayError):
    """The name or the password is wrong; which of them isn't said."""

    code = "sign_in_refused"

    def __init__(self) -> None:
        super().__init__("The user name or the password is wrong.")


class SignInThrottled(PathwayError):
    """Too many tries from here; the right password works again after a moment."""

    code = "sign_in_throttled"

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"Too many tries; try again in {seconds} seconds.")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session just begun: its token goes into the cookie and is never seen again."""

    token: str
    csrf: str
    expires_at: datetime
    actor: Actor


@dataclass(frozen=True, slots=True)
class Session:
    """A session that was shown to us. `csrf` must come with everything that changes something."""

    actor: Actor
    csrf: str
    expires_at: datetime
    token_digest: str
    seen_at: datetime


class SignIns:
    """Signs people in and out. Opens its own transactions: argon2 must not be waited for inside one."""

    def __init__(self, database: Database, keys: Keys, passwords: Passwords | None = None) -> None:
        self.database = database
        self.keys = keys
        self.passwords = passwords or Passwords()

    def sign_in(self, username: str, password: str, source: str, now: datetime) -> SignedIn:
        """Begin a session, or raise `SignInRefused` or `SignInThrottled`. `source` is the address it comes from."""
        name = username.strip().casefold()
        subjects = self._subjects(name, source)
        with self.database.read() as connection:
            self._throttle(connection, subjects, now)
            account = _account_named(connection, name)
        right = self.passwords.verify(account["password_hash"] if account else "", password)
        if right is None:
            raise SignInThrottled(int(LONGEST_WAIT.total_seconds()))
        with self.database.begin() as connection:
            if right and account and not account["disabled"]:
                connection.execute(delete(FAILURE).where(FAILURE.c.subject_digest == subjects[0]))
                signed_in = begin_session(connection, account["tenant_id"], account["worker_id"], now)
            else:
                signed_in = None
                self._count(connection, subjects, now)
        if signed_in is None:
            raise SignInRefused
        return signed_in

    def sign_in_by_link(self, token: str, now: datetime) -> SignedIn:
        """Begin a persona's session by a demo's link. The caller sees to it that it comes over loopback."""
        question = (
            select(DEMO_LINK)
            .join(TENANT, TENANT.c.tenant_id == DEMO_LINK.c.tenant_id)
            .where(DEMO_LINK.c.token_digest == digest_of(token), TENANT.c.demo)
        )
        with self.database.begin() as connection:
            link = connection.execute(question).mappings().first()
            signed_in = begin_session(connection, link["tenant_id"], link["worker_id"], now) if link else None
        if signed_in is None:
            raise SignInRefused
        return signed_in

    def sign_out(self, token: str) -> None:
        with self.database.begin() as connection:
            connection.execute(delete(SESSION).where(SESSION.c.token_digest == digest_of(token)))

    def note_seen(self, session: Session, now: datetime) -> None:
        """Keep a session that is used from falling asleep; written every five minutes, not at every click."""
        if now - session.seen_at < SEEN_EVERY:
            return
        with self.database.begin() as connection:
            connection.execute(
                update(SESSION).where(SESSION.c.token_digest == session.token_digest).values(seen_at=now)
            )

    def _subjects(self, username: str, source: str) -> tuple[str, str]:
        return self.keys.digest_of_subject(f"{username}@{source}"), self.keys.digest_of_subject(f"@{source}")

    def _throttle(self, connection: Connection, subjects: tuple[str, str], now: datetime) -> None:
        for subject, free in zip(subjects, (FREE_TRIES, FREE_TRIES_OF_AN_ADDRESS), strict=True):
            question = select(func.count(), func.max(FAILURE.c.failed_at)).where(
                FAILURE.c.subject_digest == subject, FAILURE.c.failed_at > now - WINDOW
            )
            failures, last = connection.execute(question).one()
            if failures < free:
                continue
            wait = min(timedelta(seconds=2 ** min(failures - free, 6)), LONGEST_WAIT)
            if last + wait > now:
                raise SignInThrottled(max(1, round((last + wait - now).total_seconds())))

    def _count(self, connection: Connection, subjects: tuple[str, str], now: datetime) -> None:
        connection.execute(delete(FAILURE).where(FAILURE.c.failed_at < now - 2 * WINDOW))
        rows = [{"failure_id": new_id(now), "subject_digest": subject, "failed_at": now} for subject in subjects]
        connection.execute(insert(FAILURE), rows)


def begin_session(connection: Connection, tenant_id: str, worker_id: str, now: datetime) -> SignedIn | None:
    """Begin a session for a worker who still works here."""
    actor = account_actor(connection, tenant_id, worker_id, now)
    if actor is None:
        return None
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    connection.execute(delete(SESSION).where(SESSION.c.expires_at < now))
    row = {"token_digest": digest_of(token), "tenant_id": tenant_id, "worker_id": worker_id, "csrf": csrf}
    expires_at = now + LONGEST
    connection.execute(insert(SESSION).values(**row, created_at=now, seen_at=now, expires_at=expires_at))
    return SignedIn(token, csrf, expires_at, actor)


def session_of(connection: Connection, token: str, now: datetime) -> Session | None:
    """The session a cookie names, while it is neither over nor asleep."""
    where = (SESSION.c.token_digest == digest_of(token)) & (SESSION.c.expires_at > now)
    row = connection.execute(select(SESSION).where(where, SESSION.c.seen_at > now - IDLE)).mappings().first()
    actor = account_actor(connection, row["tenant_id"], row["worker_id"], now) if row else None
    if row is None or actor is None:
        return None
    return Session(actor, row["csrf"], row["expires_at"], row["token_digest"], row["seen_at"])


def _account_named(connection: Connection, username: str) -> RowMapping | None:
    question = select(ACCOUNT).join(
        WORKER, (WORKER.c.tenant_id == ACCOUNT.c.tenant_id) & (WORKER.c.worker_id == ACCOUNT.c.worker_id)
    )
    return connection.execute(question.where(ACCOUNT.c.username == username, WORKER.c.active)).mappings().first()
