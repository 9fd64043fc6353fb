"""How a scenario is played: what it can't mean is refused, what isn't so fails, and a refusal nobody asks about fails."""

from pathlib import Path

import pytest

from engine.calendars import shipped_calendars
from features.definitions_given import GivenDefinitions, Pinned
from features.feature_file import read_feature
from features.play import begins
from features.reading import Reader, on_day
from features.specify import Played, Stage, definitions_near, feature_paths
from features.world import BEGINS

HEAD = """\
# language: fi
Ominaisuus: Koe

  Tausta:
    Oletetaan polku "Nuoren mielenterveyspolku"
    Ja yksikkö "Nuoret"
    Ja "Aino" on "Sairaanhoitaja" yksikössä "Nuoret"
    Ja "Liisa" on yksikön "Nuoret" esihenkilö
    Ja asiakas "Oona", 15 v

"""
IN_ENGLISH = """\
Feature: Trial

  Scenario: Handling begins the same day
    Given the pathway "Youth mental health pathway"
    And that the unit "Youth" gives the service promise
    And "Aino" is "Nurse" in the unit "Youth"
    And the client "Oona", aged 15
    When the client "Oona" sends a message Tue 1.12.2026 at 9:12
    And "Aino" records an assessment of the client "Oona" at 10:05
    Then the promise "Handling begins the same day" is kept, in 53 minutes
"""
CONTACT = '    Kun asiakas "Oona" soittaa ja "Aino" vastaa ti 1.12.2026 klo 9.12\n'


def play(folder: Path, steps: str) -> Played:
    path = folder / "koe.feature"
    path.write_text(f"{HEAD}  Tapaus: Koe\n{steps}", encoding="utf-8")
    stage = folder / "stage"
    stage.mkdir()
    return next(iter(Stage(stage).play([read_feature(path)])))


def test_a_scenario_that_holds_passes(tmp_path: Path) -> None:
    played = play(tmp_path, CONTACT + "    Niin asia on avoinna\n")

    assert (played.passed, played.why) == (True, "")


def test_a_scenario_in_english_is_played_too(tmp_path: Path) -> None:
    path = tmp_path / "english.feature"
    path.write_text(IN_ENGLISH, encoding="utf-8")

    played = next(iter(Stage(tmp_path).play([read_feature(path)])))

    assert played.why == ""


@pytest.mark.parametrize(
    ("check", "why"),
    [
        ('vastuutyöntekijä on "Aino"', "Yhteydenoton vastaanottaja, Nuoret"),
        ('lupaus "Käsittely alkaa samana päivänä" on pidetty', "it is running"),
        ('lupaus "Käsittely alkaa samana päivänä" päättyy ti 1.12.2026 klo 16.00', "due ti 1.12.2026 klo 24.00"),
        ('tavoite "Käsittely alkaa samana päivänä" on käynnissä', "is a promise"),
        ('määräaika "Terapiatakuu" on käynnissä', '"Terapiatakuu" has not begun'),
        ('lupaus "Käsittely alkaa samana päivänä" ei ole alkanut', "it began ti 1.12.2026 klo 9.12"),
        ('askel "Kiireellisyyden arviointi" on avoinna', "open now: Yhteydenoton vastaanotto"),
        ('asia on päättynyt tulokseen "Asia ratkaistu"', "the case is open"),
        ('"Aino" ei näe asiaa', "the case is shown"),
        ('"Liisa" saa ilmoituksen "Sinut nimettiin vastuutyöntekijäksi"', "nothing was told"),
        ('se ei onnistu, koska "mikä vain"', "nothing was refused"),
    ],
)
def test_what_is_not_so_fails_and_says_what_is(tmp_path: Path, check: str, why: str) -> None:
    played = play(tmp_path, f"{CONTACT}    Niin {check}\n")

    assert played.failed is not None
    assert played.failed.text == check
    assert why in played.why


def test_a_refusal_nobody_asks_about_fails_the_scenario(tmp_path: Path) -> None:
    refused = '    Ja "Aino" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"\n'

    played = play(tmp_path, f"{CONTACT}{refused}    Niin asia on avoinna\n")

    assert played.failed is not None
    assert "Askel Kiireellisyyden arviointi ei ole" in played.why


def test_a_refusal_in_the_last_sentence_fails_the_scenario(tmp_path: Path) -> None:
    refused = '    Kun "Aino" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"\n'

    assert not play(tmp_path, f"{CONTACT}    Niin asia on avoinna\n{refused}").passed


def test_a_refusal_for_another_reason_fails(tmp_path: Path) -> None:
    refused = '    Ja "Aino" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"\n'

    played = play(tmp_path, f'{CONTACT}{refused}    Niin se ei onnistu, koska "Kerro syy"\n')

    assert "it was refused with" in played.why


