"""What a refusal says to the reader in Finnish, Swedish and English; pages and JSON problems share these sentences.

A sentence is chosen by the refusal's `code` and filled from its `facts`. A fact that is a key of a pathway (a step, an
outcome) is said by the name the caller hands over; a fact written as an English sentence is left out elsewhere.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from api.refusal_words import CODES, reason_in_words
from pathways.errors import PathwayError
from pathways.time_refusals import TimeRefusal

Language = Literal["fi", "sv", "en"]
NameOf = Callable[[str], str]
"""Key of a step, outcome, reason or pathway → its name in the reader's language."""


def in_words(error: PathwayError, lang: Language, name_of: NameOf = str) -> str:
    """The whole sentence: what was refused and what is possible instead."""
    told = error if isinstance(error, TimeRefusal) else error.__cause__
    if isinstance(told, TimeRefusal):  # the rules of time say the whole sentence themselves
        return told.in_words(lang)
    sentences = SENTENCES.get(error.code)
    if sentences is None:
        return SENTENCES["refused"][lang] if lang != "en" else str(error)
    return sentences[lang].format(**_said(error.facts, lang, name_of))


def title_of(code: str, lang: Language) -> str:
    """A few words that name the refusal, for headings."""
    return TITLES.get(code, TITLES["refused"])[lang]


def _said(facts: Mapping[str, Any], lang: Language, name_of: NameOf) -> dict[str, str]:
    said = {name: _fact(value, lang, name_of) for name, value in facts.items()}
    said["changed_tail"] = f" ({said['what']})" if said.get("what") in CHANGED_WORDS[lang] else ""
    for tail, template in TAILS[lang].items():
        fact = tail.removesuffix("_tail")
        said[tail] = template.format(said[fact]) if said.get(fact) else ""
    return said


def _fact(value: Any, lang: Language, name_of: NameOf) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, tuple | list):
        return _listed((_fact(part, lang, name_of) for part in value), lang)
    text = str(value)
    if text in WORDS:
        return WORDS[text][lang]
    reason = reason_in_words(text, lang)
    if reason is not None:
        return reason
    named = name_of(text)
    return "" if named == text and lang != "en" and _is_sentence(text) else named


def _is_sentence(text: str) -> bool:
    """Whether the engine wrote this for English readers, rather than naming somebody."""
    return text.count(" ") > 1 and (text[:1].islower() or text.endswith("."))


def _listed(names: Iterable[str], lang: Language) -> str:
    named = [name for name in names if name]
    if len(named) < 2:
        return "".join(named)
    return ", ".join(named[:-1]) + {"fi": " tai ", "sv": " eller ", "en": " or "}[lang] + named[-1]


TAILS: dict[Language, dict[str, str]] = {
    "fi": {
        "why_tail": ": {}",
        "what_tail": " {}",
        "needs_tail": " Tarvitaan: {}.",
        "possible_tail": " Mahdollista nyt: {}.",
        "choices_tail": " Valitse yksi: {}.",
        "fit_tail": " Nimettävissä: {}.",
        "until_tail": " Mahdollista aikaisintaan {}.",
        "waiting_for_tail": " Kesken vielä: {}.",
        "missing_tail": " Puuttuu: {}.",
    },
    "sv": {
        "why_tail": ": {}",
        "what_tail": " {}",
        "needs_tail": " Det behövs: {}.",
        "possible_tail": " Möjligt nu: {}.",
        "choices_tail": " Välj ett alternativ: {}.",
        "fit_tail": " Kan utses: {}.",
        "until_tail": " Möjligt tidigast {}.",
        "waiting_for_tail": " Ännu på hälft: {}.",
        "missing_tail": " Saknas: {}.",
    },
    "en": {
        "why_tail": ": {}",
        "what_tail": " for {}",
        "needs_tail": " It needs: {}.",
        "possible_tail": " Possible now: {}.",
        "choices_tail": " Choose one of: {}.",
        "fit_tail": " Who can: {}.",
        "until_tail": " Possible from {} on.",
        "waiting_for_tail": " Still waiting for: {}.",
        "missing_tail": " Missing: {}.",
    },
}

