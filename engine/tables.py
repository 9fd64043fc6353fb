"""Tables, no behaviour. A projection's columns carry the names of the value they hold in `pathways/`.

`tenant_id` (the county) leads every key. Times are UTC (`Utc`); ids are UUIDv7 kept as text in Python. Personal
text and identity live in `text`, `client` and `contact` alone, so that erasing them leaves journal and seals whole.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class Utc(TypeDecorator[datetime]):
    """An aware UTC moment, also on SQLite, which forgets zones. A naive time is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without an offset can't be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")
Id = Uuid(as_uuid=False)
LIVE_RUN_SQL = "state IN ('waiting', 'open', 'started')"
LIVE_PROMISE_SQL = "state IN ('running', 'paused')"
CLOSED_PROMISE_SQL = "state IN ('kept', 'late')"
OWED_REASON_SQL = (
    "breached_at IS NOT NULL AND breach_voided_at IS NULL AND reason_code IS NULL AND kind IN ('promise', 'statutory')"
)
QUEUED_SQL = "until IS NULL AND kind = 'responsible' AND worker_id IS NULL"
UNANSWERED_SQL = "state IN ('requested', 'accepted')"
WORST_FIRST = ("tenant_id", "unit_id", "kind", "due_at", "promise_id", "case_id")
"""A team's promises in the order of its board (each kind by itself): what a page shows is read, and no more."""


def _id(**kw: Any) -> Any:
    return Field(sa_type=Id, **kw)


def _key(**kw: Any) -> Any:
    return Field(sa_type=Id, primary_key=True, **kw)


def _at(**kw: Any) -> Any:
    return Field(sa_type=Utc, **kw)


def _json(**kw: Any) -> Any:
    return Field(sa_type=Json, **kw)


def _text(**kw: Any) -> Any:
    return Field(sa_type=Text, **kw)


def _count() -> Any:
    return Field(default=0, sa_type=BigInteger)


def _name(length: int = 80, **kw: Any) -> Any:
    return Field(sa_type=String(length), **kw)


def _partial(name: str, *columns: str, where: str) -> Index:
    """An index of the rows of which `where` holds."""
    return Index(name, *columns, postgresql_where=text(where), sqlite_where=text(where))


def _case_key() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant_id", "case_id"], ["client_case.tenant_id", "client_case.case_id"])


# --- organisation and people ------------------------------------------------------------------------------------


class Tenant(SQLModel, table=True):
    __tablename__ = "tenant"
    tenant_id: str = _key()
    name: str = _name(200)
    demo: bool = False
    county: str = _name(default="esimerkki")  # which file of definitions/county/ holds its settings


class Unit(SQLModel, table=True):
    __tablename__ = "unit"
    tenant_id: str = _key()
    unit_id: str = _key()
    key: str = _name()
    name_fi: str = _name(200)
    name_sv: str = _name(200)
    kind: str = _name(default="yksikko")
    organisation: str = _name(default="")
    parent_id: str | None = _id(default=None)
    calendar: str = _name(default="palveluaika")
    promises_on: bool = False
    training: bool = False  # harjoittelu: unapproved pathways may run here, with a banner
    round_the_clock: bool = False
    language_status: str = _name(default="fi")
    pathways: list[str] = _json(default=[])
    swedish_queue_id: str | None = _id(default=None)
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)


class Worker(SQLModel, table=True):
    __tablename__ = "worker"
    tenant_id: str = _key()
    worker_id: str = _key()
    name: str = _name(200)
    title: str = _name(120, default="")
    professions: list[str] = _json(default=[])
    skills: list[str] = _json(default=[])
    languages: list[str] = _json(default=["fi"])
    organisation: str = _name(default="")
    phone: str = _name(40, default="")
    email: str = _name(200, default="")
    load_limit: int = 40
    hours: str = Field(default="", sa_type=String(80), sa_column_kwargs={"server_default": ""})
    active: bool = True


class UnitMember(SQLModel, table=True):
    """A worker's place in a unit. `roles` are case_worker, consultant, team_lead, service_designer, admin."""

    __tablename__ = "unit_member"
    tenant_id: str = _key()
    unit_id: str = _key()
    worker_id: str = _key()
    roles: list[str] = _json(default=[])
    head: bool = False
    __table_args__ = (Index("unit_member_worker", "tenant_id", "worker_id"),)


class Absence(SQLModel, table=True):
    __tablename__ = "absence"
    tenant_id: str = _key()
    absence_id: str = _key()
    worker_id: str = _id()
    from_on: date = Field(sa_type=Date)
    to_on: date = Field(sa_type=Date)
    substitute_id: str | None = _id(default=None)
    reason: str = _name(default="poissa")
    covered_at: datetime | None = _at(default=None)
    ended_at: datetime | None = _at(default=None)
    __table_args__ = (Index("absence_worker", "tenant_id", "worker_id", "from_on"),)


