"""Needs: what must be there before a step, a plan, a meeting or a closing counts as done. A closed list."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator

from pathways.definition_errors import UnknownNeed
from pathways.definition_parts import Text
from pathways.goal import parse_goal


class NeedForm(StrEnum):
    """Every need there is; `<n>` stands for a number and `<span>` for words like `90 days`."""

    GOALS = "<n> to <n> goals"
    AGREEMENT = "agreed or disagreement recorded"
    REVIEW = "review within <span>"
    OWN_WORKER = "own worker named"
    RESPONSIBLE_WORKER = "responsible worker named"
    SUBSTITUTE = "substitute named"
    ALL_FIELDS = "all fields answered"
    CLIENT_PRESENT = "client or recorded wish"
    RESPONSIBLE_PRESENT = "responsible worker present"
    ORGANISATIONS = "at least <n> other organisation"
    SUMMARY = "summary to client"
    CONSENT = "consent recorded"
    RECEIPT = "receipt confirmed"
    APPROVAL_BY_RESPONSIBLE = "approval by responsible"
    APPROVAL_BY_TEAM_LEAD = "approval by team_lead"
    NOT_SPECIAL_SUPPORT = "never automatically with special support"


@dataclass(frozen=True, slots=True)
class Need:
    """A need with its numbers: `1 to 5 goals` is (GOALS, (1, 5))."""

    form: NeedForm
    numbers: tuple[int, ...] = ()
    span: str = ""


@cache
def parse_need(text: str) -> Need:
    """Return the need these words say; refuses any other words."""
    for form in NeedForm:
        pattern = form.value.replace("<n>", r"(\d+)").replace("<span>", r"(.+)")
        found = re.fullmatch(pattern + "s?", text) if form is NeedForm.ORGANISATIONS else re.fullmatch(pattern, text)
        if found and form is NeedForm.REVIEW:
            return Need(form, span=str(parse_goal(found[1])))
        if found:
            return Need(form, tuple(int(number) for number in found.groups()))
    raise UnknownNeed(text, tuple(form.value for form in NeedForm))


def _is_need(text: str) -> str:
    parse_need(text)
    return text


NeedText = Annotated[str, AfterValidator(_is_need)]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the worker says in the outcome's answers, so that the need is met: a yes, or a number."""

    key: str
    type: Literal["yes_no", "number"]
    title: Text


CONFIRMED_BY: Mapping[NeedForm, Confirmation] = {
    NeedForm.CLIENT_PRESENT: Confirmation(
        "asiakas_mukana",
        "yes_no",
        Text(
            fi="Asiakas oli mukana, tai hänen toiveensa olla poissa on kirjattu",
            sv="Klienten var med, eller klientens önskan att inte delta har antecknats",
            en="The client took part, or their wish not to is recorded",
        ),
    ),
    NeedForm.RESPONSIBLE_PRESENT: Confirmation(
        "vastuutyontekija_mukana",
        "yes_no",
        Text(
            fi="Vastuutyöntekijä oli mukana",
            sv="Den ansvariga arbetstagaren var med",
            en="The responsible worker took part",
        ),
    ),
    NeedForm.ORGANISATIONS: Confirmation(
        "muita_organisaatioita",
        "number",
        Text(
            fi="Montako muuta organisaatiota oli mukana",
            sv="Hur många andra organisationer var med",
            en="How many other organisations took part",
        ),
    ),
    NeedForm.SUMMARY: Confirmation(
        "yhteenveto_annettu",
        "yes_no",
        Text(
            fi="Asiakas on saanut yhteenvedon omalla kielellään",
            sv="Klienten har fått en sammanfattning på sitt eget språk",
            en="The client has a summary in their own language",
        ),
    ),
    NeedForm.CONSENT: Confirmation(
        "suostumus_kirjattu",
        "yes_no",
        Text(
            fi="Asiakkaan suostumus on kirjattu",
            sv="Klientens samtycke har antecknats",
            en="The client's consent is recorded",
        ),
    ),
}
"""Needs that only a person can tell; the others the engine sees by itself."""


def confirmation_of(text: str) -> Confirmation | None:
    """Return what confirms a need, if a person has to."""
    return CONFIRMED_BY.get(parse_need(text).form)
