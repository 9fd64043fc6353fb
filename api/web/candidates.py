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
from pathways.errors import PathwayError

router = APIRouter(prefix="/candidates", route_class=PageRoute, include_in_schema=False)

Decision = Callable[[Idempotency], Mapping[str, Any]]
LAST_YEAR = timedelta(days=365)


@router.get("")
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


@router.get("/{candidate_id}")
def one(page: MyPage, candidate_id: str) -> Response:
    return _page(page, candidate_id)


@router.post("/{candidate_id}/confirm")
def confirm(page: MyPage, candidate_id: str, sent: TypedForm) -> Response:
    form = page.form("confirm", sent)
    case_id = form.text("case_id", longest=36)
    engine = engine_of(page.request)
    made = _decide(page, form, lambda key: decisions.confirm(engine, page.me, candidate_id, case_id, key, page.now))
    if made is None:
        return _page(page, candidate_id, form)
    return go(page, f"/cases/{made['case_id']}", "confirmed")


@router.post("/{candidate_id}/decline")
def decline(page: MyPage, candidate_id: str, sent: TypedForm) -> Response:
    form = page.form("decline", sent)
    reason = form.text("reason", required=page.gettext("Choose a reason."), longest=80)
    engine = engine_of(page.request)
    made = _decide(page, form, lambda key: decisions.decline(engine, page.me, candidate_id, str(reason), key, page.now))
    return _page(page, candidate_id, form) if made is None else go(page, "/candidates", "declined")


@router.post("/{candidate_id}/counted")
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