class Account(SQLModel, table=True):
    __tablename__ = "account"
    tenant_id: str = _key()
    worker_id: str = _key()
    username: str = _name(200)
    password_hash: str = _name(300, default="")
    created_at: datetime = _at()
    disabled: bool = False
    language: str = _name(2, default="fi")
    __table_args__ = (UniqueConstraint("username"),)


class SignInSession(SQLModel, table=True):
    __tablename__ = "sign_in_session"
    token_digest: str = Field(sa_type=String(64), primary_key=True)
    tenant_id: str = _id()
    worker_id: str = _id()
    csrf: str = _name(64)
    created_at: datetime = _at()
    seen_at: datetime = _at()
    expires_at: datetime = _at()


class AccessToken(SQLModel, table=True):
    __tablename__ = "access_token"
    token_digest: str = Field(sa_type=String(64), primary_key=True)
    tenant_id: str = _id()
    worker_id: str = _id()
    created_at: datetime = _at()
    expires_at: datetime | None = _at(default=None)
    revoked_at: datetime | None = _at(default=None)


class DemoLink(SQLModel, table=True):
    """A one-click sign-in of an invented persona. Only a demo database holds any."""

    __tablename__ = "demo_link"
    token_digest: str = Field(sa_type=String(64), primary_key=True)
    tenant_id: str = _id()
    worker_id: str = _id()


class SignInFailure(SQLModel, table=True):
    __tablename__ = "sign_in_failure"
    failure_id: str = _key()
    subject_digest: str = _name(64)
    failed_at: datetime = _at()
    __table_args__ = (Index("sign_in_failure_subject", "subject_digest", "failed_at"),)


# --- clients and their words ------------------------------------------------------------------------------------


class Client(SQLModel, table=True):
    """Identity: encrypted where it can be, found by keyed digest. `birth_date` is kept for age and duplicates."""

    __tablename__ = "client"
    tenant_id: str = _key()
    client_id: str = _key()
    temporary_id: str | None = _name(40, default=None)
    name: str | None = _name(200, default=None)
    name_folded: str | None = _name(200, default=None)
    birth_date: date | None = Field(default=None, sa_type=Date)
    identity_cipher: bytes | None = Field(default=None, sa_type=LargeBinary)
    identity_digest: str | None = _name(64, default=None)
    language: str = _name(8, default="fi")
    municipality: str | None = _name(80, default=None)
    phone: str | None = _name(40, default=None)
    safe_contact: str | None = _name(400, default=None)
    special_support: bool = False
    guardian_may_know: bool = False
    restricted: bool = False
    merged_into: str | None = _id(default=None)
    created_at: datetime = _at()
    died_on: date | None = Field(default=None, sa_type=Date)
    __table_args__ = (
        Index("client_identity", "tenant_id", "identity_digest", unique=True),
        Index("client_temporary", "tenant_id", "temporary_id", unique=True),
        Index("client_birth", "tenant_id", "birth_date", "name_folded"),
    )


class CaseTextRow(SQLModel, table=True):
    """Free text with its salt; the journal holds only the digest. Erasing deletes body and salt."""

    __tablename__ = "case_text"
    tenant_id: str = _key()
    text_id: str = _key()
    case_id: str | None = _id(default=None)
    kind: str = _name(40)
    body: str | None = _text(default=None)
    salt: str | None = _name(64, default=None)
    digest: str = _name(64)
    written_at: datetime = _at()
    written_by: str = _name(36)
    erased_at: datetime | None = _at(default=None)
    __table_args__ = (Index("case_text_case", "tenant_id", "case_id", "kind"),)


# --- the case: projections of the journal -------------------------------------------------------------------------


class ClientCase(SQLModel, table=True):
    __tablename__ = "client_case"
    tenant_id: str = _key()
    case_id: str = _key()
    number: str = _name(20)
    pathway_id: str = _name()
    version: int
    state: str = _name(12)
    end: str | None = _name(default=None)
    unit_id: str = _id()
    register_kind: str = _name(12)
    language: str = _name(8)
    channel: str = _name(40)
    urgency: str = _name(12)
    municipality: str | None = _name(default=None)
    restricted: bool = False
    episode: int = 1
    opened_at: datetime = _at()
    closed_at: datetime | None = _at(default=None)
    stay_open_until: datetime | None = _at(default=None)
    origin_case_id: str | None = _id(default=None)
    last_contact_at: datetime | None = _at(default=None)
    last_effective_at: datetime | None = _at(default=None)
    last_act_at: datetime | None = _at(default=None)
    revision: int = 0
    sequence: int = 0
    recorded_at: datetime = _at()
    visits: dict[str, int] = _json(default={})
    breaches: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    cycles: dict[str, int] = _json(default={})
    started_in: dict[str, int] = _json(default={})
    happened: dict[str, int] = _json(default={})
    noted: dict[str, Any] = _json(default={})
    attempts: list[Any] = _json(default=[])
    approvals: list[Any] = _json(default=[])
    set_aside_at: datetime | None = _at(default=None)  # a broken case: timers retry it later (rule 26)
    set_aside_until: datetime | None = _at(default=None)
    set_aside_tries: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    set_aside_error: str | None = _name(400, default=None)
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        Index("client_case_unit", "tenant_id", "unit_id", "state", "case_id"),
        _partial("client_case_restricted", "tenant_id", "case_id", where="restricted"),
        Index(  # few at any time, and asked for at every look at the metrics
            "client_case_aside",
            "set_aside_until",
            postgresql_where=text("set_aside_at IS NOT NULL"),
            sqlite_where=text("set_aside_at IS NOT NULL"),
        ),
    )


