"""Every due instant can be explained interval by interval, in Finnish, Swedish and English (rule 29)."""

from datetime import timedelta

import pytest

from pathways.due_explanation import ExplanationLine, explain
from pathways.due_instant import Kind, Roll
from pathways.goal import parse_goal
from pathways.local_time import TZDATA_VERSION
from pathways.time_refusals import PauseError
from pathways.time_words import Language
from pathways.working_time import Pause
from tests.unit.working_time import a_calendar, a_pause, at, due, school, shipped


def lines(
    start: str, goal: str, *pauses: Pause, calendar: str = "palveluaika", lang: Language = "fi", roll: Roll = "none",
    kind: Kind = "promise",
) -> list[ExplanationLine]:  # fmt: skip
    return explain(at(start), pauses, parse_goal(goal), shipped(calendar), roll=roll, kind=kind, lang=lang)


def said(*arguments: object, **options: object) -> list[str]:
    """The sentences without the last one, which names calendar and time zone data."""
    return [line.text for line in lines(*arguments, **options)][:-1]  # type: ignore[arg-type]


@pytest.mark.rule(29)
def test_working_days_are_told_in_finnish() -> None:
    assert said("2027-06-24 14:00", "7 working days", kind="statutory") == [
        "vastaanotettu: to 24.6.2027 klo 14.00",
        "ei lasketa: to 24.6.2027 alkamispäivä",
        "ei lasketa: pe 25.6.2027 juhannusaatto",
        "ei lasketa: la 26.6.2027 juhannuspäivä",
        "ei lasketa: su 27.6.2027 viikonloppu",
        "lasketaan: ma 28.6. – pe 2.7.2027, arkipäivät 1–5",
        "ei lasketa: la 3.7. – su 4.7.2027 viikonloppu",
        "lasketaan: ma 5.7. – ti 6.7.2027, arkipäivät 6–7",
        "laki: viimeistään ti 6.7.2027 klo 24.00",
        "työtakaraja: ti 6.7.2027 klo 16.00",
    ]


def test_working_days_are_told_in_swedish() -> None:
    assert said("2026-12-04 23:40", "7 working days", lang="sv") == [
        "mottaget: fre 4.12.2026 kl. 23.40",
        "servicetiden börjar mån 7.12.2026 kl. 8.00; tiden räknas ändå från kontakten",
        "räknas inte: fre 4.12.2026 startdagen",
        "räknas inte: lör 5.12.2026 veckoslut",
        "räknas inte: sön 6.12.2026 självständighetsdagen",
        "räknas: mån 7.12 – fre 11.12.2026, vardagarna 1–5",
        "räknas inte: lör 12.12 – sön 13.12.2026 veckoslut",
        "räknas: mån 14.12 – tis 15.12.2026, vardagarna 6–7",
        "löfte: senast tis 15.12.2026 kl. 24.00",
        "arbetsfrist: tis 15.12.2026 kl. 16.00",
    ]


@pytest.mark.parametrize(
    ("lang", "began", "opens"),
    [
        (
            "fi",
            "alkoi: pe 4.12.2026 klo 23.40",
            "palveluaika alkaa ma 7.12.2026 klo 8.00; aika lasketaan kuitenkin jo tästä hetkestä",
        ),
        (
            "sv",
            "började: fre 4.12.2026 kl. 23.40",
            "servicetiden börjar mån 7.12.2026 kl. 8.00; tiden räknas ändå redan från denna stund",
        ),
        (
            "en",
            "began: Fri 4 Dec 2026, 23:40",
            "service hours begin Mon 7 Dec 2026, 08:00; the time still counts from this moment",
        ),
    ],
)
def test_a_clock_that_no_contact_started_began_and_was_not_received(lang: Language, began: str, opens: str) -> None:
    told = explain(at("2026-12-04 23:40"), (), parse_goal("1 week"), shipped(), of_contact=False, lang=lang)

    assert [line.text for line in told[:2]] == [began, opens]


def test_working_days_are_told_in_english() -> None:
    assert said("2026-12-22 12:00", "1 working day", lang="en", kind="target") == [
        "received: Tue 22 Dec 2026, 12:00",
        "not counted: Tue 22 Dec 2026, the starting day",
        "counted: Wed 23 Dec 2026, working day 1",
        "target: by Wed 23 Dec 2026, 24:00",
        "working due: Wed 23 Dec 2026, 16:00",
    ]


