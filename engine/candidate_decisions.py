"""What people decide about a candidate: confirm, decline, count a contact after all, or propose somebody themselves.

Only these begin anything. Confirming opens or continues the pathway for clients who need many services at the step where
it is found out; declining silences the rules that held, and no others. Each is carried out once for its key.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.access import decide, facts_of
from engine.candidate_counts import AFTER_ALL, Wanted, counted_clients
from engine.candidate_rules import RuleBook
from engine.candidates import (
    CANDIDATE,
    HIT,
    MUTE,
    Known,
    Proposal,
    book_by_hash,
    hit_of_row,
    keep_book,
    newest_book,
    rules_of_county,
    write_proposals,
)
from engine.clients import CLIENT
from engine.handle import Engine, Idempotency, Reading
from engine.ids import new_id
from engine.once import once
from engine.read_models.candidates import candidate_row, excluded_contacts
from engine.read_models.case_access import see_case
from pathways import commands as c
from pathways.actor import Actor
from pathways.definition_parts import Text
from pathways.errors import ArrowNotPossible, Malformed, NotAllowed, UnknownThing
from pathways.near_miss import did_you_mean

MATTER = Text(
    fi="Ammattilainen ehdotti, että palvelut kootaan yhteen.",
    sv="En yrkesperson föreslog att tjänsterna samordnas.",
    en="A professional proposed bringing the services together.",
)
"""The matter of a case that begins so: the client's own words are asked in its steps."""
Wish = Literal["unclear_who_answers", "tells_again", "asks_coordination"]


def confirm(
    engine: Engine, actor: Actor, candidate_id: str, case_id: str | None, idempotency: Idempotency, now: datetime
) -> Mapping[str, Any]:
    """Begin or continue the pathway, or link the case named; return `case_id` and whether a new one was opened."""

    def do(connection: Connection) -> Mapping[str, Any]:
        row = _open_candidate(Reading(connection, actor, now, engine), candidate_id, "confirm")
        book = book_by_hash(connection, actor.tenant_id, row["hash"])
        reading = Reading(connection, actor, now, engine)
        made = (
            {"case_id": _linked(reading, row, book, case_id), "opened": False}
            if case_id
            else _begun(reading, row, book)
        )
        _decided(connection, row, actor, now, state="confirmed", case_id=made["case_id"])
        return {"candidate_id": candidate_id, **made}

    return once(engine.database, actor, idempotency, now, do)


def decline(
    engine: Engine, actor: Actor, candidate_id: str, reason: str, idempotency: Idempotency, now: datetime
) -> Mapping[str, Any]:
    """Say no, and why; the rules that held are silent about this client in this unit for as long as the file says."""

    def do(connection: Connection) -> Mapping[str, Any]:
        row = _open_candidate(Reading(connection, actor, now, engine), candidate_id, "decline")
        book = book_by_hash(connection, actor.tenant_id, row["hash"])
        known = book.said.decline_reasons
        if reason not in known:
            raise Malformed("reason", f"{reason}{did_you_mean(reason, known)}; {', '.join(known)}")
        held = select(HIT.c.rule).where(HIT.c.tenant_id == actor.tenant_id, HIT.c.candidate_id == candidate_id)
        everything = known[reason].mutes == "all"
        rules = list(book.rules) if everything else list(connection.execute(held).scalars())
        until = now + timedelta(days=known[reason].days or book.said.mute)
        _mute(connection, row, rules, until)
        _decided(connection, row, actor, now, state="declined", reason=reason)
        return {"candidate_id": candidate_id, "muted": sorted(rules), "until": until.isoformat()}

    return once(engine.database, actor, idempotency, now, do)


def count_after_all(
    engine: Engine,
    actor: Actor,
    candidate_id: str,
    thing_id: str,
    reason: str,
    idempotency: Idempotency,
    now: datetime,
) -> Mapping[str, Any]:
    """Count a contact that a planned series keeps out, and ask the rules again about this client."""

    def do(connection: Connection) -> Mapping[str, Any]:
        reading = Reading(connection, actor, now, engine)
        row = _open_candidate(reading, candidate_id, "count")
        book = book_by_hash(connection, actor.tenant_id, row["hash"])
        if reason not in book.said.count_reasons:
            raise Malformed("reason", f"{reason}; {', '.join(book.said.count_reasons)}")
        if thing_id not in {each["thing_id"] for each in excluded_contacts(reading, row, book)}:
            raise UnknownThing("contact", thing_id)
        decision = {"reason": reason, "decided_at": now, "decided_by": actor.worker_id}
        whose = {name: row[name] for name in ("tenant_id", "client_id", "unit_id")}
        connection.execute(insert(AFTER_ALL).values(thing_id=thing_id, **whose, **decision))
        _ask_again(engine, connection, actor, book, row["client_id"], now)
        return {"candidate_id": candidate_id}

    return once(engine.database, actor, idempotency, now, do)


def propose(
    engine: Engine,
    actor: Actor,
    case_id: str,
    concern: int | None,
    wish: Wish | None,
    idempotency: Idempotency,
    now: datetime,
) -> Mapping[str, Any]:
    """Note a concern (0–3) or what the client said on a case of any pathway; a candidate at once, where it is enough."""

    def do(connection: Connection) -> Mapping[str, Any]:
        reading = Reading(connection, actor, now, engine)
        seen = see_case(reading, case_id)
        _require_unit(actor, seen.unit_id)
        told = {"case.concern": concern, f"client.{wish}" if wish else "": True if wish else None}
        for name, value in told.items():
            if value is not None:
                command = c.NoteFact(case_id=case_id, name=name, value=value)
                engine.handle_within(connection, command, actor, now=now)
        book = newest_book(connection, actor.tenant_id) or rules_of_county(engine, actor.tenant_id)
        if book is None or not (client_id := seen.case.primary_client):
            return {"candidate_id": None}
        keep_book(connection, actor.tenant_id, book, now)
        _ask_again(engine, connection, actor, book, client_id, now)
        mine = (CANDIDATE.c.tenant_id == actor.tenant_id) & (CANDIDATE.c.unit_id == seen.unit_id)
        of_client = (CANDIDATE.c.client_id == client_id) & (CANDIDATE.c.state == "open")
        return {"candidate_id": connection.execute(select(CANDIDATE.c.candidate_id).where(mine, of_client)).scalar()}

    return once(engine.database, actor, idempotency, now, do)


