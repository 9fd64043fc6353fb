"""From a pathway's definition to the graph one reader sees: the worker everything, the client what concerns the client."""

from collections.abc import Container
from dataclasses import replace

from engine.drawing.clocks import clocked_steps, clocks_kept
from engine.drawing.graph import Exit, Node, PathwayGraph, Titled, View
from engine.drawing.notes import client_notes_of, limit_of, notes_of
from engine.drawing.words import Language, say
from pathways.definition import PathwayDefinition
from pathways.step import Branch, Step, StepKind, parse_target

INTERNAL = frozenset({StepKind.WORK, StepKind.DECISION, StepKind.WAIT})
"""Kinds that are the professionals' own: the client sees such a step only where the definition has words for it."""


def graph_of(
    definition: PathwayDefinition,
    view: View = "worker",
    language: Language = "fi",
    *,
    in_case: Container[str] = frozenset(),
) -> PathwayGraph:
    """Return what this reader sees. A definition that was not expanded shows ids where words come from blocks.

    The client sees a step that belongs to no phase (after an acute danger, say) only when it is among `in_case`.
    """
    reader = _Reader(definition, view, language)
    phases = _phases_of_steps(definition)
    nodes = tuple(reader.node(key, step, phases[key]) for key, step in definition.steps.items())
    if view == "client":
        hidden = {key for key, step in definition.steps.items() if _is_internal(step)}
        hidden |= {node.key for node in nodes if not node.phase and node.key not in in_case}
        nodes = tuple(_past_hidden(node, nodes, hidden) for node in nodes if node.key not in hidden)
    used = {node.phase for node in nodes}
    return PathwayGraph(
        pathway=definition.pathway,
        title=definition.title.in_language(language),
        view=view,
        language=language,
        phases=tuple(Titled(k, text.in_language(language)) for k, text in definition.phases.items() if k in used),
        nodes=nodes,
        ends=tuple(Titled(key, end.in_language(language)) for key, end in definition.ends.items()),
    )


def _phases_of_steps(definition: PathwayDefinition) -> dict[str, str]:
    """Return each step's phase. One that names none stands with the first step it is joined to, else with nothing."""
    phases = {key: step.phase or "" for key, step in definition.steps.items()}
    ways = [(key, target) for key, step in definition.steps.items() for target in _led_to(step) if target != key]
    for _ in phases:
        for source, target in ways:
            if target in phases:
                phases[target] = phases[target] or phases[source]
                phases[source] = phases[source] or phases[target]
    return phases


def _led_to(step: Step) -> list[str]:
    """Return the targets of a step's outcomes, and of those inside it, that are steps."""
    inside = (*step.branches.values(), *(step.steps.values() if isinstance(step, Branch) else ()))
    own = [target.key for target in map(parse_target, step.outcomes.values()) if target.kind == "step"]
    return [*own, *(key for below in inside for key in _led_to(below))]


class _Reader:
    """Finds the words of one definition for one reader."""

    def __init__(self, definition: PathwayDefinition, view: View, language: Language) -> None:
        self._definition = definition
        self._view = view
        self._language = language
        steps = dict(_all_steps(definition))
        self._promised = clocked_steps(definition, steps)
        self._clocks = clocks_kept(definition, steps)
        self._events = {key: event.title for event in definition.events.values() for key in event.enters}
        self._titles = {key: self._title(key, step) for key, step in steps.items()}

    def node(self, key: str, step: Step, phase: str) -> Node:
        worker = self._view == "worker"
        inner = step.steps if isinstance(step, Branch) else {}
        return Node(
            key=key,
            title=self._titles[key],
            phase=phase,
            kind=step.kind.value if step.kind else "work",
            who=self._who(step),
            about=self._about(step),
            notes=self._notes(key, step),
            limit=limit_of(step, self._language) if worker else "",
            exits=tuple(self._exit(outcome, text) for outcome, text in step.outcomes.items()),
            branches=tuple(self.node(k, branch, phase) for k, branch in step.branches.items()) if worker else (),
            join=self._join(step),
            inner=tuple(self.node(k, below, phase) for k, below in inner.items()),
            by_hand=step.by_hand,
            promised=key in self._promised,
        )

    def _notes(self, key: str, step: Step) -> tuple[str, ...]:
        clocks, event = self._clocks[key], self._events.get(key)
        if self._view == "client":
            return client_notes_of(step, self._language, clocks)
        opened_by = event.in_language(self._language) if event else ""
        return notes_of(step, self._language, self._titles, clocks=clocks, opened_by=opened_by)

    def _title(self, key: str, step: Step) -> str:
        return step.title.in_language(self._language) if step.title else _plain(key)

    def _about(self, step: Step) -> str:
        text = step.client if self._view == "client" else step.worker
        return text.in_language(self._language) if text else ""

    def _who(self, step: Step) -> str:
        vocabulary, roles = self._definition.vocabulary, self._definition.roles
        named = next((place.title for place in self._definition.handovers if place.to == step.to), None)
        receiver = named or vocabulary.organisations.get(step.to or "") or vocabulary.unit_kinds.get(step.to or "")
        if step.kind is StepKind.HANDOVER:
            elsewhere = say("another_pathway", self._language) if self._view == "worker" else ""
            return receiver.in_language(self._language) if receiver else elsewhere
        if step.ask:
            asked = vocabulary.professions.get(step.ask.profession)
            return asked.in_language(self._language) if asked else _plain(step.ask.profession)
        role = step.role or (step.decide.role if step.decide else None)
        return roles[role].title.in_language(self._language) if role in roles else ""

    def _exit(self, outcome: str, text: str) -> Exit:
        definition, target = self._definition, parse_target(text)
        words = definition.outcomes.get(outcome) or definition.vocabulary.outcomes.get(outcome)
        end = definition.ends.get(target.key) if target.kind == "end" else None
        return Exit(
            outcome=outcome,
            text=words.in_language(self._language) if words else _plain(outcome),
            kind=target.kind,
            target=target.key,
            end_title=end.in_language(self._language) if end else "",
        )

    def _join(self, step: Step) -> str:
        if not step.branches:
            return ""
        if step.n_of:
            return say("join_n", self._language, n=step.n_of.n)
        return say("join_any" if step.any_ else "join_all", self._language)


def _all_steps(definition: PathwayDefinition) -> list[tuple[str, Step]]:
    found: list[tuple[str, Step]] = []
    for key, step in definition.steps.items():
        found.append((key, step))
        for branch_key, branch in step.branches.items():
            found += [(branch_key, branch), *branch.steps.items()]
    return found


def _is_internal(step: Step) -> bool:
    return step.client is None and (step.by_hand or (step.kind in INTERNAL and not step.branches))


def _past_hidden(node: Node, nodes: tuple[Node, ...], hidden: set[str]) -> Node:
    """Return the node with outcomes that lead into hidden steps leading to where those lead."""
    exits: dict[tuple[str, str, str], Exit] = {}
    by_key = {other.key: other for other in nodes}
    waiting, seen = list(node.exits), set[str]()
    while waiting:
        way = waiting.pop(0)
        if way.kind == "step" and way.target in hidden:
            if way.target not in seen:
                seen.add(way.target)
                waiting = [*by_key[way.target].exits, *waiting]
        else:
            exits.setdefault((way.outcome, way.kind, way.target), way)
    return replace(node, exits=tuple(exits.values()))


def _plain(key: str) -> str:
    """Return an id as words, for want of better ones."""
    return key.replace("_", " ").capitalize()
