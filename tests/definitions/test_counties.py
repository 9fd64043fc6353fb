"""Two invented counties of different settings run the same catalogue; what differs stands in their own files."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from cli.publish import publish
from cli.users import add as add_user
from engine import tables as t
from engine.calendars import shipped_calendars
from engine.candidate_rules import load_rule_book
from engine.catalogue import check_paths
from engine.checks import check
from engine.checks.examined import Examined, Shelves
from engine.checks.pathway_space import PathwaySpace
from engine.checks.responsibility import responsibility_findings
from engine.database import Database
from engine.findings import DefinitionRefused, Finding
from engine.projection import table_of
from engine.reader import ReadPathway, read_pathway
from engine.shelf import DEFAULT_COUNTY, SHIPPED, Shelved, load_shelf
from pathways.county import County, Unit
from pathways.definition import PathwayDefinition
from pathways.promise_definition import PromiseDefinition
from tests.small_county import SECRET
from tests.unit.working_time import due

COUNTIES = tuple(sorted(path.stem for path in (SHIPPED / "county").glob("*.yaml")))
RANTAMAA, JARVIMAA = DEFAULT_COUNTY, "jarvimaa"
FULL = os.environ.get("PATHWAYS_TEST_FULL") == "1"
HEAD = "county: oma\ntitle: {fi: Oma, sv: Egen}\n"


@cache
def shelved(county: str) -> Shelved:
    return load_shelf((SHIPPED,), county)


def settled(county: str) -> County:
    found = shelved(county).county
    assert found is not None
    return found


@cache
def read(pathway: str, county: str) -> ReadPathway:
    path = SHIPPED / f"{pathway}.yaml"
    return read_pathway(path.read_text("utf-8"), path.name, shelved(county).shelf)


def definition(pathway: str, county: str) -> PathwayDefinition:
    return read(pathway, county).definition


def of_law(pathway: str, county: str, law: str) -> PromiseDefinition:
    return next(one for one in definition(pathway, county).promises.values() if one.law == law)


# --- the files ---


def test_the_whole_catalogue_passes_the_check_in_the_second_county() -> None:
    """The first county's catalogue is checked file by file in test_shipped.py; where promises end no county changes."""
    assert COUNTIES == (RANTAMAA, JARVIMAA)

    checked = check_paths([SHIPPED], JARVIMAA, follow=FULL)
    shelves = Shelves(shelved(JARVIMAA).vocabulary, shelved(JARVIMAA).clocks, settled(JARVIMAA))
    asked = [Examined(each, shelves) for each in checked.read.values()]
    held = [finding for each in asked for finding in responsibility_findings(each, PathwaySpace(each))]

    findings = (*checked.findings, *held)
    assert [f"{f.place} {f.sentence()}" for f in findings if f.code not in ("PW035", "PW092")] == []


def test_both_counties_settle_the_same_things() -> None:
    assert [settled(county).county for county in COUNTIES] == [*COUNTIES]
    assert set(settled(RANTAMAA).settings) == set(settled(JARVIMAA).settings)


def test_the_counties_differ_in_settings_law_languages_and_switches() -> None:
    first, second = settled(RANTAMAA), settled(JARVIMAA)

    assert sum(first.settings[key].value != second.settings[key].value for key in first.settings) > 15
    assert (first.languages, second.languages) == (("fi", "sv"), ("fi",))
    assert (first.feature, second.feature) == (
        {"cross_register_candidates": False},
        {"cross_register_candidates": True},
    )
    assert not first.law
    assert set(second.law) == {"D-06", "D-09", "D-22b"}


def test_one_county_is_bilingual_and_the_other_has_fewer_units_of_which_two_give_the_promise() -> None:
    first, second = settled(RANTAMAA).units, settled(JARVIMAA).units

    assert sum(unit.bilingual for unit in first.values()) > len(first) / 2
    assert not any(unit.bilingual for unit in second.values())
    assert len(second) < len(first)
    assert [key for key, unit in second.items() if unit.promises_on] == ["suvilammen_sotekeskus", "perhe_ja_nuorisotyo"]


