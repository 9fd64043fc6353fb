"""Client plan: drafted, sent to the client, agreed (or the disagreement recorded), reviewed. Every version is kept."""

from datetime import date, timedelta

from engine.rules.hearers import tell_hearers
from engine.rules.story import Story
from pathways import events as e
from pathways.arrows import state_after
from pathways.client_plan import ARROWS, ClientPlan
from pathways.commands import AgreePlan, WritePlan
from pathways.errors import ArrowNotPossible, PlanNotReady

MOST_GOALS = 5


def write_plan(story: Story, command: WritePlan) -> None:
    """Write a new version as a draft; an agreed version stays what it was beside it."""
    content, before = command.content, story.case.plan
    if len(content.goals) > MOST_GOALS:
        raise PlanNotReady((f"at most {MOST_GOALS} goals",))
    story.tell(
        e.PlanDrafted,
        version=before.version + 1 if before else 1,
        text_id=command.text_id,
        goals=len(content.goals),
        next_review=content.next_review,
    )


def send_plan(story: Story) -> None:
    plan = _the_plan(story, "send")
    state_after("plan", ARROWS, plan.state, "send")
    story.tell(e.PlanSentToClient, version=plan.version)


def agree_plan(story: Story, command: AgreePlan) -> None:
    """Record that the client agrees, or what they disagree about; a plan without goals can't be agreed."""
    plan = _the_plan(story, "agree")
    state_after("plan", ARROWS, plan.state, "agree")
    missing = []
    if plan.goals < 1:
        missing.append("at least one goal")
    if command.agreement == "disagreement" and not command.client_view:
        missing.append("the client's own view of what they disagree about")
    if missing:
        raise PlanNotReady(tuple(missing))
    story.tell(
        e.PlanAgreed,
        version=plan.version,
        agreement=command.agreement,
        client_view_text=command.client_view_text_id if command.client_view else None,
    )
    if plan.next_review:
        _look_again(story, plan.version, plan.next_review)


def _look_again(story: Story, version: int, day: date) -> None:
    """Wake on the day the client and the worker agreed to look at the plan again (T4)."""
    begins = story.on.calendar_at("vuorokausi", story.at).end_of_day(day - timedelta(days=1))
    story.tell(
        e.TimerSet,
        timer_id=story.new_id("timer"),
        subject=f"review_plan:{version}",
        cycle=1,
        fire_at=max(begins, story.at),
    )


def open_review(story: Story, version: int) -> None:
    """The day has come: an agreed plan waits to be looked at; a newer version has been looked at already."""
    plan = story.case.plan
    if plan is None or plan.version != version or plan.state != "agreed":
        return
    story.tell(e.PlanReviewOpened, version=version)
    tell_hearers(story, ("responsible",), "plan_review")


def _the_plan(story: Story, verb: str) -> ClientPlan:
    if story.case.plan is None:
        raise ArrowNotPossible("plan", verb, "missing", ("write",))
    return story.case.plan
