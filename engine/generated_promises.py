"""Promises made from what steps and events say in one word: `target`, `every`, `reply`, `accept`, an event's follow-ups.

After expansion the engine sees one kind of thing only.
"""

import re
from collections.abc import Iterator, Mapping

from engine.source import Node, Scalar, planted
from pathways.definition_parts import Text

_ELAPSED = re.compile(r"\d+ hours?")
_TARGET = Text(fi="Tavoite: {0}", sv="Mål: {0}", en="Target: {0}")
_EVERY = Text(fi="Yhteys: {0}", sv="Kontakt: {0}", en="Contact: {0}")
_REPLY = Text(fi="Vastaus: {0}", sv="Svar: {0}", en="Reply: {0}")
_URGENT_REPLY = Text(fi="Vastaus kiireelliseen: {0}", sv="Svar på brådskande: {0}", en="Reply when urgent: {0}")
_URGENT_ACCEPT = Text(
    fi="Vastaanotto kiireellisenä: {0}", sv="Brådskande mottagande: {0}", en="Acceptance when urgent: {0}"
)
_ACCEPT = Text(fi="Vastaanotto: {0}", sv="Mottagande: {0}", en="Acceptance: {0}")


def with_step_promises(node: Node) -> Node:
    """Return the pathway with a promise for every `target`, `every`, `reply` and `accept`."""
    pauses = [reason for reason in _pauses_raised(node) if reason == "client_postponed"]
    for key, step in _steps(node):
        for promise_key, promise in _promises_of(key, step, pauses):
            node = _with_promise(node, promise_key, promise)
    return node


def with_event_promises(node: Node) -> Node:
    """Return the pathway with the follow-ups of its anytime events among its promises."""
    events = node.at("events")
    for event_key, event in events.entries().items() if events else ():
        promises = event.at("promises")
        for key, promise in promises.entries().items() if promises else ():
            if promise.at("starts") is None:
                promise = promise.with_entry("starts", planted([f"event {event_key}"], event.place))
            node = _with_promise(node, key, promise)
    return node


def _with_promise(node: Node, key: str, promise: Node) -> Node:
    promises = node.at("promises") or Node({}, node.place)
    if key in promises.entries():
        return node
    return node.with_entry("promises", promises.with_entry(key, promise, promise.place))


def _steps(node: Node) -> Iterator[tuple[str, Node]]:
    """Give every step, those inside branches too."""
    steps = node.at("steps")
    for key, step in steps.entries().items() if steps else ():
        yield key, step
        for place in (("all",), ("any",), ("n_of", "branches")):
            branches = step.at(*place)
            for branch_key, branch in branches.entries().items() if branches else ():
                yield branch_key, branch
                yield from _steps(branch)


def _pauses_raised(node: Node) -> Iterator[str]:
    events = node.at("events")
    for event in events.entries().values() if events else ():
        reason = event.at("pauses", "reason")
        if reason is not None:
            yield reason.text()


def _promises_of(key: str, step: Node, pauses: list[str]) -> Iterator[tuple[str, Node]]:
    target, reply, accept = step.at("target"), step.at("reply"), step.at("accept")
    every = step.at("every")
    if target is not None:
        yield f"tavoite_{key}", _target(key, step, target, pauses)
    if every is not None:
        yield f"yhteys_{key}", _rhythm(key, step, every, pauses)
    if reply is not None:
        yield from _replies(key, step, reply)
    if accept is not None:
        yield from _acceptances(key, step, accept)


def _target(key: str, step: Node, said: Node, pauses: list[str]) -> Node:
    content: dict[str, object] = {
        "within": said.value,
        "starts": [f"step {key} entered"],
        "kept_when": [f"step {key} done"],
        "cancelled_when": [f"step {key} not needed"],
    }
    return _promise(key, step, said, _TARGET, {**content, "pause_on": pauses} if pauses else content)


def _rhythm(key: str, step: Node, said: Node, pauses: list[str]) -> Node:
    """Each contact keeps the promise and starts it anew, as long as the step goes on."""
    content: dict[str, object] = {
        "within": said.value,
        "starts": [f"step {key} entered", f"contact in {key}"],
        "kept_when": [f"contact in {key}", f"step {key} done"],
        "cancelled_when": [f"step {key} not needed", "case closed"],
    }
    return _promise(key, step, said, _EVERY, {**content, "pause_on": pauses} if pauses else content)


def _replies(key: str, step: Node, said: Node) -> Iterator[tuple[str, Node]]:
    kind = said.at("kind")
    ended = [f"consultation {key} returned", f"consultation {key} ended unanswered", f"step {key} not needed"]
    for suffix, how, span, title in (
        ("", "asked", said.at("within") or said, _REPLY),
        ("_kiireellinen", "asked urgently", said.at("urgent"), _URGENT_REPLY),
    ):
        if span is not None:
            content = {
                "kind": kind.value if kind else "target",
                "within": span.value,
                "starts": [f"consultation {key} {how}"],
                "kept_when": [f"consultation {key} answered"],
                "cancelled_when": ended,
            }
            yield f"vastaus_{key}{suffix}", _promise(key, step, said, title, content)


def _acceptances(key: str, step: Node, said: Node) -> Iterator[tuple[str, Node]]:
    usual, urgent = said.at("within") or said, said.at("urgent")
    content: dict[str, object] = {
        "starts": [f"handover {key} sent"],
        "kept_when": [f"handover {key} received"],
        "cancelled_when": [f"handover {key} returned", f"step {key} not needed"],
    }
    applies = {"applies": "case.urgency != 'urgent'"} if urgent else {}
    yield f"vastaanotto_{key}", _promise(key, step, said, _ACCEPT, {**content, **applies, "within": usual.value})
    if urgent is not None:
        hurried = {**content, "applies": "case.urgency == 'urgent'", "within": urgent.value}
        yield f"vastaanotto_{key}_kiireellinen", _promise(key, step, said, _URGENT_ACCEPT, hurried)


def _promise(key: str, step: Node, said: Node, title: Text, content: Mapping[str, object]) -> Node:
    """Return a promise that stands where the word it was made from stands."""
    of_step = step.at("title")
    titles: dict[str, Scalar] = {}
    for language, words in title.model_dump().items():
        below = of_step.at(language) if of_step else None
        if below is not None:
            titles[language] = words.format(below.text())
    made: dict[str, object] = {"title": titles} if titles else {}
    if _ELAPSED.fullmatch(str(content["within"])):
        made["calendar"] = "24/7"  # elapsed hours pass at night too
    return planted(
        {**made, "kind": "target", "ladder": "usual", "step": key, "on_handover": "stays", **content}, said.place
    )
