"""The four timestamps of each episode of a case: contact, assessed, first service, resolved; every wait follows from them.

They are read from the journal, so that they can't differ from what happened; a corrected time counts as corrected.
What a step's end means is what its own pathway version says. Nothing automatic is a timestamp: a receipt or a booked
time is none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, or_, select

from engine.handle import Reading
from engine.machine import CompiledPathway
from engine.projection import CASE_TABLE as CASE
from engine.store import EVENT_TABLE as EVENT
from pathways import events as e
from pathways.phrases import Form, Phrase
from pathways.step import StepKind

Milestone = Literal["assessed", "served", "decided", "resolved_at_contact"]
MARKS: Mapping[Milestone, frozenset[Phrase]] = {
    "assessed": frozenset(
        form.of() for form in (Form.URGENCY_ASSESSED, Form.ASSESSMENT_RECORDED, Form.RESOLVED_AT_CONTACT)
    ),
    "served": frozenset({Form.FIRST_SERVICE_EVENT_HELD.of()}),
    "decided": frozenset({Form.DECISION_MADE.of()}),
    "resolved_at_contact": frozenset({Form.RESOLVED_AT_CONTACT.of()}),
}
RESOLUTIONS: Mapping[Phrase, str] = {
    Form.RESOLVED_AT_CONTACT.of(): "resolved_at_contact",
    Form.GUIDED_ELSEWHERE.of(): "guided_elsewhere",
    Form.NEED_NOT_FOUND.of(): "need_not_found",
    Form.CLIENT_DECLINED.of(): "declined",
    Form.CLOSED_NOT_REACHED.of(): "not_reached",
    Form.JOINED_OTHER_CASE.of(): "joined_other_case",
    Form.RECEIVED_BY_SPECIALISED_CARE.of(): "specialised_care",
    Form.MOVED.of(): "moved",
    Form.DIED.of(): "died",
}
"""What an end says of how a matter was resolved; else it was after a service, or otherwise (M133)."""
AFTER_SERVICE, OTHERWISE, OPEN = "after_service", "otherwise", "open"
READ = tuple(
    event.type
    for event in (
        e.CaseOpened,
        e.CaseReopened,
        e.CaseClosed,
        e.ContactReceived,
        e.ActRecorded,
        e.StepEnded,
        e.UrgencySet,
        e.TimeCorrected,
    )
)
AT_A_TIME = 2000


@dataclass(slots=True)
class Episode:
    """One episode of a case. Times are UTC; None: not yet, or never."""

    case_id: str
    number: str
    episode: int
    unit: str
    pathway: str
    language: str
    municipality: str
    contact_at: datetime
    """When it became pending: the contact as it came."""
    channel: str = ""
    urgent: bool = False
    assessed_at: datetime | None = None
    first_service_at: datetime | None = None
    decided_at: datetime | None = None
    resolved_at: datetime | None = None
    resolution: str = OPEN
    end: str = ""

    @property
    def left_queue_at(self) -> datetime | None:
        """When the client stopped waiting: served, or the matter resolved without."""
        return min((at for at in (self.first_service_at, self.resolved_at) if at), default=None)


def episodes(
    reading: Reading, which: ColumnElement[bool], begins: datetime, ends: datetime, pathway: str | None = None
) -> Iterator[Episode]:
    """Every episode of the cases that were open some time in the period; earlier ones of the same cases too."""
    meanings: dict[tuple[str, int], Meaning] = {}
    rows = reading.connection.execute(
        _question(reading, which, begins, ends, pathway), execution_options={"yield_per": AT_A_TIME}
    )
    for _, of_case in groupby(rows, key=lambda row: row.case_id):
        told = list(of_case)
        version = (told[0].pathway_id, told[0].version)
        if version not in meanings:
            compiled = reading.engine.published.version(reading.connection, reading.actor.tenant_id, *version)
            meanings[version] = Meaning(compiled)
        yield from _Fold(meanings[version]).over(told)


def _question(
    reading: Reading, which: ColumnElement[bool], begins: datetime, ends: datetime, pathway: str | None
) -> Select[Any]:
    same = (EVENT.c.tenant_id == CASE.c.tenant_id) & (EVENT.c.case_id == CASE.c.case_id)
    there = and_(CASE.c.opened_at <= ends, or_(CASE.c.closed_at.is_(None), CASE.c.closed_at >= begins))
    named = [CASE.c.pathway_id == pathway] if pathway is not None else []
    return (
        select(
            *(CASE.c[name] for name in ("case_id", "number", "unit_id", "pathway_id", "version", "language")),
            CASE.c.municipality,
            EVENT.c.sequence,
            EVENT.c.type,
            EVENT.c.occurred_at,
            EVENT.c.payload,
        )
        .join_from(CASE, EVENT, same)
        .where(CASE.c.tenant_id == reading.actor.tenant_id, which, there, EVENT.c.type.in_(READ), *named)
        .order_by(EVENT.c.case_id, EVENT.c.sequence)
    )


class Meaning:
    """Which milestones the ends of steps and cases are on one pathway version."""

    def __init__(self, pathway: CompiledPathway) -> None:
        self._pathway = pathway
        self._marks: dict[tuple[str, str], frozenset[Milestone]] = {}

    def of_step(self, step: str, outcome: str) -> frozenset[Milestone]:
        if (step, outcome) not in self._marks:
            known = self._pathway.steps.get(step)  # a version the case came from may have had others
            raised = set(self._pathway.signals.of_ending(step, known, outcome)) if known else set()
            self._marks[step, outcome] = frozenset(mark for mark, phrases in MARKS.items() if phrases & raised)
        return self._marks[step, outcome]

    def serves(self, step: str | None) -> bool:
        known = self._pathway.steps.get(step or "")
        return known is not None and known.kind is StepKind.SERVICE

    def of_end(self, end: str) -> str | None:
        raised = self._pathway.signals.of_closing(end)
        return next((RESOLUTIONS[phrase] for phrase in raised if phrase in RESOLUTIONS), None)


@dataclass(slots=True)
class _Fold:
    """Goes through one case's journal and lets go of each episode as the next begins."""

    meaning: Meaning
    at_contact: bool = False
    corrected: dict[int, Mapping[str, Any]] = field(default_factory=dict)

    def over(self, rows: list[Any]) -> Iterator[Episode]:
        self.corrected = {row.payload["corrects"]: row.payload for row in rows if row.type == e.TimeCorrected.type}
        current: Episode | None = None
        for row in rows:
            if row.type in (e.CaseOpened.type, e.CaseReopened.type):
                if current:
                    yield current
                current, self.at_contact = self._begun(row, current), False
            elif current:
                self._add(current, row)
        if current:
            yield current

    def _begun(self, row: Any, before: Episode | None) -> Episode:
        return Episode(
            case_id=row.case_id,
            number=row.number,
            episode=before.episode + 1 if before else 1,
            unit=row.unit_id,
            pathway=row.pathway_id,
            language=row.language,
            municipality=row.municipality or "",
            contact_at=row.occurred_at,
            channel=row.payload.get("channel", ""),
        )

    def _add(self, current: Episode, row: Any) -> None:
        match row.type:
            case e.ContactReceived.type if row.payload.get("opens", True):
                current.contact_at = self._when(row, datetime.fromisoformat(row.payload["received_at"]))
                current.channel = row.payload["channel"]
            case e.UrgencySet.type:
                current.urgent = current.urgent or row.payload["urgency"] == "urgent"
            case e.ActRecorded.type:
                self._acted(current, row)
            case e.StepEnded.type:
                for mark in self.meaning.of_step(row.payload["step"], row.payload["outcome"]):
                    self._mark(current, mark, self._when(row, row.occurred_at))
            case e.CaseClosed.type:
                self._closed(current, row)

    def _acted(self, current: Episode, row: Any) -> None:
        if row.payload["kind"] == "assessment":
            self._mark(current, "assessed", self._when(row, row.occurred_at))
        if row.payload["kind"] == "meeting" and self.meaning.serves(row.payload.get("step")):
            self._mark(current, "served", self._when(row, row.occurred_at))

    def _mark(self, current: Episode, mark: Milestone, at: datetime) -> None:
        """The first of its kind counts, whenever it was told."""
        if mark == "resolved_at_contact":
            self.at_contact, current.resolution = True, mark
        name = MARKED[mark]
        before = getattr(current, name)
        setattr(current, name, min(before, at) if before else at)

    def _closed(self, current: Episode, row: Any) -> None:
        current.end = row.payload["end"]
        at = row.occurred_at
        current.resolved_at = min(current.resolved_at, at) if current.resolved_at else at
        said = "resolved_at_contact" if self.at_contact else self.meaning.of_end(current.end)
        current.resolution = said or (AFTER_SERVICE if current.first_service_at else OTHERWISE)

    def _when(self, row: Any, said: datetime) -> datetime:
        correction = self.corrected.get(row.sequence)
        return datetime.fromisoformat(correction["corrected_to"]) if correction else said


MARKED: Mapping[Milestone, str] = {
    "assessed": "assessed_at",
    "served": "first_service_at",
    "decided": "decided_at",
    "resolved_at_contact": "resolved_at",
}
