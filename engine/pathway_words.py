"""A pathway in words: its phrases, spans, conditions and who is who, as its pages and forms say them. Pure text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.condition_text import Comparison, Expression, Joined, Literal_, Not, parse_condition
from engine.facts import FactVariable, variables
from engine.placed_steps import placed_steps
from pathways.definition import PathwayDefinition
from pathways.definition_parts import Language, Text
from pathways.goal import goal_in_words, parse_goal
from pathways.phrases import Form, Phrase, parse_phrase
from pathways.promise_definition import PromiseDefinition
from pathways.step import Field_, Step, Target
from pathways.vocabulary import Vocabulary

_AND: Mapping[Language, str] = {"fi": " ja ", "sv": " och ", "en": " and "}
_OR: Mapping[Language, str] = {"fi": " tai ", "sv": " eller ", "en": " or "}
_NOT: Mapping[Language, str] = {"fi": "ei: {}", "sv": "inte: {}", "en": "not: {}"}
_SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_YES: Mapping[Language, tuple[str, str]] = {"fi": ("kyllä", "ei"), "sv": ("ja", "nej"), "en": ("yes", "no")}


@dataclass(frozen=True)
class PathwayWords:
    """Says the parts of one expanded definition in one language. What has no words keeps its id."""

    definition: PathwayDefinition
    vocabulary: Vocabulary
    """All shared words: a definition itself holds only those that its cases need."""
    language: Language
    titles: Mapping[str, Text] = field(default_factory=dict)
    """What the other pathways are called."""

    def text(self, words: Text | None, otherwise: str = "") -> str:
        """Return a text in the reader's language."""
        return words.in_language(self.language) if words else otherwise

    def joined(self, parts: Iterable[str]) -> str:
        """Return several things as a sentence lists them: "a, b ja c"."""
        said = list(dict.fromkeys(parts))
        return _AND[self.language].join(filter(None, [", ".join(said[:-1]), *said[-1:]]))

    # names

    def step(self, key: str) -> str:
        """Return a step's title."""
        step = self._steps.get(key)
        return self.text(step.title, key) if step else key

    def role(self, key: str | None) -> str:
        """Return a role's title; a step without a role belongs to whoever answers then."""
        role = self.definition.roles.get(key or "")
        return self.text(role.title) if role else self.text(_WHOEVER_ANSWERS)

    def professions(self, key: str) -> str:
        """Return the professions that can hold a role."""
        known = self.vocabulary.professions
        return ", ".join(self.text(known.get(name), name).lower() for name in self.definition.roles[key].professions)

    def answers_from(self, role: str) -> str:
        """Return the steps from which a role answers for the case."""
        steps = (self.step(entry.from_step) for entry in self.definition.responsible if entry.role == role)
        return "; ".join(dict.fromkeys(steps))

    def aim(self, step: Step) -> str:
        """Return by when a step is to be done, answered or accepted."""
        reply = step.reply if isinstance(step.reply, str) else step.reply.within if step.reply else None
        accept = step.accept if isinstance(step.accept, str) else step.accept.within if step.accept else None
        return self.goal(step.target or reply or accept)

    def outcome(self, key: str) -> str:
        """Return how a step ends."""
        return self.text(self.definition.outcomes.get(key) or self.vocabulary.outcomes.get(key), key)

    def end(self, key: str) -> str:
        """Return how a case ends."""
        return self.text(self.definition.ends.get(key), key)

    def target(self, target: Target) -> str:
        """Return where an outcome leads."""
        if target.kind == "end":
            return self.text(_ENDS).format(self.end(target.key))
        return self.step(target.key) if target.kind == "step" else self.text(_DONE)

    def organisation(self, key: str) -> str:
        """Return the name of an organisation, or of another pathway."""
        return self.text(self.vocabulary.organisations.get(key) or self.titles.get(key), key)

    def instrument(self, key: str) -> str:
        """Return an instrument's name."""
        return self.text(self.vocabulary.instruments.get(key), key)

    def channel(self, key: str) -> str:
        """Return how a contact comes."""
        return self.text(self.vocabulary.channels.get(key), key)

    def retention(self) -> str:
        """Return how long the record is kept, with why."""
        return self.text(self.vocabulary.retentions.get(self.definition.retention), self.definition.retention)

    def register(self) -> str:
        """Return whose register the record belongs to."""
        return self.text(self.vocabulary.registers.get(self.definition.register_), self.definition.register_)

    # times, phrases, conditions

    def goal(self, text: str | None) -> str:
        """Return a span in words."""
        return goal_in_words(parse_goal(text), self.language) if text else ""

    def phrases(self, texts: Iterable[str]) -> str:
        """Return what may happen, as alternatives; outcomes of one step stand together."""
        said: dict[str, list[str]] = {}
        for phrase in map(parse_phrase, texts):
            if phrase.form is Form.OUTCOME:
                said.setdefault(f"{self.step(phrase.about[0])}: ", []).append(self.outcome(phrase.about[1]))
            else:
                said.setdefault(self.phrase(phrase), [])
        return "; ".join(start + self._any_of(ends) for start, ends in said.items())

    def phrase(self, phrase: Phrase) -> str:
        """Return what happens, in words."""
        words = self.vocabulary.phrases.get(phrase.form.value)
        names = {"step": self.step, "outcome": self.outcome, "organisation": self.organisation}
        names |= {"event": self.event, "form": self.instrument}
        about = [names[slot](value) for slot, value in zip(phrase.form.slots, phrase.about, strict=True)]
        return self.text(words).format(*about) if words else str(phrase)

    def event(self, key: str) -> str:
        """Return an anytime event's title, said inside a sentence."""
        event = self.definition.events.get(key)
        title = self.text(event.title, key) if event else key
        return title[:1].lower() + title[1:]

    def condition(self, text: str | None) -> str:
        """Return a condition in words; empty for none."""
        return self._said(parse_condition(text)) if text else ""

    def whom(self, promise: PromiseDefinition) -> str:
        """Return whom a clock concerns: its own narrowing and the law's."""
        return "; ".join(filter(None, (self.condition(promise.applies), self.condition(promise.scope))))

    def _said(self, expression: Expression) -> str:
        if isinstance(expression, Comparison):
            return self._comparison(expression)
        if isinstance(expression, Not):
            return _NOT[self.language].format(self._said(expression.inner))
        if (between := _between(expression)) is not None:
            name, low, high = between
            return f"{self._meaning(name)} {self._literal(name, low)}–{self._literal(name, high)}"
        join = _AND if expression.operator == "&&" else _OR
        return join[self.language].join(map(self._said, expression.parts))

    def _comparison(self, comparison: Comparison) -> str:
        meaning = self._meaning(comparison.name)
        if comparison.operator == "is":
            return meaning
        values = [self._literal(comparison.name, value) for value in comparison.literals]
        if comparison.operator == "in":
            return f"{meaning}: {self._any_of(values)}"
        if values == [""]:
            return f"{meaning} {self.text(_KNOWN if comparison.operator == '!=' else _NOT_KNOWN)}"
        return f"{meaning} {_SIGNS[comparison.operator]} {values[0]}"

    def _meaning(self, name: str) -> str:
        variable = self._variables.get(name)
        return self.text(variable.meaning, name) if variable else name

    def _literal(self, name: str, value: Literal_) -> str:
        if isinstance(value, bool):
            return _YES[self.language][not value]
        if isinstance(value, str):
            asked = self._fields.get(name.removeprefix("answers."))
            words = self.vocabulary.channels.get(value) if name == "case.channel" else _VALUES.get(value)
            return self.text(asked.choices.get(value) if asked else words, value)
        return f"{value:g}".replace(".", "." if self.language == "en" else ",")

    def _any_of(self, parts: list[str]) -> str:
        return _OR[self.language].join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))

    @cached_property
    def _steps(self) -> Mapping[str, Step]:
        return {placed.key: placed.step for placed in placed_steps(self.definition)}

    @cached_property
    def _fields(self) -> Mapping[str, Field_]:
        return {key: asked for step in self._steps.values() for key, asked in step.fields.items()}

    @cached_property
    def _variables(self) -> Mapping[str, FactVariable]:
        return variables(self.vocabulary.instruments, self._fields.items())


