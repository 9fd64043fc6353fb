"""The timeline as moments: what somebody did, with what followed from it folded beneath, under its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from engine.read_models.case_timeline import TimelineEntry
from pathways.time_zone import HELSINKI

MOMENTS = 12
LOUDEST = ("promise_breached", "contact_received", "case_closed", "case_reopened")
QUIET = ("tier_fired",)
"""Reminders to workers: not what happened to the client. The promises' own view of the timeline shows them."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One doing: `main` is what was done, `followed` what followed from it at once."""

    main: TimelineEntry
    followed: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The moments by day, newest first, and where earlier ones begin."""

    days: list[tuple[date, list[Moment]]]
    next_cursor: str | None


def told(entries: Sequence[TimelineEntry], next_cursor: str | None, *, everything: bool) -> Told:
    """The entries as moments; with `everything`, as many as a page shows and without reminders."""
    shown = [entry for entry in entries if not everything or entry.type not in QUIET]
    alike = groupby(shown, key=lambda entry: (entry.recorded_at, entry.who.worker_id, entry.occurred_at))
    moments = [_moment(list(group)) for _, group in alike]
    if everything and len(moments) > MOMENTS:
        moments = moments[:MOMENTS]
        last = moments[-1]
        next_cursor = str(min(entry.sequence for entry in (last.main, *last.followed)))
    days = groupby(moments, key=lambda moment: moment.main.occurred_at.astimezone(HELSINKI).date())
    return Told([(day, list(of_day)) for day, of_day in days], next_cursor)


def _moment(entries: Sequence[TimelineEntry]) -> Moment:
    """What was done first is what the rest followed from; a breach is never folded away."""
    in_order = sorted(entries, key=lambda entry: entry.sequence)
    main = next((entry for kind in LOUDEST for entry in in_order if entry.type == kind), in_order[0])
    return Moment(main, tuple(entry for entry in in_order if entry is not main))
