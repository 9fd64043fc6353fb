"""Each case's own four timestamps, for those who see the cases. This is client data, so every read of it is logged."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from engine.access_log import Read
from engine.handle import Reading
from engine.read_models.case_milestones import Episode, episodes
from engine.read_models.report_access import check_period
from engine.read_models.visible_cases import is_visible
from engine.read_models.wait_report import period_of

MOST = 500


@dataclass(frozen=True, slots=True)
class EpisodeList:
    """`more`: the period holds more than are listed; ask for a shorter one."""

    rows: tuple[Episode, ...]
    more: bool


def episode_list(reading: Reading, *, from_on: date, to_on: date, pathway: str | None = None) -> EpisodeList:
    """The episodes that became pending in a period, of the cases I may see."""
    check_period(from_on, to_on)
    begins, ends = period_of(reading, from_on, to_on)
    seen = is_visible(reading.actor, reading.today)
    found = (each for each in episodes(reading, seen, begins, ends, pathway) if begins < each.contact_at <= ends)
    rows = list(islice(found, MOST + 1))
    shown = sorted(rows[:MOST], key=lambda each: (each.contact_at, each.case_id))
    reading.note(Read("report:episodes", "unit", case_ids=tuple(dict.fromkeys(each.case_id for each in shown))))
    return EpisodeList(tuple(shown), len(rows) > MOST)
