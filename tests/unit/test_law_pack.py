"""The law pack: every duty of the domain description stands in it, and each clock is due when a person counts it to be."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

from engine.catalogue import check_paths
from engine.findings import DefinitionRefused
from engine.law import Law, read_law
from engine.machine import CompiledPathway
from engine.reader import read_definition, read_file, read_pathway
from engine.shelf import SHIPPED, load_shelf
from engine.yaml_text import read_yaml
from pathways.goal import parse_goal
from pathways.law_clock import LawClock
from pathways.phrases import Form, parse_phrase
from pathways.promise_definition import PromiseDefinition
from pathways.working_time import due
from tests.builders import SALLA, Run, a_case
from tests.unit.working_time import at, named

PACK = load_shelf().clocks
NOT_CLOCKED = {
    "D-08": "the duty has no time limit",
    "D-12b": "the length of the time has not been confirmed",
    "D-23": "a report",
    "D-25": "monthly counter",
    "D-27": "the length of the time has not been confirmed",
    "D-28": "Kela's",
    "D-29": "automatic",
    "D-31": "no clock of a client's case",
    "D-32": "the duty has no time limit",
    "D-33": "the duty has no time limit",
}


def test_every_duty_of_the_domain_description_stands_in_the_pack() -> None:
    assert {key[:4] for key in PACK} == {f"D-{number:02}" for number in range(1, 34)}


def test_what_can_not_be_clocked_says_why_and_everything_else_is_clocked() -> None:
    assert {key for key, clock in PACK.items() if not clock.startable} == set(NOT_CLOCKED)
    for key, why in NOT_CLOCKED.items():
        said = PACK[key].why_not
        assert said, key
        assert why in (said.en or ""), key


def test_the_page_beside_the_pack_lists_what_is_not_clocked() -> None:
    page = (SHIPPED / "law" / "README.md").read_text("utf-8")

    listed = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| D-")]
    assert listed == sorted(NOT_CLOCKED)


@pytest.mark.parametrize("key", sorted(PACK))
def test_every_clock_has_its_section_its_source_and_its_time_in_force(key: str) -> None:
    clock = PACK[key]

    assert clock.title.en
    assert clock.section.en
    assert clock.source
    assert clock.valid_to is None or clock.valid_to >= clock.valid_from
    assert not clock.startable or (clock.within and clock.kept_when and clock.ladder)


WORKED = (
    ("D-01", "2026-12-24 22:30", "2026-12-25 00:30", "two hours that pass, over midnight and on Christmas Eve"),
    ("D-02", "2026-12-22 12:00", "2027-01-05", "23., 28.–31.12., 4. and 5.1.: Christmas and New Year's Day are closed"),
    ("D-03", "2027-03-25 12:00", "2027-04-07", "Easter from Friday to Monday, then 30.3.–2.4. and 5.–7.4."),
    ("D-03b", "2026-11-30 12:00", "2027-02-28", "no 30 February, and a Sunday stays"),
    ("D-04", "2027-01-15 12:00", "2027-04-15", "the same number three months on"),
    ("D-05", "2027-03-31 12:00", "2027-06-30", "June has 30 days"),
    ("D-05b", "2027-11-29 12:00", "2028-02-29", "the leap day exists"),
    ("D-05c", "2027-01-16 23:50", "2027-01-16", "urgent: the same Saturday"),
    ("D-06", "2027-03-01 12:00", "2027-04-15", "30 days to the end of March and 15 more"),
    ("D-07", "2027-01-12 09:00", "2027-01-12", "the day the assessment is complete"),
    ("D-09", "2027-01-31 12:00", "2027-02-28", "no 31 February"),
    ("D-10", "2026-12-04 23:40", "2026-12-07", "office hours: Friday night belongs to Monday, Sunday is Independence Day"),
    ("D-11", "2027-01-05 10:00", "2027-01-19", "fourteen days on"),
    ("D-12", "2027-01-13 10:00", "2027-01-20", "seven days on"),
    ("D-13", "2026-08-31 10:00", "2026-11-30", "November has 30 days"),
    ("D-13b", "2026-08-31 10:00", "2026-11-30", "the same for planned care under 23"),
    ("D-14", "2026-08-31 10:00", "2027-02-28", "six months to the end of February"),
    ("D-14b", "2028-02-29 10:00", "2028-05-29", "from the leap day to the same number"),
    ("D-15", "2026-06-02 10:00", "2026-06-23", "the same weekday three weeks on, over Midsummer"),
    ("D-15b", "2027-11-30 10:00", "2028-02-29", "no 30 February, the leap day is its last"),
    ("D-15c", "2027-08-30 10:00", "2028-02-29", "half a year to the leap day"),
    ("D-16", "2027-02-10 10:00", "2027-03-24", "six weeks on, a Wednesday"),
    ("D-16b", "2027-03-24 10:00", "2027-06-24", "three months on"),
    ("D-17", "2027-02-01 10:00", "2027-03-01", "28 days is February 2027"),
    ("D-18", "2027-10-31 01:00", "2027-10-31", "a day of 25 hours"),
    ("D-19", "2027-03-28 02:30", "2027-03-28 05:30", "two hours that pass while the clock jumps from 3 to 4"),
    ("D-19b", "2027-06-24 12:00", "2027-07-06", "Midsummer Eve is closed: 28.6.–2.7., 5. and 6.7."),
    ("D-19c", "2027-06-24 12:00", "2027-09-24", "three months on"),
    ("D-20", "2027-01-11 15:30", "2027-01-11 17:30", "two hours that pass, after closing too"),
    ("D-21", "2027-02-18 12:00", "2027-03-08", "19.2., the winter holiday, then 1.–5.3. and 8.3."),
    ("D-21b", "2027-02-19 12:00", "2027-03-01", "the first school day after the winter holiday"),
    ("D-22", "2027-03-01 12:00", "2027-03-31", "thirty days on"),
    ("D-22b", "2027-03-31 12:00", "2027-09-30", "September has 30 days"),
    ("D-24", "2027-05-03 12:00", "2027-05-13", "Ascension Day on Thursday 6.5. is closed"),
    ("D-24b", "2027-05-03 12:00", "2027-08-03", "three months on"),
    ("D-26", "2026-12-04 12:00", "2026-12-15", "7.–11., 14. and 15.12."),
    ("D-30", "2027-04-30 12:00", "2027-05-03", "May Day is a Saturday, so Monday"),
)  # fmt: skip


def test_every_clock_that_can_be_started_is_worked_by_hand() -> None:
    assert [key for key, *_ in WORKED] == sorted(key for key, clock in PACK.items() if clock.startable)


@pytest.mark.parametrize(("key", "start", "ends", "why"), WORKED, ids=[f"{key}: {why}" for key, _, _, why in WORKED])
def test_a_clock_of_the_law_is_due_when_counted_by_hand(key: str, start: str, ends: str, why: str) -> None:
    clock = PACK[key]
    found = due(
        at(start),
        (),
        parse_goal(str(clock.within)),
        named(clock.calendar),
        kind="statutory",
        count_from_effective=clock.counted_from == "effective",
    )

    if " " in ends:
        assert found.due_at == at(ends)
    else:
        assert found.due_on == date.fromisoformat(ends)


@pytest.mark.parametrize(
    ("key", "start", "ends", "working"),
    [
        ("D-04", "2026-11-30 12:00", "2027-02-28", "2027-02-26 16:00"),
        ("D-11", "2027-01-03 12:00", "2027-01-17", "2027-01-15 16:00"),
        ("D-17", "2027-05-28 12:00", "2027-06-25", "2027-06-24 16:00"),
        ("D-05", "2027-09-25 12:00", "2027-12-25", "2027-12-23 16:00"),
    ],
)
def test_the_law_never_rolls_and_shows_the_last_closing_before_a_closed_last_day(
    key: str, start: str, ends: str, working: str
) -> None:
    """Sundays, Midsummer Eve and Christmas Day stay due days; an authority's own duty is not put off (L 150/1930 § 5)."""
    clock = PACK[key]
    found = due(at(start), (), parse_goal(str(clock.within)), named(clock.calendar), kind="statutory")

    assert found.due_on == date.fromisoformat(ends)
    assert found.working_due_at == at(working)


