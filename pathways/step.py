"""A step: where work is done. Its kind says what can happen in it, its outcomes how a worker ends it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from pathways.definition_parts import Condition, Id, Part, Text
from pathways.needs import NeedText
from pathways.opening import OpeningText
from pathways.phrases import PhraseText
from pathways.promise_definition import PromiseKind
from pathways.spans import GoalText


class StepKind(StrEnum):
    """What a step is."""

    CONTACT = "contact"
    WORK = "work"
    ASSESSMENT = "assessment"
    DECISION = "decision"
    CONSULTATION = "consultation"
    PLAN = "plan"
    MEETING = "meeting"
    SERVICE = "service"
    HANDOVER = "handover"
    WAIT = "wait"
    SURVEY = "survey"


Register = Literal["sosiaali", "terveys", "yhteinen"]
TargetText = Annotated[str, StringConstraints(pattern=r"^(done|(end )?[a-z][a-z0-9_]*)$")]
"""Where an outcome leads: a step's key, `end <key>`, or `done` inside a branch."""


class Field_(Part):  # noqa: N801 - `Field` is pydantic's
    """One thing asked and recorded in a step, with how to record it."""

    title: Text
    type: Literal["text", "long_text", "yes_no", "choice", "choices", "number", "date", "phone"] = "text"
    choices: dict[Id, Text] = {}
    choices_from: Literal["schools"] | None = None
    """The county's file says what there is to choose from: its schools."""
    required_at: Literal["contact", "assessment"] | None = None
    instruction: Text | None = None
    register_: Register | None = Field(default=None, alias="register")
    fact: str | None = None
    """The variable of conditions that the answer sets, such as `client.language`."""


class Repeat(Part):
    """How often a step may be entered or its service held before a team lead decides."""

    at_most: int = Field(ge=1, le=1000)


class Asked(Part):
    """Whom a consultation asks: a profession, where wanted in a named organisation."""

    profession: Id
    organisation: Id | None = None


class Reply(Part):
    """By when a consultation is to be answered, and by when when it is urgent."""

    within: GoalText
    urgent: GoalText | None = None
    kind: PromiseKind = "target"


class Accept(Part):
    """By when the receiver of a hand-over accepts it (T7)."""

    within: GoalText
    urgent: GoalText | None = None


class Decide(Part):
    """Who decides once the branches have joined."""

    role: Id


class Consent(Part):
    """The client's agreement that a step needs; law and consent are what may refuse."""

    purpose: Text
    ground: Literal["consent", "disclosure_permission"] = "consent"
    organisations: tuple[Id, ...] = ()


SharedThing = Literal["question", "answer", "summary", "plan", "goals", "contact_details", "step", "decision"]


class Step(Part):
    """A step as written; a step with `all`, `any` or `n_of` holds branches that run side by side."""

    phase: Id | None = None
    title: Text | None = None
    worker: Text | None = None
    client: Text | None = None
    use: Id | None = None
    with_: dict[Id, Any] = Field(default={}, alias="with")
    kind: StepKind | None = None
    role: Id | None = None
    target: GoalText | None = None
    reply: GoalText | Reply | None = None
    accept: GoalText | Accept | None = None
    opens: OpeningText | None = None
    every: GoalText | None = None
    stay_open: GoalText | None = None
    repeat: Repeat | None = None
    needs: tuple[NeedText, ...] = ()
    instruments: tuple[Id, ...] = ()
    fields: dict[Id, Field_] = {}
    suggests: dict[Id, Condition] = {}
    when: Condition | None = None
    to: Id | None = None
    ask: Asked | None = None
    keeps_responsible: bool = False
    decide: Decide | None = None
    outcomes: dict[Id, TargetText] = {}
    means: tuple[PhraseText, ...] = ()
    """Phrases that ending this step raises, unless its outcome says that it didn't take place."""
    outcome_means: dict[Id, tuple[PhraseText, ...]] = {}
    """Phrases that one outcome of this step raises."""
    outcome_facts: dict[Id, dict[str, bool | int | str]] = {}
    """Facts that one outcome of this step notes, such as `verkosto: {case.segment: verkosto}`."""
    register_: Register | None = Field(default=None, alias="register")
    consent: Consent | None = None
    shares: dict[Id, tuple[SharedThing, ...]] = {}
    """What an organisation outside sees of this step."""
    reuse: GoalText | None = None
    """The same step done in another pathway counts when it is no older than this."""
    optional: bool = False
    by_hand: bool = False
    """Added to a case by a worker, not reached by an outcome."""
    all_: dict[Id, "Branch"] = Field(default={}, alias="all")
    any_: dict[Id, "Branch"] = Field(default={}, alias="any")
    n_of: "NOf | None" = None

    @property
    def branches(self) -> dict[str, "Branch"]:
        """The branches side by side, whatever joins them."""
        return self.all_ or self.any_ or (self.n_of.branches if self.n_of else {})

    @property
    def join_path(self) -> tuple[str, ...]:
        """The keys under which the branches are written."""
        if self.n_of:
            return ("n_of", "branches")
        return ("any",) if self.any_ else ("all",)

    def joins_at(self) -> int:
        """Return how many branches must be done for the step to go on."""
        if self.n_of:
            return self.n_of.n
        return 1 if self.any_ else len(self.all_)


class Branch(Step):
    """One of several things side by side: a step itself, or `steps` of its own that end in `done`."""

    steps: dict[Id, Step] = {}


class NOf(Part):
    """Goes on when `n` of the branches are done."""

    n: int = Field(ge=1)
    branches: dict[Id, Branch]


Step.model_rebuild()


@dataclass(frozen=True, slots=True)
class Target:
    """Where an outcome leads: to a step, to an end of the case, or to the end of its branch."""

    kind: Literal["step", "end", "done"]
    key: str = ""


def parse_target(text: str) -> Target:
    """Return where the words of an outcome lead."""
    if text == "done":
        return Target("done")
    if text.startswith("end "):
        return Target("end", text.removeprefix("end "))
    return Target("step", text)
