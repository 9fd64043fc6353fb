"""How the pages say times, spans and the state of a promise."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from api.web.languages import accepted, language_of, translations
from api.web.say import Say
from engine.read_models.promise_shown import PauseShown, PromiseShown
from pathways.time_words import Language
from pathways.time_zone import HELSINKI

NOW = datetime(2026, 11, 20, 11, 42, tzinfo=UTC)  # pe 20.11.2026 klo 13.42
MIDNIGHT = datetime(2026, 11, 21, 0, 0, tzinfo=HELSINKI)
PROMISE = PromiseShown(
    promise_id="p",
    case_id="c",
    key="kasittely_alkaa",
    title="Käsittely alkaa samana päivänä",
    cycle=1,
    kind="promise",
    state="running",
    standing="near",
    started_at=NOW - timedelta(hours=3),
    effective_at=NOW - timedelta(hours=3),
    due_at=MIDNIGHT,
    due_on=date(2026, 11, 20),
    working_due_at=datetime(2026, 11, 20, 16, 0, tzinfo=HELSINKI),
    seconds_left=None,
    seconds_over=None,
    share=0.5,
    goal="same day",
    calendar="palveluaika@1",
    unit_id="u",
    unit_name="",
    role="r",
    role_title="",
    law=None,
    law_text=None,
    subject_id=None,
    breached_at=None,
    breach_voided_at=None,
    ended_at=None,
    end_reason=None,
    reason_code=None,
    reason_title=None,
    reason_plan=None,
    pause=None,
    due_if_resumed_now=None,
    pauses=(),
    pause_reasons=(),
)


def say(language: Language = "fi", now: datetime = NOW) -> Say:
    return Say(language, now, translations(language))


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "ti 24.11. klo 16.00"), ("sv", "tis 24.11 kl. 16.00"), ("en", "Tue 24 Nov, 16:00")],
)
def test_an_instant_is_said_as_people_here_say_it(language: Language, said: str) -> None:
    assert say(language).at(datetime(2026, 11, 24, 14, 0, tzinfo=UTC)) == said


def test_the_end_of_a_day_is_24_00() -> None:
    assert say().at(MIDNIGHT) == "pe 20.11. klo 24.00"


def test_another_year_is_said() -> None:
    assert say().day(date(2027, 1, 5)) == "ti 5.1.2027"


@pytest.mark.parametrize(
    ("hours", "said"), [(0, "tänään klo 13.42"), (20, "eilen klo 17.42"), (50, "ke 18.11. klo 11.42")]
)
def test_what_happened_is_said_from_today(hours: int, said: str) -> None:
    assert say().when(NOW - timedelta(hours=hours)) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(40, "0 min"), (720, "12 min"), (8280, "2 t 18 min"), (7200, "2 t"), (260_000, "3 pv")]
)
def test_a_span_has_at_most_two_units(seconds: int, said: str) -> None:
    assert say().span(seconds) == said


def test_a_promise_due_tonight_counts_to_the_end_of_service_and_says_both_times() -> None:
    badge = say().badge(PROMISE)

    assert (badge.tone, badge.icon, badge.words) == ("near", "hourglass", "2 t 18 min jäljellä")
    assert badge.due == "palveluaikaa klo 16.00 asti, määräaika klo 24.00"


def test_after_the_office_has_closed_it_is_due_today() -> None:
    badge = say(now=NOW + timedelta(hours=4)).badge(PROMISE)

    assert (badge.words, badge.due) == ("Tänään", "viimeistään pe 20.11. klo 24.00")


def test_a_promise_due_at_an_hour_counts_to_that_hour() -> None:
    due = datetime(2026, 11, 20, 15, 0, tzinfo=HELSINKI)

    badge = say().badge(replace(PROMISE, due_at=due, working_due_at=due))

    assert (badge.words, badge.due) == ("1 t 18 min jäljellä", "viimeistään pe 20.11. klo 15.00")


def test_a_promise_due_later_counts_days() -> None:
    due = datetime(2026, 11, 25, 0, 0, tzinfo=HELSINKI)
    later = replace(PROMISE, standing="on_time", due_at=due, due_on=date(2026, 11, 24), working_due_at=due)

    assert say().badge(later).words == "4 pv jäljellä"
    assert say("sv").badge(later).words == "4 dagar kvar"
    assert say().badge(later).tone == "calm"


def test_a_missed_midnight_is_a_day_late_from_its_first_minute() -> None:
    due = datetime(2026, 11, 20, 0, 0, tzinfo=HELSINKI)
    late = replace(PROMISE, standing="late", due_at=due, due_on=date(2026, 11, 19), seconds_over=60)

    assert say().badge(late).words == "1 pv myöhässä"
    assert say("sv").badge(late).words == "1 d försenat"
    assert say().badge(late).due == "määräaika oli to 19.11. klo 24.00"


def test_a_missed_hour_is_late_by_hours() -> None:
    due = NOW - timedelta(minutes=90)
    late = replace(PROMISE, standing="late", due_at=due, seconds_over=5400)

    assert say().badge(late).words == "1 t 30 min myöhässä"


def test_a_paused_promise_says_why_and_until_when() -> None:
    pause = PauseShown(NOW, datetime(2026, 11, 30, 8, 0, tzinfo=HELSINKI), "client_postponed", "Asiakas siirsi")

    badge = say().badge(replace(PROMISE, state="paused", standing="paused", due_at=None, due_on=None, pause=pause))

    assert (badge.tone, badge.words) == ("paused", "Tauolla: Asiakas siirsi")
    assert badge.due == "jatkuu viimeistään ma 30.11. klo 8.00"


@pytest.mark.parametrize(
    ("standing", "words"),
    [("kept", "Pidetty"), ("cancelled", "Ei enää tarpeen"), ("travelled", "Siirtyi asiakkaan mukana")],
)
def test_an_ended_promise_is_quiet(standing: str, words: str) -> None:
    ended = replace(PROMISE, standing=standing, ended_at=NOW)  # type: ignore[arg-type]

    assert say().badge(ended).words == words
    assert say().badge(ended).tone in ("kept", "ended")


def test_a_promise_kept_late_says_how_late() -> None:
    ended = replace(PROMISE, standing="kept_late", ended_at=NOW + timedelta(days=2), seconds_over=100_000)

    assert say().badge(ended).words == "Pidetty 2 pv myöhässä"


def test_what_is_not_quite_kept_never_reads_a_hundred() -> None:
    assert say().percent(0.9999) == "99 %"
    assert say().percent(None) == "–"


def test_a_target_is_not_called_one_twice() -> None:
    assert say().titled(replace(PROMISE, kind="target", title="Tavoite: alkuarvio")) == "Alkuarvio"


@pytest.mark.parametrize(
    ("header", "language"), [("sv-FI,sv;q=0.9", "sv"), ("de,en;q=0.5", "en"), ("de", None), (None, None)]
)
def test_a_browsers_language_is_heard(header: str | None, language: str | None) -> None:
    assert accepted(header) == language


def test_the_first_language_that_the_pages_speak_is_taken() -> None:
    assert language_of("de", None, "sv", "en") == "sv"
    assert language_of(None) == "fi"
