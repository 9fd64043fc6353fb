"""Hand-overs: whoever a case is handed to exists and takes it."""

from collections.abc import Iterator

from engine.checks.examined import Examined
from engine.checks.kinds import unknown_facts
from engine.findings import Finding
from engine.source import Path


def handover_findings(examined: Examined) -> Iterator[Finding]:
    """Give a finding for every receiver that doesn't take clients from here, or that nobody knows."""
    for index, target in enumerate(examined.definition.handovers):
        path = ("handovers", index, "to")
        if target.external:
            yield from _outside(examined, path, target.to)
        elif target.to not in examined.shelves.vocabulary.organisations:
            yield from _pathway(examined, path, target.to)
    listed = {target.to for target in examined.definition.handovers}
    for placed in examined.placed:
        to = placed.step.to
        known = {*examined.shelves.vocabulary.organisations, *examined.shelves.vocabulary.unit_kinds, *listed}
        if to and to not in known:
            yield from _pathway(examined, (*placed.path, "to"), to)


def _outside(examined: Examined, path: Path, name: str) -> Iterator[Finding]:
    organisations = examined.shelves.vocabulary.organisations
    if name not in organisations:
        yield examined.at_value("PW024", path, **unknown_facts("organisation", name, organisations))


def _pathway(examined: Examined, path: Path, name: str) -> Iterator[Finding]:
    receiver = examined.shelves.pathways.get(name)
    own = examined.definition.pathway
    if receiver is None:
        yield examined.at_value("PW092", path, name=name)
    elif receiver.receives is not None and own not in receiver.receives:
        yield examined.at_value("PW091", path, name=name, own=own)
