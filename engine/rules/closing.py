"""Closing a case: what must be there before, and what ends with it."""

from collections.abc import Sequence
from datetime import datetime

from engine.rules.story import Story
from pathways import events as e
from pathways.anytime_event import Attempts
from pathways.errors import CannotClose, Malformed
from pathways.goal import parse_goal
from pathways.needs import NeedForm, parse_need
from pathways.time_zone import HELSINKI
from pathways.working_time import due

_APPROVALS = {
    NeedForm.APPROVAL_BY_RESPONSIBLE: "responsible",
    NeedForm.APPROVAL_BY_TEAM_LEAD: "team_lead",
}


def close(story: Story, end: str, reason: str | None = None, *, whatever: bool = False) -> None:
    """Close at a named end. `whatever` is death's: nothing is asked first, everything stops at once (rule 22)."""
    definition = story.on.pathway.definition
    if end not in definition.ends:
        raise Malformed("end", f'no end "{end}"; the ends are: {", ".join(definition.ends)}')
    if not whatever:
        check_may_close(story, end)
    story.tell(e.CaseClosed, end=end, reason=reason)
    for run in story.case.open_runs:
        story.tell(e.StepCancelled, run_id=run.run_id, step=run.step, reason="case_closed")
    withdraw_consultations(story)
    for timer in tuple(story.case.timers.values()):
        if timer.fired_at is None:
            story.tell(e.TimerCancelled, timer_id=timer.timer_id)
    plan = story.case.plan
    if plan and plan.state != "ended":
        story.tell(e.PlanEnded, version=plan.version)


def withdraw_consultations(story: Story) -> None:
    for consultation in tuple(story.case.consultations.values()):
        if "withdraw" in consultation.verbs():
            story.tell(e.ConsultationMoved, consultation_id=consultation.consultation_id, verb="withdraw")


def check_may_close(story: Story, end: str) -> None:
    """Refuse while E9 holds the case open, an approval is missing, or the client wasn't sought as agreed."""
    held = story.case.stay_open_until
    if held and held > story.on.now:
        raise CannotClose("danger was recorded, and the case stays open", _day(held))
    missing = missing_approvals(story, story.on.pathway.definition.ends[end].needs, end)
    if missing:
        raise CannotClose(f"approval missing: {', '.join(missing)}")
    attempts = _attempts_wanted(story, end)
    if attempts:
        _check_attempts(story, attempts)


def _day(moment: datetime) -> str:
    return moment.astimezone(HELSINKI).date().isoformat()


def missing_approvals(story: Story, needs: Sequence[str], end: str) -> list[str]:
    """Whose approval this end still waits for."""
    wanted = [_APPROVALS[form] for need in needs if (form := parse_need(need).form) in _APPROVALS]
    return [role for role in wanted if role not in _given(story, end)]


def _given(story: Story, end: str) -> set[str]:
    """Approvals recorded, and the asker's own: who ends the case also approves it."""
    given = {role for approved, role in story.case.approvals if approved == end}
    return given | set(roles_of_asker(story))


def roles_of_asker(story: Story) -> tuple[str, ...]:
    responsible, actor = story.case.responsible, story.on.actor
    roles: list[str] = []
    if responsible and actor.worker_id in (responsible.worker_id, responsible.substitute_id):
        roles.append("responsible")
    if actor.has("team_lead"):
        roles.append("team_lead")
    return tuple(roles)


def _attempts_wanted(story: Story, end: str) -> Attempts | None:
    for event in story.on.pathway.definition.events.values():
        if event.attempts and event.closes and event.closes.end == end:
            return event.attempts
    return None


def _check_attempts(story: Story, wanted: Attempts) -> None:
    """E1: so many attempts, on so many days, in so many channels, within the span."""
    calendar = story.on.calendar_at("vuorokausi", story.on.now)
    tried = list(story.case.attempts)
    while tried:
        first = tried[0][0]
        window_ends = due(first, (), parse_goal(wanted.within), calendar).due_at
        inside = [(at, channel) for at, channel in tried if at <= window_ends]
        days = {at.astimezone(HELSINKI).date() for at, _ in inside}
        channels = {channel for _, channel in inside}
        if len(inside) >= wanted.at_least and len(days) >= wanted.days and len(channels) >= wanted.channels:
            return
        tried.pop(0)
    raise CannotClose(
        f"the client has to be sought {wanted.at_least} times on {wanted.days} days in {wanted.channels} channels"
        f" within {wanted.within}; recorded: {len(story.case.attempts)} attempts"
    )
