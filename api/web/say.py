"""How the pages say times, spans and the state of a promise, in one language and seen from one moment."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from gettext import NullTranslations
from typing import Literal

from engine.read_models.promise_shown import PromiseShown
from pathways.local_time import MIDNIGHT, instant_of
from pathways.time_words import Language, at_in_words, date_in_words, day_in_words, time_in_words
from pathways.time_zone import HELSINKI

WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "fi": ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"),
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
Tone = Literal["late", "near", "calm", "paused", "kept", "ended"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A promise in a word or two. The icon's shape, the words and the border tell the state; colour only joins in."""

    tone: Tone
    icon: str
    words: str
    due: str


class Say:
    """Words for one reader. `now` is aware; every time is said in Helsinki."""

    def __init__(self, language: Language, now: datetime, catalogue: NullTranslations) -> None:
        self.language: Language = language
        self.now = now
        self.today = now.astimezone(HELSINKI).date()
        self._t = catalogue

    # --- times ---

    def at(self, instant: datetime) -> str:
        """A due instant: "ti 24.11. klo 16.00"; midnight ends its day (24.00)."""
        return at_in_words(instant, self.language, seen_from=self.today)

    def when(self, instant: datetime) -> str:
        """When something happened: today only the time, else day and time; midnight begins its day."""
        local = instant.astimezone(HELSINKI)
        if local.date() == self.today:
            return self._t.gettext("today at %(time)s") % {"time": self.time(instant)}
        if local.date() == self.today - timedelta(days=1):
            return self._t.gettext("yesterday at %(time)s") % {"time": self.time(instant)}
        return at_in_words(instant, self.language, seen_from=self.today, midnight="begins")

    def time(self, instant: datetime) -> str:
        """The time of day: "16.00", in English "16:00"."""
        return time_in_words(instant.astimezone(HELSINKI).time(), self.language)

    def day(self, day: date | datetime) -> str:
        """A day with its weekday: "ti 24.11."; the year stands when it is another than this one."""
        day = day.astimezone(HELSINKI).date() if isinstance(day, datetime) else day
        return day_in_words(day, self.language, year=day.year != self.today.year)

    def dated(self, day: date | datetime) -> str:
        """A date with its year: "24.11.2026"."""
        day = day.astimezone(HELSINKI).date() if isinstance(day, datetime) else day
        return date_in_words(day, self.language, year=True)

    def long_day(self, day: date | datetime) -> str:
        """A heading: "Tänään, perjantai 20.11.2026", "Torstai 19.11."."""
        day = day.astimezone(HELSINKI).date() if isinstance(day, datetime) else day
        name = WEEKDAYS[self.language][day.weekday()]
        named = f"{name} {date_in_words(day, self.language, year=day.year != self.today.year)}"
        if day == self.today:
            return self._t.gettext("Today, %(day)s") % {"day": named}
        return named[0].upper() + named[1:]

    def now_in_words(self) -> str:
        """What the page is true at: "Perjantai 20.11.2026 klo 13.42"."""
        local = self.now.astimezone(HELSINKI)
        name = WEEKDAYS[self.language][local.weekday()]
        said = f"{name} {date_in_words(local.date(), self.language, year=True)}"
        at = {"fi": "klo", "sv": "kl.", "en": "at"}[self.language]
        return f"{said[0].upper()}{said[1:]} {at} {self.time(self.now)}"

    def field_time(self, instant: datetime) -> str:
        """The value of a date and time field, in local wall time."""
        return instant.astimezone(HELSINKI).strftime("%Y-%m-%dT%H:%M")

    def begins(self, day: date) -> datetime:
        """The instant a local day begins."""
        return instant_of(day, MIDNIGHT, HELSINKI)

    def iso(self, instant: datetime) -> str:
        """What a machine reads in `<time datetime>`."""
        return instant.isoformat(timespec="seconds")

    # --- spans ---

    def span(self, seconds: float) -> str:
        """At most two units: "3 pv", "2 t 18 min", "12 min"."""
        minutes = max(int(seconds // 60), 0)
        if minutes >= 24 * 60:
            return self._t.gettext("%(days)s d") % {"days": minutes // (24 * 60)}
        if minutes >= 60:
            hours, rest = divmod(minutes, 60)
            if rest:
                return self._t.gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
            return self._t.gettext("%(hours)s h") % {"hours": hours}
        return self._t.gettext("%(minutes)s min") % {"minutes": minutes}

    def days(self, count: int) -> str:
        return self._t.gettext("%(days)s d") % {"days": count}

    def for_days(self, since: datetime) -> str:
        """How long something has lasted: "11 päivää"; "tänään alkanut" on the first day."""
        count = (self.today - since.astimezone(HELSINKI).date()).days
        if count < 1:
            return self._t.gettext("first day")
        return self._t.ngettext("%(n)s day", "%(n)s days", count) % {"n": count}

    def age(self, years: int | None) -> str:
        if years is None:
            return ""
        return self._t.ngettext("%(n)s year old", "%(n)s years old", years) % {"n": years}

    def percent(self, share: float | None) -> str:
        """A share for the eye, rounded down: what is not quite kept never reads 100 %."""
        if share is None:
            return "–"
        return f"{int(share * 100)} %" if self.language != "en" else f"{int(share * 100)}%"

    # --- promises ---

    def titled(self, promise: PromiseShown) -> str:
        """A promise's title beside its kind: the kind isn't said twice."""
        head, colon, tail = promise.title.partition(": ")
        return (
            f"{tail[:1].upper()}{tail[1:]}"
            if colon and head == self._t.pgettext("kind of a clock", "Target")
            else promise.title
        )

    def badge(self, promise: PromiseShown) -> Badge:
        """The promise as every list and card says it: how long is left or over, and the instant itself."""
        say = {"late": self._late, "near": self._running, "on_time": self._running, "paused": self._paused}
        if promise.standing in say:
            return say[promise.standing](promise)
        return self._ended(promise)

    def _late(self, promise: PromiseShown) -> Badge:
        words = self._t.gettext("%(span)s late") % {"span": self._over(promise)}
        due = self._t.gettext("was due %(at)s") % {"at": self.at(promise.due_at)} if promise.due_at else ""
        return Badge("late", "triangle-alert", words, due)

    def _over(self, promise: PromiseShown) -> str:
        """A deadline at midnight is over by days from its first minute; others by hours on the first day."""
        over = promise.seconds_over or 0
        if promise.due_at and promise.due_on and promise.due_at.astimezone(HELSINKI).hour == 0:
            return self.days(max((self.today - promise.due_on).days, 1))
        return self.span(over)

    def _running(self, promise: PromiseShown) -> Badge:
        tone: Tone = "near" if promise.standing == "near" else "calm"
        icon = "hourglass" if tone == "near" else "clock"
        if promise.due_at is None or promise.due_on is None:
            return Badge(tone, icon, self._t.gettext("Running"), "")
        due = self._t.gettext("by %(at)s") % {"at": self.at(promise.due_at)}
        if promise.due_on > self.today:
            return Badge(tone, icon, self._days_left(promise, promise.due_on), due)
        at_midnight = promise.due_at.astimezone(HELSINKI).hour == 0
        working = promise.working_due_at
        if at_midnight and working and working > self.now:
            due = self._t.gettext("open until %(closes)s, due at %(due)s") % {
                "closes": self.time(working),
                "due": "24.00" if self.language != "en" else "24:00",
            }
            return Badge(tone, icon, self._left(working), due)
        return Badge(tone, icon, self._t.gettext("Today") if at_midnight else self._left(promise.due_at), due)

    def _left(self, until: datetime) -> str:
        return self._t.gettext("%(span)s left") % {"span": self.span((until - self.now).total_seconds())}

    def _days_left(self, promise: PromiseShown, due_on: date) -> str:
        count = (due_on - self.today).days
        return self._t.ngettext("%(n)s day left", "%(n)s days left", count) % {"n": count}

    def _paused(self, promise: PromiseShown) -> Badge:
        if promise.pause is None:
            return Badge("paused", "pause", self._t.gettext("Paused"), "")
        words = self._t.gettext("Paused: %(reason)s") % {"reason": promise.pause.reason_title}
        due = self._t.gettext("resumes by %(at)s") % {"at": self.at(promise.pause.end)}
        return Badge("paused", "pause", words, due)

    def _ended(self, promise: PromiseShown) -> Badge:
        at = self.when(promise.ended_at) if promise.ended_at else ""
        if promise.standing == "kept":
            return Badge("kept", "check", self._t.gettext("Kept"), at)
        if promise.standing == "kept_late":
            words = self._t.gettext("Kept, %(span)s late") % {"span": self._over_ended(promise)}
            return Badge("ended", "circle-check", words, at)
        if promise.standing == "travelled":
            return Badge("ended", "arrow-right", self._t.gettext("Went with the client"), at)
        return Badge("ended", "circle-slash", self._t.gettext("No longer needed"), at)

    def _over_ended(self, promise: PromiseShown) -> str:
        if promise.ended_at and promise.due_on and promise.due_at and promise.due_at.astimezone(HELSINKI).hour == 0:
            return self.days(max((promise.ended_at.astimezone(HELSINKI).date() - promise.due_on).days, 1))
        return self.span(promise.seconds_over or 0)
