"""Why a promise is due when it is, line by line in the scenario's language."""

from features.world import World
from pathways.due_explanation import explain
from pathways.goal import parse_goal
from pathways.pause import Pause
from pathways.service_promise import ServicePromise


def explanation_of(world: World, promise: ServicePromise) -> list[str]:
    """The explanation a worker reads, computed from the promise's own start, pauses and calendar."""
    key, _, version = promise.calendar.partition("@")
    definition = world.pathway.promises[promise.key]
    lines = explain(
        promise.started_at,
        tuple(Pause(start=pause.start, end=pause.end, reason=pause.reason) for pause in promise.pauses),
        parse_goal(promise.goal),
        world.engine.calendars.version(key, int(version)),
        roll=definition.roll,
        kind=promise.kind,
        count_from_effective=definition.counted_from == "effective",
        lang=world.language,
    )
    return [line.text for line in lines]
