"""Walking: what a page offers now, how people who know their work do it, and the story that comes of it."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from engine.machine import CompiledPathway
from pathways import commands as c
from pathways.case import StepRun
from pathways.client_plan import Goal, PlanContent
from pathways.errors import LoopBoundReached
from pathways.needs import NeedForm, confirmation_of, parse_need
from pathways.phrases import Form, parse_phrase
from pathways.step import Step, StepKind
from pathways.time_zone import HELSINKI
from tests.walks.world import World

Kind = Literal["outcome", "event", "by hand", "later"]
CHANNELS = ("puhelin", "chat", "kirje")


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing the page lets somebody do now. `step` is a run's step; `what` an outcome or an event."""

    kind: Kind
    step: str = ""
    what: str = ""
    run_id: str = ""

    def __str__(self) -> str:
        said = {"outcome": f"{self.step} → {self.what}", "event": f"tapahtuu: {self.what}"}
        return said.get(self.kind, f"avataan: {self.what}" if self.kind == "by hand" else "aika kuluu")


@dataclass
class Walk:
    """One case on its way, and everything that was done, as a story one can print."""

    world: World
    story: list[str] = field(default_factory=list)
    done: list[Offer] = field(default_factory=list)

    @property
    def pathway(self) -> CompiledPathway:
        return self.world.pathway

    def offers(self) -> list[Offer]:
        """What can be done now, in the order of the file: outcomes first, so that a shrunk story has little else."""
        case = self.world.case
        if case.state != "open":
            return []
        offered = [
            Offer("outcome", run.step, outcome, run.run_id)
            for run in case.open_runs
            if run.state != "waiting" and self._is_joined(run)
            for outcome in self.pathway.outcomes_of(run.step)
        ]
        offered += [Offer("later")] if any(run.state == "waiting" for run in case.open_runs) else []
        offered += [Offer("by hand", what=key) for key, step in self.pathway.definition.steps.items() if step.by_hand]
        offered += [Offer("event", what=key) for key, each in self.pathway.events.items() if each.by != "engine"]
        return offered

    def take(self, offer: Offer, number: int = 0) -> None:
        """Do it, with whatever it needs first. `number` chooses among the answers that may be given."""
        self.story.append(f"{len(self.story) + 1}. {self.world.now.astimezone(HELSINKI):%d.%m.%Y %H.%M} {offer}")
        self.done.append(offer)
        if offer.kind == "outcome":
            self._end(self.world.case.runs[offer.run_id], offer.what, number)
        elif offer.kind == "by hand":
            self._open_by_hand(offer.what)
        elif offer.kind == "event":
            self._let_happen(offer.what)
        else:
            self._wait()

    def closes_by(self, offer: Offer) -> bool:
        """Whether the case is over when this is done."""
        if offer.kind == "event":
            closes = self.pathway.events[offer.what].closes
            return closes is not None and not closes.after
        return offer.kind == "outcome" and self.pathway.step_after(offer.step, offer.what).kind == "end"

    def told(self) -> str:
        """The story, a line for each thing done."""
        return "\n".join([f"{self.pathway.id}:", *self.story])

    # --- the page's own conditions ---

    def _is_joined(self, run: StepRun) -> bool:
        branches = self.pathway.branches_of(run.step)
        if not branches:
            return True
        children = self.world.case.branches_of(run)
        live = {child.branch or child.step for child in children if child.is_live}
        done = {child.branch or child.step for child in children if child.state == "done"}
        states: dict[str, Any] = {
            key: "open" if key in live else "done" if key in done else "not_needed" for key in branches
        }
        return self.pathway.join_satisfied(run.step, states)

    # --- doing it ---

    def _end(self, run: StepRun, outcome: str, number: int) -> None:
        step = self.pathway.step(run.step)
        if self.pathway.signals.happened(outcome):
            self._see_to_needs(run, step)
        target = self.pathway.step_after(run.step, outcome)
        if target.kind == "end":
            self._prepare_end(target.key)
            if run.run_id not in {each.run_id for each in self.world.case.open_runs}:
                return  # time passed meanwhile, and took the step with it
        command = c.DecideOutcome(
            case_id=self.world.case.case_id,
            step=run.run_id,
            outcome=outcome,
            answers=self._answers(step, outcome, number),
            reason="asiakkaasta_johtuva",
            seed=self.world.new_id(),
        )
        self._do_or_let_the_lead(command)

    def _do_or_let_the_lead(self, command: c.CaseCommand) -> None:
        """A loop that has gone round often enough is a team lead's to decide."""
        try:
            self.world.do(command)
        except LoopBoundReached:
            self.world.do(command, lead=True)

    def _answers(self, step: Step, outcome: str, number: int) -> dict[str, bool | int | float | str]:
        answers: dict[str, bool | int | float | str] = {}
        instruments = self.pathway.definition.vocabulary.instruments
        for key in step.instruments:
            known = instruments.get(key)
            if known and known.type in ("int", "double"):
                lowest, highest = known.lowest or 0, known.highest if known.highest is not None else 10
                answers[key] = round(lowest + (highest - lowest) * (number % 5) / 4)
        for key, asked in step.fields.items():
            if asked.type == "yes_no":
                answers[key] = bool(number >> (len(answers) % 5) & 1)
            elif asked.type == "choice" and asked.choices:
                answers[key] = tuple(asked.choices)[number % len(asked.choices)]
            elif asked.type == "number":
                answers[key] = number % 100
            elif asked.type == "date":
                answers[key] = (self.world.now + timedelta(days=number % 200)).date().isoformat()
        if self.pathway.signals.happened(outcome):
            answers |= _confirmations(step)
        return answers

    def _see_to_needs(self, run: StepRun, step: Step) -> None:
        forms = {parse_need(text).form: parse_need(text) for text in step.needs}
        case = self.world.case
        if step.kind is StepKind.CONSULTATION:
            self._consult(run, step)
        if NeedForm.OWN_WORKER in forms and case.own_worker is None:
            self.world.do(c.NameOwnWorker(case_id=case.case_id, worker_id=self.world.everybody_id))
        if NeedForm.RESPONSIBLE_WORKER in forms and (case.responsible is None or case.responsible.is_queue):
            name = c.AssignResponsibleWorker(case_id=case.case_id, worker_id=self.world.everybody_id)
            self.world.do(name, lead=True)
        if {NeedForm.GOALS, NeedForm.AGREEMENT, NeedForm.REVIEW} & set(forms):
            self._plan(forms[NeedForm.GOALS].numbers[0] if NeedForm.GOALS in forms else 1)

    def _plan(self, goals: int) -> None:
        content = PlanContent(
            situation="Tilanne omin sanoin.",
            goals=tuple(Goal(key=f"t{number}", wording=f"Tavoite {number}") for number in range(1, goals + 1)),
            next_review=(self.world.now + timedelta(days=20)).date(),
        )
        case_id = self.world.case.case_id
        self.world.do(c.WritePlan(case_id=case_id, content=content, text_id=self.world.new_id()))
        self.world.do(c.AgreePlan(case_id=case_id, agreement="agreed"))

    def _consult(self, run: StepRun, step: Step) -> None:
        """Whoever answers for the case asks, the other one answers."""
        consultation_id = self.world.new_id()
        asked = step.ask
        self.world.do(
            c.RequestConsultation(
                case_id=self.world.case.case_id,
                consultation_id=consultation_id,
                question="Mitä tehdään?",
                question_text_id=self.world.new_id(),
                profession=asked.profession if asked else next(iter(self.pathway.definition.vocabulary.professions)),
                organisation=asked.organisation if asked else None,
                step=run.run_id,
                worker_id=self.world.lead_id if self.world.case.restricted else None,  # then it is asked by name only
            )
        )
        answer = c.MoveConsultation(
            case_id=self.world.case.case_id,
            consultation_id=consultation_id,
            verb="answer",
            words="Näin.",
            text_id=self.world.new_id(),
        )
        self.world.do(answer, lead=True, organisation=asked.organisation if asked else None)

    def _prepare_end(self, end: str) -> None:
        """What closing at this end asks first: attempts, approvals, and that no danger holds the case open."""
        case, definition = self.world.case, self.pathway.definition
        for key, event in definition.events.items():
            if event.attempts and event.closes and event.closes.end == end:
                for number in range(event.attempts.at_least):
                    channel = CHANNELS[number % event.attempts.channels]
                    self.world.do(c.RecordEvent(case_id=case.case_id, event=key, channel=channel))
                    self.world.pass_until(self.world.now + timedelta(days=1))
        if case.stay_open_until and case.stay_open_until > self.world.now:
            self.world.pass_until(case.stay_open_until + timedelta(minutes=1))
        forms = {parse_need(need).form for need in definition.ends[end].needs}
        if NeedForm.APPROVAL_BY_RESPONSIBLE in forms and self.world.case.state == "open":
            if self.world.case.responsible is None or self.world.case.responsible.is_queue:
                name = c.AssignResponsibleWorker(case_id=case.case_id, worker_id=self.world.everybody_id)
                self.world.do(name, lead=True)
            self.world.do(c.ApproveClosing(case_id=case.case_id, end=end))
        if NeedForm.APPROVAL_BY_TEAM_LEAD in forms and self.world.case.state == "open":
            self._take_in_the_lead()
            self.world.do(c.ApproveClosing(case_id=case.case_id, end=end), lead=True)

    def _take_in_the_lead(self) -> None:
        """A restricted case is its care team's: a lead who is to decide something gets a step of it first."""
        case = self.world.case
        run = next((run for run in case.open_runs if run.state != "waiting"), None)
        if case.restricted and run and case.responsible and not case.responsible.is_queue:
            self.world.do(c.AssignStep(case_id=case.case_id, step=run.run_id, worker_id=self.world.lead_id))

    def _open_by_hand(self, step: str) -> None:
        if any(run.step == step for run in self.world.case.open_runs):
            return
        self._do_or_let_the_lead(c.StartStep(case_id=self.world.case.case_id, step=step, seed=self.world.new_id()))

    def _let_happen(self, key: str) -> None:
        case, event = self.world.case, self.pathway.events[key]
        times: dict[str, Any] = {}
        if event.pauses:
            if case.happened.get(key, 0) >= event.pauses.times:
                return
            times = {"offered_at": self.world.now, "until": self.world.now + timedelta(days=3)}
        if event.attempts:
            times = {"channel": CHANNELS[len(case.attempts) % len(CHANNELS)]}
        if event.closes and not event.closes.after and "promises" not in event.cancels:
            self._prepare_end(event.closes.end)
        if self.world.case.state == "open":
            self.world.do(c.RecordEvent(case_id=case.case_id, event=key, seed=self.world.new_id(), **times))
        for handover in self.world.case.handovers.values():
            if handover.state == "proposed" and handover.to_organisation and self.world.case.state == "open":
                receipt = c.DecideHandover(case_id=case.case_id, handover_id=handover.handover_id, accept=True)
                self.world.do(receipt)

    def _wait(self) -> None:
        opens = [run.opens_at for run in self.world.case.open_runs if run.state == "waiting" and run.opens_at]
        self.world.pass_until(min(opens) + timedelta(minutes=1))


