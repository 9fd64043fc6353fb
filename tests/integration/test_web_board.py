"""The board of promises: figures that open their lists, and one reason for many breaches."""

from tests.integration.web_town import WebTown


def test_the_figures_open_their_lists(unchanged: WebTown) -> None:
    seen = unchanged.person("rauha").see("/board")

    assert {"/board?show=late", "/board?show=today", "/board?show=queue", "/board?show=reasons"} <= set(seen.links())
    assert "Vastuutyöntekijä puuttuu 4" in seen.text
    assert "Poissa tänään 1" in seen.text
    assert "Jari Niemi" in seen.text
    assert "sijainen Salla Laine" in seen.text


def test_the_law_stands_before_promises_and_targets(unchanged: WebTown) -> None:
    text = unchanged.person("rauha").see("/board?show=late").text

    assert text.index("Hoidon tarve arvioidaan samana päivänä") < text.index("Tarvittaessa palvelu alkaa viikon")


def test_only_one_kind_of_clock_is_shown_when_asked(unchanged: WebTown) -> None:
    text = unchanged.person("rauha").see("/board?show=late&kind=target").text

    assert "Tarvittaessa palvelu alkaa viikon" not in text


def test_the_lists_of_the_ladder_open_beside_the_figures(unchanged: WebTown) -> None:
    rauha = unchanged.person("rauha")
    links = set(rauha.see("/board").links())

    for state, title in (
        ("at_risk", "Vaarassa"),
        ("told_late", "Kirjattu myöhässä"),
        ("self_monitoring", "Omavalvonta"),
    ):
        assert f"/board?show={state}" in links
        assert title in rauha.see(f"/board?show={state}").text


def test_a_breach_says_by_when_its_reason_is_owed(unchanged: WebTown) -> None:
    assert "syy viimeistään" in unchanged.person("rauha").see("/board?show=reasons").text


def test_the_board_ranks_no_persons(unchanged: WebTown) -> None:
    assert "yksiköittäin ja rooleittain, ei koskaan henkilöittäin" in unchanged.person("rauha").see("/board").text


def test_one_reason_is_given_for_many_breaches(town: WebTown) -> None:
    rauha = town.person("rauha")
    form = rauha.see("/board?show=reasons").form("/board/reasons")
    chosen, code = form.choices["promise"][:3], form.choices["code"][1]
    before = len(form.choices["promise"])

    seen = rauha.send(form, promise=chosen, code=code, plan="Soitetaan kaikille tänään.")

    assert "Syy on tallennettu." in seen.text
    after = rauha.see("/board?show=reasons").form("/board/reasons").choices["promise"]
    assert len(after) == before - 3
    assert not set(chosen) & set(after)


def test_a_reason_without_a_breach_a_code_and_a_plan_is_sent_back(town: WebTown) -> None:
    rauha = town.person("rauha")

    seen = rauha.send(rauha.see("/board?show=reasons").form("/board/reasons"))

    assert rauha.status == 422
    assert "Tarkista 3 kohtaa" in seen.text
    assert "Valitse vähintään yksi ylitys." in seen.text


def test_the_report_is_shown_and_saved_as_a_file(unchanged: WebTown) -> None:
    rauha = unchanged.person("rauha")
    assert "/reports" in rauha.see("/board").links()

    seen = rauha.see("/reports?from=2026-11-01&to=2026-11-30&by=week")

    assert "Annetut lupaukset 1.11.2026 – 30.11.2026" in seen.text
    assert "viikko 46/2026" in seen.text
    file = "/api/v1/reports/promises.csv?from=2026-11-01&to=2026-11-30&by=week&lang=fi"
    assert file in seen.links()
    assert not any(name in seen.text for name in ("Salla Laine", "Jari Niemi", "Aino"))


def test_a_report_of_no_period_or_of_nobodys_unit_is_refused(unchanged: WebTown) -> None:
    rauha, petra = unchanged.person("rauha"), unchanged.person("petra")
    for asked in ("from=2026-11-30&to=2026-11-01", "from=eilen&to=2026-11-01", "from=2020-01-01&to=2026-11-01"):
        seen = rauha.see(f"/reports?{asked}")

        assert rauha.status == 422
        assert "joka ei ole ennen sitä" in seen.text
    petra.see("/reports")
    assert petra.status == 403
