"""Files and folders of definitions: what is read, what is laid over what, and what is said twice."""

from pathlib import Path
from shutil import copytree

import pytest

from engine.catalogue import check_paths, load_catalogue
from engine.findings import DefinitionRefused
from engine.shelf import SHIPPED, load_shelf
from pathways.errors import UnknownThing
from tests.definitions.breaking import SMALL


def a_folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def codes(*paths: Path, county: str = "esimerkki") -> list[str]:
    return [finding.code for finding in check_paths(paths, county).findings]


def test_one_file_is_checked_on_its_own(tmp_path: Path) -> None:
    checked = check_paths([a_folder(tmp_path, koe=SMALL) / "koe.yaml"])

    assert checked.findings == ()
    assert [path.name for path in checked.files] == ["koe.yaml"]


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    checked = check_paths([tmp_path / "puuttuu.yaml"])

    assert [finding.code for finding in checked.findings] == ["PW000"]
    assert checked.is_unreadable


def test_a_county_nobody_knows_is_found_with_the_near_miss(tmp_path: Path) -> None:
    (finding,) = check_paths([a_folder(tmp_path, koe=SMALL)], "esimerki").findings

    assert finding.code == "PW046"
    assert 'did you mean "esimerkki"' in finding.sentence("en")


def test_one_version_in_two_files_is_found(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, koe=SMALL, toinen=SMALL, uusi=SMALL.replace("version: 1", "version: 2"))

    assert codes(folder) == ["PW037"]


def test_a_receiving_pathway_is_looked_for_beside_the_file(tmp_path: Path) -> None:
    sending = SMALL.replace("  - {to: kela, external: true}", "  - {to: aikuiset}")
    folder = a_folder(tmp_path, koe=sending)
    assert codes(folder / "koe.yaml") == ["PW092"]

    a_folder(tmp_path, aikuiset=SMALL.replace("pathway: koe", "pathway: aikuiset"))

    assert codes(folder / "koe.yaml") == []


def test_a_folder_of_ones_own_lies_over_the_shipped_words(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, vocabulary="channels:\n  some: {fi: Some, sv: Sociala medier}\n")
    a_folder(tmp_path, koe=SMALL.replace("entry: [puhelin, chat]", "entry: [puhelin, some]"))

    assert codes(folder) == []


def test_what_is_wrong_in_a_shared_file_is_found_first(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path,
        koe=SMALL,
        ladders="ladders: {oma: {title: {fi: a, sv: b}, rungs: {x: {when: at brech, tells: []}}}}\n",
    )

    checked = check_paths([folder])

    assert [finding.code for finding in checked.findings] == ["PW015"]
    assert checked.findings[0].place.file.endswith("ladders.yaml")


def test_a_county_may_tighten_the_law_and_never_loosen_it(tmp_path: Path) -> None:
    folder = tmp_path / "definitions"
    (folder / "county").mkdir(parents=True)
    county = folder / "county" / "oma.yaml"
    text = "county: oma\ntitle: {fi: Oma, sv: Egen}\nsettings: {ppt_raja: {value: 4, title: {fi: a, sv: b}}}\nlaw: {D-11: {within: %s}}\n"

    county.write_text(text % "10 days", "utf-8")
    assert load_shelf((SHIPPED, folder), "oma").shelf.tightened["D-11"].at("within") is not None

    county.write_text(text % "3 weeks", "utf-8")
    with pytest.raises(DefinitionRefused) as refused:
        load_shelf((SHIPPED, folder), "oma")
    assert [(f.code, f.place.line) for f in refused.value.findings] == [("PW078", 4)]


def test_a_unit_with_an_unknown_profession_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "definitions"
    copytree(SHIPPED / "county", folder / "county")
    county = folder / "county" / "esimerkki.yaml"
    county.write_text(county.read_text("utf-8").replace("[muistihoitaja, ", "[muistihoitja, "), "utf-8")

    (finding,) = check_paths([a_folder(folder, koe=SMALL)]).findings

    assert (finding.code, finding.path) == ("PW024", "units.muistipoliklinikka.professions.0")
    assert 'did you mean "muistihoitaja"' in finding.sentence("en")


def test_the_countys_settings_win_over_the_blocks_defaults(tmp_path: Path) -> None:
    folder = tmp_path / "definitions"
    copytree(SHIPPED / "county", folder / "county")
    county = folder / "county" / "esimerkki.yaml"
    county.write_text(county.read_text("utf-8").replace("value: 2 working days", "value: 1 working day"), "utf-8")
    a_folder(folder, koe=SMALL)

    pathway = load_catalogue([folder]).newest("koe")

    assert pathway.promises["siirto_hyvaksytaan"].within == "1 working day"


def test_a_catalogue_gives_versions_and_refuses_unknown_ones(tmp_path: Path) -> None:
    catalogue = load_catalogue([a_folder(tmp_path, koe=SMALL, uusi=SMALL.replace("version: 1", "version: 2"))])

    assert catalogue.newest("koe").version == 2
    assert catalogue.version("koe", 1).version == 1
    assert {pathway.version for pathway in catalogue} == {1, 2}
    with pytest.raises(UnknownThing):
        catalogue.version("koe", 3)
    with pytest.raises(UnknownThing):
        catalogue.newest("muu")


def test_a_catalogue_with_errors_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(DefinitionRefused):
        load_catalogue([a_folder(tmp_path, koe=SMALL.replace("    kind: service\n", "    knid: service\n"))])
