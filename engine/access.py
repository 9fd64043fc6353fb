"""Access: one function decides, for every command and every query, what an actor may do to a case. No is the default.

What counts is the role and the relation to the case: its care team (responsible worker, own worker, substitute,
member, assignee), its unit, its team lead, the unit a hand-over is proposed to, or the question put to me. Designers
and administrators stand in none of them. A restricted case (E10) has only its care team; while a queue answers for
it, the unit's team lead too, because somebody must be able to name a worker.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from engine.access_verbs import COMMAND_VERBS, SEES, VERBS, Ground
from pathways import commands as c
from pathways.actor import Actor
from pathways.case import Case, Member
from pathways.consultation import ARROWS, Consultation
from pathways.errors import NotAllowed, UnknownThing

CONSULTANT = "consultation:"
"""How the ground of a consultant's membership begins."""


@dataclass(frozen=True, slots=True)
class Question:
    """What access must know of an open consultation."""

    consultation_id: str
    asked_by: str
    profession: str
    organisation: str | None
    worker_id: str | None
    accepted_by: str | None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What access must know of a case today. `worker_id` is None while a queue answers."""

    unit_id: str
    restricted: bool
    worker_id: str | None
    queue_unit: str | None = None
    own_worker_id: str | None = None
    substitutes: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    assignees: frozenset[str] = frozenset()
    receiving_units: frozenset[str] = frozenset()
    questions: tuple[Question, ...] = ()


def facts_of(case: Case, today: date) -> CaseFacts:
    """The facts of a loaded case; `today` is the local date on which substitutes and members are looked at."""
    answers, own = case.responsible, case.own_worker
    assigned = [assignment for assignment in (answers, own) if assignment]
    return CaseFacts(
        unit_id=case.unit_id,
        restricted=case.restricted,
        worker_id=answers.worker_id if answers else None,
        queue_unit=answers.unit_id if answers and answers.is_queue else None,
        own_worker_id=own.worker_id if own else None,
        substitutes=frozenset(
            a.substitute_id for a in assigned if a.substitute_id and is_in_force(a.substitute_until, today)
        ),
        members=frozenset(m.worker_id for m in case.members.values() if is_member(m, today)),
        assignees=frozenset(run.assignee for run in case.open_runs if run.assignee),
        receiving_units=frozenset(h.to_unit for h in case.handovers.values() if h.state == "proposed" and h.to_unit),
        questions=tuple(question_of(asked) for asked in case.consultations.values() if asked.is_open),
    )


def question_of(asked: Consultation) -> Question:
    return Question(
        consultation_id=asked.consultation_id,
        asked_by=asked.asked_by,
        profession=asked.profession,
        organisation=asked.organisation,
        worker_id=asked.worker_id,
        accepted_by=asked.accepted_by,
    )


def is_member(member: Member, today: date) -> bool:
    """Whether this membership opens the case: a consultant's opens nothing but the question."""
    in_force = member.left_at is None and is_in_force(member.until, today)
    return in_force and not member.ground.startswith(CONSULTANT)


def is_in_force(until: date | None, today: date) -> bool:
    """Whether something that lasts until the end of that day still does."""
    return until is None or until >= today


def grounds(actor: Actor, facts: CaseFacts) -> frozenset[Ground]:
    """Every relation the actor has to the case, strongest and weakest alike."""
    if actor.is_system:
        return frozenset({"system"})
    held: set[Ground] = set()
    me = actor.worker_id
    if facts.worker_id == me:
        held.add("responsible")
    if facts.own_worker_id == me:
        held.add("own_worker")
    if me in facts.substitutes or actor.substitutes_for & {facts.worker_id, facts.own_worker_id}:
        held.add("substitute")
    if me in facts.members:
        held.add("member")
    if me in facts.assignees:
        held.add("assignee")
    by_unit = _by_unit(actor, facts, in_team=bool(held))
    return frozenset(held | by_unit | ({"asked"} if asked_questions(actor, facts) else set()))


def _by_unit(actor: Actor, facts: CaseFacts, *, in_team: bool) -> set[Ground]:
    """A lead leads a restricted case too once its team has taken them in, say to approve that it closes."""
    held: set[Ground] = set()
    units = {facts.unit_id} | ({facts.queue_unit} if facts.queue_unit else set())
    if any(actor.leads_unit(unit) for unit in units) and (in_team or not (facts.restricted and facts.worker_id)):
        held.add("lead")
    if facts.restricted:
        return held | ({"receiving"} if any(actor.leads_unit(unit) for unit in facts.receiving_units) else set())
    if works_with_clients(actor) and units & actor.units:
        held.add("unit")
    if works_with_clients(actor) and facts.receiving_units & actor.units:
        held.add("receiving")
    return held


def works_with_clients(actor: Actor) -> bool:
    """Whether a unit's cases are this actor's business at all."""
    return actor.has("case_worker") or actor.has("team_lead")


def asked_questions(actor: Actor, facts: CaseFacts) -> tuple[str, ...]:
    """The open consultations that are put to this actor."""
    return tuple(q.consultation_id for q in facts.questions if is_asked(actor, q, restricted=facts.restricted))


