"""Candidates of my units: why, since when, by when somebody decides, and what was left out. Seen by who sees the case.

A unit sees a client it already handles, and whoever may not see that client's case there doesn't see the candidate.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, RowMapping, false, select, union_all

from engine.access import works_with_clients
from engine.access_log import Read
from engine.candidate_counts import AFTER_ALL, Wanted, contact_rows, external_rows, handled_cases
from engine.candidate_rules import RuleBook
from engine.candidate_words import hit_in_words, unknown_in_words
from engine.candidates import CANDIDATE, CASE_CLIENT, HIT, book_by_hash
from engine.client_identity import age_on
from engine.clients import CLIENT
from engine.handle import Reading
from engine.ids import is_id
from engine.people import UNIT
from engine.projection import CASE_TABLE as CASE
from engine.read_models.titles import pathway_title
from engine.read_models.visible_cases import is_visible, led_units
from pathways.actor import Actor
from pathways.candidate import FoundBy
from pathways.errors import UnknownThing
from pathways.time_words import Language

State = Literal["open", "confirmed", "declined", "lapsed"]
MOST = 200


@dataclass(frozen=True, slots=True)
class HitShown:
    """One reason, to the worker and to the client. `counts` are titles with numbers; None is not known."""

    rule: str
    title: str
    words: str
    client_words: str
    weight: int
    direct: bool
    version: int
    window_days: int
    cross_register: bool
    counts: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class CaseOfCandidate:
    """An open case of the client that the reader may see. `is_joint`: one to which the candidate may be linked."""

    case_id: str
    number: str
    title: str
    is_joint: bool


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """A proposal, nothing more. `is_late`: nobody has decided within the time the county has set."""

    candidate_id: str
    client_id: str
    client_name: str | None
    client_age: int | None
    unit_id: str
    unit_name: str
    state: State
    found_at: datetime
    due_at: datetime
    due_on: date
    is_late: bool
    found_by: FoundBy
    points: int
    limit: int
    direct: bool
    hits: tuple[HitShown, ...]
    unknown: tuple[str, ...]
    """What nobody has told, in words."""
    cases: tuple[CaseOfCandidate, ...]
    decided_at: datetime | None
    reason: str | None
    """Why it was declined, as a title."""
    case_id: str | None


@dataclass(frozen=True, slots=True)
class ExcludedContact:
    """A contact of a planned series; `counted_because` once somebody has found it to count after all."""

    thing_id: str
    at: datetime
    series: str
    number: int
    counted_because: str | None


@dataclass(frozen=True, slots=True)
class CandidateExplained:
    """One candidate with everything that made it, and the choices of who decides."""

    candidate: CandidateShown
    excluded: tuple[ExcludedContact, ...]
    purpose: str
    decline_reasons: tuple[tuple[str, str], ...]
    count_reasons: tuple[tuple[str, str], ...]


def seen_by(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `candidate` rows: of my units, and of a client whose open case there I may see."""
    units = sorted(actor.units | led_units(actor))
    if not units or not works_with_clients(actor):
        return false()
    same = (CASE_CLIENT.c.tenant_id == CASE.c.tenant_id) & (CASE_CLIENT.c.case_id == CASE.c.case_id)
    case = (
        select(CASE.c.case_id)
        .select_from(CASE.join(CASE_CLIENT, same))
        .where(
            CASE.c.unit_id == CANDIDATE.c.unit_id,
            CASE_CLIENT.c.client_id == CANDIDATE.c.client_id,
            CASE_CLIENT.c.primary,
            CASE_CLIENT.c.until.is_(None),
            CASE.c.state == "open",
            is_visible(actor, today),
        )
        .correlate(CANDIDATE)
        .exists()
    )
    return (CANDIDATE.c.tenant_id == actor.tenant_id) & CANDIDATE.c.unit_id.in_(units) & case


def candidate_list(
    reading: Reading, language: Language, *, state: State = "open", unit: str | None = None
) -> tuple[CandidateShown, ...]:
    """My units' candidates, the one that has waited longest first; at most 200."""
    where = [seen_by(reading.actor, reading.today), CANDIDATE.c.state == state]
    where += [CANDIDATE.c.unit_id == unit] if unit else []
    order = (CANDIDATE.c.due_at, CANDIDATE.c.candidate_id)
    rows = reading.connection.execute(select(CANDIDATE).where(*where).order_by(*order).limit(MOST)).mappings().all()
    shown = _shown(reading, rows, language)
    cases = tuple(sorted({case.case_id for one in shown for case in one.cases}))
    clients = tuple(sorted({one.client_id for one in shown}))
    reading.note(Read("candidates", "unit", case_ids=cases, client_ids=clients))
    return shown


