"""docs/suunnittelijan_virheet.md: three mistakes of each kind, the wrong lines, and what the checker answered in Finnish.

`python -m tests.designers_mistakes` writes it; a test compares. The mistakes themselves are those that test the checker.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.calendars import shipped_calendars
from engine.checks.county import county_findings
from engine.findings import Finding
from engine.law import Law, law_findings
from engine.reader import as_model
from engine.yaml_text import read_yaml
from pathways.county import County
from tests.check_pages import changed_lines, fenced, short
from tests.definitions.breaking import SMALL, Break, Edit, edited, findings_in, the_shelf
from tests.definitions.test_checks import BREAKS

PAGE = Path(__file__).parent.parent / "docs" / "suunnittelijan_virheet.md"
LONGEST = 320
COUNTY = """county: oma
title: {fi: Oma hyvinvointialue, sv: Eget välfärdsområde}
law:
  D-11: {within: 10 days}
units:
  keskus:
    title: {fi: Sote-keskus, sv: Social- och hälsocentral}
    kind: terveysasema
    professions: [sairaanhoitaja, laakari]
    calendar: palveluaika
"""
HEAD = """# Suunnittelijan virheet

Kolme virhettä kutakin lajia: mitä haluttiin, väärät rivit, mitä tarkistus vastasi ja miten sen pitää olla. Vastaus on sellaisena kuin
`./run check` sen sanoo; rivinumerot ovat esimerkkitiedoston. Jokaisella tunnisteella on oma sivunsa kansiossa
[checks](checks/README.md), ja kieli opetetaan alusta ohjeessa [definitions/README.md](../definitions/README.md).
"""


@dataclass(frozen=True)
class Mistake:
    """What the designer meant, and the break that shows what came of it. `right`: how it should be, else as it was."""

    told: str
    broken: str
    right: Edit | None = None


@dataclass(frozen=True)
class CountyMistake:
    """A mistake in a county's own file."""

    told: str
    code: str
    wrong: Edit


KINDS: dict[str, tuple[Mistake, ...]] = {
    "Lukeminen ja avaimet": (
        Mistake(
            "Virkkeessä on pilkku, eikä tekstiä ole lainausmerkeissä. YAML luulee loppua uudeksi avaimeksi.",
            "PW016",
            ("{fi: Kokeillaan., sv", '{fi: "Kokeillaan, ehkä.", sv'),
        ),
        Mistake("Avaimessa on kirjoitusvirhe. Ilman tarkistusta askeleella ei olisi lajia.", "PW010"),
        Mistake(
            "Hoidon luvataan alkavan päivässä. Onko se vuorokausi vai arkipäivä? Asiakas ja työntekijä ymmärtävät eri tavalla.",
            "PW015 ambiguous day",
            ("within: 2 weeks", "within: 1 working day"),
        ),
    ),
    "Nimet ja sanat": (
        Mistake("Tulos johtaa askeleeseen, jonka nimi on kirjoitettu väärin.", "PW055"),
        Mistake("Kanavan nimi on kirjoitettu puhekielellä; sanastossa se on toisin.", "PW024 channel"),
        Mistake(
            "Tulokselle keksittiin oma nimi, mutta ei tekstiä. Työntekijän napissa ei lukisi mitään.",
            "PW031",
            ("{paattyy: seuranta,", "{valmis: seuranta,"),
        ),
    ),
    "Ehdot": (
        Mistake("Muuttujan nimessä on kirjoitusvirhe: haara ei koskaan aukeaisi.", "PW021"),
        Mistake("Rajat menivät ristiin: polkua ei ehdotettaisi kenellekään.", "PW023"),
        Mistake("Mittarin pisteet alkavat nollasta, joten ehto pitää aina ja ehdotus on sama kaikille.", "PW022"),
    ),
    "Kulku ja yhtyminen": (
        Mistake(
            "Askel kirjoitettiin, mutta mikään tulos ei johda siihen. Se oli tarkoitettu käsin lisättäväksi.",
            "PW050",
            (
                "  lahete:\n",
                (
                    "  sivussa:\n    title: {fi: Sivussa, sv: Vid sidan}\n    kind: work\n    by_hand: true\n"
                    "    outcomes: {tehty: done}\n  lahete:\n"
                ),
            ),
        ),
        Mistake("Kotikäynti palaa aina sopimiseen: haara ei koskaan valmistu, eikä arvio pääse eteenpäin.", "PW052"),
        Mistake("Seuranta palaa aina itseensä: asia ei koskaan pääty.", "PW051"),
    ),
    "Vastuu": (
        Mistake("Vastuu alkaa vasta toisesta askeleesta: yhteydenoton hetkellä kukaan ei vastaa.", "PW060"),
        Mistake("Rooli vaatii osaamisen, jota yhdenkään yksikön psykologilla ei ole.", "PW061"),
        Mistake(
            "Omatyöntekijäksi merkittiin myös sairaanhoitaja. Laki varaa sen sosiaalihuollon ammattihenkilölle.",
            "PW062",
            (
                "roles:\n",
                (
                    "roles:\n  omatyontekija: {title: {fi: Omatyöntekijä, sv: Egen kontaktperson},"
                    " professions: [sosiaaliohjaaja, palveluohjaaja]}\n"
                ),
            ),
        ),
    ),
    "Lupaukset ja laki": (
        Mistake(
            "Unohtui, mitä lupaukselle tapahtuu, kun tarvetta ei ole. Tarkistus näyttää tien, jolla se jää auki.",
            "PW076",
        ),
        Mistake("Vuorokaudessa luvattua ei voi pitää, jos se alkaa joulun alla: yksikkö on kiinni.", "PW072"),
        Mistake("Lain määräaikaa yritettiin pidentää kahteen arkipäivään.", "PW078"),
    ),
    "Päättäminen ja siirrot": (
        Mistake(
            "Tavoittamattoman asiakkaan asia suljettaisiin yhden ihmisen päätöksellä.",
            "PW090 approvals",
            (
                "ends:\n",
                (
                    "ends:\n  ei_tavoitettu: {fi: Ei tavoitettu, sv: Inte nådd,"
                    " needs: [approval by responsible, approval by team_lead]}\n"
                ),
            ),
        ),
        Mistake(
            "Oma ehto korvasi lohkon ehdon: erityistä tukea tarvitsevan asia voisi sulkeutua itsestään.",
            "PW090 special support",
            (
                "handovers:\n",
                (
                    'events:\n  no_answer: {closes: {never_automatic_when: "client.special_support || client.minor_decides"}}\n\n'
                    "handovers:\n"
                ),
            ),
        ),
        Mistake("Vastuu siirtyy lähetteen mukana, mutta hoitolupaus jäisi tänne. Kuka sen pitäisi?", "PW077"),
    ),
}
OF_COUNTY = (
    CountyMistake(
        "Hyvinvointialue yritti pidentää hoitotakuuta kolmeen viikkoon.",
        "PW078",
        ("within: 10 days", "within: 3 weeks"),
    ),
    CountyMistake(
        "Yksikön ammatissa on kirjoitusvirhe: kukaan ei täyttäisi roolia, jota polku odottaa.",
        "PW024",
        ("[sairaanhoitaja, laakari]", "[sairanhoitaja, laakari]"),
    ),
    CountyMistake(
        "Yksikölle nimettiin kalenteri, jota ei ole: aukioloa ei voi laskea.",
        "PW024",
        ("calendar: palveluaika", "calendar: keskuksen_aukiolo"),
    ),
)


