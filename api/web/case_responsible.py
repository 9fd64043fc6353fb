"""Naming the responsible worker: by the pathway's rules, or by choosing, with the reasons why somebody can't."""

from dataclasses import dataclass

from fastapi import APIRouter, Response

from api.web.case_acts import revision_of
from api.web.edge import MyPage, PageRoute, TypedForm, carry_out, engine_of, go
from api.web.forms import Filled
from api.web.pages import Page
from api.web.words import Words, options
from engine.ids import new_id
from engine.read_models.case_view import case_view
from engine.read_models.responsible_choices import ResponsibleChoice, responsible_choices
from pathways.commands import AssignResponsibleWorker, Command

router = APIRouter(prefix="/cases/{case_id}/responsible", route_class=PageRoute, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """One worker on the page: what speaks for them in `words`, what against in `doubts`; refused ones can't be chosen."""

    worker_id: str
    name: str
    words: list[str]
    doubts: list[str]
    is_refused: bool


@router.get("")
def show(page: MyPage, case_id: str) -> Response:
    return _page(page, case_id, page.form())


@router.post("")
def name(page: MyPage, case_id: str, sent: TypedForm) -> Response:
    form = page.form(typed=sent)
    auto = form.ticked("auto")
    worker_id = None if auto else form.text("worker_id", required=page.gettext("Choose a worker."), longest=40)

    def command() -> Command:
        return AssignResponsibleWorker(
            case_id=case_id,
            revision=revision_of(form),
            worker_id=worker_id,
            auto=auto,
            reason=form.text("reason", longest=80),
            seed=new_id(page.now),
        )

    unfit = Words(page.texts).unfit()
    if carry_out(page, form, command, lambda key: unfit.get(key, key)) is None:
        return _page(page, case_id, form)
    return go(page, f"/cases/{case_id}", "named", "head")


def _page(page: Page, case_id: str, form: Filled) -> Response:
    with engine_of(page.request).reading(page.me) as reading:
        case = case_view(reading, case_id, page.language)
        choices = responsible_choices(reading, case_id)
        pathway = reading.engine.published.version(reading.connection, page.me.tenant_id, case.pathway_id, case.version)
    professions = pathway.definition.vocabulary.professions
    titles = {key: text.in_language(page.language) for key, text in professions.items()}
    return page.render(
        "responsible.html",
        form.status if form.errors else 200,
        case=case,
        form=form,
        candidates=[_shown(page, one, titles) for one in choices],
        reasons=options(case.reasons),
    )


def _shown(page: Page, choice: ResponsibleChoice, titles: dict[str, str]) -> ChoiceShown:
    words = Words(page.texts)
    load = page.texts.ngettext("%(n)s client", "%(n)s clients", choice.load) % {"n": choice.load}
    said = [", ".join(titles.get(key, key) for key in choice.professions), load]
    said += [page.gettext("knows the client")] if choice.knows_client else []
    said += [", ".join(words.language_name(code) for code in choice.languages)]
    doubts = [words.unfit().get(code, code) for code in (choice.refused, choice.doubtful) if code]
    return ChoiceShown(choice.worker_id, choice.name, [part for part in said if part], doubts, bool(choice.refused))
