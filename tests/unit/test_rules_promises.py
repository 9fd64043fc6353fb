"""What commands and time do to promises: promises.md rules 1–5 and 11–19, on the example pathway."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from engine.calendars import Calendars, shipped_calendars
from engine.findings import DefinitionRefused
from engine.machine import CompiledPathway
from engine.reader import read_pathway
from engine.shelf import load_shelf
from pathways import commands as c
from pathways import events as e
from pathways.errors import ArrowNotPossible, Malformed, PauseRefused, ReasonMissing
from tests.builders import AINO, LEENA, PEKKA, SALLA, TUESDAY, UNIT, Run, a_case, a_pathway, a_worker, changed

MONDAY = datetime(2027, 1, 11, 7, 0, tzinfo=UTC)  # ma 11.1.2027 klo 9


def helsinki(day: int, month: int, year: int, hour: int = 0, minute: int = 0) -> datetime:
    return (
        datetime(year, month, day, hour - 2, minute, tzinfo=UTC)
        if hour >= 2
        else (datetime(year, month, day, tzinfo=UTC) - timedelta(hours=2) + timedelta(hours=hour, minutes=minute))
    )


def of(run: Run, kind: type) -> list:  # type: ignore[type-arg]
    return [event for event in run.last.events if isinstance(event, kind)]


@pytest.mark.rule(1)
def test_a_breach_is_a_fact_and_the_promise_runs_on() -> None:
    run = a_case().pass_until(helsinki(2, 12, 2026, 9))

    promise = run.promise("kasittely_alkaa")
    assert (promise.state, promise.breached_at) == ("running", helsinki(2, 12, 2026))


@pytest.mark.rule(2)
def test_an_act_recorded_later_is_judged_by_when_it_happened() -> None:
    run = a_case().pass_until(helsinki(2, 12, 2026, 9))
    run.act(occurred_at=helsinki(1, 12, 2026, 15), late_reason="kirjattu myöhemmin")

    promise = run.promise("kasittely_alkaa")
    assert promise.state == "kept"
    assert promise.breach_voided_at is not None


@pytest.mark.rule(2)
def test_an_outcome_that_stops_a_clock_and_is_told_late_needs_a_reason_and_shows_it() -> None:
    run = a_case().act()
    happened, run.now = run.now, run.now + timedelta(minutes=61)

    with pytest.raises(ReasonMissing, match="hour late"):
        run.outcome("vastaanotto", "ratkaistu_yhteydenotossa", occurred_at=happened)
    run.outcome("vastaanotto", "ratkaistu_yhteydenotossa", occurred_at=happened, late_reason="home_visit")

    promise = run.promise("palvelu_viikossa")
    assert (promise.state, promise.ended_at) == ("kept", happened)
    assert (promise.told_late_at, promise.late_reason) == (run.now, "home_visit")


@pytest.mark.rule(2)
def test_a_stop_told_at_once_or_across_a_due_instant_of_seconds_is_told_apart() -> None:
    in_time = a_case()
    in_time.now = helsinki(1, 12, 2026, 23, 59)
    in_time.act()
    across = a_case()
    across.now = helsinki(2, 12, 2026, 0, 1)
    across.act(occurred_at=helsinki(1, 12, 2026, 23, 59), late_reason="home_visit")

    assert in_time.promise("kasittely_alkaa").told_late_at is None
    assert across.promise("kasittely_alkaa").told_late_at == across.now


@pytest.mark.rule(4)
def test_what_a_step_does_to_its_promises_stands_in_the_same_story() -> None:
    run = a_case().act()

    kinds = [type(event) for event in run.last.events]
    assert kinds.index(e.ActRecorded) < kinds.index(e.PromiseKept)
    assert not [timer for timer in run.case.timers.values() if timer.subject.startswith("keep")]


@pytest.mark.rule(3)
def test_every_promise_starts_at_the_contact_and_same_day_is_counted_from_the_opening() -> None:
    friday_night = helsinki(4, 12, 2026, 23, 40)
    run = a_case(received=friday_night)

    assert run.promise("kasittely_alkaa").started_at == friday_night
    assert run.promise("kasittely_alkaa").due_on == date(2026, 12, 7)
    assert run.promise("palvelu_viikossa").due_on == date(2026, 12, 11)


@pytest.mark.rule(3)
def test_what_keeps_a_promise_before_opening_time_keeps_it() -> None:
    run = a_case(received=helsinki(4, 12, 2026, 23, 40))
    run.now = helsinki(4, 12, 2026, 23, 55)
    run.act()

    assert run.promise("kasittely_alkaa").state == "kept"


@pytest.mark.rule(5)
def test_a_promise_that_runs_is_not_started_again_by_another_contact() -> None:
    run = a_case().contact(TUESDAY + timedelta(hours=1))

    assert run.promise("palvelu_viikossa").cycle == 1


@pytest.mark.rule(5)
def test_a_kept_promise_begins_a_new_cycle_with_the_next_contact() -> None:
    run = a_case().act().contact(TUESDAY + timedelta(hours=1))

    assert run.promise("kasittely_alkaa").cycle == 2


@pytest.mark.rule(11)
def test_kept_exactly_at_the_due_instant_is_in_time() -> None:
    run = a_case()
    run.now = helsinki(2, 12, 2026)
    run.act()

    assert run.promise("kasittely_alkaa").state == "kept"


@pytest.mark.rule(11)
def test_one_microsecond_later_is_late() -> None:
    run = a_case()
    run.now = helsinki(2, 12, 2026) + timedelta(microseconds=1)
    run.act()

    assert run.promise("kasittely_alkaa").state == "late"


@pytest.mark.rule(13)
def test_a_statutory_clock_is_never_paused() -> None:
    run = a_case()
    law = run.promise("hoidon_tarpeen_arvio")

    with pytest.raises(PauseRefused, match="statutory"):
        run.do(pause(run, law.promise_id, run.now, run.now + timedelta(days=1)))


def pause(
    run: Run, promise_id: str, start: datetime, end: datetime, reason: str = "client_postponed"
) -> c.PausePromise:
    return c.PausePromise(case_id=run.case.case_id, promise_id=promise_id, start=start, end=end, reason=reason)


@pytest.mark.rule(13)
def test_only_a_listed_reason_pauses() -> None:
    run = a_case()
    week = run.promise("palvelu_viikossa").promise_id

    with pytest.raises(PauseRefused, match="client_postponed"):
        run.do(pause(run, week, run.now, run.now + timedelta(days=1), "lomakausi"))


@pytest.mark.rule(13)
def test_a_pause_stops_the_clock_and_resumes_by_itself_at_its_latest_end() -> None:
    run = a_case(received=MONDAY)
    week = run.promise("palvelu_viikossa").promise_id
    run.now = helsinki(14, 1, 2027, 9)
    run.do(pause(run, week, run.now, helsinki(21, 1, 2027, 9)))

    assert run.promise("palvelu_viikossa").state == "paused"
    assert run.promise("palvelu_viikossa").due_at is None
    run.pass_until(helsinki(21, 1, 2027, 10))

    assert run.promise("palvelu_viikossa").state == "running"
    assert run.promise("palvelu_viikossa").due_on == date(2027, 1, 25)


@pytest.mark.rule(13)
def test_a_paused_promise_cannot_be_paused_again() -> None:
    run = a_case(received=MONDAY)
    week = run.promise("palvelu_viikossa").promise_id
    run.do(pause(run, week, run.now, run.now + timedelta(days=3)))

    with pytest.raises(PauseRefused, match="already"):
        run.do(pause(run, week, run.now, run.now + timedelta(days=5)))


@pytest.mark.rule(13, 14)
def test_s13_a_postponed_time_pauses_from_the_offered_time_and_breaks_no_promise() -> None:
    run = a_case(received=MONDAY).act()
    run.now = helsinki(12, 1, 2027, 10)
    run.event("client_postponed", offered_at=helsinki(14, 1, 2027, 10), until=helsinki(21, 1, 2027, 10))

    assert run.promise("palvelu_viikossa").state == "running"
    assert run.promise("palvelu_viikossa").due_on == date(2027, 1, 25)
    run.pass_until(helsinki(15, 1, 2027, 9))
    assert run.promise("palvelu_viikossa").state == "paused"
    run.pass_until(helsinki(21, 1, 2027, 12))
    assert (run.promise("palvelu_viikossa").state, run.promise("palvelu_viikossa").breached_at) == ("running", None)


def test_a_third_postponement_is_refused() -> None:
    run = a_case(received=MONDAY).act()
    for offered, until in ((12, 13), (13, 14)):
        run.event("client_postponed", offered_at=helsinki(offered, 1, 2027, 10), until=helsinki(until, 1, 2027, 10))

    with pytest.raises(PauseRefused, match="2 times"):
        run.event("client_postponed", offered_at=helsinki(15, 1, 2027, 10), until=helsinki(16, 1, 2027, 10))


def test_a_postponement_without_a_new_time_or_backwards_is_refused() -> None:
    run = a_case(received=MONDAY).act()

    with pytest.raises(Malformed):
        run.event("client_postponed")
    with pytest.raises(Malformed):
        run.event("client_postponed", offered_at=helsinki(14, 1, 2027, 10), until=helsinki(13, 1, 2027, 10))


@pytest.mark.rule(14)
def test_resuming_early_counts_only_what_the_pause_took() -> None:
    run = a_case(received=MONDAY)
    week = run.promise("palvelu_viikossa").promise_id
    run.now = helsinki(12, 1, 2027, 9)
    run.do(pause(run, week, run.now, helsinki(25, 1, 2027, 9)))
    run.now = helsinki(14, 1, 2027, 9)
    run.do(c.ResumePromise(case_id=run.case.case_id, promise_id=week))

    assert run.promise("palvelu_viikossa").due_on == date(2027, 1, 20)
    with pytest.raises(ArrowNotPossible):
        run.do(c.ResumePromise(case_id=run.case.case_id, promise_id=week))


@pytest.mark.rule(15)
def test_a_warning_before_the_start_is_not_armed() -> None:
    run = a_case(received=helsinki(1, 12, 2026, 15, 50))

    assert [tier.key for tier in run.promise("kasittely_alkaa").tiers if tier.fire_at <= run.now] == []


@pytest.mark.rule(15)
def test_a_keep_leaves_no_rung_armed_and_tells_those_that_fired_from_those_that_never_will() -> None:
    run = a_case()
    run.pass_until(helsinki(1, 12, 2026, 15))
    before = run.promise("kasittely_alkaa")
    run.act()

    promise = run.promise("kasittely_alkaa")
    assert promise.next_fire_at is None
    assert promise.fired == before.fired
    assert [tier.key for tier in promise.unfired] == [tier.key for tier in before.tiers if tier not in before.fired]
    assert "breach" in [tier.key for tier in promise.unfired]


@pytest.mark.rule(15, 12)
def test_a_rung_of_the_law_counts_the_law_s_days_and_is_heard_in_the_unit_s_hours() -> None:
    closed = {"hours": (), "reason": {"fi": "kehittämispäivä", "sv": "utvecklingsdag", "en": "training day"}}
    own = shipped_calendars().version("palveluaika", 1)
    days_off = {date(2026, 12, 2): closed, date(2026, 12, 3): closed}
    unit = own.model_copy(update={"version": 2, "exceptions": days_off})
    run = a_case(seven_working_days(), born=date(1945, 1, 1), calendars=Calendars([*shipped_calendars(), unit]))

    rungs = {tier.key: tier.fire_at for tier in run.promise("arviointi").tiers}
    assert run.promise("arviointi").due_on == date(2026, 12, 10)
    assert rungs["seven_working_days:ap_5"] == helsinki(8, 12, 2026, 8)


@pytest.mark.rule(15)
def test_working_days_after_a_breach_leave_holidays_out_also_on_a_clock_that_never_closes() -> None:
    run = a_case(seven_working_days(), received=helsinki(22, 12, 2026, 9))

    (x4,) = [tier.fire_at for tier in run.promise("vuorokausi").tiers if tier.key == "usual:x4"]
    assert run.promise("vuorokausi").due_on == date(2026, 12, 23)
    assert x4 == helsinki(29, 12, 2026, 8)  # 24.12. is the eve, 25.12. Christmas Day, then a weekend


@pytest.mark.rule(15)
def test_a_rung_repeats_at_its_span_so_often_and_no_oftener() -> None:
    run = a_case(repeating())
    heard: list[datetime] = []
    run.pass_until(helsinki(2, 12, 2026, 0, 1))
    for _ in range(20):
        run.pass_until(run.now + timedelta(days=1))
        heard += [t.fire_at for t in of(run, e.TierFired) if t.tier.startswith("oma:yksi") and t.fire_at not in heard]

    tiers = [tier.key for tier in run.promise("eka").tiers]
    assert tiers == ["breach", "oma:yksi", "oma:yksi#2", "oma:yksi#3"]
    assert heard == [helsinki(day, 12, 2026, 8) for day in (3, 7, 9)]


@pytest.mark.rule(15)
def test_only_a_span_can_repeat() -> None:
    with pytest.raises(DefinitionRefused) as refused:
        repeating("at breach")

    assert "kirjoita väli" in refused.value.findings[0].sentence("fi")


@pytest.mark.rule(15)
def test_voiding_a_breach_of_a_running_promise_skips_the_rest_of_its_ladder() -> None:
    run = a_case().pass_until(helsinki(2, 12, 2026, 1))
    promise = run.promise("kasittely_alkaa")
    run.do(c.VoidBreach(case_id=run.case.case_id, promise_id=promise.promise_id, why="Väärä kanava"), by=LEENA)

    (voided,) = of(run, e.BreachVoided)
    assert [rung.key for rung in voided.skipped] == [tier.key for tier in promise.unfired]
    assert run.promise("kasittely_alkaa").next_fire_at is None
    assert run.promise("kasittely_alkaa").tiers == promise.fired


@pytest.mark.rule(16)
def test_a_breach_fires_once_however_often_the_sweep_comes() -> None:
    run = a_case().pass_until(helsinki(2, 12, 2026, 1))
    before = run.promise("kasittely_alkaa")
    run.fire().fire()

    assert run.promise("kasittely_alkaa") == before


@pytest.mark.rule(18)
def test_the_second_breach_of_a_case_is_heard_by_the_service_line_at_once() -> None:
    head = a_worker("Heli", "sairaanhoitaja", head=True)
    run = a_case(breaking_twice(), staff=(AINO, LEENA, head))
    run.pass_until(helsinki(2, 12, 2026, 0, 1))
    first = [m for m in run.last.messages if m.facts.get("tier") == "usual:x5"]
    run.pass_until(helsinki(3, 12, 2026, 0, 1))

    second = [m for m in run.last.messages if m.facts.get("tier") == "usual:x5"]
    assert (first, run.case.breaches) == ([], 2)
    assert [m.facts["promise"] for m in second] == ["toinen"]
    assert [t.told for t in of(run, e.TierFired)][-1].count(head.worker_id) == 1
    assert run.promise("toinen").on_list == "self_monitoring"


@pytest.mark.rule(18)
def test_breaches_of_targets_and_voided_ones_are_not_counted_for_the_case() -> None:
    run = a_case(breaking_twice()).pass_until(helsinki(2, 12, 2026, 0, 1))
    promise = run.promise("eka")
    run.do(c.VoidBreach(case_id=run.case.case_id, promise_id=promise.promise_id, why="Väärä kanava"), by=LEENA)

    assert run.case.breaches == 0
    run.pass_until(helsinki(3, 12, 2026, 0, 1))
    assert run.promise("tavoite").is_breached
    assert run.case.breaches == 1
    assert not [m for m in run.last.messages if m.facts.get("tier") == "usual:x5"]


@pytest.mark.rule(17)
def test_a_pause_that_began_in_time_and_is_told_late_voids_the_breach_and_a_new_one_may_come() -> None:
    run = a_case(received=MONDAY).pass_until(helsinki(19, 1, 2027, 9))
    week = run.promise("palvelu_viikossa")
    assert week.is_breached
    run.do(pause(run, week.promise_id, helsinki(14, 1, 2027, 9), helsinki(21, 1, 2027, 9)))
    assert run.promise("palvelu_viikossa").breach_voided_at is not None
    run.pass_until(helsinki(21, 1, 2027, 9, 30))
    assert run.promise("palvelu_viikossa").due_on == date(2027, 1, 25)

    run.pass_until(helsinki(26, 1, 2027, 9))

    assert (run.promise("palvelu_viikossa").is_breached, run.promise("palvelu_viikossa").breaches) == (True, 2)


@pytest.mark.rule(18)
def test_an_empty_rung_falls_through_and_operations_hear_of_it() -> None:
    run = a_case()
    run.staff = tuple(changed(worker, head=True) if worker is LEENA else worker for worker in run.staff)
    run.staff = tuple(w for w in run.staff if "team_lead" not in w.roles or w.head)
    run.now = helsinki(1, 12, 2026, 14)
    run.fire()

    assert run.last.messages, "the warning reached somebody"
    assert all(kind == "empty_rung" for kind, _ in run.last.incidents)


@pytest.mark.rule(19)
def test_the_breach_stands_on_the_unit_and_role_that_answered() -> None:
    run = a_case().act().outcome("vastaanotto", "jatkuu").outcome("kiireellisyys", "kiireeton")
    run.pass_until(helsinki(9, 12, 2026, 9))

    breach = run.promise("palvelu_viikossa")
    assert breach.breached_at == helsinki(9, 12, 2026)
    assert run.case.responsible is not None
    assert run.case.responsible.role == "vastuutyontekija"


@pytest.mark.rule(19)
def test_a_breach_found_after_a_change_of_hands_stands_on_those_who_answered_when_it_fell_due() -> None:
    run = a_case().act().outcome("vastaanotto", "jatkuu").outcome("kiireellisyys", "kiireeton")
    answered = run.case.responsible
    run.now = helsinki(10, 12, 2026, 9)  # nobody swept for days
    other = PEKKA if answered and answered.worker_id == SALLA.worker_id else SALLA
    run.do(c.AssignResponsibleWorker(case_id=run.case.case_id, worker_id=other.worker_id, reason="loma"), by=LEENA)

    breached = {event.promise_id: event for event in of(run, e.PromiseBreached)}
    assert answered is not None
    assert breached[run.promise("palvelu_viikossa").promise_id].worker_id == answered.worker_id
    kinds = [type(event) for event in run.last.events]
    assert kinds.index(e.PromiseBreached) < kinds.index(e.ResponsibleNamed)
    assert run.case.responsible is not None
    assert run.case.responsible.worker_id == other.worker_id


@pytest.mark.rule(19)
def test_delegation_and_plans_never_touch_the_clock() -> None:
    run = a_case().act().outcome("vastaanotto", "jatkuu").outcome("kiireellisyys", "kiireeton")
    before = run.promise("palvelu_viikossa")
    run.do(c.AssignResponsibleWorker(case_id=run.case.case_id, worker_id=PEKKA.worker_id, reason="loma"), by=LEENA)
    content: Any = {"goals": [{"key": "a", "wording": "Nukun"}], "next_review": date(2026, 12, 10)}
    run.do(c.WritePlan(case_id=run.case.case_id, content=content, text_id=UNIT))

    assert run.promise("palvelu_viikossa") == before


@pytest.mark.rule(22)
def test_death_stops_all_clocks_and_breaches_stay() -> None:
    run = a_case().pass_until(helsinki(2, 12, 2026, 9)).event("died")

    assert not run.case.live_promises
    assert run.promise("kasittely_alkaa").breached_at is not None
    assert run.promise("palvelu_viikossa").end_reason == "died"


@pytest.mark.rule(25)
def test_of_rungs_found_together_only_the_highest_notifies_and_names_the_others() -> None:
    run = a_case()
    run.now = helsinki(7, 12, 2026, 9)  # nobody swept for days
    run.fire()

    fired = [t for t in of(run, e.TierFired) if t.promise_id == run.promise("kasittely_alkaa").promise_id]
    assert [bool(t.told) for t in fired] == [False] * (len(fired) - 1) + [True]
    assert fired[-1].stands_for == tuple(t.tier for t in fired[:-1])
    assert all(t.fire_at <= run.now for t in fired)


def test_a_clock_of_the_law_waits_for_a_missing_age_and_starts_when_it_is_known() -> None:
    run = a_case(born=None).act().outcome("vastaanotto", "jatkuu").outcome("kiireellisyys", "kiireeton")
    run.outcome("hoidontarve", "tehty").outcome("huoltaja", "tehty")
    run.outcome("arvio", "ipc", by=SALLA)

    assert not run.has("terapiatakuu")
    run.clients = {key: {**client, "birth_date": date(2011, 3, 4)} for key, client in run.clients.items()}
    run.do(c.NoteFact(case_id=run.case.case_id, name="client.lives_alone", value=False))

    assert run.promise("terapiatakuu").started_at == TUESDAY


def test_s10_an_outcome_starts_the_therapy_guarantee_of_28_days() -> None:
    run = a_case(received=helsinki(1, 2, 2027, 9)).act()
    run.outcome("vastaanotto", "jatkuu").outcome("kiireellisyys", "kiireeton")
    run.outcome("hoidontarve", "tehty").outcome("huoltaja", "tehty").outcome("arvio", "ipc", by=SALLA)

    assert run.promise("terapiatakuu").due_on == date(2027, 3, 1)
    assert run.promise("terapiatakuu").kind == "statutory"


@pytest.mark.rule(18)
def test_a_breach_takes_a_reason_of_the_list_and_a_plan_and_only_a_breach_does() -> None:
    run = a_case()
    promise = run.promise("kasittely_alkaa").promise_id

    with pytest.raises(Malformed):
        run.do(reason(run, promise, "kapasiteetti"), by=LEENA)
    run.pass_until(helsinki(2, 12, 2026, 9))
    with pytest.raises(ReasonMissing) as refused:
        run.do(reason(run, promise, "kiire"), by=LEENA)
    run.do(reason(run, promise, "kapasiteetti"), by=LEENA)

    assert "kapasiteetti" in refused.value.choices
    assert run.promise("kasittely_alkaa").reason_code == "kapasiteetti"


def reason(run: Run, promise_id: str, code: str) -> c.GiveBreachReason:
    return c.GiveBreachReason(
        case_id=run.case.case_id, promise_ids=(promise_id,), code=code, plan="Soitetaan tänään", plan_text_id=promise_id
    )


def test_s23_silence_after_an_alarm_reaches_the_lead_on_duty_in_half_an_hour() -> None:
    run = a_case().event("danger")
    assert run.promise("vaara_soitto").state == "running"
    run.pass_until(TUESDAY + timedelta(minutes=31))

    assert ("unanswered", (LEENA.worker_id,)) in [(m.kind, m.to) for m in run.last.messages]


def test_s23_a_call_within_half_an_hour_silences_the_alarm() -> None:
    run = a_case().event("danger")
    run.now += timedelta(minutes=10)
    run.act("call")
    run.pass_until(TUESDAY + timedelta(minutes=31))

    assert "unanswered" not in [m.kind for m in run.last.messages]
    assert run.promise("vaara_soitto").state == "kept"


@pytest.mark.rule(10)
def test_s06_a_follow_up_of_24_hours_is_elapsed_time_over_the_spring_change() -> None:
    run = a_case(received=datetime(2027, 3, 27, 21, 30, tzinfo=UTC)).event("danger")

    assert run.promise("vaara_jatko_24h").due_at == datetime(2027, 3, 28, 21, 30, tzinfo=UTC)


@pytest.mark.rule(16)
def test_what_ends_late_before_any_sweep_has_come_is_a_breach_all_the_same() -> None:
    run = a_case()
    run.now = helsinki(2, 12, 2026, 9)
    run.act()

    promise = run.promise("kasittely_alkaa")
    assert (promise.state, promise.breached_at) == ("late", helsinki(2, 12, 2026))
    assert promise.breach_detected_at == run.now


@pytest.mark.rule(5)
def test_a_contact_that_joins_an_open_case_opens_no_matter_in_law() -> None:
    run = a_case().contact(TUESDAY + timedelta(days=1))

    joined = next(event for event in run.last.events if isinstance(event, e.ContactReceived))
    assert not joined.opens


def test_a_question_asked_beside_the_steps_has_its_own_reply_promise() -> None:
    run = a_case().act().outcome("vastaanotto", "jatkuu").outcome("kiireellisyys", "kiireeton")
    asked = c.RequestConsultation(
        case_id=run.case.case_id,
        consultation_id=run.case.case_id,
        question="Sopiiko lääkitys?",
        question_text_id=run.case.case_id,
        profession="laakari",
    )
    run.do(asked, by=SALLA)

    assert run.promise("konsultaatioon_vastataan").due_on == date(2026, 12, 4)
    answer = c.MoveConsultation(
        case_id=run.case.case_id, consultation_id=run.case.case_id, verb="answer", words="Sopii.", text_id=UNIT
    )
    run.do(answer, by=a_worker("Risto", "laakari"))
    assert run.promise("konsultaatioon_vastataan").state == "kept"


def test_the_plan_opens_for_review_on_its_day_and_a_newer_version_is_left_alone() -> None:
    run = a_case()
    content: Any = {"goals": [{"key": "a", "wording": "Nukun"}], "next_review": date(2026, 12, 10)}
    run.do(c.WritePlan(case_id=run.case.case_id, content=content, text_id=UNIT))
    run.do(c.AgreePlan(case_id=run.case.case_id, agreement="agreed"))
    states = []
    for moment in (helsinki(9, 12, 2026, 12), helsinki(10, 12, 2026, 9)):
        run.pass_until(moment)
        states.append(run.case.plan.state if run.case.plan else None)

    assert states == ["agreed", "to_review"]


@pytest.mark.rule(1, 19)
def test_a_promise_that_travels_goes_on_with_whoever_received_the_case() -> None:
    run = a_case(a_pathway(HANDING_OVER))
    run.outcome("alku", "siirtyy").outcome("siirto", "vastaanotettu")

    assert run.case.state == "closed"
    assert (run.promise("matkaa").state, run.promise("jaa").state) == ("travelled", "cancelled")


HANDING_OVER = """
pathway: siirtyva
version: 1
title: {fi: Siirtyvä, sv: Förs över}
purpose: {fi: Kokeile siirtoa., sv: Prova överföring.}
source: tests
register: terveys
retention: potilasasiakirja
phases:
  alku: {fi: Alku, sv: Början}
