"""The step vocabulary as a page: every sentence in its languages, with an example each. `docs/askeleet.md` is this."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby

import features.steps  # noqa: F401 - teaches the vocabulary its sentences
from features.sentences import VOCABULARY, Says, Step, examples_of, languages_of
from pathways.time_words import Language

NOUNS: Mapping[str, Mapping[Language, str]] = {
    "county": {
        "fi": "Hyvinvointialue ja yksiköt",
        "sv": "Välfärdsområdet och enheterna",
        "en": "The county and its units",
    },
    "workers": {"fi": "Työntekijät", "sv": "Arbetstagarna", "en": "Workers"},
    "clients": {"fi": "Asiakkaat", "sv": "Klienterna", "en": "Clients"},
    "time": {"fi": "Aika", "sv": "Tiden", "en": "Time"},
    "contact": {"fi": "Yhteydenotto", "sv": "Kontakten", "en": "The contact"},
    "case_progress": {"fi": "Asian kulku", "sv": "Ärendets gång", "en": "How a case moves"},
    "responsibility": {"fi": "Vastuu", "sv": "Ansvaret", "en": "Responsibility"},
    "promises": {
        "fi": "Lupaukset ja määräajat",
        "sv": "Löftena och tidsfristerna",
        "en": "Promises and statutory times",
    },
    "breaches": {"fi": "Kun lupaus ei pitänyt", "sv": "När löftet inte hölls", "en": "When a promise wasn't kept"},
    "recalculation": {
        "fi": "Kun kalenteri tai kirjattu aika korjataan",
        "sv": "När en kalender eller en antecknad tid rättas",
        "en": "When a calendar or a recorded time is corrected",
    },
    "messages": {"fi": "Kenelle kerrotaan", "sv": "Vem får veta", "en": "Who is told"},
    "consultations": {"fi": "Konsultaatio", "sv": "Konsultationen", "en": "Consultation"},
    "client_plan": {"fi": "Asiakassuunnitelma", "sv": "Klientplanen", "en": "The client plan"},
    "events": {"fi": "Elämän tapahtumat", "sv": "Livshändelserna", "en": "Events of life"},
    "candidates": {"fi": "Ehdokkaat", "sv": "Kandidaterna", "en": "Candidates"},
    "versions": {
        "fi": "Polun versiot",
        "sv": "Stigens versioner",
        "en": "Versions of a pathway",
    },
    "access": {"fi": "Kuka näkee", "sv": "Vem ser", "en": "Who sees"},
    "closing": {"fi": "Päättäminen ja paluu", "sv": "Avslutandet och återkomsten", "en": "Closing and coming back"},
    "refusal": {"fi": "Mikä ei onnistu", "sv": "Vad som inte går", "en": "What is refused"},
}
"""The nouns in the order a scenario meets them."""

_KEYWORDS: Mapping[Says, Mapping[Language, str]] = {
    "given": {"fi": "Oletetaan", "sv": "Givet", "en": "Given"},
    "when": {"fi": "Kun", "sv": "När", "en": "When"},
    "then": {"fi": "Niin", "sv": "Så", "en": "Then"},
}


@cache
def samples() -> dict[str, dict[Language, str]]:
    """What stands in the blanks of the examples, by the blank's name or kind; `samples.tsv` holds it."""
    lines = (files("features") / "samples.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {name: {"fi": fi, "sv": sv, "en": en} for name, fi, sv, en in rows}


_HEAD = """\
# Askeleet · Steg · Steps

Näillä lauseilla kirjoitetaan määrittelyt (`.feature`). Sivun tekee `pathways spec --steps`; älä muokkaa sitä käsin.
Med de här meningarna skrivs specifikationerna. Sidan görs av `pathways spec --steps`; redigera den inte för hand.
Specifications are written in these sentences. `pathways spec --steps` makes this page; don't edit it by hand.

- `[…]` saa jättää pois, `(a|b)` on jompikumpi. · `[…]` får utelämnas, `(a|b)` är endera. · `[…]` may be left out, `(a|b)` is either.
- Nimet ja otsikot ovat lainausmerkeissä ja aina perusmuodossa. · Namn och rubriker står inom citattecken och böjs aldrig. · Names and titles are quoted and never inflected.
- *Oletetaan*- ja *Kun*-lause voi alkaa tai päättyä aikaan: `ti 1.12.2026 klo 9.12`, `klo 16`, `ke 2.12.` (klo 9), `seuraavana aamuna klo 8.15`; aika kuluu ensin siihen asti. · En mening med *Givet* eller *När* kan börja eller sluta med en tid: `tis 1.12.2026 kl. 9.12`, `kl. 16`, `nästa morgon kl. 8.15`; tiden går först dit. · A *Given* or *When* may begin or end with a time: `Tue 1.12.2026 at 9:12`, `at 16`, `next morning at 8:15`; time passes until then first.
- Vuosi sanotaan kerran. Viikonpäivä, joka ei vastaa päivää, torjutaan. · Året sägs en gång. En veckodag som inte stämmer med datumet avvisas. · The year is said once. A weekday that doesn't match its date is refused.
- Jos aikaa ei sanota, kello on ma 2.11.2026 klo 8.00. Kello kulkee vain eteenpäin. · Om ingen tid sägs är klockan mån 2.11.2026 kl. 8.00. Den går bara framåt. · Unless a time is said it is Mon 2.11.2026 at 8:00. Time only moves forward.
- Lauseen voi aloittaa sanalla *että*. · En mening kan inledas med *att*. · A sentence may begin with *that*.
- *Niin* tarkistaa, *Oletetaan* ja *Kun* tekevät oikeilla komennoilla. · *Så* kontrollerar, *Givet* och *När* gör med riktiga kommandon. · *Then* checks; *Given* and *When* do it by real commands.
"""


def as_markdown() -> str:
    """The whole vocabulary as one page."""
    return _HEAD + "".join(_of_noun(noun, steps) for noun, steps in _by_noun())


def _by_noun() -> Iterator[tuple[str, list[Step]]]:
    order = list(NOUNS)
    steps = sorted(VOCABULARY.steps, key=lambda step: order.index(step.noun))
    for noun, group in groupby(steps, key=lambda step: step.noun):
        yield noun, list(group)


def _of_noun(noun: str, steps: list[Step]) -> str:
    title = " · ".join(NOUNS[noun].values())
    return f"\n## {title}\n\n" + "\n".join(_of_step(step) for step in steps)


def _of_step(step: Step) -> str:
    lines = []
    for language in languages_of(step):
        wording = step.wordings[language]
        lines.append(f"- {language}: `{_KEYWORDS[step.says][language]} {wording.template}`")
        lines.append(f"  - {examples_of(wording, samples())}{' + ' + _TABLE[language] if step.takes_table else ''}")
    return "\n".join(lines) + "\n"


_TABLE: Mapping[Language, str] = {"fi": "taulukko", "sv": "tabell", "en": "a table"}
