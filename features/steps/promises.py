"""Promises, statutory times and targets: when they are due, kept or late, paused, and why."""

from datetime import datetime, timedelta

from features.names import promise_keys
from features.reading import Span
from features.sentences import step
from features.steps.explained import explanation_of
from features.world import CheckFailed, World
from pathways.service_promise import PromiseKind, ServicePromise
from pathways.time_words import length_in_words
from pathways.time_zone import HELSINKI

WALL = {"minute": "minutes", "hour": "hours", "day": "days", "week": "weeks"}


def promise_named(world: World, kind: PromiseKind, title: str, client: str | None = None) -> ServicePromise:
    """The newest clock of that title on the case spoken of; its kind must be the one that is said."""
    found = promises_named(world, title, client)
    if not found:
        running = ", ".join(promise.key for promise in world.case(client).promises.values())
        raise CheckFailed(f'"{title}" has not begun; begun: {running or "–"}')
    promise = found[-1]
    if promise.kind != kind:
        raise CheckFailed(f'"{title}" is a {promise.kind}')
    return promise


def promises_named(world: World, title: str, client: str | None = None) -> list[ServicePromise]:
    """Every clock of that title, the live one last."""
    case = world.case(client)
    keys = promise_keys(world.pathway, title, world.language)
    found = [promise for promise in case.promises.values() if promise.key in keys]
    return sorted(found, key=lambda promise: (promise.is_live, promise.started_at, promise.cycle))


# --- due ---


@step(
    "then",
    fi="[asiakkaan {client} ]{kind:clock} {promise} päättyy {at:moment}",
    sv="{kind:clock} {promise} [för klienten {client} ]går ut {at:moment}",
    en="{kind:clock} {promise} [of the client {client} ]is due {at:moment}",
)
def is_due(world: World, kind: PromiseKind, promise: str, at: datetime, client: str | None = None) -> None:
    clock = promise_named(world, kind, promise, client)
    if clock.due_at != at:
        raise CheckFailed(f"{clock.state}, due {world.said(clock.due_at)}")
    if not clock.is_live:
        raise CheckFailed(f"it is {clock.state} already")


@step(
    "then",
    fi="{kind:clock} {promise} työtakaraja on {at:moment}",
    sv="{kind:clock} {promise} har arbetsfristen {at:moment}",
    en="the working due of {kind:clock} {promise} is {at:moment}",
)
def working_due(world: World, kind: PromiseKind, promise: str, at: datetime) -> None:
    clock = promise_named(world, kind, promise)
    if clock.working_due_at != at:
        raise CheckFailed(f"working due {world.said(clock.working_due_at)}")


@step(
    "then",
    fi="{kind:clock} {promise} lasketaan alkaen {at:moment}",
    sv="{kind:clock} {promise} räknas från {at:moment}",
    en="{kind:clock} {promise} is counted from {at:moment}",
)
def counted_from(world: World, kind: PromiseKind, promise: str, at: datetime) -> None:
    clock = promise_named(world, kind, promise)
    if clock.effective_at != at:
        raise CheckFailed(f"counted from {world.said(clock.effective_at)}")


@step(
    "then",
    fi="{kind:clock} {promise} selityksessä lukee {words}",
    sv="i förklaringen till {kind:clock} {promise} står {words}",
    en="the explanation of {kind:clock} {promise} says {words}",
)
def explained(world: World, kind: PromiseKind, promise: str, words: str) -> None:
    lines = explanation_of(world, promise_named(world, kind, promise))
    if not any(words.casefold() in line.casefold() for line in lines):
        raise CheckFailed("the explanation says:\n  " + "\n  ".join(lines))


@step(
    "then",
    fi="{kind:clock} {promise} perustuu lakiin {law}",
    sv="{kind:clock} {promise} grundar sig på lagen {law}",
    en="{kind:clock} {promise} rests on the law {law}",
)
def rests_on(world: World, kind: PromiseKind, promise: str, law: str) -> None:
    key = promise_named(world, kind, promise).key
    shown = next(p for p in (*world.view().promises, *world.view().ended_promises) if p.key == key)
    if law.casefold() not in (shown.law_text or "").casefold():
        raise CheckFailed(f"{shown.law}: {shown.law_text}")


# --- running, paused, kept, late ---


@step(
    "then",
    fi="[asiakkaan {client} ]{kind:clock} {promise} on (käynnissä|yhä käynnissä)",
    sv="{kind:clock} {promise} [för klienten {client} ](löper|löper fortfarande)",
    en="{kind:clock} {promise} [of the client {client} ]is running",
)
def is_running(world: World, kind: PromiseKind, promise: str, client: str | None = None) -> None:
    _expect(promise_named(world, kind, promise, client), "running")


@step(
    "then",
    fi="yksikään kello ei käy[ paitsi {promise}]",
    sv="ingen klocka går[ utom {promise}]",
    en="no clock runs[ but {promise}]",
)
def nothing_runs(world: World, promise: str | None = None) -> None:
    but = promise_keys(world.pathway, promise, world.language) if promise else ()
    running = [clock.key for clock in world.case().live_promises if clock.key not in but]
    if running:
        raise CheckFailed(f"running: {', '.join(running)}")


@step(
    "then",
    fi="[asiakkaan {client} ]{kind:clock} {promise} ei ole alkanut",
    sv="{kind:clock} {promise} [för klienten {client} ]har inte börjat",
    en="{kind:clock} {promise} [of the client {client} ]has not begun",
)
def has_not_begun(world: World, kind: PromiseKind, promise: str, client: str | None = None) -> None:
    found = promises_named(world, promise, client)
    if found:
        raise CheckFailed(f"it began {world.said(found[-1].started_at)} and is {found[-1].state}")


