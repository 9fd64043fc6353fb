"""Flow: every step can be reached and can end, every join can be satisfied, every loop has a bound."""

from collections.abc import Iterator, Mapping

from engine.checks.data_cases import Conditions, Data
from engine.checks.examined import Examined
from engine.checks.kinds import unknown_facts
from engine.checks.ways import leading_to, reached_from, shortest_loop
from engine.condition_text import ConditionRefused
from engine.findings import Finding
from engine.placed_steps import PlacedStep
from pathways.definition_parts import Text
from pathways.near_miss import near_or_nothing
from pathways.step import Branch, Step, Target

OUT = "done"


def flow_findings(examined: Examined) -> Iterator[Finding]:
    """Give a finding for every step, join, loop and end that the flow gets wrong."""
    yield from _double_findings(examined)
    yield from _target_findings(examined)
    yield from _reach_findings(examined)
    yield from _branch_findings(examined)
    yield from _loop_findings(examined)
    yield from _end_findings(examined)


def main_graph(examined: Examined) -> Mapping[str, list[str]]:
    """Return which top-level step leads to which; an end is `end:<key>`, leaving a side step is `done`."""
    return {key: _next(examined, examined.steps[key]) for key in examined.definition.steps}


def _next(examined: Examined, placed: PlacedStep) -> list[str]:
    return [_name(target) for target in examined.targets(placed).values()]


def _name(target: Target) -> str:
    return f"end:{target.key}" if target.kind == "end" else target.key or OUT


def way_of(ways: Mapping[str, tuple[str, ...]], key: str) -> tuple[str, ...]:
    """Return a way as a finding shows it."""
    return tuple(part.replace("end:", "end ") for part in ways.get(key, ()))


def _double_findings(examined: Examined) -> Iterator[Finding]:
    seen: set[str] = set()
    for placed in examined.placed:
        if placed.key in seen:
            yield examined.at_key("PW058", placed.path, name=placed.key)
        seen.add(placed.key)


def _target_findings(examined: Examined) -> Iterator[Finding]:
    side = _side_only(examined)
    for placed in examined.placed:
        for outcome, target in examined.targets(placed).items():
            path = (*placed.path, "outcomes", outcome)
            if target.kind == "step" and target.key not in examined.steps:
                near = near_or_nothing(
                    target.key, [*examined.steps, *(f"end {end}" for end in examined.definition.ends)]
                )
                yield examined.at_value("PW055", path, name=target.key, near=near)
            elif target.kind == "end" and target.key not in examined.definition.ends:
                yield _no_end(examined, path, target.key)
            else:
                where = _misled(examined, placed, target, side)
                if where:
                    yield examined.at_value(
                        "PW056", path, name=outcome, where=where.en or "", where_fi=where.fi, where_sv=where.sv
                    )


def _no_end(examined: Examined, path: tuple[str, ...], name: str) -> Finding:
    return examined.at_value("PW024", path, **unknown_facts("end", name, examined.definition.ends))


def _misled(examined: Examined, placed: PlacedStep, target: Target, side: frozenset[str]) -> Text | None:
    """Return how an outcome jumps over the edge of a branch, if it does."""
    if placed.parent is None:
        if target.kind == "done" and placed.key not in side:
            return Text(
                fi="kohtaan done, vaikka askel ei ole haarassa",
                sv="till done fast steget inte finns i en gren",
                en="to done though the step is in no branch",
            )
        if target.kind == "step" and examined.steps[target.key].parent is not None:
            return Text(fi="haaran sisään", sv="in i en gren", en="into a branch")
        return None
    if target.kind == "end":
        return Text(
            fi="haarasta suoraan loppuun", sv="ur en gren direkt till ett slut", en="from a branch straight to an end"
        )
    if target.kind == "step" and examined.steps[target.key].branch != placed.branch:
        return Text(fi="ulos omasta haarastaan", sv="ut ur sin egen gren", en="out of its own branch")
    return None


def _side_only(examined: Examined) -> frozenset[str]:
    """Return the steps that run only beside the main way."""
    graph = main_graph(examined)
    first = examined.first_step
    main = reached_from([first] if first else [], graph)
    return frozenset(reached_from(examined.side_steps, graph)) - frozenset(main)