CHANGED_WORDS: dict[Language, frozenset[str]] = {
    lang: frozenset(words[lang] for words in CODES.values()) for lang in ("fi", "sv", "en")
}
"""What a change is called, in each language; a change without such words is not named."""

SENTENCES: dict[str, dict[Language, str]] = {
    "refused": {
        "fi": "Tätä ei voi tehdä nyt. Mitään ei tallennettu.",
        "sv": "Det här kan inte göras nu. Ingenting sparades.",
        "en": "This can't be done now. Nothing was saved.",
    },
    "not_found": {
        "fi": "Tätä ei löydy, tai se ei ole sinun nähtävissäsi.",
        "sv": "Det här finns inte, eller så får du inte se det.",
        "en": "This doesn't exist, or it isn't yours to see.",
    },
    "not_allowed": {
        "fi": "Tämä ei kuulu sinulle.{needs_tail}",
        "sv": "Det här är inte din uppgift.{needs_tail}",
        "en": "This isn't yours to do.{needs_tail}",
    },
    "outcome_not_possible": {
        "fi": "Askelta {step} ei voi päättää tulokseen ”{outcome}”.{possible_tail}",
        "sv": "Steget {step} kan inte avslutas med utfallet ”{outcome}”.{possible_tail}",
        "en": "{step} can't end with “{outcome}”.{possible_tail}",
    },
    "step_not_open": {
        "fi": "Askel {step} ei ole enää avoinna.{possible_tail}",
        "sv": "Steget {step} är inte längre öppet.{possible_tail}",
        "en": "The step {step} isn't open any more.{possible_tail}",
    },
    "step_ambiguous": {
        "fi": "Askel {step} on auki useammin kuin kerran. Valitse, kumpaa tarkoitat.",
        "sv": "Steget {step} är öppet mer än en gång. Välj vilket du menar.",
        "en": "The step {step} is open more than once. Choose which one you mean.",
    },
    "step_not_ready": {
        "fi": "Askelta {step} ei voi vielä päättää.{waiting_for_tail}",
        "sv": "Steget {step} kan inte avslutas ännu.{waiting_for_tail}",
        "en": "{step} can't be ended yet.{waiting_for_tail}",
    },
    "loop_bound_reached": {
        "fi": "Askel {step} on tehty jo {at_most} kertaa. Esihenkilö päättää, tehdäänkö se uudelleen.",
        "sv": "Steget {step} har redan gjorts {at_most} gånger. Teamledaren beslutar om det görs på nytt.",
        "en": "{step} has been done {at_most} times already. A team lead decides whether it is done again.",
    },
    "reason_missing": {
        "fi": "Kerro syy{what_tail}.{choices_tail}",
        "sv": "Ange orsaken{what_tail}.{choices_tail}",
        "en": "Give a reason{what_tail}.{choices_tail}",
    },
    "case_closed": {
        "fi": "Asiakkuus {number} on päättynyt. Uusi yhteydenotto avaa sen uudelleen.",
        "sv": "Klientrelationen {number} är avslutad. En ny kontakt öppnar den på nytt.",
        "en": "Case {number} is closed. A new contact opens it again.",
    },
    "cannot_close": {
        "fi": "Asiakkuutta ei voi vielä päättää{why_tail}.{until_tail}",
        "sv": "Klientrelationen kan inte avslutas ännu{why_tail}.{until_tail}",
        "en": "The case can't be closed yet{why_tail}.{until_tail}",
    },
    "worker_not_fit": {
        "fi": "{worker} ei voi ottaa tätä{why_tail}.{fit_tail}",
        "sv": "{worker} kan inte ta det här{why_tail}.{fit_tail}",
        "en": "{worker} can't be named{why_tail}.{fit_tail}",
    },
    "arrow_not_possible": {
        "fi": "Tätä ei voi enää tehdä: {kind} on tilassa ”{state}”.{possible_tail}",
        "sv": "Det här kan inte längre göras: {kind} är i läget ”{state}”.{possible_tail}",
        "en": "This can't be done any more: the {kind} is {state}.{possible_tail}",
    },
    "pause_refused": {
        "fi": "Kelloa ei voi laittaa tauolle{why_tail}.",
        "sv": "Klockan kan inte pausas{why_tail}.",
        "en": "The clock can't be paused{why_tail}.",
    },
    "time_refused": {
        "fi": "Tarkista aika{why_tail}.",
        "sv": "Kontrollera tiden{why_tail}.",
        "en": "Check the time{why_tail}.",
    },
    "plan_not_ready": {
        "fi": "Suunnitelmaa ei voi vielä hyväksyä.{missing_tail}",
        "sv": "Planen kan inte godkännas ännu.{missing_tail}",
        "en": "The plan can't be agreed yet.{missing_tail}",
    },
    "revision_stale": {
        "fi": "Mitään ei tallennettu: {by} muutti tietoja sen jälkeen, kun avasit ne{changed_tail}. Tekstisi on tallessa tällä sivulla.",
        "sv": "Ingenting sparades: {by} ändrade uppgifterna efter att du öppnade dem{changed_tail}. Din text finns kvar på den här sidan.",
        "en": "Nothing was saved: {by} changed this after you opened it{changed_tail}. Your text is kept on this page.",
    },
    "idempotency_key_reused": {
        "fi": "Tämä lomake on jo lähetetty toisilla tiedoilla. Avaa sivu uudelleen ja yritä vielä kerran.",
        "sv": "Det här formuläret har redan skickats med andra uppgifter. Öppna sidan på nytt och försök en gång till.",
        "en": "This form was already sent with other content. Open the page again and try once more.",
    },
    "pathway_not_startable": {
        "fi": "Polkua {pathway} ei voi aloittaa{why_tail}.{possible_tail}",
        "sv": "Servicestigen {pathway} kan inte påbörjas{why_tail}.{possible_tail}",
        "en": "The pathway {pathway} can't be started{why_tail}.{possible_tail}",
    },
    "duplicate_clients": {
        "fi": "Samanniminen asiakas, jolla on sama syntymäaika, on jo olemassa. Valitse hänet tai kerro, että kyse on uudesta asiakkaasta.",
        "sv": "Det finns redan en klient med samma namn och födelsedatum. Välj klienten eller ange att det är en ny klient.",
        "en": "A client with the same name and birth date is already known. Choose them, or say it is somebody new.",
    },
    "malformed": {
        "fi": "Tarkista kenttä {field}{why_tail}.",
        "sv": "Kontrollera fältet {field}{why_tail}.",
        "en": "Check the field {field}{why_tail}.",
    },
    "sign_in_refused": {
        "fi": "Käyttäjätunnus tai salasana on väärin.",
        "sv": "Användarnamnet eller lösenordet är fel.",
        "en": "The user name or the password is wrong.",
    },
    "sign_in_throttled": {
        "fi": "Liian monta yritystä. Yritä uudelleen {seconds} sekunnin kuluttua.",
        "sv": "För många försök. Försök igen om {seconds} sekunder.",
        "en": "Too many tries. Try again in {seconds} seconds.",
    },
    "version_taken": {
        "fi": "Polun {pathway} versio on jo julkaistu toisella sisällöllä. Anna muutetulle uusi versionumero.",
        "sv": "Servicestigens {pathway} version är redan publicerad med annat innehåll. Ge den ändrade ett nytt versionsnummer.",
        "en": "This version of {pathway} is published with other content; raise the version number.",
    },
    "use_log_unavailable": {
        "fi": "Asiakkaan tietoja ei voi näyttää juuri nyt, koska katselua ei saada kirjattua käyttölokiin. Yritä hetken päästä uudelleen.",
        "sv": "Klientens uppgifter kan inte visas just nu, eftersom läsningen inte kan antecknas i användningsloggen. Försök igen om en stund.",
        "en": "Client data can't be shown right now, because the read can't be written to the use log. Try again in a moment.",
    },
}

