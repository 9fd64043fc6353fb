"""Corrections: what the store brings when a time is recorded late or corrected: the event itself, and what ended since."""

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
    """An event of the case's journal with every time it was said to have happened at; None when there is none."""
    mine = select(EVENT).where(EVENT.c.tenant_id == case.tenant_id, EVENT.c.case_id == case.case_id)
    row = connection.execute(mine.where(EVENT.c.sequence == sequence)).mappings().first()
    if row is None:
        return None
    event = _read(row)
    said = [event.received_at if isinstance(event, e.ContactReceived) else event.occurred_at]
    corrections = mine.where(EVENT.c.type == e.TimeCorrected.type).order_by(EVENT.c.sequence)
    later = map(_read, connection.execute(corrections).mappings())
    said += [each.corrected_to for each in later if isinstance(each, e.TimeCorrected) and each.corrects == sequence]
    return RecordedFact(sequence, event, tuple(said), row["recorded_at"])


def _read(row: Any) -> e.CaseEvent:
    return e.read_event(row["type"], row["v"], row["occurred_at"], row["actor"], row["payload"])
