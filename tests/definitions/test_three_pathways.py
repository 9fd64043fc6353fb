"""What a clinician, a lawyer and a Swedish-speaking client would look up in the three pathways that come first."""

from collections.abc import Iterator
from functools import cache

import pytest

from engine.checks import check
from engine.checks.examined import Shelves
from engine.machine import CompiledPathway
from engine.reader import ReadPathway, read_pathway
from engine.shelf import SHIPPED, load_shelf
from pathways.definition import PathwayDefinition
from pathways.definition_parts import Text
from pathways.phrases import Form, parse_phrase
from pathways.step import Field_, Step

YOUTH, OLDER, MANY = "nuorten_mielenterveys", "ikaihmisen_kotona_asuminen", "ppt"
THREE = (YOUTH, OLDER, MANY)


@cache
def read(name: str) -> ReadPathway:
    path = SHIPPED / f"{name}.yaml"
    return read_pathway(path.read_text(encoding="utf-8"), path.name, load_shelf().shelf)


@cache
def compiled(name: str) -> CompiledPathway:
    return CompiledPathway(read(name).definition)


def definition(name: str) -> PathwayDefinition:
    return read(name).definition


@pytest.mark.parametrize("name", THREE)
def test_a_pathway_wants_nothing_but_approvals_and_pathways_not_yet_written(name: str) -> None:
    shelved = load_shelf()
    others = {other: definition(other) for other in THREE}
    shelves = Shelves(shelved.vocabulary, shelved.clocks, shelved.county, pathways=others)

    findings = check(read(name), shelves)

    assert {finding.code for finding in findings} <= {"PW035", "PW092"}, [f.sentence() for f in findings]
    assert definition(name).approved.missing() == ("clinical", "legal", "data_protection")


# --- clocks: law, start, stop -------------------------------------------------------------------------------------

CLOCKS = [
    (YOUTH, "hoidon_tarpeen_arvio", "D-10", "contact received", "health assessment recorded", "same day"),
    (YOUTH, "hoitotakuu_alle_23", "D-11", "need found", "first service event held", "14 days"),
    (YOUTH, "laakarille_alle_23", "D-12", "physician needed", "physician visit held", "7 days"),
    (YOUTH, "esh_arvio", "D-16", "handover lahete_esh sent", "specialist assessment held", "6 weeks"),
    (YOUTH, "esh_hoito", "D-16b", "outcome esh_seuranta.arvio_tehty", "specialist treatment started", "3 months"),
    (YOUTH, "terapiatakuu", "D-17", "outcome arvio.ipc", "service ipc_jakso held", "28 days"),
    (OLDER, "kiireellisen_avun_arvio", "D-01", "step kiireellisyys entered", "urgency assessed", "2 hours"),
    (OLDER, "arviointi_alkaa", "D-02", "matter opened", "assessment started", "7 working days"),
    (OLDER, "arviointi_valmis", "D-04", "matter opened", "assessment recorded", "3 months"),
    (OLDER, "palvelu_toteutuu", "D-05", "matter opened", "first service event held", "3 months"),
    (OLDER, "paatos_tehdaan", "D-05b", "matter opened", "decision made", "3 months"),
    (OLDER, "asiakassuunnitelma", "D-06", "outcome arvio.tukipalvelut", "plan agreed", "45 days"),
    (OLDER, "omatyontekija_nimetaan", "D-07", "outcome arvio.arviointijakso", "own worker named", "same day"),
    (OLDER, "rai_ensimmainen", "D-22", "regular service started", "form rai_hc answered", "30 days"),
    (OLDER, "rai_uusitaan", "D-22b", "form rai_hc answered", "form rai_hc answered", "6 months"),
    (MANY, "arviointi_alkaa", "D-02", "matter opened", "assessment started", "7 working days"),
    (MANY, "omatyontekija_nimetaan", "D-07", "step omatyontekijan_nimeaminen entered", "own worker named", "same day"),
]


@pytest.mark.parametrize(("pathway", "key", "law", "start", "stop", "within"), CLOCKS)
def test_a_statutory_clock_has_its_law_its_start_and_its_stop(
    pathway: str, key: str, law: str, start: str, stop: str, within: str
) -> None:
    clock = definition(pathway).promises[key]

    assert (clock.kind, clock.law, clock.within) == ("statutory", law, within)
    assert start in clock.starts
    assert stop in clock.kept_when
    assert clock.source
    assert clock.section


def test_the_statutory_start_of_an_assessment_is_for_the_client_and_those_close() -> None:
    """§ 36: a professional's notice starts a target, never D-02."""
    own: dict[str, int | str] = {"client.age": 81, "case.contacted_by": "relative"}
    notice = own | {"case.contacted_by": "professional"}

    assert compiled(OLDER).applies("arviointi_alkaa", own) is True
    assert compiled(OLDER).applies("arviointi_alkaa", notice) is False
    assert compiled(OLDER).applies("arviointi_alkaa_tavoite", notice) is True
    assert definition(OLDER).promises["arviointi_alkaa_tavoite"].kind == "target"


