"""The compiled pathway: what can happen, asked without moving anything."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.conditions import Unknown
from engine.machine import CompiledPathway
from engine.reader import read_pathway
from pathways.definition import PathwayDefinition
from pathways.errors import OutcomeNotPossible, UnknownThing
from pathways.phrases import Form
from pathways.step import Target
from tests.builders import the_example
from tests.definitions.breaking import SMALL, the_shelf

EXAMPLE = the_example()


def small() -> CompiledPathway:
    return CompiledPathway(read_pathway(SMALL, "koe.yaml", the_shelf().shelf).definition)


def test_an_outcome_leads_to_a_step_an_end_or_the_end_of_its_branch() -> None:
    assert EXAMPLE.step_after("vastaanotto", "jatkuu") == Target("step", "kiireellisyys")
    assert EXAMPLE.step_after("vastaanotto", "ratkaistu_yhteydenotossa") == Target("end", "ratkaistu")
    assert EXAMPLE.step_after("hoidontarve", "tehty") == Target("done")


def test_an_outcome_that_is_not_there_names_the_possible_ones() -> None:
    with pytest.raises(OutcomeNotPossible) as refused:
        EXAMPLE.step_after("seuranta", "valmis")

    assert set(refused.value.possible) == {"vointi_hyva", "oireita", "ei_tavoitettu"}


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(UnknownThing):
        EXAMPLE.step("puuttuu")


def test_every_outcome_of_every_step_leads_where_the_file_says() -> None:
    for key, step in EXAMPLE.steps.items():
        for outcome, text in step.outcomes.items():
            target = EXAMPLE.step_after(key, outcome)
            assert text == (
                "done" if target.kind == "done" else f"end {target.key}" if target.kind == "end" else target.key
            )


def test_an_end_and_a_step_of_the_same_name_are_kept_apart() -> None:
    text = SMALL.replace("  ratkaistu: {fi: Asia", "  hoito: {fi: Asia").replace("end ratkaistu", "end hoito")
    pathway = CompiledPathway(read_pathway(text, "koe.yaml", the_shelf().shelf).definition)

    assert pathway.step_after("seuranta", "vointi_hyva") == Target("end", "hoito")
    assert pathway.step_after("seuranta", "oireita") == Target("step", "hoito")


def test_branches_know_where_they_belong_and_where_they_begin() -> None:
    pathway = small()

    assert pathway.branches_of("arvio") == ("haastattelu", "huoltaja", "kotikaynti")
    assert pathway.first_step_of("haastattelu") == "haastattelu"
    assert pathway.first_step_of("kotikaynti") == "sovitaan"
    assert (pathway.parent_of("kayn_kotona"), pathway.branch_of("kayn_kotona")) == ("arvio", "kotikaynti")
    assert pathway.parent_of("arvio") is None


def test_all_goes_on_when_every_branch_that_applies_is_done() -> None:
    pathway = small()

    assert not pathway.join_satisfied("arvio", {"haastattelu": "done", "huoltaja": "open", "kotikaynti": "done"})
    assert pathway.join_satisfied("arvio", {"haastattelu": "done", "huoltaja": "not_needed", "kotikaynti": "done"})


@pytest.mark.parametrize(
    ("join", "done", "satisfied"), [("any", 0, False), ("any", 1, True), ("n_of", 1, False), ("n_of", 2, True)]
)
def test_any_and_n_of_go_on_when_enough_is_done(join: str, done: int, satisfied: bool) -> None:
    branches = {key: {"title": {"fi": key, "sv": key}, "kind": "work"} for key in ("a", "b", "c")}
    joined = {"n_of": {"n": 2, "branches": branches}} if join == "n_of" else {"any": branches}
    pathway = a_pathway_with({"title": {"fi": "x", "sv": "x"}, "outcomes": {"valmis": "end loppu"}, **joined})
    states = {key: "done" if at < done else "open" for at, key in enumerate("abc")}

    assert pathway.join_satisfied("alku", states) is satisfied  # type: ignore[arg-type]


def test_n_of_asks_for_no_more_than_apply() -> None:
    branches = {key: {"title": {"fi": key, "sv": key}, "kind": "work"} for key in ("a", "b", "c")}
    step = {
        "title": {"fi": "x", "sv": "x"},
        "outcomes": {"valmis": "end loppu"},
        "n_of": {"n": 2, "branches": branches},
    }
    pathway = a_pathway_with(step)

    assert pathway.join_satisfied("alku", {"a": "done", "b": "not_needed", "c": "not_needed"})
    assert pathway.goes_on_with("alku") == "valmis"


def test_a_join_with_somebody_to_decide_waits_for_them() -> None:
    assert EXAMPLE.goes_on_with("arvio") is None


def test_the_responsible_role_changes_only_where_the_file_says() -> None:
    assert EXAMPLE.responsible_role_from("vastaanotto") == "vastaanottaja"
    assert EXAMPLE.responsible_role_from("kiireellisyys") is None
    assert EXAMPLE.responsible_role_from("arvio") == "vastuutyontekija"


def test_promises_are_found_by_what_starts_keeps_and_cancels_them() -> None:
    assert "kasittely_alkaa" in EXAMPLE.promises_started_by(Form.CONTACT_RECEIVED.of())
    assert EXAMPLE.promises_kept_by(Form.HANDOVER_RECEIVED_BY.of("paivystys")) == (
        "kiireellinen_tanaan",
        "vaara_soitto",
    )
    assert "palvelu_viikossa" in EXAMPLE.promises_cancelled_by(Form.DIED.of())
    assert EXAMPLE.promises_started_by(Form.OUTCOME.of("arvio", "ipc")) == ("terapiatakuu",)


def test_a_step_that_names_targets_in_a_word_has_promises() -> None:
    reply, urgent = EXAMPLE.promises["vastaus_nuorisopsykiatri"], small().promises["vastaus_neuvo_kiireellinen"]

    assert (reply.kind, reply.within, reply.step) == ("target", "3 working days", "nuorisopsykiatri")
    assert urgent.starts == ("consultation neuvo asked urgently",)
    assert EXAMPLE.promises["tavoite_jalkisoitto"].calendar == "24/7"
    assert small().promises["vastaanotto_lahete_kiireellinen"].applies == "case.urgency == 'urgent'"


def test_scope_and_applies_must_both_hold() -> None:
    assert EXAMPLE.applies("hoitotakuu_alle_23", {"client.age": 22}) is True
    assert EXAMPLE.applies("hoitotakuu_alle_23", {"client.age": 23}) is False
    assert EXAMPLE.applies("palvelu_viikossa", {}) == Unknown(("unit.promises_on",))
    assert EXAMPLE.applies("kasittely_alkaa", {}) is True


def test_a_branch_with_something_missing_is_neither_wanted_nor_unwanted() -> None:
    assert EXAMPLE.when("huoltaja", {}) == Unknown(("client.guardian_may_know",))
    assert EXAMPLE.when("navigaattori", {"case.channel": "chat"}) is False
    assert EXAMPLE.when("hoidontarve", {}) is True


def test_scores_suggest_and_missing_scores_suggest_nothing() -> None:
    assert EXAMPLE.suggestion("arvio", {"answers.phq_9a": 12}) == "ipc"
    assert EXAMPLE.suggestion("arvio", {"answers.phq_9a": 20}) is None
    assert EXAMPLE.suggestion("arvio", {}) is None


def test_the_pathways_own_words_win_over_the_vocabulary() -> None:
    text = SMALL + "\noutcomes:\n  paattyy: {fi: Hoito on ohi, sv: Vården är över}\n"
    pathway = CompiledPathway(read_pathway(text, "koe.yaml", the_shelf().shelf).definition)

    own, shared = pathway.outcome_text("paattyy"), pathway.outcome_text("vointi_hyva")

    assert own is not None
    assert own.fi == "Hoito on ohi"
    assert shared is not None
    assert shared.sv == "Klienten mår bra"


def test_one_compiled_pathway_serves_many_threads() -> None:
    questions = [(key, outcome) for key in EXAMPLE.steps for outcome in EXAMPLE.outcomes_of(key)] * 50
    alone = [EXAMPLE.step_after(*question) for question in questions]

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda question: EXAMPLE.step_after(*question), questions))

    assert together == alone


def a_pathway_with(step: dict[str, object]) -> CompiledPathway:
    words = {"fi": "x", "sv": "x"}
    content = {
        "pathway": "koe",
        "version": 1,
        "title": words,
        "purpose": words,
        "source": "x",
        "register": "terveys",
        "retention": "x",
        "phases": {},
        "roles": {},
        "responsible": [],
        "steps": {"alku": step},
        "ends": {"loppu": words},
    }
    return CompiledPathway(PathwayDefinition.model_validate(content))
