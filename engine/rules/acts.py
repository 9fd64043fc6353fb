"""Acts and facts: a call, an attempt, a reply, an assessment, a meeting; urgency, language, who else is concerned."""

from engine.rules.anytime import change_people_for_language
from engine.rules.responsibility import join_team
from engine.rules.service_promise import is_told_late
from engine.rules.story import Story
from pathways import events as e
from pathways.commands import ChooseLanguage, IdentifyClient, JoinClient, NoteFact, RecordAct, SetUrgency
from pathways.errors import Malformed, ReasonMissing, UnknownThing
from pathways.near_miss import did_you_mean


def record_act(story: Story, command: RecordAct) -> None:
    """Record what a named professional did; the first one keeps the same-day promise.

    An act told more than an hour late, or across a due instant, needs a reason (promises.md, rule 2).
    """
    run = story.case.open_run(command.step) if command.step else None
    if _is_told_late(story) and not command.late_reason:
        raise ReasonMissing("recording this more than an hour late or across a due instant")
    story.tell(
        e.ActRecorded,
        act_id=command.act_id,
        kind=command.kind,
        run_id=run.run_id if run else None,
        step=run.step if run else None,
        channel=command.channel,
        late_reason=command.late_reason,
        text_id=command.note_text_id if command.note else None,
    )
    if run and run.state == "open" and command.kind != "attempt":
        story.tell(e.StepStarted, run_id=run.run_id, worker_id=story.on.actor.worker_id)
    join_team(story, story.on.actor.worker_id, "acted")


def _is_told_late(story: Story) -> bool:
    dues = [None, *(promise.due_at for promise in story.case.live_promises)]
    return any(is_told_late(story, due_at) for due_at in dues)


def set_urgency(story: Story, command: SetUrgency) -> None:
    if command.urgency != story.case.urgency:
        story.tell(e.UrgencySet, urgency=command.urgency)


def join_client(story: Story, command: JoinClient) -> None:
    """Another person of the family or network belongs to the case from now on."""
    known = story.case.clients.get(command.client_id)
    if known and known.until is None:
        raise Malformed("client_id", "this person is on the case already")
    story.tell(e.ClientJoined, client_id=command.client_id, relation=command.relation, primary=False)


def identify_client(story: Story, command: IdentifyClient) -> None:
    """From now on the case is about the client as known; clocks whose scope waited for an age begin."""
    known = story.case.clients.get(command.old_client_id)
    if known is None or known.until is not None:
        raise UnknownThing("client", command.old_client_id)
    story.tell(e.ClientIdentified, old_client_id=command.old_client_id, client_id=command.client_id)


def choose_language(story: Story, command: ChooseLanguage) -> None:
    """The client's language decides who may be named (E8)."""
    if command.language == story.case.language:
        return
    story.tell(e.LanguageChosen, language=command.language)
    change_people_for_language(story)


def note_fact(story: Story, command: NoteFact) -> None:
    """Record an answer that conditions ask for; a name nobody asks for is refused with the near miss."""
    known = story.on.pathway.variables
    if command.name not in known:
        near = did_you_mean(command.name, known)
        raise Malformed("name", f'no condition asks for "{command.name}"{"; " + near if near else ""}')
    story.tell(e.FactNoted, name=command.name, value=command.value)
