"""Candidates: clients whom the rules propose to their own unit. A person confirms or declines; nothing happens by itself."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import AfterValidator, Field, model_validator

from api.cases import Code
from api.deps import Me, Once, known_id, unit_named
from api.moments import In, Moment, Out
from api.promise_board import UnitName
from api.reports import From, To, unit_asked
from engine import candidate_decisions as decisions
from engine.external_counts import MOST, ToldCount, record_counts
from engine.read_models.candidate_figures import FigureRow, FiguresBy, candidate_figures
from engine.read_models.candidates import (
    CandidateExplained,
    CandidateShown,
    HitShown,
    State,
    candidate_explained,
    candidate_list,
)
from pathways.candidate import FoundBy, Mode, Recorded

router = APIRouter(prefix="/api/v1", tags=["candidates"])

CandidateId = Annotated[str, Path(), AfterValidator(known_id("candidate"))]
CaseIdIn = Annotated[str, AfterValidator(known_id("case"))]
ClientIdPath = Annotated[str, Path(), AfterValidator(known_id("client"))]


class CountOut(Out):
    title: str
    value: Any


class HitOut(Out):
    """One reason: to the worker in `words`, to the client in `client_words`."""

    rule: str
    title: str
    words: str
    client_words: str
    weight: int
    direct: bool
    version: int
    window_days: int
    cross_register: bool
    counts: list[CountOut]

    @classmethod
    def of(cls, hit: HitShown) -> "HitOut":
        same = {name: getattr(hit, name) for name in cls.model_fields if name != "counts"}
        return cls(**same, counts=[CountOut(title=title, value=value) for title, value in hit.counts])


class CandidateCaseOut(Out):
    case_id: str
    number: str
    title: str
    is_joint: bool


class CandidateOut(Out):
    """A proposal. `unknown` names what nobody has told, so that nobody takes it for none."""

    candidate_id: str
    client_id: str
    client_name: str | None
    client_age: int | None
    unit_id: str
    unit_name: str
    state: State
    found_at: Moment
    due_at: Moment
    due_on: date
    is_late: bool
    found_by: FoundBy
    points: int
    limit: int
    direct: bool
    hits: list[HitOut]
    unknown: list[str]
    cases: list[CandidateCaseOut]
    decided_at: Moment | None
    reason: str | None
    case_id: str | None

    @classmethod
    def of(cls, one: CandidateShown) -> "CandidateOut":
        made = ("hits", "cases", "unknown")
        same = {name: getattr(one, name) for name in cls.model_fields if name not in made}
        cases = [CandidateCaseOut(**{name: getattr(case, name) for name in CASE_FIELDS}) for case in one.cases]
        return cls(**same, hits=[HitOut.of(hit) for hit in one.hits], cases=cases, unknown=list(one.unknown))


CASE_FIELDS = tuple(CandidateCaseOut.model_fields)


class ExcludedOut(Out):
    """A contact of a planned series, not counted; `counted_because` once somebody has said it counts after all."""

    thing_id: str
    at: Moment
    series: str
    number: int
    counted_because: str | None


class ChoiceOut(Out):
    code: str
    title: str


class ExplainedOut(Out):
    """A candidate opened, with what was left out and what may be answered."""

    candidate: CandidateOut
    excluded: list[ExcludedOut]
    purpose: str
    decline_reasons: list[ChoiceOut]
    count_reasons: list[ChoiceOut]

    @classmethod
    def of(cls, one: CandidateExplained) -> "ExplainedOut":
        excluded = [
            ExcludedOut(**{name: getattr(each, name) for name in ExcludedOut.model_fields}) for each in one.excluded
        ]
        return cls(
            candidate=CandidateOut.of(one.candidate),
            excluded=excluded,
            purpose=one.purpose,
            decline_reasons=[ChoiceOut(code=code, title=title) for code, title in one.decline_reasons],
            count_reasons=[ChoiceOut(code=code, title=title) for code, title in one.count_reasons],
        )


@router.get("/candidates", summary="Candidates of my units, the one that has waited longest first")
def candidates(
    me: Me, state: Annotated[State, Query()] = "open", unit: Annotated[str | None, Query()] = None
) -> list[CandidateOut]:
    with me.reading() as reading:
        shown = candidate_list(reading, me.language, state=state, unit=unit_named(reading, unit))
    return [CandidateOut.of(one) for one in shown]


@router.get("/candidates/{candidate_id}", summary="Why somebody is a candidate, and what wasn't counted")
def candidate(candidate_id: CandidateId, me: Me) -> ExplainedOut:
    with me.reading() as reading:
        return ExplainedOut.of(candidate_explained(reading, candidate_id, me.language))


class ProposeIn(In):
    """A professional's concern (0–3), or what the client said or asked: exactly one of them."""

    case_id: CaseIdIn
    concern: Annotated[int | None, Field(ge=0, le=3)] = None
    client_says: Literal["unclear_who_answers", "tells_again", "asks_coordination"] | None = None

    @model_validator(mode="after")
    def one_reason(self) -> "ProposeIn":  # noqa: N804 - an "after" validator is handed the model
        if (self.concern is None) == (self.client_says is None):
            raise ValueError("say either concern or client_says")
        return self


