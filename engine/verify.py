"""Verify: whether what the tables say is what the journals say, and whether the journals are those that were sealed.

Every journal is folded by `Case.after` and compared with the rows. Findings name cases, fields and sequences; never a
value, which could be about a person.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, func, select

import pathways.case_changes  # noqa: F401 - fills the table that `Case.after` looks into
from engine import tables as t
from engine.frozen_months import months_changed
from engine.handle import Engine
from engine.keys import Keys
from engine.projection import CASE_TABLE, PART_NAMES, CaseKey, table_of
from engine.seals import ANCHOR, SEAL, anchor_after, seal_after, seals_between
from engine.store import EVENT_TABLE as EVENT
from engine.store import Ask, LoadedCase, load_cases
from engine.texts import digest_of
from pathways import events as e
from pathways.case import Case

BREACH = table_of(t.BreachRow)
TIER = table_of(t.TierRow)
TEXT = table_of(t.CaseTextRow)
BATCH = 500  # cases whose rows are read at once, each table in one question


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing that is not as it must be: what kind, on which case, and where on it."""

    kind: str
    case_id: str | None
    where: str


@dataclass(slots=True)
class Verified:
    """What was looked at, what was found, and how much of the journals no seal covers yet."""

    cases: int = 0
    events: int = 0
    seals: int = 0
    anchors: int = 0
    unsealed_cases: int = 0
    unsealed_events: int = 0
    oldest_unsealed: datetime | None = None
    sealed_with_another_key: int = 0
    found: list[Discrepancy] = field(default_factory=list)


def how_many_cases(engine: Engine) -> int:
    with engine.database.read() as connection:
        return connection.execute(select(func.count()).select_from(CASE_TABLE)).scalar_one()


def verify(engine: Engine, done: Verified) -> Iterator[int]:
    """Look at every case, filling `done`; yields how many cases were looked at since the last time."""
    after = ("", "")
    while True:
        with engine.database.snapshot() as connection:
            batch = _next_cases(connection, after)
            read = _Read.of(connection, batch)
            for case in batch:
                _verify_case(read, engine.keys, case, done)
        if not batch:
            break
        after = batch[-1]
        yield len(batch)
    with engine.database.snapshot() as connection:
        _verify_anchors(connection, engine.keys, done)
        changed = months_changed(connection, engine.keys)
        done.found += [Discrepancy("month_differs", None, f"{month:%Y-%m}") for month in changed]


def _next_cases(connection: Connection, after: tuple[str, str]) -> list[tuple[str, str]]:
    order = (CASE_TABLE.c.tenant_id, CASE_TABLE.c.case_id)
    question = select(*order).order_by(*order).limit(BATCH)
    if after[0]:
        same = (CASE_TABLE.c.tenant_id == after[0]) & (CASE_TABLE.c.case_id > after[1])
        question = question.where(same | (CASE_TABLE.c.tenant_id > after[0]))
    return [(row.tenant_id, row.case_id) for row in connection.execute(question)]


@dataclass(frozen=True, slots=True)
class _Read:
    """What the tables hold of the cases of a batch."""

    cases: Mapping[CaseKey, LoadedCase]
    journals: Mapping[CaseKey, Sequence[RowMapping]]
    breaches: Mapping[CaseKey, Sequence[Any]]
    rungs: Mapping[CaseKey, Sequence[Any]]
    seals: Mapping[CaseKey, Sequence[Any]]
    texts: Mapping[CaseKey, Sequence[Any]]

    @classmethod
    def of(cls, connection: Connection, batch: Sequence[CaseKey]) -> "_Read":
        loaded = load_cases(connection, batch, Ask(everything=True))
        return cls(
            {(each.case.tenant_id, each.case.case_id): each for each in loaded},
            _rows_of(connection, batch, EVENT, "sequence"),
            _rows_of(connection, batch, BREACH),
            _rows_of(connection, batch, TIER),
            _rows_of(connection, batch, SEAL, "sequence"),
            _rows_of(connection, batch, TEXT),
        )


def _rows_of(
    connection: Connection, batch: Sequence[CaseKey], table: Table, *order: str
) -> dict[CaseKey, list[RowMapping]]:
    """A table's rows case by case. A batch's cases of one tenant follow on each other, so its ends say which."""
    found: dict[CaseKey, list[RowMapping]] = {case: [] for case in batch}
    for tenant_id in dict.fromkeys(tenant_id for tenant_id, _ in batch):
        own = [case_id for tenant, case_id in batch if tenant == tenant_id]
        between = table.c.case_id.between(own[0], own[-1])
        question = select(table).where(table.c.tenant_id == tenant_id, between)
        for row in connection.execute(question.order_by(*(table.c[name] for name in order))).mappings():
            key = row["tenant_id"], row["case_id"]
            if key in found:
                found[key].append(row)
    return found


