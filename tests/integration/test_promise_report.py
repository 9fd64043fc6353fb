"""Attainment by hand: five same-day promises whose every figure can be counted on paper, and what the report refuses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from engine.handle import Reading
from engine.ids import new_id
from engine.read_models.promise_report import Attainment, PromiseReport, promise_report
from engine.sweep import sweep
from pathways.commands import DecideHandover, ProposeHandover
from pathways.errors import Malformed, NotAllowed, UnknownThing
from tests.integration.reported_town import a_database, five_promises
from tests.town import Town, town

WINTER = {"from_on": date(2026, 12, 1), "to_on": date(2026, 12, 31)}
HOUR = 3600


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town in which the five promises were lived, once for every test that only reads."""
    with a_database(request, tmp_path_factory.mktemp("report")) as url, town(url) as settled:
        five_promises(settled)
        yield settled


@contextmanager
def reading(here: Town, who: str) -> Iterator[Reading]:
    with here.engine.reading(here.actor(who)) as opened:
        yield opened


def report(here: Town, who: str = "lead", **more: Any) -> PromiseReport:
    asked: dict[str, Any] = {**WINTER, "promise": "kasittely_alkaa", "with_waits": True, **more}
    with reading(here, who) as r:
        return promise_report(r, "fi", **asked)


@pytest.mark.rule(3, 17)
def test_every_figure_is_what_one_counts_by_hand(lived: Town) -> None:
    total = report(lived).total

    assert (total.started, total.kept, total.late, total.breached, total.voided) == (5, 3, 2, 3, 1)
    assert (total.share_as_recorded, total.share_as_corrected) == (2 / 5, 3 / 5)
    waits = total.waits
    assert waits is not None
    assert (waits.kept_gross, waits.share_gross) == (2, 2 / 5)  # the contact at night was kept on another day
    assert (waits.gross.count, waits.gross.median, waits.gross.p90) == (4, 6 * HOUR, 57 * HOUR + 20 * 60)
    assert (waits.net.median, waits.net.p90) == (2 * HOUR, 24 * HOUR)
    assert (waits.working.median, waits.working.p90) == (2 * HOUR, 8 * HOUR)


def test_groups_add_up_and_stand_beside_a_baseline(lived: Town) -> None:
    weeks = report(lived, by="week")
    towns = report(
        lived,
        by="municipality",
        from_on=date(2026, 12, 8),
        baseline=(date(2026, 12, 1), date(2026, 12, 7)),
    )
    judged = report(lived, counted="judged", to_on=date(2026, 12, 9), by="kind")

    assert [(row.key, row.started, row.kept) for row in weeks.rows] == [
        ("2026-W49", 2, 2),
        ("2026-W50", 2, 1),
        ("2026-W51", 1, 0),
    ]
    assert [(row.title, row.started) for row in towns.rows] == [("Ei tiedossa", 3)]
    assert towns.rows[0].baseline is not None
    assert (towns.rows[0].baseline.started, towns.rows[0].baseline.share_as_corrected) == (2, 1.0)
    assert towns.total.share_as_corrected == 1 / 3
    assert (judged.total.started, judged.total.kept, judged.total.late) == (3, 2, 1)


def test_who_does_not_see_the_cases_is_shown_no_small_group(lived: Town) -> None:
    own = report(lived, "lead", by="week")
    county = report(lived, "admin", by="week")
    leaves = report(lived, "lead", by="week", leaves=True)

    assert not any(row.hidden for row in own.rows)
    for shown in (county, leaves):
        assert all(row.hidden and row.started == 0 and row.waits is None for row in shown.rows)
        assert (shown.total.hidden, shown.total.started) == (False, 5)


def test_a_group_that_alone_is_small_hides_another_so_that_the_total_tells_nothing(sqlite_url: str) -> None:
    with town(sqlite_url) as here:
        for channel in ("chat", *("puhelin",) * 5, *("lomake",) * 6):
            here.open_case(channel=channel)

        shown = report(here, "admin", by="channel")

    assert {row.key: row.hidden for row in shown.rows} == {"chat": True, "puhelin": True, "lomake": False}


@pytest.mark.rule(19)
def test_a_breach_counts_where_somebody_answered_at_the_due_instant(database_url: str) -> None:
    with town(database_url) as here:
        case_id, handover_id = here.open_case("apu"), new_id(here.now)
        here.act(case_id)  # kept where it was given
        here.do(
            ProposeHandover(case_id=case_id, handover_id=handover_id, to_unit=here.units["lansi"], reason="muutto"),
            "lead",
        )
        here.do(DecideHandover(case_id=case_id, handover_id=handover_id, accept=True), "stranger")
        here.clock.advance(days=9)
        sweep(here.engine)

        asked: dict[str, Any] = {"promise": None, "by": "promise"}
        ita, lansi, county = (report(here, who, **asked) for who in ("lead", "stranger", "admin"))

    assert [(row.key, row.kept, row.breached) for row in ita.rows] == [("aloitus", 1, 0)]
    assert [(row.key, row.kept, row.breached) for row in lansi.rows] == [("palvelu", 0, 1)]
    assert county.total.hidden


@pytest.mark.parametrize(
    ("who", "asked", "refusal"),
    [
        ("lead", {"unit": "lansi"}, UnknownThing),
        ("stranger", {"unit": "ita"}, UnknownThing),
        ("consultant", {}, NotAllowed),
        ("lead", {"promise": "kuulento"}, UnknownThing),
        ("lead", {"pathway": "kuulento"}, UnknownThing),
        ("lead", {"to_on": date(2026, 11, 30)}, Malformed),
        ("lead", {"baseline": (date(2026, 12, 2), date(2026, 12, 1))}, Malformed),
        ("lead", {"by": "worker"}, Malformed),
    ],
)
def test_what_is_not_ones_own_or_makes_no_sense_is_refused(
    lived: Town, who: str, asked: dict[str, Any], refusal: type[Exception]
) -> None:
    if "unit" in asked:
        asked = {**asked, "unit": lived.units[asked["unit"]]}

    with pytest.raises(refusal):
        report(lived, who, **asked)


@pytest.mark.rule(19)
def test_nobody_is_named_anywhere_in_a_report(lived: Town) -> None:
    names = [field for field in Attainment.__dataclass_fields__ if "worker" in field or "client" in field]

    assert names == []
    shown = repr(report(lived, by="role"))
    assert not any(worker_id in shown for worker_id in lived.workers.values())
