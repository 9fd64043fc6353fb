"""What stands around a case's page, fetched once: people, units, absences, contacts, words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, select

from engine import tables as t
from engine.access import verbs
from engine.handle import Reading
from engine.projection import CASE_TABLE, table_of
from engine.read_models.case_access import SeenCase
from engine.read_models.people_shown import Workers, away_until, unit_names, workers_of
from engine.read_models.promise_shown import PromiseShown, Surroundings, promise_shown, verbs_of
from engine.read_models.texts_shown import TextsShown, texts_shown
from engine.rules.circumstances import Circumstances, facts_of
from pathways.case import Case
from pathways.service_promise import ServicePromise
from pathways.time_words import Language

CONTACT = table_of(t.Contact)
PROMISE_VERBS = ("pause", "resume", "reason", "void-breach")


@dataclass(frozen=True, slots=True)
class Around:
    """A case being shown: everything its parts ask for is here, so that none of them asks the database."""

    reading: Reading
    seen: SeenCase
    language: Language
    workers: Workers
    units: Mapping[str, str]
    away: Mapping[str, date]
    contacts: Sequence[RowMapping]
    texts: TextsShown
    known: Mapping[str, Any]
    """What conditions may ask, as known now."""
    may: tuple[str, ...]
    set_aside: bool

    @property
    def case(self) -> Case:
        return self.seen.case

    def promise(self, promise: ServicePromise) -> PromiseShown:
        around = Surroundings(
            reading=self.reading,
            pathway=self.seen.pathway,
            language=self.language,
            unit_name=self.units.get(promise.unit_id, ""),
            reason_plan=self.texts.body(promise.reason_plan),
        )
        return promise_shown(promise, self.case.case_id, around, verbs_of(promise, self.may))

    def promise_about(self, subject_id: str) -> PromiseShown | None:
        """The live clock of a step run, consultation or hand-over; else the newest ended one."""
        about = [p for p in self.case.promises.values() if p.subject_id == subject_id]
        about.sort(key=lambda p: (p.is_live, p.started_at))
        return self.promise(about[-1]) if about else None


def around_of(reading: Reading, seen: SeenCase, language: Language) -> Around:
    """Fetch everything at once: a fixed number of questions, however much the case holds."""
    case = seen.case
    contacts = _contacts(reading, case.case_id)
    return Around(
        reading=reading,
        seen=seen,
        language=language,
        workers=workers_of(reading, _named_workers(case, contacts), language),
        units=unit_names(reading, _named_units(case), language),
        away=away_until(reading, {a.worker_id for a in case.assignments.values() if a.worker_id and not a.until}),
        contacts=contacts,
        texts=texts_shown(reading, _named_texts(case, contacts)),
        known=facts_of(case, _circumstances(reading, seen), reading.now),
        may=verbs(reading.actor, seen.facts, PROMISE_VERBS),
        set_aside=_set_aside(reading, case.case_id),
    )


def _contacts(reading: Reading, case_id: str) -> Sequence[RowMapping]:
    question = select(CONTACT).where(CONTACT.c.tenant_id == reading.actor.tenant_id, CONTACT.c.case_id == case_id)
    return reading.connection.execute(question.order_by(CONTACT.c.received_at.desc())).mappings().all()


def _set_aside(reading: Reading, case_id: str) -> bool:
    """A broken case, whose timers operations look after (rule 26)."""
    question = select(CASE_TABLE.c.set_aside_at).where(
        CASE_TABLE.c.tenant_id == reading.actor.tenant_id, CASE_TABLE.c.case_id == case_id
    )
    return reading.connection.execute(question).scalar() is not None


def _named_workers(case: Case, contacts: Sequence[RowMapping]) -> set[str | None]:
    named: set[str | None] = {contact["taken_by"] for contact in contacts}
    for assignment in case.assignments.values():
        named |= {assignment.worker_id, assignment.substitute_id}
    for consultation in case.consultations.values():
        named |= {consultation.asked_by, consultation.worker_id, consultation.accepted_by, consultation.answered_by}
    named |= {run.assignee for run in case.runs.values()}
    named |= {member.worker_id for member in case.members.values()}
    named |= {handover.proposed_by for handover in case.handovers.values()}
    return named | {plan.updated_by for plan in case.plans.values()}


def _named_units(case: Case) -> set[str | None]:
    units: set[str | None] = {case.unit_id}
    units |= {assignment.unit_id for assignment in case.assignments.values()}
    units |= {promise.unit_id for promise in case.promises.values()}
    return units | {handover.to_unit for handover in case.handovers.values()}


def _named_texts(case: Case, contacts: Sequence[RowMapping]) -> set[str | None]:
    texts: set[str | None] = {contact["matter_text"] for contact in contacts}
    for asked in case.consultations.values():
        texts |= {asked.question_text, asked.answer_text, asked.return_text}
    if case.plan:
        texts |= {case.plan.text_id, case.plan.client_view_text}
    return texts | {promise.reason_plan for promise in case.promises.values()}


def _circumstances(reading: Reading, seen: SeenCase) -> Circumstances:
    return Circumstances(
        actor=reading.actor,
        now=reading.now,
        pathway=seen.pathway,
        calendars=reading.engine.calendars,
        unit=seen.loaded.unit,
        clients=seen.loaded.clients,
        seed="",
    )
