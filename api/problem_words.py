"""The API's own refusals and what every problem's page says, in Finnish, Swedish and English."""

import re
from collections.abc import Mapping
from typing import Any

from pathways.definition_parts import Text
from pathways.time_refusals import TimeRefusal
from pathways.time_words import Language

TITLES: Mapping[str, Text] = {
    "sign_in_needed": Text(fi="Kirjaudu sisään", sv="Logga in", en="Sign in"),
    "sign_in_refused": Text(fi="Kirjautuminen ei onnistunut", sv="Inloggningen misslyckades", en="Not signed in"),
    "sign_in_throttled": Text(fi="Liian monta yritystä", sv="För många försök", en="Too many tries"),
    "csrf_missing": Text(fi="Pyyntö ei tullut omalta sivulta", sv="Begäran kom från en annan sida", en="Not our page"),
    "method_not_allowed": Text(fi="Ei mahdollista näin", sv="Inte möjligt så här", en="Not possible that way"),
    "too_large": Text(fi="Liian suuri", sv="För stor", en="Too large"),
    "malformed": Text(fi="Tarkista tiedot", sv="Kontrollera uppgifterna", en="Check what was sent"),
    "time_refused": Text(fi="Tarkista aika", sv="Kontrollera tiden", en="Check the time"),
    "idempotency_key_required": Text(fi="Tunniste puuttuu", sv="Nyckel saknas", en="Key missing"),
    "idempotency_key_running": Text(fi="Pyyntö on kesken", sv="Begäran pågår", en="Still running"),
    "idempotency_key_reused": Text(fi="Tunniste on käytetty", sv="Nyckeln är använd", en="Key used already"),
    "if_match_required": Text(fi="Versio puuttuu", sv="Version saknas", en="Revision missing"),
    "not_ready": Text(fi="Palvelu käynnistyy", sv="Tjänsten startar", en="Not ready"),
    "failure": Text(fi="Jokin meni vikaan", sv="Något gick fel", en="Something went wrong"),
}

DETAILS: Mapping[str, Text] = {
    "sign_in_needed": Text(
        fi="Lähetä pyynnön mukana voimassa oleva tunniste (Authorization: Bearer …) tai kirjaudu sisään.",
        sv="Skicka en giltig nyckel med begäran (Authorization: Bearer …) eller logga in.",
        en="Send a valid token (Authorization: Bearer …) or sign in.",
    ),
    "csrf_missing": Text(
        fi="Lähetä istunnon X-CSRF-Token-otsake; sen arvon kertoo GET /api/v1/me.",
        sv="Skicka sessionens rubrik X-CSRF-Token; värdet finns i GET /api/v1/me.",
        en="Send the session's X-CSRF-Token header; GET /api/v1/me tells its value.",
    ),
    "not_found": Text(
        fi="Tätä ei löydy, tai se ei ole sinun nähtävissäsi.",
        sv="Det här finns inte, eller så får du inte se det.",
        en="This doesn't exist, or it isn't yours to see.",
    ),
    "method_not_allowed": Text(
        fi="Tässä osoitteessa ei voi tehdä tätä; /api/openapi.json luettelee mahdolliset pyynnöt.",
        sv="Det här kan inte göras på den här adressen; /api/openapi.json räknar upp vad som är möjligt.",
        en="This can't be done at this address; /api/openapi.json lists what can.",
    ),
    "too_large": Text(
        fi="Pyyntö on liian suuri; raja on yksi megatavu.",
        sv="Begäran är för stor; gränsen är en megabyte.",
        en="The request is too large; the limit is one megabyte.",
    ),
    "malformed": Text(
        fi="Pyynnössä on kohtia, joita ei voi lukea; errors kertoo mitkä ja miksi. Mitään ei tallennettu.",
        sv="Begäran har delar som inte kan läsas; errors berättar vilka och varför. Ingenting sparades.",
        en="Parts of the request can't be read; errors says which and why. Nothing was saved.",
    ),
    "idempotency_key_required": Text(
        fi="Lähetä Idempotency-Key-otsake, esimerkiksi uusi UUID; samalla arvolla toistettu pyyntö ei tee mitään kahdesti.",
        sv="Skicka rubriken Idempotency-Key, till exempel ett nytt UUID; upprepad med samma värde görs inget två gånger.",
        en="Send an Idempotency-Key header, a fresh UUID for example; repeated with the same value nothing is done twice.",
    ),
    "idempotency_key_running": Text(
        fi="Sama pyyntö on vielä kesken. Odota hetki ja lähetä se uudelleen samalla tunnisteella.",
        sv="Samma begäran pågår ännu. Vänta en stund och skicka den igen med samma nyckel.",
        en="The same request is still running. Wait a moment and send it again with the same key.",
    ),
    "if_match_required": Text(
        fi="Lähetä If-Match-otsakkeessa versio, jonka näit (ETag), ettet kirjoita toisen muutosten päälle.",
        sv="Skicka versionen du såg (ETag) i rubriken If-Match, så att du inte skriver över någon annans ändringar.",
        en="Send the revision you saw (its ETag) in If-Match, so that nobody's changes are overwritten.",
    ),
    "not_ready": Text(
        fi="Tietokanta ei vastaa tai sen taulut eivät ole tämän version mukaiset.",
        sv="Databasen svarar inte, eller så hör dess tabeller till en annan version.",
        en="The database doesn't answer, or its tables are of another release.",
    ),
    "failure": Text(
        fi="Vika on meidän puolellamme ja se on kirjattu. Yritä hetken päästä uudelleen; reference johtaa lokiin.",
        sv="Felet är vårt och har antecknats. Försök igen om en stund; reference leder till loggen.",
        en="The fault is ours and has been noted. Try again in a moment; reference leads to the log.",
    ),
}

