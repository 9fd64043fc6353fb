"""Hand-over between units: proposed → accepted | rejected; the old worker answers until it is accepted (E12)."""

from engine.rules.closing import close
from engine.rules.responsibility import put_in_queue
from engine.rules.story import Story
from pathways import events as e
from pathways.arrows import state_after
from pathways.case import HANDOVER_ARROWS
from pathways.commands import DecideHandover, ProposeHandover
from pathways.errors import ArrowNotPossible, Malformed, NotAllowed, UnknownThing

TRANSFER = "transfer"  # E12 in the shared block of anytime events


def propose_handover(story: Story, command: ProposeHandover) -> None:
    if any(h.state == "proposed" for h in story.case.handovers.values()):
        raise ArrowNotPossible("hand-over", "propose", "proposed", ("accept", "reject"))
    if command.to_unit == story.case.unit_id:
        raise Malformed("to_unit", "the case is in this unit already")
    story.tell(e.HandoverProposed, handover_id=command.handover_id, to_unit=command.to_unit)
    if TRANSFER in story.on.pathway.definition.events:
        story.tell(e.AnytimeHappened, event=TRANSFER)


def decide_handover(story: Story, command: DecideHandover) -> None:
    """Accepting moves the case to the receiving unit's queue; clocks run on unbroken."""
    handover = story.case.handovers.get(command.handover_id)
    if handover is None:
        raise UnknownThing("hand-over", command.handover_id)
    state_after("hand-over", HANDOVER_ARROWS, handover.state, "accept" if command.accept else "reject")
    if handover.to_organisation:
        _confirm_receipt(story, command)
        return
    if handover.to_unit not in story.on.actor.units:
        raise NotAllowed("decide this hand-over", "a worker of the receiving unit")
    if not command.accept:
        story.tell(e.HandoverRejected, handover_id=command.handover_id)
        return
    story.tell(e.HandoverAccepted, handover_id=command.handover_id)
    present = story.case.responsible
    story.tell(e.UnitChanged, unit_id=handover.to_unit or story.case.unit_id)
    put_in_queue(story, present.role if present else "", unit_id=handover.to_unit, ground="handover")


def _confirm_receipt(story: Story, command: DecideHandover) -> None:
    """Another county has said that it has the case: only then do our clocks end (E4)."""
    if not command.accept:
        story.tell(e.HandoverRejected, handover_id=command.handover_id)
        return
    story.tell(e.HandoverAccepted, handover_id=command.handover_id)
    for event in story.on.pathway.definition.events.values():
        if event.hands_over == "county" and event.closes:
            close(story, event.closes.end)
            story.cancels_messages = True  # as at a death, nothing more is sent about a case that has moved (rule 22)
            return
