"""Reasons inside refusals, in three languages: codes that the engine gives, and its own English sentences.

A sentence that isn't here is left out in Finnish and Swedish: half a sentence in English helps nobody.
"""

import re
from typing import Literal

Language = Literal["fi", "sv", "en"]
Said = dict[Language, str]


def reason_in_words(reason: str, lang: Language) -> str | None:
    """What a code or an English sentence of the engine means; None when it is neither."""
    if reason in CODES:
        return CODES[reason][lang]
    for pattern, said in SENTENCES:
        if found := pattern.fullmatch(reason):
            return said[lang].format(*found.groups()) if lang != "en" else reason
    return None


CODES: dict[str, Said] = {
    # who may
    "care_team": {"fi": "asiakkaan tiimin jäsen", "sv": "en medlem i klientens team", "en": "the client's care team"},
    "responsible_or_lead": {
        "fi": "vastuutyöntekijä tai esihenkilö",
        "sv": "ansvarig arbetstagare eller teamledare",
        "en": "the responsible worker or a team lead",
    },
    "team_lead": {"fi": "esihenkilö", "sv": "teamledare", "en": "a team lead"},
    "asked_professional": {
        "fi": "ammattilainen, jolta kysyttiin",
        "sv": "den yrkesperson som fick frågan",
        "en": "the professional who was asked",
    },
    "responsible_worker": {"fi": "vastuutyöntekijä", "sv": "ansvarig arbetstagare", "en": "the responsible worker"},
    "receiving_unit": {
        "fi": "vastaanottavan yksikön työntekijä",
        "sv": "en arbetstagare i den mottagande enheten",
        "en": "a worker of the receiving unit",
    },
    "the_system": {"fi": "järjestelmä itse", "sv": "systemet självt", "en": "the system itself"},
    "case_worker": {
        "fi": "asiakastyötä tekevä työntekijä",
        "sv": "en arbetstagare i klientarbete",
        "en": "a case worker",
    },
    # who can't be named
    "wrong_profession": {
        "fi": "ammatti ei sovi tähän tehtävään",
        "sv": "yrket passar inte för den här uppgiften",
        "en": "the profession doesn't suit this role",
    },
    "on_leave": {
        "fi": "hän on poissa tänään",
        "sv": "personen är borta i dag",
        "en": "they are away today",
    },
    "language": {
        "fi": "hän ei palvele ruotsiksi",
        "sv": "personen betjänar inte på svenska",
        "en": "they don't serve in Swedish",
    },
    "skill": {
        "fi": "häneltä puuttuu taito, jota polku edellyttää",
        "sv": "personen saknar en färdighet som servicestigen förutsätter",
        "en": "they lack a skill the pathway asks for",
    },
    "load": {
        "fi": "hänellä on jo sovittu määrä asiakkaita",
        "sv": "personen har redan det överenskomna antalet klienter",
        "en": "they have as many clients as agreed",
    },
    "other_unit": {
        "fi": "hän työskentelee toisessa yksikössä",
        "sv": "personen arbetar i en annan enhet",
        "en": "they work in another unit",
    },
    "nobody_fit": {
        "fi": "kukaan yksikössä ei sovi tähän juuri nyt",
        "sv": "ingen i enheten passar för det här just nu",
        "en": "nobody in the unit fits right now",
    },
    "auto": {
        "fi": "Sääntöjen mukainen työntekijä",
        "sv": "Arbetstagare enligt reglerna",
        "en": "A worker by the rules",
    },
    # what is wrong with a field
    "taken": {"fi": "se on jo käytössä", "sv": "det används redan", "en": "it is taken"},
    "too_short": {"fi": "se on liian lyhyt", "sv": "det är för kort", "en": "it is too short"},
    "not_of_the_code": {
        "fi": "se on eri kuin henkilötunnuksessa",
        "sv": "det är ett annat än i personbeteckningen",
        "en": "it differs from the identity code",
    },
    "not_a_birth_date": {
        "fi": "se ei voi olla syntymäaika",
        "sv": "det kan inte vara ett födelsedatum",
        "en": "it can't be a date of birth",
    },
    "identity_code_shape": {
        "fi": "henkilötunnus on muotoa 131052-308T",
        "sv": "en personbeteckning har formen 131052-308T",
        "en": "an identity code looks like 131052-308T",
    },
    "identity_code_check_sign": {
        "fi": "tarkistusmerkki ei täsmää, tarkista näppäilyvirhe",
        "sv": "kontrolltecknet stämmer inte, kontrollera skrivfel",
        "en": "the check sign doesn't match; look for a typing error",
    },
    "identity_code_birth_date": {
        "fi": "siinä oleva päivä ei ole oikea päivämäärä",
        "sv": "dagen i den är inget riktigt datum",
        "en": "the day in it is no real date",
    },
    "one_way_of_searching": {
        "fi": "hae henkilötunnuksella tai nimellä ja syntymäajalla",
        "sv": "sök med personbeteckning eller med namn och födelsedatum",
        "en": "search by identity code, or by name and date of birth",
    },
    "before_from": {
        "fi": "se on ennen ensimmäistä päivää",
        "sv": "det är före den första dagen",
        "en": "it lies before the first day",
    },
    "same_person": {"fi": "hän on sama henkilö", "sv": "det är samma person", "en": "it is the same person"},
    "not_a_cursor": {
        "fi": "sivu on vanhentunut, aloita listan alusta",
        "sv": "sidan är föråldrad, börja från listans början",
        "en": "the page is out of date; begin from the top of the list",
    },
    "no_character": {
        "fi": "siinä on merkki, jota ei voi tallentaa",
        "sv": "den har ett tecken som inte kan sparas",
        "en": "it holds a character that can't be stored",
    },
    "not_a_period": {
        "fi": "jakso alkaa ennen kuin päättyy ja kestää enintään 800 päivää",
        "sv": "perioden börjar innan den slutar och är högst 800 dagar",
        "en": "the period begins before it ends and lasts 800 days at most",
    },
    "not_a_month": {
        "fi": "kuukausi on muotoa 2026-11",
        "sv": "en månad har formen 2026-11",
        "en": "a month looks like 2026-11",
    },
    "not_ended": {
        "fi": "se ei ole vielä päättynyt",
        "sv": "den har inte slutat än",
        "en": "it hasn't ended yet",
    },
    "not_a_half_year": {
        "fi": "puolivuosi on muotoa 2026-1 tai 2026-2",
        "sv": "ett halvår har formen 2026-1 eller 2026-2",
        "en": "a half-year looks like 2026-1 or 2026-2",
    },
    # fields
    "half": {"fi": "puolivuosi", "sv": "halvår", "en": "half-year"},
    "month": {"fi": "kuukausi", "sv": "månad", "en": "month"},
    "request": {"fi": "pyyntö", "sv": "begäran", "en": "request"},
    "cursor": {"fi": "sivu", "sv": "sida", "en": "page"},
    "topics": {"fi": "aiheet", "sv": "ämnen", "en": "topics"},
    "identity_code": {"fi": "henkilötunnus", "sv": "personbeteckning", "en": "identity code"},
    "birth_date": {"fi": "syntymäaika", "sv": "födelsedatum", "en": "date of birth"},
    "occurred_at": {"fi": "milloin", "sv": "när", "en": "when"},
    "received_at": {"fi": "milloin se tuli", "sv": "när den kom", "en": "when it came"},
    "until": {"fi": "mihin asti", "sv": "till när", "en": "until when"},
    "words": {"fi": "teksti", "sv": "texten", "en": "words"},
    "to_unit": {"fi": "yksikkö", "sv": "enhet", "en": "unit"},
    "client_id": {"fi": "asiakas", "sv": "klient", "en": "client"},
    "profession": {"fi": "ammatti", "sv": "yrke", "en": "profession"},
    "event": {"fi": "tapahtuma", "sv": "händelse", "en": "event"},
    "by": {"fi": "ryhmittely", "sv": "gruppering", "en": "grouping"},
    "to": {"fi": "jakson loppu", "sv": "periodens slut", "en": "end of the period"},
    "baseline_from": {"fi": "vertailujakson alku", "sv": "jämförelseperiodens början", "en": "start of the baseline"},
    "baseline_to": {"fi": "vertailujakson loppu", "sv": "jämförelseperiodens slut", "en": "end of the baseline"},
    "query": {"fi": "haku", "sv": "sökning", "en": "search"},
    # what somebody else changed meanwhile
    "act_recorded": {"fi": "yhteys kirjattu", "sv": "kontakt antecknad", "en": "a contact recorded"},
    "time_corrected": {"fi": "aika korjattu", "sv": "tid rättad", "en": "a time corrected"},
    "step_started": {"fi": "askel aloitettu", "sv": "steg påbörjat", "en": "a step begun"},
    "step_assigned": {"fi": "askel otettu", "sv": "steg taget", "en": "a step taken"},
    "step_ended": {"fi": "askel tehty", "sv": "steg klart", "en": "a step done"},
    "responsible_named": {
        "fi": "vastuutyöntekijä nimetty",
        "sv": "ansvarig arbetstagare utsedd",
        "en": "a responsible worker named",
    },
    "plan_drafted": {"fi": "suunnitelma muuttunut", "sv": "planen ändrad", "en": "the plan changed"},
    "plan_sent_to_client": {
        "fi": "suunnitelma annettu asiakkaalle",
        "sv": "planen given till klienten",
        "en": "the plan given to the client",
    },
    "plan_agreed": {"fi": "asiakkaan kanta kirjattu", "sv": "klientens ståndpunkt antecknad", "en": "the plan agreed"},
    "consultation_requested": {
        "fi": "konsultaatio pyydetty",
        "sv": "konsultation begärd",
        "en": "a consultation asked",
    },
    "consultation_moved": {"fi": "konsultaatio edennyt", "sv": "konsultationen framåt", "en": "a consultation moved"},
    "contact_received": {"fi": "uusi yhteydenotto", "sv": "ny kontakt", "en": "a new contact"},
    "anytime_happened": {"fi": "tapahtuma kirjattu", "sv": "händelse antecknad", "en": "an event recorded"},
    "urgency_set": {"fi": "kiireellisyys muutettu", "sv": "brådskegraden ändrad", "en": "the urgency changed"},
    "case_closed": {"fi": "asiakkuus päätetty", "sv": "klientrelationen avslutad", "en": "the case closed"},
    # approvals and needs
    "responsible": {"fi": "vastuutyöntekijä", "sv": "ansvarig arbetstagare", "en": "the responsible worker"},
    "goals": {"fi": "tavoitteet", "sv": "mål", "en": "goals"},
    "next_review": {"fi": "seuraava tarkistuspäivä", "sv": "nästa granskningsdag", "en": "the next review"},
    "consultation answered": {
        "fi": "konsultaatiovastaus",
        "sv": "konsultationssvaret",
        "en": "the answer to the consultation",
    },
}


