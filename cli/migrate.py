"""`pathways migrate`: running cases go on by another version of their pathway, as a plan file says."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress as Bar

from cli.complaints import Refused
from cli.formats import JSON, checked_format
from cli.settings import read_settings
from cli.wiring import engine_of
from engine.case_migration import Migrated, MigrationPlan, migrate_all
from engine.findings import DefinitionRefused
from engine.handle import Engine
from engine.people import the_tenant
from engine.source import plain
from engine.yaml_text import read_yaml


def migrate(
    pathway: Annotated[str, typer.Argument(help="The pathway's id.")],
    from_version: Annotated[int, typer.Option("--from", help="The version the cases are on.")],
    to_version: Annotated[int, typer.Option("--to", help="A published version they go on by.")],
    plan: Annotated[
        Path, typer.Option(help="YAML: `steps:` old to new, `promises:` keep_due, keep_elapsed, restart or drop.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Move running cases to another version. Every running promise needs a choice; a clock of the law takes keep_due only.

    It may be interrupted and run again. Exit code 1: some cases stay as they are, and it says why.
    """
    form, said = checked_format(format_), _plan(plan)
    engine = engine_of(read_settings())
    try:
        done = _migrated(engine, pathway, (from_version, to_version), said, dry_run)
    finally:
        engine.database.dispose()
    typer.echo(json.dumps(_facts(done, dry_run), indent=2) if form == JSON else _text(done, dry_run))
    raise typer.Exit(1 if done.refused else 0)


def _plan(file: Path) -> MigrationPlan:
    try:
        return MigrationPlan.model_validate(plain(read_yaml(file.read_text("utf-8"), str(file))) or {})
    except DefinitionRefused as unreadable:
        raise Refused(str(unreadable)) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise Refused(f"{file}: {where}: {first['msg']}. A plan has steps: and promises:, by their keys.") from None


def _migrated(engine: Engine, pathway: str, versions: tuple[int, int], plan: MigrationPlan, dry: bool) -> Migrated:
    with engine.database.read() as connection:
        tenant = the_tenant(connection)
        if tenant is None:
            raise Refused("The database is empty: there are no cases to migrate.")
        for version in versions:
            engine.published.version(connection, tenant["tenant_id"], pathway, version)
    with Bar(console=Console(stderr=True), transient=True) as bar:
        steps = migrate_all(engine, tenant["tenant_id"], pathway, versions, plan, dry=dry)
        done = next(steps)
        task = bar.add_task("Migrating cases", total=done.waiting)
        for done in steps:
            bar.update(task, completed=done.moved + done.refused)
    return done


def _facts(done: Migrated, dry: bool) -> dict[str, Any]:
    stayed = [{"why": why, "cases": count, "first": numbers} for why, (numbers, count) in done.stayed.items()]
    return {"dry_run": dry, "waiting": done.waiting, "moved": done.moved, "stayed": stayed}


def _text(done: Migrated, dry: bool) -> str:
    would = "would move" if dry else "moved"
    lines = [f"{done.moved} of {done.waiting} cases {would}."]
    lines += [f"  {count} stay: {why} ({', '.join(numbers)})" for why, (numbers, count) in done.stayed.items()]
    return "\n".join(lines)
