"""A walker: takes one demo client along its pathway through real commands, a step at a time, as workers would."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from engine.demo.clients import DemoClient
from engine.handle import Engine
from engine.ids import drawn_id
from engine.machine import CompiledPathway
from engine.store import Ask, LoadedCase, load_case
from pathways import commands as c
from pathways.actor import Actor
from pathways.case import StepRun
from pathways.client_plan import Goal, PlanAction, PlanContent
from pathways.errors import PathwayError
from pathways.needs import confirmation_of, parse_need
from pathways.step import Step, StepKind
from pathways.time_zone import HELSINKI

SELDOM = {
    "kaksoiskirjaus": 0.01, "ratkaistu_yhteydenotossa": 0.25, "ohjattu_muualle": 0.1, "itsehoito": 0.1, "hata": 0.03,
    "heti": 0.06, "samana_paivana": 0.1, "ei_tavoitettu": 0.08, "ei_saapunut": 0.08, "siirtyi": 0.1, "peruttu": 0.08,
    "kieltaytyi": 0.05, "esh": 0.05, "esh_kiireeton": 0.1, "esh_kiireellinen": 0.03, "esh_paihde": 0.02, "nepsy": 0.04,
    "neuvonta_riittaa": 0.15, "palautettu": 0.1, "ei_vastaanotettu": 0.1, "ei_ppt": 0.15, "lisatietoa": 0.1,
    "kielteinen": 0.05, "kieltaytyi_suostumus": 0.1, "uusi_arvio": 0.08, "siirto": 0.05, "omaishoito": 0.08,
    "kuntoutus": 0.08, "sap_sas": 0.04, "matala_toimintakyky": 0.05, "saattohoito": 0.03, "konsultoi": 2.5,
    "laakari_tarvitaan": 0.15, "vaihto": 0.1, "erimielisyys_kirjattu": 0.1, "erimielisyys": 0.1, "huoltaja_vastustaa": 0.1,
    "huoltajat_eri_mielta": 0.05, "yhteinen_arvio": 0.3, "lahete": 0.2, "tehoste": 0.15, "oireita": 0.15, "siirtyy": 0.1,
}  # fmt: skip
"""How often an outcome is chosen beside the others; 1 where nothing is said."""


YES = {
    "turvakielto": 0.02,
    "tulkin_tarve": 0.03,
    "lastensuojelun_asiakas": 0.06,
    "erityinen_tuki": 0.1,
    "huoltajalle_saa_kertoa": 0.85,
}
"""How often a question is answered yes; half of the time where nothing is said."""


@dataclass
class Walk:
    """How one client fares: how many moves, how slowly, and whether somebody forgets them at the end."""

    client: DemoClient
    pathway: CompiledPathway
    contact_at: datetime
    moves: int
    slowness: float
    seed: str
    chance: Random
    case_id: str = ""
    drawn: int = 0
    refused: list[str] = field(default_factory=list)

    def new_id(self, what: str) -> str:
        self.drawn += 1
        return drawn_id(self.seed, self.drawn, what)


class Walker:
    """Moves clients; `people` finds who would do it."""

    def __init__(self, engine: Engine, tenant_id: str, reception: Actor, people: "dict[str, Actor]") -> None:
        self.engine = engine
        self.tenant_id = tenant_id
        self.reception = reception
        self.people = people

    def walk(self, walk: Walk) -> Iterator[datetime]:
        """Give each moment at which the next move comes; the move is made when asked for the next."""
        yield walk.contact_at
        self._contact(walk)
        neglected = walk.chance.random() < 0.12
        for number in range(walk.moves):
            yield self._later(walk, hours=1.2 if number < 3 and not neglected else 20 * walk.slowness)
            if not self._move(walk):
                return

    def _contact(self, walk: Walk) -> None:
        now = self.engine.clock.now()
        command = c.TakeContact(
            contact_id=walk.new_id("contact"),
            new_case_id=walk.new_id("case"),
            new_client_id=walk.new_id("client"),
            client_id=walk.seed,
            pathway=walk.pathway.id,
            channel=walk.chance.choice(("puhelin", "puhelin", "lomake", "chat")),
            received_at=now,
            matter=walk.client.matter,
            language=walk.client.language,
            callback=f"050 555 {walk.chance.randint(1000, 9999)}",
            callback_safe=walk.chance.random() < 0.9,
        )
        walk.case_id = self.engine.handle(command, self.reception).case_id

    def _later(self, walk: Walk, hours: float) -> datetime:
        """Later by so many hours on average, in office hours: the first acts come the same day, unless forgotten."""
        after = self.engine.clock.now() + timedelta(hours=walk.chance.expovariate(1 / hours) + 0.1)
        local = after.astimezone(HELSINKI)
        while local.weekday() > 4 or local.hour >= 16:
            local = datetime.combine(local.date() + timedelta(days=1), time(8, 5), HELSINKI)
        if local.hour < 8:
            local = datetime.combine(local.date(), time(8, 10), HELSINKI)
        return local + timedelta(minutes=walk.chance.randint(0, 50))

    def _move(self, walk: Walk) -> bool:
        loaded = self._load(walk)
        if loaded.case.state != "open":
            return False
        ready = [run for run in loaded.case.open_runs if run.state != "waiting" and not self._waits(walk, loaded, run)]
        if not ready:
            return True
        try:
            if walk.chance.random() < 0.07 and self._life_happens(walk, loaded):
                return True
            self._do(walk, loaded, walk.chance.choice(ready))
        except PathwayError as refused:
            walk.refused.append(f"{type(refused).__name__}: {refused}")
        return True

    def _load(self, walk: Walk) -> LoadedCase:
        with self.engine.database.read() as connection:
            loaded = load_case(connection, self.tenant_id, walk.case_id, Ask(), lock=False)
        if loaded is None:
            raise LookupError(walk.case_id)
        return loaded

    def _life_happens(self, walk: Walk, loaded: LoadedCase) -> bool:
        """The client postpones, memory worries somebody, an adviser is asked: now and then."""
        now, events = self.engine.clock.now(), walk.pathway.definition.events
        happened = walk.chance.choice(("client_postponed", "memory_concern", "konsultaatio"))
        actor = self._answering(loaded) or self.reception
        if happened == "konsultaatio" and happened in walk.pathway.steps:
            self._handle(actor, c.StartStep(case_id=walk.case_id, step=happened))
        elif happened == "client_postponed":
            offered = now + timedelta(hours=walk.chance.randint(2, 60))
            until = offered + timedelta(days=walk.chance.randint(3, 14))
            self._handle(actor, c.RecordEvent(case_id=walk.case_id, event=happened, offered_at=offered, until=until))
        elif happened in events:
            self._handle(actor, c.RecordEvent(case_id=walk.case_id, event=happened))
        else:
            return False
        return True

    def _answering(self, loaded: LoadedCase) -> Actor | None:
        responsible = loaded.case.responsible
        if responsible is None or responsible.worker_id is None:
            return None
        return self.people[responsible.substitute_id or responsible.worker_id]

    def _waits(self, walk: Walk, loaded: LoadedCase, run: StepRun) -> bool:
        """A step with branches goes on when they are done."""
        return any(child.is_live for child in loaded.case.branches_of(run))

    def _do(self, walk: Walk, loaded: LoadedCase, run: StepRun) -> None:
        step = walk.pathway.step(run.step)
        actor = self._who(walk, loaded, run)
        if step.kind is StepKind.CONSULTATION and not self._consulted(walk, loaded, run, actor):
            return
        if step.kind is StepKind.PLAN and not self._planned(walk, loaded, actor):
            return
        if "own worker named" in step.needs and loaded.case.own_worker is None:
            self._name_own_worker(walk, loaded, actor)
        if walk.chance.random() < 0.5 and run.state == "open":
            kind: Any = walk.chance.choice(("call", "call", "meeting", "attempt"))
            self._handle(
                actor, c.RecordAct(case_id=walk.case_id, act_id=walk.new_id("act"), kind=kind, step=run.run_id)
            )
            if kind == "attempt" and walk.chance.random() < 0.5:
                return
        self._end(walk, run, actor)

    def _end(self, walk: Walk, run: StepRun, actor: Actor) -> None:
        step = walk.pathway.step(run.step)
        outcomes = walk.pathway.outcomes_of(run.step)
        outcome = walk.chance.choices(outcomes, [SELDOM.get(each, 1.0) for each in outcomes])[0]
        answers: dict[str, Any] = {key: self._score(walk, key) for key in step.instruments}
        answers |= {
            key: self._said(key, walk) for key, field in step.fields.items() if field.fact and field.type == "yes_no"
        }
        answers |= {
            key: walk.chance.choice(list(field.choices))
            for key, field in step.fields.items()
            if field.type == "choice" and field.choices
        }
        if walk.pathway.signals.happened(outcome):
            answers |= _confirmations(step)
        command = c.DecideOutcome(
            case_id=walk.case_id,
            step=run.run_id,
            outcome=outcome,
            answers={key: value for key, value in answers.items() if value is not None},
            reason="asiakkaan_toive",
            seed=walk.new_id("seed"),
        )
        self._handle(actor, command)

    def _score(self, walk: Walk, instrument: str) -> int | float | bool | None:
        if instrument == "phq_9_kohta_9":
            return 1 if walk.chance.random() < 0.02 else 0  # thoughts of self-harm call everybody at once
        known = walk.pathway.definition.vocabulary.instruments.get(instrument)
        if known is None or known.type == "string":
            return None
        if known.type == "bool":
            return walk.chance.random() < 0.3
        lowest, highest = known.lowest or 0, known.highest if known.highest is not None else 10
        return round(lowest + (highest - lowest) * walk.chance.betavariate(2, 3))

    def _said(self, key: str, walk: Walk) -> bool:
        return walk.chance.random() < YES.get(key, 0.5)

    # --- who does it ---

    def _who(self, walk: Walk, loaded: LoadedCase, run: StepRun) -> Actor:
        """The responsible worker where the step's role is theirs, else somebody of the unit with the profession."""
        role = walk.pathway.definition.roles.get(run.role or "")
        answering, responsible = self._answering(loaded), loaded.case.responsible
        if answering and responsible and (role is None or run.role == responsible.role):
            return answering
        fit = [
            actor
            for actor in self.people.values()
            if loaded.case.unit_id in actor.units and role and actor.professions & set(role.professions)
        ]
        return walk.chance.choice(sorted(fit, key=lambda actor: actor.worker_id)) if fit else self.reception

    def _name_own_worker(self, walk: Walk, loaded: LoadedCase, actor: Actor) -> None:
        professions = walk.pathway.definition.vocabulary.professions
        able = {key for key, profession in professions.items() if profession.own_worker}
        fit = [a for a in self.people.values() if loaded.case.unit_id in a.units and a.professions & able]
        if fit:
            chosen = walk.chance.choice(sorted(fit, key=lambda a: a.worker_id))
            self._handle(actor, c.NameOwnWorker(case_id=walk.case_id, worker_id=chosen.worker_id))

    def _consulted(self, walk: Walk, loaded: LoadedCase, run: StepRun, actor: Actor) -> bool:
        """Ask first; somebody answers a move later, or doesn't."""
        asked = [one for one in loaded.case.consultations.values() if one.run_id == run.run_id]
        step = walk.pathway.step(run.step)
        profession = step.ask.profession if step.ask else "geriatri"
        if not asked:
            command = c.RequestConsultation(
                case_id=walk.case_id,
                consultation_id=walk.new_id("consultation"),
                question="Sopiiko tämä hoito, vai tarvitaanko tarkempi arvio?",
                question_text_id=walk.new_id("text"),
                profession=profession,
                language=walk.client.language if walk.client.language in ("fi", "sv") else "fi",
                step=run.run_id,
            )
            self._handle(actor, command)
            return False
        if asked[0].state in ("requested", "accepted"):
            who = next((a for a in self.people.values() if profession in a.professions), None)
            if who and walk.chance.random() < 0.7:
                self._move_consultation(walk, who, asked[0].consultation_id, "answer", "Hoito sopii perustasolle.")
            return False
        if asked[0].state == "answered":
            self._move_consultation(walk, actor, asked[0].consultation_id, "acknowledge", None)
        return True

    def _move_consultation(self, walk: Walk, actor: Actor, consultation_id: str, verb: Any, words: str | None) -> None:
        command = c.MoveConsultation(
            case_id=walk.case_id, consultation_id=consultation_id, verb=verb, words=words, text_id=walk.new_id("text")
        )
        self._handle(actor, command)

    def _planned(self, walk: Walk, loaded: LoadedCase, actor: Actor) -> bool:
        """Write, send, agree: one thing at a time, as it takes people time."""
        plan = loaded.case.plan
        if plan is None or plan.state in ("ended", "to_review") or self._is_of_another_time(loaded, plan.agreed_at):
            self._handle(actor, self._plan(walk))
            return False
        if plan.state == "draft" and walk.chance.random() < 0.5:
            self._handle(actor, c.SendPlan(case_id=walk.case_id))
            return False
        if plan.state in ("draft", "with_client"):
            self._handle(actor, c.AgreePlan(case_id=walk.case_id, agreement="agreed"))
        return True

    def _is_of_another_time(self, loaded: LoadedCase, agreed_at: datetime | None) -> bool:
        return agreed_at is not None and (self.engine.clock.now() - agreed_at).days > 60

    def _plan(self, walk: Walk) -> c.WritePlan:
        today: date = self.engine.clock.now().astimezone(HELSINKI).date()
        goals = tuple(
            Goal(key=f"t{number}", wording=wording, scale=walk.chance.choice((-1, -1, 0, 1)))
            for number, wording in enumerate(walk.client.goals, start=1)
        )
        content = PlanContent(
            situation=walk.client.matter,
            strengths="Läheiset auttavat." if walk.client.language == "fi" else "Närstående hjälper.",
            goals=goals,
            actions=(PlanAction(what="Soitetaan joka toinen viikko", owner="Vastuutyöntekijä", goal="t1"),),
            next_review=today + timedelta(days=80),
            language=walk.client.language,
        )
        return c.WritePlan(case_id=walk.case_id, content=content, text_id=walk.new_id("text"))

    def _handle(self, actor: Actor, command: c.CaseCommand) -> None:
        self.engine.handle(command, actor)


def _confirmations(step: Step) -> dict[str, bool | int]:
    """The answers of a worker who has seen to everything that only a person can confirm."""
    answers: dict[str, bool | int] = {}
    for text in step.needs:
        confirmation = confirmation_of(text)
        if confirmation:
            answers[confirmation.key] = True if confirmation.type == "yes_no" else parse_need(text).numbers[0]
    return answers
