"""Promises made from what steps and events say in one word: `target`, `reply`, `accept`, and an event's follow-ups.

After expansion the engine sees one kind of thing only.
"""

from collections.abc import Iterator

from engine.source import Node, Scalar, planted
from pathways.definition_parts import Text

_TARGET = Text(fi="Tavoite: {0}", sv="Mål: {0}", en="Target: {0}")
_REPLY = Text(fi="Vastaus: {0}", sv="Svar: {0}", en="Reply: {0}")
_URGENT_REPLY = Text(fi="Vastaus kiireelliseen: {0}", sv="Svar på brådskande: {0}", en="Reply when urgent: {0}")
_ACCEPT = Text(fi="Vastaanotto: {0}", sv="Mottagande: {0}", en="Acceptance: {0}")


def with_step_promises(node: Node) -> Node:
    """Return the pathway with a promise for every `target`, `reply` and `accept`."""
    for key, step in _steps(node):
        for promise_key, promise in _promises_of(key, step):
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


def _promises_of(key: str, step: Node) -> Iterator[tuple[str, Node]]:
    for word in ("target", "reply", "accept"):
        said = step.at(word)
        if said is not None:
            yield from _MAKERS[word](key, step, said)


def _target(key: str, step: Node, said: Node) -> Iterator[tuple[str, Node]]:
    yield (
        f"tavoite_{key}",
        _promise(
            key,
            step,
            said,
            _TARGET,
            within=said.value,
            starts=[f"step {key} entered"],
            kept_when=[f"step {key} done"],
            cancelled_when=[f"step {key} not needed"],
            pause_on=["client_postponed"],
        ),
    )


def _reply(key: str, step: Node, said: Node) -> Iterator[tuple[str, Node]]:
    within, urgent, kind = said.at("within") or said, said.at("urgent"), said.at("kind")
    ended = [f"consultation {key} returned", f"consultation {key} ended unanswered", f"step {key} not needed"]
    for suffix, how, span, title in (
        ("", "asked", within, _REPLY),
        ("_kiireellinen", "asked urgently", urgent, _URGENT_REPLY),
    ):
        if span is not None:
            yield (
                f"vastaus_{key}{suffix}",
                _promise(
                    key,
                    step,
                    said,
                    title,
                    kind=kind.value if kind else "target",
                    within=span.value,
                    starts=[f"consultation {key} {how}"],
                    kept_when=[f"consultation {key} answered"],
                    cancelled_when=ended,
                ),
            )


def _accept(key: str, step: Node, said: Node) -> Iterator[tuple[str, Node]]:
    within = said.at("within") or said
    yield (
        f"vastaanotto_{key}",
        _promise(
            key,
            step,
            said,
            _ACCEPT,
            within=within.value,
            starts=[f"handover {key} sent"],
            kept_when=[f"handover {key} received"],
            cancelled_when=[f"handover {key} returned", f"step {key} not needed"],
        ),
    )


_MAKERS = {"target": _target, "reply": _reply, "accept": _accept}


def _promise(key: str, step: Node, said: Node, title: Text, **content: object) -> Node:
    """Return a promise that stands where the word it was made from stands."""
    of_step = step.at("title")
    titles: dict[str, Scalar] = {}
    for language, words in title.model_dump().items():
        below = of_step.at(language) if of_step else None
        if below is not None:
            titles[language] = words.format(below.text())
    made: dict[str, object] = {"title": titles} if titles else {}
    made |= {"kind": "target", "ladder": "usual", "step": key, "on_handover": "stays", **content}
    return planted(made, said.place)
