"""What a migration did or would do, for the command line: counts, reasons, and each due instant that moves."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from engine.case_migration import Migrated
from engine.migration_moves import COUNTED, Move, Moved
from engine.migration_reversal import Reversed
from engine.migration_runs import MigrationRun
from pathways.time_words import at_in_words
from pathways.time_zone import HELSINKI

COLUMNS = ("case", "promise", "kind", "choice", "due_from", "due_to", "direction", "breach")
SHOWN = 10
_SAID = {"later": "later", "earlier": "earlier", "same": "unmoved", "ends": "end", "begins": "begin"}


def migrated_in_words(done: Migrated, dry: bool) -> str:
    """Return how many cases move, which can't and why, what moves promise by promise, and the first of the moves."""
    would = "would move" if dry else "moved"
    lines = [f"{done.moved} of {done.waiting} cases {would}."]
    lines += [f"  {count} stay: {why} ({', '.join(numbers)})" for why, (numbers, count) in done.stayed.items()]
    lines += [f"  {key}: {_counts(moved)}" for key, moved in sorted(done.moves.items())]
    appear = "would appear" if dry else "appear"
    lines.append(f"{done.breaches} breaches {appear}.")
    lines += [f"  {_in_words(number, move)}" for number, move in done.listed[:SHOWN]]
    if len(done.listed) > SHOWN:
        lines.append(f"  … and {len(done.listed) - SHOWN} more; --report FILE.csv lists every one.")
    if done.migration_id:
        lines.append(f"To take it back: pathways migrate --undo {done.migration_id}")
    return "\n".join(lines)


def _counts(moved: Moved) -> str:
    said = [f"{count} {_SAID[name]}" for name, count in moved.counts.items() if count]
    return ", ".join(said) + (f"; {moved.breaches} overdue at once" if moved.breaches else "")


def _in_words(number: str, move: Move) -> str:
    due = [at_in_words(each, "en") if each else "–" for each in (move.due_from, move.due_to)]
    return f"{number} {move.key}: {due[0]} → {due[1]}{' BREACH' if move.breach else ''}"


def migrated_as_facts(done: Migrated, dry: bool) -> dict[str, Any]:
    stayed = [{"why": why, "cases": count, "first": numbers} for why, (numbers, count) in done.stayed.items()]
    promises = {
        key: {**{name: moved.counts[name] for name in COUNTED}, "breaches": moved.breaches}
        for key, moved in sorted(done.moves.items())
    }
    facts = {"dry_run": dry, "migration_id": done.migration_id, "waiting": done.waiting, "moved": done.moved}
    return facts | {"stayed": stayed, "promises": promises, "breaches": done.breaches}


def reversed_in_words(done: Reversed) -> str:
    """Return how many cases went back, and which stay and why."""
    old, new = done.run.versions
    lines = [f"{done.back} of {done.waiting} cases went back from version {new} to {old}."]
    lines += [f"  {count} stay: {why} ({', '.join(numbers)})" for why, (numbers, count) in done.stayed.items()]
    return "\n".join(lines)


def reversed_as_facts(done: Reversed) -> dict[str, Any]:
    stayed = [{"why": why, "cases": count, "first": numbers} for why, (numbers, count) in done.stayed.items()]
    return {"migration_id": done.run.migration_id, "moved": done.waiting, "back": done.back, "stayed": stayed}


def runs_in_words(runs: Iterable[MigrationRun]) -> str:
    """Return one line for each run, the newest first."""
    lines = [
        f"{run.migration_id}  {run.pathway_id} {run.versions[0]} → {run.versions[1]}  {run.state}"
        f"  {at_in_words(run.started_at, 'en')}  by {run.started_by}: {_states(run.counts)}"
        for run in runs
    ]
    return "\n".join(lines) or "Nothing has been migrated yet."


def _states(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "no case yet"


def run_as_facts(run: MigrationRun) -> dict[str, Any]:
    moments = {name: getattr(run, name) for name in ("started_at", "finished_at", "reversed_at")}
    facts = {name: getattr(run, name) for name in ("migration_id", "state", "waiting", "started_by", "reversed_by")}
    facts |= {"pathway": run.pathway_id, "from": run.versions[0], "to": run.versions[1], "plan": dict(run.plan)}
    return facts | {name: at.isoformat() if at else None for name, at in moments.items()} | {"cases": dict(run.counts)}


def report_of(moves: Iterable[tuple[str, Move]], *, as_json: bool) -> str:
    """Return every move as a file: CSV with a head, or a JSON list. Times are local, with their offset."""
    rows = [dict(zip(COLUMNS, _row(number, move), strict=True)) for number, move in moves]
    if as_json:
        return json.dumps(rows, ensure_ascii=False, indent=1)
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def _row(number: str, move: Move) -> tuple[Any, ...]:
    due = [each.astimezone(HELSINKI).isoformat() if each else None for each in (move.due_from, move.due_to)]
    return (number, move.key, move.kind, move.choice, *due, move.direction, move.breach)