HISTORY = (
    ("D-10", "2011-04-30", None),
    ("D-10", "2023-08-31", "3 working days"),
    ("D-10", "2023-09-01", "same day"),
    ("D-11", "2023-08-31", "3 months"),
    ("D-11", "2023-09-01", "14 days"),
    ("D-11", "2025-01-01", "14 days"),
    ("D-12", "2023-08-31", None),
    ("D-12", "2023-09-01", "7 days"),
    ("D-12b", "2024-12-31", "7 days"),
    ("D-13", "2023-08-31", "3 months"),
    ("D-13", "2023-09-01", "14 days"),
    ("D-13", "2024-12-31", "14 days"),
    ("D-13", "2025-01-01", "3 months"),
    ("D-14", "2023-08-31", "6 months"),
    ("D-14", "2023-09-01", "4 months"),
    ("D-14", "2024-10-31", "4 months"),
    ("D-14", "2024-11-01", "3 months"),
    ("D-14", "2025-01-01", "6 months"),
    ("D-14b", "2023-09-01", "4 months"),
    ("D-14b", "2025-01-01", "3 months"),
    ("D-17", "2025-04-30", None),
    ("D-17", "2025-05-01", "28 days"),
    ("D-24", "2009-08-31", None),
    ("D-24", "2024-12-31", "7 working days"),
)


