"""How a case moves: contact, steps, outcomes, branches side by side, loops, closing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pathways import commands as c
from pathways import events as e
from pathways.errors import (
    ArrowNotPossible,
    CannotClose,
    CaseIsClosed,
    LoopBoundReached,
    Malformed,
    NoSuchStep,
    NotAllowed,
    OutcomeNotPossible,
    ReasonMissing,
    StepNotReady,
    TimeRefused,
)
from tests.builders import CLIENT, LEENA, SALLA, TUESDAY, Run, a_case, a_pathway, a_worker

SCORES = {"phq_9a": 12, "gad_7": 8, "yp_core": 18, "adsume": 2}


def in_assessment() -> Run:
    return a_case().act().outcome("vastaanotto", "jatkuu").outcome("kiireellisyys", "kiireeton")


def in_plan() -> Run:
    run = in_assessment()
    return run.outcome("hoidontarve", "tehty").outcome("huoltaja", "tehty").outcome("arvio", "ipc", by=SALLA)


@pytest.mark.rule(19)
def test_a_contact_opens_the_case_in_the_units_queue_and_keeps_no_promise() -> None:
    run = a_case()

    assert run.open_steps() == {"vastaanotto"}
    assert run.case.responsible is not None
    assert run.case.responsible.is_queue
    assert run.promise("kasittely_alkaa").state == "running"


def test_a_second_contact_joins_the_open_case_and_enters_nothing_again() -> None:
    run = a_case().contact(TUESDAY + timedelta(hours=2))

    assert run.case.visits == {"vastaanotto": 1}
    assert sum(isinstance(event, e.ContactReceived) for event in run.last.events) == 1


def test_an_outcome_that_is_not_possible_names_those_that_are() -> None:
    with pytest.raises(OutcomeNotPossible) as refused:
        a_case().outcome("vastaanotto", "siirretty")

    assert set(refused.value.possible) >= {"jatkuu", "ratkaistu_yhteydenotossa", "ohjattu_muualle"}


def test_a_step_that_is_not_open_names_the_ones_that_are() -> None:
    with pytest.raises(NoSuchStep) as refused:
        a_case().outcome("arvio", "ipc")

    assert refused.value.possible == ("vastaanotto",)


def test_branches_open_side_by_side_and_one_whose_condition_fails_is_not_needed() -> None:
    run = in_assessment()

    assert run.open_steps() == {"arvio", "hoidontarve", "huoltaja"}
    assert [r.step for r in run.case.runs.values() if r.state == "not_needed"] == ["navigaattori"]


def test_an_unknown_condition_keeps_its_branch_and_says_what_is_missing() -> None:
    run = a_case()
    run.clients = {key: {**client, "guardian_may_know": None} for key, client in run.clients.items()}

    run.act().outcome("vastaanotto", "jatkuu").outcome("kiireellisyys", "kiireeton")

    guardian = next(r for r in run.case.open_runs if r.step == "huoltaja")
    assert guardian.missing == ("client.guardian_may_know",)


def test_a_joined_step_waits_for_its_open_branches_by_name() -> None:
    run = in_assessment().outcome("hoidontarve", "tehty")

    with pytest.raises(StepNotReady) as refused:
        run.outcome("arvio", "ipc")

    assert refused.value.waiting_for == ("huoltaja",)


def test_the_joined_step_goes_on_once_its_branches_are_done() -> None:
    assert in_plan().open_steps() == {"suunnitelma"}


def test_choosing_against_a_suggestion_asks_for_a_reason_and_records_it() -> None:
    run = in_assessment().outcome("hoidontarve", "tehty", answers=SCORES).outcome("huoltaja", "tehty")

    with pytest.raises(ReasonMissing):
        run.outcome("arvio", "cool_kids")
    run.outcome("arvio", "cool_kids", reason="nuoren_toive")

    ended = next(event for event in run.last.events if isinstance(event, e.StepEnded))
    assert (ended.against_suggestion, ended.reason) == ("ipc", "nuoren_toive")


@pytest.mark.parametrize(("answers", "field"), [({"phq_9": 3}, "answers.phq_9"), ({"phq_9a": 99}, "answers.phq_9a")])
def test_an_answer_nobody_asked_for_or_out_of_range_is_refused(answers: dict[str, int], field: str) -> None:
    with pytest.raises(Malformed) as refused:
        in_assessment().outcome("hoidontarve", "tehty", answers=answers)

    assert refused.value.field == field


def test_a_loop_past_its_bound_waits_for_a_team_lead() -> None:
    run = a_case().act().outcome("vastaanotto", "jatkuu").outcome("kiireellisyys", "heti")
    for _ in range(4):
        run.outcome("kriisi", "hata").outcome("paivystykseen", "ei_vastaanotettu")

    with pytest.raises(LoopBoundReached) as refused:
        run.outcome("kriisi", "hata")
    run.outcome("kriisi", "hata", by=LEENA)

    assert (refused.value.step, refused.value.at_most) == ("paivystykseen", 4)
    assert run.open_steps() == {"paivystykseen"}


def test_an_urgent_outcome_makes_the_matter_urgent_and_starts_its_promise() -> None:
    run = a_case().act().outcome("vastaanotto", "jatkuu").outcome("kiireellisyys", "heti")

    assert run.case.urgency == "urgent"
    assert run.promise("kiireellinen_tanaan").state == "running"


def test_a_crisis_holds_the_case_open_for_fourteen_days() -> None:
    run = in_crisis()

    with pytest.raises(CannotClose) as refused:
        run.do(c.CloseCase(case_id=run.case.case_id, end="ratkaistu"))

    assert refused.value.until == "2026-12-16"


def in_crisis() -> Run:
    return a_case().act().outcome("vastaanotto", "jatkuu").outcome("kiireellisyys", "heti")


def test_a_waiting_step_opens_on_its_day_and_not_before() -> None:
    run = in_plan()
    run.do(plan_with_goal(run)).do(c.AgreePlan(case_id=run.case.case_id, agreement="agreed"))
    run.outcome("suunnitelma", "sovittu").outcome("hoito", "paattyy").outcome("loppuarvio", "paattyy")

    with pytest.raises(StepNotReady):
        run.outcome("seuranta", "vointi_hyva")
    run.pass_until(datetime(2027, 2, 28, 22, 0, tzinfo=UTC))  # 1.3.2027 klo 0.00 at the latest

    assert next(r for r in run.case.open_runs if r.step == "seuranta").state == "open"


BY_DATE = """
pathway: muistuttava
version: 1
title: {fi: Muistuttava, sv: Påminner}
purpose: {fi: Kokeile päivää., sv: Prova datum.}
source: tests
register: terveys
retention: potilasasiakirja
phases:
  alku: {fi: Alku, sv: Början}
