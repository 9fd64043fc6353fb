"""What a page of a list shows of its cases, fetched in a fixed number of questions however long the page is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, RowMapping, Select, and_, any_, bindparam, select

from engine import tables as t
from engine.clients import CLIENT
from engine.handle import Reading
from engine.machine import CompiledPathway
from engine.people import WORKER
from engine.projection import CASE_TABLE, PARTS, table_of, value_of
from engine.read_models.people_shown import Workers, unit_names, workers_of
from engine.read_models.promise_shown import PromiseShown, Surroundings, promise_shown
from engine.read_models.timeline_sentences import SENTENCES
from engine.read_models.timeline_telling import Telling, payload_of
from pathways.service_promise import ServicePromise
from pathways.time_words import Language

CASE = CASE_TABLE
EVENT = table_of(t.CaseEventRow)
RUN = table_of(t.StepRunRow)
PROMISE = table_of(t.PromiseRow)
ASSIGNMENT = table_of(t.AssignmentRow)
CASE_CLIENT = table_of(t.CaseClientRow)
CONSULTATION = table_of(t.ConsultationRow)
PROMISE_PART = next(part for part in PARTS if part.name == "promises")
LATELY = 15
"""The last sentence of a case is looked for among so many of its newest events."""
TOLD = tuple(
    type_ for type_ in SENTENCES if type_ not in ("fact_noted", "member_joined", "promise_started", "tier_fired")
)

Row = Mapping[str, Any]
Rows = Mapping[str, Row]
LISTED_CASE = (
    *("case_id", "number", "pathway_id", "version", "state", "unit_id", "restricted", "urgency", "language"),
    *("opened_at", "closed_at", "sequence", "revision"),
)
LISTED_CLIENT = ("client_id", "name", "temporary_id", "birth_date", "died_on", "restricted")
LISTED_RUN = ("run_id", "case_id", "step", "state", "parent_run_id", "missing")
"""What rows of lists ask for: a case's documents are only in the way."""


@dataclass(frozen=True, slots=True)
class ListParts:
    """Everything the rows of one page ask for."""

    reading: Reading
    language: Language
    cases: Rows
    pathways: Mapping[tuple[str, int], CompiledPathway]
    clients: Rows
    runs: Rows
    answers: Rows
    promises: Rows
    consultations: Rows
    last_events: Mapping[str, tuple[datetime, str]]
    workers: Workers
    units: Mapping[str, str]
    values: dict[str, ServicePromise] = field(default_factory=dict)

    def case(self, case_id: str) -> Row:
        return self.cases[case_id]

    def pathway(self, case_id: str) -> CompiledPathway:
        case = self.cases[case_id]
        return self.pathways[case["pathway_id"], case["version"]]

    def client(self, case_id: str) -> Row | None:
        """The primary client."""
        return self.clients.get(case_id)

    def next_run(self, case_id: str) -> Row | None:
        """The step to do next: one that is begun before one that is open before one that waits for its day."""
        return self.runs.get(case_id)

    def answering(self, case_id: str) -> Row | None:
        """The responsible worker; None while a queue answers."""
        return self.answers.get(case_id)

    def consultation(self, consultation_id: str) -> Row:
        return self.consultations[consultation_id]

    def last_event(self, case_id: str) -> tuple[datetime | None, str]:
        return self.last_events.get(case_id, (None, ""))

    def promise(self, promise_id: str | None, can: Sequence[str] = ()) -> PromiseShown | None:
        row = self.promises.get(promise_id) if promise_id else None
        if row is None:
            return None
        around = Surroundings(
            self.reading, self.pathway(row["case_id"]), self.language, self.units.get(row["unit_id"], "")
        )
        return promise_shown(self.value(row["promise_id"]), row["case_id"], around, can)

    def value(self, promise_id: str) -> ServicePromise:
        """The promise itself, for questions about its state; no list asks for its rungs."""
        if promise_id not in self.values:
            self.values[promise_id] = value_of(PROMISE_PART, {**self.promises[promise_id], "tiers": ()})
        return self.values[promise_id]


