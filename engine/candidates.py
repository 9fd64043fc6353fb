"""The nightly counting: who the rules propose, and why. It writes candidates with their hits and does nothing else.

No case is opened, no segment set, nobody is told anything about anybody: people look, and people decide. Run again, it
finds the same ones and writes nothing new. It reads in one snapshot and writes in small transactions.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from engine import tables as t
from engine.candidate_counts import CountedClient, Wanted, counted_clients
from engine.candidate_notices import tell_leads
from engine.candidate_rules import RuleBook, load_rule_book, of_body
from engine.handle import Engine
from engine.ids import new_id
from engine.people import TENANT
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.rules.candidate import Hit, Score, score
from engine.shelf import DEFAULT_COUNTY
from pathways.candidate import FoundBy
from pathways.goal import parse_goal
from pathways.time_zone import HELSINKI
from pathways.working_time import due

CANDIDATE, HIT, MUTE = table_of(t.CandidateRow), table_of(t.CandidateHitRow), table_of(t.CandidateMuteRow)
BOOK, RUN, CASE_CLIENT = table_of(t.CandidateBookRow), table_of(t.CandidateRunRow), table_of(t.CaseClientRow)
BATCH = 500
Key = tuple[str, str]
"""A unit and a client it handles."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A client whom the rules propose to a unit; `candidate_id` where they did so before and nobody has decided yet."""

    unit_id: str
    client_id: str
    score: Score
    candidate_id: str | None = None


@dataclass(slots=True)
class Progress:
    """How far a run has come. `hits` counts the clients each rule held for."""

    looked_at: int = 0
    found: int = 0
    renewed: int = 0
    lapsed: int = 0
    hits: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    is_done: bool = False


def rules_of_county(engine: Engine, tenant_id: str, folders: Sequence[Path] = ()) -> RuleBook | None:
    """The rules in these folders with the thresholds of the tenant's own county; None where it has none."""
    with engine.database.read() as connection:
        county = connection.execute(select(TENANT.c.county).where(TENANT.c.tenant_id == tenant_id)).scalar()
    return load_rule_book(folders, county or DEFAULT_COUNTY)


def newest_book(connection: Connection, tenant_id: str) -> RuleBook | None:
    """The rules of the last run; None before the first."""
    runs = select(RUN.c.hash).where(RUN.c.tenant_id == tenant_id).order_by(RUN.c.started_at.desc()).limit(1)
    newest = connection.execute(runs).scalar()
    return book_by_hash(connection, tenant_id, newest) if newest else None


def book_by_hash(connection: Connection, tenant_id: str, hash_: str) -> RuleBook:
    """The rules as they were when this hash was theirs."""
    question = select(BOOK.c.body).where(BOOK.c.tenant_id == tenant_id, BOOK.c.hash == hash_)
    return of_body(connection.execute(question).scalar_one())


def find_candidates(
    engine: Engine, tenant_id: str, book: RuleBook, *, dry_run: bool = False, client_id: str | None = None
) -> Iterator[Progress]:
    """Count everybody, propose whom the rules propose; gives its progress as it goes."""
    now, progress = engine.clock.now(), Progress()
    proposals: list[Proposal] = []
    seen: set[str] = set()
    with engine.database.snapshot() as connection:
        known = Known.of(connection, tenant_id, book, now, client_id)
        for each in counted_clients(connection, book, Wanted(tenant_id, client_id), now):
            progress.looked_at += 1
            proposal = known.proposal(book, each)
            if proposal:
                proposals.append(proposal)
                for hit in proposal.score.hits:
                    progress.hits[hit.rule] += 1
            if candidate := known.open.get((each.unit_id, each.client_id)):
                seen.add(candidate)
            if progress.looked_at % BATCH == 0:
                yield progress
    lapsed = sorted(set(known.open.values()) - (seen - known.done))
    if dry_run:
        progress.found = sum(one.candidate_id is None for one in proposals)
        progress.renewed, progress.lapsed = len(proposals) - progress.found, len(lapsed)
    else:
        yield from _write(engine, tenant_id, book, proposals, lapsed, progress, now)
    progress.is_done = True
    yield progress


