"""What the helper reads before it forks processes, so that each of them begins with it."""

import tests.faults.processes  # noqa: F401
from engine.calendars import shipped_calendars
from engine.shelf import load_shelf
from tests.small_county import the_pathway

shipped_calendars()
load_shelf()
the_pathway()
