"""The worklist: today's work, worst first, in four views; one primary action on each row."""

from dataclasses import dataclass

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.web.edge import MyPage, PageRoute, engine_of
from api.web.pages import Page
from api.web.shown_rows import Group, keep_places
from api.web.words import Words
from engine.access import works_with_clients
from engine.read_models.worklist import VIEWS, View, Worklist, WorklistRow, worklist

router = APIRouter(route_class=PageRoute, include_in_schema=False)

STANDINGS = ("late", "near", "on_time", "paused")
GROUPS = ("late", "today", "soon", "later")
ROWS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    search: str = ""
    pathway: str = ""
    standing: str = ""

    @property
    def narrows(self) -> bool:
        return bool(self.search or self.pathway or self.standing)

    def takes(self, row: WorklistRow) -> bool:
        """Whether a row is among what is searched for."""
        if self.standing and (row.promise is None or row.promise.standing != self.standing):
            return False
        words = f"{row.client_name or ''} {row.step_title} {row.number}".casefold()
        return all(part in words for part in self.search.casefold().split())


@router.get("/")
def show(
    page: MyPage,
    view: str = "",
    search: str = "",
    pathway: str = "",
    standing: str = "",
    cursor: str = "",
    shown: str = "",
) -> Response:
    if not (works_with_clients(page.me) or page.me.has("consultant")):
        return RedirectResponse("/pathways", 303)
    asked = Asked(search.strip()[:100], pathway[:80], standing if standing in STANDINGS else "")
    chosen: View = view if view in VIEWS else "own" if works_with_clients(page.me) else "consultations"
    with engine_of(page.request).reading(page.me) as reading:
        read = worklist(
            reading, page.language, view=chosen, cursor=cursor or None, limit=ROWS, pathway=asked.pathway or None
        )
    page.counts = {**page.counts, "own": read.counts.get("own", 0)}
    page.topics = ("worklist",)
    kept = keep_places(_groups(read, asked), shown, lambda row: row.consultation_id or row.case_id)
    return page.render(
        "worklist.html",
        list=read,
        asked=asked,
        groups=kept.groups,
        news=kept.news,
        shown=kept.shown,
        pathways=sorted({(row.pathway_id, row.pathway_title) for row in read.rows}, key=lambda one: one[1]),
        unit_names=sorted({row.unit_name for row in read.rows if row.unit_name}) if chosen == "queue" else [],
        views=_views(page),
        consultation_states=Words(page.texts).consultation_states(),
    )


def _views(page: Page) -> list[tuple[str, str]]:
    """The views this worker has; a consultant has only the questions."""
    asked = ("consultations", page.gettext("Consultations to me"))
    if not works_with_clients(page.me):
        return [asked]
    mine, queue = ("own", page.gettext("Mine")), ("queue", page.gettext("Team queue"))
    return [mine, queue, asked, ("waiting", page.gettext("Waiting for others"))]


def _groups(read: Worklist, asked: Asked) -> list[Group[WorklistRow]]:
    narrowed = ((group.key, [row for row in group.rows if asked.takes(row)]) for group in read.groups)
    return [Group(key, rows) for key, rows in narrowed if rows]
