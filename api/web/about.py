"""Pages that are there for everybody: the accessibility statement and the help."""

from datetime import date

from fastapi import APIRouter, Response

from api.web.edge import AnyPage, PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)

WRITTEN_ON = date(2026, 11, 21)


@router.get("/accessibility")
def accessibility(page: AnyPage) -> Response:
    return page.render("accessibility.html", written_on=WRITTEN_ON)


@router.get("/help")
def help_page(page: AnyPage) -> Response:
    return page.render("help.html")
