"""A clock for tests: it stands still until a test moves it, and it only moves forwards."""

from datetime import UTC, datetime, timedelta


class StoppedClock:
    """Stands at one instant. The default is a Monday morning in Helsinki, within office hours."""

    def __init__(self, at: datetime = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)) -> None:
        self._at = _aware(at)

    def now(self) -> datetime:
        return self._at

    def advance(
        self, *, weeks: float = 0, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        """Let time pass, and say what the time is then."""
        return self.move_to(self._at + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds))

    def move_to(self, instant: datetime) -> datetime:
        """Let time pass until `instant`, which may not lie behind."""
        instant = _aware(instant)
        if instant < self._at:
            raise ValueError(f"time goes forwards: it is {self._at.isoformat()}, not yet to be {instant.isoformat()}")
        self._at = instant
        return instant


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no offset, so it names no instant")
    return instant.astimezone(UTC)