def is_asked(actor: Actor, question: Question, *, restricted: bool) -> bool:
    """Whether a question is put to me: by name, or to my profession (in my organisation, where one is named).

    Once somebody took it, it is theirs. Of a restricted case only a question by name is.
    """
    if question.accepted_by or question.worker_id:
        return actor.worker_id in (question.accepted_by, question.worker_id)
    if restricted or question.asked_by == actor.worker_id or question.profession not in actor.professions:
        return False
    return question.organisation is None or question.organisation == actor.organisation


def decide(actor: Actor, verb: str, facts: CaseFacts, *, kind: str = "case", key: str = "") -> Ground:
    """Return why the actor may do `verb`; else refuse.

    `UnknownThing` when the case isn't theirs to see, `NotAllowed` when they see it but the act belongs to others.
    """
    held = grounds(actor, facts)
    if "system" in held:
        return "system"
    for ground in VERBS[verb].grounds:
        if ground in held:
            return ground
    if _is_team_reason(verb, held, facts):
        return "responsible"
    if not held & set(SEES):
        raise UnknownThing(kind, key)
    raise NotAllowed(verb, VERBS[verb].needs)


def _is_team_reason(verb: str, held: frozenset[Ground], facts: CaseFacts) -> bool:
    """No team lead sees a restricted case that has its worker: there the worker gives the reason of a breach."""
    return verb == "reason" and facts.restricted and bool(held & {"responsible", "substitute"})


def may(actor: Actor, verb: str, facts: CaseFacts) -> bool:
    """Whether `decide` would let it through: for lists of what somebody can do now."""
    try:
        decide(actor, verb, facts)
    except (UnknownThing, NotAllowed):
        return False
    return True


def verbs(actor: Actor, facts: CaseFacts, among: Iterable[str] = VERBS) -> tuple[str, ...]:
    """What the actor may do to the case, of what is asked about."""
    return tuple(verb for verb in among if may(actor, verb, facts))


def authorise(actor: Actor, command: c.Command, case: Case | None, today: date) -> Ground:
    """Decide a command. `case` is the one it changes as loaded under lock; None for a contact that opens one."""
    if isinstance(command, c.TakeContact):
        return may_take_contact(actor, command.unit_id)
    if case is None or not isinstance(command, c.CaseCommand):
        raise UnknownThing("case", getattr(command, "case_id", ""))
    facts = facts_of(case, today)
    if isinstance(command, c.MoveConsultation):
        return decide_question(actor, command.verb, command.consultation_id, facts)
    if isinstance(command, c.DecideHandover):
        return _decide_handover(actor, command, case, facts)
    return decide(actor, _verb_of(actor, command, facts), facts, key=case.case_id)


def may_take_contact(actor: Actor, unit_id: str | None) -> Ground:
    """Contacts are taken by those who work with clients, for their own units."""
    if actor.is_system:
        return "system"
    if not works_with_clients(actor):
        raise NotAllowed("contact", "case_worker")
    if unit_id is not None and unit_id not in actor.units:
        raise UnknownThing("unit", unit_id)
    return "unit"


def decide_question(actor: Actor, verb: str, consultation_id: str, facts: CaseFacts) -> Ground:
    """Decide an arrow of a consultation: the asked one answers, the asker's side completes and acknowledges."""
    if verb not in ARROWS:
        raise UnknownThing("verb", verb)
    if actor.is_system:
        return "system"
    mine = consultation_id in asked_questions(actor, facts)
    if verb in ("accept", "return", "answer", "decline"):
        if mine:
            return "asked"
        others = replace(facts, questions=())  # being asked one question is no ground to answer another
        return decide(actor, verb, others, kind="consultation", key=consultation_id)
    if mine and not grounds(actor, facts) & set(SEES):
        raise NotAllowed(verb, "care_team")
    named = "acknowledge-answer" if verb == "acknowledge" else verb
    return decide(actor, named, facts, kind="consultation", key=consultation_id)


def _decide_handover(actor: Actor, command: c.DecideHandover, case: Case, facts: CaseFacts) -> Ground:
    """The receiving unit decides; what went to another organisation is confirmed here, by whoever may hand over (E4)."""
    handover = case.handovers.get(command.handover_id)
    if handover is not None and handover.to_organisation:
        return decide(actor, "hand-over", facts, key=case.case_id)
    mine = handover is not None and handover.to_unit in actor.units
    if not actor.is_system and not mine and grounds(actor, facts) & set(SEES):
        raise NotAllowed("decide-hand-over", "receiving_unit")
    return decide(actor, "decide-hand-over", facts, key=case.case_id)


def _verb_of(actor: Actor, command: c.CaseCommand, facts: CaseFacts) -> str:
    """The verb a command asks for. Taking a case from the queue is anybody's who works in the unit."""
    if isinstance(command, c.AssignResponsibleWorker):
        takes = command.auto or command.worker_id == actor.worker_id
        return "claim" if takes and facts.worker_id is None else "responsible-worker"
    try:
        return COMMAND_VERBS[type(command)]
    except KeyError:
        raise NotAllowed(type(command).__name__, "the_system") from None
