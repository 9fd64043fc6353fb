"""What the pages fetch beside HTML: one style sheet, two scripts and the font, named by their content.

Files are read once; their addresses carry a digest, so a browser keeps them until they change.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import APIRouter, Request, Response

from engine.drawing.stylesheet import page_style
from pathways.errors import UnknownThing

router = APIRouter(include_in_schema=False)

TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "woff2": "font/woff2",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}
FOR_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent; `packed` is its gzip, None where packing wouldn't help."""

    content: bytes
    packed: bytes | None
    media_type: str
    digest: str


@cache
def assets() -> dict[str, Asset]:
    """Every asset by the name it is asked by."""
    folder = files("api.web") / "static"
    found = {name: content.read_bytes() for name, content in _walk(folder) if not name.startswith("css/")}
    sheets = sorted((folder / "css").iterdir(), key=lambda sheet: sheet.name)
    found["app.css"] = b"\n".join([page_style().encode(), *(sheet.read_bytes() for sheet in sheets)])
    return {name: _asset(name, content) for name, content in found.items() if name.rpartition(".")[2] in TYPES}


def address_of(name: str) -> str:
    """Where a page finds an asset; the address changes with the content."""
    return f"/static/{name}?v={assets()[name].digest}"


@router.get("/static/{name:path}")
def asset(name: str, request: Request) -> Response:
    found = assets().get(name)
    if found is None:
        raise UnknownThing("file", name)
    headers = {"Cache-Control": FOR_A_YEAR, "Vary": "Accept-Encoding"}
    if found.packed and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, media_type=found.media_type, headers=headers | {"Content-Encoding": "gzip"})
    return Response(found.content, media_type=found.media_type, headers=headers)


def _walk(folder: Traversable, under: str = "") -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        name = f"{under}{entry.name}"
        found += _walk(entry, f"{name}/") if entry.is_dir() else [(name, entry)]
    return found


def _asset(name: str, content: bytes) -> Asset:
    ending = name.rpartition(".")[2]
    return Asset(
        content=content,
        packed=None if ending == "woff2" else gzip.compress(content, 9, mtime=0),
        media_type=TYPES[ending],
        digest=hashlib.sha256(content).hexdigest()[:12],
    )
