"""What a worker does on the case page: each form a command, each answer a redirect to where it shows."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, cast, get_args

from fastapi import APIRouter, Response

from api.messages import NameOf
from api.web.case_page import case_page
from api.web.edge import MyPage, PageRoute, TypedForm, carry_out, engine_of, go
from api.web.forms import Filled
from api.web.pages import Page
from api.web.words import Words
from engine.ids import new_id
from engine.read_models.case_parts import FieldShown, RunShown
from engine.read_models.case_view import CaseView, case_view
from pathways import commands as c

router = APIRouter(prefix="/cases/{case_id}", route_class=PageRoute, include_in_schema=False)

ACTS: tuple[c.ActKind, ...] = get_args(c.ActKind)


def _answered(
    page: Page,
    case_id: str,
    form: Filled,
    command: Callable[[], c.Command],
    said: str,
    anchor: str = "now",
    name_of: NameOf = str,
) -> Response:
    """Carry a form out: to the case when it is done, else the case page with the form open and its words kept."""
    answer = carry_out(page, form, command, name_of)
    if answer is None:
        return case_page(page, case_id, failed=form)
    return go(page, f"/cases/{case_id}", said, anchor)


def revision_of(form: Filled) -> int | None:
    said = form.value("revision")
    return int(said) if said.isdigit() else None


def _case(page: Page, case_id: str) -> CaseView:
    with engine_of(page.request).reading(page.me) as reading:
        return case_view(reading, case_id, page.language)


# --- acts and steps ---


@router.post("/acts")
def record_act(page: MyPage, case_id: str, sent: TypedForm) -> Response:
    run = (sent.get("step") or [""])[-1]
    form = page.form(f"act-{run}" if run else "act", sent)
    kind = form.choice("kind", ACTS, required=page.gettext("Say what you did."))
    at, note = form.moment("occurred_at"), form.text("note")
    late = form.choice("late_reason", [key for key, _ in Words(page.texts).late_reasons()])

    def command() -> c.Command:
        return c.RecordAct(
            case_id=case_id,
            act_id=new_id(page.now),
            kind=cast(c.ActKind, kind),
            occurred_at=exact(at, page.now),
            step=run or None,
            late_reason=late,
            note=note,
            note_text_id=new_id(page.now) if note else None,
        )

    return _answered(page, case_id, form, command, "act", "timeline")


def exact(at: datetime | None, now: datetime) -> datetime | None:
    """None for a minute that is now: the field shows whole minutes, and "now" mustn't lie before the contact."""
    return None if at is None or abs((now - at).total_seconds()) < 60 else at


@router.post("/steps/{run}/start")
def start_step(page: MyPage, case_id: str, run: str, sent: TypedForm) -> Response:
    form = page.form(f"start-{run}", sent)
    return _answered(page, case_id, form, lambda: c.StartStep(case_id=case_id, step=run), "started", f"run-{run}")


@router.post("/steps/{run}/assign")
def take_step(page: MyPage, case_id: str, run: str, sent: TypedForm) -> Response:
    form = page.form(f"assign-{run}", sent)
    take = lambda: c.AssignStep(case_id=case_id, step=run, worker_id=page.me.worker_id)  # noqa: E731
    return _answered(page, case_id, form, take, "assigned", f"run-{run}")


@router.post("/steps/{run}/outcome")
def decide_outcome(page: MyPage, case_id: str, run: str, sent: TypedForm) -> Response:
    form = page.form(f"outcome-{run}", sent)
    case = _case(page, case_id)
    shown = next((one for one in case.runs if one.run_id == run), None)
    if shown is None:
        form.refuse("", page.gettext("This step isn't open any more. See what is next below."))
        return case_page(page, case_id, failed=form)
    answers = {field.key: value for field in shown.fields if (value := answer(page, form, field)) is not None}
    outcome = form.choice(
        "outcome", [one.key for one in shown.outcomes], required=page.gettext("Choose how the step ended.")
    )
    at, reason = form.moment("occurred_at"), form.choice("reason", [one.key for one in case.reasons])
    late = form.choice("late_reason", [key for key, _ in Words(page.texts).late_reasons()])
    if outcome and reason is None and against_suggestion(shown, outcome):
        form.refuse("reason", page.gettext("Choose a reason: the pathway suggests another end."))

    def command() -> c.Command:
        return c.DecideOutcome(
            case_id=case_id,
            revision=revision_of(form),
            step=run,
            outcome=str(outcome),
            answers=answers,
            occurred_at=exact(at, page.now),
            reason=reason,
            late_reason=late,
            seed=new_id(page.now),
        )

    ends = any(one.key == outcome and one.ends_case for one in shown.outcomes)
    return _answered(page, case_id, form, command, "closed" if ends else "outcome", "now", names_of(shown))


def against_suggestion(run: RunShown, outcome: str) -> bool:
    suggested = [one.key for one in run.outcomes if one.suggested]
    return bool(suggested) and outcome not in suggested


