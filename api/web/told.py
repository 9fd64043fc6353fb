"""Notifications: what the worker has been told, and marking it as seen."""

from collections import Counter
from collections.abc import Sequence

from fastapi import APIRouter, Response

from api.web.edge import MyPage, PageRoute, TypedForm, engine_of, go, is_genuine
from engine.read_models.notifications import NotificationShown, mark_seen, notifications

router = APIRouter(prefix="/notifications", route_class=PageRoute, include_in_schema=False)


@router.get("")
def show(page: MyPage, cursor: str = "") -> Response:
    with engine_of(page.request).reading(page.me) as reading:
        told = notifications(reading, page.language, cursor=cursor or None)
    page.counts = {**page.counts, "unseen": told.unseen}
    return page.render("notifications.html", told=told, rows=gathered(told.rows))


def gathered(rows: Sequence[NotificationShown]) -> list[tuple[NotificationShown, int]]:
    """The newest of what was told alike about a case, with how many times it was."""
    newest: dict[tuple[str | None, str], NotificationShown] = {}
    times: Counter[tuple[str | None, str]] = Counter()
    for row in rows:
        alike = (row.case_id or row.notification_id, row.sentence)
        newest.setdefault(alike, row)
        times[alike] += 1
    return [(row, times[alike]) for alike, row in newest.items()]


@router.post("/seen")
def seen(page: MyPage, sent: TypedForm) -> Response:
    if is_genuine(page, page.form(typed=sent)):
        with engine_of(page.request).database.begin() as connection:
            mark_seen(connection, page.me, None, page.now)
    return go(page, "/notifications", "seen")
