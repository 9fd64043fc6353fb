"""Which language an answer is in: asked for in the address, else what the reader's program accepts, else their own."""

from fastapi import Request

from pathways.time_words import Language

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")


def language_of_request(request: Request) -> Language:
    """`?lang=`, then `Accept-Language` by its weights, then the signed-in worker's own, then Finnish."""
    known: str | None = getattr(request.state, "own_language", None)
    for asked in (request.query_params.get("lang"), *accepted(request.headers.get("accept-language", "")), known):
        for language in LANGUAGES:
            if asked == language:
                return language
    return "fi"


def accepted(header: str) -> list[str]:
    """The languages of an `Accept-Language` header, the most wanted first: "sv-FI;q=0.9, fi;q=0.5"."""
    weighed = []
    for place, part in enumerate(header.split(",")):
        name, _, parameter = part.strip().partition(";")
        weight = _weight(parameter)
        if name and weight > 0:
            weighed.append((-weight, place, name.split("-")[0].strip().lower()))
    return [name for _, _, name in sorted(weighed)]


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
