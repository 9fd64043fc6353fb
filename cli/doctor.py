"""`pathways doctor`: explains every stuck case and late timer, and says what to do."""

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer
from kombu import Connection
from kombu.exceptions import OperationalError

from cli.formats import JSON, checked_format, checked_language
from cli.settings import read_settings
from cli.wiring import engine_of, redis_url
from engine.diagnosis import Complaint, diagnose, where_promises_wait
from engine.promise_places import Place


def doctor(
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    lang: Annotated[str, typer.Option(help="fi, sv or en: the language in which it says where promises wait.")] = "en",
) -> None:
    """Look for cases that are stuck, timers that are late and parts that don't answer. Exit code 1: something is not well."""
    form, language = checked_format(format_), checked_language(lang)
    settings = read_settings()
    engine = engine_of(settings)
    try:
        found, waiting = diagnose(engine), where_promises_wait(engine)
    finally:
        engine.database.dispose()
    if settings.redis_url:
        found += _broker(redis_url(settings))
    said = [place.in_words(language) for place in waiting]
    facts = _facts(found) | {"promises": [_place(each, words) for each, words in zip(waiting, said, strict=True)]}
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2) if form == JSON else _in_words(found, said))
    raise typer.Exit(1 if found else 0)


def _broker(url: str) -> list[Complaint]:
    try:
        with Connection(url, transport_options={"socket_connect_timeout": 3, "socket_timeout": 3}) as connection:
            connection.ensure_connection(max_retries=1, timeout=3)
    except (OperationalError, OSError):
        sentence = (
            "Redis doesn't answer at PATHWAYS_REDIS_URL: nobody wakes the workers, and promises are noticed late."
        )
        return [Complaint("redis_not_reached", sentence, "Start it, or mend the address. Nothing is lost meanwhile.")]
    return []


def _facts(found: list[Complaint]) -> dict[str, Any]:
    return {
        "healthy": not found,
        "found": [asdict(each) | {"since": each.since.isoformat() if each.since else None} for each in found],
    }


def _place(place: Place, words: str) -> dict[str, Any]:
    since = place.since.isoformat() if place.since else None
    return {"kind": place.kind, "count": place.count, "since": since, "cases": place.cases, "sentence": words}


def _in_words(found: list[Complaint], waiting: list[str]) -> str:
    lines = [f"{each.sentence}\n    {each.remedy}" for each in found] or ["Everything is well."]
    return "\n".join([*lines, *waiting])
