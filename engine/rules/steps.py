"""How a case moves: entering a step with its branches, ending one with an outcome, joining, closing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from engine.machine import BranchState
from engine.rules.closing import close
from engine.rules.responsibility import answer_for
from engine.rules.story import Story
from pathways import events as e
from pathways.case import StepRun
from pathways.counted_time import days_ahead
from pathways.errors import LoopBoundReached, Malformed, OutcomeNotPossible, ReasonMissing, StepNotReady
from pathways.goal import parse_goal
from pathways.near_miss import did_you_mean
from pathways.needs import NeedForm, confirmation_of, parse_need
from pathways.opening import Opening, OpensAfter, OpensAtAge, OpensByDate, parse_opening
from pathways.phrases import Form
from pathways.step import Field_, Step, StepKind
from pathways.time_zone import HELSINKI
from pathways.working_time import due

ENDED = "ended."
"""Begins the name of a fact the engine notes for itself: when a step was done that another opens so long after."""


def enter(
    story: Story,
    key: str,
    *,
    parent: StepRun | None = None,
    branch: str | None = None,
    by_outcome: str | None = None,
    from_step: str | None = None,
    missing: tuple[str, ...] = (),
) -> None:
    """Enter a step: make its run, name who answers from here, open its branches side by side."""
    step = story.on.pathway.step(key)
    _check_bound(story, key, step)
    opens_at = _opens_at(story, key, step)
    event = story.tell(
        e.StepEntered,
        run_id=story.new_id("run"),
        step=key,
        visit=story.case.visits.get(key, 0) + 1,
        role=step.role or (step.decide.role if step.decide else None) or _answering_role(story),
        parent_run_id=parent.run_id if parent else None,
        branch=branch,
        opens_at=opens_at,
        by_outcome=by_outcome,
        from_step=from_step,
        missing=missing,
    )
    if opens_at:
        _wake_at(story, f"open:{event.run_id}", opens_at)
    else:
        begin(story, story.case.runs[event.run_id])


def _answering_role(story: Story) -> str | None:
    return story.case.responsible.role if story.case.responsible else None


def begin(story: Story, run: StepRun) -> None:
    """What is true from the moment a step is work to do."""
    step = story.on.pathway.step(run.step)
    role = story.on.pathway.responsible_role_from(run.step)
    if role:
        answer_for(story, role)
    if step.stay_open:
        hold_open(story, step.stay_open)
    if step.branches:
        _open_branches(story, run)


def hold_open(story: Story, span: str) -> None:
    """The case may not be closed before the span has passed (E9)."""
    calendar = story.on.calendar_at("vuorokausi", story.at)
    until = due(story.at, (), parse_goal(span), calendar).due_at
    if story.case.stay_open_until is None or until > story.case.stay_open_until:
        story.tell(e.HeldOpen, until=until)


def _check_bound(story: Story, key: str, step: Step) -> None:
    """A loop goes round so often, then a team lead decides."""
    entered = story.case.visits.get(key, 0)
    loops = story.on.pathway.definition.loops
    bound = step.repeat.at_most if step.repeat else (loops.at_most + 1 if loops else None)
    if bound is not None and entered >= bound and not story.on.actor.has("team_lead"):
        raise LoopBoundReached(key, bound)


def _opens_at(story: Story, key: str, step: Step) -> datetime | None:
    if step.opens is None:
        return None
    opens_at = _moment_of(story, key, parse_opening(step.opens))
    return opens_at if opens_at and opens_at > story.at else None


def _moment_of(story: Story, key: str, opening: Opening) -> datetime | None:
    match opening:
        case OpensAtAge():
            return age_reached(story, opening.months)
        case OpensAfter():
            return _span_after(story, key, opening)
        case OpensByDate():
            return _by_date(story, opening)


def _span_after(story: Story, key: str, opening: OpensAfter) -> datetime:
    """00.00 local of the day so long after the other step was done; a step done again since counts from itself."""
    ended = (story.case.noted.get(f"{ENDED}{step}") for step in (opening.step, key))
    since = max((datetime.fromisoformat(str(moment)) for moment in ended if moment), default=story.at)
    calendar = story.on.calendar_at("vuorokausi", story.at)
    number, unit = (opening.number * 12, "month") if opening.unit == "year" else (opening.number, opening.unit)
    day = days_ahead(calendar.local_date(since), number, unit)
    return calendar.end_of_day(day - timedelta(days=1))


def _by_date(story: Story, opening: OpensByDate) -> datetime | None:
    """00.00 local of the day so long before or after the date that was recorded; None when none was."""
    recorded = story.case.noted.get(f"answers.{opening.field}")
    if not isinstance(recorded, str):
        return None
    calendar = story.on.calendar_at("vuorokausi", story.at)
    day = days_ahead(date.fromisoformat(recorded), opening.number, opening.unit)
    return calendar.end_of_day(day - timedelta(days=1))


def age_reached(story: Story, months_old: int) -> datetime | None:
    """00.00 local on the day of that age; None when the birth date isn't known yet."""
    born = story.on.clients.get(story.case.primary_client or "", {}).get("birth_date")
    if born is None:
        return None
    years, months = divmod(born.month - 1 + months_old, 12)
    day = min(born.day, _days_in(born.year + years, months + 1))
    return datetime(born.year + years, months + 1, day, tzinfo=HELSINKI).astimezone(UTC)


