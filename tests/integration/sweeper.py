"""A sweep in a process of its own, for tests that kill it: `python -m tests.integration.sweeper URL INSTANT`."""

import sys
from datetime import datetime

from engine.database import Database
from engine.sweep import sweep
from tests.clock import StoppedClock
from tests.small_county import running_engine

if __name__ == "__main__":
    engine = running_engine(Database.open(sys.argv[1]), StoppedClock(datetime.fromisoformat(sys.argv[2])))
    print("sweeping", flush=True)
    swept = sweep(engine, batch=2)
    print(f"swept {swept.cases}", flush=True)
