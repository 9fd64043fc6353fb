"""The messages of the pages as the code and templates use them. `python -m tests.catalogues` brings the catalogues up to date."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parent.parent / "api" / "web"
LOCALE = WEB / "locale"
TRANSLATED = ("fi", "sv")
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false", "encoding": "utf-8"}}


def messages_in_use() -> Catalog:
    """Every message of the pages, with where it stands."""
    catalogue = Catalog(project="pathways", charset="utf-8", header_comment="# The words of the pages.")
    keywords = {
        "gettext": None,
        "_": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }
    found = extract_from_dir(str(WEB), METHODS, OPTIONS, keywords=keywords)
    for file, line, message, comments, context in found:
        catalogue.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return catalogue


def catalogue_of(language: str) -> Catalog:
    with (LOCALE / language / "pages.po").open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Add what is new, drop what nobody uses; new messages stand empty until somebody translates them."""
    for language in TRANSLATED:
        path = LOCALE / language / "pages.po"
        catalogue = catalogue_of(language) if path.exists() else Catalog(locale=language, charset="utf-8")
        catalogue.update(messages_in_use(), no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        catalogue.header_comment = f"# The words of the pages, {language}. New ones come by: python -m tests.catalogues"
        catalogue.fuzzy = False
        catalogue.project, catalogue.version, catalogue.msgid_bugs_address = "pathways", "1", ""
        catalogue.last_translator = catalogue.language_team = ""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(
                file, catalogue, width=110, no_location=True, sort_output=False, omit_header=False, ignore_obsolete=True
            )


if __name__ == "__main__":
    update()
