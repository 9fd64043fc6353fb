"""`pathways`: the commands, one file each. A file is loaded when its command is asked for: some take seconds."""

import sys
from importlib import import_module
from traceback import print_exception

import typer

from cli.complaints import sentence_of

COMMANDS = {  # in the order of --help → where
    "up": "cli.up:up",
    "api": "cli.api:api",
    "worker": "cli.worker:worker",
    "timers": "cli.timers:timers",
    "db": "cli.db:db",
    "user": "cli.users:user",
    "token": "cli.users:token",
    "publish": "cli.publish:publish",
    "retire": "cli.retire:retire",
    "withdraw": "cli.retire:withdraw",
    "check": "cli.check:check",
    "draw": "cli.draw:draw",
    "catalogue": "cli.catalogue:catalogue",
    "approval-form": "cli.catalogue:approval",
    "diff": "cli.diff:diff",
    "due": "cli.due:due",
    "calendar": "cli.calendar:calendar",
    "recalculate": "cli.recalculate:recalculate",
    "candidates": "cli.candidates:candidates",
    "migrate": "cli.migrate:migrate",
    "new": "cli.new:new",
    "spec": "cli.spec:spec",
    "doctor": "cli.doctor:doctor",
    "verify": "cli.verify:verify",
    "report": "cli.report:report",
    "bench": "cli.bench:bench",
    "walkthrough": "cli.walkthrough:walkthrough",
}
TRACE = "--trace"


def main() -> None:
    """Run the command; an error ends in one sentence on the standard error and a code other than 0."""
    arguments = [argument for argument in sys.argv[1:] if argument != TRACE]
    try:
        app_for(arguments)(args=arguments, prog_name="pathways")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - the last one to catch it: whoever asked reads a sentence
        if TRACE in sys.argv:
            print_exception(error)
        typer.echo(sentence_of(error), err=True)
        sys.exit(1)


def app_for(arguments: list[str]) -> typer.Typer:
    """The command that is asked for, or all of them when none is (`--help`, a misspelt one)."""
    asked = next((argument for argument in arguments if not argument.startswith("-")), "")
    app = typer.Typer(
        help="Client pathways and their service promises. --trace shows the whole of an unexpected error.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(lambda: None)  # so that one command is still asked for by its name
    for name, where in COMMANDS.items():
        if asked in (name, "") or asked not in COMMANDS:
            _register(app, name, where)
    return app


def _register(app: typer.Typer, name: str, where: str) -> None:
    module, _, attribute = where.partition(":")
    command = getattr(import_module(module), attribute)
    if isinstance(command, typer.Typer):
        app.add_typer(command, name=name)
    else:
        app.command(name)(command)


if __name__ == "__main__":
    main()
