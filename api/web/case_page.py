"""The case on one page: who answers, what is promised, what is next, the pathway, the plan and what has happened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Response

from api.web.case_story import told
from api.web.edge import MyPage, PageRoute, engine_of
from api.web.explained import explanations
from api.web.forms import Filled
from api.web.pages import Page
from api.web.pathway_drawing import drawn_case
from api.web.words import TIMELINE_ICONS, Words, options
from engine.handle import Reading
from engine.read_models.case_parts import RunShown
from engine.read_models.case_timeline import Timeline, case_timeline
from engine.read_models.case_view import CaseView, case_view
from pathways.definition import PathwayDefinition

router = APIRouter(route_class=PageRoute, include_in_schema=False)

CATEGORIES = ("case", "step", "contact", "promise", "person", "consultation", "plan")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    draw: str = ""
    category: str = ""
    before: str = ""
    open: str = ""


@dataclass(frozen=True, slots=True)
class ReadCase:
    """Everything the page shows, read in one transaction."""

    case: CaseView
    definition: PathwayDefinition
    timeline: Timeline
    explained: dict[str, list[str]]


@router.get("/cases/{case_id}")
def show(page: MyPage, case_id: str, draw: str = "", category: str = "", before: str = "", open: str = "") -> Response:  # noqa: A002
    asked = Asked(draw, category if category in CATEGORIES else "", before, open)
    return case_page(page, case_id, asked=asked)


def case_page(
    page: Page, case_id: str, *, failed: Filled | None = None, asked: Asked | None = None, conflict: str = ""
) -> Response:
    """The page; with `failed`, the form that was refused stands open with what was typed."""
    asked = asked or Asked()
    read = read_case(page, case_id, asked)
    words = Words(page.texts)
    drawn = drawn_case(page, read.case, read.definition)
    page.topics = (f"case:{case_id}",)
    return page.render(
        "case.html",
        failed.status if failed else 200,
        case=read.case,
        asked=asked,
        failed=failed or page.form(),
        conflict=conflict,
        form_of=forms_of(page, failed),
        explained=read.explained,
        responsible_why=words.why_responsible(read.case.responsible) if read.case.responsible else [],
        diagram=drawn.svg,
        phases=drawn.phases,
        ways_too=False,
        story=told(read.timeline.entries, read.timeline.next_cursor, everything=not asked.category),
        steps=sorted(read.case.runs, key=_most_pressing_first),
        timeline_icons=TIMELINE_ICONS,
        titled=options,
        late_reasons=words.late_reasons(),
        **states(words),
    )


def states(words: Words) -> dict[str, Any]:
    """The closed sets of words that the parts of a case use."""
    return {
        "run_states": words.run_states(),
        "branch_states": words.branch_states(),
        "plan_states": words.plan_states(),
        "consultation_states": words.consultation_states(),
        "breached_words": words.breached(),
        "language_name": words.language_name,
        "relation_name": words.relation_name,
        "ground_name": words.ground_name,
    }


def read_case(page: Page, case_id: str, asked: Asked) -> ReadCase:
    with engine_of(page.request).reading(page.me) as reading:
        case = case_view(reading, case_id, page.language)
        narrowed = asked.category or asked.before
        return ReadCase(
            case=case,
            definition=definition_of(reading, case),
            timeline=case_timeline(
                reading, case_id, page.language, cursor=asked.before or None, limit=60, category=asked.category or None
            )
            if narrowed
            else case.timeline,
            explained=explanations(reading, case.promises, page.language),
        )


def definition_of(reading: Reading, case: CaseView) -> PathwayDefinition:
    """The version the case runs on."""
    published = reading.engine.published
    return published.version(reading.connection, reading.actor.tenant_id, case.pathway_id, case.version).definition


def forms_of(page: Page, failed: Filled | None) -> Callable[[str], Filled]:
    """The form of each name on the page: the refused one as it was typed, every other one fresh."""

    def form_of(name: str) -> Filled:
        return failed if failed is not None and failed.name == name else page.form(name)

    return form_of


def _most_pressing_first(run: RunShown) -> tuple[bool, bool, int]:
    """What is late, then what is begun, then what can begin; steps that wait for others stand last."""
    late = run.promise is not None and run.promise.standing == "late"
    waits = any(branch.state == "open" for branch in run.waits_for)
    return waits, not late, ("started", "open", "waiting").index(run.state)
