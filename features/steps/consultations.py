"""A consultation: asked, returned, completed, accepted, answered, acknowledged; the asker stays responsible."""

from typing import Literal

from engine.read_models.consultation_view import consultation_view
from features.names import word_key
from features.sentences import step
from features.world import CheckFailed, World
from pathways import commands as c
from pathways.consultation import Consultation


@step(
    "when",
    fi="{worker} pyytää konsultaation ammatilta {profession}[ organisaatiosta {organisation}]: {question}",
    sv="{worker} begär konsultation av yrket {profession}[ i organisationen {organisation}]: {question}",
    en="{worker} asks {profession}[ in {organisation}] for a consultation: {question}",
)
def asks(world: World, worker: str, profession: str, question: str, organisation: str | None = None) -> None:
    request(world, worker, profession, question, organisation)


@step(
    "when",
    fi="{worker} pyytää kiireellisen konsultaation ammatilta {profession}[ organisaatiosta {organisation}]: {question}",
    sv="{worker} begär brådskande konsultation av yrket {profession}[ i organisationen {organisation}]: {question}",
    en="{worker} urgently asks {profession}[ in {organisation}] for a consultation: {question}",
)
def asks_urgently(world: World, worker: str, profession: str, question: str, organisation: str | None = None) -> None:
    request(world, worker, profession, question, organisation, "urgent")


def request(
    world: World,
    worker: str,
    profession: str,
    question: str,
    organisation: str | None,
    urgency: Literal["normal", "urgent"] = "normal",
) -> None:
    """In the open consultation step, where there is one; else beside whatever step is open."""
    words = world.pathway.definition.vocabulary
    step_open = next((run for run in world.view().runs if run.kind == "consultation"), None)
    command = c.RequestConsultation(
        case_id=world.case_id(),
        consultation_id=world.new_id(),
        question=question,
        question_text_id=world.new_id(),
        profession=word_key("profession", profession, words.professions, world.language),
        organisation=word_key("organisation", organisation, words.organisations, world.language)
        if organisation
        else None,
        urgency=urgency,
        language=world.case().language,
        step=step_open.run_id if step_open else None,
    )
    world.ask(command, world.actor(worker))


@step(
    "when",
    fi="{worker} ottaa konsultaation vastaan",
    sv="{worker} tar emot konsultationen",
    en="{worker} accepts the consultation",
)
def accepts(world: World, worker: str) -> None:
    move(world, worker, "accept")


@step(
    "when",
    fi="{worker} palauttaa konsultaation täydennettäväksi: {words}",
    sv="{worker} återsänder konsultationen för komplettering: {words}",
    en="{worker} returns the consultation: {words}",
)
def returns(world: World, worker: str, words: str) -> None:
    move(world, worker, "return", words)


@step(
    "when",
    fi="{worker} täydentää konsultaatiota: {words}",
    sv="{worker} kompletterar konsultationen: {words}",
    en="{worker} completes the consultation: {words}",
)
def completes(world: World, worker: str, words: str) -> None:
    move(world, worker, "complete", words)


@step(
    "when",
    fi="{worker} vastaa konsultaatioon: {words}",
    sv="{worker} svarar på konsultationen: {words}",
    en="{worker} answers the consultation: {words}",
)
def answers(world: World, worker: str, words: str) -> None:
    move(world, worker, "answer", words)


@step(
    "when",
    fi="{worker} kuittaa konsultaation vastauksen",
    sv="{worker} kvitterar svaret på konsultationen",
    en="{worker} acknowledges the answer",
)
def acknowledges(world: World, worker: str) -> None:
    move(world, worker, "acknowledge")


@step(
    "when",
    fi="{worker} kieltäytyy konsultaatiosta[: {words}]",
    sv="{worker} avböjer konsultationen[: {words}]",
    en="{worker} declines the consultation[: {words}]",
)
def declines(world: World, worker: str, words: str | None = None) -> None:
    move(world, worker, "decline", words)


@step(
    "when",
    fi="{worker} peruu konsultaatiopyynnön",
    sv="{worker} återtar begäran om konsultation",
    en="{worker} withdraws the consultation",
)
def withdraws(world: World, worker: str) -> None:
    move(world, worker, "withdraw")


def move(world: World, worker: str, verb: str, words: str | None = None) -> None:
    command = {"case_id": world.case_id(), "consultation_id": newest(world).consultation_id, "verb": verb}
    said = {"words": words, "text_id": world.new_id()} if words else {}
    world.ask(c.MoveConsultation.model_validate({**command, **said}), world.actor(worker))


def newest(world: World) -> Consultation:
    asked = sorted(world.case().consultations.values(), key=lambda each: (each.asked_at, each.consultation_id))
    if not asked:
        raise CheckFailed("no consultation has been asked")
    return asked[-1]


STATES = {
    "requested": {"fi": "pyydetty", "sv": "begärd", "en": "requested"},
    "returned": {"fi": "palautettu", "sv": "återsänd", "en": "returned"},
    "accepted": {"fi": "otettu vastaan", "sv": "mottagen", "en": "accepted"},
    "answered": {"fi": "vastattu", "sv": "besvarad", "en": "answered"},
    "acknowledged": {"fi": "kuitattu", "sv": "kvitterad", "en": "acknowledged"},
    "declined": {"fi": "evätty", "sv": "avböjd", "en": "declined"},
    "withdrawn": {"fi": "peruttu", "sv": "återtagen", "en": "withdrawn"},
}


@step(
    "then",
    fi="konsultaation tila on {state}",
    sv="konsultationens läge är {state}",
    en="the consultation is {state}",
)
def state_is(world: World, state: str) -> None:
    said = STATES[newest(world).state][world.language]
    if said != state.casefold():
        raise CheckFailed(f"it is {said}")


@step(
    "then",
    fi="{worker} näkee kysymyksen {question}",
    sv="{worker} ser frågan {question}",
    en="{worker} sees the question {question}",
)
def sees_question(world: World, worker: str, question: str) -> None:
    """The consultant's page: the question, without the case."""
    asked = newest(world)
    with world.reading(worker) as reading:
        shown = consultation_view(reading, asked.consultation_id, world.language)
    if question.casefold() not in (shown.question or "").casefold():
        raise CheckFailed(f"the question is: {shown.question}")
