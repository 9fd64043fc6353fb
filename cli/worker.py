"""`pathways worker`: carries out what the timers wake. Any number at once, on any number of machines."""

from typing import Annotated

import typer

from cli.logs import configure_logs
from cli.settings import Settings, read_settings
from cli.wiring import deliverer_of, engine_of, redis_url
from engine.alarm import alarm_of
from engine.handle import Engine
from worker.app import QUEUE, Workplace, celery_app
from worker.tasks import register


def worker(
    processes: Annotated[int | None, typer.Option(min=1, max=128, help="Child processes of this worker.")] = None,
) -> None:
    """Run a worker; PostgreSQL and Redis are where the settings say. Ctrl-C or SIGTERM ends it when it has finished."""
    settings = read_settings()
    configure_logs(settings.log_level, settings.log_format)
    engine_of(settings).database.dispose()  # a wrong setting or table is told here, not by every child
    app = celery_app(redis_url(settings))
    register(app, Workplace(lambda: _opened(settings), deliverer_of(settings), settings.definitions))
    celery_worker = app.Worker(
        pool="prefork",
        concurrency=processes or settings.workers,
        queues=[QUEUE],
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        loglevel=settings.log_level.upper(),
        quiet=True,
    )
    typer.echo(f"Working with {processes or settings.workers} processes. Ctrl-C ends it.")
    celery_worker.start()
    raise typer.Exit(celery_worker.exitcode or 0)


def _opened(settings: Settings) -> Engine:
    engine = engine_of(settings)
    engine.alarm = alarm_of(engine.database)
    return engine
