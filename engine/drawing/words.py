"""The words that the drawing itself says, in Finnish, Swedish and English. Whole phrases; nothing is joined by cases."""

from typing import Literal

Language = Literal["fi", "sv", "en"]

_WORDS: dict[str, tuple[str, str, str]] = {
    # states of a step (in Swedish they agree with "ett steg")
    "done": ("Valmis", "Klart", "Done"),
    "open": ("Käynnissä", "Pågår", "In progress"),
    "waiting": ("Odottaa", "Väntar", "Waiting"),
    "late": ("Myöhässä", "Försenat", "Late"),
    "upcoming": ("Tulossa", "Kommande", "Upcoming"),
    "not_needed": ("Ei tarvita", "Behövs inte", "Not needed"),
    # a step of one version beside another
    "added": ("Uusi", "Nytt", "New"),
    "removed": ("Poistettu", "Borttaget", "Removed"),
    "changed": ("Muuttunut", "Ändrat", "Changed"),
    "renamed": ("Uusi tunnus", "Ny kod", "Another id"),
    "versions": (
        "{title}: versiot {old} ja {new}",
        "{title}: versionerna {old} och {new}",
        "{title}: versions {old} and {new}",
    ),
    "version": ("Versio {number}", "Version {number}", "Version {number}"),
    # notes on a step
    "target": ("Tavoite: {span}", "Mål: {span}", "Target: {span}"),
    "reply": ("Vastaus: {span}", "Svar: {span}", "Reply: {span}"),
    "accept": ("Vastaanotto: {span}", "Mottagning: {span}", "Acceptance: {span}"),
    "every": ("Väli: {span}", "Intervall: {span}", "Interval: {span}"),
    "law": ("Laki: {span}", "Lag: {span}", "Law: {span}"),
    "promise": ("Lupaus: {span}", "Löfte: {span}", "Promise: {span}"),
    "we_promise": ("Lupaamme: {span}", "Vi lovar: {span}", "We promise: {span}"),
    "another_pathway": ("Toinen polku", "En annan stig", "Another pathway"),
    "keeps_responsible": ("Vastuu pysyy täällä", "Ansvaret stannar här", "Responsibility stays here"),
    "responsibility_moves": ("Vastuu siirtyy", "Ansvaret övergår", "Responsibility moves on"),
    "opened_by": ("Avautuu tapahtumasta: {event}", "Öppnas av händelsen: {event}", "Opened by the event: {event}"),
    "opens_after": ("Aukeaa: {step} + {span}", "Öppnas: {step} + {span}", "Opens: {step} + {span}"),
    "opens_at_age": ("Aukeaa: ikä {span}", "Öppnas: ålder {span}", "Opens: age {span}"),
    "opens_on_date": ("Aukeaa kirjattuna päivänä", "Öppnas på det antecknade datumet", "Opens on the recorded date"),
    "opens_before_date": (
        "Aukeaa {span} ennen kirjattua päivää",
        "Öppnas {span} före det antecknade datumet",
        "Opens {span} before the recorded date",
    ),
    "opens_after_date": (
        "Aukeaa {span} kirjatun päivän jälkeen",
        "Öppnas {span} efter det antecknade datumet",
        "Opens {span} after the recorded date",
    ),
    "at_most_once": ("Enintään kerran", "Högst en gång", "At most once"),
    "at_most": ("Enintään {times} kertaa", "Högst {times} gånger", "At most {times} times"),
    "conditional": ("Vain kun ehto täyttyy", "Endast när villkoret uppfylls", "Only when its condition holds"),
    "optional": ("Valinnainen", "Valfritt", "Optional"),
    "by_hand": ("Lisätään tarvittaessa", "Läggs till vid behov", "Added when needed"),
    "when_needed": ("Tarvittaessa", "Vid behov", "When needed"),
    "starts_here": ("Polku alkaa tästä", "Stigen börjar här", "The pathway starts here"),
    "may_end": ("Voi päättyä tähän", "Kan avslutas här", "May end here"),
    "goes_on": ("Asia voi jatkua siellä", "Ärendet kan fortsätta där", "The matter may go on there"),
    "ends": ("Päättyy tähän", "Avslutas här", "Ends here"),
    # branches
    "join_all": ("Rinnakkain, kaikki tarvittavat", "Parallellt, alla som behövs", "Side by side, all that apply"),
    "join_any": ("Rinnakkain, yksi riittää", "Parallellt, ett räcker", "Side by side, one is enough"),
    "join_n": ("Rinnakkain, vähintään {n}", "Parallellt, minst {n}", "Side by side, at least {n}"),
    # the key
    "key_handover": ("Siirto vastaanottajalle", "Överlämning till en mottagare", "Hand-over to a receiver"),
    "key_consultation": (
        "Neuvo toiselta ammattilaiselta",
        "Råd av en annan yrkesperson",
        "Advice from another professional",
    ),
    "key_by_hand": ("Avataan tarvittaessa", "Öppnas vid behov", "Opened when needed"),
    "key_end": ("Polku päättyy", "Stigen avslutas", "The pathway ends"),
    "key_again": ("Sama askel uudelleen", "Samma steg på nytt", "The same step again"),
    "key_back": ("Palataan aiempaan askeleeseen", "Tillbaka till ett tidigare steg", "Back to an earlier step"),
    # edges and exits
    "to_end": ("Päättyy: {title}", "Avslutas: {title}", "Ends: {title}"),
    "again": ("Sama askel uudelleen", "Samma steg på nytt", "The same step again"),
    "back_to": ("Takaisin: {title}", "Tillbaka: {title}", "Back to: {title}"),
    "leads": ("{source} → {target}", "{source} → {target}", "{source} → {target}"),
    # the designer's figures
    "running": ("Nyt {count}", "Nu {count}", "Now {count}"),
    "median": ("mediaani {span}", "median {span}", "median {span}"),
    # the drawing as a whole
    "picture": ("Polku kuvana: {title}", "Stigen som bild: {title}", "The pathway as a picture: {title}"),
    "described": (
        "{phases} vaihetta, {steps} askelta. Sama sisältö on myös luettelona.",
        "{phases} faser, {steps} steg. Samma innehåll finns också som lista.",
        "{phases} phases, {steps} steps. The same content is also there as a list.",
    ),
    "phase": ("Vaihe {number}: {title}", "Fas {number}: {title}", "Phase {number}: {title}"),
    "finished_phase": ("{count} askelta valmiina", "{count} steg klara", "{count} steps done"),
    "finished_phase_one": ("1 askel valmiina", "1 steg klart", "1 step done"),
    # short units, for the spans of openings
    "day": ("pv", "d", "d"),
    "week": ("vk", "v", "wk"),
    "month": ("kk", "mån", "mo"),
    "year": ("v", "år", "y"),
}
_INDEX: dict[Language, int] = {"fi": 0, "sv": 1, "en": 2}


def say(word: str, language: Language, **values: object) -> str:
    """Return the phrase with its places filled."""
    return _WORDS[word][_INDEX[language]].format(**values)
