"""Promises: each is complete, can start, can be kept, is heard when it breaks and pauses only for what can happen."""

from collections.abc import Iterator

from engine.checks.examined import Examined, listed
from engine.findings import Finding
from pathways.definition_parts import Text
from pathways.phrases import Form, Phrase, parse_phrase
from pathways.promise_definition import PromiseDefinition
from pathways.step import StepKind

ALWAYS: frozenset[Phrase] = frozenset(
    form.of()
    for form in (
        Form.CONTACT_RECEIVED,
        Form.MATTER_OPENED,
        Form.FIRST_ACT_RECORDED,
        Form.CLIENT_REACHED,
        Form.ASSESSMENT_STARTED,
        Form.HEALTH_ASSESSMENT_RECORDED,
        Form.URGENCY_SET_TO_URGENT,
        Form.URGENT_ACT_HELD,
        Form.RESPONSIBLE_WORKER_NAMED,
        Form.RESPONSIBLE_WORKER_ACKNOWLEDGED,
        Form.OWN_WORKER_NAMED,
        Form.CONSULTATION_ASKED,
        Form.CONSULTATION_ASKED_URGENTLY,
        Form.CONSULTATION_RETURNED,
        Form.CONSULTATION_ANSWERED,
        Form.CONSULTATION_ENDED,
        Form.HANDOVER_SENT_ANY,
        Form.HANDOVER_RECEIVED_ANY,
        Form.HANDOVER_RETURNED_ANY,
        Form.CASE_CLOSED,
        Form.CASE_REOPENED,
    )
)
"""What can be raised on every case, whatever its pathway says."""

_PLAN = (Form.PLAN_AGREED, Form.DISAGREEMENT_RECORDED, Form.PLAN_REVIEWED, Form.PLAN_ENDED)
_NO_START = Text(fi="starts", sv="starts", en="starts")


def promise_findings(examined: Examined) -> Iterator[Finding]:
    """Give a finding for every promise that says too little, or that nothing on the pathway answers."""
    raised = raisable(examined)
    pauses = {event.pauses.reason for event in examined.definition.events.values() if event.pauses}
    for key, promise in examined.definition.promises.items():
        path = ("promises", key)
        yield from _incomplete(examined, key, promise)
        for code, name, texts in (("PW070", "starts", promise.starts), ("PW071", "kept_when", promise.kept_when)):
            brought = code == "PW070" and not examined.wrote("promises", key)  # a block may bring what isn't used here
            if texts and not brought and not any(parse_phrase(text) in raised for text in texts):
                yield examined.at_key(code, (*path, name), name=key, phrases=listed(texts))
        if promise.startable and not _is_heard_when_broken(examined, promise):
            yield examined.at_key("PW073", path, name=key)
        if promise.kind != "statutory":
            for index, reason in enumerate(promise.pause_on):
                if reason not in pauses:
                    yield examined.at_value(
                        "PW075", (*path, "pause_on", index), name=reason, known=listed(tuple(pauses))
                    )
    yield from _ladder_findings(examined)


def _is_heard_when_broken(examined: Examined, promise: PromiseDefinition) -> bool:
    """Return whether some rung fires at the breach or after it; a ladder nobody knows is another check's finding."""
    ladder = examined.definition.ladders.get(promise.ladder or "")
    if ladder is None or not ladder.rungs:
        return promise.ladder is not None
    return any("breach" in rung.when for rung in ladder.rungs.values())


def raisable(examined: Examined) -> frozenset[Phrase]:
    """Return every phrase that can be raised on the pathway at all."""
    raised = set(ALWAYS)
    for placed in examined.placed:
        raised.update(examined.signals.of_entering(placed.key, placed.step))
        raised.update(examined.signals.of_starting(placed.key, placed.step))
        raised.update(examined.signals.of_skipping(placed.key))
        for outcome in examined.targets(placed):
            raised.update(examined.raised_by_ending(placed, outcome))
        raised.update(_of_kind(examined, placed.key, placed.step.kind))
        raised.update(Form.FORM_ANSWERED.of(instrument) for instrument in placed.step.instruments)
    for key in examined.definition.events:
        raised.update(examined.signals.of_event(key))
    for end in examined.definition.ends:
        raised.update(examined.signals.of_closing(end))
    return frozenset(raised)


def _of_kind(examined: Examined, key: str, kind: StepKind | None) -> Iterator[Phrase]:
    if kind is StepKind.PLAN:
        yield from (form.of() for form in _PLAN)
    if kind is StepKind.CONSULTATION:
        for what in ("asked", "returned", "answered", "ended"):
            yield from examined.signals.of_consultation(key, what)
        yield from examined.signals.of_consultation(key, "asked", urgent=True)


def _incomplete(examined: Examined, key: str, promise: PromiseDefinition) -> Iterator[Finding]:
    if not promise.startable:
        return
    for name in ("title", "kind", "within", "starts", "kept_when"):
        if not getattr(promise, name):
            yield examined.at_key("PW081", ("promises", key), name=key, missing=name)


def _ladder_findings(examined: Examined) -> Iterator[Finding]:
    known = {*examined.definition.roles, *examined.shelves.vocabulary.professions}
    for key, ladder in examined.definition.ladders.items():
        for rung_key, rung in ladder.rungs.items():
            nobody = not rung.tells or (rung.tells == ("role_holders",) and rung.role not in known)
            if nobody or ("role_holders" in rung.tells and rung.role not in known):
                yield examined.at_key("PW074", ("ladders", key, "rungs", rung_key), name=key, rung=rung_key)
        if not ladder.rungs:
            yield examined.at_key("PW074", ("ladders", key), name=key, rung="–")