def _between(joined: Joined) -> tuple[str, Literal_, Literal_] | None:
    """Return the variable and its bounds where a condition says only from where to where it lies."""
    if joined.operator != "&&" or len(joined.parts) != 2:
        return None
    low, high = joined.parts
    if not (isinstance(low, Comparison) and isinstance(high, Comparison) and low.name == high.name):
        return None
    is_range = (low.operator, high.operator) == (">=", "<=")
    return (low.name, low.literals[0], high.literals[0]) if is_range else None


_KNOWN = Text(fi="on tiedossa", sv="är känd", en="is known")
_NOT_KNOWN = Text(fi="ei ole tiedossa", sv="är inte känd", en="is not known")
_VALUES = {
    "normal": Text(fi="kiireetön", sv="inte brådskande", en="not urgent"),
    "urgent": Text(fi="kiireellinen", sv="brådskande", en="urgent"),
    "self": Text(fi="asiakas itse", sv="klienten själv", en="the client"),
    "relative": Text(fi="omainen", sv="anhörig", en="a relative"),
    "close_person": Text(fi="läheinen", sv="närstående", en="a close person"),
    "legal_representative": Text(fi="laillinen edustaja", sv="laglig företrädare", en="a legal representative"),
    "professional": Text(fi="ammattilainen", sv="yrkesperson", en="a professional"),
    "authority": Text(fi="viranomainen", sv="myndighet", en="an authority"),
    "omatoimi": Text(fi="omatoimiasiakkuus", sv="klientskap med eget ansvar", en="self-managing"),
    "yhteistyo": Text(fi="yhteistyöasiakkuus", sv="samarbetsklientskap", en="cooperation"),
    "yhteiso": Text(fi="yhteisöasiakkuus", sv="gemenskapsklientskap", en="community"),
    "verkosto": Text(fi="verkostoasiakkuus", sv="nätverksklientskap", en="network"),
}
"""The values of facts that every case has."""
_WHOEVER_ANSWERS = Text(fi="Asiasta vastaava", sv="Den som ansvarar", en="Whoever answers then")
_ENDS = Text(fi="päättyy: {}", sv="avslutas: {}", en="ends: {}")
_DONE = Text(fi="haara on tehty", sv="grenen är klar", en="the branch is done")