def _require_unit(actor: Actor, unit_id: str) -> None:
    """Proposing belongs to those of the case's own unit: the candidate is theirs to decide about."""
    if unit_id not in actor.units:
        raise NotAllowed("propose-candidate", "care_team")


def _open_candidate(reading: Reading, candidate_id: str, verb: str) -> RowMapping:
    """The candidate, ours until the transaction ends; refused when somebody has decided already."""
    candidate_row(reading, candidate_id)
    mine = (CANDIDATE.c.tenant_id == reading.actor.tenant_id) & (CANDIDATE.c.candidate_id == candidate_id)
    row = reading.connection.execute(select(CANDIDATE).where(mine).with_for_update()).mappings().one()
    if row["state"] != "open":
        raise ArrowNotPossible("candidate", verb, row["state"], ())
    return row


def _linked(reading: Reading, row: RowMapping, book: RuleBook, case_id: str) -> str:
    """An open case of this very client on that pathway, which its reader may see."""
    seen = see_case(reading, case_id)
    decide(reading.actor, "note", facts_of(seen.case, reading.today), key=case_id)
    if seen.case.primary_client != row["client_id"] or seen.case.pathway_id != book.said.pathway:
        raise Malformed("case_id", "not_of_this_client")
    if seen.case.state != "open":
        raise ArrowNotPossible("case", "link", seen.case.state, ())
    return case_id


def _begun(reading: Reading, row: RowMapping, book: RuleBook) -> dict[str, Any]:
    """Take it up as a professional's contact, and go to the step where it is found out together."""
    engine, connection, actor, now = reading.engine, reading.connection, reading.actor, reading.now
    of_client = (CLIENT.c.tenant_id == actor.tenant_id) & (CLIENT.c.client_id == row["client_id"])
    language = connection.execute(select(CLIENT.c.language).where(of_client)).scalar_one()
    contact = c.TakeContact(
        contact_id=new_id(now),
        new_case_id=new_id(now),
        new_client_id=new_id(now),
        pathway=book.said.pathway,
        channel="ammattilainen",
        received_at=now,
        matter=MATTER.in_language(language),
        language=language,
        client_id=row["client_id"],
        unit_id=row["unit_id"],
        by_client=False,
    )
    answer = engine.handle_within(connection, contact, actor, now=now)
    for step, outcome in book.said.through.items():
        case = see_case(reading, answer.case_id).case
        if any(run.step == step for run in case.open_runs):
            command = c.DecideOutcome(case_id=answer.case_id, step=step, outcome=outcome)
            engine.handle_within(connection, command, actor, now=now)
    return {"case_id": answer.case_id, "opened": not answer.made.get("joined")}


def _ask_again(
    engine: Engine, connection: Connection, actor: Actor, book: RuleBook, client_id: str, now: datetime
) -> None:
    """Ask the rules about one client now. How they stand among others is known of a whole night's counting alone."""
    known = Known.of(connection, actor.tenant_id, book, now, client_id)
    counted = counted_clients(connection, book, Wanted(actor.tenant_id, client_id), now)
    proposals = [
        _with_nights_hits(connection, actor.tenant_id, book, one)
        for each in list(counted)
        if (one := known.proposal(book, each))
    ]
    write_proposals(engine, connection, actor.tenant_id, book, proposals, now)


def _with_nights_hits(connection: Connection, tenant_id: str, book: RuleBook, one: Proposal) -> Proposal:
    """Keep what the last night found of rules that compare the client with others."""
    compared = {
        rule.id
        for rule in book.rules.values()
        if any(book.said.counts[name].of in ("percentile", "years") for name in rule.counts)
    }
    mine = (HIT.c.tenant_id == tenant_id) & (HIT.c.candidate_id == one.candidate_id) & HIT.c.rule.in_(compared)
    rows = connection.execute(select(HIT).where(mine)).mappings() if one.candidate_id else ()
    kept = [hit_of_row(row, book.rules[row["rule"]].said.found_by) for row in rows]
    fresh = [hit for hit in one.score.hits if hit.rule not in {each.rule for each in kept}]
    return replace(one, score=replace(one.score, hits=(*fresh, *kept)))


def _decided(connection: Connection, row: RowMapping, actor: Actor, now: datetime, **values: Any) -> None:
    mine = (CANDIDATE.c.tenant_id == row["tenant_id"]) & (CANDIDATE.c.candidate_id == row["candidate_id"])
    connection.execute(update(CANDIDATE).where(mine).values(decided_at=now, decided_by=actor.worker_id, **values))


def _mute(connection: Connection, row: RowMapping, rules: list[str], until: datetime) -> None:
    put: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    whose = {name: row[name] for name in ("tenant_id", "unit_id", "client_id", "candidate_id")}
    for rule in rules:
        mute = put(MUTE).values(**whose, rule=rule, until=until)
        key = [MUTE.c.tenant_id, MUTE.c.unit_id, MUTE.c.client_id, MUTE.c.rule]
        renewed = {"until": until, "candidate_id": row["candidate_id"]}
        connection.execute(mute.on_conflict_do_update(index_elements=key, set_=renewed))
