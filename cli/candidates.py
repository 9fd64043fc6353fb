"""`pathways candidates`: counts who may need many services, as the timers do every night. Shown first with --dry-run."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress as Bar

from cli.complaints import Refused
from cli.formats import JSON, checked_format
from cli.settings import Settings, read_settings
from cli.wiring import engine_of
from engine.candidates import Progress, find_candidates, rules_of_county
from engine.handle import Engine
from engine.people import the_tenant


def candidates(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count and tell; nothing is written.")] = False,
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Ask the rules about every client a unit handles. It proposes clients to their own units; people decide.

    Nothing else happens to anybody. It may be run again at any time: nobody is proposed twice.
    """
    form, settings = checked_format(format_), read_settings()
    engine = engine_of(settings)
    try:
        done = _counted(engine, settings, dry_run=dry_run)
    finally:
        engine.database.dispose()
    facts = {name: getattr(done, name) for name in ("looked_at", "found", "renewed", "lapsed")}
    facts |= {"hits": dict(sorted(done.hits.items())), "dry_run": dry_run}
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2) if form == JSON else _said(done, dry_run=dry_run))


def _counted(engine: Engine, settings: Settings, *, dry_run: bool) -> Progress:
    with engine.database.read() as connection:
        tenant = the_tenant(connection)
    if tenant is None:
        raise Refused("The database is empty. Begin with its administrator: pathways user add NAME --role admin")
    tenant_id = str(tenant["tenant_id"])
    book = rules_of_county(engine, tenant_id, settings.definitions)
    if book is None:
        raise Refused("There are no rules: a folder of definitions holds them in candidates/*.yaml.")
    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Counting clients", total=None)
        done = Progress()
        for done in find_candidates(engine, tenant_id, book, dry_run=dry_run):
            bar.update(task, completed=done.looked_at)
    return done


def _said(done: Progress, *, dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    lines = [
        f"Looked at {done.looked_at} clients, once for each unit that handles them.",
        f"{done.found} {would}proposed, {done.renewed} stand as before, {done.lapsed} {would}taken off the list.",
    ]
    lines += [f"  {rule:<4}{many:>6}" for rule, many in sorted(done.hits.items(), key=lambda one: int(one[0][1:]))]
    return "\n".join(lines)
