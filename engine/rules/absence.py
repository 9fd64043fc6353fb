"""Absence: a substitute inherits tasks, alarms and access, with the ground recorded; over 14 days somebody else answers."""

from engine.rules.hearers import tell_hearers
from engine.rules.responsibility import join_team
from engine.rules.story import Story
from pathways import events as e
from pathways.commands import CoverAbsence
from pathways.goal import parse_goal
from pathways.tier_instant import JUST_AFTER
from pathways.working_time import due

LONG_ABSENCE = "14 days"  # what E11 says where a pathway's block of anytime events doesn't


def cover_absence(story: Story, command: CoverAbsence) -> None:
    """Put the substitute in the away worker's place; without one the team lead hears at once."""
    responsible = story.case.responsible
    if responsible is None or responsible.worker_id != command.away_id:
        return
    if command.substitute_id is None:
        tell_hearers(story, ("team_lead",), "absence_without_substitute")
        return
    story.tell(
        e.SubstituteNamed,
        assignment_id=responsible.assignment_id,
        worker_id=command.substitute_id,
        until=command.until,
        absence_id=command.absence_id,
    )
    join_team(story, command.substitute_id, "substitute")
    story.send("you_are_substitute", (command.substitute_id,))
    _wake_when_long(story, command)


def _wake_when_long(story: Story, command: CoverAbsence) -> None:
    event = story.on.pathway.definition.events.get("absence")
    span = (event.reassign_after if event else None) or LONG_ABSENCE
    last = due(story.at, (), parse_goal(span), story.on.calendar_at("vuorokausi", story.at))
    if command.until <= last.due_on:
        return
    fire_at = last.due_at + JUST_AFTER
    story.tell(
        e.TimerSet,
        timer_id=story.new_id("timer"),
        subject=f"absence:{command.absence_id}",
        cycle=1,
        fire_at=fire_at,
    )


def end_substitution(story: Story) -> None:
    """The responsible worker is back: the substitute's ground to see the case ends."""
    responsible = story.case.responsible
    if responsible is None or responsible.substitute_id is None:
        return
    story.tell(e.SubstituteEnded, assignment_id=responsible.assignment_id)
    if f"{responsible.substitute_id}:substitute" in story.case.members:
        story.tell(e.MemberLeft, worker_id=responsible.substitute_id, ground="substitute")
