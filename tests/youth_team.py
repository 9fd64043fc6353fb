"""An invented youth team with a fortnight behind it: clients in every state, as the pages are tested and looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from engine.absences import NewAbsence, record_absence
from engine.accounts import add_account
from engine.calendars import shipped_calendars
from engine.clients import NewClient, add_client
from engine.database import Database
from engine.handle import Engine
from engine.ids import new_id
from engine.keys import Keys
from engine.passwords import Passwords
from engine.people import NewWorker, actor_of, add_tenant, add_unit, add_worker, join_unit
from engine.published import publish
from engine.reader import read_pathway
from engine.shelf import load_shelf
from engine.sweep import sweep
from pathways import commands as c
from pathways.actor import Actor
from pathways.client_plan import Goal, PlanAction, PlanContent
from pathways.definition import PathwayDefinition
from pathways.time_zone import HELSINKI
from tests.clock import StoppedClock

DEFINITIONS = Path(__file__).parent.parent / "definitions"
BEGINS = datetime(2026, 11, 9, 7, 0, tzinfo=UTC)  # ma 9.11.2026 klo 9.00
ENDS = datetime(2026, 11, 20, 11, 42, tzinfo=UTC)  # pe 20.11.2026 klo 13.42
PASSWORD = "salasana-kokeisiin"
PEOPLE: dict[str, tuple[NewWorker, tuple[str, ...]]] = {
    "salla": (
        NewWorker(
            "Salla Laine",
            "psykiatrinen sairaanhoitaja",
            ("psykiatrinen_sairaanhoitaja",),
            ("ipc",),
            ("fi", "sv"),
            phone="040 555 0101",
        ),
        ("case_worker",),
    ),
    "jari": (
        NewWorker("Jari Niemi", "psykologi", ("psykologi",), ("cool_kids",), ("fi",), phone="040 555 0102"),
        ("case_worker",),
    ),
    "noora": (
        NewWorker("Noora Salo", "sairaanhoitaja", ("sairaanhoitaja",), (), ("fi",), phone="040 555 0103"),
        ("case_worker",),
    ),
    "rauha": (
        NewWorker("Rauha Vetäjä", "osastonhoitaja", ("sairaanhoitaja",), (), ("fi", "sv"), phone="040 555 0104"),
        ("case_worker", "team_lead"),
    ),
}
CONSULTANT = NewWorker(
    "Petra Holm", "nuorisopsykiatri", ("nuorisopsykiatri",), (), ("sv", "fi"), organisation="hus", phone="040 555 0105"
)


@dataclass
class YouthTeam:
    """The running engine, the people, and the cases by the client's first name."""

    engine: Engine
    clock: StoppedClock
    tenant_id: str
    unit_id: str
    people: dict[str, str]
    cases: dict[str, str] = field(default_factory=dict)
    consultations: dict[str, str] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        today = self.clock.now().astimezone(HELSINKI).date()
        with self.engine.database.read() as connection:
            actor = actor_of(connection, self.tenant_id, self.people[name], today)
        assert actor is not None
        return actor

    def until(self, moment: datetime) -> None:
        """Let time pass, sweeping once an hour so that everything fires near its own time."""
        while self.clock.now() < moment:
            self.clock.move_to(min(self.clock.now() + timedelta(hours=6), moment))
            sweep(self.engine)

    def do(self, by: str, command: c.Command) -> Any:
        return self.engine.handle(command, self.actor(by))

    def contact(self, first: str, last: str, born: date, matter: str, **more: Any) -> str:
        now = self.clock.now()
        client = NewClient(new_id(now), name=f"{last} {first}", birth_date=born, phone="050 555 0199")
        with self.engine.database.begin() as connection:
            add_client(connection, self.actor("noora"), self.engine.keys, client, now)
        said: dict[str, Any] = {
            "pathway": "nuorten_mielenterveys",
            "channel": "puhelin",
            "received_at": now,
            "matter": matter,
        }
        contact = c.TakeContact(
            contact_id=new_id(now),
            new_case_id=new_id(now),
            new_client_id=new_id(now),
            client_id=client.client_id,
            callback="050 555 0199",
            callback_safe=True,
            **(said | more),
        )
        self.cases[first] = str(self.do("noora", contact).case_id)
        return self.cases[first]

    def act(self, by: str, first: str, kind: Any = "call", **more: Any) -> None:
        self.do(by, c.RecordAct(case_id=self.cases[first], act_id=new_id(self.clock.now()), kind=kind, **more))

    def end(self, by: str, first: str, step: str, outcome: str, **more: Any) -> None:
        self.do(by, c.DecideOutcome(case_id=self.cases[first], step=step, outcome=outcome, **more))

    def to_assessment(self, first: str, worker: str) -> None:
        """The client has been talked to, the matter isn't urgent, and a worker answers for it."""
        self.act("noora", first)
        self.end("noora", first, "vastaanotto", "jatkuu")
        self.end("noora", first, "kiireellisyys", "kiireeton")
        self.do("rauha", c.AssignResponsibleWorker(case_id=self.cases[first], worker_id=self.people[worker]))
        self.do(worker, c.AcknowledgeResponsibility(case_id=self.cases[first]))


