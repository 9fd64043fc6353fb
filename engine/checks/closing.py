"""Closing: no case is closed in a way that danger (E9) or a need of special support forbids."""

from collections.abc import Iterator

from engine.checks.examined import Examined
from engine.findings import Finding
from engine.strictness import is_looser
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
    for key, event in examined.definition.events.items():
        path = ("events", key)
        if event.closes and event.closes.after and SPECIAL_SUPPORT not in (event.closes.never_automatic_when or ""):
            yield _forbidden(examined, (*path, "closes"), _AUTOMATIC)
        if event.code == "E9" and (event.stay_open is None or is_looser(HELD_OPEN, event.stay_open)):
            yield _forbidden(examined, path, _DANGER)


def _forbidden(examined: Examined, path: tuple[str, ...], why: Text) -> Finding:
    return examined.at_key("PW090", path, why=why.en or "", why_fi=why.fi, why_sv=why.sv)
