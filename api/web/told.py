"""Notifications: what the worker has been told, and marking it as seen."""

from fastapi import APIRouter, Response

from api.web.edge import MyPage, PageRoute, TypedForm, engine_of, go, is_genuine
from engine.read_models.notifications import mark_seen, notifications

router = APIRouter(prefix="/notifications", route_class=PageRoute, include_in_schema=False)


@router.get("")
def show(page: MyPage, cursor: str = "") -> Response:
    with engine_of(page.request).reading(page.me) as reading:
        told = notifications(reading, page.language, cursor=cursor or None)
    page.counts = {**page.counts, "unseen": told.unseen}
    return page.render("notifications.html", told=told)


@router.post("/seen")
def seen(page: MyPage, sent: TypedForm) -> Response:
    if is_genuine(page, page.form(typed=sent)):
        with engine_of(page.request).database.begin() as connection:
            mark_seen(connection, page.me, None, page.now)
    return go(page, "/notifications", "seen")
