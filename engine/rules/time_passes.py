"""What only the passing of time does: rungs fire, breaches are recorded, steps open, pauses begin and end."""

from collections.abc import Sequence
from datetime import datetime

from engine.rules import service_promise
from engine.rules.anytime import record_event
from engine.rules.client_plan import open_review
from engine.rules.firing import Firer
from engine.rules.hearers import Hearing, note_empty_places, tell_hearers
from engine.rules.responsibility import choose, name, put_in_queue
from engine.rules.steps import begin
from engine.rules.story import Story
from pathways import events as e
from pathways.case import Timer
from pathways.commands import RecordEvent
from pathways.service_promise import ServicePromise


def fire_tiers(story: Story, promise_ids: Sequence[str], due_by: datetime | None = None) -> None:
    """Fire every rung that is due on these promises, each with its true instant; see `Firer`."""
    until = min(due_by or story.on.now, story.on.now)
    for promise_id in promise_ids:
        promise = story.case.promises.get(promise_id)
        if promise is not None:
            _fire(story, promise, until)


def _fire(story: Story, promise: ServicePromise, until: datetime) -> None:
    firer = Firer(story.on.pathway, Hearing.of(story), story.on.now, until, story.on.actor.worker_id)
    firing = firer.fire(promise, story.case.breaches)
    for event in firing.events:
        story.record(event)
    note_empty_places(story, firing.empty)
    for told, facts in firing.messages(promise):
        story.send("promise_rung", told, **facts)


def fire_timer(story: Story, timer: Timer) -> None:
    """Do what the timer was set for; one whose subject is gone does nothing but be done."""
    story.tell(e.TimerFired, timer_id=timer.timer_id)
    what, _, subject = timer.subject.partition(":")
    match what:
        case "open":
            _open_step(story, subject)
        case "pause":
            _with_promise(story, subject, service_promise.begin_planned_pause)
        case "resume":
            promise = story.case.promises.get(subject)
            if promise and promise.state == "paused":
                service_promise.resume(story, promise, timer.fire_at)
        case "may_close":
            tell_hearers(story, ("team_lead",), "decide_not_reached", end=subject)
        case "absence":
            _reassign_after_long_absence(story)
        case "review_plan":
            open_review(story, int(subject))
        case "unanswered":
            _tell_on_if_silent(story, subject, timer)
        case "event":
            record_event(story, RecordEvent(case_id=story.case.case_id, event=subject))


def _tell_on_if_silent(story: Story, event: str, timer: Timer) -> None:
    """Silence is an event: nobody acted since the alarm, so the next ones hear (S23)."""
    tells = story.on.pathway.definition.events[event].tells
    acted = story.case.last_act_at
    if tells and story.case.state == "open" and (acted is None or acted < timer.set_at):
        tell_hearers(story, tells.then, "unanswered", event=event)


def _with_promise(story: Story, promise_id: str, act: object) -> None:
    promise = story.case.promises.get(promise_id)
    if promise and callable(act):
        act(story, promise)


def _open_step(story: Story, run_id: str) -> None:
    run = story.case.runs.get(run_id)
    if run is not None and run.state == "waiting":
        story.tell(e.StepOpened, run_id=run_id)
        begin(story, story.case.runs[run_id])


def _reassign_after_long_absence(story: Story) -> None:
    """Away for over 14 days: somebody else answers from now on, and the client is told (E11)."""
    responsible = story.case.responsible
    if responsible is None or responsible.substitute_id is None:
        return
    definition = story.on.pathway.definition.roles[responsible.role]
    substitute = next((c for c in story.on.staff if c.worker_id == responsible.substitute_id), None)
    if substitute and substitute.professions & set(definition.professions):
        name(story, responsible.role, substitute.worker_id, "long_absence", ("long_absence",))
    else:
        chosen = choose(story, definition, None)
        if chosen:
            name(story, responsible.role, chosen[0], "long_absence", ("long_absence", *chosen[2]))
        else:
            put_in_queue(story, responsible.role, ground="long_absence")
    tell_hearers(story, ("responsible",), "tell_client_of_new_worker")
