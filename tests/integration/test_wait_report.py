"""Waits by hand: six matters whose four timestamps one can count on paper, and the backlog they make."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from engine.access_log import ACCESS_LOG
from engine.ids import new_id
from engine.published import publish
from engine.read_models.backlog_report import BacklogReport, backlog_report
from engine.read_models.episode_list import episode_list
from engine.read_models.wait_report import WaitReport, half_year, wait_report
from engine.reader import read_pathway
from engine.shelf import load_shelf
from engine.store import EVENT_TABLE as EVENT
from pathways import commands as c
from pathways.errors import Malformed, NotAllowed, UnknownThing
from tests.integration.reported_town import a_database, at, until
from tests.town import Town, town

HOUR, DAY = 3600, 86_400
DECEMBER: dict[str, Any] = {"from_on": date(2026, 12, 1), "to_on": date(2026, 12, 31)}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with a_database(request, tmp_path_factory.mktemp("waits")) as url, town(url) as settled:
        six_matters(settled)
        yield settled


def six_matters(here: Town) -> None:
    """
    | contact     | assessed | service    | resolved                        |
    | 1.12. 9.12  | 11.12    | 3.12. 9.12 | 4.12. 9.12 by a decision        |
    | 1.12. 9.12  | 10.12    |            | 10.12 at the contact            |
    | 1.12. 9.12  | never    | 8.12. 9.12 | still open                      |
    | 2.12. 9.12  |          |            | 9.42, guided elsewhere          |
    | 10.12. 9.12 |          |            | still waiting on 20.12. at 9.12 |
    | 14.12. 9.12 |          |            | the second client is back       |
    """
    with here.engine.database.begin() as connection:
        definition = read_pathway(PATHWAY, "kaynti.yaml", load_shelf().shelf).definition
        publish(connection, here.tenant_id, definition, by="system", now=here.now)
    whole, at_contact, unassessed = (here.open_case("kaynti") for _ in range(3))
    here.outcome(whole, "yhteys", "jatkuu")
    here.outcome(unassessed, "yhteys", "palveluun")
    until(here, at(1, 10, 12))
    here.outcome(at_contact, "yhteys", "ratkaistu_yhteydenotossa")
    until(here, at(1, 11, 12))
    here.outcome(whole, "arvio", "valmis")
    until(here, at(2, 9, 12))
    elsewhere = here.open_case("kaynti")
    until(here, at(2, 9, 42))
    here.outcome(elsewhere, "yhteys", "ohjattu_muualle")
    until(here, at(3, 9, 12))
    here.outcome(whole, "kaynti", "ei_saapunut")  # the client didn't come, so nothing was held
    here.outcome(whole, "kaynti", "pidetty")
    until(here, at(4, 9, 12))
    here.outcome(whole, "paatos", "tehty")
    until(here, at(8, 9, 12))
    here.outcome(unassessed, "kaynti", "pidetty")
    until(here, at(10, 9, 12))
    here.open_case("kaynti")
    until(here, at(14, 9, 12))
    here.open_case("kaynti", client_id=client_of(here, at_contact))
    until(here, at(20, 9, 12))


def client_of(here: Town, case_id: str) -> str:
    with here.engine.database.read() as connection:
        joined = select(EVENT.c.payload).where(EVENT.c.case_id == case_id, EVENT.c.type == "client_joined")
        return str(connection.execute(joined).scalar_one()["client_id"])


def waits(here: Town, who: str = "lead", **more: Any) -> WaitReport:
    with here.engine.reading(here.actor(who)) as reading:
        return wait_report(reading, "fi", **{**DECEMBER, "pathway": "kaynti", **more})


def backlog(here: Town, who: str = "lead", **more: Any) -> BacklogReport:
    with here.engine.reading(here.actor(who)) as reading:
        return backlog_report(reading, **{**DECEMBER, "pathway": "kaynti", **more})


def test_every_measure_is_what_one_counts_by_hand(lived: Town) -> None:
    total = waits(lived).total

    measures = {name: (m.spread.count, m.spread.median, m.spread.p90, m.outside) for name, m in total.measures.items()}
    assert measures == {
        "contact_to_service": (2, 2 * DAY, 7 * DAY, 0),
        "assessment_to_service": (1, 46 * HOUR, 46 * HOUR, 1),
        "contact_to_assessment": (2, HOUR, 2 * HOUR, 0),
        "contact_to_decision": (1, 3 * DAY, 3 * DAY, 0),
        "contact_to_resolved": (3, HOUR, 3 * DAY, 0),
    }
    service = total.measures["contact_to_service"]
    assert service.mean == 4.5 * DAY
    assert service.share_within == {7: 1.0, 14: 1.0, 90: 1.0}
    assert (total.count, total.waiting.count, total.waiting.median, total.waiting.p90) == (6, 2, 6 * DAY, 10 * DAY)


def test_matters_are_told_by_how_they_were_resolved(lived: Town) -> None:
    rows = {row.key: row for row in waits(lived, by="resolution").rows}

    assert {key: row.count for key, row in rows.items()} == {
        "after_service": 1,
        "resolved_at_contact": 1,
        "guided_elsewhere": 1,
        "open": 3,
    }
    assert rows["guided_elsewhere"].title == "Ohjattu muualle"
    assert rows["guided_elsewhere"].measures["contact_to_resolved"].spread.median == 30 * 60
    assert waits(lived, urgency="urgent").total.count == 0


def test_waits_stand_beside_a_baseline_period(lived: Town) -> None:
    shown = waits(lived, from_on=date(2026, 12, 7), baseline=(date(2026, 12, 1), date(2026, 12, 6)))

    before = shown.total.baseline
    assert before is not None
    medians = [row.measures["contact_to_service"].spread.median for row in (before, shown.total)]
    assert medians == [2 * DAY, 7 * DAY]
    assert (before.waiting.count, shown.total.waiting.count) == (1, 2)
    assert [row.baseline and row.baseline.count for row in shown.rows] == [4]


def test_the_backlog_burns_down_week_by_week(lived: Town) -> None:
    shown = backlog(lived)

    assert [(w.key, w.came, w.left, w.waiting, w.waiting_over_week) for w in shown.weeks] == [
        ("2026-W49", 4, 3, 1, 0),
        ("2026-W50", 1, 1, 1, 0),
        ("2026-W51", 1, 0, 2, 1),
    ]
    assert (shown.at_start, shown.weeks_to_empty) == (0, None)
    later = backlog(lived, from_on=date(2026, 12, 7), to_on=date(2026, 12, 13))
    assert (later.at_start, later.weeks[0].waiting, later.weeks[0].waited.median) == (1, 1, 3 * DAY + 53_280)


def test_who_does_not_know_the_cases_sees_no_small_numbers(lived: Town) -> None:
    rows = waits(lived, "admin", by="resolution")
    queue = backlog(lived, "admin")

    assert all(row.hidden and row.count == 0 and not row.measures for row in rows.rows)
    assert (rows.total.hidden, rows.total.count) == (False, 6)
    assert [(week.came, week.left, week.waiting) for week in queue.weeks] == [
        (None, None, None),
        (None, None, None),
        (None, 0, None),
    ]


def test_each_case_is_listed_to_who_sees_it_and_the_read_is_logged(lived: Town) -> None:
    with lived.engine.reading(lived.actor("lead")) as reading:
        shown = episode_list(reading, **DECEMBER, pathway="kaynti")
    with lived.engine.reading(lived.actor("stranger")) as reading:
        others = episode_list(reading, **DECEMBER)
    with lived.engine.database.read() as connection:
        logged = connection.execute(select(ACCESS_LOG).where(ACCESS_LOG.c.view == "report:episodes")).mappings().all()

    assert len(shown.rows) == 6
    assert [each.episode for each in shown.rows].count(2) == 1
    assert others.rows == ()
    assert [row["actor"] for row in logged] == [lived.workers["lead"]]
    assert set(logged[0]["case_ids"]) == {each.case_id for each in shown.rows}


def test_a_half_year_is_published_when_it_has_ended_and_hides_what_is_small(sqlite_url: str) -> None:
    with town(sqlite_url) as here:
        six_matters(here)
        with here.engine.reading(here.actor("lead")) as reading:
            for named, why in (("2026-2", "not_ended"), ("2026-3", "not_a_half_year"), ("26-1", "not_a_half_year")):
                with pytest.raises(Malformed, match=why):
                    half_year(reading, "fi", named)
        here.clock.advance(days=12)
        with here.engine.reading(here.actor("lead")) as reading:
            shown = half_year(reading, "fi", "2026-2")

        assert (shown.from_on, shown.to_on) == (date(2026, 7, 1), date(2026, 12, 31))
        assert shown.total.measures["contact_to_service"].spread.count == 2
        assert [row.hidden for row in shown.rows] == [False]


def test_a_corrected_time_counts_as_corrected(sqlite_url: str) -> None:
    with town(sqlite_url) as here:
        six_matters(here)
        with here.engine.database.read() as connection:
            held = select(EVENT.c.case_id, EVENT.c.sequence, EVENT.c.payload).where(EVENT.c.type == "step_ended")
            ends = {
                row.payload["outcome"]: row for row in connection.execute(held.order_by(EVENT.c.occurred_at.desc()))
            }
        here.do(
            c.CorrectTime(
                case_id=ends["pidetty"].case_id,
                corrects=ends["pidetty"].sequence,
                corrected_to=at(2, 9, 12),
                why="Käynti oli keskiviikkona.",
                why_text_id=new_id(here.now),
            ),
            "lead",
        )

        assert waits(here).total.measures["contact_to_service"].spread.median == DAY


@pytest.mark.parametrize(
    ("who", "asked", "refusal"),
    [
        ("consultant", {}, NotAllowed),
        ("lead", {"unit": "lansi"}, UnknownThing),
        ("lead", {"pathway": "kuulento"}, UnknownThing),
        ("lead", {"to_on": date(2026, 11, 1)}, Malformed),
        ("lead", {"by": "worker"}, Malformed),
        ("lead", {"baseline": (date(2026, 12, 2), date(2026, 12, 1)), "by": "week"}, Malformed),
    ],
)
def test_what_is_not_ones_own_or_makes_no_sense_is_refused(
    lived: Town, who: str, asked: dict[str, Any], refusal: type[Exception]
) -> None:
    if "unit" in asked:
        asked = {"unit": lived.units[asked["unit"]]}
    with pytest.raises(refusal):
        waits(lived, who, **asked)
    if "by" not in asked:
        with pytest.raises(refusal):
            backlog(lived, who, **asked)


PATHWAY = """
pathway: kaynti
version: 1
title: {fi: Käynti, sv: Besök, en: Visit}
purpose: {fi: Kokeile odotusta., sv: Prova väntan., en: Try waiting.}
source: tests
register: terveys
retention: potilasasiakirja
calendar: palveluaika
phases:
  alku: {fi: Alku, sv: Början}