def _verify_case(read: _Read, keys: Keys, case: CaseKey, done: Verified) -> None:
    journal, loaded = read.journals[case], read.cases.get(case)
    done.cases += 1
    done.events += len(journal)
    if loaded is None or not journal:
        done.found.append(Discrepancy("journal_missing", case[1], "every event"))
        return
    found = [*_gaps(journal, loaded.case), *_told_apart(journal, loaded.case)]
    found += [*_breaches(read.breaches[case], journal), *_rungs(read.rungs[case], journal, loaded.case)]
    found += _words(read.texts[case], journal)
    done.found += [Discrepancy(kind, case[1], where) for kind, where in found]
    _verify_seals(read.seals[case], keys, journal, loaded.case, done)


# --- journal against rows -------------------------------------------------------------------------------------


def _gaps(journal: Sequence[RowMapping], stored: Case) -> Iterator[tuple[str, str]]:
    there = {row["sequence"] for row in journal}
    for missing in sorted(set(range(1, stored.sequence + 1)) - there):
        yield "event_missing", f"sequence {missing}"
    for surplus in sorted(there - set(range(1, stored.sequence + 1))):
        yield "event_not_counted", f"sequence {surplus}"


def _told_apart(journal: Sequence[RowMapping], stored: Case) -> Iterator[tuple[str, str]]:
    """Fold the journal; say where the rows differ, and when nobody or two answered for the case."""
    case = Case(case_id=stored.case_id, tenant_id=stored.tenant_id)
    for number, row in enumerate(journal):
        try:
            case = case.after(e.read_event(row["type"], row["v"], row["occurred_at"], row["actor"], row["payload"]))
        except Exception as error:  # noqa: BLE001 - whatever can't be replayed is a finding, and the others go on
            yield "event_unreadable", f"sequence {row['sequence']}: {type(error).__name__}"
            return
        ends_a_change = number + 1 == len(journal) or journal[number + 1]["recorded_at"] != row["recorded_at"]
        if ends_a_change and case.state == "open" and _answering(case) != 1:
            yield "not_one_responsible", f"after sequence {row['sequence']}"
    last = {name: journal[-1][name] for name in ("sequence", "revision", "recorded_at")}
    yield from (("row_differs", name) for name in _differing(replace(case, **last), stored))


def _answering(case: Case) -> int:
    return sum(a.kind == "responsible" and a.until is None for a in case.assignments.values())


def _differing(told: Case, stored: Case) -> Iterator[str]:
    for each in fields(Case):
        mine, theirs = getattr(told, each.name), getattr(stored, each.name)
        if mine == theirs:
            continue
        if each.name not in PART_NAMES:
            yield each.name
            continue
        for key in sorted(set(mine) | set(theirs), key=str):
            if key not in mine or key not in theirs:
                yield f"{each.name} {key}: {'not in the journal' if key not in mine else 'no row'}"
            elif mine[key] != theirs[key]:
                names = (f.name for f in fields(mine[key]))
                names = (name for name in names if getattr(mine[key], name) != getattr(theirs[key], name))
                yield f"{each.name} {key}: {', '.join(names)}"


def _breaches(rows: Sequence[RowMapping], journal: Sequence[RowMapping]) -> Iterator[tuple[str, str]]:
    """Breaches stand once in the journal and once in their table, voided or not in both alike."""
    told: dict[tuple[str, int], tuple[datetime, bool]] = {}
    last: dict[str, int] = {}
    for row in journal:
        promise_id = row["payload"].get("promise_id")
        standing = promise_id, last.get(promise_id, 0)
        if row["type"] == e.PromiseBreached.type:
            if standing in told and not told[standing][1]:
                yield "breach_doubled", f"promise {promise_id}"
            last[promise_id] = standing[1] + 1
            told[promise_id, last[promise_id]] = (datetime.fromisoformat(row["payload"]["breached_at"]), False)
        elif row["type"] == e.BreachVoided.type and standing in told:
            told[standing] = (told[standing][0], True)
    stored = {(row["promise_id"], row["number"]): (row["breached_at"], row["voided_at"] is not None) for row in rows}
    yield from (("breach_differs", f"promise {key[0]}") for key in _unlike(told, stored))