class CaseClientRow(SQLModel, table=True):
    __tablename__ = "case_client"
    tenant_id: str = _key()
    case_id: str = _key()
    client_id: str = _key()
    relation: str = _name()
    primary: bool
    since: datetime = _at()
    until: datetime | None = _at(default=None)
    __table_args__ = (
        _case_key(),
        Index("case_client_client", "tenant_id", "client_id"),
        Index(
            "case_client_primary",
            "tenant_id",
            "case_id",
            unique=True,
            postgresql_where=text('"primary" AND until IS NULL'),
            sqlite_where=text('"primary" AND until IS NULL'),
        ),
    )


class Contact(SQLModel, table=True):
    """One contact as it came: channel, urgency, call-back. Its words are in `case_text`."""

    __tablename__ = "contact"
    tenant_id: str = _key()
    contact_id: str = _key()
    case_id: str = _id()
    channel: str = _name(40)
    received_at: datetime = _at()  # as it was recorded: this never changes
    effective_at: datetime = _at()
    recorded_at: datetime = _at()
    corrected_received_at: datetime | None = _at(default=None)  # what somebody has corrected it to since
    matter_text: str = _id()
    urgency: str | None = _name(12, default=None)
    language: str = _name(8)
    callback: str | None = _name(40, default=None)
    callback_safe: bool | None = None
    taken_by: str = _name(36)
    __table_args__ = (_case_key(), Index("contact_case", "tenant_id", "case_id", "received_at"))


class CaseEventRow(SQLModel, table=True):
    """The journal. (case, sequence) is unique: of two writers, one is told to look again."""

    __tablename__ = "case_event"
    tenant_id: str = _key()
    case_id: str = _key()
    sequence: int = Field(primary_key=True)
    type: str = _name(40)
    v: int
    occurred_at: datetime = _at()
    recorded_at: datetime = _at()
    actor: str = _name(36)
    revision: int
    payload: dict[str, Any] = _json()


class SealRow(SQLModel, table=True):
    """The keyed hash chain over a case's journal, extended some seconds after the events themselves."""

    __tablename__ = "case_seal"
    tenant_id: str = _key()
    case_id: str = _key()
    sequence: int = Field(primary_key=True)
    seal: str = _name(64)
    key_id: str = _name(16)
    sealed_at: datetime = _at()


class SealProgressRow(SQLModel, table=True):
    """How far the sealer has followed the changes. Whoever holds this row's lock seals; the others come back later."""

    __tablename__ = "seal_progress"
    tenant_id: str = _key()
    change_id: int = 0
    looked_through_at: datetime | None = _at(default=None)


class AnchorRow(SQLModel, table=True):
    """One number a day over all seals, to be kept where this database's keeper can't reach."""

    __tablename__ = "seal_anchor"
    tenant_id: str = _key()
    day: date = Field(sa_type=Date, primary_key=True)
    anchor: str = _name(64)
    cases: int
    events: int
    made_at: datetime = _at()


class StepRunRow(SQLModel, table=True):
    __tablename__ = "step_run"
    tenant_id: str = _key()
    run_id: str = _key()
    case_id: str = _id()
    step: str = _name()
    visit: int
    state: str = _name(12)
    entered_at: datetime = _at()
    role: str | None = _name(default=None)
    parent_run_id: str | None = _id(default=None)
    branch: str | None = _name(default=None)
    opens_at: datetime | None = _at(default=None)
    missing: list[str] = _json(default=[])
    assignee: str | None = _id(default=None)
    started_at: datetime | None = _at(default=None)
    ended_at: datetime | None = _at(default=None)
    outcome: str | None = _name(default=None)
    by_outcome: str | None = _name(default=None)
    from_step: str | None = _name(default=None)
    __table_args__ = (
        _case_key(),
        Index("step_run_case", "tenant_id", "case_id", "entered_at"),
        Index(
            "step_run_live",
            "tenant_id",
            "case_id",
            postgresql_where=text(LIVE_RUN_SQL),
            sqlite_where=text(LIVE_RUN_SQL),
        ),
        _partial("step_run_branches", "tenant_id", "parent_run_id", where="parent_run_id IS NOT NULL"),
        Index("step_run_assignee", "tenant_id", "assignee", postgresql_where=text(LIVE_RUN_SQL)),
    )


