"""`pathways verify`: replays every journal and compares, and checks the seals."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from cli.formats import JSON, checked_format
from cli.settings import read_settings
from cli.wiring import engine_of
from engine.verify import Discrepancy, Verified, how_many_cases
from engine.verify import verify as verify_all


def verify(
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Replay every case's journal and compare it with the rows, breaches, rungs and seals. Exit code 1: something differs."""
    form = checked_format(format_)
    engine = engine_of(read_settings())
    done = Verified()
    try:
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Replaying journals", total=how_many_cases(engine))
            for looked_at in verify_all(engine, done):
                progress.advance(task, looked_at)
    finally:
        engine.database.dispose()
    typer.echo(json.dumps(_facts(done), ensure_ascii=False, indent=2) if form == JSON else _in_words(done))
    raise typer.Exit(1 if done.found else 0)


def _facts(done: Verified) -> dict[str, Any]:
    return {
        "cases": done.cases,
        "events": done.events,
        "seals": done.seals,
        "anchors": done.anchors,
        "sealed_with_another_key": done.sealed_with_another_key,
        "unsealed": {
            "cases": done.unsealed_cases,
            "events": done.unsealed_events,
            "since": done.oldest_unsealed.isoformat() if done.oldest_unsealed else None,
        },
        "found": [{"kind": each.kind, "case_id": each.case_id, "where": each.where} for each in done.found],
    }


def _in_words(done: Verified) -> str:
    lines = [_line(each) for each in done.found]
    lines.append(
        f"{done.cases} cases, {done.events} events, {done.seals} seals, {done.anchors} daily anchors: {_verdict(done)}"
    )
    if done.unsealed_events:
        since = f"{done.oldest_unsealed:%Y-%m-%d %H:%M:%S} UTC" if done.oldest_unsealed else ""
        lines.append(f"Not sealed yet: {done.unsealed_events} events of {done.unsealed_cases} cases, since {since}.")
    if done.sealed_with_another_key:
        lines.append(f"Not checked: {done.sealed_with_another_key} seals were made with another secret.")
    return "\n".join(lines)


def _verdict(done: Verified) -> str:
    return f"{len(done.found)} differences." if done.found else "everything agrees."


def _line(found: Discrepancy) -> str:
    return f"{WORDS.get(found.kind, found.kind)}: {found.where}" + (f" (case {found.case_id})" if found.case_id else "")


WORDS = {
    "journal_missing": "A case has no journal",
    "event_missing": "An event is missing",
    "event_not_counted": "The journal holds an event the case doesn't count",
    "event_unreadable": "An event can't be replayed",
    "row_differs": "A row is not what the journal says",
    "not_one_responsible": "Not exactly one responsible party",
    "breach_differs": "A breach is not what the journal says",
    "breach_doubled": "A breach stands twice in the journal",
    "rung_differs": "A rung is not what the journal says",
    "rung_doubled": "A rung fired twice",
    "words_differ": "Words are not those the journal names",
    "words_missing": "Words that the journal names are missing",
    "seal_broken": "A seal does not fit",
    "journal_cut_short": "A journal is shorter than its seals",
    "anchor_broken": "A day's anchor does not fit the seals",
    "month_differs": "A frozen month's figures were changed",
}