def candidate_row(reading: Reading, candidate_id: str) -> RowMapping:
    """A candidate I may see; else it is unknown."""
    where = (CANDIDATE.c.candidate_id == candidate_id) & seen_by(reading.actor, reading.today)
    row = reading.connection.execute(select(CANDIDATE).where(where)).mappings().first() if is_id(candidate_id) else None
    if row is None:
        raise UnknownThing("candidate", candidate_id)
    return row


def candidate_explained(reading: Reading, candidate_id: str, language: Language) -> CandidateExplained:
    """One candidate, opened: every reason in words, and the contacts that were left out."""
    row = candidate_row(reading, candidate_id)
    (shown,) = _shown(reading, [row], language)
    book = book_by_hash(reading.connection, reading.actor.tenant_id, row["hash"])
    cases = tuple(case.case_id for case in shown.cases)
    reading.note(Read("candidate", "unit", case_ids=cases, client_ids=(shown.client_id,), unit_id=shown.unit_id))
    return CandidateExplained(
        candidate=shown,
        excluded=_excluded(reading, row, book, language),
        purpose=book.said.purpose.in_language(language),
        decline_reasons=_titles(book.said.decline_reasons, language),
        count_reasons=_titles(book.said.count_reasons, language),
    )


def _titles(reasons: Mapping[str, Any], language: Language) -> tuple[tuple[str, str], ...]:
    return tuple((key, reason.in_language(language)) for key, reason in reasons.items())


def excluded_contacts(reading: Reading, row: Mapping[Any, Any], book: RuleBook) -> Iterable[RowMapping]:
    """The client's contacts that a planned series keeps out, of this unit, over the longest window."""
    tenant_id, since = reading.actor.tenant_id, reading.now - timedelta(days=3 * 365)
    handled = handled_cases(Wanted(tenant_id, row["client_id"]))
    postgres = reading.engine.database.is_postgres
    own = contact_rows(handled, book, tenant_id, since, postgres=postgres)
    things = union_all(own, external_rows(handled, book, tenant_id, since)).subquery("things")
    where = (things.c.unit_id == row["unit_id"]) & things.c.excluded_by.is_not(None)
    return reading.connection.execute(select(things).where(where).order_by(things.c.at.desc())).mappings()


def _excluded(reading: Reading, row: RowMapping, book: RuleBook, language: Language) -> tuple[ExcludedContact, ...]:
    series = {key: one.title.in_language(language) for key, one in book.said.exclusions.items()}
    left_out = [
        ExcludedContact(each["thing_id"], each["at"], series.get(each["excluded_by"], ""), each["number"] or 1, None)
        for each in excluded_contacts(reading, row, book)
    ]
    mine = (AFTER_ALL.c.tenant_id == reading.actor.tenant_id) & (AFTER_ALL.c.client_id == row["client_id"])
    overridden = select(AFTER_ALL).where(mine, AFTER_ALL.c.unit_id == row["unit_id"])
    counted = [
        ExcludedContact(each["thing_id"], each["decided_at"], "", 1, _title(book.said.count_reasons, each, language))
        for each in reading.connection.execute(overridden).mappings()
    ]
    return (*left_out, *counted)


def _title(reasons: Mapping[str, Any], row: RowMapping, language: Language) -> str:
    reason = reasons.get(row["reason"] or "")
    return reason.in_language(language) if reason else row["reason"] or ""