def _confirmations(step: Step) -> dict[str, bool | int]:
    answers: dict[str, bool | int] = {}
    for text in step.needs:
        confirmation = confirmation_of(text)
        if confirmation:
            answers[confirmation.key] = True if confirmation.type == "yes_no" else parse_need(text).numbers[0]
    return answers


# --- ways through the steps -----------------------------------------------------------------------------------


def way_to_an_end(walk: Walk, most: int = 200) -> None:
    """Lead the case to an end by the shortest way from wherever it stands; refuses to wander."""
    near = distances(walk.pathway)
    for _ in range(most):
        offers = [offer for offer in walk.offers() if offer.kind == "outcome"]
        if walk.world.case.state != "open":
            return
        if not offers:
            walk.take(Offer("later"))
            continue
        walk.take(min(offers, key=lambda offer: near.get((offer.step, offer.what), 999)))
    raise AssertionError(f"it came to no end in {most} moves\n{walk.told()}")


def distances(pathway: CompiledPathway) -> dict[tuple[str, str], int]:
    """How many steps lie between each outcome and the nearest end; a branch's own work comes first."""
    far: dict[str, int] = {}
    ways = {
        (key, outcome): pathway.step_after(key, outcome)
        for key in pathway.steps
        for outcome in pathway.outcomes_of(key)
    }
    changed = True
    while changed:
        changed = False
        for (key, _), target in ways.items():
            beyond = 0 if target.kind == "end" else far.get(target.key) if target.kind == "step" else None
            if beyond is not None and beyond + 1 < far.get(key, 999):
                far[key], changed = beyond + 1, True
    found = {}
    for (key, outcome), target in ways.items():
        if target.kind == "done":
            found[key, outcome] = 0 if pathway.parent_of(key) else 500  # a step beside the main way leads nowhere
        else:
            found[key, outcome] = 1 if target.kind == "end" else 1 + far.get(target.key, 900)
    return found


