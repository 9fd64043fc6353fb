"""What pydantic refuses, as findings: a code, a place and the near miss among the keys the model knows."""

import re
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.findings import Finding
from engine.source import Node, Path
from pathways.definition_errors import UnknownPhrase
from pathways.definition_parts import Text
from pathways.near_miss import near_or_nothing


def findings_of(error: ValidationError, model: type[BaseModel], node: Node) -> Iterator[Finding]:
    """Give one finding for each thing a model refused."""
    for details in error.errors():
        path = _path_in(node, details["loc"])
        yield _finding(details, path, model, node)


def dotted(path: Path) -> str:
    """Return a path as people write it: `steps.arvio.outcomes.sovittu`."""
    return ".".join(str(part) for part in path)


def _finding(details: ErrorDetails, path: Path, model: type[BaseModel], node: Node) -> Finding:
    kind, last = details["type"], str(path[-1]) if path else ""
    where, value = dotted(path), str(details["input"])[:60]
    if kind == "extra_forbidden" and node.at(*path[:-1], "fi") and details["input"] is None:
        return Finding("PW016", node.place_of(path), where, {"key": last})
    if kind == "extra_forbidden":
        known = known_keys(model, path[:-1])
        near = near_or_nothing(last, known)
        return Finding("PW010", node.place_of(path), where, {"key": last, "near": near, "known": ", ".join(known)})
    if kind == "missing":
        code = "PW030" if last in ("fi", "sv") else "PW011"
        return Finding(code, node.place_of(path[:-1]), where, {"key": last})
    if last == "[key]" or (len(path) > 1 and details["loc"][-1] == "[key]"):
        return Finding("PW012", node.place_of(path), where, {"key": value})
    if kind in ("enum", "literal_error"):
        expected = str(details.get("ctx", {}).get("expected", ""))
        near = near_or_nothing(value, re.findall(r"'([^']+)'", expected))
        return Finding(
            "PW013", node.value_place(path), where, {"value": value, "known": expected.replace("'", ""), "near": near}
        )
    if kind == "value_error":
        return _refused_words(details, path, node)
    return Finding("PW014", node.value_place(path), where, {"value": value, **_why(details)})


def _why(details: ErrorDetails) -> dict[str, str]:
    """Return in each language why a value doesn't fit; pydantic's own words where nobody has written better."""
    kind = details["type"]
    words = next((text for start, text in _WHY.items() if kind.startswith(start)), None)
    if words is None:
        return {"why": details["msg"], "why_fi": details["msg"], "why_sv": details["msg"]}
    limits = {key: str(value) for key, value in details.get("ctx", {}).items()}
    limit = next(iter(limits.values()), "")
    return {
        "why": (words.en or "").format(limit),
        "why_fi": words.fi.format(limit),
        "why_sv": words.sv.format(limit),
    }


_WHY = {
    "string_type": Text(fi="tässä pitää olla tekstiä", sv="här ska finnas text", en="text is wanted here"),
    "string_too_short": Text(fi="teksti puuttuu", sv="texten saknas", en="the text is missing"),
    "string_too_long": Text(fi="enintään {0} merkkiä", sv="högst {0} tecken", en="at most {0} characters"),
    "string_pattern": Text(
        fi="kirjoitusasu ei ole sallittu: {0}", sv="skrivsättet är inte tillåtet: {0}", en="not written as allowed: {0}"
    ),
    "int_": Text(
        fi="tässä pitää olla kokonaisluku", sv="här ska finnas ett heltal", en="a whole number is wanted here"
    ),
    "float_": Text(fi="tässä pitää olla luku", sv="här ska finnas ett tal", en="a number is wanted here"),
    "bool_": Text(
        fi="tässä pitää olla true tai false", sv="här ska finnas true eller false", en="true or false is wanted here"
    ),
    "date_": Text(fi="päivä kirjoitetaan 2026-12-01", sv="en dag skrivs 2026-12-01", en="a day is written 2026-12-01"),
    "greater_than": Text(fi="vähintään {0}", sv="minst {0}", en="at least {0}"),
    "less_than": Text(fi="enintään {0}", sv="högst {0}", en="at most {0}"),
    "dict_type": Text(
        fi="tässä pitää olla avaimia ja niiden arvoja",
        sv="här ska finnas nycklar och deras värden",
        en="keys with values are wanted here",
    ),
    "model_type": Text(
        fi="tässä pitää olla avaimia ja niiden arvoja",
        sv="här ska finnas nycklar och deras värden",
        en="keys with values are wanted here",
    ),
    "tuple_type": Text(
        fi="tässä pitää olla luettelo: [yksi, kaksi]",
        sv="här ska finnas en lista: [ett, två]",
        en="a list is wanted here: [one, two]",
    ),
}
"""Beginnings of pydantic's error types, with what they mean to somebody who writes a pathway."""


def _refused_words(details: ErrorDetails, path: Path, node: Node) -> Finding:
    refusal = details.get("ctx", {}).get("error")
    if isinstance(refusal, UnknownPhrase):
        near = near_or_nothing(refusal.text, refusal.known)
        return Finding("PW020", node.value_place(path), dotted(path), {"phrase": refusal.text, "near": near})
    said = {f"why_{one}": getattr(refusal, one, str(refusal)) for one in ("fi", "sv")}
    return Finding("PW015", node.value_place(path), dotted(path), {"why": str(refusal), **said})


def _path_in(node: Node, loc: tuple[int | str, ...]) -> Path:
    """Return pydantic's location as a path of the file: names of union members are left out."""
    path: list[int | str] = []
    here: Node | None = node
    for index, part in enumerate(loc):
        if part == "[key]":
            continue
        below = here.at(part) if here else None
        if below is None and index < len(loc) - 1 and not isinstance(part, int):
            continue
        path.append(part)
        here = below
    return tuple(path)


def known_keys(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """Return the keys a model knows at a path, as they are written in a file."""
    models: list[type[BaseModel]] = [model]
    annotations: list[Any] = []
    for part in path:
        annotations = [_of_field(one, str(part)) for one in models] + [_below(one) for one in annotations]
        annotations = [one for many in annotations for one in _members(many)]
        models = [one for one in annotations if isinstance(one, type) and issubclass(one, BaseModel)]
    keys = [field.alias or name for one in models for name, field in one.model_fields.items()]
    return tuple(dict.fromkeys(keys))


def _of_field(model: type[BaseModel], key: str) -> Any:
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            return field.annotation
    return None


def _below(annotation: Any) -> Any:
    """Return what a mapping or a sequence holds."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (dict, Mapping) and len(arguments) == 2:
        return arguments[1]
    return arguments[0] if origin in (tuple, list) and arguments else None


def _members(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) in (Union, UnionType):
        for member in get_args(annotation):
            yield from _members(member)
    elif get_origin(annotation) is Annotated:
        yield from _members(get_args(annotation)[0])
    elif annotation is not None:
        yield annotation
