"""The board of promises: what is late now, what will be late today, who is missing, and which breaches wait for a reason."""

from collections import defaultdict
from dataclasses import dataclass

from fastapi import APIRouter, Response

from api.web.board_charts import board_charts
from api.web.case_page import states
from api.web.edge import MyPage, PageRoute, TypedForm, carry_out, engine_of, go, is_genuine
from api.web.forms import Filled
from api.web.pages import Page
from api.web.shown_rows import Group, keep_places
from api.web.words import Words
from engine.handle import Reading
from engine.ids import drawn_id
from engine.read_models.pathway_catalogue import pathway_catalogue
from engine.read_models.promise_board import State, board_rows, promise_board
from engine.workings import workings
from pathways.commands import Command, GiveBreachReason
from pathways.errors import NotAllowed
from pathways.time_words import Language

router = APIRouter(prefix="/board", route_class=PageRoute, include_in_schema=False)

KINDS = ("statutory", "promise", "target")
LISTS: tuple[State, ...] = ("at_risk", "told_late", "self_monitoring")
"""Lists of their own, read only when they are asked for."""
SHOWS = ("late", "today", "queue", "reasons", *LISTS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    show: str = ""
    unit: str = ""
    kind: str = ""


@router.get("")
def show(page: MyPage, show: str = "", unit: str = "", kind: str = "", cursor: str = "", shown: str = "") -> Response:
    asked = Asked(show if show in SHOWS else "", unit, kind if kind in KINDS else "")
    return _page(page, page.form(), asked, cursor, shown)


@router.post("/reasons")
def give_reasons(page: MyPage, sent: TypedForm) -> Response:
    """One reason for one breach or for many that one cause hit; each case is its own command."""
    form = page.form(typed=sent)
    code = form.text("code", required=page.gettext("Choose the reason."), longest=80)
    plan = form.text("plan", required=page.gettext("Write what happens now, and by when."), longest=4000)
    chosen = _by_case(form)
    if not chosen:
        form.refuse("promise", page.gettext("Choose at least one breach."))
    if not is_genuine(page, form) or not form.is_right:
        return _page(page, form, Asked(show="reasons"))
    for number, (case_id, promise_ids) in enumerate(chosen.items(), 1):
        of_case = Filled(page.texts, form.key, {**sent, "form_key": [drawn_id(form.key, number, "reason")]})

        def command(case_id: str = case_id, ids: tuple[str, ...] = tuple(promise_ids), at: int = number) -> Command:
            text_id = drawn_id(form.key, at, "plan")
            return GiveBreachReason(
                case_id=case_id, promise_ids=ids, code=str(code), plan=str(plan), plan_text_id=text_id
            )

        if carry_out(page, of_case, command) is None:
            form.errors, form.status = of_case.errors, of_case.status
            return _page(page, form, Asked(show="reasons"))
    return go(page, "/board", "reason", "reasons")


def breach_reasons(reading: Reading, language: Language) -> list[tuple[str, str]]:
    """The reason codes of every pathway in use, by their words."""
    found: dict[str, str] = {}
    for row in pathway_catalogue(reading, language):
        version = reading.engine.published.version(
            reading.connection, reading.actor.tenant_id, row.pathway_id, row.newest.version
        )
        reasons = version.definition.vocabulary.breach_reasons
        found |= {key: words.in_language(language) for key, words in reasons.items()}
    return sorted(found.items(), key=lambda one: one[1])


def _by_case(form: Filled) -> dict[str, list[str]]:
    chosen: dict[str, list[str]] = defaultdict(list)
    for pair in form.values("promise"):
        case_id, _, promise_id = pair.partition("/")
        chosen[case_id].append(promise_id)
    return chosen


def _page(page: Page, form: Filled, asked: Asked, cursor: str = "", shown: str = "") -> Response:
    if not page.me.has("team_lead"):
        raise NotAllowed("board", "team_lead")
    with engine_of(page.request).reading(page.me) as reading:
        board = promise_board(
            reading, page.language, unit=asked.unit or None, kind=asked.kind or None, cursor=cursor or None, limit=100
        )
        wanted = next((state for state in LISTS if state == asked.show), None)
        unit, kind = asked.unit or None, asked.kind or None
        listed = board_rows(reading, page.language, state=wanted, unit=unit, kind=kind, limit=100)[0] if wanted else ()
        reasons = breach_reasons(reading, page.language)
        refreshes = "hx-request" in page.request.headers  # the charts stand still meanwhile
        charts = [] if asked.show or refreshes else board_charts(page, reading, board, asked.unit or None)
        clockwork = workings(reading.connection, reading.now)
    kept = keep_places([Group("late", board.late)] if board.late else [], shown, lambda row: row.promise.promise_id)
    page.counts = {**page.counts, "late": board.figures.late}
    page.topics = ("board",)
    return page.render(
        "board.html",
        form.status if form.errors else 200,
        board=board,
        asked=asked,
        form=form,
        late_rows=[row for group in kept.groups for row in group.rows],
        news=kept.news,
        shown=kept.shown,
        reasons=reasons,
        listed=listed,
        lists=LISTS,
        units=[(unit.unit_id, unit.name) for unit in board.units],
        charts=charts,
        clockwork=clockwork,
        **states(Words(page.texts)),
    )
