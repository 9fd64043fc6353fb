"""The API described: `/api/openapi.json`, a page that lists it, and a page for each type of problem. No script, no CDN."""

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from api.errors import STATUS
from api.languages import language_of_request
from api.messages import title_of
from api.problem_words import DETAILS, TITLES
from pathways.errors import UnknownThing

router = APIRouter(prefix="/api", include_in_schema=False)

METHODS = ("get", "post", "put", "patch", "delete")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}
STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
summary { cursor: pointer; padding: .35rem 0; }
code, pre { font: 14px/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid GrayText; border-radius: 4px; }
.method { display: inline-block; min-width: 4rem; font-weight: 650; text-transform: uppercase; }
"""


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Every operation with its parameters, body and answers, read from the JSON itself."""
    described: dict[str, Any] = request.app.openapi()
    grouped: dict[str, list[str]] = {}
    for path, operations in described["paths"].items():
        for method in METHODS:
            if method in operations:
                tag = (operations[method].get("tags") or ["other"])[0]
                grouped.setdefault(tag, []).append(_operation(path, method, operations[method], described))
    sections = "".join(f"<h2>{escape(tag)}</h2>{''.join(found)}" for tag, found in grouped.items())
    words = "Bearer token or session cookie. Problems are <code>application/problem+json</code>. "
    words += 'Everything here is read from <a href="openapi.json">openapi.json</a>.'
    return _page("Pathways API", f"<h1>Pathways API</h1><p>{words}</p>{sections}")


@router.get("/problems/{code}")
def problem_type(code: str, request: Request) -> HTMLResponse:
    """What a problem of this type means: the address that its `type` names."""
    if code not in STATUS and code not in TITLES and title_of(code, "en") == title_of("refused", "en"):
        raise UnknownThing("problem", code)
    language = language_of_request(request)
    title = TITLES[code].in_language(language) if code in TITLES else title_of(code, language)
    detail = DETAILS[code].in_language(language) if code in DETAILS else ""
    status = STATUS.get(code, 409)
    body = f"<h1>{escape(title)}</h1><p><code>{escape(code)}</code> · {status}</p><p>{escape(detail)}</p>"
    return _page(title, body, language)


def _operation(path: str, method: str, operation: dict[str, Any], described: dict[str, Any]) -> str:
    head = f'<span class="method">{method}</span><code>{escape(path)}</code> – {escape(operation.get("summary", ""))}'
    rows = [_parameter(parameter) for parameter in operation.get("parameters", [])]
    parameters = f"<ul>{''.join(rows)}</ul>" if rows else ""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    answers = {status: _schema(answer) for status, answer in operation["responses"].items() if _schema(answer)}
    return (
        f"<details><summary>{head}</summary>{parameters}"
        + (f"<p>Body</p>{_as_json(body, described)}" if body else "")
        + "".join(f"<p>Answer {status}</p>{_as_json(schema, described)}" for status, schema in answers.items())
        + "</details>"
    )


def _parameter(parameter: dict[str, Any]) -> str:
    needed = ", required" if parameter.get("required") else ""
    words = escape(parameter.get("description", ""))
    return f"<li><code>{escape(parameter['name'])}</code> ({escape(parameter['in'])}{needed}) {words}</li>"


def _schema(answer: dict[str, Any]) -> Any:
    return answer.get("content", {}).get("application/json", {}).get("schema")


def _as_json(schema: Any, described: dict[str, Any]) -> str:
    """The fields of a schema, one line each; what a field refers to is named, and shown where it is the whole."""
    names = [schema] if "$ref" in schema else schema.get("anyOf", [schema])
    blocks = []
    for each in names:
        named = described["components"]["schemas"].get(each.get("$ref", "").rpartition("/")[2], each)
        lines = [f"{name}: {_kind(field)}" for name, field in named.get("properties", {}).items()]
        title = named.get("title", "")
        blocks.append(f"<pre>{escape(title)}\n  " + escape("\n  ".join(lines) or _kind(named)) + "</pre>")
    return "".join(blocks)


def _kind(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "anyOf" in field:
        return " | ".join(_kind(each) for each in field["anyOf"])
    if "enum" in field:
        return " | ".join(map(str, field["enum"]))
    if field.get("type") == "array":
        return f"[{_kind(field.get('items', {}))}]"
    return str(field.get("format") or field.get("const") or field.get("type", "any"))


def _page(title: str, body: str, language: str = "en") -> HTMLResponse:
    html = f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{escape(title)}</title>'
    html += f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style><body>{body}</body></html>'
    return HTMLResponse(html, headers=HEADERS)


@router.get("/openapi.json")
def openapi(request: Request) -> JSONResponse:
    """The description itself."""
    return JSONResponse(request.app.openapi())
