"""Who I am to the API, and what I am told: roles and units, the session's own word, notifications."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import AfterValidator, Field

from api.cases import Cursor, Limit
from api.deps import Me, Once, known_id
from api.moments import In, Moment, Out
from engine.once import once as carry_out_once
from engine.read_models.notifications import NotificationShown, mark_seen, notifications
from engine.read_models.people_shown import unit_names

router = APIRouter(prefix="/api/v1", tags=["me"])


class UnitOut(Out):
    unit: str
    name: str
    leads: bool


class MeOut(Out):
    """`csrf` is the word a session must send as X-CSRF-Token with what changes something; null for a token."""

    worker_id: str
    name: str
    roles: list[str]
    professions: list[str]
    units: list[UnitOut]
    language: str
    csrf: str | None
    now: Moment


@router.get("/me", summary="Who I am")
def who_am_i(me: Me) -> MeOut:
    with me.reading() as reading:
        names = unit_names(reading, me.actor.units, me.language)
    return MeOut(
        worker_id=me.actor.worker_id,
        name=me.actor.name,
        roles=sorted(me.actor.roles),
        professions=sorted(me.actor.professions),
        units=[UnitOut(unit=id_, name=name, leads=me.actor.leads_unit(id_)) for id_, name in sorted(names.items())],
        language=me.language,
        csrf=me.session.csrf if me.session else None,
        now=me.now,
    )


class NotificationOut(Out):
    notification_id: str
    kind: str
    sentence: str
    case_id: str | None
    case_number: str | None
    made_at: Moment
    seen_at: Moment | None

    @classmethod
    def of(cls, shown: NotificationShown) -> "NotificationOut":
        return cls(**{name: getattr(shown, name) for name in cls.model_fields})


class NotificationsOut(Out):
    notifications: list[NotificationOut]
    unseen: int
    next_cursor: str | None


@router.get("/notifications", summary="What I am told, the newest first")
def my_notifications(me: Me, cursor: Cursor = None, limit: Limit = 50) -> NotificationsOut:
    with me.reading() as reading:
        told = notifications(reading, me.language, cursor=cursor, limit=limit)
    return NotificationsOut(
        notifications=[NotificationOut.of(row) for row in told.rows], unseen=told.unseen, next_cursor=told.next_cursor
    )


class SeenIn(In):
    """Which ones; all of them when left out."""

    notification_ids: Annotated[
        list[Annotated[str, AfterValidator(known_id("notification"))]] | None, Field(max_length=200)
    ] = None


class SeenOut(Out):
    seen: int


@router.post("/notifications/seen", summary="Note that I have seen them")
def see_notifications(me: Me, once: Once, body: SeenIn | None = None) -> SeenOut:
    now, ids = me.now, body.notification_ids if body else None
    made = carry_out_once(
        me.engine.database,
        me.actor,
        once,
        now,
        lambda connection: {"seen": mark_seen(connection, me.actor, ids, now)},
    )
    return SeenOut(seen=made["seen"])
