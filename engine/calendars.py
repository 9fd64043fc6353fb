"""The calendars there are, by name and version: read from files, looked up by when a promise starts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from engine.calendar_files import read_calendar, read_folders
from pathways.calendar import ServiceCalendar
from pathways.near_miss import near_miss
from pathways.time_refusals import CalendarError

__all__ = ["Calendars", "calendars_of", "read_calendar", "shipped_calendars"]


class Calendars:
    """Every version of every calendar; a version that is given twice with other contents is refused."""

    def __init__(self, calendars: Iterable[ServiceCalendar]) -> None:
        self._versions: dict[str, dict[int, ServiceCalendar]] = defaultdict(dict)
        for calendar in calendars:
            for name in (calendar.key, *calendar.also):
                self._add(name, calendar)

    @property
    def names(self) -> tuple[str, ...]:
        """The names a calendar may be asked by, in alphabetical order."""
        return tuple(sorted(self._versions))

    def __iter__(self) -> Iterator[ServiceCalendar]:
        """Every version once, by key and version."""
        every = {(each.key, each.version): each for versions in self._versions.values() for each in versions.values()}
        return iter([every[key] for key in sorted(every)])

    def in_force(self, name: str, at: datetime) -> ServiceCalendar:
        """The version in force at an instant: the one that binds a promise that starts then.

        Before the first version's day the first one serves; it says itself which holidays it knows.
        """
        versions = sorted(self._of(name).values(), key=lambda calendar: (calendar.valid_from, calendar.version))
        in_force = [calendar for calendar in versions if calendar.valid_from <= calendar.local_date(at)]
        return in_force[-1] if in_force else versions[0]

    def for_channel(self, name: str, channel: str) -> str:
        """The calendar of one channel of whoever opens by `name`, such as `palveluaika:chat`; else that calendar itself."""
        own = f"{name}:{channel}"
        return own if own in self._versions else name

    def version(self, name: str, number: int) -> ServiceCalendar:
        """The version a running promise is bound to."""
        versions = self._of(name)
        if number not in versions:
            raise _no_such_version(name, number, sorted(versions))
        return versions[number]

    def _add(self, name: str, calendar: ServiceCalendar) -> None:
        known = self._versions[name].setdefault(calendar.version, calendar)
        if known != calendar:
            raise _said_twice(name, calendar.version)

    def _of(self, name: str) -> dict[int, ServiceCalendar]:
        if name not in self._versions:
            raise _unknown(name, self.names)
        return self._versions[name]


@cache
def shipped_calendars() -> Calendars:
    """The calendars that come with the product: palveluaika, arkipaiva, vuorokausi and 24/7, which are one.

    Beside them stand those of the invented counties: their units, channels and schools.
    """
    shipped = files("definitions")
    counties = (entry / "calendars" for entry in (shipped / "county").iterdir() if entry.is_dir())
    return Calendars(read_folders([shipped / "calendars", *(folder for folder in counties if folder.is_dir())]))


def calendars_of(folders: Sequence[Path]) -> Calendars:
    """The shipped calendars and a county's own, from its folders."""
    return Calendars([*shipped_calendars(), *read_folders(folders, beside=shipped_calendars())])


def _unknown(name: str, names: Sequence[str]) -> CalendarError:
    meant, known = near_miss(name, names), ", ".join(names)
    return CalendarError(
        fi=f'Kalenteria "{name}" ei ole'
        + (f'; tarkoititko "{meant}"? ' if meant else ". ")
        + f"Kalenterit ovat {known}.",
        sv=f"Kalendern ”{name}” finns inte"
        + (f"; menade du ”{meant}”? " if meant else ". ")
        + f"Kalendrarna är {known}.",
        en=f'There is no calendar "{name}"'
        + (f'; did you mean "{meant}"? ' if meant else ". ")
        + f"There are {known}.",
    )


def _no_such_version(name: str, number: int, versions: Sequence[int]) -> CalendarError:
    known = ", ".join(map(str, versions))
    return CalendarError(
        fi=f'Kalenterista "{name}" ei ole versiota {number}; versiot ovat {known}.',
        sv=f"Kalendern ”{name}” har ingen version {number}; versionerna är {known}.",
        en=f'Calendar "{name}" has no version {number}; there are {known}.',
    )


def _said_twice(name: str, number: int) -> CalendarError:
    return CalendarError(
        fi=f'Kalenterin "{name}" versiosta {number} on kaksi eri sisältöä; anna muutetulle oma versionumero.',
        sv=f"Version {number} av kalendern ”{name}” finns med två olika innehåll; ge den ändrade ett eget versionsnummer.",
        en=f'Version {number} of calendar "{name}" is given with two contents; give the changed one its own number.',
    )
