"""A contact arrives: it opens a case, joins the open one, or begins a new episode. Opening keeps no promise."""

from datetime import timedelta

from engine.ids import case_number
from engine.rules.responsibility import put_in_queue
from engine.rules.steps import age_reached, enter
from engine.rules.story import Story
from pathways import events as e
from pathways.commands import TakeContact

WATCHED_AHEAD = timedelta(days=5 * 366)


def take_contact(story: Story, command: TakeContact, client_id: str) -> None:
    """Record the contact on the case that `story` holds: a new one, an open one, or a closed one that reopens."""
    if story.case.state == "new":
        _open(story, command, client_id)
    elif story.case.state == "closed":
        story.tell(e.CaseReopened, episode=story.case.episode + 1, channel=command.channel)
    fresh = not story.case.open_runs
    _receive(story, command, opens=fresh)
    if not command.by_client:
        story.tell(e.FactNoted, name="case.contacted_by", value="professional")
    elif "case.contacted_by" not in story.case.noted:
        story.tell(e.FactNoted, name="case.contacted_by", value="self")
    if fresh:
        _begin(story)
    if command.urgency == "urgent" and story.case.urgency != "urgent":
        story.tell(e.UrgencySet, urgency="urgent")


def _open(story: Story, command: TakeContact, client_id: str) -> None:
    definition = story.on.pathway.definition
    client = story.on.clients.get(client_id, {})
    story.tell(
        e.CaseOpened,
        number=case_number(story.case.case_id, story.at),
        pathway_id=story.on.pathway.id,
        version=story.on.pathway.version,
        unit_id=str(story.on.unit["unit_id"]),
        register_kind=definition.register_,
        language=command.language,
        channel=command.channel,
        municipality=client.get("municipality"),
        origin_case_id=story.case.origin_case_id,
    )
    story.tell(e.ClientJoined, client_id=client_id, relation="self", primary=True)
    if definition.restricts == "access" or client.get("restricted"):
        story.tell(e.AccessRestricted)


def _begin(story: Story) -> None:
    """The first step; until somebody is named, the unit's queue answers in the first responsible role."""
    first = story.on.pathway.first_step
    role = story.on.pathway.responsible_role_from(first) or story.on.pathway.step(first).role or ""
    put_in_queue(story, role)
    _draft_from_old_plan(story)
    enter(story, first)
    watch_birthdays(story)


def _draft_from_old_plan(story: Story) -> None:
    """A returning client doesn't tell everything anew: the old plan lies ready as a draft (E13)."""
    plan = story.case.plan
    if plan and story.case.episode > 1:
        story.tell(e.PlanDrafted, version=plan.version + 1, text_id=plan.text_id, goals=plan.goals)


def watch_birthdays(story: Story) -> None:
    """Set a timer for each age the pathway names (18, 23): 00.00 of the day the client reaches it."""
    for key, event in story.on.pathway.definition.events.items():
        subject = f"event:{key}"
        if not event.at_age_months or any(
            t.subject == subject and t.fired_at is None for t in story.case.timers.values()
        ):
            continue
        at = age_reached(story, event.at_age_months)
        if at and story.at < at < story.at + WATCHED_AHEAD:
            story.tell(e.TimerSet, timer_id=story.new_id("timer"), subject=subject, cycle=1, fire_at=at)


def _receive(story: Story, command: TakeContact, *, opens: bool) -> None:
    received = command.received_at
    effective = story.on.calendar_at(None, received, channel=command.channel).effective_at(received)
    story.tell(
        e.ContactReceived,
        contact_id=command.contact_id,
        channel=command.channel,
        received_at=received,
        effective_at=effective,
        opens=opens,
    )