class AssignmentRow(SQLModel, table=True):
    __tablename__ = "assignment"
    tenant_id: str = _key()
    assignment_id: str = _key()
    case_id: str = _id()
    kind: str = _name(12)
    role: str = _name()
    unit_id: str = _id()
    worker_id: str | None = _id(default=None)
    since: datetime = _at()
    ground: str = _name()
    explanation: list[str] = _json(default=[])
    acknowledged_at: datetime | None = _at(default=None)
    substitute_id: str | None = _id(default=None)
    substitute_until: date | None = Field(default=None, sa_type=Date)
    until: datetime | None = _at(default=None)
    __table_args__ = (
        _case_key(),
        Index(  # exactly one responsible party at every moment (architecture 15)
            "assignment_one_open",
            "tenant_id",
            "case_id",
            "kind",
            unique=True,
            postgresql_where=text("until IS NULL"),
            sqlite_where=text("until IS NULL"),
        ),
        _partial("assignment_worker", "tenant_id", "worker_id", where="until IS NULL AND worker_id IS NOT NULL"),
        _partial(
            "assignment_substitute", "tenant_id", "substitute_id", where="until IS NULL AND substitute_id IS NOT NULL"
        ),
        _partial("assignment_queue", "tenant_id", "unit_id", "since", "case_id", where=QUEUED_SQL),
    )


class MemberRow(SQLModel, table=True):
    __tablename__ = "case_member"
    tenant_id: str = _key()
    case_id: str = _key()
    worker_id: str = _key()
    ground: str = Field(sa_type=String(40), primary_key=True)
    since: datetime = _at()
    until: date | None = Field(default=None, sa_type=Date)
    left_at: datetime | None = _at(default=None)
    __table_args__ = (_case_key(), Index("case_member_worker", "tenant_id", "worker_id"))


class ConsultationRow(SQLModel, table=True):
    __tablename__ = "consultation"
    tenant_id: str = _key()
    consultation_id: str = _key()
    case_id: str = _id()
    state: str = _name(12)
    asked_by: str = _name(36)
    asked_at: datetime = _at()
    profession: str = _name()
    urgency: str = _name(12)
    language: str = _name(8)
    question_text: str = _id()
    organisation: str | None = _name(default=None)
    worker_id: str | None = _id(default=None)
    run_id: str | None = _id(default=None)
    accepted_by: str | None = _name(36, default=None)
    answered_by: str | None = _name(36, default=None)
    answered_at: datetime | None = _at(default=None)
    answer_text: str | None = _id(default=None)
    return_text: str | None = _id(default=None)
    ended_at: datetime | None = _at(default=None)
    cycle: int = 1
    __table_args__ = (
        _case_key(),
        Index("consultation_case", "tenant_id", "case_id"),
        Index("consultation_asked", "tenant_id", "state", "profession"),
        _partial("consultation_unanswered", "tenant_id", "case_id", where=UNANSWERED_SQL),
    )


class PlanRow(SQLModel, table=True):
    __tablename__ = "client_plan"
    tenant_id: str = _key()
    case_id: str = _key()
    version: int = Field(primary_key=True)
    state: str = _name(12)
    text_id: str = _id()
    goals: int
    updated_at: datetime = _at()
    updated_by: str = _name(36)
    next_review: date | None = Field(default=None, sa_type=Date)
    agreement: str | None = _name(16, default=None)
    agreed_at: datetime | None = _at(default=None)
    client_view_text: str | None = _id(default=None)
    __table_args__ = (_case_key(),)


class HandoverRow(SQLModel, table=True):
    __tablename__ = "handover"
    tenant_id: str = _key()
    handover_id: str = _key()
    case_id: str = _id()
    state: str = _name(12)
    proposed_at: datetime = _at()
    proposed_by: str = _name(36)
    to_unit: str | None = _id(default=None)
    to_organisation: str | None = _name(default=None)
    run_id: str | None = _id(default=None)
    decided_at: datetime | None = _at(default=None)
    __table_args__ = (_case_key(), Index("handover_case", "tenant_id", "case_id"))


