"""`pathways spec`: runs specifications against the definitions given; lists the sentences they are written in."""

import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, NoReturn

import typer

from cli.settings import Settings, read_settings
from engine.calendars import Calendars, calendars_of, shipped_calendars
from engine.findings import DefinitionRefused
from features.definitions_given import GivenDefinitions
from features.feature_file import FeatureFile, FeatureUnreadable, read_feature
from features.lint import Finding, findings_in
from features.listing import as_markdown
from features.specify import Played, Stage, definitions_near, feature_paths
from pathways.time_words import Language

SHIPPED_FEATURES = Path(__file__).parent.parent / "features"

WORDS: dict[str, dict[Language, str]] = {
    "summary": {
        "fi": "{0} tapausta, {1} pitää, {2} ei pidä ({3:.1f} s)",
        "sv": "{0} scenarier, {1} stämmer, {2} stämmer inte ({3:.1f} s)",
        "en": "{0} scenarios, {1} hold, {2} don't ({3:.1f} s)",
    },
    "nothing": {
        "fi": "Täällä ei ole yhtään .feature-tiedostoa: {0}",
        "sv": "Här finns inga .feature-filer: {0}",
        "en": "There are no .feature files here: {0}",
    },
}


def spec(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Feature files or folders; the shipped ones when none.", metavar="[PATH]…"),
    ] = None,
    steps: Annotated[
        bool, typer.Option("--steps", help="List the sentences in fi, sv and en, with an example each.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(help="Write report.md and report.json into this folder.", metavar="DIR")
    ] = None,
    definitions: Annotated[
        list[Path] | None, typer.Option(help="Folders with pathways; those beside the files are found by themselves.")
    ] = None,
    lang: Annotated[str, typer.Option(help="fi, sv or en.")] = "fi",
) -> None:
    """Run specifications. Exit code 0: all hold. 1: some don't, or say less than they seem to. 2: unreadable."""
    if steps:
        typer.echo(as_markdown(), nl=False)
        return
    language = _language(lang)
    files = _files(paths or [SHIPPED_FEATURES], language)
    features = [_read(file) for file in files]
    _refuse_what_says_too_little(findings_in(files))
    played = list(_play(features, _stage_parts(paths or [], definitions or [], read_settings())))
    _say_summary(played, language)
    if report:
        write_report(report, played)
    raise typer.Exit(0 if all(each.passed for each in played) else 1)


def _language(lang: str) -> Language:
    known: dict[str, Language] = {"fi": "fi", "sv": "sv", "en": "en"}
    if lang not in known:
        _refuse(f'There is no language "{lang}"; choose fi, sv or en.')
    return known[lang]


def _files(paths: Iterable[Path], language: Language) -> tuple[Path, ...]:
    paths = tuple(paths)
    for path in paths:
        if not path.exists():
            _refuse(f"{path}: there is no such file or folder.")
    files = feature_paths(paths)
    return files or _refuse(WORDS["nothing"][language].format(", ".join(map(str, paths))))


def _read(file: Path) -> FeatureFile:
    try:
        return read_feature(file)
    except FeatureUnreadable as unreadable:
        _refuse(str(unreadable))


def _refuse_what_says_too_little(findings: list[Finding]) -> None:
    for finding in findings:
        typer.echo(str(finding), err=True)
    if findings:
        raise typer.Exit(1)


def _stage_parts(paths: list[Path], folders: list[Path], settings: Settings) -> tuple[GivenDefinitions, Calendars]:
    given = definitions_near(paths, (*settings.definitions, *folders))
    calendars = calendars_of(settings.calendars) if settings.calendars else shipped_calendars()
    try:
        given.check()  # once and first, so that what can't be read is told before anything runs
    except DefinitionRefused as refused:
        _refuse(str(refused))
    return given, calendars


def _play(features: list[FeatureFile], parts: tuple[GivenDefinitions, Calendars]) -> Iterable[Played]:
    with TemporaryDirectory() as folder:
        file = ""
        for played in Stage(Path(folder), *parts).play(features):
            if played.scenario.file != file:
                file = played.scenario.file
                typer.echo(f"{played.scenario.feature}  ({file})")
            _say(played)
            yield played


def _say(played: Played) -> None:
    if played.failed is None:
        typer.echo(f"  ✓ {played.scenario.title}")
        return
    typer.echo(f"  ✗ {played.scenario.title}")
    typer.echo(f"      {played.scenario.file}:{played.failed.line}: {played.failed.text}")
    for line in played.why.splitlines():
        typer.echo(f"      {line}")


def _say_summary(played: list[Played], language: Language) -> None:
    passed = sum(each.passed for each in played)
    seconds = sum(each.seconds for each in played)
    typer.echo(WORDS["summary"][language].format(len(played), passed, len(played) - passed, seconds))


# --- report ---------------------------------------------------------------------------------------------------


def write_report(folder: Path, played: list[Played]) -> None:
    """The same, to keep: report.json for programs, report.md for people."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = [_as_facts(each) for each in played]
    (folder / "report.json").write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (folder / "report.md").write_text(_as_markdown(played), encoding="utf-8")


def _as_facts(played: Played) -> dict[str, object]:
    scenario = played.scenario
    return {
        "feature": scenario.feature,
        "scenario": scenario.name,
        "file": scenario.file,
        "line": scenario.line,
        "tags": list(scenario.tags),
        "passed": played.passed,
        "seconds": round(played.seconds, 3),
        "failed_at": {"line": played.failed.line, "step": played.failed.text} if played.failed else None,
        "why": played.why or None,
    }


def _as_markdown(played: list[Played]) -> str:
    lines = []
    for each in played:
        if f"## {each.scenario.feature}" not in lines:
            lines += ["", f"## {each.scenario.feature}", ""]
        tags = f" ({', '.join(each.scenario.tags)})" if each.scenario.tags else ""
        lines.append(f"- {'✓' if each.passed else '✗'} {each.scenario.title}{tags}")
        if each.failed:
            lines.append(f"  - {each.failed.text}: {each.why}")
    return "\n".join(lines).lstrip() + "\n"


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