roles:
  tekija: {title: {fi: Tekijä, sv: Den som gör}, professions: [sairaanhoitaja]}
responsible: [{from: alku, role: tekija}]
promises:
  matkaa: {kind: promise, title: {fi: M, sv: M}, starts: [contact received], kept_when: [plan agreed], within: 1 week, on_handover: travels}
  jaa: {kind: promise, title: {fi: J, sv: J}, starts: [contact received], kept_when: [plan agreed], within: 1 week, on_handover: cancelled}
steps:
  alku: {phase: alku, title: {fi: A, sv: A}, kind: work, role: tekija, outcomes: {siirtyy: siirto}}
  siirto: {phase: alku, title: {fi: S, sv: S}, kind: handover, to: muualle, role: tekija, outcomes: {vastaanotettu: end siirtynyt}}
ends:
  siirtynyt: {fi: Siirtynyt, sv: Överförd}
outcomes:
  siirtyy: {fi: Siirtyy, sv: Förs över}
  vastaanotettu: {fi: Vastaanotettu, sv: Mottaget}
"""

PROMISES = """promises:
  eka: {kind: promise, title: {fi: E, sv: E}, starts: [contact received], kept_when: [plan agreed], within: same day, ladder: usual}
  toinen: {kind: promise, title: {fi: T, sv: T}, starts: [contact received], kept_when: [plan agreed], within: 1 working day, ladder: usual}
  tavoite: {kind: target, title: {fi: O, sv: O}, starts: [contact received], kept_when: [plan agreed], within: same day, ladder: usual}
