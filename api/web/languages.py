"""The languages of the pages: which one is asked for, and the catalogue each has.

Messages are written in English in the code and templates; `locale/<language>/pages.po` holds Finnish and Swedish.
The catalogues are read from text when the process starts, so there is no compiled copy that could be stale.
"""

import io
from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pathways.time_words import Language

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")
OWN_NAMES: Mapping[Language, str] = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
COOKIE = "pathways_language"


def language_of(asked: str | None, *others: str | None) -> Language:
    """The first of these that the pages speak; Finnish when none is."""
    for code in (asked, *others):
        if code in LANGUAGES:
            return code
    return "fi"


def accepted(header: str | None) -> str | None:
    """The first language of an `Accept-Language` header that the pages speak."""
    for part in (header or "").split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return None


@cache
def translations(language: Language) -> NullTranslations:
    """The catalogue of one language; English is what the messages say themselves."""
    if language == "en":
        return NullTranslations()
    text = files("api.web") / "locale" / language / "pages.po"
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(text.read_bytes()), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