def wrong_with(walk: Walk) -> Iterator[str]:
    """What must hold at every moment of every case, said where it doesn't."""
    case = walk.world.case
    answering = [a for a in case.assignments.values() if a.kind == "responsible" and a.until is None]
    if case.state == "open" and len(answering) != 1:
        yield f"{len(answering)} parties answer for the case"
    if case.state == "open" and not case.open_runs:
        yield "the case is open and nothing can be done"
    if case.state == "closed" and case.open_runs:
        yield f"closed with open steps: {[run.step for run in case.open_runs]}"
    for promise in case.promises.values():
        definition = walk.pathway.promises[promise.key]
        if promise.is_live and case.state == "closed" and not _starts_at_closing(definition.starts):
            yield f"{promise.key} runs in a closed case"
        if promise.kind == "statutory" and promise.pauses:
            yield f"{promise.key} is the law's and paused"
        if promise.state == "running" and promise.due_at is not None and promise.due_at < promise.started_at:
            yield f"{promise.key} is due before it starts"
        fires = [tier.fire_at for tier in promise.tiers]
        if fires != sorted(fires):
            yield f"{promise.key}'s rungs are out of order"


def _starts_at_closing(starts: Sequence[str]) -> bool:
    return any(parse_phrase(text).form in (Form.CASE_CLOSED, Form.CASE_REOPENED) for text in starts)