roles:
  tekija: {title: {fi: Tekijä, sv: Den som gör}, professions: [sairaanhoitaja]}
responsible: [{from: alku, role: tekija}]
steps:
  alku:
    phase: alku
    title: {fi: A, sv: A}
    kind: work
    role: tekija
    fields: {paattyy: {title: {fi: Päättyy, sv: Upphör}, type: date}}
    outcomes: {tehty: katsaus}
  katsaus: {phase: alku, title: {fi: K, sv: G}, kind: work, role: tekija, opens: OPENS date paattyy, outcomes: {tehty: end valmis}}
ends:
  valmis: {fi: Valmis, sv: Klar}
outcomes:
  tehty: {fi: Tehty, sv: Gjort}
"""


@pytest.mark.parametrize(
    ("opens", "paattyy", "opened_at"),
    [
        ("60 days before", "2027-03-31", datetime(2027, 1, 29, 22, 0, tzinfo=UTC)),
        ("on", "2027-03-31", datetime(2027, 3, 30, 21, 0, tzinfo=UTC)),  # summer time by then
        ("1 month before", "2027-03-31", datetime(2027, 2, 27, 22, 0, tzinfo=UTC)),
        ("14 days after", "2026-12-24", datetime(2027, 1, 6, 22, 0, tzinfo=UTC)),
        ("60 days before", "2026-12-24", None),
        ("60 days before", None, None),
    ],
)
def test_a_step_opens_by_a_recorded_date_and_at_once_when_there_is_none_ahead(
    opens: str, paattyy: str | None, opened_at: datetime | None
) -> None:
    run = a_case(a_pathway(BY_DATE.replace("OPENS", opens)))

    run.outcome("alku", "tehty", answers={"paattyy": paattyy} if paattyy else {})

    assert [(r.step, r.opens_at) for r in run.case.open_runs] == [("katsaus", opened_at)]


@pytest.mark.parametrize("wrong", ["31.3.2027", "2027-02-30", 20270331, True])
def test_a_date_that_is_none_is_refused(wrong: object) -> None:
    with pytest.raises(Malformed, match="a date is written as"):
        a_case(a_pathway(BY_DATE.replace("OPENS", "on"))).outcome("alku", "tehty", answers={"paattyy": wrong})


def plan_with_goal(run: Run) -> c.WritePlan:
    content = {
        "goals": [{"key": "koulu", "wording": "Koulussa joka päivä"}],
        "next_review": (run.now + timedelta(days=60)).date(),
    }
    return c.WritePlan(case_id=run.case.case_id, content=content, text_id=run.case.case_id)  # type: ignore[arg-type]


def test_a_plan_step_needs_goals_a_review_day_and_the_clients_agreement() -> None:
    run = in_plan()

    with pytest.raises(StepNotReady) as refused:
        run.outcome("suunnitelma", "sovittu")

    assert len(refused.value.waiting_for) == 3


def test_an_end_that_needs_two_approvals_says_whose_is_missing() -> None:
    run = in_plan()

    with pytest.raises(CannotClose, match="team_lead"):
        run.do(c.CloseCase(case_id=run.case.case_id, end="ei_tavoitettu"), by=SALLA)


def test_not_reached_needs_three_attempts_on_two_days_in_two_channels() -> None:
    run = in_plan()
    run.do(c.ApproveClosing(case_id=run.case.case_id, end="ei_tavoitettu"), by=SALLA)

    with pytest.raises(CannotClose, match="sought 3 times"):
        run.do(c.CloseCase(case_id=run.case.case_id, end="ei_tavoitettu"), by=LEENA)
    run.act("attempt", channel="puhelin").act("attempt", channel="puhelin")
    run.now += timedelta(days=1)
    run.act("attempt", channel="kirje")
    run.do(c.CloseCase(case_id=run.case.case_id, end="ei_tavoitettu"), by=LEENA)

    assert (run.case.state, run.case.end) == ("closed", "ei_tavoitettu")


def test_a_closed_case_takes_no_more_steps_but_a_new_contact_opens_it_again() -> None:
    run = a_case().outcome("vastaanotto", "ratkaistu_yhteydenotossa")

    with pytest.raises(CaseIsClosed):
        run.act()
    run.contact(TUESDAY + timedelta(days=30))

    assert (run.case.state, run.case.episode) == ("open", 2)
    assert run.open_steps() == {"vastaanotto"}


@pytest.mark.rule(3)
def test_nothing_happens_in_the_future_or_before_the_contact() -> None:
    run = a_case()

    with pytest.raises(TimeRefused, match="future"):
        run.act(occurred_at=TUESDAY + timedelta(hours=1))
    with pytest.raises(TimeRefused, match="before"):
        run.act(occurred_at=TUESDAY - timedelta(hours=1))


@pytest.mark.rule(2)
def test_what_is_told_over_an_hour_late_needs_a_reason() -> None:
    run = a_case()
    run.now += timedelta(hours=2)

    with pytest.raises(ReasonMissing):
        run.act(occurred_at=TUESDAY + timedelta(minutes=5))
    run.act(occurred_at=TUESDAY + timedelta(minutes=5), late_reason="jarjestelmahairio")

    assert run.promise("kasittely_alkaa").state == "kept"


@pytest.mark.rule(22)
def test_death_ends_everything_at_once_whatever_holds_the_case_open() -> None:
    run = in_crisis().event("died")

    assert (run.case.state, run.case.end) == ("closed", "kuollut")
    assert not run.case.live_promises
    assert not run.case.open_runs
    assert run.last.cancels_messages


def test_a_network_meeting_counts_as_held_only_when_its_quorum_is_confirmed() -> None:
    run = in_assessment().outcome("hoidontarve", "tehty").outcome("huoltaja", "tehty").outcome("arvio", "konsultoi")
    run.do(ask(run), by=SALLA)
    consultation = next(iter(run.case.consultations.values())).consultation_id
    run.do(move(run, consultation, "answer", words="Kyllä"), by=PSYCHIATRIST)
    run.outcome("nuorisopsykiatri", "yhteinen_arvio")
    quorum: dict[str, bool | int] = {"asiakas_mukana": True, "vastuutyontekija_mukana": True}

    with pytest.raises(StepNotReady) as refused:
        run.outcome("verkosto", "sovittu", answers={**quorum, "muita_organisaatioita": 0})
    run.outcome("verkosto", "sovittu", answers={**quorum, "muita_organisaatioita": 1})

    assert refused.value.waiting_for == ("at least 1 other organisation",)
    assert run.open_steps() == {"suunnitelma"}


PSYCHIATRIST = a_worker("Niina", "nuorisopsykiatri")


def ask(run: Run) -> c.RequestConsultation:
    return c.RequestConsultation(
        case_id=run.case.case_id,
        consultation_id=run.case.case_id,
        question="Sopiiko hoito perustasolla?",
        question_text_id=run.case.case_id,
        profession="nuorisopsykiatri",
        step="nuorisopsykiatri",
    )


def move(run: Run, consultation_id: str, verb: Any, **more: Any) -> c.MoveConsultation:
    return c.MoveConsultation(case_id=run.case.case_id, consultation_id=consultation_id, verb=verb, **more)


def consulting() -> Run:
    run = in_assessment().outcome("hoidontarve", "tehty").outcome("huoltaja", "tehty").outcome("arvio", "konsultoi")
    return run.do(ask(run), by=SALLA)


def test_a_consultation_starts_its_own_reply_promise_and_the_asker_stays_responsible() -> None:
    run = consulting()

    assert run.promise("vastaus_nuorisopsykiatri").state == "running"
    assert run.case.responsible is not None
    assert run.case.responsible.worker_id == SALLA.worker_id


@pytest.mark.rule(1)
def test_s19_a_returned_consultation_counts_its_reply_anew_from_its_completion() -> None:
    run = consulting()
    consultation = run.case.case_id
    run.do(move(run, consultation, "return", words="Mikä on pistemäärä?"), by=PSYCHIATRIST)
    assert run.promise("vastaus_nuorisopsykiatri").state == "cancelled"
    run.now += timedelta(days=1)
    run.do(move(run, consultation, "complete", words="PHQ-9A 12", text_id=consultation), by=SALLA)

    assert run.promise("vastaus_nuorisopsykiatri").cycle == 2
    assert run.promise("vastaus_nuorisopsykiatri").started_at == run.now


def test_a_consultation_moves_only_along_its_arrows_and_only_by_the_profession_asked() -> None:
    run = consulting()
    consultation = run.case.case_id

    with pytest.raises(ArrowNotPossible) as refused:
        run.do(move(run, consultation, "acknowledge"), by=SALLA)
    with pytest.raises(NotAllowed):
        run.do(move(run, consultation, "answer", words="Kyllä"), by=SALLA)

    assert set(refused.value.possible) == {"accept", "return", "answer", "decline", "withdraw"}


def test_a_step_added_by_hand_opens_when_it_is_started() -> None:
    run = a_case()
    run.do(c.StartStep(case_id=run.case.case_id, step="jatkoyhteys_24h"))

    assert run.open_steps() == {"vastaanotto", "jatkoyhteys_24h"}


def test_a_pathway_that_restricts_access_does_so_from_the_contact_on() -> None:
    text = BY_DATE.replace("OPENS", "on")

    assert a_case(a_pathway(text.replace("register: terveys", "register: terveys\nrestricts: access"))).case.restricted
    assert not a_case(a_pathway(text)).case.restricted


def test_a_new_case_of_a_restricted_client_is_restricted_too() -> None:
    client = {"client_id": CLIENT, "birth_date": None, "restricted": True}

    assert a_case(clients={CLIENT: client}).case.restricted


def test_a_step_that_needs_all_its_fields_says_so_and_takes_words_as_they_come() -> None:
    asked = "needs: [all fields answered]\n    fields: {sana: {title: {fi: S, sv: O}, type: text}, "
    text = BY_DATE.replace("OPENS", "on").replace("fields: {", asked, 1)

    with pytest.raises(StepNotReady) as refused:
        a_case(a_pathway(text)).outcome("alku", "tehty")
    run = a_case(a_pathway(text)).outcome("alku", "tehty", answers={"paattyy": "2027-03-31"})

    assert refused.value.waiting_for == ("all fields answered",)
    assert run.open_steps() == {"katsaus"}


def test_nothing_holds_a_case_open_after_its_client_has_died() -> None:
    dead = "ends:\n  valmis: {fi: Valmis, sv: Klar, means: [died]}"
    text = BY_DATE.replace("ends:\n  valmis: {fi: Valmis, sv: Klar}", dead).replace("OPENS", "on")
    held = text.replace(
        "kind: work\n    role: tekija\n    fields", "kind: work\n    stay_open: 14 days\n    role: tekija\n    fields"
    )

    run = a_case(a_pathway(held)).outcome("alku", "tehty").outcome("katsaus", "tehty")

    assert run.case.state == "closed"
    with pytest.raises(CannotClose):
        a_case(a_pathway(held.replace(", means: [died]", ""))).outcome("alku", "tehty").outcome("katsaus", "tehty")


def test_each_contact_keeps_the_rhythm_of_a_step_and_starts_it_anew() -> None:
    text = BY_DATE.replace("OPENS", "on").replace(
        "kind: work\n    role: tekija\n    fields", "kind: contact\n    every: 2 weeks\n    role: tekija\n    fields"
    )
    run = a_case(a_pathway(text))

    first = run.promise("yhteys_alku")
    run.act("attempt", step="alku")
    assert run.promise("yhteys_alku").promise_id == first.promise_id
    run.now += timedelta(days=5)
    run.act("call", step="alku")

    assert run.case.promises[first.promise_id].state == "kept"
    assert run.promise("yhteys_alku").started_at == run.now
    run.outcome("alku", "tehty")
    assert not run.promise("yhteys_alku").is_live


AFTER = BY_DATE.replace(
    "kind: work, role: tekija, opens: OPENS date paattyy, outcomes: {tehty: end valmis}",
    "kind: work, role: tekija, opens: 3 months after alku, outcomes: {tehty: katsaus, valmis: end valmis}",
).replace(
    "outcomes: {tehty: katsaus}\n",
    "outcomes: {tehty: valissa}\n  valissa: {phase: alku, title: {fi: V, sv: M}, kind: work, role: tekija, outcomes: {tehty: katsaus}}\n",
)


def test_a_step_opens_so_long_after_the_step_it_names_and_then_after_itself() -> None:
    run = a_case(a_pathway(AFTER))
    run.outcome("alku", "tehty")
    run.now += timedelta(days=30)
    run.outcome("valissa", "tehty")

    assert [r.opens_at for r in run.case.open_runs] == [
        datetime(2027, 2, 28, 22, 0, tzinfo=UTC)
    ]  # since 1.12., not 31.12.

    run.pass_until(datetime(2027, 3, 10, 8, 0, tzinfo=UTC)).outcome("katsaus", "tehty")
    assert [r.opens_at for r in run.case.open_runs] == [datetime(2027, 6, 9, 21, 0, tzinfo=UTC)]


def test_a_follow_up_that_did_not_take_place_is_open_again_at_once() -> None:
    text = AFTER.replace("outcomes: {tehty: katsaus, valmis", "outcomes: {ei_tavoitettu: katsaus, valmis")
    text = text.replace(
        "  tehty: {fi: Tehty, sv: Gjort}",
        "  tehty: {fi: Tehty, sv: Gjort}\n  ei_tavoitettu: {fi: E, sv: I, happened: false}",
    )
    run = a_case(a_pathway(text)).outcome("alku", "tehty").outcome("valissa", "tehty")

    run.pass_until(datetime(2027, 3, 2, 8, 0, tzinfo=UTC)).outcome("katsaus", "ei_tavoitettu")

    assert [r.opens_at for r in run.case.open_runs] == [None]
