"""Rules that find candidates: clients who may need many services (*paljon palveluja tarvitseva*). Data, never a verdict.

A rule proposes and a professional decides. What is counted, over which days, and against which threshold of the county
stands in a file that people read; a rule is a condition over those counts.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from pathways.definition_parts import Condition, Id, Part, Text
from pathways.spans import GoalText

RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{1,3}$")]
"""As the professionals say it: H1 … H14."""

Mode = Literal["face_to_face", "remote"]
Recorded = Literal["contacts", "no_shows", "ed_visits", "ward_stays", "readmissions", "emergency_tasks"]
"""What other systems may tell us of, day by day."""
CountOf = Literal[
    Recorded, "professions", "repeats", "breaches", "areas", "organisations", "household", "percentile", "years"
]
FoundBy = Literal["rule", "concern", "self"]
"""Who noticed: the count, a professional's concern, or the client."""


class Count(Part):
    """One number about a client. It is *unknown*, never 0, where nothing has told us anything."""

    of: CountOf
    title: Text
    within: int | None = Field(default=None, ge=1, le=1100)
    """Days back from the moment of counting; left out for what only stands now (service areas, household)."""
    physicians: bool = False
    professions: tuple[Id, ...] = ()
    modes: tuple[Mode, ...] = ()
    registers: tuple[Literal["sosiaali", "terveys", "yhteinen"], ...] = ()
    outcomes: tuple[Id, ...] = ()
    """For `no_shows`: the outcomes of steps that say the client didn't come."""
    settled_by: tuple[Id, ...] = ()
    """For `repeats`: the ends of a case that say its reason was settled."""
    among: Id | None = None
    """For `percentile`: the count in which the client is compared with the others of the same stratum."""
    smallest: int = Field(default=20, ge=2)
    """For `percentile`: with fewer people in the stratum nothing is said."""
    rules: tuple[RuleId, ...] = ()
    """For `years`: in how many of the last years did any of these rules hold."""
    years: int = Field(default=3, ge=2, le=3)

    @model_validator(mode="after")
    def _whole(self) -> "Count":  # noqa: N804 - an "after" validator is handed the model
        if self.of == "percentile" and not self.among:
            raise ValueError("percentile: say `among` which count the clients are compared")
        if self.of == "years" and not self.rules:
            raise ValueError("years: say whose `rules` held in a year")
        if self.of not in ("areas", "household", "percentile", "years") and self.within is None:
            raise ValueError("say `within` how many days it is counted")
        return self


class CandidateRule(Part):
    """One reason to look at somebody. `when` gives the weight; `direct_when` alone makes a candidate."""

    title: Text
    worker: Text
    """Why it was a hit, with the numbers: `{count}` and `{threshold}` are filled in."""
    client: Text
    """The same to the client, plainly."""
    when: Condition | None = None
    weight: int = Field(default=0, ge=0, le=10)
    direct_when: Condition | None = None
    cross_register: bool = False
    """May count over registers and units where the county's data protection officer has allowed it; else own cases."""
    shows: tuple[Id, ...] = ()
    """Counts told beside it that decide nothing."""
    found_by: FoundBy = "rule"
    version: int = Field(default=1, ge=1)
    source: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "CandidateRule":  # noqa: N804 - as above
        if not self.when and not self.direct_when:
            raise ValueError("say `when` or `direct_when` the rule holds")
        if self.when and not self.weight:
            raise ValueError("a rule with `when` needs a `weight`; one that is enough alone says `direct_when`")
        return self


class Exclusion(Part):
    """A planned series whose contacts aren't counted: they are listed, so that somebody may count them after all."""

    title: Text
    series: tuple[Id, ...] = ()
    """The series as the source system calls it."""
    pathways: tuple[Id, ...] = ()
    steps: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")], ...] = ()
    """`pathway.step`, for a series that is a part of a pathway."""
    with_plan: bool = False
    """Only where there is a plan for it: without one, many contacts may well be a sign."""


class Reason(Text):
    """Why a candidate is declined, or contacts are counted after all."""

    mutes: Literal["same_rules", "all"] = "same_rules"
    days: int | None = Field(default=None, ge=1, le=3660)
    """For how long it is silent, where that differs from the usual."""


class CandidateRules(Part):
    """One file of `candidates/`."""

    candidates: Id
    version: int = Field(ge=1)
    title: Text
    purpose: Text
    source: str
    pathway: Id
    """Whose case a confirmed candidate's is."""
    step: Id
    """The step at which it begins there."""
    through: dict[Id, Id] = {}
    """The steps on the way there, each with the outcome by which it is left."""
    limit: int = Field(ge=1)
    decide_within: GoalText
    calendar: str = "palveluaika"
    mute: int = Field(ge=1, le=3660)
    """Days for which a declined candidate's rules are silent."""
    counts: dict[Id, Count]
    rules: dict[RuleId, CandidateRule]
    exclusions: dict[Id, Exclusion] = {}
    decline_reasons: dict[Id, Reason]
    count_reasons: dict[Id, Text]
