"""The glossary names words that the code uses, each once and in three languages."""

import re
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
GLOSSARY = (CHECKOUT / "pathways" / "README.md").read_text(encoding="utf-8").split("## Glossary")[1]


def terms() -> Iterator[tuple[str, ...]]:
    """Code noun, fi, sv, en and what it is."""
    for line in GLOSSARY.splitlines():
        if line.startswith("| `"):
            yield tuple(cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|"))


def test_every_code_noun_of_the_glossary_is_used_in_the_code() -> None:
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for layer in ("pathways", "engine")
        for file in (CHECKOUT / layer).rglob("*.py")
    )
    unused = [noun for noun, *_ in terms() if not re.search(rf"\b{noun.strip('`')}\b", code)]

    assert unused == []


def test_every_term_has_its_three_languages() -> None:
    assert [noun for noun, fi, sv, en, _ in terms() if not (fi and sv and en)] == []


def test_no_noun_stands_twice() -> None:
    nouns = [noun for noun, *_ in terms()]

    assert len(nouns) == len(set(nouns))
