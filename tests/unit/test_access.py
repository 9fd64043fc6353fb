"""Who may see and do what to a case: role and relation decide, and no is the default."""

from dataclasses import replace
from datetime import date

import pytest

from engine.access import CaseFacts, Question, authorise, decide, decide_question, grounds, is_asked, may, verbs
from engine.access_verbs import COMMAND_VERBS, VERBS
from pathways import commands as c
from pathways.actor import Actor, the_system
from pathways.case import Assignment, Case, Handover, Member
from pathways.errors import NotAllowed, UnknownThing
from tests.clock import StoppedClock

NOW = StoppedClock().now()
TODAY = date(2026, 3, 2)
COUNTY, UNIT, OTHER_UNIT = "county", "unit", "other-unit"


def somebody(worker_id: str = "worker", *roles: str, units: tuple[str, ...] = (UNIT,), **more: object) -> Actor:
    actor = Actor(tenant_id=COUNTY, worker_id=worker_id, roles=frozenset(roles), units=frozenset(units))
    return replace(actor, **more)  # type: ignore[arg-type]


FACTS = CaseFacts(unit_id=UNIT, restricted=False, worker_id="responsible")
RESTRICTED = replace(FACTS, restricted=True)
QUEUED = replace(FACTS, worker_id=None, queue_unit=UNIT)
QUESTION = Question("question", "asker", "psykologi", None, None, None)


def a_case(**more: object) -> Case:
    answers = Assignment("a", "responsible", "vastuutyontekija", UNIT, "responsible", NOW, "named")
    case = Case(case_id="case", tenant_id=COUNTY, state="open", unit_id=UNIT, assignments={"a": answers})
    return replace(case, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("actor", "ground"),
    [
        (somebody("responsible", "case_worker"), "responsible"),
        (somebody("colleague", "case_worker"), "unit"),
        (somebody("lead", "team_lead"), "lead"),
        (somebody("away", "case_worker", units=(), substitutes_for=frozenset({"responsible"})), "substitute"),
        (the_system(COUNTY), "system"),
    ],
)
def test_the_care_team_the_unit_and_its_lead_see_a_case(actor: Actor, ground: str) -> None:
    assert ground in grounds(actor, FACTS)
    assert may(actor, "see", FACTS)


@pytest.mark.parametrize(
    "actor",
    [
        somebody("stranger", "case_worker", units=(OTHER_UNIT,)),
        somebody("lead", "team_lead", units=(OTHER_UNIT,)),
        somebody("designer", "service_designer"),
        somebody("admin", "admin"),
        somebody("consultant", "consultant"),
        somebody("nobody"),
    ],
)
def test_for_anybody_else_the_case_does_not_exist(actor: Actor) -> None:
    for verb in VERBS:
        with pytest.raises(UnknownThing):
            decide(actor, verb, FACTS)


def test_a_member_sees_the_case_while_the_membership_lasts() -> None:
    member = Member("guest", "partner", NOW, until=TODAY)
    case = a_case(members={"guest:partner": member})
    guest = somebody("guest", "consultant", units=())
    act = c.RecordAct(case_id="case", act_id="act", kind="call")

    assert authorise(guest, act, case, TODAY) == "member"
    with pytest.raises(UnknownThing):
        authorise(guest, act, case, date(2026, 3, 3))


def test_somebody_who_left_the_care_team_no_longer_sees_the_case() -> None:
    case = a_case(members={"guest:partner": Member("guest", "partner", NOW, left_at=NOW)})

    with pytest.raises(UnknownThing):
        authorise(
            somebody("guest", "case_worker", units=()), c.SetUrgency(case_id="case", urgency="urgent"), case, TODAY
        )


def test_a_consultant_who_took_a_question_does_not_see_the_case() -> None:
    case = a_case(members={"g:consultation:1": Member("guest", "consultation:12345678", NOW)})

    with pytest.raises(UnknownThing):
        authorise(somebody("guest", "consultant"), c.SetUrgency(case_id="case", urgency="urgent"), case, TODAY)


def test_a_restricted_case_is_seen_by_its_care_team_alone() -> None:
    assert may(somebody("responsible", "case_worker"), "see", RESTRICTED)
    assert not may(somebody("colleague", "case_worker"), "see", RESTRICTED)
    assert not may(somebody("lead", "team_lead"), "see", RESTRICTED)


