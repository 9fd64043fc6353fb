"""Responsibility: exactly one party answers at every moment: a worker, or a unit's queue until one is named.

Naming tries, in the order the role says: who already answers, who has worked with the client, the client's language,
the lightest load. What decided is recorded word by word.
"""

from collections.abc import Iterator, Sequence

from engine.rules.circumstances import Candidate
from engine.rules.service_promise import breach_overdue
from engine.rules.story import Story
from pathways import events as e
from pathways.case import Assignment
from pathways.definition import Role
from pathways.errors import NotAllowed, WorkerNotFit


def answer_for(story: Story, role: str) -> None:
    """From here on this role answers: the present worker if fit, else whoever the role's order finds, else the queue."""
    present = story.case.responsible
    if present and present.role == role:
        return
    definition = story.on.pathway.definition.roles[role]
    chosen = _chosen(story, role, definition, present)
    if chosen:
        worker, ground, explanation = chosen
        name(story, role, worker, ground, explanation)
    else:
        put_in_queue(story, role)


def put_in_queue(story: Story, role: str, *, unit_id: str | None = None, ground: str = "queue") -> None:
    present = story.case.responsible
    unit = unit_id or story.case.unit_id
    if present and present.is_queue and present.unit_id == unit and present.role == role:
        return
    breach_overdue(story)
    story.tell(e.ResponsibleNamed, assignment_id=story.new_id("assignment"), role=role, unit_id=unit, ground=ground)


def name(
    story: Story, role: str, worker_id: str, ground: str, explanation: tuple[str, ...], reason: str | None = None
) -> None:
    """Name a worker; they join the care team, and the own worker's place too where the role holds it."""
    breach_overdue(story)
    story.tell(
        e.ResponsibleNamed,
        assignment_id=story.new_id("assignment"),
        role=role,
        unit_id=_unit_of(story, worker_id),
        worker_id=worker_id,
        ground=ground,
        explanation=explanation,
        reason=reason,
    )
    join_team(story, worker_id, "responsible")
    _cover_if_away(story, worker_id)
    _name_as_own_worker(story, role, worker_id)
    if worker_id == story.on.actor.worker_id:
        take_up(story)
    else:
        story.send("you_are_responsible", (worker_id,))


def _unit_of(story: Story, worker_id: str) -> str:
    """The case's unit, or that of another unit's queue which answered and whose worker this is (E8)."""
    present = story.case.responsible
    elsewhere = present.unit_id if present and present.unit_id != story.case.unit_id else None
    if elsewhere and any(c.worker_id == worker_id and c.unit_id == elsewhere for c in story.on.staff):
        return elsewhere
    return story.case.unit_id


def take_up(story: Story) -> None:
    """Whoever answers and acts on the case has thereby acknowledged it; nobody has to say it twice."""
    responsible = story.case.responsible
    answers = responsible and story.on.actor.worker_id in (responsible.worker_id, responsible.substitute_id)
    if responsible and answers and responsible.acknowledged_at is None:
        story.tell(e.ResponsibilityAcknowledged, assignment_id=responsible.assignment_id)


def join_team(story: Story, worker_id: str, ground: str) -> None:
    member = story.case.members.get(f"{worker_id}:{ground}")
    if member is None or member.left_at is not None:
        story.tell(e.MemberJoined, worker_id=worker_id, ground=ground)


def _cover_if_away(story: Story, worker_id: str) -> None:
    candidate = next((c for c in story.on.staff if c.worker_id == worker_id), None)
    responsible = story.case.responsible
    if candidate and candidate.away and candidate.substitute_id and responsible:
        story.tell(e.SubstituteNamed, assignment_id=responsible.assignment_id, worker_id=candidate.substitute_id)
        join_team(story, candidate.substitute_id, "substitute")


def _name_as_own_worker(story: Story, role: str, worker_id: str) -> None:
    definition = story.on.pathway.definition.roles[role]
    if not definition.own_worker or (story.case.own_worker and story.case.own_worker.worker_id == worker_id):
        return
    candidate = next((c for c in story.on.staff if c.worker_id == worker_id), None)
    profession = own_worker_profession(story, candidate) if candidate else None
    if profession:
        story.tell(
            e.OwnWorkerNamed,
            assignment_id=story.new_id("own_worker"),
            worker_id=worker_id,
            profession=profession,
        )


def own_worker_profession(story: Story, candidate: Candidate) -> str | None:
    """The social-care profession that lets this worker be an omatyöntekijä (SHL § 42), if any."""
    professions = story.on.pathway.definition.vocabulary.professions
    return next((p for p in sorted(candidate.professions) if p in professions and professions[p].own_worker), None)


# --- choosing -------------------------------------------------------------------------------------------------

Choice = tuple[str, str, tuple[str, ...]]


def _chosen(story: Story, role: str, definition: Role, present: Assignment | None) -> Choice | None:
    if definition.assign == ("queue",):
        return None
    return choose(story, definition, present)


