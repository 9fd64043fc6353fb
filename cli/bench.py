"""`bench`: benchmarks with their floor in the same run, on servers they start themselves."""

import json
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple, Protocol

import typer


class Report(Protocol):
    """What a benchmark came to."""

    def as_json(self) -> dict[str, Any]: ...
    def in_words(self) -> str: ...


class Asked(NamedTuple):
    """What was asked of a benchmark; None is its own usual size."""

    runs: int | None
    cases: int | None
    promises: int | None
    on: str | None
    tell: Callable[[str], None]


def bench(
    name: Annotated[str, typer.Argument(help="advance, board, catalogue, cliff, migration or steady")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document: what was measured, the floor, what it must be.")
    ] = False,
    runs: Annotated[int | None, typer.Option(min=1, help="How many interleaved rounds; the median counts.")] = None,
    cases: Annotated[int | None, typer.Option(min=100, help="Cases to load first, with eight promises each.")] = None,
    promises: Annotated[int | None, typer.Option(min=100, help="Promises that fall due.")] = None,
    on: Annotated[str | None, typer.Option(help="advance: the address of a loaded database to compare with.")] = None,
) -> None:
    """Measure the product against a hand-written floor that writes the same rows.

    The sizes of the performance goals: `cliff --cases 1000000 --promises 100000`, `board --cases 1000000`.
    """
    if name not in BENCHMARKS:
        typer.echo(f'There is no benchmark "{name}"; there are: {", ".join(sorted(BENCHMARKS))}.', err=True)
        raise typer.Exit(2)
    report = BENCHMARKS[name](Asked(runs, cases, promises, on, _quiet if as_json else typer.echo))
    typer.echo(json.dumps(report.as_json(), indent=2) if as_json else report.in_words())


def _quiet(_: str) -> None:
    """With --json nothing but the document is printed."""


# Each is imported where it is run: benchmarks need the test requirements, the product doesn't.


def _advance(asked: Asked) -> Report:
    from benchmarks.advance import measure_alone

    return measure_alone(runs=asked.runs or 7, advances=100, cases=asked.cases, on=asked.on, tell=asked.tell)


def _cliff(asked: Asked) -> Report:
    from benchmarks.cliff import measure_alone

    return measure_alone(
        cases=asked.cases or 10_000, promises=asked.promises or 20_000, runs=asked.runs or 3, tell=asked.tell
    )


def _steady(asked: Asked) -> Report:
    from benchmarks.steady import measure_alone

    return measure_alone(cases=asked.cases or 10_000, promises=asked.promises or 1000, tell=asked.tell)


def _catalogue(asked: Asked) -> Report:
    from benchmarks.catalogue import measure_alone

    return measure_alone(runs=asked.runs or 5, tell=asked.tell)


def _board(asked: Asked) -> Report:
    from benchmarks.board import measure_alone

    return measure_alone(cases=asked.cases or 100_000, runs=asked.runs or 7, tell=asked.tell)


def _migration(asked: Asked) -> Report:
    from benchmarks.migration import measure_alone

    return measure_alone(cases=asked.cases or 1000, tell=asked.tell)


BENCHMARKS: dict[str, Callable[[Asked], Report]] = {
    "advance": _advance,
    "board": _board,
    "catalogue": _catalogue,
    "cliff": _cliff,
    "migration": _migration,
    "steady": _steady,
}