def _reach_findings(examined: Examined) -> Iterator[Finding]:
    graph = main_graph(examined)
    first = examined.first_step
    starts = [*([first] if first else []), *examined.side_steps]
    ways = reached_from(starts, graph)
    side = _side_only(examined)
    goals = [f"end:{end}" for end in examined.definition.ends]
    ending, leaving = leading_to(goals, graph), leading_to([*goals, OUT], graph)
    for key in examined.definition.steps:
        path = ("steps", key)
        if key not in ways:
            yield examined.at_key("PW050", path, name=key)
        elif key not in (leaving if key in side else ending):
            yield examined.at_key("PW051", path, way_of(ways, key), name=key)


def _branch_findings(examined: Examined) -> Iterator[Finding]:
    for placed in examined.placed:
        step = placed.step
        if step.n_of and step.n_of.n > len(step.branches):
            yield _never_joins(examined, placed, _TOO_MANY, n=str(step.n_of.n), number=str(len(step.branches)))
        elif step.n_of and (most := _wanted_at_most(examined, step)) < step.n_of.n:
            yield _never_joins(examined, placed, _NEVER_WANTED, n=str(step.n_of.n), number=str(most))
        for key, branch in step.branches.items():
            yield from _findings_inside(examined, placed, key, branch)


def _wanted_at_most(examined: Examined, step: Step) -> int:
    """Return how many branches are ever needed together, whatever the data; an unknown condition keeps its branch."""
    try:
        data = Data(Conditions(examined))
        known = [wanted for wanted, _ in data.wanted(tuple(step.branches), data.nothing_known, known=True)]
    except ConditionRefused:  # said by another check
        return len(step.branches)
    return max(sum(wanted.values()) for wanted in known)


def _findings_inside(examined: Examined, parent: PlacedStep, key: str, branch: Branch) -> Iterator[Finding]:
    inside = [key] if not branch.steps else list(branch.steps)
    graph = {inner: _next(examined, examined.steps[inner]) for inner in inside}
    ways = reached_from(inside[:1], graph)
    leaving = leading_to([OUT], graph)
    if inside[0] not in leaving:
        yield _never_joins(examined, parent, _NEVER_DONE, branch=key)
    for inner in inside:
        if inner not in ways:
            yield examined.at_key("PW050", examined.steps[inner].path, name=inner)
        elif inner not in leaving and inside[0] in leaving:
            yield examined.at_key("PW051", examined.steps[inner].path, ways[inner], name=inner)


_TOO_MANY = Text(
    fi="vaaditaan {n}, mutta haaroja on {number}",
    sv="{n} krävs men grenarna är {number}",
    en="{n} are needed but there are {number}",
)
_NEVER_WANTED = Text(
    fi="vaaditaan {n}, mutta ehtojen mukaan niitä tarvitaan yhtä aikaa enintään {number}",
    sv="{n} krävs men enligt villkoren behövs högst {number} samtidigt",
    en="{n} are needed but by their conditions at most {number} are wanted together",
)
_NEVER_DONE = Text(
    fi='haara "{branch}" ei pääse kohtaan done',
    sv='grenen "{branch}" når aldrig done',
    en='the branch "{branch}" never reaches done',
)


def _never_joins(examined: Examined, placed: PlacedStep, why: Text, **facts: str) -> Finding:
    said = {language: why.in_language(language).format(**facts) for language in ("fi", "sv", "en")}
    return examined.at_key("PW052", placed.path, name=placed.key, why=said["en"], why_fi=said["fi"], why_sv=said["sv"])


def _loop_findings(examined: Examined) -> Iterator[Finding]:
    graphs = [main_graph(examined)] if examined.definition.loops is None else []
    for placed in examined.placed:
        graphs.extend(_graph_inside(examined, branch) for branch in placed.step.branches.values())
    for graph in graphs:
        loop = shortest_loop(graph, lambda key: key in examined.steps and examined.steps[key].step.repeat is None)
        if loop:
            yield examined.at_key("PW053", examined.steps[loop[0]].path, tuple(loop))


def _graph_inside(examined: Examined, branch: Branch) -> Mapping[str, list[str]]:
    return {inner: _next(examined, examined.steps[inner]) for inner in branch.steps}


def _end_findings(examined: Examined) -> Iterator[Finding]:
    led_to = {target for targets in main_graph(examined).values() for target in targets}
    closed = {f"end:{event.closes.end}" for event in examined.definition.events.values() if event.closes}
    for end in examined.definition.ends:
        if examined.wrote("ends", end) and f"end:{end}" not in led_to | closed:
            yield examined.at_key("PW057", ("ends", end), name=end)