def answer(page: Page, form: Filled, field: FieldShown) -> bool | int | float | str | None:
    """One answer as its field means it; None when nothing was said."""
    name = f"answer-{field.key}"
    if field.type in ("bool", "yes_no"):
        said = form.choice(name, ("true", "false"))
        return None if said is None else said == "true"
    if field.type == "choices":
        chosen = [choice.key for choice in field.choices if choice.key in form.values(name)]
        return ",".join(chosen) or None
    if field.choices:
        return form.choice(name, [choice.key for choice in field.choices])
    if field.type in ("int", "double", "number"):
        number = form.number(name)
        return int(number) if number is not None and number.is_integer() else number
    return form.text(name)


def names_of(run: RunShown) -> NameOf:
    """The titles of what a refusal about this step may name."""
    named = {one.key: one.title for one in run.outcomes} | {run.step: run.title, run.run_id: run.title}
    named |= {one.branch: one.title for one in run.waits_for} | {one.key: one.title for one in run.fields}
    return lambda key: named.get(key, key)


# --- responsibility ---


@router.post("/take")
def take_responsibility(page: MyPage, case_id: str, sent: TypedForm) -> Response:
    form = page.form("take", sent)

    def command() -> c.Command:
        return c.AssignResponsibleWorker(case_id=case_id, worker_id=page.me.worker_id, seed=new_id(page.now))

    return _answered(page, case_id, form, command, "taken")


@router.post("/responsible/acknowledge")
def acknowledge(page: MyPage, case_id: str, sent: TypedForm) -> Response:
    form = page.form("acknowledge", sent)
    return _answered(page, case_id, form, lambda: c.AcknowledgeResponsibility(case_id=case_id), "acknowledged")


@router.post("/handovers/{handover_id}")
def decide_handover(page: MyPage, case_id: str, handover_id: str, sent: TypedForm) -> Response:
    form = page.form("handover", sent)
    accept = form.ticked("accept")
    decide = lambda: c.DecideHandover(case_id=case_id, handover_id=handover_id, accept=accept)  # noqa: E731
    return _answered(page, case_id, form, decide, "handover")


# --- the case itself ---


@router.post("/urgency")
def set_urgency(page: MyPage, case_id: str, sent: TypedForm) -> Response:
    form = page.form("urgency", sent)
    urgency = cast(Literal["normal", "urgent"], form.choice("urgency", ("normal", "urgent")) or "urgent")
    return _answered(page, case_id, form, lambda: c.SetUrgency(case_id=case_id, urgency=urgency), "urgency")


@router.post("/close")
def close(page: MyPage, case_id: str, sent: TypedForm) -> Response:
    form = page.form("close", sent)
    ends = {end.key: end.title for end in _case(page, case_id).ends}
    end = form.choice("end", ends, required=page.gettext("Choose how it ends."))

    def command() -> c.Command:
        return c.CloseCase(case_id=case_id, revision=revision_of(form), end=str(end))

    return _answered(page, case_id, form, command, "closed", "now", lambda key: ends.get(key, key))


# --- promises ---


@router.post("/promises/{promise_id}/pause")
def pause(page: MyPage, case_id: str, promise_id: str, sent: TypedForm) -> Response:
    form = page.form(f"pause-{promise_id}", sent)
    reason = form.text("reason", required=page.gettext("Choose why."), longest=80)
    end = form.day("end", required=page.gettext("Say until when at the latest."))

    def command() -> c.Command:
        assert end is not None  # noqa: S101 - the form was filled right
        return c.PausePromise(
            case_id=case_id,
            promise_id=promise_id,
            start=page.now,
            end=page.say.begins(end),
            reason=str(reason),
            seed=new_id(page.now),
        )

    return _answered(page, case_id, form, command, "paused", f"promise-{promise_id}")


@router.post("/promises/{promise_id}/resume")
def resume(page: MyPage, case_id: str, promise_id: str, sent: TypedForm) -> Response:
    form = page.form(f"resume-{promise_id}", sent)
    again = lambda: c.ResumePromise(case_id=case_id, promise_id=promise_id, seed=new_id(page.now))  # noqa: E731
    return _answered(page, case_id, form, again, "resumed", f"promise-{promise_id}")


@router.post("/promises/{promise_id}/reason")
def give_reason(page: MyPage, case_id: str, promise_id: str, sent: TypedForm) -> Response:
    form = page.form(f"reason-{promise_id}", sent)
    code = form.text("code", required=page.gettext("Choose the reason."), longest=80)
    plan = form.text("plan", required=page.gettext("Write what happens now, and by when."), longest=4000)

    def command() -> c.Command:
        return c.GiveBreachReason(
            case_id=case_id,
            promise_ids=(promise_id,),
            code=str(code),
            plan=str(plan),
            plan_text_id=new_id(page.now),
        )

    return _answered(page, case_id, form, command, "reason", f"promise-{promise_id}")
