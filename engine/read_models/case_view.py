"""The case on one page: who answers, what is promised, what is next and what happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.access import verbs
from engine.access_log import Read
from engine.access_verbs import VERBS
from engine.handle import Reading
from engine.read_models.case_access import SeenCase, see_case
from engine.read_models.case_around import Around, around_of
from engine.read_models.case_parts import (
    CaseConsultation,
    ContactShown,
    HandoverShown,
    MemberShown,
    PlanShown,
    RunShown,
    Titled,
)
from engine.read_models.case_people import (
    assignment_shown,
    clients_shown,
    contacts_shown,
    handovers_shown,
    members_shown,
)
from engine.read_models.case_runs import done_runs, open_runs
from engine.read_models.case_talk import consultations_shown, plan_shown
from engine.read_models.case_timeline import Timeline, timeline_of
from engine.read_models.people_shown import AssignmentShown, ClientShown, unit_name
from engine.read_models.promise_shown import PromiseShown, worst_first
from engine.read_models.titles import end_title, pathway_title, phase_of, phase_title, titled
from pathways.definition_parts import Text
from pathways.time_words import Language

__all__ = ["CaseView", "Titled", "case_view"]

OF_CONSULTATIONS = ("accept", "return", "answer", "decline", "complete", "withdraw", "acknowledge-answer")
"""Said beside each consultation, not of the case."""
AFTER_CLOSING = ("see", "reason", "void-breach", "note")
"""What can still be done to a case that is closed."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the case page needs, from a fixed number of queries."""

    case_id: str
    number: str
    pathway_id: str
    pathway_title: str
    pathway_purpose: str
    version: int
    phase: str | None
    phase_title: str
    banner: Literal["unapproved", "training"] | None
    state: str
    end: str | None
    end_title: str | None
    unit_id: str
    unit_name: str
    register: str
    language: str
    channel: str
    urgency: str
    municipality: str | None
    restricted: bool
    episode: int
    opened_at: datetime
    closed_at: datetime | None
    stay_open_until: datetime | None
    origin_case_id: str | None
    set_aside: bool
    """Timers of this case failed and are retried: somebody should look."""
    revision: int
    clients: tuple[ClientShown, ...]
    responsible: AssignmentShown | None
    own_worker: AssignmentShown | None
    promises: tuple[PromiseShown, ...]
    """Live ones, worst first."""
    ended_promises: tuple[PromiseShown, ...]
    runs: tuple[RunShown, ...]
    """Open ones: what there is to do now."""
    done_runs: tuple[RunShown, ...]
    plan: PlanShown | None
    consultations: tuple[CaseConsultation, ...]
    timeline: Timeline
    members: tuple[MemberShown, ...]
    contacts: tuple[ContactShown, ...]
    handovers: tuple[HandoverShown, ...]
    events: tuple[Titled, ...]
    """Events of life that a worker may record on this pathway."""
    ends: tuple[Titled, ...]
    pause_reasons: tuple[Titled, ...]
    breach_reasons: tuple[Titled, ...]
    reasons: tuple[Titled, ...]
    """Reason codes for deciding against a suggestion or naming another worker."""
    can: tuple[str, ...]
    """Verbs this actor may do to the case now; see `engine.access.VERBS`."""

    @property
    def primary_client(self) -> ClientShown | None:
        return next((client for client in self.clients if client.primary), None)


def case_view(reading: Reading, case_id: str, language: Language) -> CaseView:
    """The whole page; `UnknownThing` when the case isn't the reader's to see."""
    seen = see_case(reading, case_id, everything=True)
    reading.note(Read("case", seen.ground, case_id=case_id, client_ids=seen.client_ids, unit_id=seen.unit_id))
    around = around_of(reading, seen, language)
    case, pathway, vocabulary = seen.case, seen.pathway, seen.pathway.definition.vocabulary
    phase = next((phase_of(pathway, run.step) for run in case.open_runs), None)
    promises = sorted((around.promise(p) for p in case.live_promises), key=worst_first)
    ended = [around.promise(p) for p in case.promises.values() if not p.is_live]
    return CaseView(
        case_id=case.case_id,
        number=case.number,
        pathway_id=case.pathway_id,
        pathway_title=pathway_title(pathway, language),
        pathway_purpose=pathway.definition.purpose.in_language(language),
        version=case.version,
        phase=phase,
        phase_title=phase_title(pathway, phase, language),
        banner=_banner(seen),
        state=case.state,
        end=case.end,
        end_title=end_title(pathway, case.end, language) if case.end else None,
        unit_id=case.unit_id,
        unit_name=unit_name(seen.loaded.unit, language),
        register=case.register_kind,
        language=case.language,
        channel=case.channel,
        urgency=case.urgency,
        municipality=case.municipality,
        restricted=case.restricted,
        episode=case.episode,
        opened_at=case.opened_at or reading.now,
        closed_at=case.closed_at,
        stay_open_until=case.stay_open_until,
        origin_case_id=case.origin_case_id,
        set_aside=around.set_aside,
        revision=case.revision,
        clients=clients_shown(around),
        responsible=assignment_shown(around, case.responsible),
        own_worker=assignment_shown(around, case.own_worker),
        promises=tuple(promises),
        ended_promises=tuple(sorted(ended, key=lambda p: p.ended_at or p.started_at, reverse=True)),
        runs=open_runs(around),
        done_runs=done_runs(around),
        plan=plan_shown(around),
        consultations=consultations_shown(around),
        timeline=timeline_of(reading, seen, language),
        members=members_shown(around),
        contacts=contacts_shown(around),
        handovers=handovers_shown(around),
        events=_events(seen, language),
        ends=tuple(Titled(key, titled(end, language, key)) for key, end in pathway.definition.ends.items()),
        pause_reasons=_titled(vocabulary.pause_reasons, language),
        breach_reasons=_titled(vocabulary.breach_reasons, language),
        reasons=_titled(vocabulary.breach_reasons, language),
        can=_verbs(around),
    )


def _banner(seen: SeenCase) -> Literal["unapproved", "training"] | None:
    """What every page of the case says aloud while its pathway isn't approved for use."""
    if not seen.pathway.definition.approved.missing():
        return None
    return "training" if seen.loaded.unit.get("training") else "unapproved"


def _events(seen: SeenCase, language: Language) -> tuple[Titled, ...]:
    events = seen.pathway.definition.events.items()
    return tuple(Titled(key, event.title.in_language(language)) for key, event in events if event.by != "engine")


def _titled(words: dict[str, Text], language: Language) -> tuple[Titled, ...]:
    return tuple(Titled(key, text.in_language(language)) for key, text in words.items())


def _verbs(around: Around) -> tuple[str, ...]:
    case = around.seen.case
    asked = [verb for verb in VERBS if verb not in OF_CONSULTATIONS]
    may = verbs(around.reading.actor, around.seen.facts, asked)
    if case.state == "closed":
        return tuple(verb for verb in may if verb in AFTER_CLOSING)
    responsible = case.responsible
    taken = responsible is None or not responsible.is_queue
    acknowledged = responsible is not None and responsible.acknowledged_at is not None
    left_out = {"claim"} if taken else set()
    return tuple(verb for verb in may if verb not in left_out and not (verb == "acknowledge" and acknowledged))