class ProposedOut(Out):
    """The candidate it came to; None where it isn't enough alone."""

    candidate_id: str | None


@router.post("/candidates", status_code=201, summary="Note a concern or the client's wish on a case of any pathway")
def propose(body: ProposeIn, me: Me, once: Once) -> ProposedOut:
    said = body.case_id, body.concern, body.client_says
    made = decisions.propose(me.engine, me.actor, *said, once, me.now)
    return ProposedOut(candidate_id=made["candidate_id"])


class ConfirmIn(In):
    """`case_id` links an open joint case; without it one is opened, or the open one goes on."""

    case_id: CaseIdIn | None = None


class ConfirmedOut(Out):
    candidate_id: str
    case_id: str
    opened: bool


@router.post("/candidates/{candidate_id}/confirm", summary="Begin joint work, or link the case where it goes on")
def confirm(candidate_id: CandidateId, me: Me, once: Once, body: ConfirmIn | None = None) -> ConfirmedOut:
    case_id = body.case_id if body else None
    return ConfirmedOut(**decisions.confirm(me.engine, me.actor, candidate_id, case_id, once, me.now))


class DeclineIn(In):
    reason: Code


class DeclinedOut(Out):
    """Which rules are silent about this client in this unit, and until when."""

    candidate_id: str
    muted: list[str]
    until: Moment


@router.post("/candidates/{candidate_id}/decline", summary="Say no, with a reason; the rules that held fall silent")
def decline(candidate_id: CandidateId, body: DeclineIn, me: Me, once: Once) -> DeclinedOut:
    return DeclinedOut(**decisions.decline(me.engine, me.actor, candidate_id, body.reason, once, me.now))


class CountInIn(In):
    thing_id: Annotated[str, Field(min_length=1, max_length=80)]
    reason: Code


@router.post("/candidates/{candidate_id}/counted", summary="Count a contact of a planned series after all")
def count_after_all(candidate_id: CandidateId, body: CountInIn, me: Me, once: Once) -> ExplainedOut:
    said = candidate_id, body.thing_id, body.reason
    decisions.count_after_all(me.engine, me.actor, *said, once, me.now)
    with me.reading() as reading:
        return ExplainedOut.of(candidate_explained(reading, candidate_id, me.language))


class ToldIn(In):
    """So many of a kind on a day; 0 says that the source looked and found none."""

    kind: Recorded
    day: date
    number: Annotated[int, Field(ge=0, le=1000)] = 1
    source: Code
    reference: Annotated[str, Field(min_length=1, max_length=80, description="The source's own id of it.")]
    register_kind: Annotated[Literal["sosiaali", "terveys"], Field(alias="register")]
    profession: Code | None = None
    mode: Mode | None = None
    series: Code | None = None
    planned: bool = False


class CountsIn(In):
    unit: Annotated[str, Field(min_length=1, max_length=80, description="The unit that handles the client: id or key.")]
    counts: Annotated[list[ToldIn], Field(min_length=1, max_length=MOST)]


class RecordedOut(Out):
    recorded: int


@router.post("/clients/{client_id}/counts", status_code=201, summary="Tell what another system has counted")
def counts(client_id: ClientIdPath, body: CountsIn, me: Me, once: Once) -> RecordedOut:
    with me.reading() as reading:
        unit_id = known_id("unit")(unit_named(reading, body.unit) or "")
    told = [ToldCount(happened_on=one.day, **one.model_dump(exclude={"day"})) for one in body.counts]
    return RecordedOut(**record_counts(me.engine, me.actor, client_id, unit_id, told, once, me.now))


class FigureOut(Out):
    """A group of proposals; `confirmed_share` is of those somebody has decided about."""

    key: str
    candidates: int
    confirmed: int
    declined: int
    open: int
    lapsed: int
    in_time: int
    confirmed_share: float | None
    hidden: bool


class FiguresOut(Out):
    from_on: date
    to_on: date
    by: FiguresBy
    rows: list[FigureOut]
    total: FigureOut


@router.get("/reports/candidates", summary="How many proposals are confirmed, and who noticed them")
def figures(me: Me, from_on: From, to_on: To, by: FiguresBy = "found_by", unit: UnitName = None) -> FiguresOut:
    with me.reading() as reading:
        unit_id = unit_asked(reading, unit)
        shown = candidate_figures(reading, me.language, from_on=from_on, to_on=to_on, by=by, unit=unit_id)

    def out(row: FigureRow) -> FigureOut:
        return FigureOut(**{name: getattr(row, name) for name in FigureOut.model_fields})

    rows = [out(row) for row in shown.rows]
    return FiguresOut(from_on=shown.from_on, to_on=shown.to_on, by=shown.by, rows=rows, total=out(shown.total))
