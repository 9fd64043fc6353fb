"""What would make a specification say less than it seems to is refused before it runs."""

from pathlib import Path

import pytest

from features.feature_file import FeatureUnreadable, read_feature
from features.lint import findings_in
from tests.unit.test_environment import CHECKOUT

GOOD = """\
# language: fi
Ominaisuus: Lupaus
  Vapaata tekstiä.

  Tapaus: Yksi
    Oletetaan asiakas "Oona", 15 v
    Kun 8 arkipäivää kuluu
    Niin asia on avoinna
"""


def lint(folder: Path, *texts: str) -> list[str]:
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.feature"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return [str(finding).replace(f"{folder}/", "") for finding in findings_in(paths)]


def test_a_good_file_has_nothing_to_complain_of(tmp_path: Path) -> None:
    assert lint(tmp_path, GOOD) == []


def test_the_shipped_specifications_are_clean() -> None:
    assert [str(finding) for finding in findings_in(sorted((CHECKOUT / "features").rglob("*.feature")))] == []


def test_a_weekday_of_another_date_is_found(tmp_path: Path) -> None:
    found = lint(tmp_path, GOOD.replace("8 arkipäivää kuluu", "tulee ma 1.12.2026 klo 8"))

    assert found == ['0.feature:7: "ma 1.12.2026": that day is ti 1.12.']


def test_a_weekday_in_a_table_is_looked_at_too(tmp_path: Path) -> None:
    table = 'Oletetaan yksikön "A" väki on\n      | nimi | ma 1.12.2026 |\n'

    found = lint(tmp_path, GOOD.replace('Oletetaan asiakas "Oona", 15 v\n', table))

    assert found == ['0.feature:6: "ma 1.12.2026": that day is ti 1.12.']


def test_two_scenarios_of_one_name_are_found(tmp_path: Path) -> None:
    again = GOOD + GOOD[GOOD.index("  Tapaus") :]

    found = lint(tmp_path, again)

    assert len(found) == 1
    assert 'tapaus "Yksi" on jo: 0.feature:5' in found[0]


def test_two_files_may_not_share_a_name_of_a_scenario(tmp_path: Path) -> None:
    found = lint(tmp_path, GOOD, GOOD.replace("Yksi", "yksi"))

    assert len(found) == 1
    assert found[0].startswith("1.feature:5: ")


def test_an_outline_with_many_examples_is_one_scenario(tmp_path: Path) -> None:
    outline = GOOD.replace("Tapaus:", "Tapausaihio:").replace("8 arkipäivää", "<aika>")
    outline += "\n    Tapaukset:\n      | aika |\n      | 8 arkipäivää |\n      | 2 viikkoa |\n"

    assert lint(tmp_path, outline) == []


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("Given a client", "Given"),
        ("Scenario: Two", "Scenario"),
        ("När klienten ringer", "När"),
        ("Then it is", "Then"),
    ],
)
def test_a_keyword_of_another_language_is_found(tmp_path: Path, line: str, word: str) -> None:
    found = lint(tmp_path, GOOD.replace("Vapaata tekstiä.", line))

    assert len(found) == 1
    assert found[0].startswith("0.feature:3: ")
    assert f'"{word}"' in found[0]


def test_a_keyword_of_another_language_is_found_under_a_scenario(tmp_path: Path) -> None:
    found = lint(tmp_path, GOOD.replace("  Tapaus: Yksi\n", "  Tapaus: Yksi\n    When 8 days pass\n"))

    assert len(found) == 1
    assert found[0].startswith("0.feature:6: ")


def test_a_word_that_only_begins_like_a_keyword_is_left_alone(tmp_path: Path) -> None:
    assert lint(tmp_path, GOOD.replace("Vapaata tekstiä.", "Jatkuva hoito ja kunnia.")) == []


def test_an_unknown_sentence_is_found_with_its_near_miss(tmp_path: Path) -> None:
    found = lint(tmp_path, GOOD.replace("asia on avoinna", "asia on avona"))

    assert found == ['0.feature:8: askelta "asia on avona" ei ole; lähin on: asia on avoinna']


def test_a_check_may_not_stand_where_the_stage_is_set(tmp_path: Path) -> None:
    found = lint(tmp_path, GOOD.replace("Kun 8 arkipäivää kuluu", "Kun asia on avoinna"))

    assert found == ['0.feature:7: "asia on avoinna" on tarkistus; aloita se sanalla Niin']


def test_an_act_may_not_stand_as_a_check(tmp_path: Path) -> None:
    found = lint(tmp_path, GOOD.replace("Niin asia on avoinna", "Niin asia on avoinna\n    Ja 2 viikkoa kuluu"))

    assert len(found) == 1
    assert "ei tarkista mitään" in found[0]


def test_a_scenario_that_checks_nothing_is_found(tmp_path: Path) -> None:
    found = lint(tmp_path, GOOD.replace("    Niin asia on avoinna\n", ""))

    assert len(found) == 1
    assert "ei tarkista mitään" in found[0]


def test_a_scenario_without_steps_is_found(tmp_path: Path) -> None:
    found = lint(tmp_path, GOOD[: GOOD.index("    Oletetaan")])

    assert len(found) == 1
    assert "ei ole askelia" in found[0]


def test_a_file_without_scenarios_is_found(tmp_path: Path) -> None:
    found = lint(tmp_path, GOOD[: GOOD.index("  Tapaus")])

    assert found == ["0.feature:2: tiedostossa ei ole yhtään tapausta"]


def test_a_table_where_none_is_taken_is_found(tmp_path: Path) -> None:
    found = lint(tmp_path, GOOD + "      | a |\n")

    assert found == ['0.feature:8: "asia on avoinna" ei ota taulukon']


def test_a_missing_table_is_found(tmp_path: Path) -> None:
    found = lint(tmp_path, GOOD.replace('asiakas "Oona", 15 v', 'yksikön "A" väki on'))

    assert found == ['0.feature:6: "yksikön "A" väki on" tarvitsee taulukon']


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ominaisuus: Ilman kieltä\n", "expected: "),
        ("# language: de\nFunktionalität: X\n", "specifications are in fi, sv or en"),
        ("", "no feature"),
        (GOOD + "    Given a step\n", "expected: "),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "x.feature"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(FeatureUnreadable, match=said):
        read_feature(path)


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.feature"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(FeatureUnreadable, match=r"x\.feature"):
        read_feature(path)
