"""What a command answers: the case as it is now, for who sees it; else only that it was done."""

from fastapi import Response

from api.case_out import CaseOut, DoneOut
from api.deps import Caller, tag
from engine.handle import Answer
from engine.read_models.case_view import CaseView, case_view
from pathways.errors import NotRecorded, UnknownThing


def answered(me: Caller, answer: Answer, response: Response) -> CaseOut | DoneOut:
    """The case after the command, with its revision as ETag. What was done stays done whatever may be shown of it."""
    view = seen_after(me, answer.case_id)
    tag(response, view.revision if view else answer.revision)
    return CaseOut.of(view) if view else DoneOut(case_id=answer.case_id, revision=answer.revision)


def seen_after(me: Caller, case_id: str) -> CaseView | None:
    """The case, unless it isn't this caller's to see, or the look can't be written to the access log."""
    try:
        with me.reading() as reading:
            return case_view(reading, case_id, me.language)
    except (UnknownThing, NotRecorded):
        return None
