"""The report: how many promises were given and kept, by unit and role and never by person, and its file."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from api.web.edge import MyPage, PageRoute, engine_of
from api.web.pages import Page
from engine.read_models.promise_report import By, PromiseReport, promise_report
from pathways.errors import Malformed

router = APIRouter(prefix="/reports", route_class=PageRoute, include_in_schema=False)


@router.get("")
def show(page: MyPage, from_on: Annotated[str, Query(alias="from")] = "", to: str = "", by: By = "promise") -> Response:
    """This month so far, unless a period is asked for. Dates that make no period are told so beside the form."""
    today = page.say.today
    first, last = from_on or today.replace(day=1).isoformat(), to or today.isoformat()
    try:
        report = _report(page, date.fromisoformat(first), date.fromisoformat(last), by)
    except (ValueError, Malformed):
        return _page(page, None, first, last, by)
    return _page(page, report, first, last, by)


def _report(page: Page, first: date, last: date, by: By) -> PromiseReport:
    with engine_of(page.request).reading(page.me) as reading:
        return promise_report(reading, page.language, from_on=first, to_on=last, by=by, with_waits=True)


def _page(page: Page, report: PromiseReport | None, first: str, last: str, by: By) -> Response:
    _ = page.gettext
    bys = [
        ("promise", _("Promise")),
        ("week", _("Week")),
        ("unit", _("Unit")),
        ("pathway", _("Pathway")),
        ("role", _("Role")),
        ("language", _("Language")),
        ("municipality", _("Municipality")),
        ("channel", _("Channel")),
        ("kind", _("Kind of clock")),
    ]
    file = "/api/v1/reports/promises.csv?" + urlencode({"from": first, "to": last, "by": by, "lang": page.language})
    return page.render(
        "reports.html", 200 if report else 422, report=report, first=first, last=last, by=by, bys=bys, file=file
    )