def test_every_way_to_a_therapy_starts_the_therapy_guarantee() -> None:
    starts = definition(YOUTH).promises["terapiatakuu"].starts

    therapies = {"ipc", "cool_kids", "lyhytterapia"}
    chosen = {
        f"outcome {step}.{outcome}"
        for step, one in compiled(YOUTH).steps.items()
        for outcome in one.outcomes
        if outcome in therapies
    }
    assert chosen
    assert chosen <= set(starts)
    assert Form.OUTCOME.of("arvio", "ipc") in {parse_phrase(text) for text in starts}
    assert "outcome arvio.omahoito" not in starts


def test_the_therapy_coordinator_hears_on_day_twenty_one() -> None:
    rungs = definition(YOUTH).ladders["therapy_guarantee"].rungs.values()

    told = next(rung for rung in rungs if rung.when == "day 21")
    assert told.role == "terapiakoordinaattori"
    assert told.role in definition(YOUTH).roles


def test_a_missing_joint_plan_goes_straight_to_the_head_of_unit() -> None:
    promise = definition(MANY).promises["kokoava_suunnitelma_45"]

    at_breach = [
        rung for rung in definition(MANY).ladders[promise.ladder or ""].rungs.values() if rung.when == "at breach"
    ]
    assert promise.within == "45 days"
    assert "head_of_unit" in at_breach[0].tells


# --- the seed's own promises --------------------------------------------------------------------------------------

PROMISES = {"kasittely_alkaa": "same day", "kiireellinen_tanaan": "same day", "palvelu_viikossa": "1 week"}


@pytest.mark.parametrize("name", THREE)
def test_the_three_promises_of_the_county_are_kept_by_acts_and_not_by_receipts(name: str) -> None:
    promises = definition(name).promises

    assert {key: promises[key].within for key in PROMISES} == PROMISES
    assert {promises[key].kind for key in PROMISES} == {"promise"}
    assert promises["kasittely_alkaa"].kept_when == ("first act recorded",)
    assert promises["palvelu_viikossa"].pause_on == ("client_postponed",)
    assert not any("entered" in stop for key in PROMISES for stop in promises[key].kept_when)


# --- who answers --------------------------------------------------------------------------------------------------

ANSWERS = [
    (YOUTH, "vastaanotto", "vastaanottaja"),
    (YOUTH, "kriisi", "vastuutyontekija"),
    (YOUTH, "jalkisoitto", "vastuutyontekija"),
    (YOUTH, "arvio", "vastuutyontekija"),
    (OLDER, "vastaanotto", "asiakasohjaaja"),
    (OLDER, "arvio", "omatyontekija"),
    (OLDER, "saannollinen_kotihoito", "vastuuhoitaja"),
    (MANY, "vastaanotto", "ehdottaja"),
    (MANY, "monialainen_arvio", "koordinoija"),
]


@pytest.mark.parametrize(("pathway", "step", "role"), ANSWERS)
def test_each_part_of_the_way_has_one_responsible_role(pathway: str, step: str, role: str) -> None:
    assert compiled(pathway).responsible_role_from(step) == role
    assert definition(pathway).roles[role].professions


@pytest.mark.parametrize("name", THREE)
def test_an_own_worker_is_always_of_a_social_care_profession(name: str) -> None:
    professions = definition(name).vocabulary.professions

    for role in definition(name).roles.values():
        if role.own_worker:
            assert all(professions[one].sector == "social" for one in role.professions)
            assert all(professions[one].own_worker for one in role.professions)


def test_a_nurse_answers_for_a_young_client_without_being_an_own_worker() -> None:
    assert "psykiatrinen_sairaanhoitaja" in definition(YOUTH).roles["vastuutyontekija"].professions
    assert not any(role.own_worker for role in definition(YOUTH).roles.values())
    assert "sairaanhoitaja" in definition(MANY).roles["koordinoija"].professions
    assert not definition(MANY).roles["koordinoija"].own_worker


@pytest.mark.parametrize("name", THREE)
def test_who_answers_always_has_a_substitute(name: str) -> None:
    later = [entry.role for entry in definition(name).responsible[1:]]

    assert all(definition(name).roles[role].substitute == "required" for role in later)


# --- the way ------------------------------------------------------------------------------------------------------


def test_the_assessment_of_a_young_person_goes_on_side_by_side() -> None:
    youth = compiled(YOUTH)

    assert youth.branches_of("arvio") == ("hoidontarve", "huoltaja", "navigaattori")
    assert youth.when("huoltaja", {"client.guardian_may_know": False}) is False
    assert youth.when("navigaattori", {"case.channel": "terapianavigaattori"}) is True


def test_only_the_agreed_treatment_opens() -> None:
    youth = compiled(YOUTH)

    opened = [one for one in youth.branches_of("hoito") if youth.when(one, {"answers.menetelma": "ipc"}) is True]
    assert opened == ["ipc_jakso"]