class PromiseRow(SQLModel, table=True):
    """One row per (case, key, cycle). `next_fire_at` is what the sweep asks for; nothing else holds a due instant."""

    __tablename__ = "service_promise"
    tenant_id: str = _key()
    promise_id: str = _key()
    case_id: str = _id()
    key: str = _name()
    cycle: int
    kind: str = _name(12)
    state: str = _name(12)
    started_at: datetime = _at()
    effective_at: datetime = _at()
    due_at: datetime | None = _at(default=None)
    due_on: date | None = Field(default=None, sa_type=Date)
    working_due_at: datetime | None = _at(default=None)
    goal: str = _name(40)
    calendar: str = _name()
    unit_id: str = _id()
    role: str = _name()
    subject_id: str | None = _id(default=None)
    law: str | None = _name(40, default=None)
    roll: str = _name(12, default="none")
    counted_from: str = _name(12, default="received")
    client_age_months: int | None = None
    pauses: list[Any] = _json(default=[])
    tiers: list[Any] = _json(default=[])
    next_tier: int | None = None
    next_fire_at: datetime | None = _at(default=None)
    breached_at: datetime | None = _at(default=None)
    breach_detected_at: datetime | None = _at(default=None)
    breach_voided_at: datetime | None = _at(default=None)
    ended_at: datetime | None = _at(default=None)
    end_reason: str | None = _name(default=None)
    reason_code: str | None = _name(default=None)
    reason_plan: str | None = _id(default=None)
    origin_promise_id: str | None = _id(default=None)
    arming: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    breaches: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    on_list: str | None = _name(16, default=None)
    told_late_at: datetime | None = _at(default=None)  # when its end was recorded, where that was late (rule 2)
    late_reason: str | None = _name(default=None)
    corrected_state: str | None = _name(12, default=None)
    __table_args__ = (
        _case_key(),
        UniqueConstraint("tenant_id", "case_id", "key", "cycle"),
        CheckConstraint("state IN ('running','paused','kept','late','cancelled','travelled')"),
        Index(
            "service_promise_next",
            "next_fire_at",
            postgresql_where=text("next_fire_at IS NOT NULL"),
            sqlite_where=text("next_fire_at IS NOT NULL"),
        ),
        _partial("service_promise_live", "tenant_id", "case_id", where=LIVE_PROMISE_SQL),  # a case loads these alone
        _partial("service_promise_unit_due", *WORST_FIRST, where=LIVE_PROMISE_SQL),
        _partial("service_promise_owed", *WORST_FIRST, where=OWED_REASON_SQL),
        _partial("service_promise_closed", "tenant_id", "unit_id", "ended_at", "state", where=CLOSED_PROMISE_SQL),
        Index("service_promise_ended", "tenant_id", "unit_id", "started_at"),
        _partial(
            "service_promise_on_list",
            *("tenant_id", "unit_id", "kind", "due_at", "promise_id"),
            where="on_list IS NOT NULL",
        ),
        Index(
            "service_promise_told_late",
            "tenant_id",
            "unit_id",
            "told_late_at",
            postgresql_where=text("told_late_at IS NOT NULL"),
            sqlite_where=text("told_late_at IS NOT NULL"),
        ),
    )


class BreachRow(SQLModel, table=True):
    """A breach is a fact: written at most once by its key, never deleted; a voided one says who and why.

    `number` counts the breaches of one promise: one that was voided because its due instant moved may breach again.
    """

    __tablename__ = "promise_breach"
    tenant_id: str = _key()
    promise_id: str = _key()
    number: int = Field(default=1, primary_key=True, sa_column_kwargs={"server_default": "1"})
    case_id: str = _id()
    breached_at: datetime = _at()
    detected_at: datetime = _at()
    unit_id: str = _id()
    role: str = _name()
    voided_at: datetime | None = _at(default=None)
    voided_by: str | None = _name(36, default=None)
    void_why: str | None = _name(400, default=None)
    __table_args__ = (_case_key(), Index("promise_breach_case", "tenant_id", "case_id"))


class TierRow(SQLModel, table=True):
    """A rung that fired, once, or was skipped because the promise ended or its breach was voided first (rule 15)."""

    __tablename__ = "promise_tier"
    tenant_id: str = _key()
    promise_id: str = _key()
    tier: str = Field(sa_type=String(80), primary_key=True)
    arming: int = Field(primary_key=True)
    case_id: str = _id()
    state: str = _name(8)
    fire_at: datetime = _at()
    noted_at: datetime = _at()


class TimerRow(SQLModel, table=True):
    __tablename__ = "timer"
    tenant_id: str = _key()
    timer_id: str = _key()
    case_id: str = _id()
    subject: str = _name(120)
    cycle: int
    set_at: datetime = _at()
    fire_at: datetime = _at()
    fired_at: datetime | None = _at(default=None)
    __table_args__ = (
        _case_key(),
        Index(
            "timer_next",
            "fire_at",
            postgresql_where=text("fired_at IS NULL"),
            sqlite_where=text("fired_at IS NULL"),
        ),
        Index("timer_case", "tenant_id", "case_id", "fire_at"),
    )


# --- what leaves, what is remembered ------------------------------------------------------------------------------


