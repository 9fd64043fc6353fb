"""Consultations: asking another profession in a minute, and answering with the least data it takes."""

from typing import Literal, cast

from fastapi import APIRouter, Response

from api.web.case_acts import revision_of
from api.web.case_page import case_page, forms_of, states
from api.web.edge import MyPage, PageRoute, TypedForm, carry_out, engine_of, go
from api.web.forms import Filled
from api.web.pages import Page
from api.web.words import Words
from engine.ids import new_id
from engine.read_models.case_view import case_view
from engine.read_models.consultation_view import case_of_consultation, consultation_view
from pathways.commands import Command, MoveConsultation, RequestConsultation

router = APIRouter(route_class=PageRoute, include_in_schema=False)

Verb = Literal["accept", "return", "complete", "answer", "decline", "withdraw", "acknowledge"]
WITH_WORDS: tuple[Verb, ...] = ("return", "complete", "answer", "decline")
URGENCIES = ("normal", "urgent", "rek")


@router.get("/cases/{case_id}/consultations/new")
def ask(page: MyPage, case_id: str) -> Response:
    return _asking(page, case_id, page.form())


@router.post("/cases/{case_id}/consultations/new")
def send(page: MyPage, case_id: str, sent: TypedForm) -> Response:
    form = page.form(typed=sent)
    profession = form.text("profession", required=page.gettext("Choose whom you ask."), longest=80)
    organisation = form.text("organisation", longest=80)
    question = form.text("question", required=page.gettext("Write the question."))
    urgency = form.choice("urgency", URGENCIES) or "normal"
    language = form.choice("language", ("fi", "sv", "en")) or page.language

    def command() -> Command:
        return RequestConsultation(
            case_id=case_id,
            revision=revision_of(form),
            consultation_id=new_id(page.now),
            question=str(question),
            question_text_id=new_id(page.now),
            profession=str(profession),
            organisation=organisation,
            urgency=cast(Literal["normal", "urgent", "rek"], urgency),
            language=language,
            step=form.text("step", longest=40),
            seed=new_id(page.now),
        )

    if carry_out(page, form, command) is None:
        return _asking(page, case_id, form)
    return go(page, f"/cases/{case_id}", "asked", "consultations")


@router.get("/consultations/{consultation_id}")
def show(page: MyPage, consultation_id: str) -> Response:
    return _page(page, consultation_id)


@router.post("/consultations/{consultation_id}/{verb}")
def move(page: MyPage, consultation_id: str, verb: Verb, sent: TypedForm) -> Response:
    from_case = "back" in sent
    form = page.form(_name_of(verb, consultation_id, from_case), sent)
    required = page.gettext("Write it in words.") if verb in WITH_WORDS else None
    words = form.text("words", required=required)
    case_id = _case_of(page, consultation_id)

    def command() -> Command:
        return MoveConsultation(
            case_id=case_id,
            revision=revision_of(form),
            consultation_id=consultation_id,
            verb=verb,
            words=words,
            text_id=new_id(page.now) if words else None,
            seed=new_id(page.now),
        )

    if carry_out(page, form, command) is None:
        return case_page(page, case_id, failed=form) if from_case else _page(page, consultation_id, form)
    if from_case:
        return go(page, f"/cases/{case_id}", "acknowledged" if verb == "acknowledge" else "moved", "consultations")
    if verb == "accept":
        return go(page, f"/consultations/{consultation_id}", "", "f-words")
    return go(page, "/?view=consultations", "answered" if verb == "answer" else "moved")


def _name_of(verb: Verb, consultation_id: str, from_case: bool) -> str:
    if from_case:
        return f"{verb}-{consultation_id}"
    return "" if verb == "answer" else verb


def _case_of(page: Page, consultation_id: str) -> str:
    with engine_of(page.request).reading(page.me) as reading:
        return case_of_consultation(reading, consultation_id)


def _page(page: Page, consultation_id: str, failed: Filled | None = None) -> Response:
    with engine_of(page.request).reading(page.me) as reading:
        asked = consultation_view(reading, consultation_id, page.language)
    form_of = forms_of(page, failed)
    return page.render(
        "consultation.html",
        failed.status if failed else 200,
        asked=asked,
        form=form_of(""),
        failed=failed or page.form(),
        form_of=form_of,
        **states(Words(page.texts)),
    )


def _asking(page: Page, case_id: str, form: Filled) -> Response:
    with engine_of(page.request).reading(page.me) as reading:
        case = case_view(reading, case_id, page.language)
        pathway = reading.engine.published.version(reading.connection, page.me.tenant_id, case.pathway_id, case.version)
    vocabulary = pathway.definition.vocabulary
    professions = [(key, one.in_language(page.language)) for key, one in vocabulary.professions.items()]
    organisations = [(key, one.in_language(page.language)) for key, one in vocabulary.organisations.items()]
    return page.render(
        "consultation_new.html",
        form.status if form.errors else 200,
        case=case,
        form=form,
        professions=sorted(professions, key=lambda one: one[1]),
        organisations=sorted(organisations, key=lambda one: one[1]),
    )