def parts_of(
    reading: Reading,
    language: Language,
    *,
    case_ids: Sequence[str],
    promise_ids: Sequence[str] = (),
    consultation_ids: Sequence[str] = (),
    with_events: bool = True,
) -> ListParts:
    """Fetch what the rows of a page need."""
    cases = _by(reading, "case", set(case_ids))
    promises = _by(reading, "promise", set(promise_ids))
    consultations = _by(reading, "consultation", set(consultation_ids))
    pathways = _pathways(reading, cases)
    units = {row["unit_id"] for row in (*cases.values(), *promises.values())}
    named = {row[name] for row in consultations.values() for name in ("asked_by", "worker_id", "accepted_by")}
    return ListParts(
        reading=reading,
        language=language,
        cases=cases,
        pathways=pathways,
        clients={id_: _named(row, LISTED_CLIENT) for id_, row in cases.items() if row["client_id"]},
        runs=_runs(reading, set(case_ids)),
        answers={id_: _named(row, ("worker_id", "name"), "worker") for id_, row in cases.items() if row["worker_id"]},
        promises=promises,
        consultations=consultations,
        last_events=_last_events(reading, language, cases, pathways) if with_events else {},
        workers=workers_of(reading, named, language),
        units=unit_names(reading, units, language),
    )


def _among(column: Any, postgres: bool) -> Any:
    """The condition that a column is one of `ids`. One statement however many they are, where the database can."""
    if postgres:
        return column == any_(bindparam("ids", type_=ARRAY(column.type)))
    return column.in_(bindparam("ids", expanding=True))


@cache
def _question(of: str, postgres: bool) -> Select[Any]:
    """Asked with the tenant and the ids."""
    question, column = QUESTIONS[of]()
    return question.where(column.table.c.tenant_id == bindparam("tenant"), _among(column, postgres))


def _live_runs() -> Select[Any]:
    live = RUN.c.state.in_(("waiting", "open", "started"))
    return select(*(RUN.c[name] for name in LISTED_RUN)).where(live).order_by(RUN.c.entered_at, RUN.c.run_id)


def _with_client_and_answering() -> Select[Any]:
    """Cases with their primary client and who answers for them: each at most one."""
    same = and_(CASE_CLIENT.c.tenant_id == CASE.c.tenant_id, CASE_CLIENT.c.case_id == CASE.c.case_id)
    primary = and_(same, CASE_CLIENT.c.primary, CASE_CLIENT.c.until.is_(None))
    client = and_(CLIENT.c.tenant_id == CASE_CLIENT.c.tenant_id, CLIENT.c.client_id == CASE_CLIENT.c.client_id)
    same = and_(ASSIGNMENT.c.tenant_id == CASE.c.tenant_id, ASSIGNMENT.c.case_id == CASE.c.case_id)
    answers = and_(same, ASSIGNMENT.c.kind == "responsible", ASSIGNMENT.c.until.is_(None))
    worker = and_(WORKER.c.tenant_id == ASSIGNMENT.c.tenant_id, WORKER.c.worker_id == ASSIGNMENT.c.worker_id)
    return select(
        *(CASE.c[name] for name in LISTED_CASE),
        *(CLIENT.c[name].label(name if name == "client_id" else f"client_{name}") for name in LISTED_CLIENT),
        WORKER.c.worker_id,
        WORKER.c.name.label("worker_name"),
    ).select_from(
        CASE.outerjoin(CASE_CLIENT, primary)
        .outerjoin(CLIENT, client)
        .outerjoin(ASSIGNMENT, answers)
        .outerjoin(WORKER, worker)
    )