class OutboxRow(SQLModel, table=True):
    """A message stored beside the change that caused it. Ids only; at-least-once by `message_id`."""

    __tablename__ = "outbox"
    tenant_id: str = _key()
    message_id: str = _key()
    case_id: str | None = _id(default=None)
    kind: str = _name()
    payload: dict[str, Any] = _json()
    made_at: datetime = _at()
    relayed_at: datetime | None = _at(default=None)
    cancelled_at: datetime | None = _at(default=None)
    tries: int = 0
    next_try_at: datetime | None = _at(default=None)
    error: str | None = _name(200, default=None)
    __table_args__ = (
        Index(
            "outbox_waiting",
            "made_at",
            postgresql_where=text("relayed_at IS NULL AND cancelled_at IS NULL"),
            sqlite_where=text("relayed_at IS NULL AND cancelled_at IS NULL"),
        ),
        Index(  # a night's messages wait for the opening: whoever looks for what can be told now passes them over
            "outbox_ready",
            "next_try_at",
            postgresql_where=text("relayed_at IS NULL AND cancelled_at IS NULL"),
            sqlite_where=text("relayed_at IS NULL AND cancelled_at IS NULL"),
        ),
        Index("outbox_case", "tenant_id", "case_id"),
    )


class NotificationRow(SQLModel, table=True):
    """What a worker finds in the application: a kind and a case, never content."""

    __tablename__ = "notification"
    tenant_id: str = _key()
    notification_id: str = _key()
    worker_id: str = _id()
    case_id: str | None = _id(default=None)
    kind: str = _name()
    payload: dict[str, Any] = _json(default={})
    made_at: datetime = _at()
    seen_at: datetime | None = _at(default=None)
    mailed_at: datetime | None = _at(default=None)
    __table_args__ = (Index("notification_worker", "tenant_id", "worker_id", "made_at"),)


class IdempotencyRow(SQLModel, table=True):
    """The answer already given to (actor, key): ids and revision, no personal data. Kept seven days."""

    __tablename__ = "idempotency"
    tenant_id: str = _key()
    actor: str = Field(sa_type=String(36), primary_key=True)
    key: str = Field(sa_type=String(120), primary_key=True)
    digest: str = _name(64)
    answer: dict[str, Any] = _json()
    made_at: datetime = _at()
    __table_args__ = (Index("idempotency_made", "made_at"),)


class AccessLogRow(SQLModel, table=True):
    """Every read of client data: one row per actor, case and view in ten minutes, one per list with its case ids."""

    __tablename__ = "access_log"
    tenant_id: str = _key()
    access_id: str = _key()
    actor: str = _name(36)
    role: str = _name(40)
    unit_id: str | None = _id(default=None)
    ground: str = _name()
    view: str = _name()
    case_id: str | None = _id(default=None)
    case_ids: list[str] = _json(default=[])
    client_ids: list[str] = _json(default=[])
    read_at: datetime = _at()
    window: str = _name(40)
    __table_args__ = (
        UniqueConstraint("tenant_id", "actor", "view", "window"),
        Index("access_log_case", "tenant_id", "case_id"),
    )


class ChangeRow(SQLModel, table=True):
    """What changed, for the pages that are open: a topic and an id, nothing else."""

    __tablename__ = "change"
    change_id: int | None = Field(default=None, primary_key=True)
    tenant_id: str = _id()
    topic: str = _name(120)
    subject_id: str = _name(36)
    at: datetime = _at()


class PublishedPathway(SQLModel, table=True):
    """An expanded definition as cases run it. Immutable: the same version with another hash is refused.

    No case begins on one that is retired; one that is withdrawn must not be used at all, so its cases need migrating.
    """

    __tablename__ = "published_pathway"
    tenant_id: str = _key()
    pathway_id: str = Field(sa_type=String(80), primary_key=True)
    version: int = Field(primary_key=True)
    hash: str = _name(64)
    approved: bool
    expanded: str = _text()  # canonical text: its hash must stay what it was
    published_at: datetime = _at()
    published_by: str = _name(36)
    retired_at: datetime | None = _at(default=None)
    retired_by: str | None = Field(default=None, sa_type=String(36))
    retired_why: str | None = Field(default=None, sa_type=String(400))
    withdrawn_at: datetime | None = _at(default=None)
    withdrawn_by: str | None = Field(default=None, sa_type=String(36))
    withdrawn_why: str | None = Field(default=None, sa_type=String(400))


class MigrationRow(SQLModel, table=True):
    """One migration of running cases to another version: who, when, by which plan. An unfinished one goes on."""

    __tablename__ = "migration"
    tenant_id: str = _key()
    migration_id: str = _key()
    pathway_id: str = _name()
    from_version: int
    to_version: int
    plan: dict[str, Any] = _json(default={})
    state: str = _name(12)  # running, done, stopped, reversing, reversed
    waiting: int  # cases when it began
    started_at: datetime = _at()
    started_by: str = _name(36)
    finished_at: datetime | None = _at(default=None)
    reversed_at: datetime | None = _at(default=None)
    reversed_by: str | None = Field(default=None, sa_type=String(36))
    __table_args__ = (Index("migration_started", "tenant_id", "started_at"),)


