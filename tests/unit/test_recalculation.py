"""An edited calendar or a corrected time: running promises follow, ended ones stay as judged (rules 17 and 20)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from engine.calendars import Calendars, shipped_calendars
from engine.ids import new_id
from engine.machine import CompiledPathway
from engine.reader import read_pathway
from engine.rules.service_promise import PENDING
from engine.shelf import load_shelf
from pathways import commands as c
from pathways import events as e
from pathways.errors import CaseIsClosed, Malformed, PathwayError, TimeRefused, UnknownThing
from pathways.recalculation import recalculated
from pathways.time_zone import HELSINKI
from tests.builders import LEENA, TUESDAY, Run, a_case
from tests.small_county import PATHWAY, the_pathway

THE_SMALL_ONE = CompiledPathway(the_pathway())
CLOSED = {"fi": "ylimääräinen sulkupäivä", "sv": "extra stängd dag", "en": "extra closing day"}


def edited(*closed: date, key: str = "palveluaika", **more: Any) -> Calendars:
    """The shipped calendars with a new version that is closed on more days."""
    old = shipped_calendars().version(key, 1)
    days = {day: {"hours": (), "reason": CLOSED} for day in closed}
    new = old.model_copy(update={"version": 2, "exceptions": {**old.exceptions, **days}, **more})
    return Calendars([*shipped_calendars(), new])


def taken_back() -> Calendars:
    """A third version that is open on every day the first was."""
    first = shipped_calendars().version("palveluaika", 1)
    return Calendars([*edited(WEDNESDAY, THURSDAY), first.model_copy(update={"version": 3})])


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time of day in December 2026, in Helsinki."""
    return datetime(2026, 12, day, hour, minute, tzinfo=HELSINKI).astimezone(TUESDAY.tzinfo)


def end_of(day: int) -> datetime:
    return at(day + 1, 0)


def a_small_pathway(old: str, new: str) -> CompiledPathway:
    """The small pathway of tests with one thing said otherwise."""
    return CompiledPathway(read_pathway(PATHWAY.replace(old, new), "apu.yaml", load_shelf().shelf).definition)


def recalculate(run: Run, *keys: str, calendars: Calendars | None = None, cause: str = "calendar:palveluaika@2") -> Run:
    run.calendars = calendars or run.calendars
    ids = tuple(run.promise(key).promise_id for key in keys)
    return run.do(c.RecalculatePromises(case_id=run.case.case_id, promise_ids=ids, cause=cause))


def pause(run: Run, key: str, start: datetime, end: datetime) -> Run:
    said = {"promise_id": run.promise(key).promise_id, "reason": "client_postponed"}
    return run.do(c.PausePromise.model_validate({"case_id": run.case.case_id, "start": start, "end": end, **said}))


def told(run: Run, *kinds: type[e.CaseEvent]) -> list[Any]:
    return [event for event in run.last.events if isinstance(event, kinds)]


def correct(run: Run, of: type[e.CaseEvent], to: datetime, **more: Any) -> Run:
    sequence = next(number for number, event in enumerate(run.journal, 1) if isinstance(event, of))
    command = c.CorrectTime(
        case_id=run.case.case_id, corrects=sequence, corrected_to=to, why="kirjattu väärin", why_text_id=new_id(run.now)
    )
    return run.do(command, by=LEENA, **more)


# --- an edited calendar -----------------------------------------------------------------------------------------

WEDNESDAY, THURSDAY = date(2026, 12, 2), date(2026, 12, 3)


def opened(received: datetime = TUESDAY) -> Run:
    """A case whose promise `aloitus` is due at the end of the next working day, on Wednesday."""
    run = a_case(THE_SMALL_ONE, received=received)
    return run.do(c.AssignResponsibleWorker(case_id=run.case.case_id, worker_id=run.actor.worker_id), by=LEENA)


@pytest.mark.rule(20)
def test_a_closed_day_more_moves_the_due_instant_of_a_running_promise_openly() -> None:
    run = recalculate(opened(), "aloitus", calendars=edited(WEDNESDAY))

    (event,) = told(run, e.PromiseRecalculated)
    assert (event.old_due_at, event.due_at) == (end_of(2), end_of(3))
    promise = run.promise("aloitus")
    assert (promise.due_on, promise.calendar, promise.started_at) == (THURSDAY, "palveluaika@2", TUESDAY)
    assert run.case.revision == 0


