"""Titles: what a definition calls its things, in the reader's language; the key where it says nothing."""

from engine.machine import CompiledPathway
from pathways.definition_parts import Text

ACTS: dict[str, Text] = {
    "call": Text(fi="Puhelu", sv="Samtal", en="Call"),
    "attempt": Text(fi="Yhteydenottoyritys", sv="Kontaktförsök", en="Contact attempt"),
    "reply": Text(fi="Vastaus", sv="Svar", en="Reply"),
    "assessment": Text(fi="Arvio", sv="Bedömning", en="Assessment"),
    "meeting": Text(fi="Tapaaminen", sv="Möte", en="Meeting"),
}
LANGUAGES: dict[str, Text] = {
    "fi": Text(fi="suomi", sv="finska", en="Finnish"),
    "sv": Text(fi="ruotsi", sv="svenska", en="Swedish"),
    "en": Text(fi="englanti", sv="engelska", en="English"),
}


def titled(text: Text | None, language: str, key: str) -> str:
    """The words, or the key made readable where there are none."""
    return text.in_language(language) if text else key.replace("_", " ")


def pathway_title(pathway: CompiledPathway, language: str) -> str:
    return pathway.definition.title.in_language(language)


def step_title(pathway: CompiledPathway, key: str, language: str) -> str:
    step = pathway.steps.get(key)
    return titled(step.title if step else None, language, key)


def phase_of(pathway: CompiledPathway, key: str) -> str | None:
    """The phase a step stands in; a branch stands in its parent's."""
    step = pathway.steps.get(key)
    if step is None:
        return None
    parent = pathway.parent_of(key)
    return step.phase or (phase_of(pathway, parent) if parent else None)


def phase_title(pathway: CompiledPathway, phase: str | None, language: str) -> str:
    return titled(pathway.definition.phases.get(phase), language, phase) if phase else ""


def outcome_title(pathway: CompiledPathway, outcome: str, language: str) -> str:
    return titled(pathway.outcome_text(outcome), language, outcome)


def end_title(pathway: CompiledPathway, end: str, language: str) -> str:
    return titled(pathway.definition.ends.get(end), language, end)


def role_title(pathway: CompiledPathway, role: str | None, language: str) -> str:
    if not role:
        return ""
    if role == "omatyontekija":
        return {"sv": "Egen kontaktperson", "en": "Own worker"}.get(language, "Omatyöntekijä")
    definition = pathway.definition.roles.get(role)
    return titled(definition.title if definition else None, language, role)


def profession_title(pathway: CompiledPathway, profession: str, language: str) -> str:
    return titled(pathway.definition.vocabulary.professions.get(profession), language, profession)


def organisation_title(pathway: CompiledPathway, organisation: str | None, language: str) -> str | None:
    if organisation is None:
        return None
    return titled(pathway.definition.vocabulary.organisations.get(organisation), language, organisation)


def channel_title(pathway: CompiledPathway, channel: str, language: str) -> str:
    return titled(pathway.definition.vocabulary.channels.get(channel), language, channel)


def promise_title(pathway: CompiledPathway, key: str, language: str) -> str:
    definition = pathway.promises.get(key)
    return titled(definition.title if definition else None, language, key)


def law_text(pathway: CompiledPathway, key: str, language: str) -> str | None:
    """The section of the law a clock comes from, such as "SHL 36 §"."""
    definition = pathway.promises.get(key)
    return definition.section.in_language(language) if definition and definition.section else None
