"""Working time, the one door: due instants, pauses, warnings, and how much time lies between two moments."""

from pathways.counted_time import open_time_between, time_between
from pathways.due_instant import Count, Due, Kind, Roll, count_of, due
from pathways.pause import Pause
from pathways.tier_anchor import TierAnchor, TierError, parse_tier_anchor
from pathways.tier_instant import tier_instant, warn_at

__all__ = [
    "Count",
    "Due",
    "Kind",
    "Pause",
    "Roll",
    "TierAnchor",
    "TierError",
    "count_of",
    "due",
    "open_time_between",
    "parse_tier_anchor",
    "tier_instant",
    "time_between",
    "warn_at",
]