def _days_in(year: int, month: int) -> int:
    first_of_next = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=HELSINKI)
    return (first_of_next - timedelta(days=1)).day


def _wake_at(story: Story, subject: str, at: datetime) -> None:
    story.tell(e.TimerSet, timer_id=story.new_id("timer"), subject=subject, cycle=1, fire_at=at)


# --- branches -------------------------------------------------------------------------------------------------


def _open_branches(story: Story, run: StepRun) -> None:
    """`when` is latched on entry; an unknown one keeps its branch and shows what is missing."""
    facts = story.facts()
    for branch in story.on.pathway.branches_of(run.step):
        open_branch(story, run, branch, facts)
    _go_on_if_joined(story, run)


def open_branch(story: Story, run: StepRun, branch: str, facts: Mapping[str, Any]) -> None:
    """Open one branch of a run, or tell that it isn't needed."""
    pathway = story.on.pathway
    wanted = pathway.when(branch, facts)
    if wanted is False:
        story.tell(
            e.StepNotNeeded,
            run_id=story.new_id("run"),
            step=branch,
            why="condition",
            parent_run_id=run.run_id,
            branch=branch,
        )
    else:
        missing = () if wanted is True else wanted.missing
        enter(story, pathway.first_step_of(branch), parent=run, branch=branch, missing=missing)


def branch_states(story: Story, run: StepRun) -> dict[str, BranchState]:
    """How each branch of a run stands: done once its last run is done and none is open."""
    states: dict[str, BranchState] = {}
    for child in story.case.branches_of(run):
        branch = child.branch or child.step
        if child.is_live:
            states[branch] = "open"
        elif states.get(branch) != "open":
            states[branch] = "done" if child.state == "done" else "not_needed"
    return states


def _go_on_if_joined(story: Story, run: StepRun) -> None:
    pathway = story.on.pathway
    if not pathway.join_satisfied(run.step, branch_states(story, run)):
        return
    for child in story.case.branches_of(run):
        if child.is_live:
            story.tell(e.StepNotNeeded, run_id=child.run_id, step=child.step, why="join_satisfied")
    outcome = pathway.goes_on_with(run.step)
    if outcome:
        end_with(story, run, outcome)


# --- outcomes -------------------------------------------------------------------------------------------------


def decide_outcome(
    story: Story, run: StepRun, outcome: str, answers: dict[str, bool | int | float | str], reason: str | None
) -> None:
    """End a step the way a worker says; law, consent and unfinished work may refuse, scores only suggest."""
    pathway = story.on.pathway
    if outcome not in pathway.outcomes_of(run.step):
        raise OutcomeNotPossible(outcome, run.step, pathway.outcomes_of(run.step))
    _check_ready(story, run, outcome, answers)
    _check_answers(story, run, answers)
    against = _against(story, run, outcome, answers)
    if against and not reason:
        raise ReasonMissing(f"choosing {outcome} although {against} is suggested")
    end_with(story, run, outcome, answers=answers, reason=reason, against=against)