@step(
    "then",
    fi="[asiakkaan {client} ]{kind:clock} {promise} on pidetty[, kesto {duration:span}]",
    sv="{kind:clock} {promise} [för klienten {client} ]har hållits[, tid {duration:span}]",
    en="{kind:clock} {promise} [of the client {client} ]is kept[, in {duration:span}]",
)
def is_kept(
    world: World, kind: PromiseKind, promise: str, client: str | None = None, duration: Span | None = None
) -> None:
    clock = promise_named(world, kind, promise, client)
    _expect(clock, "kept")
    took = (clock.ended_at or clock.started_at) - clock.started_at
    if duration and took != _wall(duration):
        raise CheckFailed(f"it took {length_in_words(took)}")


@step(
    "then",
    fi="[asiakkaan {client} ]{kind:clock} {promise} on pidetty myöhässä",
    sv="{kind:clock} {promise} [för klienten {client} ]har hållits försenat",
    en="{kind:clock} {promise} [of the client {client} ]is kept late",
)
def is_late(world: World, kind: PromiseKind, promise: str, client: str | None = None) -> None:
    _expect(promise_named(world, kind, promise, client), "late")


@step(
    "then",
    fi="[asiakkaan {client} ]{kind:clock} {promise} (ei pitänyt|ylittyi)",
    sv="{kind:clock} {promise} [för klienten {client} ](hölls inte|överskreds)",
    en="{kind:clock} {promise} [of the client {client} ]was (not kept|missed)",
)
def is_breached(world: World, kind: PromiseKind, promise: str, client: str | None = None) -> None:
    """A breach is recorded with the due instant itself, and stands."""
    clock = promise_named(world, kind, promise, client)
    if clock.breached_at is None or clock.breach_voided_at is not None:
        raise CheckFailed(f"{clock.state}, due {world.said(clock.due_at)}, no breach stands")
    if clock.due_at is not None and clock.breached_at != clock.due_at:
        raise CheckFailed(f"breached at {world.said(clock.breached_at)}, due {world.said(clock.due_at)}")


@step(
    "then",
    fi="[asiakkaan {client} ]{kind:clock} {promise} ei ole ylittynyt",
    sv="{kind:clock} {promise} [för klienten {client} ]har inte överskridits",
    en="{kind:clock} {promise} [of the client {client} ]has not been missed",
)
def is_not_breached(world: World, kind: PromiseKind, promise: str, client: str | None = None) -> None:
    clock = promise_named(world, kind, promise, client)
    if clock.breached_at is not None:
        raise CheckFailed(f"breached at {world.said(clock.breached_at)}")
    if clock.is_overdue(world.time.now):
        raise CheckFailed(f"it is overdue since {world.said(clock.due_at)} and nobody noticed")


@step(
    "then",
    fi="[asiakkaan {client} ]{kind:clock} {promise} on (peruttu|päättynyt ilman tulosta)",
    sv="{kind:clock} {promise} [för klienten {client} ]har återkallats",
    en="{kind:clock} {promise} [of the client {client} ]is cancelled",
)
def is_cancelled(world: World, kind: PromiseKind, promise: str, client: str | None = None) -> None:
    _expect(promise_named(world, kind, promise, client), "cancelled")


@step(
    "then",
    fi="{kind:clock} {promise} on tauolla {first:moment} – {last:moment}",
    sv="{kind:clock} {promise} är pausat {first:moment} – {last:moment}",
    en="{kind:clock} {promise} is paused {first:moment} – {last:moment}",
)
def is_paused_between(world: World, kind: PromiseKind, promise: str, first: datetime, last: datetime) -> None:
    pauses = promise_named(world, kind, promise).pauses
    if (first, last) not in [(pause.start, pause.end) for pause in pauses]:
        said = [f"{world.said(pause.start)} – {world.said(pause.end)}" for pause in pauses]
        raise CheckFailed(f"pauses: {', '.join(said) or '–'}")


@step(
    "then",
    fi="{kind:clock} {promise} on tauolla",
    sv="{kind:clock} {promise} är pausat",
    en="{kind:clock} {promise} is paused",
)
def is_paused(world: World, kind: PromiseKind, promise: str) -> None:
    _expect(promise_named(world, kind, promise), "paused")


@step(
    "then",
    fi="{kind:clock} {promise} kesti {gross:span}, josta asiakkaan siirtoa {paused:span}",
    sv="{kind:clock} {promise} tog {gross:span}, varav {paused:span} på klientens önskan",
    en="{kind:clock} {promise} took {gross:span}, of which {paused:span} by the client's wish",
)
def gross_and_paused(world: World, kind: PromiseKind, promise: str, gross: Span, paused: Span) -> None:
    """Both in local calendar days: from the start to the end, and within the pauses."""
    clock = promise_named(world, kind, promise)
    if clock.ended_at is None:
        raise CheckFailed(f"it is {clock.state}")
    days = _days(clock.started_at, clock.ended_at), sum(_days(pause.start, pause.end) for pause in clock.pauses)
    if days != (gross.number, paused.number):
        raise CheckFailed(f"{days[0]} days, of which paused {days[1]}")


def _days(begins: datetime, ends: datetime) -> int:
    return (ends.astimezone(HELSINKI).date() - begins.astimezone(HELSINKI).date()).days


def _expect(clock: ServicePromise, state: str) -> None:
    if clock.state != state:
        raise CheckFailed(f"it is {clock.state}")


def _wall(span: Span) -> timedelta:
    return timedelta(**{WALL[span.unit]: span.number})
