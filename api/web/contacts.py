"""A new contact, taken down while the client is still on the phone: the client is found or made, the clock starts."""

from collections.abc import Sequence

from fastapi import APIRouter, Response

from api.web.case_acts import exact
from api.web.edge import MyPage, PageRoute, TypedForm, engine_of, go, idempotency_of, is_genuine, refuse
from api.web.forms import Filled
from api.web.pages import Page
from engine.clients import ClientQuery, NewClient, add_client, is_known
from engine.handle import Answer, Reading
from engine.ids import drawn_id
from engine.read_models.clients_found import ClientFound, clients_found
from engine.read_models.pathway_catalogue import pathway_catalogue
from pathways.commands import TakeContact
from pathways.errors import DuplicateClients, PathwayError

router = APIRouter(prefix="/contacts", route_class=PageRoute, include_in_schema=False)

LANGUAGES = ("fi", "sv", "en")
NEW = "new"


@router.get("/new")
def show(page: MyPage) -> Response:
    return _page(page, page.form())


@router.post("/new")
def take(page: MyPage, sent: TypedForm) -> Response:
    form = page.form(typed=sent)
    is_genuine(page, form)
    contact, client = _contact(page, form), _client(page, form)
    chosen = form.value("client")
    if not form.is_right:
        return _page(page, form)
    found = _found(page, form, client) if not chosen else ()
    if found:
        form.refuse("client", page.gettext("Somebody like this is already known. Choose who it is."))
        form.status = 409
    answer = None if found else _taken(page, form, contact, client, chosen)
    if answer is None:
        return _page(page, form, found)
    joined = answer.made.get("joined")
    return go(page, f"/cases/{answer.case_id}", "joined" if joined else "contact", "now")


def _contact(page: Page, form: Filled) -> TakeContact | None:
    """The contact itself; the client is put in afterwards."""
    matter = form.text("matter", required=page.gettext("Write what it is about, in the client's own words."))
    pathway = form.text("pathway", required=page.gettext("Choose a pathway."), longest=80)
    channel = form.text("channel", required=page.gettext("Choose how the contact came."), longest=80)
    received = form.moment("received_at")
    callback, safe = form.text("callback", longest=40), form.choice("callback_safe", ("yes", "no"))
    if not form.is_right:
        return None
    return TakeContact(
        contact_id=drawn_id(form.key, 1, "contact"),
        new_case_id=drawn_id(form.key, 2, "case"),
        new_client_id=drawn_id(form.key, 3, "client"),
        pathway=str(pathway),
        channel=str(channel),
        received_at=exact(received, page.now) or page.now,
        matter=str(matter),
        language=form.choice("language", LANGUAGES) or page.language,
        urgency="urgent" if form.value("urgency") == "urgent" else "normal",
        callback=callback,
        callback_safe=None if safe is None else safe == "yes",
        by_client=not form.ticked("by_professional"),
    )


def _client(page: Page, form: Filled) -> NewClient:
    """Who it is about, as far as it was said."""
    return NewClient(
        client_id=drawn_id(form.key, 3, "client"),
        language=form.choice("language", LANGUAGES) or page.language,
        name=form.text("name", longest=200),
        birth_date=form.day("birth_date"),
        identity_code=form.text("identity_code", longest=20),
        phone=form.text("callback", longest=40),
        safe_contact=form.text("safe_contact", longest=400),
        is_new=form.value("client") == NEW,
    )


def _found(page: Page, form: Filled, client: NewClient) -> Sequence[ClientFound]:
    """Clients who are already known by the code, or by the name and birth date."""
    if client.identity_code:
        query = ClientQuery(identity_code=client.identity_code)
    elif client.name and client.birth_date:
        query = ClientQuery(name=client.name, birth_date=client.birth_date)
    else:
        return ()
    try:
        with engine_of(page.request).reading(page.me) as reading:
            known = clients_found(reading, query, page.language)
    except PathwayError as error:
        refuse(page, form, error)
        return ()
    if client.client_id in {one.client_id for one in known}:  # this very form added them a moment ago
        return ()
    return known


def _taken(page: Page, form: Filled, contact: TakeContact | None, client: NewClient, chosen: str) -> Answer | None:
    """Add the client where needed and take the contact, in one transaction; a second click adds nothing."""
    if contact is None or form.errors:
        return None
    engine = engine_of(page.request)
    try:
        if chosen and chosen != NEW:
            return engine.handle(contact.model_copy(update={"client_id": chosen}), page.me, idempotency_of(form))
        if not (client.name or client.birth_date or client.identity_code or client.safe_contact):
            return engine.handle(contact, page.me, idempotency_of(form))
        with engine.database.begin() as connection:
            if not is_known(connection, page.me, client.client_id):
                add_client(connection, page.me, engine.keys, client, page.now)
            named = contact.model_copy(update={"client_id": client.client_id})
            return engine.handle_within(connection, named, page.me, idempotency_of(form))
    except DuplicateClients:
        form.status = 409
        form.refuse("client", page.gettext("Somebody like this is already known. Choose who it is."))
    except PathwayError as error:
        refuse(page, form, error)
    return None


def _page(page: Page, form: Filled, found: Sequence[ClientFound] = ()) -> Response:
    with engine_of(page.request).reading(page.me) as reading:
        startable = [row for row in pathway_catalogue(reading, page.language) if row.startable]
        channels = _channels(reading, page, [row.pathway_id for row in startable])
    return page.render(
        "new_contact.html",
        form.status if form.errors else 200,
        form=form,
        found=found,
        pathways=[(row.pathway_id, row.title) for row in startable],
        channels=channels,
    )


def _channels(reading: Reading, page: Page, pathways: Sequence[str]) -> list[tuple[str, str]]:
    """The channels of the pathways that can be started, the phone first."""
    found: dict[str, str] = {}
    for pathway_id in pathways:
        pathway = reading.engine.published.startable(reading.connection, page.me.tenant_id, pathway_id, unapproved=True)
        vocabulary = pathway.definition.vocabulary.channels
        found |= {key: text.in_language(page.language) for key, text in vocabulary.items()}
    return sorted(found.items(), key=lambda one: (one[0] != "puhelin", one[1]))
