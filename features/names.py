"""Names: what a specification quotes, found among a pathway's titles in its language. Never inflected, case ignored."""

from collections.abc import Mapping

from engine.machine import CompiledPathway
from features.county import NotKnown
from pathways.definition_parts import Text
from pathways.time_words import Language


def key_of(what: str, title: str, titles: Mapping[str, Text | None], language: Language) -> str:
    """The key whose title reads so; `NotKnown` with the near miss. Ids are no words of a specification."""
    named = {key: text.in_language(language) for key, text in titles.items() if text}
    for key, words in named.items():
        if words.casefold() == title.casefold():
            return key
    raise NotKnown(what, title, dict.fromkeys(named.values()))


def keys_of(title: str, titles: Mapping[str, Text | None], language: Language) -> tuple[str, ...]:
    """Every key whose title reads so: two clocks of one promise may share it."""
    same = [k for k, text in titles.items() if text and text.in_language(language).casefold() == title.casefold()]
    if not same:
        key_of("title", title, titles, language)
    return tuple(same)


def step_key(pathway: CompiledPathway, title: str, language: Language) -> str:
    return key_of("step", title, {key: step.title for key, step in pathway.steps.items()}, language)


def outcome_key(pathway: CompiledPathway, step: str, title: str, language: Language) -> str:
    """Among the outcomes of this step, else of the whole pathway: the engine says why it isn't possible here."""
    own = {key: pathway.outcome_text(key) for key in pathway.outcomes_of(step)}
    try:
        return key_of("outcome", title, own, language)
    except NotKnown:
        every = {o: pathway.outcome_text(o) for key in pathway.steps for o in pathway.outcomes_of(key)}
        return key_of("outcome", title, every, language)


def promise_keys(pathway: CompiledPathway, title: str, language: Language) -> tuple[str, ...]:
    titles = {key: promise.title for key, promise in pathway.promises.items()}
    try:
        return keys_of(title, titles, language)
    except NotKnown:
        raise NotKnown("promise", title, {t.in_language(language): None for t in titles.values() if t}) from None


def word_key(what: str, title: str, words: Mapping[str, Text], language: Language) -> str:
    """A word of the shared vocabulary: a profession, a channel, a reason, an organisation."""
    return key_of(what, title, dict(words), language)


def title_of(pathway: CompiledPathway | None, key: str, language: Language) -> str:
    """What a key of this pathway is called; the key itself where it is none."""
    if pathway is None:
        return key
    definition = pathway.definition
    texts: list[Text | None] = [
        pathway.steps[key].title if key in pathway.steps else None,
        pathway.promises[key].title if key in pathway.promises else None,
        pathway.outcome_text(key),
        definition.ends.get(key),
        definition.roles[key].title if key in definition.roles else None,
    ]
    return next((text.in_language(language) for text in texts if text), key)
