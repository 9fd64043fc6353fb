"""What is talked about on a case's page: the client plan and the consultations."""

from pydantic import ValidationError

from engine.access import CaseFacts, decide_question, may
from engine.read_models.case_around import Around
from engine.read_models.case_parts import CaseConsultation, PlanShown, PlanVersionShown
from engine.read_models.titles import organisation_title, profession_title
from pathways.actor import Actor
from pathways.client_plan import ClientPlan, PlanContent
from pathways.consultation import Consultation
from pathways.errors import NotAllowed, UnknownThing


def plan_shown(around: Around) -> PlanShown | None:
    """The newest version with its content; None before there is one."""
    plan = around.case.plan
    if plan is None:
        return None
    return PlanShown(
        version=plan.version,
        state=plan.state,
        content=plan_content(around.texts.body(plan.text_id)),
        goals=plan.goals,
        updated_at=plan.updated_at,
        updated_by=around.workers.named(plan.updated_by),
        next_review=plan.next_review,
        agreement=plan.agreement,
        agreed_at=plan.agreed_at,
        client_view=around.texts.body(plan.client_view_text),
        versions=tuple(_version(around, version) for _, version in sorted(around.case.plans.items(), reverse=True)),
        can=_plan_verbs(around, plan),
    )


def plan_content(body: str | None) -> PlanContent | None:
    """The content of a version; None when its words were erased."""
    if body is None:
        return None
    try:
        return PlanContent.model_validate_json(body)
    except ValidationError:  # written by a release that knew other fields: shown as missing, never as an error
        return None


def _version(around: Around, plan: ClientPlan) -> PlanVersionShown:
    return PlanVersionShown(
        version=plan.version,
        state=plan.state,
        updated_at=plan.updated_at,
        updated_by=around.workers.named(plan.updated_by),
        agreement=plan.agreement,
        agreed_at=plan.agreed_at,
    )


def _plan_verbs(around: Around, plan: ClientPlan) -> tuple[str, ...]:
    if around.case.state != "open" or not may(around.reading.actor, "plan", around.seen.facts):
        return ()
    possible = {"write": True, "send": plan.state == "draft", "agreement": plan.state in ("draft", "with_client")}
    return tuple(verb for verb, fits in possible.items() if fits)


def consultations_shown(around: Around) -> tuple[CaseConsultation, ...]:
    """Every consultation, the open ones first, then the newest."""
    asked = sorted(around.case.consultations.values(), key=lambda c: c.asked_at, reverse=True)
    return tuple(_consultation(around, c) for c in sorted(asked, key=lambda c: not c.is_open))


def _consultation(around: Around, asked: Consultation) -> CaseConsultation:
    pathway, language = around.seen.pathway, around.language
    return CaseConsultation(
        consultation_id=asked.consultation_id,
        state=asked.state,
        asked_by=around.workers.named(asked.asked_by),
        asked_at=asked.asked_at,
        profession=asked.profession,
        profession_title=profession_title(pathway, asked.profession, language),
        organisation=asked.organisation,
        organisation_title=organisation_title(pathway, asked.organisation, language),
        worker=around.workers.maybe(asked.worker_id),
        accepted_by=around.workers.maybe(asked.accepted_by),
        answered_by=around.workers.maybe(asked.answered_by),
        answered_at=asked.answered_at,
        urgency=asked.urgency,
        language=asked.language,
        question=around.texts.body(asked.question_text),
        answer=around.texts.body(asked.answer_text),
        return_words=around.texts.body(asked.return_text),
        run_id=asked.run_id,
        cycle=asked.cycle,
        promise=around.promise_about(asked.consultation_id),
        can=_verbs(around, asked),
    )


def _verbs(around: Around, asked: Consultation) -> tuple[str, ...]:
    if around.case.state != "open":
        return ()
    return possible_verbs(around.reading.actor, around.seen.facts, asked)


def possible_verbs(actor: Actor, facts: CaseFacts, asked: Consultation) -> tuple[str, ...]:
    """The arrows this reader may take from where the consultation stands."""
    possible = []
    for verb in asked.verbs():
        try:
            decide_question(actor, verb, asked.consultation_id, facts)
        except (NotAllowed, UnknownThing):
            continue
        possible.append(verb)
    return tuple(possible)
