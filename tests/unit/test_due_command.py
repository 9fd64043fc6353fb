"""`pathways due`: what it answers, and what it refuses with which sentence."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from cli.calendar import calendar
from cli.due import due

FRIDAY_NIGHT = "2026-12-04T23:40+02:00"
CALENDARS = Path(__file__).parents[1] / "calendars"


def run(*arguments: str) -> Result:
    app = typer.Typer()
    app.command("due")(due)
    app.add_typer(calendar, name="calendar")
    return CliRunner().invoke(app, [*arguments])


def asked(received: str, within: str, *more: str) -> Result:
    return run("due", "--received", received, "--within", within, *more)


def answered(received: str, within: str, *more: str) -> dict[str, Any]:
    result = asked(received, within, *more, "--format", "json")
    assert result.exit_code == 0, result.output
    facts: dict[str, Any] = json.loads(result.stdout)
    return facts


def test_json_gives_local_times_with_their_offsets() -> None:
    facts = answered(FRIDAY_NIGHT, "1 week")

    assert facts["due_at"] == "2026-12-12T00:00:00+02:00"
    assert facts["due_on"] == "2026-12-11"
    assert facts["working_due_at"] == "2026-12-11T16:00:00+02:00"
    assert facts["effective_at"] == "2026-12-07T08:00:00+02:00"


def test_json_explains_in_sentences_and_in_intervals() -> None:
    facts = answered("2026-06-18T14:00+03:00", "7 working days")
    lasting = [each for each in facts["intervals"] if each["from"] != each["to"]]

    assert "ei lasketa: pe 19.6.2026 juhannusaatto" in facts["explanation"]
    assert [each["text"] for each in facts["intervals"]] == facts["explanation"]
    assert lasting[0]["from"] == "2026-06-18T14:00:00+03:00"
    assert lasting[-1]["to"] == facts["due_at"]
    assert sum(each["days"] for each in lasting) == 7


@pytest.mark.parametrize(
    ("lang", "head"),
    [
        ("fi", "Lupaus · 7 arkipäivää · ti 15.12.2026 klo 24.00"),
        ("sv", "Löfte · 7 vardagar · tis 15.12.2026 kl. 24.00"),
        ("en", "Promise · 7 working days · Tue 15 Dec 2026, 24:00"),
    ],
)
def test_text_begins_with_the_due_instant(lang: str, head: str) -> None:
    result = asked(FRIDAY_NIGHT, "7 working days", "--lang", lang)

    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == head
    assert len(result.stdout.splitlines()) > 8


def test_pauses_move_a_promise() -> None:
    paused = "2027-01-14T10:00+02:00/2027-01-21T09:00+02:00"
    facts = answered("2027-01-11T10:00+02:00", "1 week", "--pause", paused)

    assert facts["due_on"] == "2027-01-25"
    assert "tauolla 14.–21.1.: asiakas siirsi (määräaika siirtyy 7 päivää)" in facts["explanation"]


def test_several_pauses_may_be_given() -> None:
    facts = answered(
        "2026-12-01T12:00+02:00", "1 week",
        "--pause", "2026-12-07T10:00+02:00/2026-12-09T10:00+02:00", "--pause", "2026-12-10T08:00+02:00/2026-12-12T08:00+02:00",
    )  # fmt: skip

    assert facts["due_on"] == "2026-12-12"


@pytest.mark.parametrize("name", ["vuorokausi", "24/7"])
def test_one_calendar_has_two_names(name: str) -> None:
    assert answered("2027-03-27T23:30+02:00", "24 hours", "--calendar", name)["due_at"] == "2027-03-29T00:30:00+03:00"


def test_a_statutory_clock_may_roll_back() -> None:
    facts = answered("2026-11-30T12:00+02:00", "3 months", "--kind", "statutory", "--roll", "backward")

    assert facts["due_on"] == "2027-02-26"
    assert "laki: viimeistään pe 26.2.2027 klo 24.00" in facts["explanation"]


def test_any_offset_names_the_same_instant() -> None:
    assert answered("2026-12-04T21:40:00Z", "1 week") == answered("2026-12-05T02:40+05:00", "1 week")


def test_a_county_s_own_folder_of_calendars_may_be_used() -> None:
    facts = answered(
        "2027-02-18T12:00+02:00", "7 school days", "--calendar", "oppilaitos_espoo", "--calendars", str(CALENDARS)
    )

    assert facts["due_on"] == "2027-03-08"


ONE_WEEK = (FRIDAY_NIGHT, "1 week")


@pytest.mark.parametrize(
    ("arguments", "fi", "sv"),
    [
        ((FRIDAY_NIGHT, "1 day"), "24 hours", "24 hours"),
        ((FRIDAY_NIGHT, "7 arkipäivää"), '"7 working days"', "”7 working days”"),
        (("2026-12-04T23:40", "1 week"), "puuttuu aikavyöhyke", "saknar tidszon"),
        (("2026-12-04", "1 week"), "puuttuu aikavyöhyke", "saknar tidszon"),
        (("huomenna", "1 week"), "ei ole aika", "är ingen tid"),
        ((*ONE_WEEK, "--calendar", "palvelu"), '"palveluaika"', "”palveluaika”"),
        ((*ONE_WEEK, "--kind", "law"), "promise, statutory, target", "promise, statutory, target"),
        ((*ONE_WEEK, "--roll", "forwards"), '"forward"', "”forward”"),
        ((*ONE_WEEK, "--format", "xml"), "text, json", "text, json"),
        ((*ONE_WEEK, "--pause", "2026-12-05T10:00+02:00"), "kauttaviivalla", "snedstreck"),
        ((*ONE_WEEK, "--pause", "2026-12-05T10:00/2026-12-06T10:00+02:00"), "puuttuu aikavyöhyke", "saknar tidszon"),
        ((*ONE_WEEK, "--pause", "2026-12-06T10:00+02:00/2026-12-05T10:00+02:00"), "ensin tauon alku", "först början"),
        ((*ONE_WEEK, "--pause", "2026-12-06T10:00+02:00/2026-12-06T10:00+02:00"), "ensin tauon alku", "först början"),
        (
            (*ONE_WEEK, "--pause", "2026-12-04T10:00+02:00/2026-12-05T10:00+02:00"),
            "aikaisintaan pe 4.12.2026 klo 23.40",
            "tidigast",
        ),
        (
            (*ONE_WEEK, "--pause", "2026-12-12T00:00+02:00/2026-12-15T10:00+02:00"),
            "pe 11.12.2026 klo 24.00",
            "före tidsfristen",
        ),
        (
            (*ONE_WEEK, "--kind", "statutory", "--pause", "2026-12-05T10:00+02:00/2026-12-06T10:00+02:00"),
            "perusteltuna poikkeamana",
            "motiverad avvikelse",
        ),
        ((*ONE_WEEK, "--kind", "statutory", "--roll", "forward"), "none tai backward", "none eller backward"),
        ((FRIDAY_NIGHT, "7 working days", "--roll", "forward"), "vain päivät, viikot ja kuukaudet", "bara dagar"),
        ((FRIDAY_NIGHT, "7 working days", "--calendar", "24/7"), "ei sulkeudu koskaan", "aldrig stänger"),
        ((FRIDAY_NIGHT, "7 school days"), "oppilaitoksen kalenterilla", "läroanstalts kalender"),
        (("9999-12-31T12:00+02:00", "1 month"), "vuosien 1–9999", "åren 1–9999"),
        (("0001-01-01T00:00+02:00", "1 month"), "ei ole aika", "är ingen tid"),
        (("2026-12-04T24:40+02:00", "1 month"), "ei ole aika", "är ingen tid"),
    ],
)
def test_bad_input_is_refused_in_the_chosen_language_with_what_would_work(
    arguments: tuple[str, ...], fi: str, sv: str
) -> None:
    in_finnish, in_swedish = asked(*arguments), asked(*arguments, "--lang", "sv")

    assert in_finnish.exit_code == 2
    assert in_swedish.exit_code == 2
    assert fi in in_finnish.stderr
    assert sv in in_swedish.stderr
    assert in_finnish.stdout == ""
    assert "Traceback" not in in_finnish.stderr


def test_an_unknown_language_is_refused() -> None:
    result = asked(*ONE_WEEK, "--lang", "no")

    assert result.exit_code == 2
    assert "fi, sv or en" in result.stderr


def test_without_a_goal_or_a_contact_it_says_what_is_missing() -> None:
    assert run("due", "--within", "1 week").exit_code == 2
    assert run("due", "--received", FRIDAY_NIGHT).exit_code == 2


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = asked(*ONE_WEEK, "--calendars", str(tmp_path / "none"))

    assert result.exit_code == 2
    assert "none" in result.stderr


def test_help_explains_every_option() -> None:
    result = run("due", "--help")

    assert result.exit_code == 0
    for option in ("--received", "--within", "--calendar", "--kind", "--roll", "--pause", "--lang", "--format"):
        assert option in result.stdout


def test_closed_days_are_proposed_for_the_years_asked_for() -> None:
    result = run("calendar", "propose", "--from", "2027", "--until", "2027")

    assert result.exit_code == 0
    assert (
        "  2027-05-06: {fi: helatorstai, sv: Kristi himmelsfärdsdag, en: Ascension Day}" in result.stdout.splitlines()
    )
    assert result.stdout.count("\n  2027-") == 15


def test_what_is_shipped_is_what_was_proposed() -> None:
    """An upgrade of the library that knows other days is seen here, and moves nothing by itself."""
    proposed = run("calendar", "propose", "--from", "2024", "--until", "2031").stdout
    shipped = (Path(__file__).parents[2] / "definitions" / "calendars" / "palveluaika.yaml").read_text(encoding="utf-8")

    assert shipped.endswith(proposed)


def test_the_calendars_there_are_can_be_listed() -> None:
    listed = run("calendar", "list").stdout

    assert "vuorokausi, 24/7: version 1" in listed
    assert "holidays until 2031-12-31" in listed


def test_years_the_wrong_way_round_are_refused() -> None:
    assert run("calendar", "propose", "--from", "2028", "--until", "2027").exit_code == 2