QUESTIONS: Mapping[str, Callable[[], tuple[Select[Any], Any]]] = {
    "case": lambda: (_with_client_and_answering(), CASE.c.case_id),
    "promise": lambda: (
        select(PROMISE.c.case_id, *(PROMISE.c[name] for name in PROMISE_PART.field_names if name != "tiers")),
        PROMISE.c.promise_id,
    ),
    "consultation": lambda: (select(CONSULTATION), CONSULTATION.c.consultation_id),
    "run": lambda: (select(RUN), RUN.c.run_id),
    "live run": lambda: (_live_runs(), RUN.c.case_id),
}


def _ask(reading: Reading, of: str, ids: Iterable[str]) -> Sequence[Any]:
    question = _question(of, reading.engine.database.is_postgres)
    asked = {"tenant": reading.actor.tenant_id, "ids": list(ids)}
    return reading.connection.execute(question, asked).mappings().all()


def _by(reading: Reading, of: str, ids: set[str]) -> dict[str, Row]:
    return {row[f"{of}_id"]: row for row in _ask(reading, of, ids)} if ids else {}


def _named(row: Row, names: Iterable[str], of: str = "client") -> Row:
    """The part of a case's row that is about somebody, under their own names."""
    return {name: row[name if name == f"{of}_id" else f"{of}_{name}"] for name in names}


def _pathways(reading: Reading, cases: Rows) -> dict[tuple[str, int], CompiledPathway]:
    wanted = {(row["pathway_id"], row["version"]) for row in cases.values()}
    published, tenant_id = reading.engine.published, reading.actor.tenant_id
    return {key: published.version(reading.connection, tenant_id, *key) for key in wanted}


def _runs(reading: Reading, case_ids: set[str]) -> dict[str, Row]:
    """Of each case's live runs the one to do next; a step with open branches gives way to them."""
    if not case_ids:
        return {}
    rows = _ask(reading, "live run", case_ids)
    parents = {row["parent_run_id"] for row in rows}
    order = ("started", "open", "waiting")
    best: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: (row["run_id"] in parents, order.index(row["state"]))):
        best.setdefault(row["case_id"], row)
    return best


def _last_events(
    reading: Reading, language: Language, cases: Rows, pathways: Mapping[tuple[str, int], CompiledPathway]
) -> dict[str, tuple[datetime, str]]:
    """The newest thing that happened on each case, as a sentence."""
    newest = _newest_events(reading, set(cases))
    payloads = {case_id: payload_of(row) for case_id, row in newest.items()}
    workers = workers_of(reading, {payload.get("worker_id") for payload in payloads.values()}, language)
    units = unit_names(reading, {p.get(n) for p in payloads.values() for n in ("unit_id", "to_unit")}, language)
    steps = _by(reading, "run", {p["run_id"] for p in payloads.values() if p.get("run_id")})
    promised = {p["promise_id"] for p in payloads.values() if p.get("promise_id")}
    promises = _by(reading, "promise", promised)
    said = {}
    for case_id, row in newest.items():
        case = cases[case_id]
        telling = Telling(
            pathway=pathways[case["pathway_id"], case["version"]],
            language=language,
            workers=workers,
            units=units,
            steps={id_: run["step"] for id_, run in steps.items()},
            promises={id_: promise["key"] for id_, promise in promises.items()},
            kinds={id_: promise["kind"] for id_, promise in promises.items()},
        )
        said[case_id] = (row["occurred_at"], telling.sentence(row["type"], payloads[case_id]))
    return said


def _newest_events(reading: Reading, case_ids: set[str]) -> dict[str, RowMapping]:
    if not case_ids:
        return {}
    joined = and_(EVENT.c.tenant_id == CASE.c.tenant_id, EVENT.c.case_id == CASE.c.case_id)
    question = (
        select(EVENT)
        .join(CASE, joined)
        .where(
            CASE.c.tenant_id == reading.actor.tenant_id,
            CASE.c.case_id.in_(case_ids),
            EVENT.c.sequence > CASE.c.sequence - LATELY,
            EVENT.c.type.in_(TOLD),
        )
        .order_by(EVENT.c.sequence)
    )
    return {row["case_id"]: row for row in reading.connection.execute(question).mappings()}
