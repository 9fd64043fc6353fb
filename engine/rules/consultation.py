"""Consultation: asked, returned, completed, answered, acknowledged, declined, withdrawn. The asker stays responsible."""

from engine.rules.responsibility import join_team
from engine.rules.story import Story
from pathways import events as e
from pathways.arrows import state_after
from pathways.commands import MoveConsultation, RequestConsultation
from pathways.consultation import ARROWS
from pathways.errors import Malformed, NotAllowed

BY_THE_ASKED = ("accept", "return", "answer", "decline")


def request_consultation(story: Story, command: RequestConsultation) -> None:
    """Put a question to a profession or a named worker, from a consultation step or from anywhere in the case."""
    professions = story.on.pathway.definition.vocabulary.professions
    if command.profession not in professions:
        raise Malformed("profession", f'no profession "{command.profession}"; known: {", ".join(professions)}')
    run = story.case.open_run(command.step) if command.step else None
    story.tell(
        e.ConsultationRequested,
        consultation_id=command.consultation_id,
        profession=command.profession,
        urgency=command.urgency,
        language=command.language,
        question_text=command.question_text_id,
        organisation=command.organisation,
        worker_id=command.worker_id,
        run_id=run.run_id if run else None,
    )
    if run and run.state == "open":
        story.tell(e.StepStarted, run_id=run.run_id, worker_id=story.on.actor.worker_id)
    if command.worker_id:
        story.send("consultation_for_you", (command.worker_id,), consultation_id=command.consultation_id)


def move_consultation(story: Story, command: MoveConsultation) -> None:
    """Take one arrow; refused with the arrows that are possible from here, or when it is somebody else's."""
    consultation = story.case.consultation(command.consultation_id)
    state_after("consultation", ARROWS, consultation.state, command.verb)
    _check_whose(story, command)
    if command.verb in ("return", "answer") and not command.words:
        raise Malformed("words", f"a consultation can't be {command.verb}ed without words")
    if command.verb == "answer" and consultation.run_id:
        story.tell(e.FactNoted, name=f"answered.{consultation.run_id}", value=True)
    story.tell(
        e.ConsultationMoved,
        consultation_id=command.consultation_id,
        verb=command.verb,
        text_id=command.text_id if command.words else None,
    )
    if command.verb in BY_THE_ASKED:
        story.send(f"consultation_{command.verb}", (consultation.asked_by,), consultation_id=command.consultation_id)
    if command.verb == "accept":
        join_team_as_consultant(story, command.consultation_id)
    if command.verb == "complete" and consultation.worker_id:
        story.send("consultation_for_you", (consultation.worker_id,), consultation_id=command.consultation_id)


def join_team_as_consultant(story: Story, consultation_id: str) -> None:
    """Nothing more than the question is opened to a consultant; the ground is kept for the use log."""
    join_team(story, story.on.actor.worker_id, f"consultation:{consultation_id[:8]}")


def _check_whose(story: Story, command: MoveConsultation) -> None:
    consultation = story.case.consultation(command.consultation_id)
    actor = story.on.actor
    if command.verb in BY_THE_ASKED:
        named = consultation.worker_id in (None, actor.worker_id)
        if not named or consultation.profession not in actor.professions:
            raise NotAllowed(f"{command.verb} this consultation", f"the profession {consultation.profession}")