@dataclass(frozen=True)
class Known:
    """What stands already: open candidates, muted rules, and who is on the pathway, so that nobody is found twice."""

    open: Mapping[Key, str]
    muted: Mapping[Key, frozenset[str]]
    on_pathway: frozenset[str]
    done: frozenset[str]
    """Open candidates who have come to the pathway by another way."""

    @classmethod
    def of(
        cls, connection: Connection, tenant_id: str, book: RuleBook, now: datetime, client_id: str | None = None
    ) -> "Known":
        of_client = [CANDIDATE.c.client_id == client_id] if client_id else []
        rows = select(CANDIDATE.c.unit_id, CANDIDATE.c.client_id, CANDIDATE.c.candidate_id).where(
            CANDIDATE.c.tenant_id == tenant_id, CANDIDATE.c.state == "open", *of_client
        )
        found = {(str(unit), str(client)): str(key) for unit, client, key in connection.execute(rows)}
        mutes = select(MUTE.c.unit_id, MUTE.c.client_id, MUTE.c.rule).where(
            MUTE.c.tenant_id == tenant_id, MUTE.c.until > now
        )
        muted: dict[Key, set[str]] = defaultdict(set)
        for unit, client, rule in connection.execute(mutes):
            muted[str(unit), str(client)].add(rule)
        on_pathway = frozenset(map(str, connection.execute(_on_pathway(tenant_id, book.said.pathway)).scalars()))
        done = frozenset(key for (_, client), key in found.items() if client in on_pathway)
        return cls(found, {key: frozenset(rules) for key, rules in muted.items()}, on_pathway, done)

    def proposal(self, book: RuleBook, each: CountedClient) -> Proposal | None:
        key = each.unit_id, each.client_id
        if each.client_id in self.on_pathway:
            return None
        found = score(book, each.counted, self.muted.get(key, frozenset()))
        return Proposal(*key, found, self.open.get(key)) if found.is_candidate else None


def _on_pathway(tenant_id: str, pathway: str) -> Any:
    same = (CASE_CLIENT.c.tenant_id == CASE.c.tenant_id) & (CASE_CLIENT.c.case_id == CASE.c.case_id)
    return (
        select(CASE_CLIENT.c.client_id)
        .select_from(CASE.join(CASE_CLIENT, same))
        .where(
            CASE.c.tenant_id == tenant_id,
            CASE.c.pathway_id == pathway,
            CASE.c.state == "open",
            CASE_CLIENT.c.primary,
            CASE_CLIENT.c.until.is_(None),
        )
    )


# --- writing --------------------------------------------------------------------------------------------------------


def _write(
    engine: Engine,
    tenant_id: str,
    book: RuleBook,
    proposals: list[Proposal],
    lapsed: list[str],
    progress: Progress,
    now: datetime,
) -> Iterator[Progress]:
    run_id = new_id(now)
    with engine.database.begin() as connection:
        keep_book(connection, tenant_id, book, now)
        run = {"tenant_id": tenant_id, "run_id": run_id, "hash": book.hash, "started_at": now}
        counted = {"looked_at": progress.looked_at, "found": 0, "renewed": 0, "lapsed": 0}
        connection.execute(insert(RUN).values(**run, **counted))
    units: list[str] = []
    for start in range(0, len(proposals), BATCH):
        with engine.database.begin() as connection:
            found, renewed = write_proposals(engine, connection, tenant_id, book, proposals[start : start + BATCH], now)
        units += found
        progress.found, progress.renewed = progress.found + len(found), progress.renewed + renewed
        yield progress
    with engine.database.begin() as connection:
        progress.lapsed = _let_lapse(connection, tenant_id, lapsed, now)
        tell_leads(connection, tenant_id, units, now)
        done = {"found": progress.found, "renewed": progress.renewed, "lapsed": progress.lapsed}
        mine = (RUN.c.tenant_id == tenant_id) & (RUN.c.run_id == run_id)
        connection.execute(update(RUN).where(mine).values(**done, finished_at=now))


def keep_book(connection: Connection, tenant_id: str, book: RuleBook, now: datetime) -> None:
    """Keep the rules whole, so that their hits can be explained for as long as anybody asks."""
    put: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = {"tenant_id": tenant_id, "hash": book.hash, "body": book.body, "first_used_at": now}
    connection.execute(put(BOOK).values(**row).on_conflict_do_nothing())


def write_proposals(
    engine: Engine,
    connection: Connection,
    tenant_id: str,
    book: RuleBook,
    proposals: Sequence[Proposal],
    now: datetime,
) -> tuple[list[str], int]:
    """Write candidates that are new and the hits of those that aren't; return the units of the new ones, and how many."""
    fresh = [one for one in proposals if one.candidate_id is None]
    ids = _insert(engine, connection, tenant_id, book, fresh, now)
    renewed = [one for one in proposals if one.candidate_id is not None]
    of_open = {str(one.candidate_id): one for one in renewed}
    _replace_hits(connection, tenant_id, {**{ids[_key(one)]: one for one in fresh if _key(one) in ids}, **of_open})
    for candidate_id, one in of_open.items():
        mine = (CANDIDATE.c.tenant_id == tenant_id) & (CANDIDATE.c.candidate_id == candidate_id)
        connection.execute(update(CANDIDATE).where(mine, CANDIDATE.c.state == "open").values(**_scored(one, book)))
    return [unit_id for unit_id, _ in ids], len(renewed)