def _against(story: Story, run: StepRun, outcome: str, answers: Mapping[str, bool | int | float | str]) -> str | None:
    """The outcome that is suggested instead, where one is."""
    pathway = story.on.pathway
    if not pathway.step(run.step).suggests:
        return None
    suggested = pathway.suggestion(run.step, {**story.facts(), **{f"answers.{k}": v for k, v in answers.items()}})
    return suggested if suggested != outcome else None


def _check_ready(story: Story, run: StepRun, outcome: str, answers: Mapping[str, bool | int | float | str]) -> None:
    """What a step needs is asked of an outcome that says it took place, not of one that says it didn't."""
    step = story.on.pathway.step(run.step)
    waiting: list[str] = []
    if run.state == "waiting":
        waiting.append("opens")
    if step.branches and not story.on.pathway.join_satisfied(run.step, branch_states(story, run)):
        waiting += [branch for branch, state in branch_states(story, run).items() if state == "open"]
    if story.on.pathway.signals.happened(outcome):
        if step.kind is StepKind.CONSULTATION and not _consultation_is_answered(story, run):
            waiting.append("consultation answered")
        waiting += [need for need in step.needs if not _is_there(story, step, need, answers)]
    if waiting:
        raise StepNotReady(run.step, tuple(waiting))


def _consultation_is_answered(story: Story, run: StepRun) -> bool:
    """A consultation step ends once nothing asked in it waits for an answer, and something was asked."""
    if f"answered.{run.run_id}" in story.case.noted:
        return not any(
            c.run_id == run.run_id and c.state in ("requested", "accepted", "returned")
            for c in story.case.consultations.values()
        )
    return any(
        c.run_id == run.run_id and c.state in ("answered", "acknowledged") for c in story.case.consultations.values()
    )


def _is_there(story: Story, step: Step, text: str, answers: Mapping[str, bool | int | float | str]) -> bool:
    need, plan = parse_need(text), story.case.plan
    confirmation = confirmation_of(text)
    if confirmation:
        said = answers.get(confirmation.key)
        return said is True if confirmation.type == "yes_no" else _at_least(said, need.numbers[0])
    match need.form:
        case NeedForm.GOALS:
            return plan is not None and need.numbers[0] <= plan.goals <= need.numbers[1]
        case NeedForm.AGREEMENT:
            return plan is not None and plan.agreement is not None and plan.state == "agreed"
        case NeedForm.REVIEW:
            return plan is not None and plan.next_review is not None and _is_within(story, plan.next_review, need.span)
        case NeedForm.RESPONSIBLE_WORKER:
            return story.case.responsible is not None and not story.case.responsible.is_queue
        case NeedForm.OWN_WORKER:
            return story.case.own_worker is not None
        case NeedForm.ALL_FIELDS:
            return all(_is_answered(story, key, asked, answers) for key, asked in step.fields.items())
    return True


def _is_answered(story: Story, key: str, asked: Field_, answers: Mapping[str, bool | int | float | str]) -> bool:
    """Whether a question has its answer, now or from before; free words are kept apart and aren't asked for here."""
    if asked.type in ("text", "long_text", "phone"):
        return True
    return key in answers or f"answers.{key}" in story.case.noted or (asked.fact or "") in story.case.noted


def _at_least(said: bool | int | float | str | None, number: int) -> bool:
    return isinstance(said, int | float) and not isinstance(said, bool) and said >= number


def _is_within(story: Story, day: object, span: str) -> bool:
    calendar = story.on.calendar_at("vuorokausi", story.at)
    last = due(story.at, (), parse_goal(span), calendar).due_on
    return bool(day <= last)  # type: ignore[operator]


