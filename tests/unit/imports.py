"""Reads the imports of our layers and says which of them point outwards, sideways or where they may not."""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LAYERS = ("pathways", "engine", "worker", "api", "cli")

# Which other layers each one may know: pathways ← engine ← worker, api ← cli.
MAY_KNOW = {
    "pathways": frozenset[str](),
    "engine": frozenset({"pathways"}),
    "worker": frozenset({"pathways", "engine"}),
    "api": frozenset({"pathways", "engine"}),
    "cli": frozenset({"pathways", "engine", "worker", "api"}),
}

# Never imported by a layer: they prove and measure it, from outside. The pathways and features that are shipped are
# data, which is read through importlib.resources; the step vocabulary of features is composed in cli.
BESIDE = frozenset({"tests", "benchmarks", "definitions", "features"})
MAY_KNOW_BESIDE = {"cli": frozenset({"features", "definitions", "benchmarks"})}

# Libraries that only these files and folders know.
KEEPERS = {
    "transitions": ("engine/machine.py",),
    "celery": ("worker/", "cli/"),
    "kombu": ("worker/", "cli/"),
    "redis": ("worker/", "cli/"),
    "fastapi": ("api/", "cli/"),
    "starlette": ("api/", "cli/"),
    "uvicorn": ("cli/",),
    "typer": ("cli/",),
}

PURE = frozenset({*sys.stdlib_module_names, "pydantic", "pydantic_core", "annotated_types", "typing_extensions"})

# The standard library's ways to a network, a database, another process or another thread's state.
IMPURE = frozenset({"socket", "sqlite3", "subprocess", "urllib", "http", "smtplib", "asyncio", "ssl"})

CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}


@dataclass(frozen=True)
class Import:
    file: str  # from the root, with slashes
    line: int
    module: str  # absolute
    hidden: bool  # inside a function

    @property
    def package(self) -> str:
        return self.module.partition(".")[0]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: imports {self.module}"


def offences(root: Path, hidden_with_reason: Mapping[str, str] | None = None) -> list[str]:
    """Say which imports of the layers under `root` may not be, each as `file:line: …`."""
    found = []
    for each in imports_under(root):
        layer = each.file.partition("/")[0]
        if each.package in LAYERS and each.package not in {layer, *MAY_KNOW[layer]}:
            found.append(f"{each}, but {layer} may only know {', '.join(sorted(MAY_KNOW[layer])) or 'itself'}")
        if each.package in BESIDE - MAY_KNOW_BESIDE.get(layer, frozenset()):
            found.append(f"{each}, which stands beside the layers")
        if (keepers := KEEPERS.get(each.package)) and not each.file.startswith(keepers):
            found.append(f"{each}, which only {' and '.join(keepers)} may know")
        if layer == "pathways" and each.package not in PURE | frozenset(LAYERS):
            found.append(f"{each}, but pathways is standard library and pydantic")
        if layer == "pathways" and each.package in IMPURE:
            found.append(f"{each}, but pathways is pure")
        if each.hidden and f"{each.file}: {each.module}" not in (hidden_with_reason or {}):
            found.append(f"{each} inside a function, and no reason is listed")
    return found


def imports_under(root: Path) -> Iterator[Import]:
    for file, tree in trees_under(root):
        in_functions = {
            id(inner)
            for outer in ast.walk(tree)
            if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for inner in ast.walk(outer)
        }
        for node in ast.walk(tree):
            for module in modules_of(node, file):
                yield Import(file, node.lineno, module, id(node) in in_functions)  # type: ignore[attr-defined]


def modules_of(node: ast.AST, file: str) -> list[str]:
    """Name the modules a statement imports: also by a relative name or by importlib."""
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(module=module, level=0):
            return [module or ""]
        case ast.ImportFrom(module=module, names=names, level=level):
            folder = file.split("/")[:-level]
            return [".".join([*folder, module]) if module else ".".join([*folder, name.name]) for name in names]
        case ast.Call(
            func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__"),
            args=[ast.Constant(value=str(module)), *_],
        ):
            return [module]
    return []


def hidden_clocks(root: Path, *, allowed: str) -> list[str]:
    """Say where the time is read other than in the `allowed` file and `cli/`, the edge: below, it is an argument."""
    return [
        f"{file}:{node.lineno}: reads the time by {ast.unparse(node)}"
        for file, tree in trees_under(root)
        if file != allowed and not file.startswith("cli/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and tuple(ast.unparse(node).split(".")[-2:]) in CLOCKS
    ]


def trees_under(root: Path) -> Iterator[tuple[str, ast.Module]]:
    for layer in LAYERS:
        for path in sorted((root / layer).rglob("*.py")):
            yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"), str(path))
