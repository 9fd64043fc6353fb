"""Why a promise is due when it is, line by line in the scenario's language."""

from features.world import World
from pathways.promise_due import calendar_version
from pathways.promise_due import explanation_of as lines_of
from pathways.service_promise import ServicePromise


def explanation_of(world: World, promise: ServicePromise) -> list[str]:
    """The explanation a worker reads, computed from the promise's own start, pauses and calendar."""
    calendar = world.engine.calendars.version(*calendar_version(promise))
    return [line.text for line in lines_of(promise, calendar, world.language)]