def test_a_restricted_case_in_a_queue_is_seen_by_the_lead_who_names_its_worker() -> None:
    queued = replace(QUEUED, restricted=True)

    assert may(somebody("lead", "team_lead"), "responsible-worker", queued)
    assert not may(somebody("colleague", "case_worker"), "see", queued)


def test_the_worker_of_a_restricted_case_gives_the_reason_no_lead_can() -> None:
    worker = somebody("responsible", "case_worker")

    assert may(worker, "reason", RESTRICTED)
    assert not may(worker, "reason", FACTS)


def test_who_sees_a_case_but_may_not_act_is_told_who_may() -> None:
    with pytest.raises(NotAllowed) as refused:
        decide(somebody("colleague", "case_worker"), "void-breach", FACTS)

    assert refused.value.needs == "team_lead"


def test_a_lead_of_one_unit_is_a_worker_in_another() -> None:
    actor = somebody("lead", "team_lead", "case_worker", units=(UNIT, OTHER_UNIT), leads=frozenset({OTHER_UNIT}))

    assert may(actor, "outcome", FACTS)
    assert not may(actor, "reason", FACTS)
    assert may(actor, "reason", replace(FACTS, unit_id=OTHER_UNIT))


def test_anybody_in_the_unit_takes_a_case_from_the_queue_for_themselves() -> None:
    claim = c.AssignResponsibleWorker(case_id="case", worker_id="colleague", seed="s")
    queue = Assignment("a", "responsible", "vastaanottaja", UNIT, None, NOW, "queue")
    colleague = somebody("colleague", "case_worker")

    assert authorise(colleague, claim, a_case(assignments={"a": queue}), TODAY) == "unit"
    with pytest.raises(NotAllowed):
        authorise(colleague, claim, a_case(), TODAY)


def test_naming_somebody_else_is_for_who_answers_or_leads() -> None:
    name = c.AssignResponsibleWorker(case_id="case", worker_id="another", seed="s")

    assert authorise(somebody("responsible", "case_worker"), name, a_case(), TODAY) == "responsible"
    assert authorise(somebody("lead", "team_lead"), name, a_case(), TODAY) == "lead"
    with pytest.raises(NotAllowed):
        authorise(somebody("colleague", "case_worker"), name, a_case(), TODAY)


def test_a_question_to_a_profession_is_put_to_everybody_who_has_it() -> None:
    asked = somebody("any", "consultant", professions=frozenset({"psykologi"}))

    assert is_asked(asked, QUESTION, restricted=False)
    assert not is_asked(somebody("any", "consultant"), QUESTION, restricted=False)
    assert not is_asked(replace(asked, worker_id="asker"), QUESTION, restricted=False)


def test_a_question_to_an_organisation_is_put_to_nobody_outside_it() -> None:
    question = replace(QUESTION, organisation="hus")
    outside = somebody("any", "consultant", professions=frozenset({"psykologi"}))

    assert is_asked(replace(outside, organisation="hus"), question, restricted=False)
    assert not is_asked(outside, question, restricted=False)


def test_a_question_that_somebody_took_is_theirs() -> None:
    question = replace(QUESTION, accepted_by="first")
    second = somebody("second", "consultant", professions=frozenset({"psykologi"}))

    assert not is_asked(second, question, restricted=False)
    assert is_asked(replace(second, worker_id="first"), question, restricted=False)


def test_of_a_restricted_case_only_who_is_asked_by_name_is_asked() -> None:
    asked = somebody("any", "consultant", professions=frozenset({"psykologi"}))

    assert not is_asked(asked, QUESTION, restricted=True)
    assert is_asked(asked, replace(QUESTION, worker_id="any"), restricted=True)


def test_being_asked_lets_one_answer_and_nothing_else() -> None:
    facts = replace(FACTS, questions=(QUESTION,))
    asked = somebody("any", "consultant", units=(), professions=frozenset({"psykologi"}))

    assert decide_question(asked, "answer", "question", facts) == "asked"
    assert not may(asked, "see", facts)
    with pytest.raises(NotAllowed):
        decide_question(asked, "withdraw", "question", facts)
    with pytest.raises(UnknownThing):
        decide_question(asked, "answer", "another-question", facts)


