"""What is answered when a step ends: by the titles of what it asks, in the words people answer with."""

from engine.machine import CompiledPathway
from features.names import key_of
from features.sentences import Table
from pathways.definition_parts import Text
from pathways.needs import confirmation_of
from pathways.step import Step
from pathways.time_words import Language

Answer = bool | int | float | str
YES_OR_NO = {"kyllä": True, "ja": True, "yes": True, "ei": False, "nej": False, "no": False}


def answers_of(pathway: CompiledPathway, step_key: str, table: Table, language: Language) -> dict[str, Answer]:
    """Key → answer, of a table with a title and an answer on each row."""
    step = pathway.step(step_key)
    titles = _asked(pathway, step)
    answers = {}
    for title, words in table:
        key = key_of("question", title, titles, language)
        answers[key] = _answer(step, key, words, language)
    return answers


def _asked(pathway: CompiledPathway, step: Step) -> dict[str, Text | None]:
    instruments = pathway.definition.vocabulary.instruments
    confirmed = [confirmation for need in step.needs if (confirmation := confirmation_of(need))]
    return {
        **{key: instruments.get(key) for key in step.instruments},
        **{key: field.title for key, field in step.fields.items()},
        **{confirmation.key: confirmation.title for confirmation in confirmed},
    }


def _answer(step: Step, key: str, words: str, language: Language) -> Answer:
    field = step.fields.get(key)
    if field and field.choices:
        return key_of("choice", words, dict(field.choices), language)
    if words.casefold() in YES_OR_NO:
        return YES_OR_NO[words.casefold()]
    try:
        return int(words)
    except ValueError:
        return words