@pytest.mark.parametrize(("key", "day", "within"), HISTORY)
def test_a_clock_counts_by_the_law_of_the_day_it_starts(key: str, day: str, within: str | None) -> None:
    standing = as_promise(PACK[key]).on(date.fromisoformat(day))

    assert (standing.within if standing else None) == within


def as_promise(clock: LawClock) -> PromiseDefinition:
    """The clock as a pathway holds it after expansion."""
    return PromiseDefinition(
        within=clock.within, valid_from=clock.valid_from, valid_to=clock.valid_to, earlier=clock.earlier
    )


def test_a_wording_of_before_may_count_on_another_calendar() -> None:
    before = as_promise(PACK["D-10"]).on(date(2023, 8, 31))

    assert before is not None
    assert (before.within, before.calendar, before.counted_from) == ("3 working days", "arkipaiva", "received")


# --- a case keeps the law of its start ---

ADULT = """
pathway: aikuinen
version: 1
title: {fi: Aikuinen, sv: Vuxen}
purpose: {fi: Kokeile lakia., sv: Prova lagen.}
source: tests
register: terveys
retention: potilasasiakirja
phases: {alku: {fi: Alku, sv: Början}}
roles:
  hoitaja: {title: {fi: Hoitaja, sv: Skötare}, professions: [sairaanhoitaja], assign: [queue]}
responsible: [{from: arvio, role: hoitaja}]
promises:
  hoitoon: {law: D-13, starts: [outcome arvio.tarve]}
steps:
  arvio: {phase: alku, title: {fi: Arvio, sv: Bedömning}, kind: work, role: hoitaja, outcomes: {tarve: hoito}}
  hoito: {phase: alku, title: {fi: Hoito, sv: Vård}, kind: service, role: hoitaja, outcomes: {valmis: end valmis}}
ends: {valmis: {fi: Valmis, sv: Klart}}
outcomes: {tarve: {fi: Tarve, sv: Behov}, valmis: {fi: Valmis, sv: Klart}}
"""


@dataclass(frozen=True)
class Started:
    """A clock that an adult's need of care started on some day."""

    goal: str
    due_on: date | None


