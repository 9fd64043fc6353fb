"""Where a long word may be broken: best at the border of a compound, else at a syllable.

Borders are known where the second part is one of the common words of services below. The syllable rule is the
school's: a syllable begins with the consonant before a vowel (CV). At least three letters stay on each side.
"""

import re
from itertools import pairwise

VOWELS = frozenset("aeiouyåäöéü")
SHORTEST_END = 3
SOFT_HYPHEN = "\u00ad"
_TOGETHER = frozenset(
    [
        "aa",
        "ee",
        "ii",
        "oo",
        "uu",
        "yy",
        "ää",
        "öö",
        "ai",
        "ei",
        "oi",
        "ui",
        "yi",
        "äi",
        "öi",
        "au",
        "eu",
        "iu",
        "ou",
        "ey",
        "iy",
        "äy",
        "öy",
        "ie",
        "uo",
        "yö",
    ]
)
"""Long vowels and diphthongs are never parted."""
_SECOND_PARTS = [
    "ammattilai",
    "arvio",
    "asiakas",
    "asumi",
    "avu",
    "ehdotu",
    "haastattelu",
    "hake",
    "hakemu",
    "havainto",
    "henkilö",
    "hoida",
    "hoidon",
    "hoita",
    "hoito",
    "huolto",
    "hyvinvoin",
    "jakso",
    "jono",
    "kartoitu",
    "kesku",
    "keskustelu",
    "kierto",
    "kirjau",
    "kohtai",
    "kokou",
    "konsultaatio",
    "koordin",
    "kotiutu",
    "kunto",
    "kuntoutu",
    "kuulemi",
    "käynti",
    "lause",
    "lupau",
    "lääkäri",
    "mielen",
    "määritt",
    "neuvon",
    "neuvottelu",
    "näkemy",
    "ohjaaja",
    "ohjau",
    "ongelma",
    "opiskelu",
    "ottaja",
    "otto",
    "palaut",
    "palaveri",
    "palvelu",
    "perusta",
    "poti",
    "päivysty",
    "päätö",
    "psykiatri",
    "psykolog",
    "psykoterapia",
    "ratkai",
    "ryhmä",
    "sairaanhoi",
    "selvity",
    "seuranta",
    "siirto",
    "siirtymä",
    "soitto",
    "sopimu",
    "sosiaali",
    "suunnitelma",
    "suostumu",
    "taho",
    "tapaami",
    "tarkistu",
    "tarpeen",
    "tarve",
    "tavoite",
    "terapia",
    "terveyde",
    "terveys",
    "tiedote",
    "tiimi",
    "tilanne",
    "toimi",
    "tuki",
    "tuen",
    "tukea",
    "tutkimu",
    "työntekij",
    "työ",
    "vaihe",
    "vaikut",
    "valmennu",
    "vastaanot",
    "vastuu",
    "verkosto",
    "vierailu",
    "viranomai",
    "yhteistyö",
    "yhteydenot",
    "yhtey",
    "ansvarig",
    "arbetar",
    "arbet",
    "bedömning",
    "behov",
    "besök",
    "beslut",
    "betjäning",
    "fas",
    "grupp",
    "handläggning",
    "hälsa",
    "konsultation",
    "kontakt",
    "ledare",
    "ledning",
    "läkare",
    "mottagning",
    "möte",
    "nätverk",
    "panel",
    "person",
    "plan",
    "psykiater",
    "remiss",
    "rehabilitering",
    "samtal",
    "service",
    "sjuk",
    "skötare",
    "stöd",
    "tag",
    "terapeut",
    "träff",
    "undersökning",
    "uppföljning",
    "utredning",
    "vård",
]
_BORDER = re.compile(rf"(?<=\w{{3}})(?={'|'.join(sorted(_SECOND_PARTS, key=len, reverse=True))})")


def borders(word: str) -> list[int]:
    """Return where the parts of a compound meet, as numbers of letters before the border."""
    return [found.start() for found in _BORDER.finditer(word.lower()) if found.start() <= len(word) - SHORTEST_END]


def breaks(word: str) -> list[int]:
    """Return every place where the word may be broken; none stands within two letters of a border."""
    known = borders(word)
    letters = word.lower()
    syllables = (p for p in range(SHORTEST_END, len(word) - SHORTEST_END + 1) if _begins_syllable(letters, p))
    return sorted({*known, *(p for p in syllables if all(abs(p - border) > 2 for border in known))})


def with_soft_hyphens(text: str, longest: int = 12) -> str:
    """Return the text with soft hyphens in the words that have more than so many letters."""
    return " ".join(_softened(word) if len(word) > longest else word for word in text.split(" "))


def _begins_syllable(word: str, place: int) -> bool:
    before, here, after = word[place - 1], word[place], word[place + 1 : place + 2]
    if not (before.isalpha() and here.isalpha()):
        return False
    if here in VOWELS:
        return before in VOWELS and before + here not in _TOGETHER and _has_consonant(word[place:])
    return after != "" and after in VOWELS and any(letter in VOWELS for letter in word[:place])


def _has_consonant(end: str) -> bool:
    return any(letter not in VOWELS for letter in end)


def _softened(word: str) -> str:
    places = [0, *breaks(word), len(word)]
    return SOFT_HYPHEN.join(word[start:end] for start, end in pairwise(places))