WHY: Mapping[str, Text] = {
    "missing": Text(fi="tämä puuttuu", sv="det här saknas", en="this is missing"),
    "extra_forbidden": Text(
        fi="tällaista nimeä ei ole; /api/openapi.json luettelee ne",
        sv="namnet finns inte; /api/openapi.json räknar upp namnen",
        en="there is no such name; /api/openapi.json lists them",
    ),
    "string_too_short": Text(fi="vähintään {0} merkkiä", sv="minst {0} tecken", en="at least {0} characters"),
    "string_too_long": Text(fi="enintään {0} merkkiä", sv="högst {0} tecken", en="at most {0} characters"),
    "string_type": Text(fi="tässä pitää olla tekstiä", sv="här ska finnas text", en="text is wanted here"),
    "literal_error": Text(fi="jokin näistä: {0}", sv="något av dessa: {0}", en="one of these: {0}"),
    "timezone_aware": Text(
        fi="kirjoita aika ja sen ero UTC-aikaan, esimerkiksi 2026-12-01T09:12:00+02:00",
        sv="skriv tiden med dess skillnad mot UTC, till exempel 2026-12-01T09:12:00+02:00",
        en="write the time with its offset, such as 2026-12-01T09:12:00+02:00",
    ),
    "date_": Text(fi="päivä kirjoitetaan 2026-12-01", sv="en dag skrivs 2026-12-01", en="a day is written 2026-12-01"),
    "datetime_": Text(
        fi="aikaa ei ole; kirjoita esimerkiksi 2026-12-01T09:12:00+02:00",
        sv="tiden finns inte; skriv till exempel 2026-12-01T09:12:00+02:00",
        en="there is no such time; write for example 2026-12-01T09:12:00+02:00",
    ),
    "int_": Text(
        fi="tässä pitää olla kokonaisluku", sv="här ska finnas ett heltal", en="a whole number is wanted here"
    ),
    "bool_": Text(
        fi="tässä pitää olla true tai false", sv="här ska finnas true eller false", en="true or false is wanted here"
    ),
}
"""Beginnings of pydantic's error types → what they mean to whoever sent the request."""


def why_in_words(each: Mapping[str, Any], language: Language) -> str:
    """What is wrong with one field, without what was sent: it may be about somebody's health."""
    facts = each.get("ctx") or {}
    refused = facts.get("error")
    if isinstance(refused, TimeRefusal):
        return refused.in_words(language)
    words = next((text for kind, text in WHY.items() if str(each["type"]).startswith(kind)), None)
    if words is None:
        return re.sub(r", input_value=.*|\[input.*", "", str(each["msg"]))
    return words.in_language(language).format(*facts.values())
