"""Times in JSON: RFC 3339 with an offset, in and out; answers say them in Finland's own time."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema

from pathways.time_refusals import InstantError
from pathways.time_zone import HELSINKI

_RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)


def _written(value: Any) -> Any:
    """A number or a time without an offset names no instant that two people would agree on."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _RFC_3339.fullmatch(value.strip()):
        raise InstantError(
            fi="kirjoita aika ja sen ero UTC-aikaan, esimerkiksi 2026-12-01T09:12:00+02:00",
            sv="skriv tiden med dess skillnad mot UTC, till exempel 2026-12-01T09:12:00+02:00",
            en="write the time with its offset, such as 2026-12-01T09:12:00+02:00",
        )
    return value.strip()


def in_finland(moment: datetime) -> str:
    return moment.astimezone(HELSINKI).isoformat()


_SCHEMA = {"type": "string", "format": "date-time", "examples": ["2026-12-12T00:00:00+02:00"]}

Moment = Annotated[datetime, PlainSerializer(in_finland, return_type=str), WithJsonSchema(_SCHEMA)]
"""A time in an answer."""
MomentIn = Annotated[AwareDatetime, BeforeValidator(_written), WithJsonSchema(_SCHEMA)]
"""A time in a request."""


class Out(BaseModel):
    """Something in an answer."""

    model_config = ConfigDict(frozen=True)


class In(BaseModel):
    """Something in a request: a name we don't know is refused, because a misspelt one would be ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")
