"""The demo's clients: names that nobody has, and the words they might say. All invented."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

SURNAMES = (
    "Testinen", "Mallinen", "Esimerkki", "Harjoitus", "Näyte", "Kuvitteellinen", "Demonen", "Kokeila", "Keksitty",
    "Satunen", "Mielikuva", "Luonnos", "Otos", "Kaavala", "Tyhjälä", "Aavelä", "Sepite", "Kertomus",
)  # fmt: skip
SURNAMES_SV = ("Exempel", "Provström", "Påhitt", "Testlund", "Fantasi", "Modellberg", "Övning")
YOUNG = (
    "Aino",
    "Leo",
    "Oskar",
    "Emma",
    "Iida",
    "Ville",
    "Sanni",
    "Eetu",
    "Kaisla",
    "Miro",
    "Lumi",
    "Joel",
    "Vilja",
    "Niilo",
)
YOUNG_SV = ("Elsa", "Axel", "Saga", "Viktor", "Ellen", "Linus")
OLD = (
    "Mirja",
    "Kauko",
    "Helvi",
    "Toivo",
    "Aune",
    "Reino",
    "Irma",
    "Veikko",
    "Kerttu",
    "Pentti",
    "Hilja",
    "Olavi",
    "Sylvi",
)
OLD_SV = ("Gunnel", "Börje", "Märta", "Sven", "Ingegerd", "Runar")
ADULT = ("Sanna", "Marko", "Katja", "Timo", "Minna", "Jukka", "Johanna", "Sami", "Anu", "Petri", "Riikka", "Hannu")
ADULT_SV = ("Carola", "Mikael", "Susanne", "Patrik")
MUNICIPALITIES = ("Lahdenniemi", "Rantakylä", "Kallio", "Saarela")

MATTERS = {
    "nuorten_mielenterveys": (
        ("En jaksa enää käydä koulussa, ja öisin en saa nukuttua.", "Jag orkar inte gå i skolan och jag sover dåligt."),
        ("Jännitän ihmisiä niin paljon, että jään kotiin.", "Jag är så nervös bland människor att jag stannar hemma."),
        ("Terapianavigaattori neuvoi ottamaan yhteyttä.", "Terapinavigatorn rådde mig att ta kontakt."),
        ("Olen surullinen melkein koko ajan.", "Jag är ledsen nästan hela tiden."),
    ),
    "ikaihmisen_kotona_asuminen": (
        (
            "Äiti on kaatunut kahdesti tässä kuussa ja pelkää yksin kotona.",
            "Mamma har fallit två gånger och är rädd ensam hemma.",
        ),
        ("En enää jaksa siivota enkä käydä kaupassa.", "Jag orkar inte längre städa eller gå till butiken."),
        ("Isä unohtelee lääkkeensä ja hellan päälle.", "Pappa glömmer sina mediciner och spisen på."),
        ("Mistä saisin turvapuhelimen?", "Var kan jag få en trygghetstelefon?"),
    ),
    "ppt": (
        (
            "Käyn viidessä paikassa ja kerron aina saman alusta.",
            "Jag går på fem ställen och berättar alltid samma sak.",
        ),
        ("En tiedä, kuka asiastani vastaa.", "Jag vet inte vem som ansvarar för mitt ärende."),
        ("Rahat, lääkkeet ja lapset menevät kaikki solmuun.", "Pengar, mediciner och barn går alla i knut."),
    ),
}
GOALS = {
    "nuorten_mielenterveys": (
        "Olen koulussa neljänä päivänä viikossa",
        "Nukahdan ennen kello 23",
        "Tapaan kaverin kerran viikossa",
    ),
    "ikaihmisen_kotona_asuminen": ("Käyn itse kaupassa kerran viikossa", "En kaadu", "Saan asua kotona"),
    "ppt": ("Minulla on yksi ihminen, jolle soitan", "Laskut tulevat maksetuiksi", "Arki sujuu"),
}
GOALS_SV = ("Jag klarar vardagen hemma", "Jag sover bättre", "Jag vet vem jag ringer")


@dataclass(frozen=True, slots=True)
class DemoClient:
    name: str
    birth_date: date
    language: str
    municipality: str
    matter: str
    goals: tuple[str, ...]


def invent(chance: Random, pathway: str, today: date) -> DemoClient:
    """A client for the pathway: age and words fit it; about one in six speaks Swedish."""
    swedish = chance.random() < 1 / 6
    given, given_sv, ages = _group(pathway)
    surname = chance.choice(SURNAMES_SV if swedish else SURNAMES)
    matter = chance.choice(MATTERS[pathway])
    goals = GOALS_SV if swedish else GOALS[pathway]
    return DemoClient(
        name=f"{surname} {chance.choice(given_sv if swedish else given)}",
        birth_date=today - timedelta(days=chance.randint(*ages)),
        language="sv" if swedish else "fi",
        municipality=chance.choice(MUNICIPALITIES),
        matter=matter[1 if swedish else 0],
        goals=tuple(chance.sample(goals, k=chance.randint(1, 3))),
    )


def _group(pathway: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, int]]:
    if pathway == "nuorten_mielenterveys":
        return YOUNG, YOUNG_SV, (13 * 366, 17 * 365)
    if pathway == "ikaihmisen_kotona_asuminen":
        return OLD, OLD_SV, (67 * 366, 95 * 365)
    return ADULT, ADULT_SV, (22 * 366, 63 * 365)
