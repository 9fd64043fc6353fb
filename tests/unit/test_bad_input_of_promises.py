"""What promises can't be counted with is refused at each door that takes it: where, what, and what would work, in fi, sv, en.

The doors here: a calendar's file, the checker of definitions, `pathways due`. Those of the API are in
`tests/integration/test_api_bad_promises.py`.
"""

from dataclasses import dataclass

import pytest

from engine.calendars import read_calendar
from engine.findings import DefinitionRefused, Finding
from pathways.definition_parts import LANGUAGES
from tests.definitions.breaking import edited, findings_in
from tests.unit.test_due_command import asked

# --- a calendar's file ---

CALENDAR = """key: oma
version: 1
valid_from: 2026-01-01
title: {fi: Oma, sv: Egen, en: Own}
zone: Europe/Helsinki
weekly: {mon-fri: ["8:00-16:00"]}
exceptions:
  2026-12-23: {hours: ["8:00-12:00"], reason: {fi: juhla, sv: fest, en: party}}
"""
SAME_DAY = '  2026-12-23: {hours: ["8:00-12:00"], reason: {fi: juhla, sv: fest, en: party}}\n'


@dataclass(frozen=True)
class Bad:
    """An edit, the line it is found on, and a piece of what is said in each language."""

    name: str
    edit: tuple[str, str]
    line: int
    says: tuple[str, str, str]

    def __str__(self) -> str:
        return self.name


CALENDARS = (
    Bad(
        "a zone that doesn't exist",
        ("Europe/Helsinki", "Europe/Espoo"),
        5,
        ('"Europe/Espoo" ei ole aikavyöhyke; kirjoita', "ingen tidszon; skriv", "is not a time zone; write"),
    ),
    Bad(
        "no open day",
        ('["8:00-16:00"]}', "[]}"),
        6,
        ("ei ole koskaan auki; anna", "aldrig öppen; ange", "never opens; give opening hours"),
    ),
    Bad(
        "an end before its beginning",
        ("8:00-16:00", "16:00-8:00"),
        6,
        ("päättyy ennen alkuaan", "slutar före sin början", "closes before it opens"),
    ),
    Bad(
        "overlapping hours of an exception",
        ('["8:00-12:00"]', '["8:00-12:00", "11:30-14:00"]'),
        8,
        ("menevät päällekkäin; yhdistä", "överlappar varandra; slå ihop", "overlap; join them"),
    ),
    Bad(
        "two exceptions of one day",
        (SAME_DAY, SAME_DAY + "  2026-12-23: {reason: {fi: juhla, sv: fest, en: party}}\n"),
        9,
        ("on jo rivillä 8", "finns redan på rad 8", "already stands on line 8"),
    ),
    Bad(
        "hours that are none",
        ('["8:00-12:00"]', '["8-12"]'),
        8,
        ('kirjoita esimerkiksi "8:00-16:00"', "skriv till exempel ”8:00-16:00”", 'write for example "8:00-16:00"'),
    ),
)


@pytest.mark.parametrize("bad", CALENDARS, ids=str)
def test_a_calendar_that_can_not_be_is_refused_at_its_line(bad: Bad) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        read_calendar(CALENDAR.replace(*bad.edit), "oma.yaml")

    found = refused.value.findings[0]
    assert str(found.place).startswith(f"oma.yaml:{bad.line}:")
    assert_said(found, bad.says)


# --- the checker of definitions ---

WEEK = "    within: 2 weeks\n"
DEFINITIONS = (
    Bad(
        "an unknown calendar",
        (WEEK, WEEK + "    calendar: palvelu\n"),
        0,
        ('tarkoititko "palveluaika"', 'menade du "palveluaika"', 'did you mean "palveluaika"'),
    ),
    Bad("an unknown law", ("{law: D-10}", "{law: D-99}"), 0, ("Kellot: D-01", "Klockor: D-01", "Clocks: D-01")),
    Bad(
        "one day",
        ("within: 2 weeks", "within: 1 day"),
        0,
        ('"24 hours"', "”24 hours”", '"24 hours"'),
    ),
    Bad(
        "working days where nothing closes",
        (WEEK, "    within: 7 working days\n    calendar: 24/7\n"),
        0,
        ("ei sulkeudu koskaan. Valitse", "aldrig stänger. Välj", "never closes. Choose"),
    ),
    Bad(
        "a pause of a statutory clock",
        ("{law: D-10}", "{law: D-10, pause_on: [client_postponed]}"),
        0,
        ("lakisääteinen määräaika ei pysähdy", "stannar inte", "a statutory clock never pauses"),
    ),
    Bad(
        "a ladder's wording that names no instant",
        (WEEK, WEEK + "    warn: [at 200%]\n"),
        0,
        ('tarkoititko "at 50%"', "menade du ”at 50%”", 'did you mean "at 50%"'),
    ),
)