def _key(one: Proposal) -> Key:
    return one.unit_id, one.client_id


def _insert(
    engine: Engine,
    connection: Connection,
    tenant_id: str,
    book: RuleBook,
    fresh: Sequence[Proposal],
    now: datetime,
) -> dict[Key, str]:
    """Add the new ones; whom another run has added meanwhile is left to it."""
    if not fresh:
        return {}
    when = due(now, (), parse_goal(book.said.decide_within), engine.calendars.in_force(book.said.calendar, now))
    rows = [
        {
            "tenant_id": tenant_id,
            "candidate_id": new_id(now),
            "unit_id": one.unit_id,
            "client_id": one.client_id,
            "state": "open",
            "found_at": now,
            "due_at": when.due_at,
            "due_on": when.due_on,
            **_scored(one, book),
        }
        for one in fresh
    ]
    put: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    returned = (
        put(CANDIDATE)
        .on_conflict_do_nothing()
        .returning(CANDIDATE.c.unit_id, CANDIDATE.c.client_id, CANDIDATE.c.candidate_id)
    )
    made = connection.execute(returned, rows).all()
    return {(str(unit), str(client)): str(key) for unit, client, key in made}


def _scored(one: Proposal, book: RuleBook) -> dict[str, Any]:
    return {
        "found_by": one.score.found_by,
        "points": one.score.points,
        "point_limit": one.score.limit,
        "direct": one.score.is_direct,
        "hash": book.hash,
        "unknown": sorted(one.score.unknown),
    }


def _replace_hits(connection: Connection, tenant_id: str, proposals: Mapping[str, Proposal]) -> None:
    """A candidate's hits are those of the last counting."""
    if not proposals:
        return
    mine = (HIT.c.tenant_id == tenant_id) & HIT.c.candidate_id.in_(list(proposals))
    connection.execute(delete(HIT).where(mine))
    rows = [_hit_row(tenant_id, key, hit) for key, one in proposals.items() for hit in one.score.hits]
    if rows:
        connection.execute(insert(HIT), rows)


def hit_of_row(row: Mapping[Any, Any], found_by: FoundBy) -> Hit:
    """A stored hit as the rules gave it."""
    same = ("rule", "version", "weight", "direct", "counts", "thresholds", "cross_register")
    return Hit(**{name: row[name] for name in same}, found_by=found_by, window=row["window_days"])


def _hit_row(tenant_id: str, candidate_id: str, hit: Hit) -> dict[str, Any]:
    return {
        "tenant_id": tenant_id,
        "candidate_id": candidate_id,
        "rule": hit.rule,
        "version": hit.version,
        "weight": hit.weight,
        "direct": hit.direct,
        "counts": dict(hit.counts),
        "thresholds": dict(hit.thresholds),
        "window_days": hit.window,
        "cross_register": hit.cross_register,
    }


def _let_lapse(connection: Connection, tenant_id: str, lapsed: Sequence[str], now: datetime) -> int:
    """The unit doesn't handle the client any more, or joint work began another way: it is off the list, undecided."""
    gone = 0
    for start in range(0, len(lapsed), BATCH):
        key = tuple_(CANDIDATE.c.tenant_id, CANDIDATE.c.candidate_id)
        mine = key.in_([(tenant_id, each) for each in lapsed[start : start + BATCH]])
        lapse = update(CANDIDATE).where(mine, CANDIDATE.c.state == "open").values(state="lapsed", decided_at=now)
        gone += connection.execute(lapse).rowcount
    return gone


# --- once a night ---------------------------------------------------------------------------------------------------

NIGHT_BEGINS = 2
"""The local hour from which the counting may run: the day before is in, and few are at work."""


def counting_is_due(connection: Connection, tenant_id: str, now: datetime) -> bool:
    """Whether tonight's counting hasn't been done."""
    local = now.astimezone(HELSINKI)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    done = select(RUN.c.run_id).where(
        RUN.c.tenant_id == tenant_id, RUN.c.started_at >= midnight, RUN.c.finished_at.is_not(None)
    )
    return local.hour >= NIGHT_BEGINS and connection.execute(done.limit(1)).first() is None


def count_tonight(engine: Engine, folders: Sequence[Path] = ()) -> list[Progress]:
    """Count every county that hasn't been counted tonight: what the hourly task does."""
    with engine.database.read() as connection:
        tenants = [str(one) for one in connection.execute(select(TENANT.c.tenant_id)).scalars()]
        now = engine.clock.now()
        waiting = [one for one in tenants if counting_is_due(connection, one, now)]
    done = []
    for tenant_id in waiting:
        book = rules_of_county(engine, tenant_id, folders)
        if book is not None:
            *_, last = find_candidates(engine, tenant_id, book)
            done.append(last)
    return done
