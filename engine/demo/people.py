"""The demo's units and workers. Every person is invented; nobody's name, number or unit is real."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from engine.people import UNIT, WORKER, NewWorker, add_unit, add_worker, join_unit

COUNTY = "Rantamaan hyvinvointialue (esittely)"


@dataclass(frozen=True, slots=True)
class DemoWorker:
    name: str
    title: str
    professions: tuple[str, ...]
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("fi",)
    roles: tuple[str, ...] = ("case_worker",)
    head: bool = False
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class DemoUnit:
    key: str
    name_fi: str
    name_sv: str
    workers: tuple[DemoWorker, ...]
    pathways: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to sign in as, with what they come to do (fi, sv, en)."""

    name: str
    fi: str
    sv: str
    en: str


PERSONAS = (
    Persona("Salla Laine", "Työntekijä, nuorten mielenterveys", "Arbetstagare, ungas psykiska hälsa", "Case worker, youth mental health"),
    Persona("Maija Kivi", "Työntekijä, ikäihmisten palvelut", "Arbetstagare, service för äldre", "Case worker, older people"),
    Persona("Birgitta Sund", "Työntekijä, palvelu ruotsiksi", "Arbetstagare, service på svenska", "Case worker, in Swedish"),
    Persona("Ulla Virta", "Konsultti, nuorisopsykiatri", "Konsult, ungdomspsykiater", "Consultant, adolescent psychiatrist"),
    Persona("Leena Saari", "Esihenkilö, nuorten mielenterveys", "Teamledare, ungas psykiska hälsa", "Team lead, youth mental health"),
    Persona("Sampo Piirto", "Palvelumuotoilija", "Servicedesigner", "Service designer"),
    Persona("Anneli Avain", "Pääkäyttäjä", "Administratör", "Administrator"),
)  # fmt: skip

BOTH = ("fi", "sv")
LEAD = ("case_worker", "team_lead")

