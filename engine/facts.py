"""The variables of conditions: one registry with type and meaning. A condition that names another is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pathways.definition_parts import Text
from pathways.step import Field_
from pathways.vocabulary import Instrument

FactType = Literal["bool", "int", "double", "string"]
FactValue = bool | int | float | str


@dataclass(frozen=True, slots=True)
class FactVariable:
    """A variable a condition may name. `values` are the only ones a string can have, where they are known."""

    type: FactType
    meaning: Text
    values: tuple[str, ...] = ()


def _fact(type_: FactType, fi: str, sv: str, en: str, *values: str) -> FactVariable:
    return FactVariable(type_, Text(fi=fi, sv=sv, en=en), values)


FACTS: Mapping[str, FactVariable] = {
    "client.age": _fact("int", "ikä täysinä vuosina", "ålder i hela år", "age in whole years"),
    "client.age_months": _fact("int", "ikä täysinä kuukausina", "ålder i hela månader", "age in whole months"),
    "client.language": _fact("string", "asiointikieli", "kontaktspråk", "language of service"),
    "client.municipality": _fact("string", "kotikunta", "hemkommun", "municipality of residence"),
    "client.guardian_may_know": _fact(
        "bool",
        "huoltajalle saa kertoa",
        "vårdnadshavaren får informeras",
        "the guardian may be told",
    ),
    "client.minor_decides": _fact(
        "bool",
        "alaikäinen päättää itse tästä asiasta",
        "den minderåriga bestämmer själv i saken",
        "the minor decides in this matter",
    ),
    "client.special_support": _fact(
        "bool",
        "tarvitsee erityistä tukea (SHL 3 §)",
        "behöver särskilt stöd (SVL 3 §)",
        "needs special support (Social Welfare Act § 3)",
    ),
    "client.highest_care_allowance": _fact(
        "bool",
        "saa ylintä hoitotukea",
        "får det högsta vårdbidraget",
        "receives the highest care allowance",
    ),
    "client.child_protection": _fact(
        "bool",
        "on lastensuojelun asiakas",
        "är klient inom barnskyddet",
        "is a client of child protection",
    ),
    "client.has_children": _fact(
        "bool",
        "kotona on alaikäisiä lapsia",
        "har minderåriga barn hemma",
        "has children at home",
    ),
    "client.lives_alone": _fact("bool", "asuu yksin", "bor ensam", "lives alone"),
    "client.safety_restriction": _fact(
        "bool",
        "turvakielto tai turvarajaus",
        "spärrmarkering eller säkerhetsbegränsning",
        "safety restriction",
    ),
    "client.interpreter_needed": _fact("bool", "tarvitsee tulkin", "behöver tolk", "needs an interpreter"),
    "client.unclear_who_answers": _fact(
        "bool",
        "asiakas ei tiedä, kuka hänestä vastaa",
        "klienten vet inte vem som ansvarar",
        "the client doesn't know who answers for them",
    ),
    "client.tells_again": _fact(
        "bool",
        "asiakas joutuu kertomaan saman uudelleen",
        "klienten måste berätta samma sak på nytt",
        "the client has to tell the same again",
    ),
    "client.asks_coordination": _fact(
        "bool",
        "asiakas pyytää, että palvelut kootaan yhteen",
        "klienten ber om att tjänsterna samordnas",
        "the client asks for the services to be brought together",
    ),
    "case.channel": _fact("string", "yhteydenottokanava", "servicekanal", "channel of the contact"),
    "case.contacted_by": _fact(
        "string",
        "kuka otti yhteyttä",
        "vem tog kontakt",
        "who made contact",
        "self",
        "relative",
        "close_person",
        "legal_representative",
        "professional",
        "authority",
    ),
    "case.urgency": _fact("string", "kiireellisyys", "hur brådskande", "urgency", "normal", "urgent"),
    "case.language": _fact("string", "asian kieli", "ärendets språk", "language of the case"),
    "case.concern": _fact("int", "huolen vyöhyke 0–3", "orosnivå 0–3", "level of concern 0–3"),
    "case.health_matter": _fact("bool", "terveydenhuollon asia", "hälsovårdsärende", "a health matter"),
    "case.social_matter": _fact("bool", "sosiaalihuollon asia", "socialvårdsärende", "a social care matter"),
    "case.via_school": _fact("bool", "tuli opiskeluhuollosta", "kom via elevvården", "came from student welfare"),
    "case.school": _fact(
        "string", "asiakkaan oppilaitoksen tunnus", "kod för klientens läroanstalt", "id of the client's school"
    ),
    "case.services": _fact("int", "samanaikaisia palveluja", "samtidiga tjänster", "services at the same time"),
    "case.episode": _fact("int", "monesko jakso", "vilken period i ordningen", "which episode"),
    "case.segment": _fact(
        "string",
        "asiakassegmentti",
        "klientsegment",
        "client segment",
        "omatoimi",
        "yhteistyo",
        "yhteiso",
        "verkosto",
    ),
    "unit.promises_on": _fact(
        "bool", "yksikkö antaa palvelulupauksen", "enheten ger servicelöftet", "the unit gives the service promise"
    ),
    "unit.bilingual": _fact("bool", "yksikkö on kaksikielinen", "enheten är tvåspråkig", "the unit is bilingual"),
    "unit.training": _fact("bool", "harjoitteluyksikkö", "övningsenhet", "a training unit"),
}
"""What conditions may ask of any case; instruments and a pathway's own fields add `answers.<id>`."""

_FIELD_TYPES: Mapping[str, FactType] = {"yes_no": "bool", "number": "double", "choice": "string"}


def variables(
    instruments: Mapping[str, Instrument], fields: Iterable[tuple[str, Field_]] = ()
) -> dict[str, FactVariable]:
    """Return every variable a pathway's conditions may name."""
    known = dict(FACTS)
    for key, instrument in instruments.items():
        known[f"answers.{key}"] = FactVariable(instrument.type, instrument)
    for key, asked in fields:
        if asked.type in _FIELD_TYPES:
            known[f"answers.{key}"] = FactVariable(_FIELD_TYPES[asked.type], asked.title, tuple(asked.choices))
    return known
