"""`pathways check`: everything that is wrong in definition files, each with its place, a code and a remedy."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.catalogue import Checked, check_paths
from engine.findings import Finding, all_codes
from engine.shelf import SHIPPED
from pathways.definition_parts import LANGUAGES
from pathways.near_miss import did_you_mean

FORMATS = ("text", "json", "sarif")


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; the shipped ones when none.", metavar="[PATH]…")
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="text, json or sarif.")] = "text",
    lang: Annotated[str, typer.Option(help="fi, sv or en.")] = "fi",
    county: Annotated[str, typer.Option(help="Whose settings and units the pathways are held against.")] = "esimerkki",
) -> None:
    """Check pathway files. Exit code 0: clean, or warnings only. 1: errors. 2: something can't be read."""
    _refuse_unknown("--format", format_, FORMATS)
    _refuse_unknown("--lang", lang, LANGUAGES)
    checked = check_paths(paths or (_from_here(SHIPPED),), county)
    {"text": _say, "json": _say_json, "sarif": _say_sarif}[format_](checked, lang)
    raise typer.Exit(2 if checked.is_unreadable else int(checked.has_errors))


def _from_here(path: Path) -> Path:
    """Return the path as a terminal here would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _refuse_unknown(option: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        typer.echo(f'{option} "{value}" is not known{did_you_mean(value, known)}; choose {", ".join(known)}.', err=True)
        raise typer.Exit(2)


def _say(checked: Checked, lang: str) -> None:
    for finding in checked.findings:
        typer.echo(f"{finding.place}: {_SEVERITY[lang][finding.severity]} {finding.code} {finding.sentence(lang)}")
        typer.echo(f"    {finding.remedy(lang)}")
    errors = sum(finding.severity == "error" for finding in checked.findings)
    summary = _SUMMARY[lang].format(len(checked.files), errors, len(checked.findings) - errors)
    typer.echo(summary, err=True)


def _say_json(checked: Checked, lang: str) -> None:
    errors = sum(finding.severity == "error" for finding in checked.findings)
    content = {
        "files": [str(file) for file in checked.files],
        "errors": errors,
        "warnings": len(checked.findings) - errors,
        "findings": [_as_json(finding, lang) for finding in checked.findings],
    }
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))


def _as_json(finding: Finding, lang: str) -> Mapping[str, Any]:
    return {
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.path,
        "sentence": finding.sentence(lang),
        "remedy": finding.remedy(lang),
        "way": list(finding.way),
    }


def _say_sarif(checked: Checked, lang: str) -> None:
    driver = {"name": "pathways check", "rules": [{"id": code} for code in all_codes()]}
    run = {"tool": {"driver": driver}, "results": [_as_sarif(finding, lang) for finding in checked.findings]}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    typer.echo(json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2))


def _as_sarif(finding: Finding, lang: str) -> Mapping[str, Any]:
    place = finding.place
    where = {
        "artifactLocation": {"uri": Path(place.file).as_posix()},
        "region": {"startLine": place.line, "startColumn": place.column},
    }
    return {
        "ruleId": finding.code,
        "level": finding.severity,
        "message": {"text": f"{finding.sentence(lang)} {finding.remedy(lang)}"},
        "locations": [{"physicalLocation": where}],
    }


_SEVERITY = {
    "fi": {"error": "virhe", "warning": "varoitus"},
    "sv": {"error": "fel", "warning": "varning"},
    "en": {"error": "error", "warning": "warning"},
}
_SUMMARY = {
    "fi": "Tiedostoja {0}: virheitä {1}, varoituksia {2}.",
    "sv": "Filer {0}: fel {1}, varningar {2}.",
    "en": "Files {0}: errors {1}, warnings {2}.",
}
