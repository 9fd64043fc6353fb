"""What is stored as due is what is explained as due: every clock of every shipped pathway and of the law, whatever its start."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from api.web.explained import explanations
from engine.calendars import shipped_calendars
from engine.catalogue import load_catalogue
from engine.machine import CompiledPathway
from engine.read_models.one_promise import lines_of
from engine.read_models.promise_shown import Surroundings, promise_shown
from engine.reader import read_pathway
from engine.rules.service_promise import start
from engine.rules.story import Story
from engine.shelf import load_shelf
from pathways import commands as c
from pathways import events as e
from pathways.actor import the_system
from pathways.case import Case
from pathways.local_time import TZDATA_VERSION
from pathways.promise_definition import PromiseDefinition
from pathways.promise_due import calendar_version, due_of, explanation_of
from pathways.service_promise import ServicePromise
from pathways.time_words import Language
from tests.builders import TENANT, Run, a_case
from tests.unit.working_time import at

UNIT_CALENDAR = "rantamaan_asiakasohjaus"
STARTS = (
    ("2026-12-04 23:40", "Friday night, a weekend with Independence Day"),
    ("2026-12-31 12:00", "the moment the unit closes on New Year's Eve"),
    ("2027-02-05 09:00", "before the unit's moved opening"),
    ("2027-02-09 15:30", "after the last contact of the day"),
    ("2027-03-28 02:59", "the last minute before summer time"),
    ("2027-05-06 10:00", "Ascension Day, then the unit's own closed day"),
    ("2027-10-31 03:30", "the hour that comes twice"),
)
LAW = """
pathway: laki
version: 1
title: {fi: Laki, sv: Lag}
purpose: {fi: Kaikki lain kellot., sv: Lagens alla klockor.}
source: tests
register: terveys
retention: potilasasiakirja
phases: {alku: {fi: Alku, sv: Början}}
roles:
  hoitaja: {title: {fi: Hoitaja, sv: Skötare}, professions: [sairaanhoitaja], assign: [queue]}
responsible: [{from: arvio, role: hoitaja}]
promises:
%s
steps:
  arvio: {phase: alku, title: {fi: Arvio, sv: Bedömning}, kind: work, role: hoitaja, outcomes: {valmis: end valmis}}
ends: {valmis: {fi: Valmis, sv: Klart}}
outcomes: {valmis: {fi: Valmis, sv: Klart}}
"""


@cache
def pathways() -> dict[str, CompiledPathway]:
    """The shipped pathways, and one that names every clock of the law."""
    shelved = load_shelf()
    clocks = "".join(
        f"  {_key(name)}: {{law: {name}}}\n" for name, clock in sorted(shelved.clocks.items()) if clock.startable
    )
    law = CompiledPathway(read_pathway(LAW % clocks, "laki.yaml", shelved.shelf).definition)
    return {law.id: law, **{one.id: one for one in load_catalogue()}}


def _key(law: str) -> str:
    return law.lower().replace("-", "_")


def clocks() -> Iterator[tuple[str, str]]:
    for name, pathway in pathways().items():
        yield from ((name, key) for key, promise in pathway.promises.items() if promise.startable)


CLOCKS = list(clocks())


def started(
    pathway: str, key: str, received: datetime, channel: str = "puhelin", unit: str = UNIT_CALENDAR
) -> tuple[Run, ServicePromise]:
    """The promise as the engine starts it, on a unit with hours, exceptions and a last contact of its own."""
    run = replace(opened(pathway), now=received)
    run.unit = {**run.unit, "calendar": unit}
    story = Story(run.case, run._on(the_system(TENANT)), received)
    story.tell(e.FactNoted, name="case.school", value="lahdenniemi")
    story.case = _without_promises(story, channel)
    start(story, key, received, None)
    run.case = story.case
    return run, run.promise(key)


def _without_promises(story: Story, channel: str) -> Case:
    return replace(story.case, promises={}, started_in={}, channel=channel)


@cache
def opened(pathway: str) -> Run:
    """A case that was opened long before."""
    return a_case(pathways()[pathway], received=at("2026-03-02 10:00"))


def is_told_as_stored(promise: ServicePromise, *languages: Language) -> None:
    """The stored instants, counted again from the stored row, and the explanation's own ends are one."""
    calendar = shipped_calendars().version(*calendar_version(promise))
    counted = due_of(promise, calendar)
    assert (counted.due_at, counted.due_on, counted.working_due_at, counted.effective_at) == (
        promise.due_at,
        promise.due_on,
        promise.working_due_at,
        promise.effective_at,
    )
    for lang in languages or ("fi",):
        lines = explanation_of(promise, calendar, lang)
        spans = [line for line in lines if line.length]
        assert (spans[0].start, spans[-1].end) == (promise.started_at, promise.due_at)
        assert all(before.end == after.start for before, after in pairwise(spans))
        assert [line.start for line in lines if line.effect == "due"] == [promise.due_at]
        assert calendar.key in lines[-1].text
        assert f"tzdata {TZDATA_VERSION}" in lines[-1].text