class MigrationCaseRow(SQLModel, table=True):
    """What a migration did with one case: it moved, stayed, was moved back, or changed since and could not be."""

    __tablename__ = "migration_case"
    tenant_id: str = _key()
    migration_id: str = _key()
    case_id: str = _key()
    state: str = _name(12)  # moved, stayed, reversed, changed
    why: str = _name(400, default="")
    sequence: int = 0  # of the journal after it moved
    was: dict[str, Any] = _json(default={})  # what the case returns to
    moves: list[Any] = _json(default=[])  # promises whose due instant moved
    noted_at: datetime = _at()
    __table_args__ = (Index("migration_case_state", "tenant_id", "migration_id", "state", "case_id"),)


class CalendarVersionRow(SQLModel, table=True):
    """A calendar as the county has published it since: an edit is a new version. Immutable, like a pathway's."""

    __tablename__ = "calendar_version"
    tenant_id: str = _key()
    key: str = Field(sa_type=String(80), primary_key=True)
    version: int = Field(primary_key=True)
    valid_from: date = Field(sa_type=Date)
    body: str = _text()  # canonical text: its hash must stay what it was
    hash: str = _name(64)
    why: str = _name(400)
    published_at: datetime = _at()
    published_by: str = _name(36)


class RecalculationRow(SQLModel, table=True):
    """One recalculation of running promises, how far it has come, and what it did. An unfinished one goes on."""

    __tablename__ = "recalculation"
    tenant_id: str = _key()
    recalculation_id: str = _key()
    cause: str = _name(200)
    started_at: datetime = _at()
    started_by: str = _name(36)
    waiting: int  # promises when it began
    done: int = 0
    later: int = 0
    earlier: int = 0
    same: int = 0
    stayed: int = 0
    breaches_voided: int = 0
    breaches_appeared: int = 0
    finished_at: datetime | None = _at(default=None)
    __table_args__ = (Index("recalculation_started", "tenant_id", "started_at"),)


class Incident(SQLModel, table=True):
    """An operations incident: an empty rung, a clock that drifts, a case set aside. No personal data."""

    __tablename__ = "incident"
    tenant_id: str = _key()
    incident_id: str = _key()
    kind: str = _name()
    case_id: str | None = _id(default=None)
    detail: dict[str, Any] = _json(default={})
    at: datetime = _at()
    closed_at: datetime | None = _at(default=None)


class SweepLagRow(SQLModel, table=True):
    """How late sweeps noticed what was due, counted by one sweeper. Each writes its own row, so nobody waits for another."""

    __tablename__ = "sweep_lag"
    sweeper: str = Field(sa_type=String(36), primary_key=True)
    sweeps: int = _count()
    lag_seconds: float = Field(default=0.0, sa_type=Float)
    upto_10ms: int = _count()
    upto_50ms: int = _count()
    upto_100ms: int = _count()
    upto_500ms: int = _count()
    upto_1s: int = _count()
    upto_5s: int = _count()
    upto_30s: int = _count()
    upto_2min: int = _count()
    upto_10min: int = _count()
    upto_1h: int = _count()
    upto_1d: int = _count()
    upto_3d: int = _count()
    longer: int = _count()
    last_at: datetime = _at()
    found_at: datetime | None = _at(default=None)  # its latest sweep that found something, and the longest lag of it
    found_lag: float = Field(default=0.0, sa_type=Float)


class FrozenMonthRow(SQLModel, table=True):
    """A month's attainment as it was known when the month was frozen. Written once; nothing changes it."""

    __tablename__ = "frozen_month"
    tenant_id: str = _key()
    month: date = Field(sa_type=Date, primary_key=True)  # its first day
    frozen_at: datetime = _at()
    promises: int
    seal: str = _name(64)  # a keyed hash over its groups: whoever changes one can't make it fit
    key_id: str = _name(16)


class FrozenGroupRow(SQLModel, table=True):
    """The smallest group of a frozen month, from which every grouping is added up. Shown only added up."""

    __tablename__ = "frozen_month_group"
    tenant_id: str = _key()
    month: date = Field(sa_type=Date, primary_key=True)
    number: int = Field(primary_key=True)
    unit_id: str = _id()
    role: str = _name()
    promise: str = _name()
    kind: str = _name(12)
    pathway: str = _name()
    language: str = _name(8)
    channel: str = _name(40)
    municipality: str = _name()
    week: str = _name(8)
    counts: dict[str, int] = _json()
    waits: dict[str, Any] = _json()  # of each kind of wait: minutes → how many
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "month"], ["frozen_month.tenant_id", "frozen_month.month"]),
        Index("frozen_month_group_unit", "tenant_id", "month", "unit_id"),
    )