# --- to every outcome -----------------------------------------------------------------------------------------


@dataclass
class Coverage:
    """Which outcomes of which steps have been taken, and which way leads to one that hasn't."""

    pathway: CompiledPathway
    taken: set[tuple[str, str]] = field(default_factory=set)
    _known: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def wanted(self) -> set[tuple[str, str]]:
        return {(key, outcome) for key in self.pathway.steps for outcome in self.pathway.outcomes_of(key)}

    @property
    def missing(self) -> set[tuple[str, str]]:
        return self.wanted - self.taken

    def note(self, walk: Walk) -> None:
        """Count what was ended, also by itself when its branches had joined."""
        self.taken |= {(run.step, run.outcome) for run in walk.world.case.runs.values() if run.outcome}

    def best(self, offers: list[Offer], aim: str) -> Offer | None:
        """The offer that is wanted itself, else the one from which the step aimed at is nearest; None when none is."""
        outcomes = [offer for offer in offers if offer.kind == "outcome"]
        for offer in outcomes:
            if (offer.step, offer.what) not in self.taken:
                return offer
        ranked = [(far, n, o) for n, o in enumerate(outcomes) if (far := self._far(o, aim)) is not None]
        return min(ranked)[2] if ranked else None

    def _far(self, offer: Offer, aim: str) -> int | None:
        """Steps from this outcome to the one aimed at."""
        target = self.pathway.step_after(offer.step, offer.what)
        if target.kind == "end":
            return None
        start = target.key if target.kind == "step" else self.pathway.parent_of(offer.step)
        return self.ways_to(aim).get(start or "")

    def ways_to(self, aim: str) -> dict[str, int]:
        """How many steps lie between every step and the one aimed at."""
        if aim not in self._known:
            before: dict[str, list[str]] = {}
            for key in self.pathway.steps:
                for following in self._after(key):
                    before.setdefault(following, []).append(key)
            far, waiting = {aim: 0}, deque([aim])
            while waiting:
                key = waiting.popleft()
                for earlier in before.get(key, ()):
                    if earlier not in far:
                        far[earlier] = far[key] + 1
                        waiting.append(earlier)
            self._known[aim] = far
        return self._known[aim]

    def _after(self, key: str) -> Iterator[str]:
        yield from (self.pathway.first_step_of(branch) for branch in self.pathway.branches_of(key))
        for outcome in self.pathway.outcomes_of(key):
            target = self.pathway.step_after(key, outcome)
            if target.kind == "step":
                yield target.key
            elif target.kind == "done" and (parent := self.pathway.parent_of(key)):
                yield parent