@pytest.mark.rule(12, 29)
@pytest.mark.parametrize(("received", "why"), STARTS, ids=[why for _, why in STARTS])
def test_every_clock_is_explained_as_it_is_stored(received: str, why: str) -> None:
    assert len(CLOCKS) > 100
    for pathway, key in CLOCKS:
        _, promise = started(pathway, key, at(received))
        is_told_as_stored(promise)


@pytest.mark.rule(29)
def test_every_clock_is_explained_in_three_languages() -> None:
    for pathway, key in CLOCKS:
        _, promise = started(pathway, key, at("2026-12-04 23:40"))
        is_told_as_stored(promise, "sv", "en")


@pytest.mark.rule(12)
def test_a_clock_of_the_law_is_due_the_same_in_every_unit() -> None:
    """Neither a unit's own week, nor its exceptions, nor its last contact of the day moves what the law counts."""
    laws = [(name, key) for name, key in CLOCKS if pathways()[name].promises[key].law]
    for name, key in laws:
        for received in ("2026-12-31 13:00", "2027-02-09 15:30", "2027-05-06 10:00"):
            _, here = started(name, key, at(received))
            _, there = started(name, key, at(received), unit="24/7")
            assert here.calendar == there.calendar
            assert (here.due_at, here.working_due_at) == (there.due_at, there.working_due_at)


def test_the_page_and_the_interface_tell_the_same_story() -> None:
    for name, key in CLOCKS:
        run, promise = started(name, key, at("2026-12-04 23:40"))
        engine = SimpleNamespace(calendars=shipped_calendars())
        reading: Any = SimpleNamespace(engine=engine, now=run.now, actor=the_system(TENANT))
        shown = promise_shown(promise, run.case.case_id, Surroundings(reading, run.pathway, "sv"))

        on_the_page = explanations(reading, [shown], "sv")[promise.promise_id]
        assert on_the_page == [line.text for line in lines_of(reading, run.pathway, promise, "sv")]


def test_clocks_on_a_channel_are_explained_on_the_channel() -> None:
    promises = [started("ppt", key, at("2027-02-09 19:30"), "chat")[1] for key in pathways()["ppt"].promises]

    assert "rantamaan_asiakasohjaus:chat@1" in {promise.calendar for promise in promises}
    for promise in promises:
        is_told_as_stored(promise)


PAUSABLE = [(name, key) for name, key in CLOCKS if pathways()[name].promises[key].pause_on]


@pytest.mark.parametrize(("pathway", "key"), PAUSABLE, ids=lambda each: each)
def test_a_clock_that_was_paused_is_explained_as_it_is_stored(pathway: str, key: str) -> None:
    received = at("2027-01-11 10:00")
    run, promise = started(pathway, key, received)
    assert promise.due_at
    begins = received + (promise.due_at - received) / 3
    run.now = begins
    run.do(
        c.PausePromise(
            case_id=run.case.case_id,
            promise_id=promise.promise_id,
            start=begins,
            end=begins + timedelta(days=9, hours=5),
            reason="client_postponed",
        )
    )
    run.now = begins + timedelta(days=4, hours=3)
    run.do(c.ResumePromise(case_id=run.case.case_id, promise_id=promise.promise_id))

    resumed = run.promise(key)
    assert resumed.due_at
    assert resumed.due_at >= promise.due_at
    is_told_as_stored(resumed)


