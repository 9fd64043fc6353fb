"""Rows of lists: for a page of cases, their clients, next steps, clocks and last events, each in one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.client_identity import age_on
from engine.handle import Reading
from engine.read_models.list_parts import ListParts, parts_of
from engine.read_models.promise_shown import PromiseShown
from engine.read_models.titles import pathway_title, phase_of, phase_title, profession_title, step_title
from pathways.time_words import Language


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One case, or one consultation asked of me. What I may not see of the client is None."""

    case_id: str
    number: str
    client_name: str | None
    client_age: int | None
    birth_date: date | None
    restricted: bool
    urgency: str
    pathway_id: str
    pathway_title: str
    phase_title: str
    run_id: str | None
    step: str | None
    step_title: str
    step_state: str | None
    missing: int
    """How many facts the step still waits for."""
    responsible_name: str | None
    """None while a queue answers."""
    unit_id: str
    unit_name: str
    promise: PromiseShown | None
    """The worst live clock."""
    last_event_at: datetime | None
    last_event: str
    action: str
    """The primary verb for this row: take, start, outcome, answer, accept, remind, open …"""
    consultation_id: str | None
    consultation_state: str | None
    revision: int


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list found: a case, or a consultation of one, and the clock it is sorted by."""

    case_id: str
    consultation_id: str | None
    promise_id: str | None

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> "Listed":
        return cls(row["case_id"], row["consultation_id"], row["promise_id"])


def listed(reading: Reading, language: Language, entries: Sequence[Listed]) -> list[WorklistRow]:
    """The rows of a page, in the order they were found."""
    parts = parts_of(
        reading,
        language,
        case_ids=[entry.case_id for entry in entries],
        promise_ids=[entry.promise_id for entry in entries if entry.promise_id],
        consultation_ids=[entry.consultation_id for entry in entries if entry.consultation_id],
    )
    return [_asked_row(parts, entry) if entry.consultation_id else _case_row(parts, entry) for entry in entries]


def _case_row(parts: ListParts, entry: Listed) -> WorklistRow:
    case, pathway = parts.case(entry.case_id), parts.pathway(entry.case_id)
    client, run = parts.client(entry.case_id), parts.next_run(entry.case_id)
    step = str(run["step"]) if run else None
    last_event_at, last_event = parts.last_event(entry.case_id)
    answering = parts.answering(entry.case_id)
    return WorklistRow(
        case_id=entry.case_id,
        number=case["number"],
        client_name=client["name"] or client["temporary_id"] if client else None,
        client_age=_age(parts, client),
        birth_date=client["birth_date"] if client else None,
        restricted=bool(case["restricted"] or (client and client["restricted"])),
        urgency=case["urgency"],
        pathway_id=case["pathway_id"],
        pathway_title=pathway_title(pathway, parts.language),
        phase_title=phase_title(pathway, phase_of(pathway, step), parts.language) if step else "",
        run_id=run["run_id"] if run else None,
        step=step,
        step_title=step_title(pathway, step, parts.language) if step else "",
        step_state=run["state"] if run else None,
        missing=len(run["missing"]) if run else 0,
        responsible_name=answering["name"] if answering else None,
        unit_id=case["unit_id"],
        unit_name=parts.units.get(case["unit_id"], ""),
        promise=parts.promise(entry.promise_id),
        last_event_at=last_event_at,
        last_event=last_event,
        action=_action(answering, run),
        consultation_id=None,
        consultation_state=None,
        revision=case["revision"],
    )


def _action(answering: Mapping[Any, Any] | None, run: Mapping[Any, Any] | None) -> str:
    if answering is None:
        return "claim"
    if run is None or run["state"] == "waiting":
        return "open"
    return "start" if run["state"] == "open" else "outcome"


def _asked_row(parts: ListParts, entry: Listed) -> WorklistRow:
    """A question put to me: age and language of the client, no name, no case."""
    case, pathway = parts.case(entry.case_id), parts.pathway(entry.case_id)
    asked = parts.consultation(entry.consultation_id or "")
    client = parts.client(entry.case_id)
    return WorklistRow(
        case_id="",
        number="",
        client_name=None,
        client_age=_age(parts, client),
        birth_date=None,
        restricted=bool(case["restricted"]),
        urgency=asked["urgency"],
        pathway_id=case["pathway_id"],
        pathway_title=pathway_title(pathway, parts.language),
        phase_title="",
        run_id=None,
        step=None,
        step_title=profession_title(pathway, asked["profession"], parts.language),
        step_state=None,
        missing=0,
        responsible_name=parts.workers.named(asked["asked_by"]).name,
        unit_id=case["unit_id"],
        unit_name=parts.units.get(case["unit_id"], ""),
        promise=parts.promise(entry.promise_id),
        last_event_at=asked["asked_at"],
        last_event="",
        action="answer",
        consultation_id=entry.consultation_id,
        consultation_state=asked["state"],
        revision=case["revision"],
    )


def _age(parts: ListParts, client: Mapping[Any, Any] | None) -> int | None:
    return age_on(client["birth_date"], parts.reading.today, client["died_on"]) if client else None