def page() -> str:
    """Return the whole page."""
    lines = [HEAD]
    for kind, mistakes in KINDS.items():
        lines += [f"## {kind}", ""]
        for number, mistake in enumerate(mistakes, 1):
            lines += _told(number, mistake.told, wrong(mistake), right(mistake), _before(mistake), answer(mistake))
    lines += ["## Hyvinvointialue", ""]
    for number, each in enumerate(OF_COUNTY, 1):
        lines += _told(number, each.told, COUNTY.replace(*each.wrong), COUNTY, COUNTY, county_answer(each))
    return "\n".join(lines).rstrip() + "\n"


def wrong(mistake: Mistake) -> str:
    """Return the small pathway with the mistake."""
    broken = _broken(mistake.broken)
    return edited(*broken.also, broken.breaks)


def right(mistake: Mistake) -> str:
    """Return the small pathway as it should be."""
    broken = _broken(mistake.broken)
    return edited(*broken.also, mistake.right) if mistake.right else _before(mistake)


def answer(mistake: Mistake) -> Finding:
    """Return what the checker says of the mistake."""
    code = _broken(mistake.broken).code
    return next(finding for finding in findings_in(wrong(mistake)) if finding.code == code)


def county_answer(mistake: CountyMistake) -> Finding:
    """Return what the checker says of a county's file with the mistake."""
    assert COUNTY.count(mistake.wrong[0]) == 1
    return next(
        finding for finding in findings_of_county(COUNTY.replace(*mistake.wrong)) if finding.code == mistake.code
    )


def findings_of_county(text: str) -> tuple[Finding, ...]:
    """Return what is wrong in a county's file."""
    shelved, node = the_shelf(), read_yaml(text, "county/oma.yaml")
    county = as_model(node, County)
    law = law_findings(Law(shelved.clocks, shelved.shelf.clocks), county, node)
    names = shipped_calendars().names
    return (*law, *county_findings(county, node, shelved.vocabulary, names))


@cache
def _broken(name: str) -> Break:
    return next(broken for broken in BREAKS if str(broken) == name)


def _before(mistake: Mistake) -> str:
    also = _broken(mistake.broken).also
    return edited(*also) if also else SMALL


def _told(number: int, told: str, wrong: str, right: str, before: str, said: Finding) -> Iterator[str]:
    file = "polku.yaml" if not said.place.file.startswith("county") else said.place.file
    place = f"{file}:{said.place.line}:{said.place.column}"
    yield f"### {number}. [{said.code}](checks/{said.code}.md)"
    yield ""
    yield told
    yield ""
    yield "Väärin:"
    yield ""
    yield from fenced(_trimmed(changed_lines(before, wrong)), "yaml")
    yield "Tarkistus vastasi:"
    yield ""
    answers = (f"{place}: {said.code} {said.sentence('fi')}", f"    {said.remedy('fi')}")
    yield from fenced((short(line, LONGEST) for line in answers), "text")
    yield "Oikein:"
    yield ""
    yield from fenced(_trimmed(changed_lines(wrong if right == before else before, right)), "yaml")


def _trimmed(lines: Iterator[str]) -> Iterator[str]:
    """Give the lines without empty ones at either end."""
    return iter("\n".join(lines).strip("\n").splitlines())


def write() -> None:
    """Write the page anew."""
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    write()
