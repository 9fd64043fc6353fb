"""Rules that find candidates: each holds at its threshold and not just below; muted, unknown and cross-register ones."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from engine.candidate_rules import RuleBook, load_rule_book
from engine.rules.candidate import Counted, Score, score


@cache
def the_rules() -> RuleBook:
    book = load_rule_book()
    assert book is not None
    return book


def of(*years: dict[str, Any], everywhere: dict[str, Any] | None = None, muted: tuple[str, ...] = ()) -> Score:
    """The score of these facts; `counts` without their prefix. Given several, they are the years from the newest."""
    told = tuple({name if "." in name else f"count.{name}": value for name, value in year.items()} for year in years)
    wide = {name if "." in name else f"count.{name}": value for name, value in (everywhere or {}).items()}
    book = replace(the_rules(), cross_register=everywhere is not None)
    return score(book, Counted(told[0], wide or None, told), muted)


def hits(found: Score) -> set[str]:
    return {hit.rule for hit in found.hits}


CASES: list[tuple[str, tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]]] = [
    ("H1", ({"laakarikontaktit": 10},), ({"laakarikontaktit": 9},)),
    ("H2", ({"kontaktit": 8, "ammatteja": 2},), ({"kontaktit": 7, "ammatteja": 2},)),
    ("H2", ({"kontaktit": 8, "ammatteja": 2},), ({"kontaktit": 30, "ammatteja": 1},)),
    ("H3", ({"persentiili": 90},), ({"persentiili": 89},)),
    ("H4", ({"laakarikontaktit": 10}, {"persentiili": 95}), ({"laakarikontaktit": 10}, {"laakarikontaktit": 9})),
    ("H4", ({}, {"laakarikontaktit": 10}, {"kontaktit": 8, "ammatteja": 3}), ({"laakarikontaktit": 10}, {}, {})),
    ("H5", ({"paivystyskaynnit": 4, "paivystyskaynnit_90": 0},), ({"paivystyskaynnit": 3, "paivystyskaynnit_90": 2},)),
    ("H5", ({"paivystyskaynnit": 3, "paivystyskaynnit_90": 3},), ({"paivystyskaynnit": 3, "paivystyskaynnit_90": 2},)),
    ("H6", ({"osastojaksot": 3},), ({"osastojaksot": 2, "uudelleen_osastolle": 1},)),
    ("H6", ({"osastojaksot": 2, "uudelleen_osastolle": 2},), ({"osastojaksot": 2, "uudelleen_osastolle": 1},)),
    ("H7", ({"palvelualueita": 3},), ({"palvelualueita": 2, "organisaatioita": 3, "case.services": 2},)),
    ("H7", ({"organisaatioita": 4},), ({"organisaatioita": 3},)),
    ("H7", ({"case.services": 3},), ({"case.services": 2},)),
    ("H8", ({"saapumatta": 3},), ({"saapumatta": 2},)),
    ("H9", ({"ensihoitotehtavat": 3},), ({"ensihoitotehtavat": 2},)),
    ("H10", ({"sama_asia": 3},), ({"sama_asia": 2},)),
    (
        "H11",
        ({"client.special_support": True},),
        ({"client.special_support": False, "client.child_protection": False},),
    ),
    (
        "H11",
        ({"client.child_protection": True, "perheen_palvelut": 1},),
        ({"client.special_support": False, "client.child_protection": True, "perheen_palvelut": 0},),
    ),
    ("H12", ({"case.concern": 2},), ({"case.concern": 1},)),
    ("H13", ({"client.tells_again": True},), ({"client.tells_again": False},)),
    ("H14", ({"rikkoutuneet_lupaukset": 2},), ({"rikkoutuneet_lupaukset": 1},)),
]


@pytest.mark.parametrize(("rule", "holds", "barely_not"), CASES)
def test_each_rule_holds_at_its_threshold_and_not_below(
    rule: str, holds: tuple[dict[str, Any], ...], barely_not: tuple[dict[str, Any], ...]
) -> None:
    assert rule in hits(of(*holds))
    assert rule not in hits(of(*barely_not))


def test_every_rule_of_the_file_is_tried_above() -> None:
    assert {rule for rule, _, _ in CASES} == set(the_rules().rules)


def test_points_reach_the_limit_or_one_reason_is_enough() -> None:
    two_twos = of({"laakarikontaktit": 10, "paivystyskaynnit": 4})
    one_two = of({"laakarikontaktit": 10, "saapumatta": 3})

    assert (two_twos.points, two_twos.is_candidate, two_twos.found_by) == (4, True, "rule")
    assert (one_two.points, one_two.is_candidate) == (3, False)


def test_a_grave_concern_and_the_clients_own_words_are_enough_alone() -> None:
    concern, words = of({"case.concern": 3}), of({"client.asks_coordination": True})

    assert (concern.is_candidate, concern.is_direct, concern.found_by) == (True, True, "concern")
    assert (words.is_candidate, words.found_by) == (True, "self")
    assert not of({"case.concern": 2}).is_candidate


def test_a_concern_that_tips_the_score_was_found_by_concern() -> None:
    assert of({"laakarikontaktit": 10, "case.concern": 2}).found_by == "concern"


def test_a_muted_rule_is_silent_and_the_others_are_not() -> None:
    found = of({"laakarikontaktit": 10, "paivystyskaynnit": 4, "saapumatta": 3}, muted=("H1",))

    assert hits(found) == {"H5", "H8"}
    assert not found.is_candidate


def test_what_nobody_told_is_unknown_and_never_zero() -> None:
    found = of({"laakarikontaktit": 3})

    assert found.hits == ()
    assert found.unknown["H5"] == ("count.paivystyskaynnit", "count.paivystyskaynnit_90")
    assert "H1" not in found.unknown


def test_half_of_what_a_rule_asks_may_be_enough() -> None:
    assert hits(of({"paivystyskaynnit": 4})) == {"H5"}


def test_a_cross_register_rule_counts_the_units_own_cases_until_it_is_allowed() -> None:
    wide = {"palvelualueita": 3, "laakarikontaktit": 50}

    assert hits(of({"palvelualueita": 1, "laakarikontaktit": 1})) == set()
    assert hits(of({"palvelualueita": 1, "laakarikontaktit": 1}, everywhere=wide)) == {"H7"}


def test_a_hit_tells_what_was_counted_against_what() -> None:
    (hit,) = of({"kontaktit": 8, "ammatteja": 2, "kontaktit_etana": 5}).hits

    assert hit.counts == {"kontaktit": 8, "ammatteja": 2, "kontaktit_kasvokkain": None, "kontaktit_etana": 5}
    assert (hit.thresholds, hit.window, hit.version) == ({"h2_kontakteja": 7, "h2_ammatteja": 2}, 365, 1)
