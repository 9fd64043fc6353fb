"""Contacts: somebody calls, writes or comes; a case opens, goes on or begins again, and the clocks start."""

from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import AfterValidator, Field, StringConstraints

from api.answers import seen_after
from api.cases import Code
from api.deps import Me, Once, known_id, tag, unit_named
from api.moments import In, MomentIn, Out
from api.promise_out import PromiseOut
from pathways.commands import TakeContact

router = APIRouter(prefix="/api/v1/contacts", tags=["contacts"])


class ContactIn(In):
    """`received_at` never changes afterwards: every promise starts from it. Without `client_id` a temporary client."""

    pathway: Code
    channel: Code
    received_at: MomentIn
    matter: Annotated[
        str,
        StringConstraints(min_length=1, max_length=8000, strip_whitespace=True),
        Field(description="In the client's own words."),
    ]
    urgency: Literal["normal", "urgent"] | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    client_id: Annotated[str, AfterValidator(known_id("client"))] | None = None
    callback: Annotated[str, Field(max_length=40)] | None = None
    callback_safe: bool | None = None
    unit: Annotated[str | None, Field(description="The receiving unit's id or key; else one of my own.")] = None
    by_client: Annotated[bool, Field(description="The client or somebody close; false: a professional.")] = True


class ContactOut(Out):
    """`joined` when the contact came to a case that was open. A case of another unit shows no promises."""

    contact_id: str
    case_id: str
    client_id: str | None
    joined: bool
    number: str | None
    episode: int | None
    promises: list[PromiseOut]
    revision: int


@router.post("", status_code=201, summary="Take a contact")
def take_contact(body: ContactIn, me: Me, once: Once, response: Response) -> ContactOut:
    unit_id = None
    if body.unit is not None:
        with me.reading() as reading:
            unit_id = known_id("unit")(unit_named(reading, body.unit) or "")
    command = TakeContact(
        contact_id=me.new_id(),
        new_case_id=me.new_id(),
        new_client_id=me.new_id(),
        unit_id=unit_id,
        **body.model_dump(exclude={"unit"}),
    )
    answer = me.do(command, once)
    view = seen_after(me, answer.case_id)
    tag(response, answer.revision)
    response.headers["Location"] = f"/api/v1/cases/{answer.case_id}"
    return ContactOut(
        contact_id=answer.made["contact_id"],
        case_id=answer.case_id,
        client_id=answer.made.get("client_id"),
        joined=answer.made["joined"],
        number=view.number if view else None,
        episode=view.episode if view else None,
        promises=[PromiseOut.of(promise) for promise in view.promises] if view else [],
        revision=answer.revision,
    )
