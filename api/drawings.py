"""Pathways as pictures and as Mermaid text: a version as it is written, or with a case laid over it."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.cases import CaseId
from api.deps import Caller, Me
from api.pathways import PathwayKey, VersionNumber
from api.web.case_page import definition_of
from api.web.languages import translations
from api.web.pathway_drawing import case_overlay
from api.web.say import Say
from engine.drawing import draw_mermaid, draw_svg
from engine.drawing.graph import View
from engine.drawing.overlay import Overlay, figures
from engine.read_models.case_view import case_view
from engine.read_models.pathway_catalogue import PathwayPage, pathway_page

router = APIRouter(prefix="/api/v1", tags=["drawings"])

ViewWanted = Annotated[View, Query(description="worker: every outcome; client: plain words, no internal steps.")]
CountsWanted = Annotated[
    bool, Query(description="How many cases stand in each step now, on the worker's view. No client is named.")
]
SVG = "image/svg+xml; charset=utf-8"
HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
"""A picture brings its own style, and runs nothing when it is opened by itself."""


@router.get(
    "/pathways/{pathway}/versions/{version}/drawing.svg",
    summary="One version as a picture (SVG)",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}},
)
def pathway_drawing(
    pathway: PathwayKey, version: VersionNumber, me: Me, view: ViewWanted = "worker", counts: CountsWanted = False
) -> Response:
    page = _page(me, pathway, version)
    counted = counts and view == "worker" and page.open_runs
    overlay = figures(page.open_runs, {}, me.language) if counted else None
    return _picture(draw_svg(page.definition, view, me.language, overlay=overlay, standalone=True))


@router.get(
    "/pathways/{pathway}/versions/{version}/drawing.mmd",
    summary="One version as Mermaid text",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}},
)
def pathway_mermaid(pathway: PathwayKey, version: VersionNumber, me: Me, view: ViewWanted = "worker") -> Response:
    page = _page(me, pathway, version)
    return Response(draw_mermaid(page.definition, view, me.language), media_type="text/plain; charset=utf-8")


@router.get(
    "/cases/{case_id}/drawing.svg",
    summary="A case's way on its pathway as a picture (SVG)",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}},
)
def case_drawing(case_id: CaseId, me: Me, view: ViewWanted = "worker") -> Response:
    with me.reading() as reading:
        case = case_view(reading, case_id, me.language)
        definition = definition_of(reading, case)
    overlay: Overlay = case_overlay(Say(me.language, me.now, translations(me.language)), case, definition)
    return _picture(draw_svg(definition, view, me.language, overlay=overlay, standalone=True))


def _page(me: Caller, pathway: str, version: int) -> PathwayPage:
    with me.reading() as reading:
        return pathway_page(reading, pathway, version, me.language)


def _picture(svg: str) -> Response:
    return Response(svg, media_type=SVG, headers=HEADERS)