@pytest.mark.rule(29)
def test_a_pause_is_told_as_people_say_it() -> None:
    offered = a_pause("2027-01-14 10:00", "2027-01-21 09:00")

    assert said("2027-01-11 10:00", "1 week", offered)[2:5] == [
        "lasketaan: ti 12.1. – ke 13.1.2027, päivät 1–2",
        "tauolla 14.–21.1.: asiakas siirsi (määräaika siirtyy 7 päivää)",
        "lasketaan: to 21.1. – ma 25.1.2027, päivät 3–7",
    ]
    assert "pausat 14–21.1: klienten flyttade tiden (tidsfristen flyttas 7 dagar)" in said(
        "2027-01-11 10:00", "1 week", offered, lang="sv"
    )
    assert "paused 14–21 Jan: the client postponed (the due time moves by 7 days)" in said(
        "2027-01-11 10:00", "1 week", offered, lang="en"
    )
    assert "tauolla 14.–21.1.: asiakas siirsi (määräaika siirtyy 5 arkipäivää)" in said(
        "2027-01-11 10:00", "7 working days", offered
    )


def test_a_county_s_own_reason_stands_as_it_was_written() -> None:
    away = a_pause("2026-12-28 10:00", "2027-01-02 09:00", "asiakas matkoilla")

    assert "tauolla 28.12.2026–2.1.2027: asiakas matkoilla (määräaika siirtyy 5 päivää)" in said(
        "2026-12-24 10:00", "1 week", away
    )


def test_a_pause_that_moves_nothing_says_so() -> None:
    short = a_pause("2027-01-14 10:00", "2027-01-14 12:00")
    on_day_zero = a_pause("2027-01-11 11:00", "2027-01-12 12:00")

    assert "tauolla to 14.1.2027 klo 10.00–12.00: asiakas siirsi (määräaika ei siirry)" in said(
        "2027-01-11 10:00", "1 week", short
    )
    assert "tauolla 11.–12.1.: asiakas siirsi (määräaika ei siirry)" in said("2027-01-11 10:00", "1 week", on_day_zero)


def test_one_day_is_said_in_the_singular() -> None:
    one_day = a_pause("2027-01-14 10:00", "2027-01-15 09:00")

    assert "tauolla 14.–15.1.: asiakas siirsi (määräaika siirtyy 1 päivän)" in said(
        "2027-01-11 10:00", "1 week", one_day
    )
    assert "pausat 14–15.1: klienten flyttade tiden (tidsfristen flyttas 1 dag)" in said(
        "2027-01-11 10:00", "1 week", one_day, lang="sv"
    )


def test_the_same_day_waits_for_the_opening() -> None:
    assert said("2026-12-04 23:40", "same day") == [
        "vastaanotettu: pe 4.12.2026 klo 23.40",
        "ei lasketa: pe 4.12. klo 23.40 – ma 7.12.2026 klo 8.00, suljettu (viikonloppu, su 6.12. itsenäisyyspäivä)",
        "lasketaan: ma 7.12.2026 klo 8.00–24.00, palvelupäivä",
        "lupaus: viimeistään ma 7.12.2026 klo 24.00",
        "työtakaraja: ma 7.12.2026 klo 16.00",
    ]


def test_the_same_day_after_the_last_contact_says_until_when_it_is_taken() -> None:
    calendar = a_calendar(last_contact_for_same_day="15:00")
    told = explain(at("2026-12-01 15:30"), (), parse_goal("same day"), calendar, lang="sv")

    assert told[1].text == (
        "räknas inte: tis 1.12 kl. 15.30 – ons 2.12.2026 kl. 8.00, ärenden för samma dag tas emot till kl. 15.00"
    )


def test_the_same_day_of_a_paused_contact_moves_with_the_pause() -> None:
    moved = a_pause("2026-12-04 15:45", "2026-12-07 18:00")

    assert said("2026-12-04 15:30", "same day", moved)[1:5] == [
        "lasketaan: pe 4.12.2026 klo 15.30–15.45, 15 min",
        "tauolla pe 4.12. klo 15.45 – ma 7.12.2026 klo 18.00: asiakas siirsi (palvelupäivä siirtyy)",
        "ei lasketa: ma 7.12. klo 18.00 – ti 8.12.2026 klo 8.00, suljettu",
        "lasketaan: ti 8.12.2026 klo 8.00–24.00, palvelupäivä",
    ]


def test_service_hours_name_what_lay_between() -> None:
    assert said("2026-12-04 15:30", "2 service hours", lang="en") == [
        "received: Fri 4 Dec 2026, 15:30",
        "counted: Fri 4 Dec 2026, 15:30–16:00, 30 min",
        "not counted: Fri 4 Dec, 16:00 – Mon 7 Dec 2026, 08:00, closed (weekend, Sun 6 Dec Independence Day)",
        "counted: Mon 7 Dec 2026, 08:00–09:30, 1 h 30 min",
        "promise: by Mon 7 Dec 2026, 09:30",
    ]