def choose(story: Story, role: Role, present: Assignment | None) -> Choice | None:
    """The worker the role's order finds among the fit, with the words that say why; None leaves it to the queue."""
    fit = [candidate for candidate in story.on.staff if not why_unfit(story, role, candidate)]
    for candidate in fit:
        if present and candidate.worker_id == present.worker_id:
            return candidate.worker_id, "continuity", ("already_responsible",)
    if not fit:
        return None
    explanation = [f"fit:{len(fit)}"]
    ground = "only_one" if len(fit) == 1 else "load"
    for rule in role.assign:
        narrowed = _narrowed(story, rule, fit)
        if narrowed and len(narrowed) < len(fit):
            fit, ground = narrowed, rule
            explanation.append(_why(story, rule, fit[0]))
    chosen = min(fit, key=lambda c: (c.load / max(c.load_limit, 1), c.load, c.worker_id))
    if f"load:{chosen.load}" not in explanation and len(fit) > 1:
        explanation.append(f"load:{chosen.load}")
    return chosen.worker_id, ground, tuple(explanation)


def _narrowed(story: Story, rule: str, fit: Sequence[Candidate]) -> list[Candidate]:
    match rule:
        case "continuity":
            return [c for c in fit if c.worked_with_client]
        case "language":
            return [c for c in fit if story.case.language in c.languages]
        case "load":
            least = min(c.load / max(c.load_limit, 1) for c in fit)
            return [c for c in fit if c.load / max(c.load_limit, 1) == least]
    return list(fit)


def _why(story: Story, rule: str, candidate: Candidate) -> str:
    match rule:
        case "continuity":
            return f"continuity:{candidate.worked_with_client}"
        case "language":
            return f"language:{story.case.language}"
    return f"{rule}:{candidate.load}"


def why_unfit(story: Story, role: Role, candidate: Candidate, *, by_hand: bool = False) -> str | None:
    """Why this worker can't hold the role now, as a code; None when they can.

    A person naming somebody may go over the load limit and past skills, never past profession, absence or language
    that the client hasn't let go of (E8).
    """
    if not candidate.professions & set(role.professions):
        return "wrong_profession"
    if candidate.away and not candidate.substitute_id:
        return "on_leave"
    if story.case.language == "sv" and "sv" not in candidate.languages and not _other_language_agreed(story):
        return "language"
    if by_hand:
        return None
    if candidate.away:
        return "on_leave"
    if role.skills_all and not set(role.skills_all) <= candidate.skills:
        return "skill"
    if role.skills_any and not candidate.skills & set(role.skills_any):
        return "skill"
    return "load" if candidate.load >= candidate.load_limit else None


def _other_language_agreed(story: Story) -> bool:
    return story.case.noted.get("client.other_language_agreed") is True


# --- commands -------------------------------------------------------------------------------------------------


def assign_responsible(story: Story, worker_id: str | None, auto: bool, reason: str | None) -> None:
    """Name somebody, or let the role's order choose; the refusal says who can."""
    present = story.case.responsible
    if present is None:
        raise NotAllowed("name a responsible worker", "an open case")
    role = present.role
    definition = story.on.pathway.definition.roles[role]
    if worker_id is None:
        _assign_by_rule(story, role, definition, present, reason)
        return
    candidate = next((c for c in story.on.staff if c.worker_id == worker_id), None)
    if candidate is None:
        raise WorkerNotFit(worker_id, "other_unit", tuple(_fit_names(story, definition)))
    unfit = why_unfit(story, definition, candidate, by_hand=True)
    if unfit:
        raise WorkerNotFit(candidate.name, unfit, tuple(_fit_names(story, definition)))
    if present.worker_id != worker_id:
        name(story, role, worker_id, "named", ("named_by_hand",), reason)


def _assign_by_rule(story: Story, role: str, definition: Role, present: Assignment, reason: str | None) -> None:
    chosen = choose(story, definition, present)
    if chosen is None:
        unfit = tuple(f"{c.name}: {why_unfit(story, definition, c)}" for c in story.on.staff[:8])
        raise WorkerNotFit("auto", "nobody_fit", unfit)
    worker_id, ground, explanation = chosen
    if present.worker_id != worker_id:
        name(story, role, worker_id, ground, explanation, reason)


def _fit_names(story: Story, role: Role) -> Iterator[str]:
    for candidate in story.on.staff:
        if not why_unfit(story, role, candidate, by_hand=True):
            yield candidate.name


def name_own_worker(story: Story, worker_id: str, reason: str | None) -> None:
    """Name the omatyöntekijä of SHL § 42: of a social-care profession, never a nurse."""
    candidate = next((c for c in story.on.staff if c.worker_id == worker_id), None)
    able = tuple(c.name for c in story.on.staff if own_worker_profession(story, c))
    if candidate is None:
        raise WorkerNotFit(worker_id, "other_unit", able)
    profession = own_worker_profession(story, candidate)
    if profession is None:
        raise WorkerNotFit(candidate.name, "wrong_profession", able)
    story.tell(
        e.OwnWorkerNamed,
        assignment_id=story.new_id("own_worker"),
        worker_id=worker_id,
        profession=profession,
        reason=reason,
    )
    join_team(story, worker_id, "own_worker")


def acknowledge(story: Story) -> None:
    """The named worker says: it is mine (T2)."""
    responsible = story.case.responsible
    if responsible is None or story.on.actor.worker_id not in (responsible.worker_id, responsible.substitute_id):
        raise NotAllowed("acknowledge the responsibility", "the responsible worker")
    take_up(story)