@pytest.mark.parametrize("county", COUNTIES)
def test_units_are_told_apart_by_their_names_and_say_nothing_twice(county: str) -> None:
    units = settled(county).units.values()

    for language in ("fi", "sv", "en"):
        names = [unit.title.in_language(language) for unit in units]
        assert len(set(names)) == len(names)
    for unit in units:
        assert len(set(unit.professions)) == len(unit.professions), unit.title.fi
        assert len(set(unit.skills)) == len(unit.skills), unit.title.fi


@pytest.mark.parametrize("county", COUNTIES)
def test_every_calendar_of_a_county_is_used_by_a_unit_a_channel_or_a_school(county: str) -> None:
    own = shipped_calendars().names
    folder = SHIPPED / "county" / county / "calendars"
    used = {unit.calendar for unit in settled(county).units.values()}
    schools = {f"oppilaitos_{school}" for school in settled(county).schools}

    for path in folder.glob("*.yaml"):
        unit = next((each for each in used if path.stem == each or path.stem.startswith(f"{each}_")), None)
        assert unit or path.stem in schools, path
        assert path.stem in own or any(path.stem == name.replace(":", "_") for name in own)


# --- the same pathway in both ---


@pytest.mark.parametrize(
    ("pathway", "promise", "here", "there"),
    [
        ("ppt", "vastuutyontekija_nimetaan", "same day", "1 working day"),
        ("tyokyky", "palaute_kysytaan", "14 days", "30 days"),
        ("ppt", "tavoite_verkostokokous", "21 days", "14 days"),
    ],
)
def test_the_same_pathway_expands_to_each_county_s_times(pathway: str, promise: str, here: str, there: str) -> None:
    times = [definition(pathway, county).promises[promise].within for county in (RANTAMAA, JARVIMAA)]

    assert times == [here, there]


def test_a_clock_of_the_law_is_shorter_where_the_county_tightened_it() -> None:
    assert of_law("ppt", RANTAMAA, "D-06").within == "45 days"
    assert of_law("ppt", JARVIMAA, "D-06").within == "30 days"
    assert of_law("ppt", JARVIMAA, "D-07").within == of_law("ppt", RANTAMAA, "D-07").within


def test_a_tightening_to_come_leaves_the_clocks_that_start_before_it_to_the_law() -> None:
    promise = of_law("perhekeskus_vanhemmuus", JARVIMAA, "D-09")

    assert (promise.within, str(promise.valid_from)) == ("3 weeks", "2027-01-01")
    assert [(one.within, str(one.valid_to)) for one in promise.earlier] == [("1 month", "2026-12-31")]


def test_the_day_s_last_contact_and_the_winter_holiday_fall_differently() -> None:
    calendars = shipped_calendars()
    after_dinner, before_the_holiday = "2027-02-08 13:30", "2027-03-03 09:00"

    same_day = [due(after_dinner, "same day", calendar=calendars.version(name, 1)).due_on.isoformat() for name in (
        "rantamaan_asiakasohjaus", "suvilammen_sotekeskus")]  # fmt: skip
    school = [due(before_the_holiday, "7 school days", calendar=calendars.version(name, 1)).due_on.isoformat() for name in (
        "oppilaitos:lahdenniemi", "oppilaitos:suvilampi")]  # fmt: skip

    assert same_day == ["2027-02-08", "2027-02-09"]
    assert school == ["2027-03-12", "2027-03-19"]


def test_a_worker_chooses_among_the_county_s_own_schools() -> None:
    assert set(settled(RANTAMAA).schools).isdisjoint(settled(JARVIMAA).schools)
    for county in COUNTIES:
        fields = [
            field
            for step in definition("elama_edessa", county).steps.values()
            for field in step.fields.values()
            if field.choices_from == "schools"
        ]
        assert fields
        assert all(set(field.choices) == set(settled(county).schools) for field in fields)


def test_the_rules_that_find_candidates_count_by_each_county_s_thresholds() -> None:
    here, there = load_rule_book((), RANTAMAA), load_rule_book((), JARVIMAA)
    assert here is not None
    assert there is not None

    assert (here.cross_register, there.cross_register) == (False, True)
    assert here.hash != there.hash