"""


COUNTED = """promises:
  arviointi: {law: D-02, starts: [contact received], kept_when: [assessment started]}
  vuorokausi: {kind: promise, title: {fi: V, sv: D}, starts: [contact received], kept_when: [plan agreed], within: 24 hours, calendar: vuorokausi, ladder: usual}
"""


@cache
def seven_working_days() -> CompiledPathway:
    """A clock of the law in working days, and a promise of a whole day round the clock."""
    before, after = HANDING_OVER.index("promises:"), HANDING_OVER.index("steps:")
    text = HANDING_OVER[:before] + COUNTED + HANDING_OVER[after:]
    return CompiledPathway(read_pathway(text, "testi.yaml", load_shelf().shelf).definition)


def repeating(when: str = "2 working days after breach") -> CompiledPathway:
    """A promise of the same day whose only rung comes back twice."""
    before, after = HANDING_OVER.index("promises:"), HANDING_OVER.index("steps:")
    rung = f"{{when: {when}, tells: [team_lead], repeat_at_most: 2}}"
    ladder = f"ladders:\n  oma: {{title: {{fi: O, sv: E}}, rungs: {{yksi: {rung}}}}}\n"
    first = PROMISES.splitlines()[1].replace("ladder: usual", "ladder: oma")
    text = f"{HANDING_OVER[:before]}{ladder}promises:\n{first}\n{HANDING_OVER[after:]}"
    return CompiledPathway(read_pathway(text, "testi.yaml", load_shelf().shelf).definition)


@cache
def breaking_twice() -> CompiledPathway:
    """Two promises and a target, a day apart, on the usual ladder."""
    before, after = HANDING_OVER.index("promises:"), HANDING_OVER.index("steps:")
    text = HANDING_OVER[:before] + PROMISES + HANDING_OVER[after:]
    return CompiledPathway(read_pathway(text, "testi.yaml", load_shelf().shelf).definition)
