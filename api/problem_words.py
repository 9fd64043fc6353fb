"""The API's own refusals and what every problem's page says, in Finnish, Swedish and English."""

from collections.abc import Mapping

from pathways.definition_parts import Text

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
