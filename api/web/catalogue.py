"""The pathways: the list, and one drawn as the worker and as the client sees it, with its promises and versions."""

from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter, Response
from markupsafe import Markup

from api.web.edge import MyPage, PageRoute, engine_of
from api.web.pages import Page
from api.web.pathway_drawing import drawn_definition
from engine.drawing import draw_compared
from engine.read_models.pathway_catalogue import pathway_catalogue, pathway_page
from engine.read_models.version_differences import version_differences
from pathways.definition import PathwayDefinition
from pathways.errors import UnknownThing
from pathways.goal import goal_in_words, parse_goal
from pathways.promise_definition import PromiseDefinition

router = APIRouter(prefix="/pathways", route_class=PageRoute, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Asked:
    draw: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class PromiseOfPathway:
    """A promise as the definition writes it, in words."""

    kind: str
    title: str
    within: str
    law: str


@router.get("")
def list_all(page: MyPage) -> Response:
    with engine_of(page.request).reading(page.me) as reading:
        return page.render("pathways.html", rows=pathway_catalogue(reading, page.language))


@router.get("/{pathway_id}")
def show(page: MyPage, pathway_id: str, version: int | None = None, draw: str = "", seen: str = "") -> Response:
    with engine_of(page.request).reading(page.me) as reading:
        number = version or next(
            (row.newest.version for row in pathway_catalogue(reading, page.language) if row.pathway_id == pathway_id),
            None,
        )
        if number is None:
            raise UnknownThing("pathway", pathway_id)
        pathway = pathway_page(reading, pathway_id, number, page.language)
    withheld = pathway.definition.withheld
    drawn = drawn_definition(page, pathway.definition, "client" if seen == "client" else "worker", pathway.open_runs)
    return page.render(
        "pathway.html",
        pathway=pathway,
        withheld=withheld.in_language(page.language) if withheld else "",
        asked=Asked(draw, seen),
        diagram=drawn.svg,
        phases=drawn.phases,
        ways_too=True,
        promises=promises_of(page, pathway.definition),
        missing=[_approver(page, who) for who in pathway.version.missing_approvals],
    )


@router.get("/{pathway_id}/differences")
def differences(page: MyPage, pathway_id: str, old: int, new: int) -> Response:
    with engine_of(page.request).reading(page.me) as reading:
        pathway = pathway_page(reading, pathway_id, new, page.language)
        compared = version_differences(reading, pathway_id, (old, new), page.language)
    areas = [
        (about, [each.sentence for each in told]) for about, told in groupby(compared.told, lambda each: each.about)
    ]
    sentences = [each.sentence for each in compared.told]
    drawn = draw_compared(compared.old, compared.new, page.language, sentences=sentences)
    return page.render(
        "version_differences.html",
        pathway=pathway,
        old=old,
        new=new,
        areas=areas,
        diagram=Markup(drawn),  # noqa: S704 - the drawing escapes what it writes
    )


def promises_of(page: Page, definition: PathwayDefinition) -> list[PromiseOfPathway]:
    """Every clock the pathway may start, the law's first; the goals inside steps are told by the drawing."""
    order = {"statutory": 0, "promise": 1, "target": 2}
    told = [
        PromiseOfPathway(
            kind=promise.kind or "target",
            title=promise.title.in_language(page.language) if promise.title else key,
            within=goal_in_words(parse_goal(promise.within), page.language),
            law=" · ".join(part for part in (_section(page, promise), promise.source or "") if part),
        )
        for key, promise in definition.promises.items()
        if promise.within
    ]
    return sorted(told, key=lambda one: order.get(one.kind, 3))


def _section(page: Page, promise: PromiseDefinition) -> str:
    return promise.section.in_language(page.language) if promise.section else promise.law or ""


def _approver(page: Page, who: str) -> str:
    names = {
        "clinical": page.gettext("the clinical lead"),
        "legal": page.gettext("the lawyer"),
        "data_protection": page.gettext("the data protection officer"),
    }
    return names.get(who, who)
