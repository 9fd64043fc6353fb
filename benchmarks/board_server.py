"""The web application of a loaded database in a process of its own: `python -m benchmarks.board_server URL PORT`."""

import sys

import uvicorn

from api.app import make_app
from benchmarks.load import SECRET
from engine.calendars import shipped_calendars
from engine.clock import SystemClock
from engine.database import Database
from engine.handle import Engine
from engine.keys import Keys


def main(url: str, port: str) -> None:
    engine = Engine(Database.open(url), SystemClock(), shipped_calendars(), Keys.of(SECRET), demo=True)
    uvicorn.run(make_app(engine), host="127.0.0.1", port=int(port), log_level="error", access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
