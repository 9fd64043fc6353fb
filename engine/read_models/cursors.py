"""Cursors: where a page ended, said in a word that nobody needs to read. A word we didn't write is refused."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pathways.errors import Malformed


def to_cursor(values: Sequence[Any]) -> str:
    """The word for the last row's sort key."""
    written = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(written, separators=(",", ":")).encode()).decode().rstrip("=")


def from_cursor(cursor: str, kinds: Sequence[type]) -> list[Any]:
    """The sort key a word stands for; `Malformed` when it isn't one of ours."""
    try:
        written = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [_read(value, kind) for value, kind in zip(written, kinds, strict=True)]
    except (ValueError, TypeError, binascii.Error, UnicodeDecodeError):
        raise Malformed("cursor", "not_a_cursor") from None


def _read(value: Any, kind: type) -> Any:
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError
        return moment
    if type(value) is not kind:
        raise TypeError
    return value