TITLES: dict[str, dict[Language, str]] = {
    "refused": {"fi": "Ei onnistunut", "sv": "Det gick inte", "en": "That didn't work"},
    "not_found": {"fi": "Ei löydy", "sv": "Hittades inte", "en": "Not found"},
    "not_allowed": {"fi": "Ei oikeutta", "sv": "Ingen behörighet", "en": "Not allowed"},
    "revision_stale": {
        "fi": "Joku muutti tietoja samaan aikaan",
        "sv": "Någon ändrade uppgifterna samtidigt",
        "en": "Somebody changed this at the same time",
    },
    "use_log_unavailable": {
        "fi": "Tietoja ei näytetä juuri nyt",
        "sv": "Uppgifterna visas inte just nu",
        "en": "Not shown right now",
    },
}

WORDS: dict[str, dict[Language, str]] = {
    "plan": {"fi": "suunnitelma", "sv": "planen", "en": "plan"},
    "consultation": {"fi": "konsultaatiopyyntö", "sv": "konsultationen", "en": "consultation"},
    "promise": {"fi": "lupaus", "sv": "löftet", "en": "promise"},
    "handover": {"fi": "siirto", "sv": "överföringen", "en": "hand-over"},
    "requested": {"fi": "pyydetty", "sv": "begärd", "en": "requested"},
    "returned": {"fi": "palautettu täydennettäväksi", "sv": "återsänd för komplettering", "en": "returned"},
    "accepted": {"fi": "vastaanotettu", "sv": "mottagen", "en": "accepted"},
    "answered": {"fi": "vastattu", "sv": "besvarad", "en": "answered"},
    "acknowledged": {"fi": "kuitattu", "sv": "kvitterad", "en": "acknowledged"},
    "declined": {"fi": "hylätty", "sv": "avvisad", "en": "declined"},
    "withdrawn": {"fi": "peruttu", "sv": "återkallad", "en": "withdrawn"},
    "draft": {"fi": "luonnos", "sv": "utkast", "en": "a draft"},
    "with_client": {"fi": "asiakkaalla", "sv": "hos klienten", "en": "with the client"},
    "agreed": {"fi": "sovittu", "sv": "överenskommen", "en": "agreed"},
    "to_review": {"fi": "tarkistettavana", "sv": "under granskning", "en": "being reviewed"},
    "ended": {"fi": "päättynyt", "sv": "avslutad", "en": "ended"},
    "running": {"fi": "käynnissä", "sv": "i gång", "en": "running"},
    "paused": {"fi": "tauolla", "sv": "pausad", "en": "paused"},
    "kept": {"fi": "pidetty", "sv": "hållen", "en": "kept"},
    "late": {"fi": "pidetty myöhässä", "sv": "hållen för sent", "en": "kept late"},
    "cancelled": {"fi": "peruttu", "sv": "inställd", "en": "cancelled"},
    "travelled": {"fi": "siirtynyt", "sv": "överförd", "en": "travelled"},
    "proposed": {"fi": "ehdotettu", "sv": "föreslagen", "en": "proposed"},
    "rejected": {"fi": "palautettu", "sv": "återsänd", "en": "rejected"},
    "accept": {"fi": "ota vastaan", "sv": "ta emot", "en": "accept"},
    "return": {"fi": "palauta täydennettäväksi", "sv": "återsänd för komplettering", "en": "return"},
    "complete": {"fi": "täydennä", "sv": "komplettera", "en": "complete"},
    "answer": {"fi": "vastaa", "sv": "svara", "en": "answer"},
    "acknowledge": {"fi": "kuittaa", "sv": "kvittera", "en": "acknowledge"},
    "decline": {"fi": "hylkää", "sv": "avvisa", "en": "decline"},
    "withdraw": {"fi": "peru pyyntö", "sv": "återkalla begäran", "en": "withdraw"},
}
"""Facts with a closed set of values: states, verbs and kinds."""
