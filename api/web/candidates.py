"""Candidates: whom the rules propose to my units, why in words, and the two answers a person may give."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Response

from api.web.edge import MyPage, PageRoute, TypedForm, engine_of, go, idempotency_of, is_genuine, refuse
from api.web.forms import Filled
from api.web.pages import Page
from engine import candidate_decisions as decisions
from engine.handle import Idempotency
from engine.read_models.candidate_figures import candidate_figures
from engine.read_models.candidates import candidate_explained, candidate_list
from engine.read_models.case_view import case_view
from pathways.errors import PathwayError

router = APIRouter(route_class=PageRoute, include_in_schema=False)

Decision = Callable[[Idempotency], Mapping[str, Any]]
LAST_YEAR = timedelta(days=365)


@router.get("/candidates")
def show(page: MyPage) -> Response:
    with engine_of(page.request).reading(page.me) as reading:
        waiting = candidate_list(reading, page.language)
        today = page.say.today
        figures = (
            candidate_figures(reading, page.language, from_on=today - LAST_YEAR, to_on=today)
            if page.me.units or page.me.has("service_designer")
            else None
        )
    return page.render("candidates.html", candidates=waiting, figures=figures, found_by=found_by(page))


def found_by(page: Page) -> dict[str, str]:
    """Who noticed."""
    return {
        "rule": page.gettext("the count"),
        "concern": page.gettext("a professional's concern"),
        "self": page.gettext("the client"),
    }


@router.get("/candidates/{candidate_id}")
def one(page: MyPage, candidate_id: str) -> Response:
    return _page(page, candidate_id)


@router.post("/candidates/{candidate_id}/confirm")
def confirm(page: MyPage, candidate_id: str, sent: TypedForm) -> Response:
    form = page.form("confirm", sent)
    case_id = form.text("case_id", longest=36)
    engine = engine_of(page.request)
    made = _decide(page, form, lambda key: decisions.confirm(engine, page.me, candidate_id, case_id, key, page.now))
    if made is None:
        return _page(page, candidate_id, form)
    return go(page, f"/cases/{made['case_id']}", "confirmed")


@router.post("/candidates/{candidate_id}/decline")
def decline(page: MyPage, candidate_id: str, sent: TypedForm) -> Response:
    form = page.form("decline", sent)
    reason = form.text("reason", required=page.gettext("Choose a reason."), longest=80)
    engine = engine_of(page.request)
    made = _decide(page, form, lambda key: decisions.decline(engine, page.me, candidate_id, str(reason), key, page.now))
    return _page(page, candidate_id, form) if made is None else go(page, "/candidates", "declined")


@router.post("/candidates/{candidate_id}/counted")
def count_after_all(page: MyPage, candidate_id: str, sent: TypedForm) -> Response:
    form = page.form("counted", sent)
    thing = form.text("thing_id", required=page.gettext("Choose a contact."), longest=80)
    reason = form.text("reason", required=page.gettext("Choose a reason."), longest=80)
    engine, me = engine_of(page.request), page.me
    made = _decide(
        page,
        form,
        lambda key: decisions.count_after_all(engine, me, candidate_id, str(thing), str(reason), key, page.now),
    )
    if made is None:
        return _page(page, candidate_id, form)
    return go(page, f"/candidates/{candidate_id}", "counted", "excluded")


@router.get("/cases/{case_id}/candidate")
def new(page: MyPage, case_id: str) -> Response:
    return _proposing(page, case_id, page.form())


@router.post("/cases/{case_id}/candidate")
def propose(page: MyPage, case_id: str, sent: TypedForm) -> Response:
    form = page.form(typed=sent)
    reason = form.choice("reason", {*WISHES, *CONCERNS}, required=page.gettext("Choose what you have noticed."))
    concern, wish = CONCERNS.get(reason or ""), WISHES.get(reason or "")
    engine, me = engine_of(page.request), page.me
    made = _decide(page, form, lambda key: decisions.propose(engine, me, case_id, concern, wish, key, page.now))
    if made is None:
        return _proposing(page, case_id, form)
    if made["candidate_id"]:
        return go(page, f"/candidates/{made['candidate_id']}", "proposed")
    return go(page, f"/cases/{case_id}", "concern")


CONCERNS: Mapping[str, int] = {f"concern_{level}": level for level in range(1, 4)}
WISHES: Mapping[str, decisions.Wish] = {
    "tells_again": "tells_again",
    "unclear_who_answers": "unclear_who_answers",
    "asks_coordination": "asks_coordination",
}


def _proposing(page: Page, case_id: str, form: Filled) -> Response:
    _ = page.gettext
    with engine_of(page.request).reading(page.me) as reading:
        case = case_view(reading, case_id, page.language)
    reasons = [
        ("tells_again", _("The client has to tell the same again")),
        ("unclear_who_answers", _("The client doesn't know who answers for them")),
        ("asks_coordination", _("The client asks for the services to be brought together")),
        ("concern_1", _("I have a small concern")),
        ("concern_2", _("I have a growing concern")),
        ("concern_3", _("I have a grave concern")),
    ]
    status = form.status if form.errors else 200
    return page.render("candidate_new.html", status, case=case, form=form, reasons=reasons)


def _decide(page: Page, form: Filled, decision: Decision) -> Mapping[str, Any] | None:
    """Do what the form asks when it was filled right; else None, and the form tells why."""
    if not is_genuine(page, form) or not form.is_right:
        return None
    try:
        return decision(idempotency_of(form))
    except PathwayError as error:
        refuse(page, form, error)
    return None


def _page(page: Page, candidate_id: str, failed: Filled | None = None) -> Response:
    with engine_of(page.request).reading(page.me) as reading:
        shown = candidate_explained(reading, candidate_id, page.language)
    forms = {name: failed if failed and failed.name == name else page.form(name) for name in FORMS}
    joint = [(case.case_id, f"{case.title}, {case.number}") for case in shown.candidate.cases if case.is_joint]
    return page.render(
        "candidate.html",
        failed.status if failed else 200,
        shown=shown,
        one=shown.candidate,
        joint=joint,
        forms=forms,
        failed=failed,
        found_by=found_by(page),
    )


FORMS = ("confirm", "decline", "counted")
