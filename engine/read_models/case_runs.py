"""The steps of a case's page: what there is to do now, with what it takes, and what is done."""

from collections.abc import Iterator

from engine.access import verbs
from engine.machine import CompiledPathway
from engine.read_models.case_around import Around
from engine.read_models.case_parts import BranchShown, FieldShown, OutcomeShown, RunShown, Titled
from engine.read_models.titles import end_title, outcome_title, phase_of, phase_title, role_title, step_title, titled
from pathways.case import StepRun
from pathways.needs import confirmation_of
from pathways.step import Field_, Step

DONE_STATES = ("done", "not_needed", "cancelled")
RUN_VERBS = ("start", "assign-step", "act", "outcome")


def open_runs(around: Around) -> tuple[RunShown, ...]:
    """Work that is open now, oldest first; what waits for its day comes last."""
    runs = sorted(around.case.open_runs, key=lambda run: (run.state == "waiting", run.entered_at, run.run_id))
    return tuple(_run(around, run) for run in runs)


def done_runs(around: Around) -> tuple[RunShown, ...]:
    """What was done or not needed, newest first."""
    runs = [run for run in around.case.runs.values() if run.state in DONE_STATES]
    runs.sort(key=lambda run: (run.ended_at or run.entered_at, run.run_id), reverse=True)
    return tuple(_run(around, run) for run in runs)


def _run(around: Around, run: StepRun) -> RunShown:
    pathway, language = around.seen.pathway, around.language
    step = pathway.step(run.step)
    phase = phase_of(pathway, run.step)
    branches = _branches(around, run)
    return RunShown(
        run_id=run.run_id,
        step=run.step,
        title=step_title(pathway, run.step, language),
        instruction=step.worker.in_language(language) if step.worker else "",
        client_words=step.client.in_language(language) if step.client else "",
        phase=phase,
        phase_title=phase_title(pathway, phase, language),
        kind=step.kind.value if step.kind else "work",
        role=run.role,
        role_title=role_title(pathway, run.role, language),
        state=run.state,
        visit=run.visit,
        parent_run_id=run.parent_run_id,
        branch=run.branch,
        entered_at=run.entered_at,
        opens_at=run.opens_at,
        started_at=run.started_at,
        ended_at=run.ended_at,
        assignee=around.workers.maybe(run.assignee),
        outcome=run.outcome,
        outcome_title=outcome_title(pathway, run.outcome, language) if run.outcome else None,
        by_outcome=run.by_outcome,
        outcomes=_outcomes(around, run) if run.is_live else (),
        missing=tuple(_fact(pathway, name, language) for name in run.missing),
        waits_for=branches,
        fields=_fields(around, step) if run.is_live else (),
        promise=around.promise_about(run.run_id),
        can=_verbs(around, run, branches),
    )


def _outcomes(around: Around, run: StepRun) -> tuple[OutcomeShown, ...]:
    pathway, language = around.seen.pathway, around.language
    suggested = pathway.suggestion(run.step, around.known)
    shown = []
    for outcome in pathway.outcomes_of(run.step):
        target = pathway.step_after(run.step, outcome)
        leads = {"step": step_title, "end": end_title}.get(target.kind)
        shown.append(
            OutcomeShown(
                key=outcome,
                title=outcome_title(pathway, outcome, language),
                leads_to=leads(pathway, target.key, language) if leads else "",
                ends_case=target.kind == "end",
                suggested=outcome == suggested,
            )
        )
    return tuple(shown)


def _branches(around: Around, run: StepRun) -> tuple[BranchShown, ...]:
    """How each branch of the run stands: done once its last run is done and none is open."""
    states: dict[str, BranchShown] = {}
    for child in around.case.branches_of(run):
        key = child.branch or child.step
        before = states.get(key)
        if before and before.state == "open":
            continue
        state = "open" if child.is_live else "done" if child.state == "done" else "not_needed"
        title = step_title(around.seen.pathway, key, around.language)
        states[key] = BranchShown(key, title, state)  # type: ignore[arg-type]
    return tuple(states.values())


def _fields(around: Around, step: Step) -> tuple[FieldShown, ...]:
    instruments = around.seen.pathway.definition.vocabulary.instruments
    language, noted = around.language, around.case.noted
    measures = tuple(
        FieldShown(
            key=key,
            title=titled(instruments.get(key), language, key),
            type="yes_no" if key in instruments and instruments[key].type == "bool" else "number",
            choices=(),
            instruction="",
            required_at=None,
            value=noted.get(f"answers.{key}"),
        )
        for key in step.instruments
    )
    asked = tuple(_field(key, field, language, noted) for key, field in step.fields.items())
    return measures + asked + tuple(_confirmations(step, language))


def _confirmations(step: Step, language: str) -> Iterator[FieldShown]:
    """What the worker confirms when the step took place: who was there, that the client has the summary."""
    for need in step.needs:
        confirmation = confirmation_of(need)
        if confirmation:
            title = confirmation.title.in_language(language)
            yield FieldShown(confirmation.key, title, confirmation.type, (), "", "assessment", None)


def _field(key: str, field: Field_, language: str, noted: object) -> FieldShown:
    known = noted.get(field.fact or f"answers.{key}") if isinstance(noted, dict) else None
    return FieldShown(
        key=key,
        title=field.title.in_language(language),
        type=field.type,
        choices=tuple(Titled(choice, words.in_language(language)) for choice, words in field.choices.items()),
        instruction=field.instruction.in_language(language) if field.instruction else "",
        required_at=field.required_at,
        value=known,
    )


def _fact(pathway: CompiledPathway, name: str, language: str) -> Titled:
    """What an unanswered question is called: a fact of the client, or what a step of this pathway asks."""
    known = pathway.variables.get(name)
    return Titled(name, titled(known.meaning if known else None, language, name))


def _verbs(around: Around, run: StepRun, branches: tuple[BranchShown, ...]) -> tuple[str, ...]:
    if not run.is_live or around.case.state != "open":
        return ()
    joined = not branches or around.seen.pathway.join_satisfied(run.step, {b.branch: b.state for b in branches})
    possible = {
        "start": run.state == "open",
        "assign-step": run.state != "waiting",
        "act": run.state != "waiting",
        "outcome": run.state != "waiting" and joined and bool(around.seen.pathway.outcomes_of(run.step)),
    }
    may = verbs(around.reading.actor, around.seen.facts, RUN_VERBS)
    return tuple(verb for verb in may if possible[verb])
