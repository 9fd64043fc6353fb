"""Puts the pages into an app: every route, the assets, and what a page says when the address or the server fails."""

from fastapi import FastAPI

from api.web import (
    about,
    board,
    candidates,
    case_acts,
    case_events,
    case_page,
    case_plan,
    case_responsible,
    catalogue,
    consultations,
    contacts,
    reports,
    signing,
    static,
    told,
    worklist,
)

MODULES = (
    about,
    board,
    candidates,
    case_acts,
    case_events,
    case_page,
    case_plan,
    case_responsible,
    catalogue,
    consultations,
    contacts,
    reports,
    signing,
    static,
    told,
    worklist,
)


def install(app: FastAPI) -> None:
    """Add the pages. The app's state holds `engine` and `sign_ins`."""
    for module in MODULES:
        app.include_router(module.router)