# --- candidates: clients who may need many services -----------------------------------------------------------------


class ExternalCountRow(SQLModel, table=True):
    """What another system tells of a client, day by day: visits, stays, tasks, missed times. 0 says: looked, none.

    It is counted among the cases of the unit that it was told to. `reference` is the source's own id of it.
    """

    __tablename__ = "external_count"
    tenant_id: str = _key()
    count_id: str = _key()
    client_id: str = _id()
    unit_id: str = _id()
    register_kind: str = _name(12)
    kind: str = _name(20)
    happened_on: date = Field(sa_type=Date)
    happened_at: datetime = _at()  # the end of that local day, or when it was told
    number: int
    source: str = _name()
    reference: str = _name()
    profession: str | None = _name(default=None)
    mode: str | None = _name(20, default=None)
    series: str | None = _name(default=None)
    planned: bool = False
    recorded_at: datetime = _at()
    recorded_by: str = _name(36)
    __table_args__ = (
        UniqueConstraint("tenant_id", "source", "reference"),
        Index("external_count_client", "tenant_id", "client_id", "happened_at"),
    )


class CountedAfterAllRow(SQLModel, table=True):
    """A contact of a planned series that somebody has found to count after all, and why."""

    __tablename__ = "counted_after_all"
    tenant_id: str = _key()
    thing_id: str = Field(sa_type=String(80), primary_key=True)
    client_id: str = _id()
    unit_id: str = _id()
    reason: str = _name()
    decided_at: datetime = _at()
    decided_by: str = _name(36)
    __table_args__ = (Index("counted_after_all_client", "tenant_id", "client_id"),)


class CandidateBookRow(SQLModel, table=True):
    """The rules and thresholds of a run, whole: a hit is explained in the words that made it, however they change."""

    __tablename__ = "candidate_book"
    tenant_id: str = _key()
    hash: str = Field(sa_type=String(64), primary_key=True)
    body: dict[str, Any] = _json()
    first_used_at: datetime = _at()


class CandidateRunRow(SQLModel, table=True):
    """One night's counting and what it came to. No personal data."""

    __tablename__ = "candidate_run"
    tenant_id: str = _key()
    run_id: str = _key()
    hash: str = _name(64)
    started_at: datetime = _at()
    finished_at: datetime | None = _at(default=None)
    looked_at: int = 0  # clients, once for each unit that handles them
    found: int = 0
    renewed: int = 0
    lapsed: int = 0
    __table_args__ = (Index("candidate_run_started", "tenant_id", "started_at"),)


class CandidateRow(SQLModel, table=True):
    """A client whom the rules propose to a unit that already handles them. People confirm or decline; time does neither."""

    __tablename__ = "candidate"
    tenant_id: str = _key()
    candidate_id: str = _key()
    client_id: str = _id()
    unit_id: str = _id()
    state: str = _name(12)
    found_at: datetime = _at()
    due_at: datetime = _at()
    due_on: date = Field(sa_type=Date)
    found_by: str = _name(12)
    points: int
    point_limit: int
    direct: bool = False
    hash: str = _name(64)
    unknown: list[str] = _json(default=[])  # rules of which nothing is known
    decided_at: datetime | None = _at(default=None)
    decided_by: str | None = _name(36, default=None)
    reason: str | None = _name(default=None)
    case_id: str | None = _id(default=None)  # the case it led to
    late_told_at: datetime | None = _at(default=None)  # when leads heard that nobody has decided in time
    __table_args__ = (
        CheckConstraint("state IN ('open', 'confirmed', 'declined', 'lapsed')"),
        Index(
            "candidate_one_open",
            "tenant_id",
            "unit_id",
            "client_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
            sqlite_where=text("state = 'open'"),
        ),
        Index("candidate_found", "tenant_id", "unit_id", "found_at"),
        Index("candidate_client", "tenant_id", "client_id"),
    )


class CandidateHitRow(SQLModel, table=True):
    """Why: the rule with its version, what was counted, against what, over how many days."""

    __tablename__ = "candidate_hit"
    tenant_id: str = _key()
    candidate_id: str = _key()
    rule: str = Field(sa_type=String(8), primary_key=True)
    version: int
    weight: int
    direct: bool = False
    counts: dict[str, Any] = _json(default={})
    thresholds: dict[str, Any] = _json(default={})
    window_days: int = 0
    cross_register: bool = False


class CandidateMuteRow(SQLModel, table=True):
    """A rule that is silent about a client in a unit since somebody declined: until then, and no other rule."""

    __tablename__ = "candidate_mute"
    tenant_id: str = _key()
    unit_id: str = _key()
    client_id: str = _key()
    rule: str = Field(sa_type=String(8), primary_key=True)
    until: datetime = _at()
    candidate_id: str = _id()
