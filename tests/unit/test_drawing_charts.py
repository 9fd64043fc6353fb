"""The board's charts say what they show in one sentence, and give their figures in words."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.drawing.chart_words import percent
from engine.drawing.charts import Chart, Week, attainment, overdue, waiting
from engine.drawing.words import Language
from tests.unit.drawing import parsed

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")
TARGET = Decimal("0.95")
languages: st.SearchStrategy[Language] = st.sampled_from(LANGUAGES)
weeks = st.lists(
    st.integers(0, 60).flatmap(lambda judged: st.tuples(st.just(judged), st.integers(0, judged))), max_size=12
).map(lambda pairs: [Week(number, judged, kept) for number, (judged, kept) in enumerate(pairs, 40)])


def test_missed_weeks_are_named() -> None:
    chart = attainment([Week(46, 20, 18), Week(47, 20, 20), Week(48, 10, 9)], TARGET, "fi")

    assert chart.finding == "Tavoite 95\u00a0% jäi saavuttamatta viikoilla 46 ja 48."
    assert chart.rows[0] == ("46", "90\u00a0%", "18", "20")


def test_one_missed_week_is_named_in_the_singular() -> None:
    assert (
        attainment([Week(46, 20, 18), Week(47, 20, 20)], TARGET, "sv").finding
        == "Målet 95\u00a0% nåddes inte vecka 46."
    )


def test_a_target_met_every_week_is_said_so() -> None:
    assert (
        attainment([Week(46, 20, 19), Week(47, 1, 1)], TARGET, "en").finding == "The target of 95% was met every week."
    )


def test_a_week_without_any_judged_has_no_share() -> None:
    chart = attainment([Week(46, 0, 0)], TARGET, "fi")

    assert chart.finding == "Yhtään määräaikaa ei ole vielä ratkennut."
    assert chart.rows == (("46", "–", "0", "0"),)


def test_without_a_target_the_latest_week_is_told() -> None:
    assert attainment([Week(46, 4, 3), Week(47, 0, 0)], None, "fi").finding == "Viikolla 46 pidettiin 75\u00a0%."


def test_a_share_below_the_target_is_never_rounded_up_to_it() -> None:
    assert percent(Decimal("0.9496"), "fi", TARGET) == "94,9\u00a0%"
    assert percent(Decimal("0.9496"), "en", TARGET) == "94.9%"
    assert percent(Decimal("0.95"), "en", TARGET) == "95%"


def test_who_waited_longer_than_promised_is_counted() -> None:
    chart = waiting({0: 4, 5: 8, 6: 1}, 5, "working_day", "fi")

    assert chart.finding == "Luvattua pidempään odotti 1 asiakas; odottajia oli 13."
    assert ("5", "8", "ei") in chart.rows
    assert ("6", "1", "kyllä") in chart.rows


def test_when_nobody_waited_too_long_it_is_said_so() -> None:
    assert waiting({0: 4}, 5, "day", "sv").finding == "Ingen väntade längre än utlovat; 4 väntade sammanlagt."
    assert waiting({}, 5, "day", "sv").finding == "Ingen har väntat under den här tiden."


def test_the_unit_with_most_overdue_is_named_first() -> None:
    chart = overdue([("Espoo", 1), ("Kauniainen", 3), ("Siuntio", 0)], "fi")

    assert chart.finding == "Myöhässä on yhteensä 4, eniten (3) yksikössä Kauniainen."
    assert chart.rows == (("Kauniainen", "3"), ("Espoo", "1"), ("Siuntio", "0"))


@pytest.mark.parametrize(
    ("units", "finding"),
    [
        ([], "Mikään ei ole myöhässä."),
        ([("Espoo", 0)], "Mikään ei ole myöhässä."),
        ([("Espoo", 1)], "Myöhässä on 1, yksikössä Espoo."),
        ([("Espoo", 2), ("Inkoo", 2)], "Myöhässä on yhteensä 4, eniten (2) yksiköissä Espoo ja Inkoo."),
    ],
)
def test_overdue_is_told_in_the_right_number(units: list[tuple[str, int]], finding: str) -> None:
    assert overdue(units, "fi").finding == finding


@settings(max_examples=40, deadline=None)
@given(weeks, st.dictionaries(st.integers(0, 120), st.integers(0, 40), max_size=12), st.integers(0, 95), languages)
def test_every_chart_is_whole(judged: list[Week], waits: dict[int, int], promised: int, language: Language) -> None:
    charts = [attainment(judged, TARGET, language), waiting(waits, promised, "day", language)]
    charts.append(overdue([(f"Yksikkö {number}", number) for number in waits], language))

    assert sum(int(row[1]) for row in charts[1].rows) == sum(waits.values())
    for chart in charts:
        _is_whole(chart)


def _is_whole(chart: Chart) -> None:
    """A chart is well-formed, named, within its frame, and has nothing a strict content policy refuses."""
    picture = parsed(chart.svg)
    wide, high = (float(number) for number in picture.attrib["viewBox"].split()[2:])
    assert picture.attrib["role"] == "img"
    assert [child.text for child in picture[:2]] == [chart.title, chart.finding]
    assert all(len(row) == len(chart.heads) for row in chart.rows)
    assert not re.search(r"<style|<script|style=| on\w+=|nan|inf", chart.svg)
    for rect in picture.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(rect.attrib["height"]) >= 0
        assert float(rect.attrib["width"]) >= 0
    for text in picture.findall("{http://www.w3.org/2000/svg}text"):
        assert 0 <= float(text.attrib["x"]) <= wide
        assert 8 <= float(text.attrib["y"]) <= high