UNITS: tuple[DemoUnit, ...] = (
    DemoUnit(
        "nuoret",
        "Lahdenniemen nuorten mielenterveyspalvelut",
        "Viknäs mentalvårdstjänster för unga",
        (
            DemoWorker(
                "Salla Laine", "psykiatrinen sairaanhoitaja", ("psykiatrinen_sairaanhoitaja",), ("ipc", "cool_kids")
            ),
            DemoWorker("Jari Niemi", "psykologi", ("psykologi",), ("ipc",)),
            DemoWorker(
                "Petra Holm", "psykiatrisk sjukskötare", ("psykiatrinen_sairaanhoitaja",), ("cool_kids", "ipc"), BOTH
            ),
            DemoWorker("Aino Rinne", "sairaanhoitaja", ("sairaanhoitaja",), (), BOTH),
            DemoWorker("Onni Metsä", "terveydenhoitaja", ("terveydenhoitaja",)),
            DemoWorker("Kati Koski", "terapiakoordinaattori", ("terapiakoordinaattori",)),
            DemoWorker("Tuomas Aalto", "päihdetyöntekijä", ("paihdetyontekija",)),
            DemoWorker("Lotta Lind", "terapeut", ("terapeutti",), ("ipc", "cool_kids"), BOTH),
            DemoWorker("Risto Vuori", "lääkäri", ("laakari",)),
            DemoWorker("Leena Saari", "tiimin esihenkilö", ("sairaanhoitaja",), (), BOTH, LEAD),
            DemoWorker(
                "Heikki Oja", "palveluyksikön vastuuhenkilö", ("psykologi",), (), ("fi",), ("team_lead",), head=True
            ),
        ),
        ("nuorten_mielenterveys",),
        {"promises_on": True, "language_status": "bilingual", "kind": "nuorten_miepa"},
    ),
    DemoUnit(
        "kaapo",
        "Rantamaan Kaapo",
        "Strandlands Kaapo",
        (
            DemoWorker("Maija Kivi", "palveluohjaaja", ("palveluohjaaja",), ("rai",)),
            DemoWorker("Eero Salo", "asiakasohjaaja", ("asiakasohjaaja",)),
            DemoWorker("Birgitta Sund", "servicehandledare", ("palveluohjaaja",), ("rai",), BOTH),
            DemoWorker("Noora Lampi", "asiakasohjaaja", ("asiakasohjaaja",), (), BOTH),
            DemoWorker("Pirjo Harju", "sosiaaliohjaaja", ("sosiaaliohjaaja",)),
            DemoWorker("Kalle Suo", "sosiaalityöntekijä", ("sosiaalityontekija",)),
            DemoWorker("Veera Tuuli", "sairaanhoitaja", ("sairaanhoitaja",)),
            DemoWorker("Olli Ranta", "fysioterapeutti", ("fysioterapeutti",)),
            DemoWorker("Tiina Karjula", "kotihoidon vastuuhoitaja", ("vastuuhoitaja",), ("rai",)),
            DemoWorker("Gun Dahl", "ansvarig vårdare i hemvården", ("vastuuhoitaja",), ("rai",), BOTH),
            DemoWorker("Mikko Pelto", "kotihoidon ohjaaja", ("kotihoidon_ohjaaja",)),
            DemoWorker("Sari Lehto", "lähihoitaja", ("lahihoitaja",)),
            DemoWorker("Hilkka Aho", "muistihoitaja", ("muistihoitaja",), ("cerad",)),
            DemoWorker("Paula Joki", "muistikoordinaattori", ("muistikoordinaattori",), (), BOTH),
            DemoWorker("Martti Kanto", "geriatri", ("geriatri",), (), ("fi",), ("consultant",)),
            DemoWorker("Raija Notko", "tiimin esihenkilö", ("palveluohjaaja",), (), BOTH, LEAD, head=True),
        ),
        ("ikaihmisen_kotona_asuminen",),
        {"promises_on": True, "language_status": "bilingual", "kind": "ikaantyneet"},
    ),
    DemoUnit(
        "sosiaalityo",
        "Lahdenniemen sosiaalityö",
        "Viknäs socialarbete",
        (
            DemoWorker("Hanna Vesa", "sosiaalityöntekijä", ("sosiaalityontekija",), ("suuntima", "verkostotyo")),
            DemoWorker("Ville Kallio", "sosiaaliohjaaja", ("sosiaaliohjaaja",), ("suuntima",)),
            DemoWorker(
                "Camilla Berg",
                "socialarbetare",
                ("sosiaalityontekija", "lapsen_sosiaalityontekija"),
                ("suuntima", "verkostotyo"),
                BOTH,
            ),
            DemoWorker("Juha Kuusi", "sairaanhoitaja", ("sairaanhoitaja",), ("suuntima", "verkostotyo")),
            DemoWorker("Outi Kaski", "toimintaterapeutti", ("toimintaterapeutti",)),
            DemoWorker("Elina Loimu", "palveluohjaaja", ("palveluohjaaja",)),
            DemoWorker("Satu Viita", "johtava sosiaalityöntekijä", ("sosiaalityontekija",), (), BOTH, LEAD, head=True),
        ),
        ("ppt",),
        {"language_status": "bilingual", "kind": "sosiaalityo"},
    ),
    DemoUnit(
        "ruotsi",
        "Rantamaan ruotsinkielinen jono",
        "Strandlands svenskspråkiga kö",
        (
            DemoWorker(
                "Ulrika Strand", "socialhandledare", ("sosiaaliohjaaja", "asiakasohjaaja"), (), BOTH, LEAD, head=True
            ),
        ),
        (),
        {"language_status": "sv"},
    ),
    DemoUnit(
        "hus",
        "HUS nuorisopsykiatria",
        "HUS ungdomspsykiatri",
        (
            DemoWorker(
                "Ulla Virta", "nuorisopsykiatri", ("nuorisopsykiatri",), (), BOTH, ("consultant",), organisation="hus"
            ),
            DemoWorker(
                "Antti Lahti",
                "psykiatri",
                ("psykiatri", "paihdelaakari"),
                (),
                ("fi",),
                ("consultant",),
                organisation="hus",
            ),
        ),
        (),
        {"organisation": "hus", "kind": "erikoissairaanhoito"},
    ),
    DemoUnit(
        "kehitys",
        "Rantamaan kehittämistiimi",
        "Strandlands utvecklingsteam",
        (
            DemoWorker("Sampo Piirto", "palvelumuotoilija", (), (), BOTH, ("service_designer",)),
            DemoWorker("Anneli Avain", "pääkäyttäjä", (), (), BOTH, ("admin",)),
        ),
    ),
)


def add_people(connection: Connection, tenant_id: str, now: datetime) -> dict[str, str]:
    """Add every unit and worker; return unit ids by key and worker ids by name."""
    ids: dict[str, str] = {}
    for unit in UNITS:
        ids[unit.key] = add_unit(
            connection, tenant_id, unit.key, (unit.name_fi, unit.name_sv), now,
            pathways=list(unit.pathways), **unit.settings,
        )  # fmt: skip
        for number, worker in enumerate(unit.workers):
            ids[worker.name] = _add(connection, tenant_id, ids[unit.key], worker, number, now)
    connection.execute(update(UNIT).where(UNIT.c.tenant_id == tenant_id).values(swedish_queue_id=ids["ruotsi"]))
    return ids


def _add(connection: Connection, tenant_id: str, unit_id: str, worker: DemoWorker, number: int, now: datetime) -> str:
    known = NewWorker(
        name=worker.name,
        title=worker.title,
        professions=worker.professions,
        skills=worker.skills,
        languages=worker.languages,
        organisation=worker.organisation,
        phone=f"09 555 01{number:02d}",
        load_limit=60,
    )
    worker_id = add_worker(connection, tenant_id, known, now + timedelta(milliseconds=number))  # ids in this order
    join_unit(connection, tenant_id, unit_id, worker_id, worker.roles, head=worker.head)
    return worker_id


def personas_of(connection: Connection, tenant_id: str) -> dict[str, str]:
    """Worker ids of the personas, by name, in the order they are shown."""
    wanted = [persona.name for persona in PERSONAS]
    rows = connection.execute(
        select(WORKER.c.name, WORKER.c.worker_id).where(WORKER.c.tenant_id == tenant_id, WORKER.c.name.in_(wanted))
    )
    found = {row.name: row.worker_id for row in rows}
    return {name: found[name] for name in wanted if name in found}
