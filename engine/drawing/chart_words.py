"""What each chart found, in one sentence, and the heads of its table; in Finnish, Swedish and English."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

from engine.drawing.words import Language

Unit = Literal["working_day", "day"]

_AND: dict[Language, str] = {"fi": " ja ", "sv": " och ", "en": " and "}
_WORDS: dict[str, tuple[str, str, str]] = {
    "attainment": ("Pidetyt viikoittain", "Hållna per vecka", "Kept by week"),
    "target": ("tavoite {share}", "mål {share}", "target {share}"),
    "week": ("viikko", "vecka", "week"),
    "kept_share": ("pidetty", "hållna", "kept"),
    "kept": ("pidetty, kpl", "hållna, st.", "kept, number"),
    "judged": ("ratkennut, kpl", "avgjorda, st.", "judged, number"),
    "nothing_judged": (
        "Yhtään määräaikaa ei ole vielä ratkennut.",
        "Ingen tidsfrist är ännu avgjord.",
        "Nothing has been judged yet.",
    ),
    "always": ("Tavoite {share} saavutettiin joka viikko.", "Målet {share} nåddes varje vecka.", "The target of {share} was met every week."),
    "never": ("Tavoitetta {share} ei saavutettu minään viikkona.", "Målet {share} nåddes ingen vecka.", "The target of {share} was not met in any week."),
    "missed_one": ("Tavoite {share} jäi saavuttamatta viikolla {weeks}.", "Målet {share} nåddes inte vecka {weeks}.", "The target of {share} was missed in week {weeks}."),
    "missed": ("Tavoite {share} jäi saavuttamatta viikoilla {weeks}.", "Målet {share} nåddes inte veckorna {weeks}.", "The target of {share} was missed in weeks {weeks}."),
    "latest": ("Viikolla {week} pidettiin {share}.", "Vecka {week} hölls {share}.", "In week {week}, {share} were kept."),
    "waiting": ("Odotusaika", "Väntetid", "Waiting time"),
    "promised": ("luvattu {days}", "utlovat {days}", "promised {days}"),
    "waited_working_day": ("odotus arkipäivinä", "väntan i vardagar", "wait in working days"),
    "waited_day": ("odotus päivinä", "väntan i dagar", "wait in days"),
    "clients": ("asiakkaita", "klienter", "clients"),
    "over": ("yli luvatun", "längre än utlovat", "longer than promised"),
    "yes": ("kyllä", "ja", "yes"),
    "no": ("ei", "nej", "no"),
    "nobody_waited": ("Kukaan ei ole odottanut tänä aikana.", "Ingen har väntat under den här tiden.", "Nobody has waited in this time."),
    "none_over": (
        "Kukaan ei odottanut luvattua pidempään; odottajia oli {all}.",
        "Ingen väntade längre än utlovat; {all} väntade sammanlagt.",
        "Nobody waited longer than promised; {all} waited in all.",
    ),
    "one_over": (
        "Luvattua pidempään odotti 1 asiakas; odottajia oli {all}.",
        "1 klient väntade längre än utlovat; {all} väntade sammanlagt.",
        "1 client waited longer than promised; {all} waited in all.",
    ),
    "some_over": (
        "Luvattua pidempään odotti {over} asiakasta; odottajia oli {all}.",
        "{over} klienter väntade längre än utlovat; {all} väntade sammanlagt.",
        "{over} clients waited longer than promised; {all} waited in all.",
    ),
    "overdue": ("Myöhässä yksiköittäin", "Försenade per enhet", "Overdue by unit"),
    "unit": ("yksikkö", "enhet", "unit"),
    "late": ("myöhässä", "försenade", "overdue"),
    "nothing_late": ("Mikään ei ole myöhässä.", "Inget är försenat.", "Nothing is overdue."),
    "late_one_unit": (
        "Myöhässä on yhteensä {all}, eniten ({most}) yksikössä {units}.",
        "Sammanlagt {all} är försenade, flest ({most}) i enheten {units}.",
        "{all} overdue in all, most ({most}) in {units}.",
    ),
    "late_units": (
        "Myöhässä on yhteensä {all}, eniten ({most}) yksiköissä {units}.",
        "Sammanlagt {all} är försenade, flest ({most}) i enheterna {units}.",
        "{all} overdue in all, most ({most}) in {units}.",
    ),
    "late_single": ("Myöhässä on 1, yksikössä {units}.", "1 är försenad, i enheten {units}.", "1 overdue, in {units}."),
}  # fmt: skip
_INDEX: dict[Language, int] = {"fi": 0, "sv": 1, "en": 2}


def told(word: str, language: Language, **values: object) -> str:
    """Return the phrase with its places filled."""
    return _WORDS[word][_INDEX[language]].format(**values)


def listed(words: Sequence[str], language: Language) -> str:
    """Return "a, b ja c"."""
    return _AND[language].join(filter(None, (", ".join(words[:-1]), words[-1])))


def percent(share: Decimal, language: Language, target: Decimal | None = None) -> str:
    """Return a share (0 to 1) as whole percents; one below the target is never rounded up to it."""
    hundreds = share * 100
    whole = hundreds.quantize(Decimal(1), ROUND_HALF_UP)
    if target is not None and hundreds < target * 100 <= whole:
        whole = hundreds.quantize(Decimal("0.1"), ROUND_FLOOR)
    number = f"{whole}" if language == "en" else f"{whole}".replace(".", ",")
    return f"{number}%" if language == "en" else f"{number}\u00a0%"


def days(number: int, unit: Unit, language: Language) -> str:
    """Return "5 arkipäivää", "1 päivä" …"""
    one = (
        {"fi": "arkipäivä", "sv": "vardag", "en": "working day"}
        if unit == "working_day"
        else {"fi": "päivä", "sv": "dag", "en": "day"}
    )
    many = {"fi": one["fi"] + "ä", "sv": one["sv"] + "ar", "en": one["en"] + "s"}
    return f"{number} {one[language] if number == 1 else many[language]}"
