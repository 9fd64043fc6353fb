"""Closing: no case is closed in a way that danger (E9) or a need of special support forbids."""

from collections.abc import Iterator

from engine.checks.data_values import cases_of, known_variables, limits_of, truth, values_told_apart
from engine.checks.examined import Examined
from engine.condition_text import ConditionRefused
from engine.conditions import compile_condition
from engine.findings import Finding
from engine.strictness import is_looser
from pathways.anytime_event import Closes
from pathways.definition_parts import Text
from pathways.needs import NeedForm, parse_need
from pathways.phrases import Form

APPROVALS = frozenset({NeedForm.APPROVAL_BY_RESPONSIBLE, NeedForm.APPROVAL_BY_TEAM_LEAD})
HELD_OPEN = "14 days"
SPECIAL_SUPPORT = "client.special_support"

_UNREACHED = Text(
    fi="sääntö tavoittamattoman asiakkaan asian sulkemisesta (E1)",
    sv="regeln om att avsluta ett ärende när klienten inte nås (E1)",
    en="the rule on closing a case when the client isn't reached (E1)",
)
_AUTOMATIC = Text(
    fi="erityisen tuen tarve: asiaa ei suljeta itsestään",
    sv="behovet av särskilt stöd: ärendet avslutas inte av sig självt",
    en="the need of special support: the case never closes by itself",
)
_WHATEVER = Text(
    fi="sääntö, että vain kuolema päättää asian kysymättä (cancels: promises)",
    sv="regeln att bara ett dödsfall avslutar ett ärende utan att något frågas (cancels: promises)",
    en="the rule that only a death ends a case without anything being asked (cancels: promises)",
)
_BY_ITSELF = Text(
    fi="sääntö, että asian sulkee ihminen: kun mitään haaraa ei tarvita, asia päättyisi itsestään",
    sv="regeln att en människa avslutar ett ärende: när ingen gren behövs skulle ärendet avslutas av sig självt",
    en="the rule that a person closes a case: where no branch is needed the case would end by itself",
)
_DANGER = Text(
    fi="välitön vaara (E9): asia pysyy avoinna 14 päivää",
    sv="omedelbar fara (E9): ärendet hålls öppet i 14 dagar",
    en="immediate danger (E9): the case stays open for 14 days",
)


def closing_findings(examined: Examined) -> Iterator[Finding]:
    """Give a finding for every closing that a rule forbids."""
    for key, end in examined.definition.ends.items():
        unreached = str(Form.CLOSED_NOT_REACHED) in end.means
        if unreached and not {parse_need(need).form for need in end.needs} >= APPROVALS:
            yield _forbidden(examined, ("ends", key), _UNREACHED)
    yield from _closing_by_itself(examined)
    for key, event in examined.definition.events.items():
        path = ("events", key)
        if event.closes and event.closes.after and not _always_holds_with_support(examined, event.closes):
            yield _forbidden(examined, (*path, "closes"), _AUTOMATIC)
        if event.closes and "promises" in event.cancels and str(Form.DIED) not in event.signals:
            yield _forbidden(examined, (*path, "cancels"), _WHATEVER)
        if event.code == "E9" and (event.stay_open is None or is_looser(HELD_OPEN, event.stay_open)):
            yield _forbidden(examined, path, _DANGER)


def _closing_by_itself(examined: Examined) -> Iterator[Finding]:
    """Give a finding for every step that nobody has to work on and that ends the case when it is entered."""
    for key, step in examined.definition.steps.items():
        targets = examined.targets(examined.steps[key])
        alone = bool(step.branches) and step.decide is None and len(targets) == 1
        closes = alone and all(target.kind == "end" for target in targets.values())
        if closes and all(branch.when for branch in step.branches.values()):
            yield _forbidden(examined, ("steps", key), _BY_ITSELF)


def _always_holds_with_support(examined: Examined, closes: Closes) -> bool:
    """Return whether `never_automatic_when` is true of everybody who needs special support."""
    try:
        condition = compile_condition(closes.never_automatic_when or "", known_variables(examined))
    except ConditionRefused:  # none, or one that another check refuses
        return False
    if SPECIAL_SUPPORT not in condition.names:
        return False
    limits = limits_of(examined)
    values = {name: values_told_apart(name, (condition,), limits) for name in condition.names}
    cases = cases_of({**values, SPECIAL_SUPPORT: (True,)}) or ()
    return bool(cases) and all(truth(condition.expression, case) is True for case in cases)


def _forbidden(examined: Examined, path: tuple[str, ...], why: Text) -> Finding:
    return examined.at_key("PW090", path, why=why.en or "", why_fi=why.fi, why_sv=why.sv)
