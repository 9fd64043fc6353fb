"""`pathways new`: a pathway file that passes the check, and a Finnish feature to start from. Never overwrites."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated, NoReturn

import typer

ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_TEMPLATE_ID = "uusi_polku"
_TEMPLATE_TITLE = "Uusi polku"


def new(
    name: Annotated[str, typer.Argument(help="The pathway's id: small letters, digits and underscores.")],
    folder: Annotated[
        Path, typer.Option(help="Where to write; its definitions and features folders when it has them.")
    ] = Path(),
) -> None:
    """Write NAME.yaml and NAME.feature to start from."""
    if not ID.fullmatch(name):
        _refuse(f"\"{name}\" can't be a pathway's id; write it as {_as_id(name)}.")
    pathway, feature = _place(folder, "definitions") / f"{name}.yaml", _place(folder, "features") / f"{name}.feature"
    for path in (pathway, feature):
        if path.exists():
            _refuse(f"{path} is already there; choose another name or move it away.")
    for path, template in ((pathway, "new_pathway.yaml"), (feature, "new_pathway.feature")):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(_named(template, name))
        typer.echo(str(path))
    typer.echo(f"Next: pathways check {pathway}", err=True)


def _place(folder: Path, kind: str) -> Path:
    return folder / kind if (folder / kind).is_dir() else folder


def _named(template: str, name: str) -> str:
    text = (files("cli") / template).read_text(encoding="utf-8")
    title = name.replace("_", " ").capitalize()
    return text.replace(_TEMPLATE_ID, name).replace(_TEMPLATE_TITLE, title)


def _as_id(name: str) -> str:
    plain = name.strip().lower().translate(str.maketrans("åäö -", "aao__"))
    kept = re.sub(r"[^a-z0-9_]", "", plain).lstrip("0123456789_")
    return kept[:60] or "oma_polku"


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