def test_a_changed_definition_moves_neither_the_stored_due_nor_its_explanation() -> None:
    """A pause on a newer version counts by what the start wrote down, not by what the definition says now."""
    run, promise = started("ppt", "palvelu_viikossa", at("2027-01-11 10:00"))
    newer: dict[str, PromiseDefinition] = dict(run.pathway.promises)
    newer["palvelu_viikossa"] = newer["palvelu_viikossa"].model_copy(update={"within": "2 weeks", "roll": "forward"})
    run.pathway = CompiledPathway(run.pathway.definition.model_copy(update={"promises": newer}))
    run.now = at("2027-01-14 10:00")
    run.do(
        c.PausePromise(
            case_id=run.case.case_id, promise_id=promise.promise_id, start=run.now, end=at("2027-01-21 10:00"),
            reason="client_postponed",
        )
    )  # fmt: skip
    run.now = at("2027-01-21 10:00")
    run.fire()

    resumed = run.promise("palvelu_viikossa")
    assert resumed.due_on == at("2027-01-25 12:00").date()
    is_told_as_stored(resumed)


# --- which calendar binds ---


def via_school(received: str, school: str = "lahdenniemi") -> Run:
    run = a_case(pathways()["nuorten_mielenterveys"], received=at(received))
    answers = {"opiskeluhuollosta": True, "oppilaitos": school}
    return run.outcome("vastaanotto", "jatkuu", answers=answers)


@pytest.mark.parametrize(("school", "due_on"), [("lahdenniemi", "2027-03-08"), ("viknas", "2027-03-02")])
def test_the_student_welfare_talk_counts_from_the_contact_on_the_school_s_own_days(school: str, due_on: str) -> None:
    promise = via_school("2027-02-18 09:00", school).promise("opiskeluhuollon_keskustelu")

    assert promise.calendar == f"oppilaitos:{school}@1"
    assert promise.started_at == at("2027-02-18 09:00")
    assert str(promise.due_on) == due_on
    is_told_as_stored(promise)


def test_the_student_welfare_talk_waits_until_the_school_is_known() -> None:
    run = a_case(pathways()["nuorten_mielenterveys"], received=at("2027-02-18 09:00"))
    run.outcome("vastaanotto", "jatkuu", answers={"opiskeluhuollosta": True})
    assert not run.has("opiskeluhuollon_keskustelu")

    run.now = at("2027-02-19 09:00")
    run.do(c.NoteFact(case_id=run.case.case_id, name="case.school", value="lahdenniemi"))

    assert run.promise("opiskeluhuollon_keskustelu").started_at == at("2027-02-18 09:00")


def test_no_student_welfare_talk_is_owed_when_the_matter_came_another_way() -> None:
    run = a_case(pathways()["nuorten_mielenterveys"], received=at("2027-02-18 09:00"))
    run.outcome("vastaanotto", "jatkuu", answers={"opiskeluhuollosta": False, "oppilaitos": "lahdenniemi"})

    assert not run.has("opiskeluhuollon_keskustelu")


def test_the_meeting_of_the_assessment_keeps_the_student_welfare_talk() -> None:
    run = via_school("2027-02-18 09:00").outcome("kiireellisyys", "kiireeton")
    assert run.promise("opiskeluhuollon_keskustelu").state == "running"

    run.outcome("hoidontarve", "tehty")

    assert run.promise("opiskeluhuollon_keskustelu").state == "kept"


def test_a_contact_by_chat_takes_effect_and_is_counted_on_the_hours_of_the_chat() -> None:
    evening = at("2027-02-09 18:30")
    unit = {
        "unit_id": TENANT,
        "calendar": UNIT_CALENDAR,
        "promises_on": True,
        "language_status": "fi",
        "training": False,
    }
    by_chat, by_phone = (
        a_case(pathways()["nuorten_mielenterveys"], received=at("2027-02-09 08:00"), unit=unit).contact(
            evening, channel=channel
        )
        for channel in ("chat", "puhelin")
    )

    assert by_chat.case.last_effective_at == evening
    assert by_phone.case.last_effective_at == at("2027-02-10 08:00")