def started(on: datetime, pathway: CompiledPathway | None = None) -> Started:
    run = a_case(pathway or adult(), received=on, born=date(1980, 5, 6)).outcome("arvio", "tarve")
    promise = run.promise("hoitoon")
    run.pass_until(at("2025-01-07 12:00"))
    assert run.promise("hoitoon").goal == promise.goal
    assert run.promise("hoitoon").due_at == promise.due_at
    return Started(promise.goal, promise.due_on)


def adult(own: str = "", **tightened: str) -> CompiledPathway:
    """The adults' pathway, with a time of its own and a county's where they are given."""
    shelf, text = load_shelf().shelf, ADULT
    if own:
        text = text.replace("{law: D-13,", f"{{law: D-13, within: {own},")
    if tightened:
        county = "".join(f"{key}: {value}\n" for key, value in tightened.items())
        shelf = type(shelf)(**{**vars(shelf), "tightened": {"D-13": read_yaml(county, "alue.yaml")}})
    return CompiledPathway(read_pathway(text, "aikuinen.yaml", shelf).definition)


def test_a_clock_keeps_the_law_of_its_start_when_the_law_changes_under_it() -> None:
    assert started(at("2024-12-31 10:00")) == Started("14 days", date(2025, 1, 14))


def test_a_clock_that_starts_under_the_new_law_counts_by_it() -> None:
    assert started(at("2025-01-01 10:00")) == Started("3 months", date(2025, 4, 1))


def test_new_year_s_night_belongs_to_the_local_day() -> None:
    assert started(at("2024-12-31 23:59")).goal == "14 days"
    assert started(at("2025-01-01 00:00")).goal == "3 months"


def test_no_clock_starts_on_a_day_before_the_law() -> None:
    run = a_case(adult(), received=at("2011-04-30 10:00"), born=date(1980, 5, 6)).outcome("arvio", "tarve")

    assert not run.has("hoitoon")


# --- a county may tighten, never loosen ---


def test_a_county_s_shorter_time_holds_for_clocks_that_start_from_its_day_on() -> None:
    tightened = adult(within="1 month", since="2025-01-05")

    assert started(at("2025-01-04 10:00"), tightened).goal == "3 months"
    assert started(at("2025-01-05 10:00"), tightened).goal == "1 month"
    assert started(at("2024-12-31 10:00"), tightened).goal == "14 days"


def test_a_county_s_shorter_time_without_a_day_holds_under_today_s_law() -> None:
    tightened = adult(within="1 month")

    assert started(at("2025-01-01 10:00"), tightened).goal == "1 month"
    assert started(at("2024-12-31 10:00"), tightened).goal == "14 days"


@pytest.mark.parametrize(
    ("own", "county", "goal"),
    [("2 months", "1 month", "1 month"), ("1 month", "2 months", "1 month"), ("2 weeks", "10 days", "10 days")],
)
def test_of_a_pathway_s_and_a_county_s_shorter_times_the_shorter_holds(own: str, county: str, goal: str) -> None:
    assert started(at("2025-01-05 10:00"), adult(own, within=county)).goal == goal


def test_until_the_county_s_day_the_pathway_s_own_shorter_time_holds() -> None:
    both = adult("2 months", within="1 month", since="2025-01-05")

    assert started(at("2025-01-04 10:00"), both).goal == "2 months"
    assert started(at("2025-01-05 10:00"), both).goal == "1 month"


def a_county(folder: Path, law: str) -> Path:
    (folder / "county").mkdir()
    (folder / "county" / "oma.yaml").write_text(f"county: oma\ntitle: {{fi: Oma, sv: Egen}}\nlaw: {law}\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("law", "code"),
    [
        ("{D-11: {within: 15 days}}", "PW078"),
        ("{D-13: {within: 14 weeks}}", "PW078"),
        ("{D-02: {within: 8 working days}}", "PW078"),
        ("{D-99: {within: 1 week}}", "PW045"),
        ("{D-11: {within: 7 days, since: eilen}}", "PW014"),
        ("{D-11: {within: 1 day}}", "PW015"),
    ],
)
def test_a_county_that_loosens_the_law_is_refused(tmp_path: Path, law: str, code: str) -> None:
    checked = check_paths([a_county(tmp_path, law)], "oma")

    assert code in [finding.code for finding in checked.findings]


