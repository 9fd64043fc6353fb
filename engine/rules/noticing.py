"""Noticing: events of life that an answer or a noted fact tells by itself, so that nobody has to remember to record them.

An answer of self-harm is danger whoever reads it (E9); only an event with a `when` is noticed, and only as it becomes true.
"""

from collections.abc import Iterator

from engine.rules.anytime import record_event
from engine.rules.circumstances import facts_of
from engine.rules.story import Story
from pathways import events as e
from pathways.anytime_event import AnytimeEvent
from pathways.case import Case
from pathways.commands import RecordEvent


def notice(story: Story, before: Case) -> None:
    """Let each event happen whose condition this command made true; one that held before has been seen to."""
    for key in tuple(_became_true(story, before)):
        if story.case.state == "open" and not _happened_now(story, key):
            record_event(story, RecordEvent(case_id=story.case.case_id, event=key))


def _became_true(story: Story, before: Case) -> Iterator[str]:
    """An unknown condition is not true: it raises no alarm and hides none."""
    watched = _watched(story)
    if not watched:
        return
    now, then = story.facts(), facts_of(before, story.on, story.at)
    for key, event in watched.items():
        holds = story.on.pathway.holds
        if holds(event.when, now) is True and holds(event.when, then) is not True:
            yield key


def _watched(story: Story) -> dict[str, AnytimeEvent]:
    events = story.on.pathway.definition.events
    return {key: event for key, event in events.items() if event.when and event.by != "worker"}


def _happened_now(story: Story, key: str) -> bool:
    return any(isinstance(event, e.AnytimeHappened) and event.event == key for event in story.events)
