"""The catalogue: how long it takes to read, check, compile and hold every shipped pathway, each measured in a process of its own.

Cold is what a start pays: Python, imports, files. Warm is what a running server pays for all versions it has stored.
The floor beside them is what nobody could go below: the parser's events of the same files, and their JSON.
"""

import statistics
import subprocess
import sys
from collections.abc import Callable

from benchmarks.figures import Figures

COLD = """
import time; began = time.perf_counter()
from engine.catalogue import load_catalogue
catalogue = load_catalogue()
print(time.perf_counter() - began, len(list(catalogue)))
"""
WARM = """
import json, resource, time
from engine.catalogue import load_catalogue
from engine.machine import CompiledPathway
from pathways.definition import PathwayDefinition
texts = [pathway.definition.to_json() for pathway in load_catalogue()]
began = time.perf_counter()
kept = [CompiledPathway(PathwayDefinition.from_json(text)) for text in texts]
took = time.perf_counter() - began
began = time.perf_counter()
for text in texts:
    json.loads(text)
print(took, time.perf_counter() - began, sum(map(len, texts)))
"""
MEMORY = """
import gc, tracemalloc
from engine.catalogue import load_catalogue
from engine.machine import CompiledPathway
from pathways.definition import PathwayDefinition
texts = [pathway.definition.to_json() for pathway in load_catalogue()]
gc.collect(); tracemalloc.start()
kept = [CompiledPathway(PathwayDefinition.from_json(text)) for text in texts]
gc.collect()
print(tracemalloc.get_traced_memory()[0])
"""
CHECK = """
import time; began = time.perf_counter()
from engine.catalogue import check_paths
from engine.shelf import SHIPPED
checked = check_paths([SHIPPED])
took = time.perf_counter() - began
proofs = [each.proof for each in checked.proven.values()]
print(took, sum(proof.states for proof in proofs), all(proof.is_complete for proof in proofs), len(checked.findings))
"""
EVENTS = """
import time, yaml
from engine.shelf import SHIPPED
texts = [path.read_text("utf-8") for path in sorted(SHIPPED.rglob("*.yaml"))]
began = time.perf_counter()
for text in texts:
    for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
        pass
print(time.perf_counter() - began, sum(map(len, texts)))
"""


def measure_alone(*, runs: int, tell: Callable[[str], None]) -> Figures:
    """Measure on this machine; the median of interleaved runs counts."""
    measured: dict[str, list[list[str]]] = {"cold": [], "warm": [], "check": [], "events": []}
    for number in range(runs):
        for name, program in (("cold", COLD), ("warm", WARM), ("check", CHECK), ("events", EVENTS)):
            measured[name].append(_ran(program))
        tell(f"{number + 1} of {runs}")
    figures = Figures("catalogue", "no server", {"pathways": int(measured["cold"][0][1]), "runs": runs})
    figures.add("cold", "read, check as written and compile, with Python's start", _median(measured["cold"]), 5.0, "s")
    figures.add("warm", "compile every stored version", _median(measured["warm"]), 1.0, "s")
    figures.add("warm", "its floor: only the JSON of the same texts", _median(measured["warm"], 1), unit="s")
    figures.add("check", "check everything, every way followed", _median(measured["check"]), 20.0, "s")
    figures.add("check", "states gone through", float(measured["check"][0][1]))
    figures.add(
        "check",
        "all of them (1) or stopped at a bound (0)",
        float(measured["check"][0][2] == "True"),
        1.0,
        at_least=True,
    )
    figures.add("check", "its floor: the parser's events of the same files", _median(measured["events"]), unit="s")
    figures.add("memory", "held for every compiled pathway", float(_ran(MEMORY)[0]) / 2**20, unit="MiB")
    return figures


def _median(rows: list[list[str]], column: int = 0) -> float:
    return statistics.median(float(row[column]) for row in rows)


def _ran(program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return done.stdout.split()
