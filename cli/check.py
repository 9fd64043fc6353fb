"""`pathways check`: everything that is wrong in definition files, each with its place, a code and a remedy."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.check_sarif import as_sarif, explored
from engine.catalogue import Checked, check_paths
from engine.checks.exploration import Proof
from engine.findings import Finding
from engine.shelf import SHIPPED
from pathways.definition_parts import LANGUAGES
from pathways.near_miss import did_you_mean

FORMATS = ("text", "json", "sarif")
ALL = "all"
"""Every language at once, for a program that chooses later."""


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; the shipped ones when none.", metavar="[PATH]…")
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="text, json or sarif.")] = "text",
    lang: Annotated[str, typer.Option(help="fi, sv or en; with --format json also all, for all three.")] = "fi",
    county: Annotated[str, typer.Option(help="Whose settings and units the pathways are held against.")] = "esimerkki",
    states: Annotated[bool, typer.Option("--states", help="How many states of each pathway were explored.")] = False,
) -> None:
    """Check pathway files. Exit code 0: clean, or warnings only. 1: errors. 2: something can't be read."""
    _refuse_unknown("--format", format_, FORMATS)
    _refuse_unknown("--lang", lang, (*LANGUAGES, ALL) if format_ == "json" else LANGUAGES)
    checked = check_paths(paths or (_from_here(SHIPPED),), county)
    says: Mapping[str, Callable[[Checked, str], None]] = {
        "text": partial(_say, states=states),
        "json": _say_json,
        "sarif": _say_sarif,
    }
    says[format_](checked, lang)
    raise typer.Exit(2 if checked.is_unreadable else int(checked.has_errors))


def _from_here(path: Path) -> Path:
    """Return the path as a terminal here would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _refuse_unknown(option: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        typer.echo(f'{option} "{value}" is not known{did_you_mean(value, known)}; choose {", ".join(known)}.', err=True)
        raise typer.Exit(2)


def _say(checked: Checked, lang: str, *, states: bool) -> None:
    for finding in checked.findings:
        typer.echo(f"{finding.place}: {_SEVERITY[lang][finding.severity]} {finding.code} {finding.sentence(lang)}")
        typer.echo(f"    {finding.remedy(lang)}")
    for path, each in checked.proven.items() if states else ():
        typer.echo(f"{path}: {_explored(lang, each.proof)}")
    errors = sum(finding.severity == "error" for finding in checked.findings)
    summary = _SUMMARY[lang].format(len(checked.files), errors, len(checked.findings) - errors)
    typer.echo(f"{summary} {_capital(_explored(lang, *(each.proof for each in checked.proven.values())))}", err=True)


def _explored(lang: str, *proofs: Proof) -> str:
    """How many states were looked at, whether that was all of them, and how long it took."""
    stopped = [asked for proof in proofs for asked in proof.stopped]
    words = _EXPLORED[lang]["stopped" if stopped else "complete"]
    said = {"states": sum(proof.states for proof in proofs), "ms": sum(proof.milliseconds for proof in proofs)}
    return words.format(**said, questions=", ".join(stopped), left=sum(proof.unexplored for proof in proofs))


def _capital(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _say_json(checked: Checked, lang: str) -> None:
    errors = sum(finding.severity == "error" for finding in checked.findings)
    content = {
        "files": [str(file) for file in checked.files],
        "errors": errors,
        "warnings": len(checked.findings) - errors,
        "explored": explored(checked),
        "findings": [_as_json(finding, lang) for finding in checked.findings],
    }
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))


def _as_json(finding: Finding, lang: str) -> Mapping[str, Any]:
    everything = lang == ALL
    return {
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "path": finding.path,
        "sentence": {one: finding.sentence(one) for one in LANGUAGES} if everything else finding.sentence(lang),
        "remedy": {one: finding.remedy(one) for one in LANGUAGES} if everything else finding.remedy(lang),
        "way": list(finding.way),
    }


def _say_sarif(checked: Checked, lang: str) -> None:
    typer.echo(json.dumps(as_sarif(checked, lang), ensure_ascii=False, indent=2))


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
_EXPLORED = {
    "fi": {
        "complete": "tiloja {states}, kaikki käyty läpi, {ms} ms",
        "stopped": "pysähtyi {states} tilaan ({ms} ms); käymättä vähintään {left}: {questions}",
    },
    "sv": {
        "complete": "tillstånd {states}, alla har gåtts igenom, {ms} ms",
        "stopped": "stannade vid {states} tillstånd ({ms} ms); inte genomgångna minst {left}: {questions}",
    },
    "en": {
        "complete": "explored {states} states, complete, {ms} ms",
        "stopped": "stopped at {states} states ({ms} ms); not explored at least {left}: {questions}",
    },
}
