"""Short notes under a step's title for the professional: its target, when it opens, how often it may be done."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.drawing.words import Language, say
from pathways.goal import GoalError, goal_in_words, parse_goal
from pathways.opening import OpensAfter, OpensByDate, parse_opening
from pathways.promise_definition import PromiseDefinition, PromiseKind
from pathways.step import Accept, Reply, Step, StepKind


def notes_of(
    step: Step,
    language: Language,
    titles: Mapping[str, str],
    *,
    clocks: Sequence[PromiseDefinition] = (),
    opened_by: str = "",
) -> tuple[str, ...]:
    """Return the notes in the order they are read: by when, who answers, when it opens, on what condition.

    `clocks` are what doing the step keeps, `opened_by` is the event that opens it.
    """
    return tuple(_notes(step, language, titles, clocks, opened_by))


def limit_of(step: Step, language: Language) -> str:
    """Return how often the step may be done before a team lead decides, in words."""
    if not step.repeat:
        return ""
    times = step.repeat.at_most
    return say("at_most_once", language) if times == 1 else say("at_most", language, times=times)


def client_notes_of(step: Step, language: Language, clocks: Sequence[PromiseDefinition] = ()) -> tuple[str, ...]:
    """Return what the client needs to know: what is promised to everybody, and whether the step may be left out."""
    owed = [clock for clock in clocks if not (clock.applies or clock.scope)]
    beside = (say("when_needed", language),) if step.when or step.optional or step.by_hand else ()
    return (*_said(owed, "promise", "we_promise", language), *beside)


def _said(clocks: Iterable[PromiseDefinition], kind: PromiseKind, word: str, language: Language) -> Iterator[str]:
    """Say the spans of all clocks of a kind in one note: whom each concerns stands in the table of promises."""
    spans = dict.fromkeys(_span(clock.within, language) for clock in clocks if clock.kind == kind and clock.within)
    if spans:
        yield say(word, language, span=" / ".join(spans))


def _notes(
    step: Step, language: Language, titles: Mapping[str, str], clocks: Sequence[PromiseDefinition], opened_by: str
) -> Iterator[str]:
    yield from _said(clocks, "statutory", "law", language)
    yield from _said(clocks, "promise", "promise", language)
    if step.target and step.target not in {clock.within for clock in clocks}:
        yield say("target", language, span=_span(step.target, language))
    if step.reply:
        reply = step.reply.within if isinstance(step.reply, Reply) else step.reply
        yield say("reply", language, span=_span(reply, language))
    if step.accept:
        accept = step.accept.within if isinstance(step.accept, Accept) else step.accept
        yield say("accept", language, span=_span(accept, language))
    if step.kind is StepKind.HANDOVER:
        yield say("keeps_responsible" if step.keeps_responsible else "responsibility_moves", language)
    if step.every:
        yield say("every", language, span=_span(step.every, language))
    if step.opens:
        yield _opening(step.opens, language, titles)
    for flag, word in ((step.when, "conditional"), (step.optional, "optional"), (step.by_hand, "by_hand")):
        if flag and not (word == "by_hand" and opened_by):
            yield say(word, language)
    if opened_by:
        yield say("opened_by", language, event=opened_by)


def _span(text: str, language: Language) -> str:
    try:
        return goal_in_words(parse_goal(text), language)
    except GoalError:
        return text


def _by_date(opening: OpensByDate, language: Language) -> str:
    if not opening.number:
        return say("opens_on_date", language)
    span = f"{abs(opening.number)} {say(opening.unit, language)}"
    return say("opens_before_date" if opening.number < 0 else "opens_after_date", language, span=span)


def _opening(text: str, language: Language, titles: Mapping[str, str]) -> str:
    opening = parse_opening(text)
    if isinstance(opening, OpensAfter):
        span = f"{opening.number} {say(opening.unit, language)}"
        return say("opens_after", language, step=titles.get(opening.step, opening.step), span=span)
    if isinstance(opening, OpensByDate):
        return _by_date(opening, language)
    years, months = divmod(opening.months, 12)
    parts = [f"{number} {say(unit, language)}" for number, unit in ((years, "year"), (months, "month")) if number]
    return say("opens_at_age", language, span=" ".join(parts))
