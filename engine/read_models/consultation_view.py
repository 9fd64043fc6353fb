"""A consultation as the asked one sees it: the question, and no more of the client than it takes to answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine import tables as t
from engine.access import CaseFacts, facts_of, is_asked, may, question_of
from engine.access_log import Read
from engine.client_identity import age_on
from engine.handle import Reading
from engine.ids import is_id
from engine.machine import CompiledPathway
from engine.projection import table_of
from engine.read_models.case_access import load_any_case, pathway_of
from engine.read_models.case_talk import possible_verbs
from engine.read_models.people_shown import WorkerShown, unit_name, workers_of
from engine.read_models.promise_shown import PromiseShown, Surroundings, promise_shown
from engine.read_models.texts_shown import texts_shown
from engine.read_models.titles import organisation_title, pathway_title, profession_title, step_title
from engine.store import LoadedCase
from pathways.actor import Actor
from pathways.consultation import Consultation
from pathways.errors import UnknownThing
from pathways.time_words import Language


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """No name, birth date, code or contact details: age and language alone. `case_id` only for who sees the case."""

    consultation_id: str
    state: str
    question: str | None
    answer: str | None
    return_words: str | None
    urgency: str
    language: str
    asked_by: WorkerShown
    asker_unit: str
    asked_at: datetime
    profession: str
    profession_title: str
    organisation_title: str | None
    accepted_by: WorkerShown | None
    answered_by: WorkerShown | None
    answered_at: datetime | None
    cycle: int
    client_age: int | None
    client_language: str
    pathway_title: str
    step_title: str
    shares: tuple[str, ...]
    """What the definition lets the asked organisation see of the step."""
    promise: PromiseShown | None
    revision: int
    case_id: str | None
    case_number: str | None
    can: tuple[str, ...]


CONSULTATION = table_of(t.ConsultationRow)


def consultation_view(reading: Reading, consultation_id: str, language: Language) -> ConsultationView:
    """The question for who is asked, or who sees its case; for anybody else it doesn't exist."""
    loaded = load_any_case(reading, case_of_consultation(reading, consultation_id), everything=True)
    facts = facts_of(loaded.case, reading.today)
    asked = loaded.case.consultation(consultation_id)
    ground = _ground(reading.actor, facts, asked)
    if ground is None:
        raise UnknownThing("consultation", consultation_id)
    reading.note(_read(loaded, ground))
    return _shown(reading, loaded, facts, asked, language)


def case_of_consultation(reading: Reading, consultation_id: str) -> str:
    """The case a consultation belongs to. Says nothing about who may see it."""
    question = select(CONSULTATION.c.case_id).where(
        CONSULTATION.c.tenant_id == reading.actor.tenant_id, CONSULTATION.c.consultation_id == consultation_id
    )
    found = reading.connection.execute(question).scalar() if is_id(consultation_id) else None
    if found is None:
        raise UnknownThing("consultation", consultation_id)
    return str(found)


def _ground(actor: Actor, facts: CaseFacts, asked: Consultation) -> str | None:
    """Why the reader sees it: the asked one goes on seeing what they answered."""
    took_part = actor.worker_id in (asked.accepted_by, asked.answered_by)
    open_to_me = asked.is_open and is_asked(actor, question_of(asked), restricted=facts.restricted)
    if took_part or open_to_me:
        return "asked"
    return "unit" if may(actor, "see", facts) else None


def _read(loaded: LoadedCase, ground: str) -> Read:
    client = loaded.case.primary_client
    clients = (client,) if client else ()
    return Read("consultation", ground, case_id=loaded.case.case_id, client_ids=clients, unit_id=loaded.case.unit_id)


def _shown(
    reading: Reading, loaded: LoadedCase, facts: CaseFacts, asked: Consultation, language: Language
) -> ConsultationView:
    case, pathway = loaded.case, pathway_of(reading, loaded.case)
    client: Mapping[str, Any] = loaded.clients.get(case.primary_client or "", {})
    workers = workers_of(reading, (asked.asked_by, asked.accepted_by, asked.answered_by), language)
    texts = texts_shown(reading, (asked.question_text, asked.answer_text, asked.return_text))
    run = case.runs.get(asked.run_id or "")
    sees_case = may(reading.actor, "see", facts)
    return ConsultationView(
        consultation_id=asked.consultation_id,
        state=asked.state,
        question=texts.body(asked.question_text),
        answer=texts.body(asked.answer_text),
        return_words=texts.body(asked.return_text),
        urgency=asked.urgency,
        language=asked.language,
        asked_by=workers.named(asked.asked_by),
        asker_unit=unit_name(loaded.unit, language),
        asked_at=asked.asked_at,
        profession=asked.profession,
        profession_title=profession_title(pathway, asked.profession, language),
        organisation_title=organisation_title(pathway, asked.organisation, language),
        accepted_by=workers.maybe(asked.accepted_by),
        answered_by=workers.maybe(asked.answered_by),
        answered_at=asked.answered_at,
        cycle=asked.cycle,
        client_age=age_on(client.get("birth_date"), reading.today, client.get("died_on")),
        client_language=case.language,
        pathway_title=pathway_title(pathway, language),
        step_title=step_title(pathway, run.step, language) if run else "",
        shares=_shares(pathway, run.step if run else None, asked.organisation),
        promise=_clock(reading, loaded, pathway, asked, language),
        revision=case.revision,
        case_id=case.case_id if sees_case else None,
        case_number=case.number if sees_case else None,
        can=possible_verbs(reading.actor, facts, asked) if case.state == "open" else (),
    )


def _shares(pathway: CompiledPathway, step: str | None, organisation: str | None) -> tuple[str, ...]:
    if step is None or organisation is None:
        return ()
    return tuple(pathway.step(step).shares.get(organisation, ()))


def _clock(
    reading: Reading, loaded: LoadedCase, pathway: CompiledPathway, asked: Consultation, language: Language
) -> PromiseShown | None:
    about = [p for p in loaded.case.promises.values() if p.subject_id == asked.consultation_id]
    newest = max(about, key=lambda p: (p.is_live, p.started_at), default=None)
    around = Surroundings(reading, pathway, language, unit_name(loaded.unit, language))
    return promise_shown(newest, loaded.case.case_id, around) if newest else None
