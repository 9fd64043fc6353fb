"""Words: every step, outcome and promise has its text, every instrument its licence note, every version its approvals."""

from collections.abc import Iterator, Mapping

from engine.checks.examined import Examined, listed
from engine.findings import Finding
from engine.source import Path
from pathways.near_miss import near_or_nothing
from pathways.step import StepKind

_MOST_PHASES = 7
_BELONGS: Mapping[str, tuple[StepKind, ...]] = {
    "to": (StepKind.HANDOVER,),
    "accept": (StepKind.HANDOVER,),
    "keeps_responsible": (StepKind.HANDOVER,),
    "ask": (StepKind.CONSULTATION,),
    "reply": (StepKind.CONSULTATION,),
}
_NEEDED: Mapping[StepKind, str] = {StepKind.HANDOVER: "to", StepKind.CONSULTATION: "ask"}


def word_findings(examined: Examined) -> Iterator[Finding]:
    """Give a finding for everything that lacks the words or the parts it needs."""
    yield from _step_findings(examined)
    yield from _outcome_findings(examined)
    yield from _instrument_findings(examined)
    yield from _pathway_findings(examined)


def _step_findings(examined: Examined) -> Iterator[Finding]:
    for placed in examined.placed:
        step, path = placed.step, placed.path
        if step.title is None:
            yield examined.at_key("PW032", path, name=placed.key)
        if step.kind is None and not step.branches and not placed.is_region:
            yield examined.at_key("PW054", path, name=placed.key, missing="kind")
        if not examined.targets(placed) and not placed.is_region:
            yield examined.at_key("PW054", path, name=placed.key, missing="outcomes")
        needed = _NEEDED.get(step.kind) if step.kind else None
        if needed and getattr(step, needed) is None:
            yield examined.at_key("PW054", path, name=placed.key, missing=needed)
        for key, kinds in _BELONGS.items():
            if getattr(step, key) and step.kind not in kinds:
                kind = step.kind.value if step.kind else "–"
                yield examined.at_key("PW059", (*path, key), key=key, kind=kind, known=listed(kinds))
        if step.decide and not step.branches:
            yield examined.at_key("PW059", (*path, "decide"), key="decide", kind=str(step.kind), known="all, any, n_of")


def _outcome_findings(examined: Examined) -> Iterator[Finding]:
    known = {**examined.shelves.vocabulary.outcomes, **examined.definition.outcomes}
    for placed in examined.placed:
        outcomes = examined.targets(placed)
        for outcome in outcomes:
            if outcome not in known:
                path = (*placed.path, "outcomes", outcome)
                yield examined.at_key("PW031", path, name=outcome, near=near_or_nothing(outcome, known))
        for outcome in placed.step.suggests:
            if outcome not in outcomes:
                near = near_or_nothing(outcome, outcomes)
                path = (*placed.path, "suggests", outcome)
                yield examined.at_key("PW094", path, name=outcome, near=near, known=listed(outcomes))


def _instrument_findings(examined: Examined) -> Iterator[Finding]:
    instruments = examined.shelves.vocabulary.instruments
    named: list[tuple[str, Path]] = [
        (key, (*placed.path, "instruments", index))
        for placed in examined.placed
        for index, key in enumerate(placed.step.instruments)
    ]
    named.extend((key, ("measures", "instruments", key)) for key in examined.definition.measures.instruments)
    for key, path in named:
        if key in instruments and instruments[key].licence is None:
            yield examined.at_value("PW034", path, name=key)


def _pathway_findings(examined: Examined) -> Iterator[Finding]:
    definition = examined.definition
    if len(definition.phases) > _MOST_PHASES:
        yield examined.at_key("PW036", ("phases",), number=str(len(definition.phases)))
    if definition.approved.missing():
        yield examined.at_key("PW035", ("approved",), missing=", ".join(definition.approved.missing()))
    if definition.register_ == "yhteinen" and definition.register_basis is None:
        yield examined.at_value("PW093", ("register",))
    for key, event in definition.events.items():
        for index, step in enumerate(event.enters):
            if step not in definition.steps:
                near = near_or_nothing(step, definition.steps)
                yield examined.at_value("PW095", ("events", key, "enters", index), event=key, name=step, near=near)