def test_service_hours_say_how_much_a_pause_took() -> None:
    away = a_pause("2026-12-04 15:45", "2026-12-07 09:00")

    assert "tauolla pe 4.12. klo 15.45 – ma 7.12.2026 klo 9.00: asiakas siirsi (määräaika siirtyy 1 h 15 min)" in said(
        "2026-12-04 15:30", "2 service hours", away
    )


def test_hours_over_the_spring_night_say_that_the_clocks_change() -> None:
    assert said("2027-03-27 23:30", "24 hours", calendar="24/7") == [
        "vastaanotettu: la 27.3.2027 klo 23.30",
        "lasketaan: la 27.3. klo 23.30 – ma 29.3.2027 klo 0.30, 24 h",
        "kesäaika alkaa su 28.3.2027: vuorokaudessa on 23 tuntia, ja aika lasketaan kuluneina tunteina",
        "lupaus: viimeistään ma 29.3.2027 klo 0.30",
    ]
    assert "sommartiden slutar sön 31.10.2027" in said("2027-10-30 23:30", "24 hours", calendar="24/7", lang="sv")[2]


def test_a_time_that_comes_twice_says_which_one_it_was() -> None:
    second = explain(at("2027-10-31 03:30", second=True), (), parse_goal("same day"), shipped("24/7"), lang="fi")
    first = explain(at("2027-10-31 03:30"), (), parse_goal("same day"), shipped("24/7"), lang="sv")

    assert second[0].text == "vastaanotettu: su 31.10.2027 klo 3.30 talviaikaa"
    assert first[0].text == "mottaget: sön 31.10.2027 kl. 3.30 sommartid"


def test_a_closed_last_day_says_where_it_went() -> None:
    assert said("2026-10-24 12:00", "1 week", roll="forward")[4] == ("ei lasketa: su 1.11.2026 viikonloppu")
    assert said("2026-10-24 12:00", "1 week", roll="forward")[5] == (
        "siirtyy: viimeisenä päivänä la 31.10.2026 on suljettu (pyhäinpäivä),"
        " joten määräaika siirtyy seuraavaan aukiolopäivään ma 2.11."
    )
    assert said("2026-11-30 12:00", "3 months", roll="backward", kind="statutory", lang="sv")[3] == (
        "tidigareläggs: den sista dagen sön 28.2.2027 är det stängt (veckoslut),"
        " så tidsfristen går ut redan föregående öppna dag fre 26.2"
    )
    assert said("2026-12-24 12:00", "2 days", roll="backward")[-2].startswith(
        "ei aikaistu: viimeisenä päivänä la 26.12.2026"
    )


def test_holidays_that_are_not_published_are_confessed() -> None:
    assert (
        "huomaa: kalenteriin ei ole kirjattu vuoden 2040 pyhäpäiviä, joten ne on laskettu tavallisina päivinä"
        in said("2040-12-20 12:00", "1 week")
    )
    assert not any("huomaa" in text for text in said("2031-12-20 12:00", "1 week"))


@pytest.mark.rule(12, 29)
@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_every_explanation_names_its_calendar_and_its_time_zone_data(lang: Language) -> None:
    last = lines("2026-12-04 23:40", "1 week", lang=lang)[-1].text

    assert "palveluaika" in last
    assert "Europe/Helsinki" in last
    assert f"tzdata {TZDATA_VERSION}" in last


def test_a_school_holiday_is_called_by_its_name() -> None:
    told = explain(at("2027-02-18 12:00"), (), parse_goal("7 school days"), school(), lang="fi")

    assert [line.text for line in told if line.effect == "not_counted"][1:3] == [
        "ei lasketa: la 20.2. – su 21.2.2027 viikonloppu",
        "ei lasketa: ma 22.2. – pe 26.2.2027 hiihtoloma",
    ]
    assert sum(line.days for line in told) == 7


@pytest.mark.rule(29)
def test_the_intervals_add_up_to_the_span() -> None:
    found = due("2026-12-04 23:40", "7 working days")
    told = lines("2026-12-04 23:40", "7 working days")

    assert sum((line.length for line in told), timedelta(0)) == found.due_at - at("2026-12-04 23:40")


def test_what_due_refuses_is_not_explained_either() -> None:
    with pytest.raises(PauseError, match="never pauses"):
        lines("2026-12-04 23:40", "1 week", a_pause("2026-12-05 10:00", "2026-12-06 10:00"), kind="statutory")
