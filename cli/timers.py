"""`pathways timers`: wakes the workers when something is due. One is enough; several do no harm."""

import signal
from functools import partial
from typing import Any

import typer
from celery.beat import Service

from cli.logs import configure_logs
from cli.settings import read_settings
from cli.wiring import engine_of, redis_url
from engine.alarm import alarm_of
from engine.outlook import look_ahead
from worker.app import celery_app
from worker.scheduler import DueScheduler


def timers() -> None:
    """Look for what is due and wake the workers; PostgreSQL and Redis are where the settings say. Ctrl-C ends it."""
    settings = read_settings()
    configure_logs(settings.log_level, settings.log_format)
    engine = engine_of(settings)
    alarm = alarm_of(engine.database)
    scheduler = partial(DueScheduler, look=partial(look_ahead, engine), sleeper=alarm)
    service = Service(celery_app(redis_url(settings)), scheduler_cls=scheduler)  # type: ignore[arg-type] # it is only called

    def end(_number: int, _frame: Any) -> None:
        service.stop()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end)
    typer.echo("Timers run. Ctrl-C ends it.")
    try:
        service.start()
    finally:
        alarm.close()
        engine.database.dispose()
