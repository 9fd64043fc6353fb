"""One client's weeks on a virtual clock, through the real engine: the story that `walkthrough` prints.

Everything the story says happened is read back from the case's own timeline; only the headings are written here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from engine.catalogue import load_catalogue
from engine.clients import NewClient, add_client
from engine.demo.filling import DemoClock
from engine.demo.people import COUNTY, add_people
from engine.handle import Engine
from engine.ids import new_id
from engine.people import actor_of, add_tenant
from engine.published import publish
from engine.read_models.case_timeline import TimelineEntry, case_timeline
from engine.read_models.case_view import CaseView, case_view
from engine.sweep import next_due_at, sweep
from pathways import commands as c
from pathways.actor import Actor, the_system
from pathways.client_plan import Goal, PlanAction, PlanContent
from pathways.time_words import Language
from pathways.time_zone import HELSINKI

PATHWAY = "nuorten_mielenterveys"
BEGINS = datetime(2026, 12, 1, 8, 0, tzinfo=HELSINKI)
Texts = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What the people do at a moment, with its heading in fi, sv and en; `act` does it."""

    at: datetime
    heading: Texts
    act: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A chapter as it went: the facts the case's journal gained until then."""

    chapter: Chapter
    entries: tuple[TimelineEntry, ...]


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in Helsinki; the story runs from December 2026 to March 2027."""
    return datetime(2026 if month > 6 else 2027, month, day, hour, minute, tzinfo=HELSINKI)


class StoryTeller:
    """Lives the story through on an empty database."""

    def __init__(self, engine: Engine, clock: DemoClock, language: Language) -> None:
        self.engine, self.clock, self.language = engine, clock, language
        self.case_id = ""
        self._told = 0
        with engine.database.begin() as connection:
            self.tenant_id = add_tenant(connection, COUNTY, clock.now(), demo=True)
            self.ids = add_people(connection, self.tenant_id, clock.now())
            for pathway in load_catalogue():
                publish(connection, self.tenant_id, pathway.definition, by="system", now=clock.now())
        self.client_id = self._register()

    def tell(self) -> Iterator[Told]:
        """Each chapter with what its time and its people brought."""
        for chapter in self.chapters():
            self._pass_until(chapter.at)
            if chapter.act:
                chapter.act()
            yield Told(chapter, self._news())

    def view(self) -> CaseView:
        with self.engine.reading(the_system(self.tenant_id)) as reading:
            return case_view(reading, self.case_id, self.language)

    def chapters(self) -> tuple[Chapter, ...]:
        return (
            Chapter(
                at(12, 1, 15, 50),
                (
                    "Aino, 15, täyttää lomakkeen kymmentä minuuttia ennen sulkemista.",
                    "Aino, 15, fyller i formuläret tio minuter före stängning.",
                    "Aino, 15, sends the form ten minutes before closing.",
                ),
                self._contact,
            ),
            Chapter(
                at(12, 2, 8, 20),
                (
                    "Kukaan ei ehtinyt eilen. Aamulla sairaanhoitaja soittaa Ainolle.",
                    "Ingen hann i går. På morgonen ringer sjukskötaren till Aino.",
                    "Nobody got to it yesterday. In the morning a nurse calls Aino.",
                ),
                lambda: self._do("Aino Rinne", c.RecordAct(case_id=self.case_id, act_id=self._id(), kind="call")),
            ),
            Chapter(
                at(12, 2, 8, 45),
                (
                    "Puhelussa arvioidaan kiireellisyys. Vastuutyöntekijä löytyy heti.",
                    "I samtalet bedöms hur brådskande det är. En ansvarig arbetstagare hittas genast.",
                    "The call settles how urgent it is. A responsible worker is found at once.",
                ),
                self._assess_urgency,
            ),
            Chapter(
                at(12, 2, 12, 30),
                (
                    "Salla kuittaa vastuun ja sopii Ainon kanssa tapaamisen.",
                    "Salla kvitterar ansvaret och kommer överens om en träff med Aino.",
                    "Salla takes it on and agrees on a meeting with Aino.",
                ),
                lambda: self._do(
                    "Salla Laine", c.RecordAct(case_id=self.case_id, act_id=self._id(), kind="call", step="hoidontarve")
                ),
            ),
            Chapter(
                at(12, 4, 14, 0),
                (
                    "Salla tapaa Ainon ja tekee arvion. Palvelu alkoi viikon sisällä.",
                    "Salla träffar Aino och gör bedömningen. Servicen började inom en vecka.",
                    "Salla meets Aino and assesses. The service began within a week.",
                ),
                self._assess,
            ),
            Chapter(
                at(12, 7, 10, 0),
                (
                    "Salla haluaa varmistaa hoidon ja kysyy nuorisopsykiatrilta. Vastuu pysyy Sallalla.",
                    "Salla vill säkra vården och frågar ungdomspsykiatern. Ansvaret är kvar hos Salla.",
                    "Salla asks the adolescent psychiatrist. She stays responsible.",
                ),
                self._consult,
            ),
            Chapter(
                at(12, 10, 13, 30),
                (
                    "Nuorisopsykiatri vastaa, ja hoidoksi valitaan IPC. Terapiatakuu alkaa.",
                    "Ungdomspsykiatern svarar och IPC väljs. Terapigarantin börjar.",
                    "The psychiatrist answers, IPC is chosen. The therapy guarantee begins.",
                ),
                self._answer,
            ),
            Chapter(
                at(12, 15, 15, 0),
                (
                    "Aino ja Salla tekevät suunnitelman. Tavoitteet ovat Ainon omin sanoin.",
                    "Aino och Salla gör planen. Målen är med Ainos egna ord.",
                    "Aino and Salla make the plan, its goals in Aino's own words.",
                ),
                self._plan,
            ),
            Chapter(
                at(12, 17, 9, 0),
                (
                    "Salla sairastuu. Petra sijaistaa, ja Aino tietää kenelle soittaa.",
                    "Salla blir sjuk. Petra vikarierar, och Aino vet vem hon ringer.",
                    "Salla falls ill. Petra stands in, and Aino knows whom to call.",
                ),
                self._fall_ill,
            ),
            Chapter(
                at(1, 5, 16, 0),
                (
                    "Joulun jälkeen ensimmäinen istunto pidetään ajallaan.",
                    "Efter julen hålls den första sessionen i tid.",
                    "After Christmas the first session is held in time.",
                ),
                self._session,
            ),
        )

    # --- what people do ---

    def _contact(self) -> None:
        now = self.clock.now()
        command = c.TakeContact(
            contact_id=self._id(),
            new_case_id=self._id(),
            new_client_id=self._id(),
            client_id=self.client_id,
            pathway=PATHWAY,
            channel="lomake",
            received_at=now,
            matter="En jaksa enää käydä koulussa, ja öisin en saa nukuttua.",
            callback="050 555 0100",
            callback_safe=True,
        )
        self.case_id = self.engine.handle(command, self._who("Aino Rinne")).case_id

    def _assess_urgency(self) -> None:
        self._outcome("Aino Rinne", "vastaanotto", "jatkuu")
        answers: dict[str, bool | int | float | str] = {"huoltajalle_saa_kertoa": True}
        self._outcome("Aino Rinne", "kiireellisyys", "kiireeton", answers=answers)

    def _assess(self) -> None:
        scores: dict[str, bool | int | float | str] = {"phq_9a": 12, "gad_7": 8, "yp_core": 18, "adsume": 1}
        self._outcome("Salla Laine", "hoidontarve", "tehty", answers=scores)
        self._outcome("Salla Laine", "huoltaja", "samaa_mielta")

    def _consult(self) -> None:
        self._outcome("Salla Laine", "arvio", "konsultoi", reason="diagnoosi_epaselva")
        command = c.RequestConsultation(
            case_id=self.case_id,
            consultation_id=self._id(),
            question="PHQ-9A 12, unettomuutta, ei itsetuhoisuutta. Riittääkö IPC perustasolla?",
            question_text_id=self._id(),
            profession="nuorisopsykiatri",
            organisation="hus",
            step="nuorisopsykiatri",
        )
        self._do("Salla Laine", command)

    def _answer(self) -> None:
        consultation = self.view().consultations[0].consultation_id
        words = "Kyllä. IPC kuudella tapaamisella, vointi mitataan joka kerta."
        answer = c.MoveConsultation(
            case_id=self.case_id, consultation_id=consultation, verb="answer", words=words, text_id=self._id()
        )
        self._do("Ulla Virta", answer)
        self._do(
            "Salla Laine",
            c.MoveConsultation(case_id=self.case_id, consultation_id=consultation, verb="acknowledge"),
        )
        self._outcome("Salla Laine", "nuorisopsykiatri", "hoito_perustasolla")
        self._outcome("Salla Laine", "hoidon_valinta", "ipc")

    def _plan(self) -> None:
        content = PlanContent(
            situation="Koulu on tauolla, yöt menevät valvoessa.",
            strengths="Paras ystävä ja koira.",
            goals=(
                Goal(key="koulu", wording="Olen koulussa neljänä päivänä viikossa", scale=-1),
                Goal(key="uni", wording="Nukahdan ennen kello 23", scale=-2),
            ),
            actions=(PlanAction(what="Ensimmäinen IPC-tapaaminen", owner="Salla Laine", goal="koulu"),),
            next_review=date(2027, 2, 26),
        )
        self._do("Salla Laine", c.WritePlan(case_id=self.case_id, content=content, text_id=self._id()))
        self._do("Salla Laine", c.AgreePlan(case_id=self.case_id, agreement="agreed"))
        self._outcome("Salla Laine", "suunnitelma", "sovittu", answers={"menetelma": "ipc"})

    def _fall_ill(self) -> None:
        command = c.CoverAbsence(
            case_id=self.case_id,
            absence_id=self._id(),
            away_id=self.ids["Salla Laine"],
            substitute_id=self.ids["Petra Holm"],
            until=date(2026, 12, 23),
        )
        self.engine.handle(command, the_system(self.tenant_id))

    def _session(self) -> None:
        self.engine.handle(c.EndSubstitution(case_id=self.case_id), the_system(self.tenant_id))
        act = c.RecordAct(case_id=self.case_id, act_id=self._id(), kind="meeting", step="ipc_jakso")
        self._do("Salla Laine", act)

    # --- how it is done ---

    def _outcome(self, who: str, step: str, outcome: str, **more: object) -> None:
        command = c.DecideOutcome(case_id=self.case_id, step=step, outcome=outcome, **more)  # type: ignore[arg-type]
        self._do(who, command)

    def _do(self, who: str, command: c.CaseCommand) -> None:
        self.engine.handle(command, self._who(who))

    def _who(self, name: str) -> Actor:
        today = self.clock.now().astimezone(HELSINKI).date()
        with self.engine.database.read() as connection:
            actor = actor_of(connection, self.tenant_id, self.ids[name], today)
        if actor is None:
            raise LookupError(name)
        return actor

    def _register(self) -> str:
        client = NewClient(
            client_id=self._id(), name="Testinen Aino", birth_date=date(2011, 3, 4), municipality="Lahdenniemi"
        )
        with self.engine.database.begin() as connection:
            return add_client(connection, self._who("Aino Rinne"), self.engine.keys, client, self.clock.now())

    def _id(self) -> str:
        return new_id(self.clock.now())

    def _pass_until(self, moment: datetime) -> None:
        """From one due instant to the next, sweeping at each, so that every message comes at its own time."""
        while True:
            with self.engine.database.read() as connection:
                due = next_due_at(connection, self.clock.now())
            if due is None or due > moment:
                break
            self.clock.move_to(due)
            sweep(self.engine)
        self.clock.move_to(moment)

    def _news(self) -> tuple[TimelineEntry, ...]:
        with self.engine.reading(the_system(self.tenant_id)) as reading:
            entries = case_timeline(reading, self.case_id, self.language, limit=200).entries
        news = tuple(sorted((e for e in entries if e.sequence > self._told), key=lambda e: e.sequence))
        self._told = max((entry.sequence for entry in entries), default=self._told)
        return news
