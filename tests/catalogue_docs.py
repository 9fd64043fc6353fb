"""The catalogue on paper: docs/polut (Finnish, with pictures), docs/stigar (Swedish) and the approval forms of the first five.

`python -m tests.catalogue_docs` writes it anew; a test compares.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from cli.catalogue import catalogue_files, read_all
from engine.approval_form import approval_form
from engine.pathway_page import catalogue_index
from engine.pathway_words import PathwayWords
from pathways.definition_parts import Language

DOCS = Path(__file__).parent.parent / "docs"
FIRST_FIVE = ("ppt", "nuorten_mielenterveys", "ikaihmisen_kotona_asuminen", "tyokyky", "vastaanotto_jonotta")
"""P01, P02, P05, P12 and P13: the ones to be approved first (domain §9)."""


FOLDERS: Mapping[Language, str] = {"fi": "polut", "sv": "stigar"}


@cache
def read(language: Language) -> Mapping[str, PathwayWords]:
    return read_all((), language)


def pages() -> Iterator[tuple[Path, str]]:
    """Give every page, in both languages."""
    for language, folder in FOLDERS.items():
        pathways = read(language)
        yield DOCS / folder / "README.md", catalogue_index((f"{key}.md", words) for key, words in pathways.items())
        for words in pathways.values():
            for name, text in catalogue_files(words, pictures=language == "fi", draw=False):
                yield DOCS / folder / name, text


def forms() -> Iterator[tuple[Path, str]]:
    """Give the forms on which the first five pathways are approved."""
    for language in FOLDERS:
        for key in FIRST_FIVE:
            yield DOCS / "hyvaksynta" / f"{key}-{language}.html", approval_form(read(language)[key])


def pictures() -> Iterator[tuple[Path, str]]:
    """Give every picture: both views, in Finnish."""
    for words in read("fi").values():
        for name, text in catalogue_files(words, pictures=True):
            if name.endswith(".svg"):
                yield DOCS / "polut" / name, text


def write() -> None:
    """Write everything anew and take away what is no pathway's any more."""
    written: set[Path] = set()
    for path, text in (*pages(), *forms(), *pictures()):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        written.add(path)
    for folder in ("polut", "stigar", "hyvaksynta"):
        for path in (DOCS / folder).iterdir():
            if path not in written:
                path.unlink()


if __name__ == "__main__":
    write()
