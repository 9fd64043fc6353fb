"""Labels broken into lines that fit their box by the font's real widths. Nothing is cut: a longer text takes more lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine.drawing.hyphenation import borders, breaks
from engine.drawing.metrics import Weight, text_width

_NUMBER = re.compile(r"\d+\.")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A size in px, a weight, and the height of its line in px."""

    size: float
    weight: Weight
    line: float

    def width(self, text: str) -> float:
        return text_width(text, self.size, self.weight)


STATE = TextStyle(13, 600, 18)
TITLE = TextStyle(15, 600, 18)
SMALL = TextStyle(13, 400, 16)
EXIT = TextStyle(13, 400, 17)
BADGE = TextStyle(13, 600, 18)
PHASE = TextStyle(14, 650, 18)


@lru_cache(maxsize=4096)
def lines(text: str, style: TextStyle, width: float) -> tuple[str, ...]:
    """Return the text in lines no wider than `width` px; a hyphen stands where a word was broken."""
    done: list[str] = []
    line = ""
    for word in _words(text):
        candidate = f"{line} {word}".strip()
        if style.width(candidate) <= width:
            line = candidate
            continue
        if line and style.width(word) <= width:
            done, line = [*done, line], word
            continue
        *full, line = _broken(line, word, style, width)
        done.extend(full)
    return tuple([*done, line] if line else done)


def _words(text: str) -> list[str]:
    """Return what may stand on a line of its own: a dot between two things stays with the first, a number with its title."""
    words: list[str] = []
    for word in text.split():
        if words and (word == "·" or (len(words) == 1 and _NUMBER.fullmatch(words[0]))):
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def shortened(text: str, style: TextStyle, width: float, most: int) -> tuple[str, ...]:
    """Return at most so many lines, the last ended by an ellipsis where words were left out.

    Only for words that come with a case (a name, a date): they may not move the boxes. The full text is in the link's
    name and in the list.
    """
    whole = lines(text, style, width)
    if len(whole) <= most:
        return whole
    last = whole[most - 1].removesuffix("-")
    while last and style.width(last + "…") > width:
        last = last[:-1]
    return (*whole[: most - 1], last.rstrip() + "…")


def with_spaces(broken: tuple[str, ...], text: str) -> Iterator[tuple[str, str]]:
    """Give each line with the space that follows it in the text: none where a word was broken, so that it is read whole."""
    rest = " ".join(text.split())
    for line in broken:
        whole = rest.startswith(line)
        rest = rest[len(line) if whole else len(line) - 1 :]
        yield line, " " if whole and rest[:1] in ("", " ") else ""
        rest = rest.removeprefix(" ")


def _broken(line: str, word: str, style: TextStyle, width: float) -> Iterator[str]:
    """Give the lines of a word too long for one, begun on what is left of `line`."""
    start = f"{line} " if line else ""
    while word:
        if style.width(start + word) <= width:
            yield start + word
            return
        place = _last_fitting(start, word, style, width)
        if place:
            head = word[:place]
            yield start + head + ("" if head.endswith("-") else "-")
        else:
            yield line
        word, start, line = word[place:], "", ""


def _last_fitting(start: str, word: str, style: TextStyle, width: float) -> int:
    """Return the last place the word can be broken at on this line; anywhere when a line of its own has none."""

    def fits(place: int) -> bool:
        return style.width(start + word[:place] + "-") <= width

    parts = borders(word)
    written = [place + 1 for place, letter in enumerate(word[:-1]) if letter == "-"]
    best = max(filter(fits, [*parts, *written]), default=0)
    if best or (start and parts and style.width(word[: parts[0]] + "-") <= width):
        return best
    best = max(filter(fits, breaks(word)), default=0)
    if best:
        return best
    return 0 if start else max(filter(fits, range(1, len(word))), default=1)