def test_time_does_not_go_back(tmp_path: Path) -> None:
    played = play(tmp_path, CONTACT + "    Ja tulee klo 9.00\n    Niin asia on avoinna\n")

    assert "it is ti 1.12.2026 klo 9.12 already" in played.why


def test_a_misspelt_name_is_refused_with_the_near_miss(tmp_path: Path) -> None:
    played = play(tmp_path, CONTACT.replace('"Aino"', '"Ano"') + "    Niin asia on avoinna\n")

    assert 'did you mean "Aino"?' in played.why


def test_a_misspelt_client_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    played = play(tmp_path, CONTACT.replace('"Oona"', '"Ona"') + "    Niin asia on avoinna\n")

    assert 'did you mean "Oona"?' in played.why


def test_somebody_unheard_of_may_call(tmp_path: Path) -> None:
    assert play(tmp_path, CONTACT.replace('"Oona"', '"Valtteri"') + "    Niin asia on avoinna\n").passed


def test_a_worker_at_work_is_not_described_anew(tmp_path: Path) -> None:
    late = '    Oletetaan "Aino" palvelee myös ruotsiksi\n'

    played = play(tmp_path, f"{CONTACT}{late}    Niin asia on avoinna\n")

    assert '"Aino" works already' in played.why


def test_a_title_that_is_none_is_refused_with_the_near_miss(tmp_path: Path) -> None:
    played = play(tmp_path, CONTACT + '    Niin lupaus "Käsittely alkaa tänään" on pidetty\n')

    assert 'no promise "Käsittely alkaa tänään"' in played.why


@pytest.mark.parametrize(
    ("day", "then"),
    [
        ("30.4.2011", "ei ole alkanut"),
        ("31.8.2023", "päättyy pe 4.12.2026 klo 24.00"),
        ("1.9.2023", "päättyy ti 1.12.2026 klo 24.00"),
    ],
)
def test_the_law_of_another_day_holds_on_any_day(tmp_path: Path, day: str, then: str) -> None:
    """No law, three working days, the same day."""
    old = f"    Oletetaan laki on sellaisena kuin se oli {day}\n"

    played = play(tmp_path, f'{old}{CONTACT}    Niin määräaika "Hoidon tarve arvioidaan samana päivänä" {then}\n')

    assert played.why == ""


# --- where and when a scenario begins -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("tulee ti 1.12.2026 klo 9.12", "ti 1.12.2026 klo 8.00"),
        ("kello on ti 1.12.2026 klo 6.00", "ti 1.12.2026 klo 6.00"),
        ('asiakas "Oona" soittaa ja "Aino" vastaa ti 1.12.2026', "ti 1.12.2026 klo 8.00"),
    ],
)
def test_a_scenario_begins_on_the_first_day_it_names(text: str, at: str) -> None:
    assert begins(['asiakas "Oona", syntynyt 14.4.2009', text], "fi") == Reader("fi").moment(at)


def test_a_scenario_without_days_begins_on_a_monday_morning() -> None:
    assert begins(['asiakas "Oona", 15 v'], "fi") == BEGINS == on_day(Reader("fi").day("ma 2.11.2026"), (8, 0))


# --- which files and definitions ------------------------------------------------------------------------------


def test_folders_are_searched_for_features(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (below / "x.feature").touch()
    (tmp_path / "y.txt").touch()

    assert feature_paths([tmp_path, below]) == (below / "x.feature",)


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """A folder of features whose definitions stand in the folder beside it."""
    (tmp_path / "features").mkdir()
    (tmp_path / "definitions").mkdir()
    return tmp_path


def test_the_definitions_beside_the_features_are_found(beside: Path) -> None:
    (beside / "definitions" / "oma.yaml").write_text("pathway: oma\n")
    (beside / "features" / "ci.yaml").write_text("jobs: {}\n")

    folders = definitions_near([beside / "features" / "x.feature"]).folders

    assert folders[1:] == ((beside / "definitions").resolve(),)


def test_a_countys_setting_changes_only_the_scenario_that_pins_it() -> None:
    given = GivenDefinitions()
    pinned = Pinned().with_setting("vastuutyontekija_kuittaa", "3 working days")

    changed = given.pathway("nuorten_mielenterveys", pinned).promises["vastuutyontekija_kuittaa"].within
    unchanged = given.pathway("nuorten_mielenterveys", Pinned()).promises["vastuutyontekija_kuittaa"].within

    assert (changed, unchanged) == ("3 working days", "1 working day")


def test_the_stage_takes_calendars_of_its_own(tmp_path: Path) -> None:
    assert Stage(tmp_path, calendars=shipped_calendars()).calendars is shipped_calendars()