# --- refusals ---


def without(county: str, profession: str) -> County:
    """The county when nobody of this profession works in it."""
    units: dict[str, Unit] = {}
    for key, unit in settled(county).units.items():
        left = tuple(one for one in unit.professions if one != profession)
        units[key] = unit.model_copy(update={"professions": left})
    return settled(county).model_copy(update={"units": units})


def roles_nobody_fills(pathway: str, county: County) -> list[Finding]:
    words = shelved(JARVIMAA)
    findings = check(read(pathway, JARVIMAA), Shelves(words.vocabulary, words.clocks, county))
    return [finding for finding in findings if finding.code == "PW061"]


def test_a_county_whose_units_cannot_fill_a_role_is_told_which() -> None:
    (finding,) = roles_nobody_fills("finger_muistiriski", without(JARVIMAA, "ravitsemusterapeutti"))

    assert finding.path == "roles.ravitsemusterapeutti"
    assert 'roolia "ravitsemusterapeutti": professions ravitsemusterapeutti' in finding.sentence("fi")
    assert "finger_muistiriski.yaml:" in str(finding.place)


def test_it_is_told_which_skill_or_kind_is_missing_where_it_has_the_profession() -> None:
    bare = {key: unit.model_copy(update={"skills": ()}) for key, unit in settled(JARVIMAA).units.items()}

    (finding,) = roles_nobody_fills("sap_sas", settled(JARVIMAA).model_copy(update={"units": bare}))

    assert finding.sentence("en").endswith("professions sairaanhoitaja, vastuuhoitaja; skills_any rai")
    assert "ikakeskus" in finding.remedy("en")


def test_a_role_another_profession_can_fill_is_filled() -> None:
    assert roles_nobody_fills("finger_muistiriski", without(JARVIMAA, "sairaanhoitaja")) == []


@pytest.mark.parametrize(("within", "codes"), [("46 days", ["PW078"]), ("45 days", []), ("30 days", [])])
def test_a_county_loosening_the_law_is_refused(tmp_path: Path, within: str, codes: list[str]) -> None:
    (tmp_path / "county").mkdir()
    (tmp_path / "county" / "oma.yaml").write_text(f"{HEAD}law:\n  D-06: {{within: {within}}}\n", "utf-8")

    assert codes_of_shelf(tmp_path) == codes


def codes_of_shelf(folder: Path) -> list[str]:
    try:
        load_shelf((SHIPPED, folder), "oma")
    except DefinitionRefused as refused:
        return [finding.code for finding in refused.findings]
    return []


# --- a running county ---


def test_a_database_settled_for_a_county_publishes_with_its_settings(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The county's file lies in a folder of its own, as a real one's would; the pathway is a shipped one."""
    (tmp_path / "county").mkdir()
    own = (SHIPPED / "county" / f"{JARVIMAA}.yaml").read_text("utf-8").replace("county: jarvimaa", "county: oma")
    (tmp_path / "county" / "oma.yaml").write_text(own.replace("value: 21 days", "value: 20 days"), "utf-8")
    monkeypatch.setenv("PATHWAYS_DEFINITIONS", str(tmp_path))
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("PATHWAYS_SECRET_KEY", SECRET)
    settle: dict[str, Any] = {"unit": None, "profession": None, "skill": None, "language": None, "username": None}

    add_user("Jaana Järvi", role="admin", county="oma", email="", title="", hours="", **settle)
    publish([SHIPPED / "aikuissosiaalityo.yaml"], lang="fi", for_training=True, by="jaana.jarvi")

    database = Database.open(sqlite_url)
    with database.read() as connection:
        tenant = connection.execute(select(table_of(t.Tenant))).one()
        published = connection.execute(select(table_of(t.PublishedPathway).c.expanded)).scalar_one()
    database.dispose()
    assert (tenant.name, tenant.county) == ("Järvimaan hyvinvointialue", "oma")
    promises = json.loads(published)["promises"]
    assert (promises["tavoite_suunnitelma"]["within"], promises["asiakassuunnitelma"]["within"]) == (
        "20 days",
        "30 days",
    )
