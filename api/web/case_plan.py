"""The client plan: read, written as a new version, given to the client, and what the client says of it."""

from collections.abc import Iterator
from typing import Any, Literal, cast

from fastapi import APIRouter, Response

from api.web.case_acts import revision_of
from api.web.case_page import case_page, states
from api.web.edge import MyPage, PageRoute, TypedForm, carry_out, engine_of, go, is_genuine
from api.web.forms import Filled, Typed
from api.web.pages import Page
from api.web.words import Words
from engine.ids import new_id
from engine.read_models.case_view import CaseView, case_view
from pathways.client_plan import Goal, PlanAction, PlanContent
from pathways.commands import AgreePlan, Command, SendPlan, WritePlan

router = APIRouter(prefix="/cases/{case_id}/plan", route_class=PageRoute, include_in_schema=False)

TEXTS = ("situation", "strengths", "needs_client", "needs_worker", "safety_plan", "consents", "closing_criteria")
LISTS = ("services", "measures")
MOST_ROWS = 20
SPARE_ROWS = 1


@router.get("")
def edit(page: MyPage, case_id: str) -> Response:
    case = _case(page, case_id)
    return _editor(page, case, page.form(typed=typed_of(case)), fresh=True)


@router.get("/read")
def read(page: MyPage, case_id: str) -> Response:
    case = _case(page, case_id)
    return page.render("plan_read.html", case=case, plan=case.plan, **states(Words(page.texts)))


@router.post("")
def write(page: MyPage, case_id: str, sent: TypedForm) -> Response:
    form = page.form(typed=sent)
    if form.value("add"):
        is_genuine(page, form)
        return _editor(page, _case(page, case_id), form, adding=form.value("add"))
    content = content_of(page, form)

    def command() -> Command:
        return WritePlan(case_id=case_id, revision=revision_of(form), content=content, text_id=new_id(page.now))

    if carry_out(page, form, command) is None:
        return _editor(page, _case(page, case_id), form)
    return go(page, f"/cases/{case_id}", "plan", "plan")


@router.post("/send")
def send(page: MyPage, case_id: str, sent: TypedForm) -> Response:
    form = page.form("plan-send", sent)
    if carry_out(page, form, lambda: SendPlan(case_id=case_id, revision=revision_of(form))) is None:
        return case_page(page, case_id, failed=form)
    return go(page, f"/cases/{case_id}", "plan_sent", "plan")


@router.post("/agreement")
def agree(page: MyPage, case_id: str, sent: TypedForm) -> Response:
    form = page.form("agreement", sent)
    said = form.choice(
        "agreement", ("agreed", "disagreement"), required=page.gettext("Choose whether the client agrees.")
    )
    view = form.text("client_view")

    def command() -> Command:
        return AgreePlan(
            case_id=case_id,
            revision=revision_of(form),
            agreement=cast(Literal["agreed", "disagreement"], said),
            client_view=view,
            client_view_text_id=new_id(page.now) if view else None,
        )

    if carry_out(page, form, command) is None:
        return case_page(page, case_id, failed=form)
    return go(page, f"/cases/{case_id}", "agreement", "plan")


# --- the editor ---


def typed_of(case: CaseView) -> Typed:
    """The newest version as the form's fields; the client's language where there is no plan yet."""
    content = case.plan.content if case.plan else None
    if content is None:
        return {}
    typed = {name: [getattr(content, name)] for name in TEXTS}
    typed |= {name: ["\n".join(getattr(content, name))] for name in LISTS}
    typed |= {"language": [content.language], "next_review": [str(content.next_review or "")]}
    for n, goal in enumerate(content.goals, 1):
        typed |= _fields(f"goal-{n}-", goal.model_dump(mode="json", exclude={"client_id"}))
    for n, action in enumerate(content.actions, 1):
        typed |= _fields(f"action-{n}-", action.model_dump(mode="json"))
    return typed