def test_a_county_that_tightens_the_law_is_taken(tmp_path: Path) -> None:
    folder = a_county(tmp_path, "{D-11: {within: 7 days, since: 2026-06-01}}")

    assert "D-11" in load_shelf((SHIPPED, folder), "oma").shelf.tightened


# --- one law a day ---

CLOCK = """
law: koe
title: {fi: Koe, sv: Prov}
clocks:
  D-11:
    title: {fi: Koe, sv: Prov}
    section: {fi: 1 §, sv: 1 §}
    within: 14 days
    earlier:
      - {valid_from: %s, valid_to: %s, within: 3 months, source: L, confidence: high}
    valid_from: 2023-09-01
    source: L
    confidence: high
"""


def pack(begins: str, ends: str) -> Law:
    findings: list = []  # type: ignore[type-arg]
    law = read_law([read_yaml(CLOCK % (begins, ends), "laki.yaml")], findings)
    if findings:
        raise DefinitionRefused(findings)
    return law


def test_wordings_that_follow_each_other_are_taken() -> None:
    assert len(pack("2011-05-01", "2023-08-31").clocks["D-11"].earlier) == 1


@pytest.mark.parametrize(("begins", "ends"), [("2011-05-01", "2023-09-01"), ("2023-08-31", "2011-05-01")])
def test_two_laws_on_one_day_are_refused_in_three_languages(begins: str, ends: str) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        pack(begins, ends)

    (finding,) = refused.value.findings
    assert finding.code == "PW015"
    assert "voimassaoloajat" in finding.sentence("fi")
    assert "giltighetstiderna" in finding.sentence("sv")
    assert "times in force" in finding.sentence("en")


# --- the therapy guarantee is kept by a session of the therapy ---


@cache
def youth() -> CompiledPathway:
    file = read_file(SHIPPED / "nuorten_mielenterveys.yaml")
    return CompiledPathway(read_definition(file, load_shelf().shelf).definition)


def an_ipc_course() -> Run:
    """A fifteen-year-old whose therapy need was found on Monday 1 February 2027; the course is open, nothing is held."""
    run = a_case(youth(), received=at("2027-02-01 09:00"))
    run.outcome("vastaanotto", "jatkuu").outcome("kiireellisyys", "kiireeton", by=SALLA)
    run.outcome("hoidontarve", "tehty", by=SALLA).outcome("huoltaja", "samaa_mielta", by=SALLA)
    return run.outcome("arvio", "ipc", by=SALLA)


def test_only_a_session_of_the_therapy_keeps_the_therapy_guarantee() -> None:
    kept = [parse_phrase(text) for text in youth().promises["terapiatakuu"].kept_when]

    assert Form.FIRST_SERVICE_EVENT_HELD.of() not in kept
    for step, key in (("kriisi", "vakaa"), ("tukikaynnit_jakso", "tehty"), ("ipc_jakso", "peruttu")):
        assert not set(youth().signals.of_ending(step, youth().step(step), key)) & set(kept), step
    for step in ("ipc_jakso", "cool_kids_jakso", "lyhytterapia_jakso"):
        assert set(youth().signals.of_ending(step, youth().step(step), "tehty")) & set(kept), step
        assert set(youth().signals.of_act("meeting", youth().step(step), key=step)) & set(kept), step
        assert not set(youth().signals.of_act("call", youth().step(step), key=step)) & set(kept), step


def test_the_first_meeting_of_the_assessment_keeps_the_week_and_leaves_the_guarantee_running() -> None:
    run = an_ipc_course()

    assert run.promise("palvelu_viikossa").state == "kept"
    assert run.promise("terapiatakuu").state == "running"
