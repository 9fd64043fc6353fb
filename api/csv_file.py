"""A table as a file that a Finnish Excel opens: UTF-8 with its mark, semicolons, decimal commas, nothing that calculates."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from fastapi import Response

from pathways.time_zone import HELSINKI

MARK = "\ufeff"
CALCULATES = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
Cell = str | int | float | date | datetime | None


def csv_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """An answer that is saved as `name`, which names a report and its dates and nobody."""
    if not re.fullmatch(r"[a-z0-9_-]+\.csv", name):
        raise ValueError(name)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow([cell(head) for head in heads])
    writer.writerows([cell(value) for value in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response((MARK + written.getvalue()).encode(), media_type="text/csv; charset=utf-8", headers=headers)


def cell(value: Cell) -> str:
    """A value as the file says it. A text that a table program would take for a formula is said to be text."""
    match value:
        case None:
            return ""
        case float():
            return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ",")
        case datetime():
            return f"{value.astimezone(HELSINKI):%Y-%m-%d %H:%M:%S}"
        case int() | date():
            return str(value)
    return f"'{value}" if value.lstrip(" ").startswith(CALCULATES) else value
