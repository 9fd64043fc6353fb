"""Pathways for tests of drawings: a small one made here, and those that ship."""

from functools import cache
from pathlib import Path
from typing import Any

from engine.reader import read_pathway
from engine.shelf import SHIPPED, load_shelf, pathway_files
from pathways.definition import PathwayDefinition
from pathways.step import Branch, Step

EXAMPLE = Path(__file__).parent.parent / "definitions" / "example_pathway.yaml"
SHIPPED_PATHWAYS = tuple(path.stem for path in pathway_files((SHIPPED,)))


def text(fi: str, sv: str | None = None) -> dict[str, str]:
    return {"fi": fi, "sv": sv or f"{fi} (sv)"}


@cache
def example() -> PathwayDefinition:
    """A pathway with branches, an internal step, a loop, a step added by hand and two ends."""
    return PathwayDefinition.model_validate(_EXAMPLE)


@cache
def shipped(name: str) -> PathwayDefinition:
    """A pathway as it ships, everything written in; `example` is the language's own example."""
    path = EXAMPLE if name == "example" else SHIPPED / f"{name}.yaml"
    return read_pathway(path.read_text(encoding="utf-8"), path.name, load_shelf().shelf).definition


def steps_of(definition: PathwayDefinition) -> dict[str, Step]:
    """Every step by key, with branches and the steps inside them."""
    found: dict[str, Step] = {}

    def gather(steps: dict[str, Step] | dict[str, Branch]) -> None:
        for key, step in steps.items():
            found[key] = step
            gather(step.branches)
            gather(step.steps if isinstance(step, Branch) else {})

    gather(definition.steps)
    return found


_EXAMPLE: dict[str, Any] = {
    "pathway": "polku",
    "version": 1,
    "title": text("Nuoren polku", "Ungas stig"),
    "purpose": text("Apu ajoissa."),
    "source": "testi",
    "register": "terveys",
    "retention": "potilasasiakirja",
    "phases": {"alku": text("Alku", "Början"), "tuki": text("Tuki", "Stöd"), "tyhja": text("Tyhjä")},
    "roles": {
        "hoitaja": {"title": text("Sairaanhoitaja", "Sjukskötare"), "professions": ["sairaanhoitaja"]},
        "vastuu": {"title": text("Vastuutyöntekijä"), "professions": ["psykologi"]},
    },
    "responsible": [{"from": "vastaanotto", "role": "hoitaja"}],
    "steps": {
        "vastaanotto": {
            "phase": "alku",
            "kind": "contact",
            "title": text("Yhteydenoton vastaanotto", "Mottagning av kontakt"),
            "client": text("Kuuntelemme, missä tarvitset apua.", "Vi lyssnar på vad du behöver."),
            "worker": text("Kirjaa asia asiakkaan sanoin."),
            "role": "hoitaja",
            "outcomes": {"jatkuu": "arvio", "ratkaistu": "end ratkaistu"},
        },
        "arvio": {
            "phase": "alku",
            "title": text("Hoidon tarpeen arviointi"),
            "target": "7 days",
            "repeat": {"at_most": 3},
            "all": {
                "alkuarvio": {"title": text("Alkuarvio"), "kind": "assessment", "role": "vastuu", "target": "3 days"},
                "huoltaja": {
                    "title": text("Huoltajan kuuleminen"),
                    "kind": "contact",
                    "when": "client.guardian_may_know",
                    "steps": {
                        "kutsu": {"title": text("Kutsu"), "kind": "work", "outcomes": {"lahetetty": "kuulla"}},
                        "kuulla": {"title": text("Kuuleminen"), "kind": "contact", "outcomes": {"tehty": "done"}},
                    },
                },
            },
            "decide": {"role": "vastuu"},
            "outcomes": {"hoito": "kirjaus", "uudelleen": "arvio"},
        },
        "kirjaus": {
            "phase": "alku",
            "kind": "work",
            "title": text("Päätöksen kirjaus"),
            "role": "vastuu",
            "outcomes": {"kirjattu": "hoito", "ei_tarvetta": "end ratkaistu"},
        },
        "hoito": {
            "phase": "tuki",
            "kind": "service",
            "title": text("Hoitojakso"),
            "role": "vastuu",
            "opens": "2 weeks after arvio",
            "outcomes": {"paattyy": "end tavoite", "vaihto": "arvio"},
        },
        "kokous": {
            "phase": "tuki",
            "kind": "meeting",
            "title": text("Verkostokokous"),
            "role": "vastuu",
            "by_hand": True,
            "outcomes": {"pidetty": "done"},
        },
    },
    "ends": {"ratkaistu": text("Asia ratkaistu", "Ärendet löst"), "tavoite": text("Tavoite saavutettu")},
    "outcomes": {"jatkuu": text("Jatkuu", "Fortsätter"), "ratkaistu": text("Ratkaistu yhteydenotossa")},
}
