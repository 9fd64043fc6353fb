"""`pathways api`: the web pages and the JSON API alone. Any number may run over one PostgreSQL; none speaks to Redis."""

from typing import Annotated

import typer

from cli.complaints import Refused
from cli.logs import configure_logs
from cli.serving import address_of, listening, serve, web_app
from cli.settings import read_settings
from cli.wiring import engine_of
from engine.alarm import alarm_of


def api(
    host: Annotated[str | None, typer.Option(help="The address to answer at.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The port to answer at.")] = None,
) -> None:
    """Answer to people and programs; timers and workers run beside it. Ctrl-C ends it."""
    said = {"host": host, "port": port}
    settings = read_settings().model_copy(update={name: value for name, value in said.items() if value is not None})
    configure_logs(settings.log_level, settings.log_format)
    engine = engine_of(settings)
    if engine.demo:
        raise Refused("This database holds a demo, which lets anybody in by a link: start it with pathways up --demo.")
    engine.alarm = alarm_of(engine.database)
    try:
        with listening(settings.host, settings.port, "api") as at:
            serve(web_app(settings, engine), at, lambda: typer.echo(f"Pathways answers at {address_of(at)}"))
    finally:
        engine.database.dispose()
