"""Logs: one line per event, ids only. Messages of the database are left out of traces: they quote rows."""

import logging
import sys
from collections.abc import MutableMapping
from pathlib import Path
from traceback import extract_tb
from typing import Any

import structlog

from pathways.errors import PathwayError

QUIET = (  # libraries that tell every small thing
    "alembic",
    "amqp",
    "asyncio",
    "celery.app.trace",
    "celery.beat",
    "celery.worker.consumer",
    "celery.worker.strategy",
    "kombu",
    "sqlalchemy",
    "transitions",
    "uvicorn.access",
    "uvicorn.error",
)


def configure_logs(level: str, form: str) -> None:
    """Send everything, also what libraries log, to the standard error as text or JSON lines."""
    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        trace_without_values,
    ]
    shown: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before, processors=[remove, shown]))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel("WARNING" if level != "debug" else "DEBUG")


def trace_without_values(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Say which error it was and where, not what it said: a driver's message may quote a client's row."""
    found = event.pop("exc_info", None)
    if not found:
        return event
    error = found if isinstance(found, BaseException) else sys.exc_info()[1] if found is True else found[1]
    if error is not None:
        event["error"] = type(error).__name__
        event["where"] = " < ".join(
            f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(extract_tb(error.__traceback__)[-6:])
        )
        if isinstance(error, PathwayError):
            event["code"] = error.code
    return event
