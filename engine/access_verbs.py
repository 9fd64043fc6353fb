"""Who may do what to a case: every verb with the relations that allow it, and the verb of every command."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pathways import commands as c

Ground = Literal[
    "system", "responsible", "own_worker", "substitute", "member", "assignee", "lead", "unit", "receiving", "asked"
]
"""Why somebody may see or do; the access log keeps it."""

CARE_TEAM: tuple[Ground, ...] = ("responsible", "own_worker", "substitute", "member", "assignee")
SEES: tuple[Ground, ...] = (*CARE_TEAM, "lead", "unit", "receiving")
ACTS: tuple[Ground, ...] = (*CARE_TEAM, "lead", "unit")
ANSWERS: tuple[Ground, ...] = ("responsible", "own_worker", "substitute", "lead")


@dataclass(frozen=True, slots=True)
class Verb:
    """Who may do one thing to a case, and what it needs in a word that `api/messages.py` can say."""

    grounds: tuple[Ground, ...]
    needs: str


_ACT = Verb(ACTS, "care_team")
_ANSWER = Verb(ANSWERS, "responsible_or_lead")
_LEAD = Verb(("lead",), "team_lead")
_ASKED = Verb(("asked",), "asked_professional")

VERBS: Mapping[str, Verb] = {
    "see": Verb(SEES, "care_team"),
    "act": _ACT,
    "urgency": _ACT,
    "join-client": _ACT,
    "identify-client": _ACT,
    "language": _ACT,
    "start": _ACT,
    "outcome": _ACT,
    "assign-step": _ACT,
    "event": _ACT,
    "note": _ACT,
    "plan": _ACT,
    "plan-send": _ACT,
    "plan-agreement": _ACT,
    "consult": _ACT,
    "pause": _ACT,
    "resume": _ACT,
    "claim": _ACT,
    "responsible-worker": _ANSWER,
    "own-worker": _ANSWER,
    "hand-over": _ANSWER,
    "correct": _ANSWER,
    "approve-closing": _ANSWER,
    "close": _ANSWER,
    "acknowledge": Verb(("responsible", "substitute"), "responsible_worker"),
    "decide-hand-over": Verb(("receiving",), "receiving_unit"),
    "cover": _LEAD,
    "reason": _LEAD,
    "void-breach": _LEAD,
    "accept": _ASKED,
    "return": _ASKED,
    "answer": _ASKED,
    "decline": _ASKED,
    "complete": _ACT,
    "withdraw": _ACT,
    "acknowledge-answer": _ACT,
    "timer": Verb((), "the_system"),
}
"""Everything that can be asked of a case. A command that leads to none of them is refused."""

COMMAND_VERBS: Mapping[type[c.Command], str] = {
    c.RecordAct: "act",
    c.SetUrgency: "urgency",
    c.JoinClient: "join-client",
    c.IdentifyClient: "identify-client",
    c.ChooseLanguage: "language",
    c.StartStep: "start",
    c.DecideOutcome: "outcome",
    c.AssignStep: "assign-step",
    c.NameOwnWorker: "own-worker",
    c.AcknowledgeResponsibility: "acknowledge",
    c.CoverAbsence: "cover",
    c.EndSubstitution: "cover",
    c.ProposeHandover: "hand-over",
    c.DecideHandover: "decide-hand-over",
    c.RecordEvent: "event",
    c.NoteFact: "note",
    c.ApproveClosing: "approve-closing",
    c.CloseCase: "close",
    c.WritePlan: "plan",
    c.SendPlan: "plan-send",
    c.AgreePlan: "plan-agreement",
    c.RequestConsultation: "consult",
    c.PausePromise: "pause",
    c.ResumePromise: "resume",
    c.GiveBreachReason: "reason",
    c.VoidBreach: "void-breach",
    c.CorrectTime: "correct",
    c.RecalculatePromises: "timer",
    c.MigrateCase: "timer",
    c.ReverseMigration: "timer",
    c.FireTimer: "timer",
    c.FireTiers: "timer",
}
