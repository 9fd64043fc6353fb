"""A frozen month: made once, never changed, with what was corrected since beside it."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from cli.__main__ import app_for
from engine.frozen_months import GROUP, freeze, freeze_last_month
from engine.keys import Keys
from engine.read_models.month_report import MonthReport, month_report, months_frozen
from engine.verify import Verified, verify
from pathways.errors import Malformed, NotAllowed, UnknownThing
from tests.integration.reported_town import at, five_promises, until
from tests.town import SECRET, Town, town

DECEMBER = date(2026, 12, 1)


@pytest.fixture
def here(database_url: str) -> Iterator[Town]:
    with town(database_url) as settled:
        yield settled


def new_year(here: Town, day: int = 33) -> None:
    here.clock.advance(days=(at(31, 12).date() - here.now.date()).days + day - 31)


def december(here: Town, who: str = "lead", **more: str) -> MonthReport:
    with here.engine.reading(here.actor(who)) as reading:
        return month_report(reading, "fi", DECEMBER, **more)  # type: ignore[arg-type]


def test_a_month_stays_as_it_was_frozen_whatever_is_corrected_later(here: Town) -> None:
    five_promises(here)
    until(here, at(30, 9))
    last = here.open_case()
    new_year(here)
    until(here, here.now)
    made = freeze(here.engine, here.tenant_id, DECEMBER)
    frozen = december(here, by="promise")
    here.act(last, occurred_at=at(30, 15), late_reason="tekninen")

    again = freeze(here.engine, here.tenant_id, DECEMBER)
    after = december(here, by="promise")

    assert (made.is_new, again.is_new) == (True, False)
    assert (again.frozen_at, again.promises) == (made.frozen_at, made.promises)
    assert frozen.rows == tuple(row for row in frozen.rows if row.frozen == row.as_corrected)
    assert [row.frozen for row in after.rows] == [row.frozen for row in frozen.rows]
    start = next(row for row in after.rows if row.key == "kasittely_alkaa")
    assert start.frozen is not None
    assert start.as_corrected is not None
    assert (start.frozen.started, start.frozen.kept, start.frozen.voided) == (6, 3, 1)
    assert (start.as_corrected.started, start.as_corrected.kept, start.as_corrected.voided) == (6, 4, 2)
    assert start.frozen.waits is not None
    assert (start.frozen.waits.gross.median, start.frozen.waits.working.p90) == (6 * 3600, 8 * 3600)
    assert after.total.frozen is not None
    assert after.intact is True


def test_the_month_is_frozen_by_itself_a_day_after_its_end_and_only_once(here: Town) -> None:
    here.open_case()
    new_year(here, 32)
    too_early = freeze_last_month(here.engine)
    here.clock.advance(days=2)

    done, again = freeze_last_month(here.engine), freeze_last_month(here.engine)

    assert [each.month for each in too_early] == [date(2026, 11, 1)]
    assert [(each.month, each.is_new) for each in done] == [(DECEMBER, True)]
    assert again == []
    with here.engine.reading(here.actor("lead")) as reading:
        assert [each.month for each in months_frozen(reading)] == [DECEMBER, date(2026, 11, 1)]


def test_a_month_that_somebody_changed_in_the_database_says_so(here: Town) -> None:
    here.open_case()
    new_year(here)
    freeze(here.engine, here.tenant_id, DECEMBER)
    with here.engine.database.begin() as connection:
        connection.execute(update(GROUP).where(GROUP.c.number == 1).values(role="muu"))

    found = Verified()
    assert december(here).intact is False
    assert list(verify(here.engine, found)) == [1]
    assert [(each.kind, each.where) for each in found.found] == [("month_differs", "2026-12")]
    here.engine.keys = Keys.of("the secret of another installation")
    assert december(here).intact is None


def test_months_that_have_not_ended_or_are_not_frozen_are_refused(sqlite_url: str) -> None:
    with town(sqlite_url) as here:
        with pytest.raises(Malformed, match="not_ended"):
            freeze(here.engine, here.tenant_id, DECEMBER)
        with pytest.raises(Malformed, match="not_ended"):
            december(here)
        new_year(here)
        with pytest.raises(UnknownThing):
            december(here)
        freeze(here.engine, here.tenant_id, DECEMBER)
        with pytest.raises(NotAllowed):
            december(here, "consultant")
        with pytest.raises(UnknownThing):
            december(here, "stranger", unit=here.units["ita"])
        with pytest.raises(Malformed):
            december(here, by="worker")


def test_the_command_freezes_a_month_and_lists_it(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with town(sqlite_url):
        monkeypatch.setenv("PATHWAYS_DATABASE_URL", sqlite_url)
        monkeypatch.setenv("PATHWAYS_SECRET_KEY", SECRET)

        done, again, none, wrong, listed = (
            CliRunner().invoke(app_for(["report"]), ["report", *said])
            for said in (
                ["freeze", "2025-01"],
                ["freeze", "2025-01"],
                ["freeze", "2999-01"],
                ["freeze", "x"],
                ["months"],
            )
        )

    assert done.output.startswith("2025-01: 0 promises, frozen ")
    assert again.output.endswith("It stays as it was.\n")
    assert "hasn't ended yet" in str(none.exception)
    assert "write it as 2026-11" in str(wrong.exception)
    assert listed.output == done.output