@pytest.mark.parametrize("bad", DEFINITIONS, ids=str)
def test_a_promise_that_can_not_be_counted_is_found_by_the_checker(bad: Bad) -> None:
    text = edited(bad.edit)
    wrong = next(number for number, line in enumerate(text.splitlines(), 1) if _new_words(bad) in line)

    found = [one for one in findings_in(text) if one.severity == "error"]

    said = [one for one in found if bad.says[2] in f"{one.sentence('en')} {one.remedy('en')}"]
    assert said, [(one.code, one.sentence("en"), one.remedy("en")) for one in found]
    assert abs(said[0].place.line - wrong) <= 1
    assert_said(said[0], bad.says)


def _new_words(bad: Bad) -> str:
    """The last line of the edit that wasn't there before."""
    return bad.edit[1].strip().splitlines()[-1]


def assert_said(finding: Finding, says: tuple[str, str, str]) -> None:
    """Each language says its own piece, and no sentence of another slips in."""
    for language, piece in zip(LANGUAGES, says, strict=True):
        assert piece in f"{finding.sentence(language)} {finding.remedy(language)}", language


# --- `pathways due` ---

FRIDAY = "2026-12-04T23:40+02:00"
PAUSE = "2026-12-06T10:00+02:00/2026-12-08T10:00+02:00"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((FRIDAY, "1 week", "--calendar", "palvelu"), ("tarkoititko", "menade du", "did you mean")),
        ((FRIDAY, "1 day"), ('"24 hours"', "”24 hours”", '"24 hours"')),
        ((FRIDAY, "7 working days", "--calendar", "24/7"), ("ei sulkeudu", "aldrig stänger", "never closes")),
        (
            (FRIDAY, "1 week", "--kind", "statutory", "--pause", PAUSE),
            ("perusteltuna poikkeamana", "motiverad avvikelse", "justified deviation"),
        ),
        ((FRIDAY, "1 week", "--pause", "2026-12-06T10:00+02:00"), ("ei ole loppua", "saknar slut", "has no end")),
        (
            (FRIDAY, "1 week", "--pause", "2026-12-04T10:00+02:00/2026-12-08T10:00+02:00"),
            ("voi alkaa aikaisintaan", "kan börja tidigast", "at the earliest"),
        ),
        (
            (FRIDAY, "1 week", "--pause", "2026-12-12T10:00+02:00/2026-12-18T10:00+02:00"),
            ("alettava ennen määräaikaa", "börja före tidsfristen", "begin before the due"),
        ),
        (
            (FRIDAY, "1 week", "--pause", PAUSE, "--pause", "2026-12-07T10:00+02:00/2026-12-09T10:00+02:00"),
            ("menevät päällekkäin", "överlappar", "overlap"),
        ),
        (
            (FRIDAY, "1 week", "--pause", "2026-12-08T10:00+02:00/2026-12-06T10:00+02:00"),
            ("Anna ensin", "Ange först", "Give its beginning first"),
        ),
        (("2026-12-04T23:40", "1 week"), ("puuttuu aikavyöhyke", "saknar tidszon", "has no offset")),
        (
            (FRIDAY, "1 week", "--pause", "2026-12-06T10:00/2026-12-08T10:00+02:00"),
            ("puuttuu aikavyöhyke", "saknar tidszon", "has no offset"),
        ),
    ],
)
def test_due_refuses_what_can_not_be_counted(arguments: tuple[str, ...], says: tuple[str, str, str]) -> None:
    for language, piece in zip(LANGUAGES, says, strict=True):
        result = asked(*arguments, "--lang", language)

        assert (result.exit_code, result.stdout) == (2, "")
        assert piece in result.stderr
