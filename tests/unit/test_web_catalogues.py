"""The words of the pages: complete in Finnish and Swedish, with the same blanks, and nothing that nobody uses."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from api.web.words import TIMELINE_ICONS
from tests.catalogues import TRANSLATED, WEB, catalogue_of, messages_in_use

TEMPLATES = WEB / "templates"
BLANK = re.compile(r"%\((\w+)\)s")


def told(message: Message) -> list[str]:
    said = message.string
    return [str(form or "") for form in (said if isinstance(said, tuple | list) else [said])]


def asked(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, (tuple, list)) else [message.id]


def named(message: Message) -> tuple[str, str | None]:
    return asked(message)[0], message.context


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_is_missing(language: str) -> None:
    translated = {named(message) for message in catalogue_of(language) if message.id and all(told(message))}

    missing = [named(message) for message in messages_in_use() if message.id and named(message) not in translated]

    assert not missing, f"python -m tests.catalogues, then translate: {missing}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_is_there_that_nobody_uses(language: str) -> None:
    used = {named(message) for message in messages_in_use()}

    assert [named(message) for message in catalogue_of(language) if message.id and named(message) not in used] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_only_guessed(language: str) -> None:
    assert [named(message) for message in catalogue_of(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_blanks_of_its_message(language: str) -> None:
    for message in catalogue_of(language):
        wanted = {blank for text in asked(message) for blank in BLANK.findall(text)} if message.id else set()
        for text in told(message) if message.id else []:
            assert set(BLANK.findall(text)) <= wanted, text
        if message.id and wanted - {"num", "n"}:
            assert wanted <= {blank for text in told(message) for blank in BLANK.findall(text)}, named(message)


@pytest.mark.parametrize("word", ["Suurkuluttaja", "työpv", "tiimivastaava", "verkostopalaveri", "under behandling"])
def test_words_that_are_never_shown_are_not_there(word: str) -> None:
    for language in TRANSLATED:
        for message in catalogue_of(language):
            assert word.casefold() not in " ".join(told(message)).casefold()


def templates() -> Iterator[tuple[str, str]]:
    for file in sorted(Path(TEMPLATES).glob("*.html")):
        yield file.name, file.read_text("utf-8")


@pytest.mark.parametrize(("name", "text"), list(templates()))
def test_no_template_makes_htmx_run_a_script(name: str, text: str) -> None:
    assert "hx-on" not in text
    assert "js:" not in text
    assert not re.search(r'hx-trigger="[^"]*\[', text), "a filter of a trigger is a script"
    assert not re.search(r"\sstyle=", text)


def test_every_icon_that_is_drawn_is_in_the_sprite() -> None:
    sprite = (TEMPLATES / "_icons.html").read_text("utf-8")
    drawn = {name for _, text in templates() for name in re.findall(r'icon\("([a-z0-9-]+)"', text)}
    drawn |= {name for _, text in templates() for name in re.findall(r'm\.nav\("[^"]+", "([a-z0-9-]+)"', text)}
    drawn |= {name for _, text in templates() for name in re.findall(r'figure\("[a-z]+", "([a-z0-9-]+)"', text)}
    drawn |= set(re.findall(r'Badge\("[a-z]+", "([a-z0-9-]+)"', (WEB / "say.py").read_text("utf-8")))
    drawn |= set(TIMELINE_ICONS.values()) | {"hourglass", "clock", "circle-slash", "circle-check"}

    assert {name for name in drawn if f'id="i-{name}"' not in sprite} == set()
