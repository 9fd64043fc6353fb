"""The pages of docs/checks: one for each code of the checker, from what it says and from the definitions that test it.

`python -m tests.check_pages` writes them; a test compares.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path

from engine.findings import Finding, all_codes
from engine.source import Place
from tests.definitions.breaking import SMALL, Break, edited, findings_in
from tests.definitions.test_checks import BREAKS

FOLDER = Path(__file__).parent.parent / "docs" / "checks"
SEVERITY = {"error": "Virhe · Fel · Error", "warning": "Varoitus · Varning · Warning"}
STOPS = {
    "error": "Julkaisu estyy. · Publiceringen stoppas. · Publishing is refused.",
    "warning": "Ei estä tarkistusta. · Stoppar inte kontrollen. · The check passes.",
}
SHOWN = 3
LONGEST = 160


def pages() -> Mapping[str, str]:
    """Return every page's text by the name of its file."""
    codes = all_codes()
    return {"README.md": _index(codes)} | {f"{code}.md": _page(code) for code in codes}


def _index(codes: tuple[str, ...]) -> str:
    rows = (f"| [{code}]({code}.md) | {_kind(code)} | {_said(code).sentence('fi')} |" for code in sorted(codes))
    return "\n".join(
        [
            "# Tarkistuksen tunnisteet · Kontrollens koder · The checker's codes",
            "",
            "Tunnisteen merkitys ei muutu. Jokaisella on sivu: mikä on vialla, mitä tehdä, ja esimerkki väärästä ja oikeasta.",
            "Kodens betydelse ändras inte. Varje kod har en sida. · A code never changes its meaning; each has a page.",
            "",
            "| tunniste | laji | mikä on vialla |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _said(code: str) -> Finding:
    """Return a finding without facts: where one would stand is "…"."""
    return Finding(code, Place(""), facts=defaultdict(lambda: "…", near=""))


def _kind(code: str) -> str:
    return SEVERITY[_said(code).severity].split(" · ")[0].lower()


def _page(code: str) -> str:
    said = _said(code)
    severity = said.severity
    lines = [f"# {code}", "", f"**{SEVERITY[severity]}.** {STOPS[severity]}", ""]
    for language, what, remedy in (
        ("fi", "Mikä on vialla", "Mitä tehdä"),
        ("sv", "Vad som är fel", "Vad man gör"),
        ("en", "What is wrong", "What to do"),
    ):
        lines += [f"- {what}: {said.sentence(language)}.", f"  {remedy}: {said.remedy(language)}"]
    lines.append("")
    examples = [each for each in BREAKS if each.code == code][:SHOWN]
    for number, broken in enumerate(examples, 1):
        lines += _example(broken, number if len(examples) > 1 else None)
    return "\n".join(lines).rstrip() + "\n"


def _example(broken: Break, number: int | None) -> Iterator[str]:
    before = edited(*broken.also) if broken.also else SMALL
    wrong, right = edited(*broken.also, broken.breaks), edited(*broken.also, broken.spares)
    yield f"## Esimerkki · Exempel · Example{f' {number}' if number else ''}"
    yield ""
    yield "Väärin · Fel · Wrong:"
    yield ""
    yield from fenced(changed_lines(before, wrong), "yaml")
    yield "Tarkistus vastaa · Kontrollen svarar · The checker answers:"
    yield ""
    yield from fenced(_answers(next(each for each in findings_in(wrong) if each.code == broken.code)), "text")
    yield "Oikein · Rätt · Right:"
    yield ""
    yield from fenced(changed_lines(before, right), "yaml")


def _answers(finding: Finding) -> Iterator[str]:
    place = Place("polku.yaml", finding.place.line, finding.place.column)
    for language in ("fi", "sv", "en"):
        yield short(f"{place}: {finding.code} {finding.sentence(language)}", 400)
        yield short(f"    {finding.remedy(language)}", 400)


def changed_lines(before: str, after: str) -> Iterator[str]:
    """Give the lines of a text that differ, each with the line above it; where lines are gone, those around."""
    old, new = before.splitlines(), after.splitlines()
    shown: set[int] = set()
    for kind, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            shown.update(range(max(start - 1, 0), max(end, min(start + 1, len(new)))))
    last = None
    for number in sorted(shown):
        if last is not None and number > last + 1:
            yield "  # …"
        yield short(new[number], LONGEST)
        last = number


def short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def fenced(lines: Iterator[str], language: str) -> Iterator[str]:
    yield f"```{language}"
    yield from lines
    yield "```"
    yield ""


def write() -> None:
    """Write every page anew, and take away those of codes that are gone."""
    FOLDER.mkdir(exist_ok=True)
    texts = pages()
    for gone in {path.name for path in FOLDER.glob("*.md")} - set(texts):
        (FOLDER / gone).unlink()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write()
