"""Accounts, bearer tokens and the demo's links: what lets a worker in. Only digests are stored; a secret is shown once."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine import tables as t
from engine.passwords import SHORTEST
from engine.people import TENANT, actor_of
from engine.projection import table_of
from pathways.actor import Actor
from pathways.errors import Malformed
from pathways.time_zone import HELSINKI

ACCOUNT = table_of(t.Account)
SESSION = table_of(t.SignInSession)
TOKEN = table_of(t.AccessToken)
DEMO_LINK = table_of(t.DemoLink)


def add_account(
    connection: Connection, tenant_id: str, worker_id: str, username: str, password_hash: str, now: datetime
) -> None:
    """Let a worker sign in. `Malformed` when the name is taken. Hash the password before the transaction begins."""
    row = {"tenant_id": tenant_id, "worker_id": worker_id, "username": username.strip().casefold()}
    try:
        connection.execute(insert(ACCOUNT).values(**row, password_hash=password_hash, created_at=now, disabled=False))
    except IntegrityError:
        raise Malformed("username", "taken") from None


def check_password(password: str) -> None:
    """Refuse a password that is too short to be one."""
    if len(password) < SHORTEST:
        raise Malformed("password", "too_short")


def set_password(connection: Connection, tenant_id: str, worker_id: str, password_hash: str) -> None:
    """A new password ends every session begun with the old one."""
    connection.execute(update(ACCOUNT).where(_of(tenant_id, worker_id)).values(password_hash=password_hash))
    connection.execute(delete(SESSION).where(SESSION.c.tenant_id == tenant_id, SESSION.c.worker_id == worker_id))


def disable_account(connection: Connection, tenant_id: str, worker_id: str, now: datetime) -> None:
    """Nobody signs in with it any more; sessions end and tokens are revoked."""
    connection.execute(update(ACCOUNT).where(_of(tenant_id, worker_id)).values(disabled=True))
    connection.execute(delete(SESSION).where(SESSION.c.tenant_id == tenant_id, SESSION.c.worker_id == worker_id))
    mine = (TOKEN.c.tenant_id == tenant_id) & (TOKEN.c.worker_id == worker_id) & TOKEN.c.revoked_at.is_(None)
    connection.execute(update(TOKEN).where(mine).values(revoked_at=now))


def choose_language(connection: Connection, actor: Actor, language: str) -> None:
    """The language this worker reads the product in."""
    mine = _of(actor.tenant_id, actor.worker_id)
    connection.execute(update(ACCOUNT).where(mine).values(language=language))


def _of(tenant_id: str, worker_id: str) -> ColumnElement[bool]:
    return (ACCOUNT.c.tenant_id == tenant_id) & (ACCOUNT.c.worker_id == worker_id)


def issue_token(
    connection: Connection, tenant_id: str, worker_id: str, now: datetime, lasts: timedelta | None = None
) -> str:
    """Return a new bearer token. This is the only time anybody sees it."""
    token = f"pw_{secrets.token_urlsafe(32)}"
    row = {"token_digest": digest_of(token), "tenant_id": tenant_id, "worker_id": worker_id, "created_at": now}
    connection.execute(insert(TOKEN).values(**row, expires_at=now + lasts if lasts else None))
    return token


def revoke_tokens(connection: Connection, tenant_id: str, worker_id: str, now: datetime) -> int:
    """Revoke every token of a worker; return how many there were."""
    mine = (TOKEN.c.tenant_id == tenant_id) & (TOKEN.c.worker_id == worker_id) & TOKEN.c.revoked_at.is_(None)
    return connection.execute(update(TOKEN).where(mine).values(revoked_at=now)).rowcount


def actor_of_token(connection: Connection, token: str, now: datetime) -> Actor | None:
    """Who a bearer token speaks for, while it is neither revoked nor over."""
    row = connection.execute(_LIVE_TOKEN, {"digest": digest_of(token)}).mappings().first()
    if row is None or (row["expires_at"] and row["expires_at"] <= now):
        return None
    return account_actor(connection, row["tenant_id"], row["worker_id"], now)


def add_demo_link(connection: Connection, tenant_id: str, worker_id: str) -> str:
    """Return the token of a persona's one-click sign-in. Refused in a database that isn't a demo's."""
    demo = connection.execute(select(TENANT.c.demo).where(TENANT.c.tenant_id == tenant_id)).scalar()
    if not demo:
        raise Malformed("demo", "not_a_demo")
    token = secrets.token_urlsafe(24)
    row = {"token_digest": digest_of(token), "tenant_id": tenant_id, "worker_id": worker_id}
    connection.execute(insert(DEMO_LINK).values(**row))
    return token


def has_demo_links(connection: Connection) -> bool:
    """Whether this database was made by `--demo`; `up` without it refuses such a database."""
    return connection.execute(select(DEMO_LINK.c.token_digest).limit(1)).first() is not None


def digest_of(token: str) -> str:
    """What is stored of a secret of 190 bits or more: nothing to guess, so no salt or slowness is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def account_actor(connection: Connection, tenant_id: str, worker_id: str, now: datetime) -> Actor | None:
    """The worker as an actor now, in the language of their account; None when it is disabled or they left."""
    account = connection.execute(_ACCOUNT, {"tenant": tenant_id, "worker": worker_id}).first()
    if account and account.disabled:
        return None
    language = account.language if account else "fi"
    return actor_of(connection, tenant_id, worker_id, now.astimezone(HELSINKI).date(), language)


# Said once: every request asks them.
_LIVE_TOKEN = select(TOKEN).where(TOKEN.c.token_digest == bindparam("digest"), TOKEN.c.revoked_at.is_(None))
_ACCOUNT = select(ACCOUNT.c.language, ACCOUNT.c.disabled).where(
    ACCOUNT.c.tenant_id == bindparam("tenant"), ACCOUNT.c.worker_id == bindparam("worker")
)
