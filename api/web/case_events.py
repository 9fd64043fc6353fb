"""Something happened: an event of life that the pathway knows what to do about."""

from fastapi import APIRouter, Response

from api.web.case_acts import exact, revision_of
from api.web.edge import MyPage, PageRoute, TypedForm, carry_out, engine_of, go
from api.web.forms import Filled
from api.web.pages import Page
from api.web.words import options
from engine.ids import new_id
from engine.read_models.case_view import case_view
from pathways.commands import Command, RecordEvent

router = APIRouter(prefix="/cases/{case_id}/events", route_class=PageRoute, include_in_schema=False)


@router.get("")
def show(page: MyPage, case_id: str) -> Response:
    return _page(page, case_id, page.form())


@router.post("")
def record(page: MyPage, case_id: str, sent: TypedForm) -> Response:
    form = page.form(typed=sent)
    event = form.text("event", required=page.gettext("Choose what happened."), longest=80)
    at, until, offered = form.moment("occurred_at"), form.day("until"), form.moment("offered_at")
    note, channel = form.text("note"), form.text("channel", longest=80)

    def command() -> Command:
        return RecordEvent(
            case_id=case_id,
            revision=revision_of(form),
            event=str(event),
            occurred_at=exact(at, page.now),
            until=page.say.begins(until) if until else None,
            offered_at=offered,
            channel=channel,
            note=note,
            note_text_id=new_id(page.now) if note else None,
            seed=new_id(page.now),
        )

    if carry_out(page, form, command) is None:
        return _page(page, case_id, form)
    return go(page, f"/cases/{case_id}", "event", "now")


def _page(page: Page, case_id: str, form: Filled) -> Response:
    with engine_of(page.request).reading(page.me) as reading:
        case = case_view(reading, case_id, page.language)
        pathway = reading.engine.published.version(reading.connection, page.me.tenant_id, case.pathway_id, case.version)
    channels = pathway.definition.vocabulary.channels
    return page.render(
        "events.html",
        form.status if form.errors else 200,
        case=case,
        form=form,
        channels=[(key, text.in_language(page.language)) for key, text in channels.items()],
        titled=options,
    )