def _rungs(rows: Sequence[RowMapping], journal: Sequence[RowMapping], stored_case: Case) -> Iterator[tuple[str, str]]:
    """Rungs that fired are those of the journal; those skipped follow from the promises, which were compared before."""
    fired = [row["payload"] for row in journal if row["type"] == e.TierFired.type]
    told = Counter((p["promise_id"], p["tier"], datetime.fromisoformat(p["fire_at"]), "fired") for p in fired)
    told.update((promise_id, tier, fire_at, "skipped") for promise_id, tier, fire_at in _skipped(journal, stored_case))
    if len({(p["promise_id"], p["tier"], p["fire_at"], p["sequence_in_promise"]) for p in fired}) != len(fired):
        yield "rung_doubled", "journal"
    stored = Counter((row["promise_id"], row["tier"], row["fire_at"], row["state"]) for row in rows)
    yield from (("rung_differs", f"promise {key[0]}: {key[1]}") for key in _unlike(told, stored))


def _skipped(journal: Sequence[RowMapping], stored: Case) -> Iterator[tuple[str, str, datetime]]:
    for promise in stored.promises.values():
        if not promise.is_live:
            yield from ((promise.promise_id, tier.key, tier.fire_at) for tier in promise.unfired)
    for row in journal:
        skipped = _NAMED_SKIPPED.get(row["type"])
        for rung in row["payload"].get(skipped, ()) if skipped else ():
            yield row["payload"]["promise_id"], rung["key"], datetime.fromisoformat(rung["fire_at"])


_NAMED_SKIPPED = {e.BreachVoided.type: "skipped", e.PromiseReinstated.type: "rungs"}
"""Events that name rungs which were skipped before, on a promise that may run on."""


def _words(texts: Sequence[RowMapping], journal: Sequence[RowMapping]) -> Iterator[tuple[str, str]]:
    """Words are those whose digest the journal names; what was erased keeps its digest alone."""
    told = {id_: digest for row in journal for id_, digest in (row["payload"].get("digests") or {}).items()}
    for row in texts:
        named = told.get(row["text_id"], row["digest"])
        same = row["body"] is None or digest_of(row["salt"], row["body"]) == row["digest"]
        if not same or named != row["digest"]:
            yield "words_differ", f"text {row['text_id']}"
    for missing in sorted(told.keys() - {row["text_id"] for row in texts}):
        yield "words_missing", f"text {missing}"


def _unlike(told: Mapping[Any, Any], stored: Mapping[Any, Any]) -> list[Any]:
    return [key for key in sorted(told.keys() | stored.keys()) if told.get(key) != stored.get(key)]


# --- seals ----------------------------------------------------------------------------------------------------


def _verify_seals(
    seals: Sequence[RowMapping], keys: Keys, journal: Sequence[RowMapping], stored: Case, done: Verified
) -> None:
    previous, upto = "", 0
    for seal in seals:
        last = seal["sequence"]
        covered = [row for row in journal if upto < row["sequence"] <= last]
        done.seals += 1
        if seal["key_id"] != keys.seal_key_id:
            done.sealed_with_another_key += 1
        elif seal_after(keys.seal, previous, covered) != seal["seal"]:
            done.found.append(Discrepancy("seal_broken", stored.case_id, f"sequences {upto + 1}–{last}"))
        previous, upto = seal["seal"], last
    if upto > stored.sequence:
        done.found.append(Discrepancy("journal_cut_short", stored.case_id, f"sealed up to sequence {upto}"))
    tail = [row["recorded_at"] for row in journal if row["sequence"] > upto]
    if tail:
        done.unsealed_cases += 1
        done.unsealed_events += len(tail)
        done.oldest_unsealed = min(tail[0], done.oldest_unsealed or tail[0])


def _verify_anchors(connection: Connection, keys: Keys, done: Verified) -> None:
    """Anchors follow from each other; with another key they can't be checked, only that they are there."""
    last: dict[str, Any] = {}
    for anchor in connection.execute(select(ANCHOR).order_by(ANCHOR.c.tenant_id, ANCHOR.c.day)).all():
        before = last.get(anchor.tenant_id)
        made_after = before.made_at if before else None
        seals = seals_between(connection, anchor.tenant_id, made_after, anchor.made_at)
        wanted = anchor_after(keys.seal, before.anchor if before else "", seals)
        done.anchors += 1
        if wanted != anchor.anchor and not done.sealed_with_another_key:
            done.found.append(Discrepancy("anchor_broken", None, anchor.day.isoformat()))
        last[anchor.tenant_id] = anchor