def _fields(prefix: str, values: dict[str, object]) -> dict[str, list[str]]:
    return {f"{prefix}{name}": ["" if value is None else str(value)] for name, value in values.items()}


def content_of(page: Page, form: Filled) -> PlanContent:
    """What the form says; goals and actions without words are left out."""
    texts: dict[str, Any] = {name: form.text(name) or "" for name in TEXTS}
    lists: dict[str, Any] = {
        name: tuple(line.strip() for line in form.value(name).splitlines() if line.strip()) for name in LISTS
    }
    goals = tuple(_goals(page, form))
    if not goals:
        form.refuse("goal-1-wording", page.gettext("Write at least one goal."))
    return PlanContent(
        **texts,
        **lists,
        goals=goals,
        actions=tuple(_actions(page, form, {goal.key for goal in goals})),
        next_review=form.day("next_review"),
        language=form.choice("language", ("fi", "sv", "en")) or "fi",
    )


def _goals(page: Page, form: Filled) -> Iterator[Goal]:
    for n in range(1, MOST_ROWS + 1):
        at = f"goal-{n}-"
        wording = form.text(f"{at}wording", longest=2000)
        scale = form.choice(f"{at}scale", ("-2", "-1", "0", "1", "2"))
        target = form.day(f"{at}target_date")
        baseline = form.text(f"{at}baseline", longest=2000) or ""
        if wording:
            yield Goal(
                key=form.text(f"{at}key", longest=40) or f"tavoite_{n}",
                wording=wording,
                baseline=baseline,
                scale=int(scale) if scale else None,
                target_date=target,
            )
        elif baseline or target:
            form.refuse(f"{at}wording", page.gettext("Write the goal in words, or empty its other fields."))


def _actions(page: Page, form: Filled, goals: set[str]) -> Iterator[PlanAction]:
    for n in range(1, MOST_ROWS + 1):
        at = f"action-{n}-"
        what, owner = form.text(f"{at}what", longest=2000), form.text(f"{at}owner", longest=200)
        if what and owner is None:
            form.refuse(f"{at}owner", page.gettext("Say who does it."))
        elif owner and what is None:
            form.refuse(f"{at}what", page.gettext("Say what is done."))
        elif what and owner:
            yield PlanAction(
                what=what,
                owner=owner,
                where=form.text(f"{at}where", longest=400) or "",
                by=form.day(f"{at}by"),
                goal=form.choice(f"{at}goal", goals),
            )


def _editor(page: Page, case: CaseView, form: Filled, *, adding: str = "", fresh: bool = False) -> Response:
    goals = min(_rows(form, "goal", "wording") + (1 if adding == "goal" or not form.typed else 0), MOST_ROWS)
    actions = min(_rows(form, "action", "what") + (1 if adding == "action" else 0) + SPARE_ROWS, MOST_ROWS)
    conflict = form.errors.pop("", "") if form.status == 412 else ""
    return page.render(
        "plan.html",
        200 if fresh or adding else form.status,
        case=case,
        form=form,
        conflict=conflict,
        goal_rows=max(goals, 1),
        action_rows=max(actions, 1),
        goal_choices=[(key, words) for key, words in _goal_choices(form)],
    )


def _rows(form: Filled, kind: str, field: str) -> int:
    """How many rows were on the form or hold something."""
    return max((n for n in range(1, MOST_ROWS + 1) if form.value(f"{kind}-{n}-{field}")), default=0)


def _goal_choices(form: Filled) -> Iterator[tuple[str, str]]:
    for n in range(1, MOST_ROWS + 1):
        if wording := form.value(f"goal-{n}-wording"):
            yield form.value(f"goal-{n}-key") or f"tavoite_{n}", wording[:60]


def _case(page: Page, case_id: str) -> CaseView:
    with engine_of(page.request).reading(page.me) as reading:
        return case_view(reading, case_id, page.language)
