"""Set aside: a broken case stops no sweep. It keeps its error and is tried again, later each time (rule 26)."""

from datetime import datetime, timedelta
from pathlib import Path
from traceback import extract_tb

from sqlalchemy import Connection, func, select, update

from engine.incidents import note_incident
from engine.projection import CASE_TABLE as CASE
from pathways.errors import PathwayError

FIRST_RETRY, LAST_RETRY = timedelta(minutes=1), timedelta(hours=6)
LONGEST = 400  # characters of an error that are kept


def set_aside(connection: Connection, tenant_id: str, case_id: str, error: Exception, now: datetime) -> None:
    """Leave the case alone for a while: a minute at first, doubling up to six hours."""
    own = (CASE.c.tenant_id == tenant_id) & (CASE.c.case_id == case_id)
    tries = connection.execute(select(CASE.c.set_aside_tries).where(own)).scalar() or 0
    connection.execute(
        update(CASE)
        .where(own)
        .values(
            set_aside_at=func.coalesce(CASE.c.set_aside_at, now),
            set_aside_until=now + min(FIRST_RETRY * 2 ** min(tries, 20), LAST_RETRY),
            set_aside_tries=tries + 1,
            set_aside_error=words_of(error),
        )
    )
    if tries == 0:
        note_incident(connection, tenant_id, "case_set_aside", {"error": words_of(error)}, now, case_id)


def welcome_back(connection: Connection, tenant_id: str, case_ids: list[str]) -> None:
    """What was tried again went well: nothing sets these cases apart any more."""
    mine = (CASE.c.tenant_id == tenant_id) & CASE.c.case_id.in_(case_ids) & CASE.c.set_aside_at.is_not(None)
    nothing = {"set_aside_at": None, "set_aside_until": None, "set_aside_tries": 0, "set_aside_error": None}
    connection.execute(update(CASE).where(mine).values(**nothing))


def words_of(error: Exception) -> str:
    """Which error and where, never what it said: a driver's message may quote a client's row."""
    frames = extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    said = f": {error}" if isinstance(error, PathwayError) else ""
    return f"{type(error).__name__}{where}{said}"[:LONGEST]
