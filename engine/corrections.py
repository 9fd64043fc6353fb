"""Corrections: what the store brings when a time is recorded late or corrected: the event itself, and what ended since."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from engine import tables as t
from engine.projection import table_of
from engine.rules.circumstances import RecordedFact
from pathways import commands as c
from pathways import events as e
from pathways.case import Case

EVENT = table_of(t.CaseEventRow)


def judged_again_by(command: c.Command) -> tuple[str, ...]:
    """States of ended promises that a command may judge again: those it names a time of its own for."""
    if isinstance(command, c.CorrectTime):
        return ("kept", "late")
    late = isinstance(command, c.RecordAct | c.DecideOutcome) and command.occurred_at is not None
    return ("late",) if late else ()


def fact_of(connection: Connection, case: Case, sequence: int) -> RecordedFact | None:
    """An event of the case's journal, and those corrected before; None when there is no such event."""
    mine = select(EVENT).where(EVENT.c.tenant_id == case.tenant_id, EVENT.c.case_id == case.case_id)
    corrections = mine.where(EVENT.c.type == e.TimeCorrected.type).order_by(EVENT.c.sequence)
    later = [
        each for each in map(_read, connection.execute(corrections).mappings()) if isinstance(each, e.TimeCorrected)
    ]
    asked = mine.where(EVENT.c.sequence.in_({sequence, *(each.corrects for each in later)}))
    facts = [_fact(row, later) for row in connection.execute(asked.order_by(EVENT.c.sequence)).mappings()]
    return the_fact(facts, sequence)


def the_fact(facts: Sequence[RecordedFact], sequence: int) -> RecordedFact | None:
    """The one that is asked for, with the others beside it."""
    others = tuple(fact for fact in facts if fact.sequence != sequence)
    return next((replace(fact, others=others) for fact in facts if fact.sequence == sequence), None)


def _fact(row: Any, later: Sequence[e.TimeCorrected]) -> RecordedFact:
    event = _read(row)
    recorded = event.received_at if isinstance(event, e.ContactReceived) else event.occurred_at
    corrected = (each.corrected_to for each in later if each.corrects == row["sequence"])
    return RecordedFact(row["sequence"], event, (recorded, *corrected), row["recorded_at"])


def _read(row: Any) -> e.CaseEvent:
    return e.read_event(row["type"], row["v"], row["occurred_at"], row["actor"], row["payload"])