@contextmanager
def youth_team(url: str) -> Iterator[YouthTeam]:
    """Settle the team in an empty database that has today's tables, and let its fortnight pass."""
    database = Database.open(url)
    try:
        team = settle(running(database, StoppedClock(BEGINS)))
        live(team)
        yield team
    finally:
        database.dispose()


def running(database: Database, clock: StoppedClock) -> Engine:
    return Engine(database, clock, shipped_calendars(), Keys.of("made up for tests"), demo=True)


def quick_passwords() -> Passwords:
    """Hashing as it is, but for its cost: the tests sign people in hundreds of times."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def settle(engine: Engine) -> YouthTeam:
    now = engine.clock.now()
    hashed = quick_passwords().hash(PASSWORD)
    with engine.database.begin() as connection:
        tenant = add_tenant(connection, "Koekunta", now, demo=True)
        names = ("Nuorten monialainen tiimi, Itä", "Ungas mångprofessionella team, Öst")
        unit = add_unit(connection, tenant, "nuoret", names, now, promises_on=True)
        hus = add_unit(connection, tenant, "hus", ("HUS Nuorisopsykiatria", "HUS Ungdomspsykiatri"), now)
        people = {}
        for key, (worker, roles) in PEOPLE.items():
            people[key] = add_worker(connection, tenant, worker, now)
            join_unit(connection, tenant, unit, people[key], roles, head=key == "rauha")
        people["petra"] = add_worker(connection, tenant, CONSULTANT, now)
        join_unit(connection, tenant, hus, people["petra"], ("consultant",))
        for key, worker_id in people.items():
            add_account(connection, tenant, worker_id, key, hashed, now)
        for definition in pathways():
            publish(connection, tenant, definition, by="system", now=now)
    assert isinstance(engine.clock, StoppedClock)
    return YouthTeam(engine, engine.clock, tenant, unit, people)


@cache
def pathways() -> tuple[PathwayDefinition, ...]:
    shelf = load_shelf().shelf
    names = ("nuorten_mielenterveys", "ikaihmisen_kotona_asuminen")
    files = [DEFINITIONS / f"{name}.yaml" for name in names]
    return tuple(read_pathway(file.read_text("utf-8"), file.name, shelf).definition for file in files)


def live(team: YouthTeam) -> None:
    """The fortnight: what the team did, and what it didn't."""
    team.contact("Aino", "Testinen", date(2011, 3, 4), "Äiti kertoo, että Aino nukkuu huonosti eikä jaksa koulussa.")
    team.clock.advance(hours=2)
    team.to_assessment("Aino", "salla")
    team.contact("Oskar", "Mallinen", date(2010, 6, 14), "Ahdistaa ennen koulua.", language="sv", channel="lomake")
    team.until(at(10, 9, 30))
    team.to_assessment("Oskar", "salla")
    team.do("salla", c.StartStep(case_id=team.cases["Aino"], step="hoidontarve"))
    write_plan(team, "Aino")
    team.until(at(12, 10))
    team.contact("Leo", "Esimerkki", date(2013, 1, 30), "Huoltaja soitti: Leo on itkuinen ja vetäytyy.")
    team.act("noora", "Leo", "attempt")
    team.until(at(13, 9))
    ask(team, "Aino", "Onko lääkityksen arvio ajankohtainen, kun univaikeudet ovat kestäneet kolme kuukautta?")
    team.contact("Emma", "Kuvitteellinen", date(2012, 8, 8), "Koulukuraattori pyytää apua Emmalle.")
    team.clock.advance(hours=1)
    team.to_assessment("Emma", "jari")
    pause(team, "Emma")
    team.until(at(16, 11))
    team.contact("Sanna", "Harjoitus", date(2009, 12, 1), "Mieliala on ollut matala syksystä asti.")
    team.act("noora", "Sanna")
    with team.engine.database.begin() as connection:
        absence = NewAbsence(team.people["jari"], date(2026, 11, 19), date(2026, 11, 25), team.people["salla"], "loma")
        record_absence(connection, team.actor("rauha"), absence, team.clock.now())
    team.until(at(18, 13))
    ask(team, "Oskar", "Räcker vård på basnivå, eller behövs en remiss?", language="sv")
    team.until(at(19, 15, 10))
    team.act("salla", "Aino", "meeting", note="Kotikäynti. Äiti kuvaa unirytmin parantuneen, koulupäivät lyhyitä.")
    team.contact("Ville", "Näyte", date(2009, 5, 5), "Ei uskalla lähteä kotoa.", urgency="urgent")
    team.until(at(20, 8, 20))
    team.contact("Iida", "Demonen", date(2012, 2, 29), "Paniikkikohtauksia bussissa.")
    team.until(ENDS)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Helsinki."""
    return datetime(2026, 11, day, hour, minute, tzinfo=HELSINKI)


def write_plan(team: YouthTeam, first: str) -> None:
    content = PlanContent(
        situation="Aino on 15-vuotias yhdeksäsluokkalainen. Univaikeuksia ja poissaoloja syyskuusta.",
        strengths="Jalkapallo, kaksi hyvää ystävää, äidin tuki.",
        needs_client="Haluan jaksaa koulussa ja nukkua.",
        needs_worker="Unirytmin korjaaminen, mielialan arvio.",
        goals=(
            Goal(
                key="koulu",
                wording="Koulussa vähintään 4 päivänä viikossa",
                baseline="2 päivää viikossa",
                scale=0,
                target_date=date(2026, 12, 18),
            ),
            Goal(key="uni", wording="Nukahdan ennen klo 23", baseline="Nukahtaa klo 2", scale=-1),
        ),
        actions=(
            PlanAction(
                what="Lukujärjestystä kevennetään",
                owner="kuraattori",
                where="koulu",
                by=date(2026, 11, 23),
                goal="koulu",
            ),
            PlanAction(what="Unipäiväkirja, puhelin pois klo 21.30", owner="Aino ja äiti", goal="uni"),
        ),
        services=("Tukikäynnit",),
        next_review=date(2026, 12, 21),
    )
    now = team.clock.now()
    team.do("salla", c.WritePlan(case_id=team.cases[first], content=content, text_id=new_id(now)))


def ask(team: YouthTeam, first: str, question: str, **more: Any) -> None:
    now = team.clock.now()
    consultation_id = team.consultations[first] = new_id(now)
    command = c.RequestConsultation(
        case_id=team.cases[first],
        consultation_id=consultation_id,
        question=question,
        question_text_id=new_id(now),
        profession="nuorisopsykiatri",
        organisation="hus",
        **more,
    )
    team.do("salla", command)


def pause(team: YouthTeam, first: str) -> None:
    """The client asked for a later time, so the clocks that allow it stand still."""
    now = team.clock.now()
    command = c.RecordEvent(
        case_id=team.cases[first],
        event="client_postponed",
        offered_at=now + timedelta(days=1),
        until=now + timedelta(days=10),
    )
    team.do("jari", command)