def test_recalculating_again_changes_nothing() -> None:
    run = recalculate(opened(), "aloitus", calendars=edited(WEDNESDAY))

    assert recalculate(run, "aloitus").last.events == []


def test_a_version_that_begins_after_the_start_does_not_touch_the_promise() -> None:
    run = recalculate(opened(), "aloitus", calendars=edited(WEDNESDAY, valid_from=WEDNESDAY))

    assert run.last.events == []


def test_a_promise_that_does_not_move_is_bound_to_the_new_version_and_keeps_its_rungs() -> None:
    run = opened()
    before = run.promise("aloitus")
    recalculate(run, "aloitus", calendars=edited(date(2026, 12, 11)))

    after = run.promise("aloitus")
    assert (after.due_at, after.calendar, after.tiers) == (before.due_at, "palveluaika@2", before.tiers)
    assert recalculate(run, "aloitus", calendars=edited(date(2026, 12, 11))).last.events == []


def test_an_ended_promise_stays_as_it_was_judged() -> None:
    run = opened().act()

    assert recalculate(run, "aloitus", calendars=edited(WEDNESDAY)).last.events == []
    assert run.promise("aloitus").state == "kept"


def test_a_statutory_clock_does_not_follow_a_units_exceptions() -> None:
    run = a_case()
    before = run.promise("hoidon_tarpeen_arvio")
    key = before.calendar.partition("@")[0]
    recalculate(run, "hoidon_tarpeen_arvio", calendars=edited(before.due_on or WEDNESDAY, key=key))

    assert run.promise("hoidon_tarpeen_arvio").due_at == before.due_at


@pytest.mark.rule(17, 20)
def test_a_breach_that_is_none_by_the_edit_is_voided_and_may_come_again() -> None:
    run = opened().pass_until(at(3, 9))
    assert run.promise("aloitus").is_breached
    recalculate(run, "aloitus", calendars=edited(WEDNESDAY, THURSDAY))

    assert [event.why for event in told(run, e.BreachVoided)] == ["calendar:palveluaika@2"]
    assert told(run, e.PromiseBreached) == []
    promise = run.promise("aloitus")
    assert (promise.state, promise.is_breached, promise.due_at) == ("running", False, end_of(4))
    run.pass_until(at(5, 9))
    promise = run.promise("aloitus")
    assert (promise.breached_at, promise.breaches, promise.is_breached) == (end_of(4), 2, True)


@pytest.mark.rule(20)
def test_a_breach_appears_at_once_when_the_new_due_instant_has_passed() -> None:
    run = opened()
    recalculate(run, "aloitus", calendars=edited(WEDNESDAY)).pass_until(at(3, 12))
    assert not run.promise("aloitus").is_breached
    recalculate(run, "aloitus", calendars=taken_back(), cause="calendar:palveluaika@3")

    (breach,) = told(run, e.PromiseBreached)
    assert (breach.breached_at, breach.occurred_at) == (end_of(2), at(3, 12))
    fired = told(run, e.TierFired)
    assert [bool(event.told) for event in fired] == [False] * (len(fired) - 1) + [True]


def test_an_edit_that_is_taken_back_gives_the_voided_breach_again() -> None:
    run = opened().pass_until(at(3, 9))
    recalculate(run, "aloitus", calendars=edited(WEDNESDAY, THURSDAY))
    recalculate(run, "aloitus", calendars=taken_back(), cause="calendar:palveluaika@3")

    promise = run.promise("aloitus")
    assert (promise.is_breached, promise.breached_at, promise.breaches) == (True, end_of(2), 2)


@pytest.mark.rule(15, 20)
def test_a_rung_that_has_fired_does_not_fire_again() -> None:
    run = a_case(THE_SMALL_ONE).pass_until(at(5, 12))
    fired = [tier.key for tier in run.promise("palvelu").fired]
    assert fired == ["warn:at 50%"]
    recalculate(run, "palvelu", calendars=edited(date(2026, 12, 8)))

    assert told(run, e.TierFired) == []
    assert [tier.key for tier in run.promise("palvelu").tiers] == ["warn:at 50%", "breach"]


