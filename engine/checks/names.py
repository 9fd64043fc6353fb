"""Names: whatever a definition refers to exists, with the near miss where it doesn't."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.checks.examined import Examined
from engine.checks.kinds import unknown_facts
from engine.facts import FACTS
from engine.findings import Finding
from engine.placed_steps import PlacedStep
from engine.source import Path
from pathways.calendar import SCHOOL
from pathways.opening import OpensAfter, OpensByDate, parse_opening
from pathways.phrases import Form, Phrase, parse_phrase
from pathways.promise_definition import PromiseDefinition

Named = Iterator[tuple[str, str, Path]]


def name_findings(examined: Examined) -> Iterator[Finding]:
    """Give a finding for every name nothing answers to."""
    known = _known(examined)
    for kind, name, path in _named(examined):
        if name not in known.of(kind):
            yield _unknown(examined, kind, name, path, known.of(kind))
    for path, phrase in phrases_of(examined):
        yield from _slot_findings(examined, known, path, phrase)


@dataclass(frozen=True)
class _Known:
    by_kind: Mapping[str, Collection[str]]

    def of(self, kind: str) -> Collection[str]:
        return self.by_kind[kind]


def _known(examined: Examined) -> _Known:
    definition, words = examined.definition, examined.shelves.vocabulary
    outcomes = {outcome for placed in examined.placed for outcome in examined.targets(placed)}
    return _Known(
        {
            "role": definition.roles,
            "phase": definition.phases,
            "step": examined.steps,
            "outcome": outcomes,
            "end": definition.ends,
            "event": definition.events,
            "profession": words.professions,
            "skill": words.skills,
            "instrument": words.instruments,
            "organisation": words.organisations,
            "channel": words.channels,
            "calendar": [*examined.shelves.calendars.names, SCHOOL],
            "ladder": definition.ladders,
            "retention": words.retentions,
            "unit kind": words.unit_kinds,
            "pause reason": words.pause_reasons,
            "variable": FACTS,
            "value": [value for fact in FACTS.values() for value in fact.values],
            "date field": _date_fields(examined),
        }
    )


def _unknown(examined: Examined, kind: str, name: str, path: Path, known: Collection[str]) -> Finding:
    return examined.at_value("PW055" if kind == "step" else "PW024", path, **unknown_facts(kind, name, known))


def _named(examined: Examined) -> Named:
    definition = examined.definition
    yield "retention", definition.retention, ("retention",)
    yield "calendar", definition.calendar, ("calendar",)
    for index, channel in enumerate(definition.entry):
        yield "channel", channel, ("entry", index)
    yield from _named_by_roles(examined)
    for index, entry in enumerate(definition.responsible):
        yield "step", entry.from_step, ("responsible", index, "from")
        yield "role", entry.role, ("responsible", index, "role")
    for placed in examined.placed:
        yield from _named_by_step(placed)
    for key, promise in definition.promises.items():
        yield from _named_by_promise(key, promise)
    yield from _named_by_events(examined)
    yield from _named_by_measures(examined)


def _named_by_roles(examined: Examined) -> Named:
    for key, role in examined.definition.roles.items():
        for index, profession in enumerate(role.professions):
            yield "profession", profession, ("roles", key, "professions", index)
        for name, skills in (("skills_any", role.skills_any), ("skills_all", role.skills_all)):
            for index, skill in enumerate(skills):
                yield "skill", skill, ("roles", key, name, index)
        if role.unit_kind:
            yield "unit kind", role.unit_kind, ("roles", key, "unit_kind")


def _named_by_step(placed: PlacedStep) -> Named:
    step, path = placed.step, placed.path
    if step.phase:
        yield "phase", step.phase, (*path, "phase")
    if step.role:
        yield "role", step.role, (*path, "role")
    if step.decide:
        yield "role", step.decide.role, (*path, "decide", "role")
    for index, instrument in enumerate(step.instruments):
        yield "instrument", instrument, (*path, "instruments", index)
    if step.ask:
        yield "profession", step.ask.profession, (*path, "ask", "profession")
        if step.ask.organisation:
            yield "organisation", step.ask.organisation, (*path, "ask", "organisation")
    for organisation in step.shares:
        yield "organisation", organisation, (*path, "shares", organisation)
    for index, organisation in enumerate(step.consent.organisations if step.consent else ()):
        yield "organisation", organisation, (*path, "consent", "organisations", index)
    opening = parse_opening(step.opens) if step.opens else None
    if isinstance(opening, OpensAfter):
        yield "step", opening.step, (*path, "opens")
    if isinstance(opening, OpensByDate):
        yield "date field", opening.field, (*path, "opens")
    for key, asked in step.fields.items():
        if asked.fact:
            yield "variable", asked.fact, (*path, "fields", key, "fact")
    for outcome in step.outcome_means:
        if outcome not in step.outcomes:
            yield "outcome", outcome, (*path, "outcome_means", outcome)
    for outcome, facts in step.outcome_facts.items():
        if outcome not in step.outcomes:
            yield "outcome", outcome, (*path, "outcome_facts", outcome)
        for fact, value in facts.items():
            yield "variable", fact, (*path, "outcome_facts", outcome, fact)
            if isinstance(value, str):
                yield "value", value, (*path, "outcome_facts", outcome, fact)


def _date_fields(examined: Examined) -> tuple[str, ...]:
    fields = ((key, asked) for placed in examined.placed for key, asked in placed.step.fields.items())
    return tuple(key for key, asked in fields if asked.type == "date")


def _named_by_promise(key: str, promise: PromiseDefinition) -> Named:
    if promise.calendar:
        yield "calendar", promise.calendar, ("promises", key, "calendar")
    if promise.ladder:
        yield "ladder", promise.ladder, ("promises", key, "ladder")
    for index, reason in enumerate(promise.pause_on):
        yield "pause reason", reason, ("promises", key, "pause_on", index)


def _named_by_events(examined: Examined) -> Named:
    for key, event in examined.definition.events.items():
        if event.closes:
            yield "end", event.closes.end, ("events", key, "closes", "end")
        if event.pauses:
            yield "pause reason", event.pauses.reason, ("events", key, "pauses", "reason")


def _named_by_measures(examined: Examined) -> Named:
    for key, followed in examined.definition.measures.instruments.items():
        path = ("measures", "instruments", key)
        yield "instrument", key, path
        yield "step", followed.baseline, (*path, "baseline")
        for index, step in enumerate(followed.follow_up):
            yield "step", step, (*path, "follow_up", index)


def phrases_of(examined: Examined) -> Iterator[tuple[Path, Phrase]]:
    """Give every phrase the promises of a pathway name, with where it stands."""
    for key, promise in examined.definition.promises.items():
        for name in ("starts", "kept_when", "cancelled_when"):
            for index, text in enumerate(getattr(promise, name)):
                yield ("promises", key, name, index), parse_phrase(text)


def _slot_findings(examined: Examined, known: _Known, path: Path, phrase: Phrase) -> Iterator[Finding]:
    slots = dict(zip(phrase.form.slots, phrase.about, strict=True))
    if phrase.form is Form.OUTCOME:
        yield from _outcome_findings(examined, known, path, *phrase.about)
        return
    if phrase.form is Form.FORM_ANSWERED:
        slots = {"instrument": phrase.about[0]}
    for kind, name in slots.items():
        if name not in known.of(kind):
            yield _unknown(examined, kind, name, path, known.of(kind))


def _outcome_findings(examined: Examined, known: _Known, path: Path, step: str, outcome: str) -> Iterator[Finding]:
    placed = examined.steps.get(step)
    if placed is None:
        yield _unknown(examined, "step", step, path, known.of("step"))
    elif outcome not in examined.targets(placed):
        yield _unknown(examined, "outcome", outcome, path, tuple(examined.targets(placed)))
