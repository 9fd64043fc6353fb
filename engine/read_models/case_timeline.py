"""The timeline of a case: its journal in the reader's language, newest first."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, select

from engine import tables as t
from engine.access_log import Read
from engine.handle import Reading
from engine.machine import CompiledPathway
from engine.projection import table_of
from engine.read_models.case_access import SeenCase, see_case
from engine.read_models.people_shown import WorkerShown, unit_names, workers_of
from engine.read_models.promise_shown import WORKING_DAYS
from engine.read_models.texts_shown import TextsShown, texts_shown
from engine.read_models.timeline_sentences import SENTENCES
from engine.read_models.timeline_telling import Telling, payload_of
from pathways.errors import Malformed
from pathways.time_words import Language


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One fact. `category` groups for the eye: case, step, contact, promise, person, consultation, plan."""

    sequence: int
    type: str
    category: str
    occurred_at: datetime
    recorded_at: datetime
    who: WorkerShown
    what: str
    """A whole sentence in the language asked for."""
    words: str | None = None
    """The note written with it, when there is one and it isn't erased."""
    text_erased: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    entries: tuple[TimelineEntry, ...]
    next_cursor: str | None


EVENT = table_of(t.CaseEventRow)
RUN = table_of(t.StepRunRow)
PROMISE = table_of(t.PromiseRow)
NEWEST = 50
MOST = 200
TEXT_NAMES = ("text_id", "question_text", "client_view_text", "plan_text", "why_text", "contact_id")
WITHOUT_WORDS = ("plan_drafted",)
MOVED = ("case_migrated", "case_migration_reversed")
PENDING = "pending."
ANSWERED = "answered."
ENDED = "ended."


def case_timeline(
    reading: Reading,
    case_id: str,
    language: Language,
    *,
    cursor: str | None = None,
    limit: int = NEWEST,
    category: str | None = None,
) -> Timeline:
    """The case's journal as sentences; `cursor` goes on where the last page ended."""
    seen = see_case(reading, case_id)
    reading.note(Read("timeline", seen.ground, case_id=case_id, client_ids=seen.client_ids, unit_id=seen.unit_id))
    return timeline_of(reading, seen, language, cursor=cursor, limit=limit, category=category)


def timeline_of(
    reading: Reading,
    seen: SeenCase,
    language: Language,
    *,
    cursor: str | None = None,
    limit: int = NEWEST,
    category: str | None = None,
) -> Timeline:
    """The same for a case that was looked at and logged already."""
    limit = min(max(limit, 1), MOST)
    rows = _rows(reading, seen.case_id, _before(cursor), _types(category), limit + 1)
    payloads = [payload_of(row) for row in rows[:limit]]
    shown = [(row, payload) for row, payload in zip(rows, payloads, strict=False) if _is_shown(row, payload)]
    telling = _telling(reading, seen, language, rows, payloads)
    texts = texts_shown(reading, {payload.get(name) for payload in payloads for name in TEXT_NAMES})
    entries = tuple(_entry(row, payload, telling, texts) for row, payload in shown)
    more = len(rows) > limit
    return Timeline(entries, str(rows[limit - 1]["sequence"]) if more else None)


def _before(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 9:
        raise Malformed("cursor", "not_a_cursor")
    return int(cursor)


def _types(category: str | None) -> Sequence[str]:
    return [type_ for type_, sentence in SENTENCES.items() if category in (None, sentence.category)]


def _rows(reading: Reading, case_id: str, before: int | None, types: Sequence[str], limit: int) -> Sequence[RowMapping]:
    question = select(EVENT).where(
        EVENT.c.tenant_id == reading.actor.tenant_id, EVENT.c.case_id == case_id, EVENT.c.type.in_(types)
    )
    if before is not None:
        question = question.where(EVENT.c.sequence < before)
    return reading.connection.execute(question.order_by(EVENT.c.sequence.desc()).limit(limit)).mappings().all()


def _is_shown(row: RowMapping, payload: Mapping[str, Any]) -> bool:
    """Facts the engine notes for itself are its own business, and so is a recalculation that moves no due instant."""
    if row["type"] == "promise_recalculated" and payload["due_at"] == payload["old_due_at"]:
        return False
    name = str(payload.get("name", ""))
    return row["type"] != "fact_noted" or not name.startswith((PENDING, ANSWERED, ENDED))


def _telling(
    reading: Reading, seen: SeenCase, language: Language, rows: Sequence[RowMapping], payloads: Sequence[dict[str, Any]]
) -> Telling:
    named = {payload.get("worker_id") for payload in payloads} | {row["actor"] for row in rows}
    units = {payload.get(name) for payload in payloads for name in ("unit_id", "to_unit")}
    steps = _keys(reading, RUN.c.run_id, RUN.c.step, seen.case_id)
    promises = _keys(reading, PROMISE.c.promise_id, PROMISE.c.key, seen.case_id)
    named_steps = {payload["step"] for payload in payloads if payload.get("step")} | {*steps.values()}
    return Telling(
        pathway=seen.pathway,
        language=language,
        workers=workers_of(reading, named, language),
        units=unit_names(reading, units, language),
        steps=steps,
        promises=promises,
        kinds=_keys(reading, PROMISE.c.promise_id, PROMISE.c.kind, seen.case_id),
        working_days=reading.engine.calendars.in_force(WORKING_DAYS, reading.now),
        before=_versions_before(reading, seen, named_steps, {*promises.values()}),
    )


def _versions_before(
    reading: Reading, seen: SeenCase, steps: Set[str], promises: Set[str]
) -> tuple[CompiledPathway, ...]:
    """Versions the case has run by, newest first; asked for only where the journal names what the present one lacks."""
    if steps <= seen.pathway.steps.keys() and promises <= seen.pathway.promises.keys():
        return ()
    mine = (EVENT.c.tenant_id == reading.actor.tenant_id) & (EVENT.c.case_id == seen.case_id)
    moved = select(EVENT.c.payload).where(mine, EVENT.c.type.in_(MOVED)).order_by(EVENT.c.sequence.desc())
    numbers = dict.fromkeys(int(row["from_version"]) for row in reading.connection.execute(moved).scalars())
    published, tenant_id = reading.engine.published, reading.actor.tenant_id
    return tuple(published.version(reading.connection, tenant_id, seen.pathway.id, each) for each in numbers)


def _keys(reading: Reading, id_column: Any, key_column: Any, case_id: str) -> dict[str, str]:
    table = id_column.table
    question = select(id_column, key_column).where(
        table.c.tenant_id == reading.actor.tenant_id, table.c.case_id == case_id
    )
    return {row[0]: row[1] for row in reading.connection.execute(question)}


def _entry(row: RowMapping, payload: Mapping[str, Any], telling: Telling, texts: TextsShown) -> TimelineEntry:
    words = None if row["type"] in WITHOUT_WORDS else _text_id(payload)
    return TimelineEntry(
        sequence=row["sequence"],
        type=row["type"],
        category=SENTENCES[row["type"]].category,
        occurred_at=row["occurred_at"],
        recorded_at=row["recorded_at"],
        who=telling.workers.named(row["actor"]),
        what=telling.sentence(row["type"], payload),
        words=texts.body(words),
        text_erased=texts.is_erased(words),
    )


def _text_id(payload: Mapping[str, Any]) -> str | None:
    return next((str(payload[name]) for name in TEXT_NAMES if payload.get(name)), None)
