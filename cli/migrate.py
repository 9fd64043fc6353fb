"""`pathways migrate`: running cases go on by another version of their pathway, as a plan file says, and back."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress as Bar

from cli.complaints import Refused, unknown
from cli.formats import JSON, checked_format
from cli.settings import read_settings
from cli.users import worker_named
from cli.wiring import engine_of
from engine.case_migration import Asked, Migrated, MigrationPlan, migrate_all
from engine.findings import DefinitionRefused
from engine.handle import Engine
from engine.migration_plan import plan_template, running_now
from engine.migration_reversal import Reversed, reverse_all
from engine.migration_runs import runs_of
from engine.migration_words import (
    migrated_as_facts,
    migrated_in_words,
    report_of,
    reversed_as_facts,
    reversed_in_words,
    run_as_facts,
    runs_in_words,
)
from engine.people import the_tenant
from engine.published import versions_of
from engine.source import plain
from engine.yaml_text import read_yaml

Done = TypeVar("Done", Migrated, Reversed)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed."""

    pathway: str
    versions: tuple[int | None, int | None]
    plan: Path | None
    report: Path | None
    dry: bool
    by: str
    as_json: bool


def migrate(
    pathway: Annotated[str, typer.Argument(help="The pathway's id; not needed with --undo.")] = "",
    from_version: Annotated[int | None, typer.Option("--from", help="The version the cases are on.")] = None,
    to_version: Annotated[int | None, typer.Option("--to", help="A published version they go on by.")] = None,
    plan: Annotated[
        Path | None,
        typer.Option(help="YAML: `steps:` old to new, `promises:` keep_due, keep_elapsed, restart or drop."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    template: Annotated[bool, typer.Option("--plan-template", help="Print a plan file to start from.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="FILE.csv or FILE.json: every due instant that moves, and every breach.")
    ] = None,
    undo: Annotated[str, typer.Option(metavar="RUN", help="Take a migration back, by its id.")] = "",
    runs: Annotated[bool, typer.Option("--runs", help="List the migrations there have been.")] = False,
    by: Annotated[str, typer.Option(metavar="USER", help="Who does it: the name they sign in with.")] = "",
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Move running cases to another version. Every running promise needs a choice; a clock of the law takes keep_due only.

    It may be interrupted and run again. Each case can be taken back until the next thing happens on it (--undo).
    Exit code 1: some cases stay as they are, and it says why.
    """
    asked = _Asked(pathway, (from_version, to_version), plan, report, dry_run, by, checked_format(format_) == JSON)
    engine = engine_of(read_settings())
    try:
        code = _act(engine, asked, template=template, undo=undo, runs=runs)
    finally:
        engine.database.dispose()
    raise typer.Exit(code)


def _act(engine: Engine, asked: _Asked, *, template: bool, undo: str, runs: bool) -> int:
    with engine.database.read() as connection:
        tenant = the_tenant(connection)
        who = worker_named(connection, asked.by)
    if tenant is None:
        raise Refused("The database is empty: there are no cases to migrate.")
    tenant_id = str(tenant["tenant_id"])
    if undo:
        return _undo(engine, tenant_id, undo, who, asked)
    if runs:
        return _runs(engine, tenant_id, asked)
    return (
        _template(engine, _whole(engine, tenant_id, asked, who))
        if template
        else _migrate(engine, tenant_id, asked, who)
    )


def _whole(engine: Engine, tenant_id: str, asked: _Asked, who: str, plan: MigrationPlan | None = None) -> Asked:
    """What is asked, once everything is there: the pathway and both versions."""
    old, new = asked.versions
    if not asked.pathway or old is None or new is None:
        raise Refused("Say which cases move: pathways migrate PATHWAY --from VERSION --to VERSION --plan FILE")
    with engine.database.read() as connection:
        there = versions_of(connection, tenant_id)
    for version in (old, new):
        if (asked.pathway, version) not in there:
            name = f"{asked.pathway}@{version}"
            raise unknown("published version", name, (f"{key}@{number}" for key, number in there))
    return Asked(tenant_id, asked.pathway, (old, new), plan or MigrationPlan(), by=who)


def _migrate(engine: Engine, tenant_id: str, asked: _Asked, who: str) -> int:
    if asked.plan is None:
        raise Refused("Say the plan with --plan FILE; --plan-template prints one to start from.")
    as_json = _is_json(asked.report)
    whole = _whole(engine, tenant_id, asked, who, _plan(asked.plan))
    done = _watched(
        migrate_all(engine, whole, dry=asked.dry), "Migrating cases", lambda each: each.moved + each.refused
    )
    if asked.report:
        asked.report.write_text(report_of(done.listed, as_json=as_json), "utf-8")
    _say(asked, migrated_as_facts(done, asked.dry), migrated_in_words(done, asked.dry))
    return 1 if done.refused else 0


def _is_json(report: Path | None) -> bool:
    if report and report.suffix not in (".csv", ".json"):
        raise Refused(f'"{report.name}" ends in neither .csv nor .json.')
    return report is not None and report.suffix == ".json"


def _undo(engine: Engine, tenant_id: str, migration_id: str, who: str, asked: _Asked) -> int:
    with engine.database.read() as connection:
        known = [run.migration_id for run in runs_of(connection, tenant_id)]
    if migration_id not in known:
        raise unknown("migration", migration_id, known)
    steps = reverse_all(engine, tenant_id, migration_id, by=who)
    done = _watched(steps, "Taking it back", lambda each: each.back + each.refused)
    _say(asked, reversed_as_facts(done), reversed_in_words(done))
    return 1 if done.refused else 0


def _runs(engine: Engine, tenant_id: str, asked: _Asked) -> int:
    with engine.database.read() as connection:
        found = runs_of(connection, tenant_id, asked.pathway or None)
    _say(asked, [run_as_facts(run) for run in found], runs_in_words(found))
    return 0


def _template(engine: Engine, asked: Asked) -> int:
    with engine.database.read() as connection:
        old, new = (
            engine.published.version(connection, asked.tenant_id, asked.pathway, number) for number in asked.versions
        )
        typer.echo(plan_template(old, new, running_now(connection, asked)), nl=False)
    return 0


def _plan(file: Path) -> MigrationPlan:
    try:
        said = plain(read_yaml(file.read_text("utf-8"), str(file))) or {}
        kept = {key: part for key, part in said.items() if part is not None} if isinstance(said, dict) else said
        return MigrationPlan.model_validate(kept)
    except DefinitionRefused as unreadable:
        raise Refused(str(unreadable)) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise Refused(f"{file}: {where}: {first['msg']}. A plan has steps: and promises:, by their keys.") from None


def _watched(steps: Iterator[Done], what: str, how_far: Callable[[Done], int]) -> Done:
    with Bar(console=Console(stderr=True), transient=True) as bar:
        done = next(steps)
        task = bar.add_task(what, total=done.waiting, completed=how_far(done))
        for done in steps:
            bar.update(task, completed=how_far(done))
    return done


def _say(asked: _Asked, facts: Any, text: str) -> None:
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2) if asked.as_json else text)
