"""A recalculation in a process of its own, for a test that kills it: `python -m tests.integration.recalculator URL INSTANT`."""

import sys
from datetime import datetime

from engine.database import Database
from engine.recalculation import recalculate_all
from tests.clock import StoppedClock
from tests.small_county import running_engine

if __name__ == "__main__":
    engine = running_engine(Database.open(sys.argv[1]), StoppedClock(datetime.fromisoformat(sys.argv[2])))
    for progress in recalculate_all(engine, batch=1):
        print(f"done {progress.done}", flush=True)
