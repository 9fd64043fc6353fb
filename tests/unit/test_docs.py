"""What the documents say is there is there: links, pictures, commands with their options, and the words on the pages."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from babel.messages.pofile import read_po

from api.web.languages import OWN_NAMES
from cli.__main__ import COMMANDS, app_for
from engine.demo import PERSONAS

CHECKOUT = Path(__file__).parents[2]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
LARGEST_PICTURE = 200_000
NOT_OURS = {"node_modules", "var", "build", "dist"}


def documents() -> list[Path]:
    return [
        file
        for file in sorted(CHECKOUT.rglob("*.md"))
        if not any(part.startswith(".") or part in NOT_OURS for part in file.relative_to(CHECKOUT).parts)
    ]


def without_code(text: str) -> str:
    return re.sub(r"`[^`]*`", "", re.sub(r"^(```.*?^```| {4}.*?$)", "", text, flags=re.MULTILINE | re.DOTALL))


def anchors(text: str) -> set[str]:
    """What a heading is called in an address."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", documents(), ids=lambda file: str(file.relative_to(CHECKOUT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", without_code(text)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            broken.append(link)

    assert broken == []


def test_no_picture_is_large() -> None:
    pictures = [file for file in (CHECKOUT / "docs" / "pictures").iterdir() if file.stat().st_size > LARGEST_PICTURE]

    assert pictures == []


# --- commands -------------------------------------------------------------------------------------------------


def asked() -> Iterator[tuple[str, ...]]:
    """Every command that a document names, with its words; in code only."""
    for document in documents():
        text = document.read_text(encoding="utf-8").replace("\\\n", " ")
        for code in [*re.findall(r"^ {4}(.*)$", text, re.MULTILINE), *re.findall(r"`([^`\n]+)`", text)]:
            for part in re.split(r" &| \| | > |#|;", code):
                if found := re.match(r"(?:\./run|pathways) ([a-z]+\b.*)", part.strip()):
                    yield tuple(found[1].split())


def command_of(words: tuple[str, ...]) -> Any:
    """The command that these words reach; a word that leads nowhere is told."""
    assert words[0] in COMMANDS, f"there is no command {words[0]}"
    command: Any = typer.main.get_command(app_for([words[0]]))
    for word in words:
        below = getattr(command, "commands", None)
        if below is None:
            break
        assert word in below, f"there is no command {' '.join(words)}"
        command = below[word]
    return command


@pytest.mark.parametrize("words", sorted(set(asked())), ids=" ".join)
def test_every_command_in_the_documents_exists_with_its_options(words: tuple[str, ...]) -> None:
    command = command_of(words)

    known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)} | {"--help"}
    assert [word for word in words if word.startswith("-") and word.partition("=")[0] not in known] == []


def test_the_commands_of_the_readme_of_cli_are_those_there_are() -> None:
    table = (CHECKOUT / "cli" / "README.md").read_text(encoding="utf-8")
    named = {
        name for row in re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE) for name in re.findall(r"`([\w-]+)", row)
    }

    assert named == set(COMMANDS)


# --- the tour -------------------------------------------------------------------------------------------------


def tour() -> str:
    found = re.search(r"^## Five minutes$(.*?)^## ", README, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def on_pages() -> set[str]:
    with (CHECKOUT / "api/web/locale/fi/pages.po").open("rb") as file:
        return {str(message.string) for message in read_po(file, "fi")} | set(OWN_NAMES.values())


def in_definitions() -> set[str]:
    files = (CHECKOUT / "definitions").rglob("*.yaml")
    return {text for file in files for text in re.findall(r"\bfi: ([^,}\n]+)", file.read_text(encoding="utf-8"))}


def test_the_tour_quotes_the_words_that_stand_on_the_pages() -> None:
    quoted = {" ".join(words.split()) for words in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", tour())}

    assert len(quoted) > 20
    assert quoted - on_pages() - in_definitions() == set()


def test_the_tour_knows_only_people_of_the_demo() -> None:
    assert set(re.findall(r"\*\*([^*]+)\*\*", tour())) <= {persona.name for persona in PERSONAS}