def test_a_rung_that_fired_before_a_pause_does_not_fire_after_it() -> None:
    run = opened().pass_until(at(5, 12))
    pause(run, "palvelu", run.now, at(14, 12)).pass_until(at(14, 13))

    assert run.promise("palvelu").state == "running"
    assert [tier.key for tier in run.promise("palvelu").tiers] == ["warn:at 50%", "breach"]


def test_a_paused_promise_counts_on_the_new_version_once_it_resumes() -> None:
    run = opened()
    pause(run, "palvelu", run.now, at(4, 12))
    recalculate(run, "palvelu", calendars=edited(WEDNESDAY))

    promise = run.promise("palvelu")
    assert (promise.state, promise.due_at, promise.calendar) == ("paused", None, "palveluaika@2")
    assert run.pass_until(at(4, 13)).promise("palvelu").state == "running"


@pytest.mark.rule(13, 20)
def test_a_pause_that_was_right_when_it_was_made_keeps_the_old_due_instant() -> None:
    """Without the edit the pause would begin after the due instant: nobody's promise breaks in retrospect."""
    run = a_case(a_small_pathway("within: 1 week", "within: 2 working days"), calendars=edited(WEDNESDAY, THURSDAY))
    assert run.promise("palvelu").due_at == end_of(7)
    pause(run, "palvelu", at(7, 9), at(9, 9))
    recalculate(run, "palvelu", calendars=taken_back(), cause="calendar:palveluaika@3")

    assert run.last.events == []
    again = recalculated(run.promise("palvelu"), taken_back().version("palveluaika", 3))
    assert (again.due, again.why_not) == (None, "pause_refused")


def test_a_calendar_that_never_opens_again_leaves_the_promise_as_it_is() -> None:
    run = opened()
    closed = dict.fromkeys((date(2026, 12, 2) + timedelta(days=n) for n in range(900)), CLOSED)
    calendar = shipped_calendars().version("palveluaika", 1).model_copy(update={"version": 2, "closed": closed})

    again = recalculated(run.promise("aloitus"), calendar)

    assert (again.is_new, again.why_not) == (False, "calendar_refused")


# --- a corrected time -------------------------------------------------------------------------------------------


@pytest.mark.rule(2, 3, 20)
def test_a_contact_that_came_earlier_moves_the_promises_it_began_and_stays_as_recorded() -> None:
    run = opened(received=at(2, 9))
    assert run.promise("aloitus").due_at == end_of(3)
    correct(run, e.ContactReceived, at(1, 15), at=at(2, 10))

    (corrected,) = told(run, e.TimeCorrected)
    assert (corrected.was, corrected.corrected_to, corrected.by) == (at(2, 9), at(1, 15), LEENA.worker_id)
    promise = run.promise("aloitus")
    assert (promise.started_at, promise.due_at) == (at(1, 15), end_of(2))
    contact = next(event for event in run.journal if isinstance(event, e.ContactReceived))
    assert contact.received_at == at(2, 9)
    assert run.case.last_contact_at == at(1, 15)


def test_a_clock_that_waits_for_the_clients_age_will_start_when_the_contact_really_came() -> None:
    run = a_case(
        a_small_pathway("within: 1 week", 'within: 1 week\n    applies: "client.age >= 18"'),
        received=at(2, 9),
        born=None,
    )
    assert not run.has("palvelu")
    correct(run, e.ContactReceived, at(1, 15), at=at(2, 10))

    assert datetime.fromisoformat(str(run.case.noted[f"{PENDING}palvelu"])) == at(1, 15)


def test_a_breach_appears_when_the_contact_came_so_early() -> None:
    run = opened(received=at(3, 9))
    correct(run, e.ContactReceived, at(1, 15), at=at(3, 10))

    assert run.promise("aloitus").breached_at == end_of(2)


def test_a_breach_is_voided_when_the_contact_came_later() -> None:
    run = opened().pass_until(at(3, 9))
    correct(run, e.ContactReceived, at(2, 9))

    assert [event.why for event in told(run, e.BreachVoided)] == ["correction:3"]
    assert run.promise("aloitus").due_at == end_of(3)


