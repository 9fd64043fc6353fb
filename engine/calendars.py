"""The calendars there are, by name and version: read from files, looked up by when a promise starts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError

from engine.findings import DefinitionRefused
from engine.model_errors import findings_of
from engine.source import plain
from engine.yaml_text import read_yaml
from pathways.calendar import ServiceCalendar
from pathways.near_miss import near_miss
from pathways.time_refusals import CalendarError


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
    """The calendars that come with the product: palveluaika, arkipaiva, vuorokausi and 24/7, which are one."""
    return Calendars(_read_folder(files("definitions") / "calendars"))


def calendars_of(folders: Sequence[Path]) -> Calendars:
    """The shipped calendars and a county's own, from its folders."""
    own = [calendar for folder in folders for calendar in _read_folder(folder)]
    return Calendars([*shipped_calendars(), *own])


def read_calendar(text: str, file: str) -> ServiceCalendar:
    """A calendar from its YAML text; `DefinitionRefused` names the file, line and column of what is wrong."""
    node = read_yaml(text, file)
    try:
        return ServiceCalendar.model_validate(plain(node))
    except ValidationError as error:
        raise DefinitionRefused(findings_of(error, ServiceCalendar, node)) from None


def _read_folder(folder: Traversable) -> Iterator[ServiceCalendar]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".yaml"):
            yield read_calendar(entry.read_text(encoding="utf-8"), str(entry))


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
