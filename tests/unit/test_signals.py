"""Signals: what a move raises follows from the step's kind, its outcome and who acts."""

from engine.signals import Signals
from pathways.phrases import Form, Phrase
from tests.builders import the_example

EXAMPLE = the_example()
SIGNALS: Signals = EXAMPLE.signals
NURSE, COUNSELLOR, PHYSICIAN = ("sairaanhoitaja",), ("palveluohjaaja",), ("laakari",)


def ending(step: str, outcome: str, *, urgent: bool = False, professions: tuple[str, ...] = NURSE) -> set[Phrase]:
    return set(SIGNALS.of_ending(step, EXAMPLE.step(step), outcome, urgent=urgent, professions=professions))


def test_assessing_the_urgency_keeps_the_health_care_duty_only_for_a_health_professional() -> None:
    assert Form.HEALTH_ASSESSMENT_RECORDED.of() in ending("kiireellisyys", "kiireeton")
    assert Form.HEALTH_ASSESSMENT_RECORDED.of() not in ending("kiireellisyys", "kiireeton", professions=COUNSELLOR)


def test_assessing_the_urgency_is_no_urgent_act_and_no_needs_assessment() -> None:
    raised = ending("kiireellisyys", "heti", urgent=True)

    assert Form.URGENCY_SET_TO_URGENT.of() in raised
    assert not {Form.URGENT_ACT_HELD.of(), Form.ASSESSMENT_STARTED.of()} & raised


def test_a_matter_resolved_at_contact_by_a_nurse_was_assessed() -> None:
    assert Form.HEALTH_ASSESSMENT_RECORDED.of() in ending("vastaanotto", "ratkaistu_yhteydenotossa")


def test_an_assessment_in_branches_is_recorded_when_they_have_joined() -> None:
    assert {Form.ASSESSMENT_RECORDED.of(), Form.NEED_FOUND.of()} <= ending("arvio", "ipc")
    assert Form.ASSESSMENT_FOUND_NEED.of() in ending("arvio", "ipc")
    assert Form.ASSESSMENT_FOUND_NEED.of() not in ending("arvio", "neuvonta_riittaa")


def test_a_visit_is_a_service_and_only_an_urgent_one_an_urgent_act() -> None:
    assert Form.FIRST_SERVICE_EVENT_HELD.of() in ending("kriisi", "vakaa")
    assert Form.URGENT_ACT_HELD.of() in ending("kriisi", "vakaa", urgent=True)
    assert Form.URGENT_ACT_HELD.of() not in ending("kriisi", "vakaa")


def test_a_client_who_was_not_reached_was_sought_but_not_met() -> None:
    raised = ending("seuranta", "ei_tavoitettu")

    assert Form.FIRST_ACT_RECORDED.of() in raised
    assert Form.CLIENT_REACHED.of() not in raised


def test_a_meeting_that_moved_was_not_held() -> None:
    assert Form.MEETING_HELD.of() in ending("verkosto", "sovittu")
    assert Form.MEETING_HELD.of() not in ending("verkosto", "siirtyi")


def test_a_hand_over_says_who_received_it() -> None:
    raised = ending("lahete_esh", "vastaanotettu")

    assert {
        Form.HANDOVER_RECEIVED.of("lahete_esh"),
        Form.HANDOVER_RECEIVED_BY.of("hus_nuorisopsykiatria"),
        Form.RECEIVED_BY_SPECIALISED_CARE.of(),
    } <= raised
    assert Form.HANDOVER_RETURNED.of("lahete_esh") in ending("lahete_esh", "palautettu")


def test_an_emergency_service_is_no_specialised_care() -> None:
    assert Form.RECEIVED_BY_SPECIALISED_CARE.of() not in ending("paivystykseen", "vastaanotettu")


def test_a_plan_is_agreed_or_disagreement_recorded() -> None:
    assert Form.PLAN_AGREED.of() in ending("suunnitelma", "sovittu")
    assert Form.DISAGREEMENT_RECORDED.of() in ending("suunnitelma", "erimielisyys_kirjattu")
    assert Form.CLIENT_DECLINED.of() in ending("suunnitelma", "kieltaytyi")


def test_an_attempt_is_an_act_that_reaches_nobody() -> None:
    assert SIGNALS.of_act("attempt") == (Form.FIRST_ACT_RECORDED.of(),)
    assert Form.CLIENT_REACHED.of() in SIGNALS.of_act("call")


def test_a_service_says_at_which_step_it_was_held() -> None:
    crisis, booked = EXAMPLE.step("kriisi"), Form.SERVICE_HELD.of("hoito")

    assert Form.SERVICE_HELD.of("kriisi") in ending("kriisi", "vakaa")
    assert booked not in ending("kriisi", "vakaa")
    assert booked in SIGNALS.of_act("meeting", EXAMPLE.step("hoito"), key="hoito")
    assert booked not in SIGNALS.of_act("call", EXAMPLE.step("hoito"), key="hoito")
    assert Form.SERVICE_HELD.of("kriisi") not in SIGNALS.of_act("meeting", crisis)


def test_a_physicians_visit_needs_a_physician() -> None:
    step = EXAMPLE.step("hoito")

    assert Form.PHYSICIAN_VISIT_HELD.of() in SIGNALS.of_act("meeting", step, professions=PHYSICIAN)
    assert Form.PHYSICIAN_VISIT_HELD.of() not in SIGNALS.of_act("meeting", step, professions=NURSE)


def test_a_second_contact_opens_no_matter() -> None:
    assert Form.MATTER_OPENED.of() in SIGNALS.of_contact()
    assert Form.MATTER_OPENED.of() not in SIGNALS.of_contact(opens=False)


def test_an_urgent_question_starts_another_clock() -> None:
    assert Form.STEP_CONSULTATION_ASKED_URGENTLY.of("neuvo") in SIGNALS.of_consultation("neuvo", "asked", urgent=True)
    assert SIGNALS.of_consultation(None, "answered") == (Form.CONSULTATION_ANSWERED.of(),)


def test_danger_makes_a_case_urgent_and_death_says_so() -> None:
    assert Form.URGENCY_SET_TO_URGENT.of() in SIGNALS.of_event("danger")
    assert Form.DIED.of() in SIGNALS.of_event("died")
    assert Form.CLOSED_NOT_REACHED.of() in SIGNALS.of_closing("ei_tavoitettu")