def test_a_guardian_may_object_and_a_mature_minor_still_gets_care() -> None:
    assert {"samaa_mielta", "huoltaja_vastustaa", "huoltajat_eri_mielta"} <= set(
        compiled(YOUTH).outcomes_of("huoltaja")
    )
    assert compiled(YOUTH).step_after("huoltaja", "huoltaja_vastustaa").kind == "done"


def test_the_transition_opens_at_seventeen_and_a_half_and_never_ends_the_care() -> None:
    event = definition(YOUTH).events["turns_17_and_half"]

    assert (event.at_age_months, event.enters) == (210, ("siirtyma_aikuisuuteen",))
    assert compiled(YOUTH).step_after("siirtyma_aikuisuuteen", "jatkuu_taalla").kind == "done"
    assert compiled(YOUTH).step("siirto_aikuisuuteen").to == "parjaaja_nuoret_aikuiset"


def test_memory_examinations_run_beside_the_help_at_home() -> None:
    older = compiled(OLDER)

    assert older.step("muistitutkimukset").by_hand
    assert older.when("muistitutkimukset", {"answers.mmse": 22, "answers.muistihuoli": False}) is True
    assert older.step_after("ensitieto", "tehty").kind == "done"
    assert definition(OLDER).events["memory_concern"].enters == ("muistitutkimukset",)


def test_home_care_is_never_given_without_a_decision() -> None:
    older = compiled(OLDER)

    into = {
        key
        for key in older.steps
        for one in older.outcomes_of(key)
        if older.step_after(key, one).key == "saannollinen_kotihoito"
    }
    assert into == {"jatkopaatos"}
    assert older.step("jatkopaatos").kind == "decision"


def test_a_light_client_gets_a_plan_without_the_network() -> None:
    many = compiled(MANY)

    assert many.step_after("suuntima", "verkosto").key == "koordinoijan_nimeaminen"
    assert {many.step_after("suuntima", one).key for one in ("omatoimi", "yhteistyo", "yhteiso")} == {
        "kevyt_suunnitelma"
    }


@pytest.mark.parametrize("name", THREE)
def test_danger_keeps_a_case_open_for_two_weeks_on_every_pathway(name: str) -> None:
    danger = definition(name).events["danger"]

    assert (danger.urgency, danger.stay_open) == ("urgent", "14 days")
    assert {"24 hours", "72 hours"} <= {promise.within for promise in danger.promises.values()}


@pytest.mark.parametrize("name", THREE)
def test_a_client_in_need_of_special_support_is_never_closed_by_itself(name: str) -> None:
    closes = definition(name).events["no_answer"].closes

    assert closes
    assert closes.never_automatic_when == "client.special_support"
    assert {"approval by responsible", "approval by team_lead"} <= set(closes.needs)


# --- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", THREE)
def test_every_step_speaks_to_the_professional_and_to_the_client(name: str) -> None:
    for key, step in compiled(name).steps.items():
        assert step.title, f"{key} has no title"
        assert step.title.en, f"{key} has no English title"
        for words in (step.worker, step.client):
            assert words, f"{key} has no words for somebody"
            assert min(len(words.fi), len(words.sv)) > 20, f"{key}: {words.fi}"
            assert words.fi != words.sv


NEVER = ("suurkuluttaja", "storförbrukare", "työpäiv", "arbetsdag", "verkostopalaver", "tiimivastaava", "erääntyy")


@pytest.mark.parametrize("name", THREE)
def test_no_text_says_what_must_never_be_shown(name: str) -> None:
    for words in _all_words(name):
        for text in (words.fi, words.sv, words.en or ""):
            said = [word for word in NEVER if word in text.casefold()]
            assert not said, f"{text}: {said}"


@pytest.mark.parametrize("name", THREE)
def test_a_nurse_is_never_titled_an_own_worker(name: str) -> None:
    health = {k for k, profession in definition(name).vocabulary.professions.items() if profession.sector == "health"}
    for key, role in definition(name).roles.items():
        if "omatyöntekijä" in role.title.fi.casefold():
            assert not health & set(role.professions), key


@pytest.mark.parametrize("name", THREE)
def test_every_measure_has_a_licence_note(name: str) -> None:
    used = {key for step in compiled(name).steps.values() for key in step.instruments}

    assert all(definition(name).vocabulary.instruments[key].licence for key in used)


def _all_words(name: str) -> Iterator[Text]:
    pathway = definition(name)
    yield from (pathway.title, pathway.purpose, *pathway.phases.values(), *pathway.ends.values())
    yield from (role.title for role in pathway.roles.values())
    yield from (promise.title for promise in pathway.promises.values() if promise.title)
    for step in compiled(name).steps.values():
        yield from _of_step(step)
    for event in pathway.events.values():
        yield from (words for words in (event.title, event.worker, event.client) if words)


def _of_step(step: Step) -> Iterator[Text]:
    yield from (words for words in (step.title, step.worker, step.client) if words)
    fields: Iterator[Field_] = iter(step.fields.values())
    for field in fields:
        yield field.title
        yield from field.choices.values()
        if field.instruction:
            yield field.instruction