roles:
  vastuutyontekija:
    title: {fi: Vastuutyöntekijä, sv: Ansvarig arbetstagare}
    professions: [sairaanhoitaja]
    assign: [queue]
responsible:
  - {from: yhteys, role: vastuutyontekija}
promises: {}
steps:
  yhteys:
    phase: alku
    title: {fi: Yhteydenotto, sv: Kontakt}
    kind: contact
    role: vastuutyontekija
    outcomes: {jatkuu: arvio, palveluun: kaynti, ratkaistu_yhteydenotossa: end ratkaistu, ohjattu_muualle: end ohjattu_muualle}
  arvio:
    phase: alku
    title: {fi: Arvio, sv: Bedömning}
    kind: assessment
    role: vastuutyontekija
    outcomes: {valmis: kaynti}
  kaynti:
    phase: alku
    title: {fi: Käynti, sv: Besök}
    kind: service
    role: vastuutyontekija
    repeat: {at_most: 5}
    outcomes: {pidetty: paatos, ei_saapunut: kaynti}
  paatos:
    phase: alku
    title: {fi: Päätös, sv: Beslut}
    kind: decision
    role: vastuutyontekija
    outcomes: {tehty: end valmis}
ends:
  ratkaistu: {}
  ohjattu_muualle: {}
  valmis: {fi: Valmis, sv: Klart}
"""
