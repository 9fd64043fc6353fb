"""Clients: searched, added, identified. Identity codes travel in bodies only, never in addresses."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import AfterValidator, Field, SecretStr, model_validator

from api.deps import Me, Once, known_id
from api.moments import In, Out
from engine.clients import ClientQuery, NewClient, add_client
from engine.identified import identify_client
from engine.once import once as carry_out_once
from engine.read_models.clients_found import ClientFound, clients_found

router = APIRouter(prefix="/api/v1/clients", tags=["clients"])

Name = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[SecretStr, Field(min_length=1, max_length=20, description="A Finnish personal identity code.")]
ClientId = Annotated[str, AfterValidator(known_id("client"))]


class SearchIn(In):
    """Exactly one way of searching: a code, a temporary id, or a name with a birth date."""

    identity_code: Code | None = None
    temporary_id: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    name: Name | None = None
    birth_date: date | None = None

    @model_validator(mode="after")
    def one_way(self) -> "SearchIn":  # noqa: N804 - an "after" validator is handed the model
        ways = (self.identity_code is not None, self.temporary_id is not None, self.name is not None)
        if sum(ways) != 1 or (self.name is None) != (self.birth_date is None):
            raise ValueError("search by identity_code, by temporary_id, or by name with birth_date")
        return self


class OpenCaseOut(Out):
    case_id: str
    number: str
    pathway: str
    pathway_title: str


class FoundOut(Out):
    """Enough to tell whether it is the same person. Only cases that the searcher sees are named."""

    client_id: str
    name: str | None
    birth_date: date | None
    identity_code_masked: str | None
    temporary_id: str | None
    open_cases: list[OpenCaseOut]

    @classmethod
    def of(cls, found: ClientFound) -> "FoundOut":
        cases = [
            OpenCaseOut(
                case_id=case.case_id, number=case.number, pathway=case.pathway_id, pathway_title=case.pathway_title
            )
            for case in found.open_cases
        ]
        same = {name: getattr(found, name) for name in cls.model_fields if name != "open_cases"}
        return cls(**same, open_cases=cases)


@router.post("/search", summary="Find a client; needs no Idempotency-Key")
def search(body: SearchIn, me: Me) -> list[FoundOut]:
    query = ClientQuery(
        identity_code=body.identity_code.get_secret_value() if body.identity_code else None,
        temporary_id=body.temporary_id,
        name=body.name,
        birth_date=body.birth_date,
    )
    with me.reading() as reading:
        return [FoundOut.of(found) for found in clients_found(reading, query, me.language)]


class ClientIn(In):
    """Whatever is known. `is_new` answers for a namesake of the same birth date; a known code is always refused."""

    name: Name | None = None
    birth_date: date | None = None
    identity_code: Code | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    municipality: Annotated[str, Field(max_length=80)] | None = None
    phone: Annotated[str, Field(max_length=40)] | None = None
    safe_contact: Annotated[str, Field(max_length=400)] | None = None
    is_new: bool = False


class AddedOut(Out):
    client_id: str


@router.post("", status_code=201, summary="Add a client")
def add(body: ClientIn, me: Me, once: Once, response: Response) -> AddedOut:
    client = NewClient(client_id=me.new_id(), **_said(body.model_dump()))
    now = me.now
    made = carry_out_once(
        me.engine.database,
        me.actor,
        once,
        now,
        lambda connection: {"client_id": add_client(connection, me.actor, me.engine.keys, client, now)},
    )
    response.headers["Cache-Control"] = "no-store"
    return AddedOut(client_id=made["client_id"])


class IdentityIn(In):
    """Who a temporary client is. `same_as` names the client known before, when a search or a refusal showed one."""

    name: Name | None = None
    birth_date: date | None = None
    identity_code: Code | None = None
    same_as: ClientId | None = None


class IdentifiedOut(Out):
    client_id: str
    merged: bool


@router.post("/{client_id}/identity", summary="Say who a temporary client is")
def identify(
    client_id: Annotated[str, Path(), AfterValidator(known_id("client"))], body: IdentityIn, me: Me, once: Once
) -> IdentifiedOut:
    known = NewClient(client_id=client_id, **_said(body.model_dump(exclude={"same_as"})))
    made = identify_client(me.engine, me.actor, known, body.same_as, once, me.now)
    return IdentifiedOut(client_id=made["client_id"], merged=made["merged"])


def _said(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value.get_secret_value() if isinstance(value, SecretStr) else value for name, value in body.items()}
