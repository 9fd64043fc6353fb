"""`bench`: benchmarks with their floor in the same run, on a PostgreSQL they start themselves."""

import json
from collections.abc import Callable
from typing import Annotated, Any

import typer

BENCHMARKS = ("advance",)


def bench(
    name: Annotated[str, typer.Argument(help="advance")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document: ratio, floor, measured, runs.")
    ] = False,
    runs: Annotated[int, typer.Option(min=3, help="How many interleaved rounds; the median counts.")] = 7,
    advances: Annotated[int, typer.Option(min=10, help="Advances in a round.")] = 100,
) -> None:
    """Measure the product against a hand-written floor that writes the same rows."""
    if name not in BENCHMARKS:
        typer.echo(f'There is no benchmark "{name}"; there is: {", ".join(BENCHMARKS)}.', err=True)
        raise typer.Exit(2)
    report = _advance(runs, advances, _quiet if as_json else typer.echo)
    typer.echo(json.dumps(report, indent=2) if as_json else _in_words(report))


def _quiet(_: str) -> None:
    """With --json nothing but the document is printed."""


def _advance(runs: int, advances: int, tell: Callable[[str], None]) -> dict[str, Any]:
    from benchmarks.advance import measure_alone

    return measure_alone(runs=runs, advances=advances, tell=tell).as_json()


def _in_words(report: dict[str, Any]) -> str:
    measured, floor, ratio, history = (report[part] for part in ("measured", "floor", "ratio", "history"))
    return (
        f"One advance: {measured['cpu_us']:.0f} µs of client CPU, {measured['per_second']:.0f} a second,"
        f" {report['round_trips']} round trips.\n"
        f"Floor:       {floor['cpu_us']:.0f} µs of client CPU, {floor['per_second']:.0f} a second,"
        f" {report['floor_round_trips']} round trips.\n"
        f"Ratio: {ratio['client_cpu']} × the floor's CPU, {ratio['advances_per_second']} × its advances per second.\n"
        f"Step 400 costs {history['ratio']} × step 10 ({history['step_400_cpu_us']:.0f} and"
        f" {history['step_10_cpu_us']:.0f} µs of CPU). {report['server']}"
    )
