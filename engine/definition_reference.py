"""The reference that is made from the code: `definitions/schema.json` and the tables of `definitions/README.md`.

`python -m engine.definition_reference` writes both; a test fails while they are out of date.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.facts import FACTS
from engine.findings import Finding, all_codes
from engine.shelf import SHIPPED, load_shelf
from engine.source import Place
from pathways.definition import PathwayDefinition
from pathways.definition_parts import Text
from pathways.phrases import Form

_MAY_BE_COMPLETED = ("End", "AnytimeEvent", "Role", "Closes", "Pauses", "Attempts", "Tells")
"""What a pathway may say in part, because a block or the vocabulary says the rest."""
_MADE_BY_EXPANSION = ("expanded", "vocabulary")


def schema_text() -> str:
    """Return the JSON Schema of a pathway's file, for editors."""
    schema = PathwayDefinition.model_json_schema(by_alias=True)
    for key in _MADE_BY_EXPANSION:
        schema["properties"].pop(key)
    for name in _MAY_BE_COMPLETED:
        schema["$defs"][name].pop("required", None)
    content = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_without_unused(schema)}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def readme_text(readme: str) -> str:
    """Return the README with its tables written anew."""
    words = {Form(key): text for key, text in load_shelf().vocabulary.phrases.items()}
    for language in ("fi", "en"):
        readme = _put(readme, f"phrases:{language}", "phrases", _phrase_table(words, language))
        readme = _put(readme, f"facts:{language}", "facts", _fact_table(language))
        readme = _put(readme, f"codes:{language}", "codes", _code_table(language))
    return readme


def _put(readme: str, begins: str, ends: str, lines: Iterator[str]) -> str:
    table = "\n".join(lines)
    pattern = rf"(<!-- {begins} -->\n).*?(<!-- /{ends} -->)"
    return re.sub(pattern, lambda found: f"{found[1]}{table}\n{found[2]}", readme, count=1, flags=re.DOTALL)


def _phrase_table(words: dict[Form, Text], language: str) -> Iterator[str]:
    yield {"fi": "| lauseke | milloin |", "en": "| phrase | when |"}[language]
    yield "|---|---|"
    for form in Form:
        said = words[form].in_language(language).format(*(f"*{slot}*" for slot in form.slots))
        yield f"| `{form.value}` | {said} |"


def _fact_table(language: str) -> Iterator[str]:
    yield {"fi": "| muuttuja | tyyppi | merkitys |", "en": "| variable | type | meaning |"}[language]
    yield "|---|---|---|"
    for name, fact in FACTS.items():
        values = f": {', '.join(fact.values)}" if fact.values else ""
        yield f"| `{name}` | {fact.type} | {fact.meaning.in_language(language)}{values} |"


def _code_table(language: str) -> Iterator[str]:
    yield {"fi": "| tunniste | laji | mikä on vialla |", "en": "| code | kind | what is wrong |"}[language]
    yield "|---|---|---|"
    kinds = {"fi": {"error": "virhe", "warning": "varoitus"}, "en": {"error": "error", "warning": "warning"}}
    for code in all_codes():
        blank = Finding(code, Place(""), facts=defaultdict(lambda: "…", near=""))
        yield f"| {code} | {kinds[language][blank.severity]} | {blank.sentence(language)} |"


def _without_unused(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema without definitions that only what expansion makes refers to."""
    while True:
        used = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(schema)))
        kept = {key: value for key, value in schema["$defs"].items() if key in used}
        if len(kept) == len(schema["$defs"]):
            return schema
        schema = {**schema, "$defs": kept}


def write(folder: Path = SHIPPED) -> None:
    """Write the schema and the README's tables."""
    (folder / "schema.json").write_text(schema_text(), encoding="utf-8")
    readme = folder / "README.md"
    readme.write_text(readme_text(readme.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