def end_with(
    story: Story,
    run: StepRun,
    outcome: str,
    *,
    answers: dict[str, bool | int | float | str] | None = None,
    reason: str | None = None,
    against: str | None = None,
) -> None:
    """End the run and go where the outcome leads."""
    target = story.on.pathway.step_after(run.step, outcome)
    story.tell(
        e.StepEnded,
        run_id=run.run_id,
        step=run.step,
        outcome=outcome,
        answers=answers or {},
        reason=reason,
        against_suggestion=against,
    )
    _note_what_it_says(story, run, outcome, answers or {})
    parent = story.case.runs.get(run.parent_run_id or "")
    if target.kind == "end":
        close(story, target.key, reason, whatever=_is_death(story, target.key))
    elif target.kind == "step":
        same_branch = {"parent": parent, "branch": run.branch} if _stays_inside(story, target.key, parent) else {}
        enter(story, target.key, by_outcome=outcome, from_step=run.step, **same_branch)  # type: ignore[arg-type]
        if parent and not same_branch:
            _leave_parent(story, parent)
    elif parent and parent.is_live:
        _go_on_if_joined(story, parent)


def _is_death(story: Story, end: str) -> bool:
    """A pathway may go on a little after a death (its relatives); then an outcome ends it, and nothing holds it open."""
    return str(Form.DIED.of()) in story.on.pathway.definition.ends[end].means


def _note_what_it_says(
    story: Story, run: StepRun, outcome: str, answers: Mapping[str, bool | int | float | str]
) -> None:
    """An answer or an outcome may set a fact that conditions ask for; an outcome may make the matter urgent."""
    step = story.on.pathway.step(run.step)
    if run.step in story.on.pathway.remembered and story.on.pathway.signals.happened(outcome):
        story.tell(e.FactNoted, name=f"{ENDED}{run.step}", value=story.at.isoformat())
    for key, value in answers.items():
        field = step.fields.get(key)
        if field and field.fact:
            story.tell(e.FactNoted, name=field.fact, value=value)
    for name, noted in step.outcome_facts.get(outcome, {}).items():
        story.tell(e.FactNoted, name=name, value=noted)
    words = story.on.pathway.outcome_text(outcome)
    if words and str(Form.URGENCY_SET_TO_URGENT.of()) in words.means and story.case.urgency != "urgent":
        story.tell(e.UrgencySet, urgency="urgent")


def _check_answers(story: Story, run: StepRun, answers: Mapping[str, bool | int | float | str]) -> None:
    """Answers are to what the step asks: its instruments and fields; another name is refused with the near miss."""
    step = story.on.pathway.step(run.step)
    confirmed = {confirmation.key for need in step.needs if (confirmation := confirmation_of(need))}
    asked = {*step.instruments, *step.fields, *confirmed}
    instruments = story.on.pathway.definition.vocabulary.instruments
    for key, value in answers.items():
        if key not in asked:
            near = did_you_mean(key, asked)
            raise Malformed(f"answers.{key}", f"{run.step} doesn't ask for this{'; ' + near if near else ''}")
        instrument = instruments.get(key) if key in step.instruments else None
        if instrument and instrument.type in ("int", "double"):
            _check_score(key, value, instrument.lowest, instrument.highest)
        if key in step.fields and step.fields[key].type == "date":
            _check_date(key, value)


def _check_date(key: str, value: bool | int | float | str) -> None:
    if not _is_date(value):
        raise Malformed(f"answers.{key}", "a date is written as 2027-01-31")


def _is_date(value: bool | int | float | str) -> bool:
    try:
        return date.fromisoformat(str(value)).isoformat() == value  # no week's day, no digits without hyphens
    except ValueError:
        return False


def _check_score(key: str, value: bool | int | float | str, lowest: float | None, highest: float | None) -> None:
    if isinstance(value, bool | str):
        raise Malformed(f"answers.{key}", "the result is a number")
    if (lowest is not None and value < lowest) or (highest is not None and value > highest):
        raise Malformed(f"answers.{key}", f"the result lies between {lowest:g} and {highest:g}")


def _stays_inside(story: Story, key: str, parent: StepRun | None) -> bool:
    return parent is not None and story.on.pathway.parent_of(key) == parent.step


def _leave_parent(story: Story, parent: StepRun) -> None:
    """A branch whose outcome leads out of the whole step ends the others with it."""
    for child in story.case.branches_of(parent):
        if child.is_live:
            story.tell(e.StepNotNeeded, run_id=child.run_id, step=child.step, why="join_satisfied")
    if story.case.runs[parent.run_id].is_live:
        story.tell(e.StepNotNeeded, run_id=parent.run_id, step=parent.step, why="join_satisfied")
