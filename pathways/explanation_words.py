"""The sentences of an explanation, in Finnish, Swedish and English. What they say is decided in `due_explanation`."""

from dataclasses import dataclass
from datetime import date, datetime

from pathways.calendar import ServiceCalendar
from pathways.goal import Goal, Unit, goal_in_words
from pathways.local_time import ONE_DAY
from pathways.time_words import (
    Language,
    dates_in_words,
    day_in_words,
    days_in_words,
    exactly_in_words,
    span_in_words,
)

_REASONS: dict[str, dict[Language, str]] = {
    "client_postponed": {"fi": "asiakas siirsi", "sv": "klienten flyttade tiden", "en": "the client postponed"},
}
_KINDS: dict[str, dict[Language, str]] = {
    "promise": {"fi": "lupaus", "sv": "löfte", "en": "promise"},
    "statutory": {"fi": "laki", "sv": "lag", "en": "law"},
    "target": {"fi": "tavoite", "sv": "mål", "en": "target"},
}
_DAY_NUMBERS: dict[Unit, dict[Language, tuple[str, str]]] = {
    "working_day": {
        "fi": ("arkipäivä", "arkipäivät"), "sv": ("vardag", "vardagarna"), "en": ("working day", "working days")
    },
    "school_day": {"fi": ("koulupäivä", "koulupäivät"), "sv": ("skoldag", "skoldagarna"), "en": ("school day", "school days")},
    "day": {"fi": ("päivä", "päivät"), "sv": ("dag", "dagarna"), "en": ("day", "days")},
}  # fmt: skip
_SENTENCES: dict[str, dict[Language, str]] = {
    "received": {"fi": "vastaanotettu: {at}", "sv": "mottaget: {at}", "en": "received: {at}"},
    "opens": {
        "fi": "palveluaika alkaa {at}; aika lasketaan kuitenkin yhteydenotosta",
        "sv": "servicetiden börjar {at}; tiden räknas ändå från kontakten",
        "en": "service hours begin {at}; the time still counts from the contact",
    },
    "began": {"fi": "alkoi: {at}", "sv": "började: {at}", "en": "began: {at}"},
    "opens_later": {
        "fi": "palveluaika alkaa {at}; aika lasketaan kuitenkin jo tästä hetkestä",
        "sv": "servicetiden börjar {at}; tiden räknas ändå redan från denna stund",
        "en": "service hours begin {at}; the time still counts from this moment",
    },
    "counted": {"fi": "lasketaan: {what}", "sv": "räknas: {what}", "en": "counted: {what}"},
    "not_counted": {
        "fi": "ei lasketa: {when} {why}",
        "sv": "räknas inte: {when} {why}",
        "en": "not counted: {when}, {why}",
    },
    "closed": {"fi": "ei lasketa: {when}, {why}", "sv": "räknas inte: {when}, {why}", "en": "not counted: {when}, {why}"},
    "paused": {"fi": "tauolla {when}: {why} ({effect})", "sv": "pausat {when}: {why} ({effect})", "en": "paused {when}: {why} ({effect})"},
    "moves": {"fi": "määräaika siirtyy {much}", "sv": "tidsfristen flyttas {much}", "en": "the due time moves by {much}"},
    "moves_not": {"fi": "määräaika ei siirry", "sv": "tidsfristen flyttas inte", "en": "the due time stays"},
    "moves_service_day": {"fi": "palvelupäivä siirtyy", "sv": "servicedagen flyttas", "en": "the service day moves"},
    "start_day": {"fi": "alkamispäivä", "sv": "startdagen", "en": "the starting day"},
    "shut": {"fi": "suljettu", "sv": "stängt", "en": "closed"},
    "last_contact": {
        "fi": "saman päivän asiat otetaan vastaan klo {time} asti",
        "sv": "ärenden för samma dag tas emot till kl. {time}",
        "en": "same-day matters are taken until {time}",
    },
    "service_day": {"fi": "palvelupäivä", "sv": "servicedagen", "en": "the service day"},
    "forward": {
        "fi": "siirtyy: viimeisenä päivänä {last} on suljettu ({why}), joten määräaika siirtyy seuraavaan aukiolopäivään {day}",
        "sv": "flyttas: den sista dagen {last} är det stängt ({why}), så tidsfristen flyttas till nästa öppna dag {day}",
        "en": "moves: the last day {last} is closed ({why}), so the next open day, {day}, is due",
    },
    "backward": {
        "fi": "aikaistuu: viimeisenä päivänä {last} on suljettu ({why}), joten määräaika on jo edellisenä aukiolopäivänä {day}",
        "sv": "tidigareläggs: den sista dagen {last} är det stängt ({why}), så tidsfristen går ut redan föregående öppna dag {day}",
        "en": "comes earlier: the last day {last} is closed ({why}), so the open day before, {day}, is due",
    },
    "stays": {
        "fi": "ei aikaistu: viimeisenä päivänä {last} on suljettu ({why}), mutta edellinen aukiolopäivä olisi ennen alkamispäivää"
        " tai tauolla",
        "sv": "tidigareläggs inte: den sista dagen {last} är det stängt ({why}), men föregående öppna dag skulle infalla före"
        " startdagen eller under pausen",
        "en": "stays: the last day {last} is closed ({why}), but the open day before lies before the start or in a pause",
    },
    "summer": {
        "fi": "kesäaika alkaa {day}: vuorokaudessa on 23 tuntia, ja aika lasketaan kuluneina tunteina",
        "sv": "sommartiden börjar {day}: dygnet har 23 timmar, och tiden räknas i förflutna timmar",
        "en": "summer time begins {day}: that day has 23 hours, and the time is counted in hours that have passed",
    },
    "winter": {
        "fi": "kesäaika päättyy {day}: vuorokaudessa on 25 tuntia, ja aika lasketaan kuluneina tunteina",
        "sv": "sommartiden slutar {day}: dygnet har 25 timmar, och tiden räknas i förflutna timmar",
        "en": "summer time ends {day}: that day has 25 hours, and the time is counted in hours that have passed",
    },
    "due": {"fi": "{kind}: viimeistään {at}", "sv": "{kind}: senast {at}", "en": "{kind}: by {at}"},
    "working_due": {"fi": "työtakaraja: {at}", "sv": "arbetsfrist: {at}", "en": "working due: {at}"},
    "unknown_holidays": {
        "fi": "huomaa: kalenteriin ei ole kirjattu vuoden {year} pyhäpäiviä, joten ne on laskettu tavallisina päivinä",
        "sv": "observera: kalendern saknar helgdagarna för år {year}, så de har räknats som vanliga dagar",
        "en": "note: the calendar doesn't have the public holidays of {year}, so they were counted as ordinary days",
    },
    "calendar": {
        "fi": "kalenteri: {name}, versio {version}, {zone}; aikavyöhyketiedot tzdata {tzdata}",
        "sv": "kalender: {name}, version {version}, {zone}; tidszonsdata tzdata {tzdata}",
        "en": "calendar: {name}, version {version}, {zone}; time zone data tzdata {tzdata}",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Says the parts of an explanation in one language and one time zone."""

    lang: Language
    zone: str

    def say(self, sentence: str, **facts: object) -> str:
        """A sentence with its facts."""
        return _SENTENCES[sentence][self.lang].format(**facts)

    def kind(self, kind: str) -> str:
        """Which clock it is: "lupaus", "laki", "tavoite"."""
        return _KINDS[kind][self.lang]

    def reason(self, reason: str) -> str:
        """Why it was paused; a reason of the county's own stands as it was written."""
        return _REASONS[reason][self.lang] if reason in _REASONS else reason

    def numbered(self, first: int, last: int, unit: Unit) -> str:
        """Which of the counted days these are: "arkipäivät 1–5", "arkipäivä 6"."""
        one, many = _DAY_NUMBERS.get(unit, _DAY_NUMBERS["day"])[self.lang]
        return f"{one} {last}" if first == last else f"{many} {first}–{last}"

    def moved_by(self, days: int, unit: Unit) -> str:
        """By how many days a pause moved the due time: "määräaika siirtyy 1 päivän", "… 5 arkipäivää"."""
        much = goal_in_words(Goal(number=days, unit=unit), self.lang)
        return self.say("moves", much=f"{much}n" if days == 1 and self.lang == "fi" else much)

    def shut_between(self, calendar: ServiceCalendar, begins: datetime, opens: datetime) -> str:
        """ "suljettu", with what the closed days between a closing and the next opening are called."""
        named, day, last = [], calendar.local_date(begins), calendar.local_date(opens)
        while day < last:
            why = None if calendar.is_open_day(day) else calendar.why_closed(day, self.lang)
            named += [f"{self.day(day)} {why}" if calendar.has_name(day) else why] if why else []
            day += ONE_DAY
        return f"{self.say('shut')} ({', '.join(dict.fromkeys(named))})" if named else self.say("shut")

    def at(self, instant: datetime, *, ends: bool = False) -> str:
        """An instant with its year; midnight as 24.00 when it ends something."""
        return exactly_in_words(instant, self.lang, zone=self.zone, midnight="ends" if ends else "begins")

    def span(self, begins: datetime, ends: datetime) -> str:
        """An interval between two instants."""
        return span_in_words(begins, ends, self.lang, self.zone)

    def days(self, first: date, last: date) -> str:
        """A span of days with weekdays and year."""
        return days_in_words(first, last, self.lang)

    def dates(self, first: date, last: date, *, seen_from: date) -> str:
        """A span of dates, as a pause is said: "14.–21.1."."""
        return dates_in_words(first, last, self.lang, year=last.year != seen_from.year)

    def day(self, day: date) -> str:
        """A day with its weekday, in a sentence that has said the year."""
        return day_in_words(day, self.lang)
