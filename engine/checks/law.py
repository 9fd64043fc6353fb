"""Law: a pathway names clocks of the law as they are; it may shorten them, and say when they start and are kept."""

from collections.abc import Iterator

from engine.checks.examined import Examined
from engine.findings import Finding
from engine.strictness import is_looser
from pathways.definition_parts import Text
from pathways.law_clock import LawClock
from pathways.phrases import parse_phrase
from pathways.promise_definition import PromiseDefinition

MAY_SAY = ("law", "title", "applies", "starts", "kept_when", "within", "on_handover", "warn")
"""What a pathway may say of a statutory clock; everything else comes from the law pack."""

_NEVER_PAUSES = Text(
    fi="lakisääteinen määräaika ei pysähdy", sv="en lagstadgad frist stannar inte", en="a statutory clock never pauses"
)
_NEVER_ROLLS = Text(
    fi="viranomaisen oma määräaika ei siirry eteenpäin",
    sv="myndighetens egen frist flyttas inte framåt",
    en="an authority's own time never rolls forward",
)
_ONLY_LAW = Text(
    fi="lakisääteinen määräaika tulee lakipaketista (law: D-…)",
    sv="en lagstadgad frist kommer ur lagpaketet (law: D-…)",
    en="a statutory clock comes from the law pack (law: D-…)",
)


def law_findings(examined: Examined) -> Iterator[Finding]:
    """Give a finding for every clock of the law that the pathway loosens or can't start."""
    for key, promise in examined.definition.promises.items():
        path = ("promises", key)
        clock = examined.shelves.clocks.get(promise.law or "")
        if clock:
            yield from _clock_findings(examined, key, promise, clock)
        elif promise.kind == "statutory":
            yield _cannot(examined, key, "kind", _ONLY_LAW)
        if promise.kind == "statutory" and promise.pause_on:
            yield _cannot(examined, key, "pause_on", _NEVER_PAUSES)
        if promise.kind == "statutory" and promise.roll == "forward":
            yield _cannot(examined, key, "roll", _NEVER_ROLLS)
        if not promise.startable:
            why = clock.why_not if clock and clock.why_not else Text(fi="–", sv="–")
            yield examined.at_key("PW080", path, name=key, why=why.en or "–", why_fi=why.fi, why_sv=why.sv)


def _cannot(examined: Examined, key: str, what: str, why: Text) -> Finding:
    path = ("promises", key, what)
    return examined.at_key("PW083", path, name=key, key=what, why=why.en or "", why_fi=why.fi, why_sv=why.sv)


def _clock_findings(examined: Examined, key: str, promise: PromiseDefinition, clock: LawClock) -> Iterator[Finding]:
    path = ("promises", key)
    if promise.within and clock.within and is_looser(promise.within, clock.within):
        yield examined.at_value("PW078", (*path, "within"), name=key, given=promise.within, law=clock.within)
    written = examined.read.written.at("promises", key)
    for said in written.entries() if written else ():
        if said not in MAY_SAY:
            yield examined.at_key("PW079", (*path, said), name=key, key=said)
    for index, text in enumerate(promise.kept_when):
        if text not in clock.kept_when and not parse_phrase(text).about:
            yield examined.at_value("PW079", (*path, "kept_when", index), name=key, key="kept_when")