def _s(pattern: str, fi: str, sv: str) -> tuple[re.Pattern[str], Said]:
    return re.compile(pattern), {"fi": fi, "sv": sv, "en": ""}


SENTENCES: list[tuple[re.Pattern[str], Said]] = [
    _s("an open case", "avoin asiakkuus", "en pågående klientrelation"),
    _s("the responsible worker", "vastuutyöntekijä", "ansvarig arbetstagare"),
    _s(
        "a worker of the receiving unit",
        "vastaanottavan yksikön työntekijä",
        "en arbetstagare i den mottagande enheten",
    ),
    _s("the profession .*", "ammatti, jolta kysyttiin", "det yrke som fick frågan"),
    _s(
        "your units don't work on this pathway",
        "yksikkösi ei käytä tätä polkua",
        "din enhet använder inte den här servicestigen",
    ),
    _s(
        ".*: a clock of the law never moves while it runs.*",
        "lain määräaika ei muutu kesken",
        "lagens tidsfrist ändras inte medan den löper",
    ),
    _s(
        "it is withheld until what it stands on is there",
        "polku odottaa, kunnes kaikki mitä se tarvitsee on käytössä",
        "stigen väntar tills allt den behöver är i bruk",
    ),
    _s("its version is not approved yet", "versiota ei ole vielä hyväksytty", "versionen är ännu inte godkänd"),
    _s(
        "version .* is retired: no new case begins on it",
        "versio on poistettu käytöstä: uusia asioita ei enää aloiteta sillä",
        "versionen har tagits ur bruk: nya ärenden påbörjas inte längre med den",
    ),
    _s(
        "version .* is withdrawn: it must not be used",
        "versio on vedetty pois: sitä ei saa käyttää",
        "versionen har dragits tillbaka: den får inte användas",
    ),
    _s("no such pathway.*", "tällaista polkua ei ole", "någon sådan servicestig finns inte"),
    _s("no channel .*", "tätä kanavaa ei tunneta", "kanalen är okänd"),
    _s(r"at most (\d+) goals", "enintään {0} tavoitetta", "högst {0} mål"),
    _s(r"at least (\d+) goals?", "vähintään {0} tavoite", "minst {0} mål"),
    _s(r"(\d+) to (\d+) goals", "{0}–{1} tavoitetta", "{0}–{1} mål"),
    _s("at least one goal", "vähintään yksi tavoite", "minst ett mål"),
    _s(
        "the client's own view of what they disagree about",
        "asiakkaan oma näkemys siitä, mistä hän on eri mieltä",
        "klientens egen åsikt om det som klienten inte håller med om",
    ),
    _s(
        r"the client has to be sought (\d+) times on (\d+) days in (\d+) channels within .*recorded: (\d+) attempts",
        "asiakasta on tavoiteltava {0} kertaa {1} päivänä {2} kanavassa; yrityksiä on kirjattu {3}",
        "klienten ska sökas {0} gånger på {1} dagar i {2} kanaler; {3} försök är antecknade",
    ),
    _s("agreed or disagreement recorded", "asiakkaan kanta", "klientens ståndpunkt"),
    _s(r"review within (\d+) days", "tarkistuspäivä {0} päivän sisällä", "en granskningsdag inom {0} dagar"),
    _s("the case is in this unit already", "asia on jo tässä yksikössä", "ärendet är redan i den här enheten"),
    _s(
        "a statutory clock never pauses.*",
        "lakisääteinen määräaika ei ole koskaan tauolla; kirjaa perusteltu poikkeama",
        "en lagstadgad tidsfrist pausas aldrig; anteckna en motiverad avvikelse",
    ),
    _s("it is paused already", "se on jo tauolla", "den är redan pausad"),
    _s(
        ".* is not a reason this promise pauses for.*",
        "tämä syy ei pysäytä tätä lupausta",
        "den här orsaken pausar inte det här löftet",
    ),
    _s("a postponement lasts .*", "siirto on liian pitkä", "framflyttningen är för lång"),
    _s(
        r"the client has postponed (\d+) times already",
        "asiakas on siirtänyt jo {0} kertaa",
        "klienten har redan flyttat fram {0} gånger",
    ),
    _s("the time lies in the future.*", "se on tulevaisuudessa", "den ligger i framtiden"),
    _s("the time lies before the contact", "se on ennen yhteydenottoa", "den ligger före kontakten"),
    _s(
        "only the time of a contact.*",
        "korjata voi vain yhteydenoton, teon tai tehdyn askelen ajan",
        "bara tiden för en kontakt, en åtgärd eller ett klart steg kan rättas",
    ),
    _s("this is the time that is recorded", "aika on jo kirjattu näin", "tiden är redan antecknad så"),
    _s("the time lies after it was recorded", "se on kirjaamishetken jälkeen", "den ligger efter antecknandet"),
    _s(
        "the time lies after what has been done since",
        "se on sen jälkeen, kun asiassa on jo toimittu",
        "den ligger efter att något redan har gjorts i ärendet",
    ),
    _s(
        "say the new time the client wishes.*",
        "kerro asiakkaan toivoma uusi aika",
        "ange den nya tid som klienten önskar",
    ),
    _s("the new time has to be later.*", "uuden ajan pitää olla myöhemmin", "den nya tiden måste vara senare"),
    _s(
        "danger was recorded.*",
        "vaara on kirjattu, joten asiakkuus pysyy auki",
        "fara har antecknats, så klientrelationen hålls öppen",
    ),
    _s("approval missing: .*", "hyväksyntä puuttuu", "godkännande saknas"),
    _s("the result is a number", "tulos on luku", "resultatet är ett tal"),
    _s("the result lies between (.+) and (.+)", "tulos on {0}–{1}", "resultatet ligger mellan {0} och {1}"),
    _s(".* doesn't ask for this.*", "askel ei kysy tätä", "steget frågar inte det här"),
    _s("a consultation can't be .* without words", "kirjoita se sanoin", "skriv det i ord"),
    _s("this person is on the case already", "henkilö on jo mukana", "personen är redan med"),
    _s(
        "this promise has not been breached.*",
        "lupaus ei ole ylittynyt, joten syytä ei tarvita",
        "löftet har inte överskridits, så ingen orsak behövs",
    ),
    _s(
        "recording this more than an hour late or across a due instant",
        "kirjaukselle, joka on yli tunnin myöhässä tai ylittää määräajan",
        "för en anteckning som är över en timme sen eller går över en tidsfrist",
    ),
    _s(
        "choosing .* although .* is suggested",
        "valinnalle, joka poikkeaa ehdotuksesta",
        "för ett val som avviker från förslaget",
    ),
    _s("the breach", "ylitykselle", "för överskridningen"),
]
"""Patterns of the engine's own English → Finnish and Swedish. English is said as it stands."""