def _shown(reading: Reading, rows: Sequence[RowMapping], language: Language) -> tuple[CandidateShown, ...]:
    """Everything of these candidates, in one question for each kind of thing."""
    hits, clients, cases = _hits(reading, rows), _clients(reading, rows), _cases(reading, rows, language)
    books = {row["hash"]: book_by_hash(reading.connection, reading.actor.tenant_id, row["hash"]) for row in rows}
    units = {unit["unit_id"]: unit for unit in _units(reading, rows)}
    return tuple(
        CandidateShown(
            candidate_id=row["candidate_id"],
            client_id=row["client_id"],
            client_name=clients[row["client_id"]]["name"] or clients[row["client_id"]]["temporary_id"],
            client_age=age_on(clients[row["client_id"]]["birth_date"], reading.today),
            unit_id=row["unit_id"],
            unit_name=units[row["unit_id"]]["name_sv" if language == "sv" else "name_fi"],
            is_late=row["state"] == "open" and row["due_at"] < reading.now,
            limit=row["point_limit"],
            hits=tuple(_hit(books[row["hash"]], hit, language) for hit in hits[row["candidate_id"]]),
            unknown=unknown_in_words(books[row["hash"]], row["unknown"], language),
            cases=tuple(one for unit_id, one in cases[row["client_id"]] if unit_id == row["unit_id"] or one.is_joint),
            reason=_title(books[row["hash"]].said.decline_reasons, row, language) or None,
            **{name: row[name] for name in _SAME},
        )
        for row in rows
    )


_SAME = ("state", "found_at", "due_at", "due_on", "found_by", "points", "direct", "decided_at", "case_id")


def _hit(book: RuleBook, hit: RowMapping, language: Language) -> HitShown:
    said = book.said.rules[hit["rule"]]
    counts, thresholds = hit["counts"], hit["thresholds"]
    titles = {key: count.title.in_language(language) for key, count in book.said.counts.items()}
    return HitShown(
        title=said.title.in_language(language),
        words=hit_in_words(said.worker, counts, thresholds, language),
        client_words=hit_in_words(said.client, counts, thresholds, language),
        counts=tuple((titles.get(key, key), value) for key, value in counts.items() if key in titles),
        **{name: hit[name] for name in ("rule", "weight", "direct", "version", "window_days", "cross_register")},
    )


def _hits(reading: Reading, rows: Sequence[RowMapping]) -> dict[str, list[RowMapping]]:
    mine = HIT.c.candidate_id.in_([row["candidate_id"] for row in rows])
    question = select(HIT).where(HIT.c.tenant_id == reading.actor.tenant_id, mine)
    found: dict[str, list[RowMapping]] = defaultdict(list)
    for hit in sorted(reading.connection.execute(question).mappings(), key=lambda one: int(one["rule"][1:])):
        found[hit["candidate_id"]].append(hit)
    return found


def _clients(reading: Reading, rows: Sequence[RowMapping]) -> dict[str, RowMapping]:
    mine = CLIENT.c.client_id.in_([row["client_id"] for row in rows])
    question = select(CLIENT).where(CLIENT.c.tenant_id == reading.actor.tenant_id, mine)
    return {row["client_id"]: row for row in reading.connection.execute(question).mappings()}


def _units(reading: Reading, rows: Sequence[RowMapping]) -> Iterable[RowMapping]:
    mine = UNIT.c.unit_id.in_([row["unit_id"] for row in rows])
    return reading.connection.execute(select(UNIT).where(UNIT.c.tenant_id == reading.actor.tenant_id, mine)).mappings()


def _cases(
    reading: Reading, rows: Sequence[RowMapping], language: Language
) -> dict[str, list[tuple[str, CaseOfCandidate]]]:
    """The clients' open cases that I may see, by client, each with its unit."""
    same = (CASE_CLIENT.c.tenant_id == CASE.c.tenant_id) & (CASE_CLIENT.c.case_id == CASE.c.case_id)
    question = (
        select(CASE_CLIENT.c.client_id, CASE)
        .select_from(CASE.join(CASE_CLIENT, same))
        .where(
            CASE_CLIENT.c.client_id.in_([row["client_id"] for row in rows]),
            CASE_CLIENT.c.primary,
            CASE_CLIENT.c.until.is_(None),
            CASE.c.state == "open",
            is_visible(reading.actor, reading.today),
        )
        .order_by(CASE.c.opened_at)
    )
    found: dict[str, list[tuple[str, CaseOfCandidate]]] = defaultdict(list)
    joint = {book_by_hash(reading.connection, row["tenant_id"], row["hash"]).said.pathway for row in rows[:1]}
    for row in reading.connection.execute(question).mappings():
        tenant_id, published = reading.actor.tenant_id, reading.engine.published
        title = pathway_title(
            published.version(reading.connection, tenant_id, row["pathway_id"], row["version"]), language
        )
        case = CaseOfCandidate(row["case_id"], row["number"], title, row["pathway_id"] in joint)
        found[row["client_id"]].append((row["unit_id"], case))
    return found
