"""Reports over HTTP: the answer, the file that a table program opens, and what is refused."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.csv_file import cell, csv_file
from engine.frozen_months import freeze
from tests.integration.api_town import ApiTown, api_town

WINTER = "from=2026-12-01&to=2026-12-31"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[ApiTown]:
    file = tmp_path_factory.mktemp("reports") / "pathways.db"
    shutil.copy(sqlite_template, file)
    with api_town(f"sqlite:///{file}") as settled:
        for _ in range(6):
            settled.contact(pathway="apu")
        for _ in range(2):
            settled.contact(pathway="nuorten_mielenterveys")
        yield settled


def test_the_file_opens_in_a_finnish_table_program(here: ApiTown) -> None:
    response = here["lead"].raw("GET", f"/reports/promises.csv?{WINTER}&by=pathway&lang=fi")

    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == (
        'attachment; filename="lupaukset_pathway_2026-12-01_2026-12-31.csv"'
    )
    assert response.content.startswith(b"\xef\xbb\xbfTunnus;Ryhm\xc3\xa4;Annettu;")
    lines = [line.split(";") for line in response.content.decode("utf-8-sig").splitlines()]
    assert [line[:3] for line in lines[1:]] == [
        ["apu", "Apu", "12"],
        ["nuorten_mielenterveys", lines[2][1], "6"],
        ["total", "Yhteensä", "18"],
    ]
    assert len({len(line) for line in lines}) == 1


def test_a_small_group_is_null_in_the_answer_and_said_to_be_small_in_the_file(here: ApiTown) -> None:
    asked = f"{WINTER}&by=promise&pathway=nuorten_mielenterveys"
    rows = here["admin"].get(f"/reports/promises?{asked}")["rows"]
    file = here["lead"].raw("GET", f"/reports/promises.csv?{asked}").content.decode("utf-8-sig")

    assert all(row["hidden"] and row["started"] is None and row["share_as_corrected"] is None for row in rows)
    assert all(row["started"] for row in here["lead"].get(f"/reports/promises?{asked}")["rows"])
    assert ";<5;;" in file


@pytest.mark.parametrize(
    ("who", "query", "status"),
    [
        ("nobody", WINTER, 401),
        ("consultant", WINTER, 403),
        ("stranger", f"{WINTER}&unit=ita", 404),
        ("lead", f"{WINTER}&unit=kuulento", 404),
        ("lead", f"{WINTER}&promise=kuulento", 404),
        ("lead", "from=2026-12-31&to=2026-12-01", 422),
        ("lead", f"{WINTER}&by=worker", 422),
        ("lead", f"{WINTER}&baseline_from=2026-11-01", 422),
        ("lead", f"{WINTER}&baseline_from=2026-11-01&baseline_to=2026-10-01", 422),
        ("lead", f"{WINTER}&counted=whatever", 422),
    ],
)
def test_a_report_that_is_not_theirs_or_no_report_is_refused(here: ApiTown, who: str, query: str, status: int) -> None:
    for path in ("/reports/promises", "/reports/promises.csv"):
        here[who].get(f"{path}?{query}", status)


def test_a_frozen_month_is_read_and_saved(here: ApiTown) -> None:
    freeze(here.town.engine, here.town.tenant_id, date(2026, 11, 1))

    shown = here["lead"].get("/reports/months/2026-11?by=promise")
    file = here["admin"].raw("GET", "/reports/months/2026-11/file.csv?by=promise&lang=sv")

    assert (shown["month"], shown["intact"], shown["rows"]) == ("2026-11", True, [])
    assert [each["month"] for each in here["admin"].get("/reports/months")] == ["2026-11"]
    assert "Fryst: Givna" in file.content.decode("utf-8-sig")
    assert 'filename="kuukausi_promise_2026-11.csv"' in file.headers["content-disposition"]


def test_waits_backlog_and_episodes_are_answered_and_saved(here: ApiTown) -> None:
    waits = here["lead"].get(f"/reports/waits?{WINTER}&by=resolution")
    before = "baseline_from=2026-11-01&baseline_to=2026-11-30"
    file = (
        here["lead"]
        .raw("GET", f"/reports/waits.csv?{WINTER}&lang=fi&{before}")
        .content.decode("utf-8-sig")
        .splitlines()
    )
    half = here["admin"].get("/reports/waiting-times/2026-1")
    queue = here["lead"].get(f"/reports/backlog?{WINTER}")
    weeks = here["lead"].raw("GET", f"/reports/backlog.csv?{WINTER}&lang=sv").content.decode("utf-8-sig").splitlines()
    listed = here["lead"].get(f"/reports/episodes?{WINTER}")

    assert [(row["key"], row["count"], row["waiting"]["count"]) for row in waits["rows"]] == [("open", 8, 8)]
    assert waits["total"]["measures"]["contact_to_service"]["share_within_days"] == {"7": None, "14": None, "90": None}
    assert file[0].startswith("Tunnus;Ryhmä;Asioita;Yhteydenotosta palveluun: lkm;")
    assert len({line.count(";") for line in file}) == 1
    assert ";Vertailujakso: Asioita;" in file[0]
    assert file[1].split(";")[:3] == ["apu", "Apu", "<5"]  # with two of the other pathway the total would tell
    assert (half["from_on"], half["to_on"], half["rows"]) == ("2026-01-01", "2026-06-30", [])
    assert (queue["weeks"][0]["came"], queue["weeks"][0]["waiting"]) == (8, 8)
    assert weeks[0].startswith("Vecka;Slutade;Kom;")
    assert weeks[1] == "2026-W49;2026-12-01 09:12:00;8;0;8;0;0;0"
    assert len(listed["episodes"]) == 8
    assert here["stranger"].get(f"/reports/episodes?{WINTER}") == {"episodes": [], "more": False}


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("consultant", f"/reports/waits?{WINTER}", 403),
        ("consultant", f"/reports/backlog?{WINTER}", 403),
        ("stranger", f"/reports/waits?{WINTER}&unit=ita", 404),
        ("stranger", f"/reports/waits.csv?{WINTER}&unit=ita", 404),
        ("stranger", f"/reports/backlog?{WINTER}&unit=ita", 404),
        ("stranger", f"/reports/backlog.csv?{WINTER}&unit=ita", 404),
        ("lead", f"/reports/waits?{WINTER}&pathway=kuulento", 404),
        ("lead", "/reports/waits?from=2026-12-31&to=2026-12-01", 422),
        ("lead", "/reports/episodes?from=2026-12-31&to=2026-12-01", 422),
        ("lead", f"/reports/waits?{WINTER}&baseline_to=2026-11-01", 422),
        ("lead", f"/reports/waits?{WINTER}&by=worker", 422),
        ("lead", "/reports/waiting-times/2026-2", 422),
        ("lead", "/reports/waiting-times/2026-3/file.csv", 422),
        ("lead", "/reports/months/2026-12", 422),
        ("lead", "/reports/months/2027-05", 422),
        ("lead", "/reports/months/2026-13", 422),
        ("lead", "/reports/months/2026-02", 404),
        ("lead", "/reports/months/2026-11?unit=lansi", 404),
        ("consultant", "/reports/months/2026-11", 403),
        ("consultant", "/reports/months", 403),
    ],
)
def test_what_is_not_there_or_not_theirs_is_refused(here: ApiTown, who: str, path: str, status: int) -> None:
    here[who].get(path, status)


@pytest.mark.parametrize("said", ["=1+1", "+358", "-2", "@SUM(A1)", "\tx", " =1", "|cmd"])
def test_nothing_in_a_file_calculates(said: str) -> None:
    assert cell(said) == f"'{said}"


def test_numbers_are_written_as_finns_write_them_and_a_file_is_not_named_after_anybody() -> None:
    assert [cell(value) for value in (0.6, 1.0, 3, None, -2)] == ["0,6", "1", "3", "", "-2"]
    with pytest.raises(ValueError, match="Aino"):
        csv_file("Aino Testinen.csv", [], [])
