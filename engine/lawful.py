"""Law written in: a promise that names a clock of the law takes what the law says of it, under its own words."""

from collections.abc import Mapping
from datetime import date, timedelta

from engine.findings import Finding
from engine.source import Node, Shelf, laid_under
from engine.strictness import is_looser
from pathways.goal import GoalError
from pathways.law_clock import LawClock
from pathways.near_miss import near_or_nothing

FROM_LAW = (
    *("title", "section", "scope", "starts", "kept_when", "cancelled_when", "once", "on_handover", "within"),
    *("counted_from", "calendar", "warn", "ladder", "startable", "valid_from", "valid_to", "earlier"),
    *("source", "confidence"),
)
LAW_DEFAULTS = {key: LawClock.model_fields[key].default for key in ("calendar", "on_handover")}
"""What a clock of the law says without saying it; a promise's own defaults differ."""


def with_law(pathway: Node, shelf: Shelf) -> tuple[Node, tuple[Finding, ...]]:
    """Return the pathway with its statutory clocks written in, and the clocks the law pack doesn't have."""
    findings: list[Finding] = []
    promises = pathway.at("promises")
    for key, promise in promises.entries().items() if promises else ():
        named = promise.at("law")
        if named is None or promises is None:
            continue
        if named.text() in shelf.clocks:
            promises = promises.with_entry(key, _lawful(named, promise, shelf))
        else:
            findings.append(_unknown(named, f"promises.{key}.law", shelf))
    return pathway.with_entry("promises", promises) if promises else pathway, tuple(findings)


def _unknown(named: Node, path: str, shelf: Shelf) -> Finding:
    near, known = near_or_nothing(named.text(), shelf.clocks), ", ".join(sorted(shelf.clocks))
    return Finding("PW045", named.place, path, {"name": named.text(), "near": near, "known": known})


def _lawful(named: Node, promise: Node, shelf: Shelf) -> Node:
    clock, tightened = shelf.clocks[named.text()], shelf.tightened.get(named.text())
    offered = {key: below for key, below in clock.entries().items() if key in FROM_LAW}
    offered["kind"] = Node("statutory", named.place)
    for key, default in LAW_DEFAULTS.items():
        offered.setdefault(key, Node(default, clock.place))
    own = promise.at("within")
    if own is not None:
        offered["within"] = own
    if tightened and not _is_shorter(own, tightened.at("within")):
        offered |= _tightened(offered, tightened)
    lawful = laid_under(Node(offered, clock.place, clock.keys), promise.without("within"))
    return lawful.with_entry("starts", _both(clock.at("starts"), promise.at("starts"), clock))


def _is_shorter(own: Node | None, county: Node | None) -> bool:
    """Whether the pathway's own time is the shorter one: of the two that tighten the law, that holds."""
    if own is None or county is None:
        return False
    try:
        return is_looser(county.text(), own.text())
    except GoalError:  # the model refuses it, with its place
        return True


def _tightened(offered: Mapping[str, Node], county: Node) -> dict[str, Node]:
    """The county's shorter time; with `since`, the law's own stays for clocks that started before that day."""
    within, since, begins = county.at("within"), _day(county.at("since")), _day(offered.get("valid_from"))
    if within is None or since is None or begins is None or since <= begins:
        return {"within": within} if within else {}
    kept = {key: offered[key] for key in ("within", "valid_from", "source", "confidence") if key in offered}
    kept["valid_to"] = Node((since - timedelta(days=1)).isoformat(), county.place)
    earlier = offered.get("earlier")
    wordings = [*(earlier.items() if earlier else ()), Node(kept, county.place)]
    from_then = Node(since.isoformat(), county.place)
    return {"within": within, "valid_from": from_then, "earlier": Node(wordings, county.place)}


def _day(node: Node | None) -> date | None:
    """The day a node says; None where it says none, which the county's own model has refused already."""
    try:
        return date.fromisoformat(node.text()) if node else None
    except ValueError:
        return None


def _both(lawful: Node | None, own: Node | None, clock: Node) -> Node:
    """A pathway may add what starts a clock of the law; it can't take away a start the law names."""
    members = [*(lawful.items() if lawful else ()), *(own.items() if own else ())]
    return Node(list({node.text(): node for node in members}.values()), (own or lawful or clock).place)
