"""What the county plans ask of every pathway of the catalogue: who, texts, measures, register, and where clients go on."""

from collections.abc import Mapping
from functools import cache

import pytest

from engine.placed_steps import placed_steps
from engine.reader import read_definition, read_file
from engine.shelf import SHIPPED, load_shelf, pathway_files
from pathways.definition import PathwayDefinition

NAMES = {
    "P01": "ppt", "P02": "nuorten_mielenterveys", "P03": "parjaaja_nuoret_aikuiset", "P04": "aikuisten_miepa_aloitus",
    "P05": "ikaihmisen_kotona_asuminen", "P06": "matala_toimintakyky", "P07": "omaishoito", "P08": "arvokas_loppuvaihe",
    "P09": "kotiutus_kuntoutus", "P10": "perhekeskus_vanhemmuus", "P11": "lahisuhdevakivalta", "P12": "tyokyky",
    "P13": "vastaanotto_jonotta", "P14": "suun_terveydenhuolto", "P15": "diabetes_omahoito",
    "P16": "mtp_asumispalveluohjaus", "P17": "elama_edessa", "P18": "alkoholi_lyhytneuvonta",
    "P19": "vammaispalvelut_alku", "P20": "finger_muistiriski", "P21": "aikuissosiaalityo", "P22": "nepsy_lapset_nuoret",
    "P23": "varhaiskasvatuksen_konsultaatio", "P24": "kuntoutuksen_koordinointi", "P25": "maksuton_ehkaisy_u25",
    "P26": "etsiva_lahityo", "P27": "sap_sas", "P28": "kotihoidon_akillinen_tilanne",
}  # fmt: skip
MATRIX = {
    "P17": "P02 P10 P22", "P02": "P03 P22 hus lastensuojelu", "P03": "P04 P12 P16 P21 P01", "P13": "P04 P12 P14 P15 P18 P01",
    "P18": "P04", "P04": "P11 P12 P16 P21 hus", "P05": "P06 P07 P08 P09 P20 P27 P28", "P06": "P08 P09 P27",
    "P07": "P05 P08 P27", "P09": "P05 P06 P07 P08 P12 P19 P24 P27", "P10": "P02 P11 P17 P22 lastensuojelu",
    "P11": "P04 P10 P21", "P12": "P04 P15 P21 P24", "P15": "P12", "P21": "P12 P16", "P24": "P12", "P16": "P04 P21",
    "P19": "P05 P07 P10 P12", "P26": "P03 P04 P16 P21",
}  # fmt: skip
"""The hand-over matrix of the domain description (4.9). P04 is told both ways: P04↔P12 and P16↔P04."""
FOUNDATION = {"palvelulupaukset", "vastaanotto", "kiireellisyys", "vastuutyontekija", "konsultaatio", "poikkeamat"}


@cache
def catalogue() -> Mapping[str, PathwayDefinition]:
    shelf = load_shelf().shelf
    read = (read_definition(read_file(path), shelf).definition for path in pathway_files([SHIPPED]))
    return {definition.pathway: definition for definition in read}


def test_every_pathway_of_the_domain_description_is_there_and_no_other() -> None:
    assert set(catalogue()) == set(NAMES.values())


@pytest.mark.parametrize("number", NAMES)
def test_a_pathway_stands_on_the_shared_blocks_and_says_whose_record_it_is(number: str) -> None:
    definition = catalogue()[NAMES[number]]

    assert set(definition.include) >= FOUNDATION
    assert number in definition.source
    assert definition.register_ != "yhteinen" or definition.register_basis
    assert definition.measures.indicators
    assert definition.title.en
    assert definition.approved.missing()


@pytest.mark.parametrize("number", NAMES)
def test_every_step_tells_its_worker_and_its_client_what_happens(number: str) -> None:
    silent = [
        placed.key
        for placed in placed_steps(catalogue()[NAMES[number]])
        if not (placed.step.title and placed.step.title.en)
        or (not placed.is_region and not (placed.step.worker and placed.step.client))
    ]

    assert silent == []


@pytest.mark.parametrize("number", MATRIX)
def test_clients_may_go_on_as_the_matrix_says(number: str) -> None:
    allowed = {handover.to for handover in catalogue()[NAMES[number]].handovers}
    wanted = {NAMES.get(name, name) for name in MATRIX[number].split()}

    assert not {name for name in wanted if not any(to.startswith(name) for to in allowed)}


@pytest.mark.parametrize("number", [number for number in NAMES if number not in ("P01", "P23")])
def test_from_anywhere_joint_work_may_be_proposed(number: str) -> None:
    """P23 has no client of its own to propose."""
    assert "ppt" in {handover.to for handover in catalogue()[NAMES[number]].handovers}