def test_the_askers_side_completes_and_acknowledges_but_does_not_answer() -> None:
    facts = replace(FACTS, questions=(QUESTION,))
    worker = somebody("responsible", "case_worker")

    assert decide_question(worker, "acknowledge", "question", facts) == "responsible"
    assert decide_question(worker, "complete", "question", facts) == "responsible"
    with pytest.raises(NotAllowed):
        decide_question(worker, "answer", "question", facts)


def test_the_receiving_unit_decides_a_hand_over_and_the_sending_one_does_not() -> None:
    case = a_case(handovers={"h": Handover("h", "proposed", NOW, "responsible", to_unit=OTHER_UNIT)})
    accept = c.DecideHandover(case_id="case", handover_id="h", accept=True)

    assert authorise(somebody("r", "case_worker", units=(OTHER_UNIT,)), accept, case, TODAY) == "receiving"
    with pytest.raises(NotAllowed):
        authorise(somebody("responsible", "case_worker"), accept, case, TODAY)
    with pytest.raises(UnknownThing):
        authorise(somebody("x", "case_worker", units=("third",)), accept, case, TODAY)


def test_another_countys_receipt_is_confirmed_by_whoever_may_hand_the_case_over() -> None:
    case = a_case(
        handovers={"h": Handover("h", "proposed", NOW, "responsible", to_organisation="toinen_hyvinvointialue")}
    )
    confirm = c.DecideHandover(case_id="case", handover_id="h", accept=True)

    assert authorise(somebody("responsible", "case_worker"), confirm, case, TODAY) == "responsible"
    with pytest.raises(NotAllowed):
        authorise(somebody("colleague", "case_worker"), confirm, case, TODAY)
    with pytest.raises(UnknownThing):
        authorise(somebody("x", "case_worker", units=("third",)), confirm, case, TODAY)


def test_a_lead_leads_a_restricted_case_only_once_its_team_has_taken_them_in() -> None:
    facts = replace(FACTS, restricted=True)
    lead = somebody("lead", "team_lead", leads=(UNIT,))

    assert "approve-closing" not in verbs(lead, facts)
    assert "approve-closing" in verbs(lead, replace(facts, assignees=frozenset({"lead"})))


def test_a_hand_over_shows_the_case_and_lets_nothing_else_be_done() -> None:
    facts = replace(FACTS, receiving_units=frozenset({OTHER_UNIT}))
    receiver = somebody("r", "case_worker", units=(OTHER_UNIT,))

    assert verbs(receiver, facts) == ("see", "decide-hand-over")


def test_contacts_are_taken_by_who_works_with_clients_for_their_own_unit() -> None:
    contact = c.TakeContact(
        contact_id="k",
        new_case_id="case",
        new_client_id="client",
        pathway="p",
        channel="puhelin",
        received_at=NOW,
        matter="asia",
        unit_id=UNIT,
    )

    assert authorise(somebody("w", "case_worker"), contact, None, TODAY) == "unit"
    with pytest.raises(NotAllowed):
        authorise(somebody("d", "service_designer"), contact, None, TODAY)
    with pytest.raises(UnknownThing):
        authorise(somebody("w", "case_worker", units=(OTHER_UNIT,)), contact, None, TODAY)


def test_only_time_itself_fires_timers() -> None:
    fire = c.FireTimer(case_id="case", timer_id="t", fire_at=NOW, seed="s")

    assert authorise(the_system(COUNTY), fire, a_case(), TODAY) == "system"
    with pytest.raises(NotAllowed):
        authorise(somebody("lead", "team_lead"), fire, a_case(), TODAY)


def test_every_command_of_a_case_has_its_verb() -> None:
    decided_apart = {c.CaseCommand, c.AssignResponsibleWorker, c.MoveConsultation}
    commands = {kind for kind in vars(c).values() if isinstance(kind, type) and issubclass(kind, c.CaseCommand)}

    assert commands - decided_apart == set(COMMAND_VERBS)
    assert set(COMMAND_VERBS.values()) <= set(VERBS)