def test_a_second_correction_goes_on_from_the_first() -> None:
    run = opened(received=at(2, 9))
    correct(run, e.ContactReceived, at(1, 15))
    correct(run, e.ContactReceived, at(1, 16))

    assert told(run, e.TimeCorrected)[0].was == at(1, 15)
    assert run.promise("aloitus").started_at == at(1, 16)


@pytest.mark.rule(17)
def test_an_act_that_was_earlier_voids_the_breach_and_the_promise_is_kept() -> None:
    run = opened().pass_until(at(3, 9)).act()
    assert run.promise("aloitus").state == "late"
    correct(run, e.ActRecorded, at(2, 15))

    promise = run.promise("aloitus")
    assert (promise.state, promise.is_breached, promise.breached_at) == ("kept", False, end_of(2))


@pytest.mark.rule(20)
def test_an_act_that_was_later_leaves_the_promise_as_judged_and_says_what_it_would_be() -> None:
    run = opened().pass_until(at(3, 9)).act(occurred_at=at(2, 15), late_reason="heard_later")
    assert run.promise("aloitus").state == "kept"
    correct(run, e.ActRecorded, at(3, 8))

    promise = run.promise("aloitus")
    assert (promise.state, promise.corrected_state) == ("kept", "late")
    correct(run, e.ActRecorded, at(2, 16))
    assert run.promise("aloitus").corrected_state == "kept"


def test_a_contact_corrected_after_its_promise_ended_leaves_it_as_judged() -> None:
    run = opened(received=at(2, 9)).pass_until(at(3, 9)).act()
    correct(run, e.ContactReceived, at(1, 9))

    promise = run.promise("aloitus")
    assert (promise.state, promise.due_at, promise.corrected_state) == ("kept", end_of(3), "late")


def test_what_an_ended_promise_would_be_follows_from_all_that_was_corrected() -> None:
    run = opened(received=at(2, 9)).pass_until(at(3, 9)).act()
    correct(run, e.ContactReceived, at(1, 9))
    assert run.promise("aloitus").corrected_state == "late"
    correct(run, e.ActRecorded, at(2, 16))

    promise = run.promise("aloitus")
    assert (promise.state, promise.corrected_state, promise.due_at) == ("kept", "kept", end_of(3))


@pytest.mark.rule(17)
def test_an_act_in_time_that_is_recorded_after_another_kept_it_late_voids_the_breach() -> None:
    run = opened().pass_until(at(3, 9)).act()
    run.act(occurred_at=at(2, 15), late_reason="heard_later")

    assert [event.why for event in told(run, e.BreachVoided)] == ["kept in time, recorded later"]
    assert run.promise("aloitus").state == "kept"


@pytest.mark.parametrize(
    ("of", "to", "refusal"),
    [
        (e.ContactReceived, (1, 9, 12), Malformed),  # what is recorded already
        (e.ContactReceived, (4, 9), TimeRefused),  # after it was recorded
        (e.ContactReceived, (2, 10), TimeRefused),  # after the act that answered it
        (e.ActRecorded, (1, 8), TimeRefused),  # before the contact
        (e.CaseOpened, (1, 8), Malformed),  # happened when it was recorded
    ],
)
def test_a_correction_that_cannot_be_so_is_refused(
    of: type[e.CaseEvent], to: tuple[int, ...], refusal: type[PathwayError]
) -> None:
    run = opened().pass_until(at(2, 9)).act().pass_until(at(3, 9))

    with pytest.raises(refusal):
        correct(run, of, at(*to))


def test_a_correction_of_what_is_not_in_the_journal_is_refused() -> None:
    run = opened()
    command = c.CorrectTime(
        case_id=run.case.case_id, corrects=99, corrected_to=run.now, why="kirjattu väärin", why_text_id=new_id(run.now)
    )

    with pytest.raises(UnknownThing):
        run.do(command)


def test_a_closed_case_is_corrected_too() -> None:
    run = opened().act().outcome("vastaanotto", "valmis")
    assert run.case.state == "closed"
    with pytest.raises(CaseIsClosed):
        run.act()

    correct(run, e.ContactReceived, at(1, 8))

    assert len(told(run, e.TimeCorrected)) == 1
