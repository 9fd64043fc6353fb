"""What a worker is told inside the application: a kind and a case, never content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NotificationShown:
    notification_id: str
    kind: str
    sentence: str
    case_id: str | None
    case_number: str | None
    made_at: datetime
    seen_at: datetime | None
    payload: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Notifications:
    rows: tuple[NotificationShown, ...]
    unseen: int
    next_cursor: str | None
