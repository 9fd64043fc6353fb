"""Sentences: what a specification may say, each in Finnish and Swedish (English where natural), on one function.

A template reads like its sentence. `{client}` takes a quoted name; `{at:moment}` a day with a time, `{day:day}`,
`{span:span}`, `{count:number}`, `{until:when}` any words for a time, `{kind:clock}` what a clock is; `[…]` may be left out, `(a|b)` is either. A sentence that does
something may begin or end with a time: time passes until then first.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from features.reading import CLOCK, DAY, LANGUAGES, MOMENT, NUMBER, SPAN, TIME, Reader
from pathways.near_miss import near_miss
from pathways.time_words import Language

Says = Literal["given", "when", "then"]
"""`given` sets the stage, `when` does something or lets time pass, `then` checks."""

F = TypeVar("F", bound=Callable[..., None])
Table = Sequence[Sequence[str]]

QUOTED = r'(?:"[^"]*"|”[^”]*”|“[^”]*”)'
_NEXT = r"(?:seuraava(?:na)? (?:aamu(?:na)?|päivä(?:nä)?)|nästa (?:morgon|dag)|(?:the )?next (?:morning|day))"
WHEN = rf"(?:{MOMENT}|{DAY}|{TIME}|{_NEXT}(?: {TIME})?)"
"""A time that a sentence may begin or end with."""
_KINDS = {
    "name": QUOTED,
    "moment": MOMENT,
    "day": DAY,
    "time": TIME,
    "span": SPAN,
    "number": NUMBER,
    "when": WHEN,
    "clock": CLOCK,
}
_BLANK = re.compile(r"\{(\w+)(?::(\w+))?\}")
_THAT = re.compile(r"^(?:että|att|that) ", re.IGNORECASE)
_BEGINS = re.compile(rf"(?P<when>{WHEN}),? (?P<rest>.+)", re.IGNORECASE)
_ENDS = re.compile(rf"(?P<rest>.+?),? (?P<when>{WHEN})", re.IGNORECASE)


class UnknownSentence(Exception):
    """Words that no step understands."""

    def __init__(self, text: str, language: Language, nearest: str | None) -> None:
        self.nearest = nearest
        words = _UNKNOWN[language][nearest is not None]
        super().__init__(words.format(text=text, nearest=nearest))


_UNKNOWN: Mapping[Language, tuple[str, str]] = {
    "fi": (
        'askelta "{text}" ei ole; katso docs/askeleet.md',
        'askelta "{text}" ei ole; lähin on: {nearest}',
    ),
    "sv": (
        'steget "{text}" finns inte; se docs/askeleet.md',
        'steget "{text}" finns inte; det närmaste är: {nearest}',
    ),
    "en": ('there is no step "{text}"; see docs/askeleet.md', 'there is no step "{text}"; the nearest is: {nearest}'),
}


@dataclass(frozen=True)
class Wording:
    """One sentence in one language, as a template and as what it matches."""

    template: str
    language: Language
    pattern: re.Pattern[str]
    kinds: Mapping[str, str]

    @classmethod
    def of(cls, template: str, language: Language) -> "Wording":
        kinds = {name: kind or "name" for name, kind in _BLANK.findall(template)}
        return cls(template, language, re.compile(_regex(template), re.IGNORECASE), kinds)

    def read(self, text: str, reader: Reader) -> dict[str, Any] | None:
        """What stands in the blanks, or None when these are other words."""
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        return {name: self._value(name, said, reader) for name, said in found.groupdict().items() if said is not None}

    def _value(self, name: str, said: str, reader: Reader) -> Any:
        kind = self.kinds[name]
        return said[1:-1] if kind == "name" else getattr(reader, kind)(said)


@dataclass(frozen=True)
class Step:
    """A function of the vocabulary with its sentences."""

    says: Says
    noun: str
    function: Callable[..., None]
    wordings: Mapping[Language, Wording]
    takes_table: bool = False
    needs_table: bool = False

    @property
    def takes_time(self) -> bool:
        """Whether a time may stand around it: checks are made now, whatever the time."""
        return self.says != "then"


@dataclass(frozen=True)
class Understood:
    """A sentence of a specification: which step it is, what stands in its blanks, and when it is done."""

    step: Step
    blanks: Mapping[str, Any]
    when: str | None = None


@dataclass
class Vocabulary:
    """Every sentence a specification may say."""

    steps: list[Step] = field(default_factory=list)

    def step(self, says: Says, *, fi: str, sv: str, en: str | None = None) -> Callable[[F], F]:
        """Teach the vocabulary a function by its sentences."""

        def taught(function: F) -> F:
            said: dict[Language, str | None] = {"fi": fi, "sv": sv, "en": en}
            wordings = {language: Wording.of(text, language) for language, text in said.items() if text}
            noun = function.__module__.rpartition(".")[2]
            table = inspect.signature(function).parameters.get("table")
            needs = table is not None and table.default is inspect.Parameter.empty
            self.steps.append(Step(says, noun, function, wordings, table is not None, needs))
            return function

        return taught

    def understand(self, text: str, reader: Reader) -> Understood:
        """Find the step these words mean; `UnknownSentence` names the near miss."""
        said = _THAT.sub("", text.strip().rstrip("."))
        for words, when in _with_times(said):
            for step in self.steps if when is None else [s for s in self.steps if s.takes_time]:
                wording = step.wordings.get(reader.language)
                blanks = wording.read(words, reader) if wording else None
                if blanks is not None:
                    return Understood(step, blanks, when)
        raise UnknownSentence(text, reader.language, self.nearest(said, reader.language))

    def all_that_match(self, text: str, language: Language) -> list[Step]:
        """Every step that takes these words: one, in a vocabulary without ambiguity."""
        said = _THAT.sub("", text)
        return [s for s in self.steps if (w := s.wordings.get(language)) and w.pattern.fullmatch(said)]

    def nearest(self, text: str, language: Language) -> str | None:
        """The template whose words are closest to these."""
        written = [wording.template for s in self.steps if (wording := s.wordings.get(language))]
        templates = {_skeleton(form): template for template in written for form in (template, _shortest(template))}
        found = near_miss(_skeleton(text), templates)
        return templates[found] if found else None


VOCABULARY = Vocabulary()
step = VOCABULARY.step


def _with_times(text: str) -> Iterator[tuple[str, str | None]]:
    """The words as they stand, then without the time they begin or end with."""
    yield text, None
    for pattern in (_BEGINS, _ENDS):
        found = pattern.fullmatch(text)
        if found:
            yield found["rest"], found["when"]


def _regex(template: str) -> str:
    regex, position = "", 0
    for blank in _BLANK.finditer(template):
        regex += _escaped(template[position : blank.start()])
        regex += f"(?P<{blank[1]}>{_KINDS[blank[2] or 'name']})"
        position = blank.end()
    return regex + _escaped(template[position:])


def _escaped(words: str) -> str:
    """Everything means itself but `[ ]`, which may be left out, and `( | )`, which is either."""
    signs = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}
    return "".join(signs.get(letter, re.escape(letter)) for letter in words)


def _skeleton(text: str) -> str:
    """The words without what stands in the blanks, so that names and dates don't decide what is near."""
    bare = re.sub(r"[\[\]()]", "", _BLANK.sub("…", text))
    for pattern in (QUOTED, MOMENT, DAY, TIME, SPAN):
        bare = re.sub(pattern, "…", bare, flags=re.IGNORECASE)
    return bare


def examples_of(wording: Wording, samples: Mapping[str, Mapping[Language, str]]) -> str:
    """The sentence with samples in its blanks and everything optional left out, first choice taken."""
    return _BLANK.sub(lambda blank: _sample(blank, wording.language, samples), _shortest(wording.template))


def _shortest(template: str) -> str:
    bare = re.sub(r"\[[^\[\]]*\]", "", template)
    return re.sub(r"\(([^()|]*)\|[^()]*\)", r"\1", bare)


def _sample(blank: re.Match[str], language: Language, samples: Mapping[str, Mapping[Language, str]]) -> str:
    kind = blank[2] or "name"
    words = samples[blank[1] if kind == "name" else kind][language]
    return f'"{words}"' if kind == "name" else words


def languages_of(step: Step) -> tuple[Language, ...]:
    return tuple(language for language in LANGUAGES if language in step.wordings)
