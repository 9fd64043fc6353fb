"""Whether a client is a candidate: (what was counted, the rules, what is muted) → hits and a score. Pure.

A hit tells its rule and version, the counts, the thresholds and the window, so that it can be explained in words. What
nobody has told us is *unknown*: its rule neither holds nor fails, and that is said.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from engine.candidate_rules import ReadRule, RuleBook
from engine.conditions import Condition, Truth, Unknown, evaluate
from engine.facts import FactValue
from pathways.candidate import FoundBy

Facts = Mapping[str, FactValue | None]


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of one client: over the unit's own cases, and over all where that is allowed.

    `years` holds the same counts of each of the last years alone, the newest first.
    """

    own: Facts
    everywhere: Facts | None = None
    years: tuple[Facts, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that held. `window` is the longest span in days it was counted over, 0 for what stands now."""

    rule: str
    version: int
    weight: int
    direct: bool
    found_by: FoundBy
    counts: Mapping[str, FactValue | None]
    thresholds: Mapping[str, int | float]
    window: int
    cross_register: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """What all rules came to. `unknown`: rule → the facts nobody has told."""

    hits: tuple[Hit, ...]
    limit: int
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def points(self) -> int:
        return sum(hit.weight for hit in self.hits)

    @property
    def is_direct(self) -> bool:
        """Whether one reason is enough alone."""
        return any(hit.direct for hit in self.hits)

    @property
    def is_candidate(self) -> bool:
        """Whether a professional is asked to look. Nothing else follows."""
        return self.is_direct or self.points >= self.limit

    @property
    def found_by(self) -> FoundBy:
        """What it took: the counts alone, else the client's own words, else a professional's concern."""
        if sum(hit.weight for hit in self.hits if hit.found_by == "rule") >= self.limit:
            return "rule"
        told = {hit.found_by for hit in self.hits if hit.direct} or {hit.found_by for hit in self.hits}
        return "self" if "self" in told else "concern" if "concern" in told else "rule"


def score(book: RuleBook, counted: Counted, muted: Collection[str] = ()) -> Score:
    """Ask every rule that isn't muted."""
    hits, unknown = [], {}
    for rule in book.rules.values():
        if rule.id in muted:
            continue
        facts = _facts_of(book, rule, counted)
        found = _asked(book, rule, facts)
        if isinstance(found, Hit):
            hits.append(found)
        elif found:
            unknown[rule.id] = found
    return Score(tuple(hits), book.said.limit, unknown)


def _facts_of(book: RuleBook, rule: ReadRule, counted: Counted) -> Facts:
    """A rule that may count over registers does so only where the county has switched it on."""
    wide = book.cross_register and rule.said.cross_register and counted.everywhere is not None
    facts = counted.everywhere or {} if wide else counted.own
    lasting = [name for name in rule.counts if book.said.counts[name].of == "years"]
    return {**facts, **{f"count.{name}": _years(book, name, counted) for name in lasting}} if lasting else facts


def _years(book: RuleBook, name: str, counted: Counted) -> int | None:
    """In how many of the last years did any of its rules hold; unknown while nothing tells of any year."""
    count = book.said.counts[name]
    answers = [list(_held(book, count.rules, facts)) for facts in counted.years[: count.years]]
    held = sum(True in year for year in answers)
    nothing_told = all(isinstance(answer, Unknown) for year in answers for answer in year)
    return None if not held and nothing_told else held


def _held(book: RuleBook, rules: Collection[str], facts: Facts) -> Iterator[Truth]:
    for key in rules:
        condition = book.rules[key].when
        if condition is not None:
            yield _truth(condition, facts)


def _asked(book: RuleBook, rule: ReadRule, facts: Facts) -> Hit | tuple[str, ...]:
    """The hit, or the facts that are missing to say; nothing where the rule simply doesn't hold."""
    direct, holds = _truth(rule.direct_when, facts), _truth(rule.when, facts)
    if direct is True or holds is True:
        return _hit(book, rule, facts, direct=direct is True)
    missing = [name for truth in (direct, holds) if isinstance(truth, Unknown) for name in truth.missing]
    return tuple(dict.fromkeys(missing))


def _truth(condition: Condition | None, facts: Facts) -> Truth:
    """As the condition says; of nothing known nothing follows, which is most of what a night has to say."""
    if condition is None:
        return False
    if all(facts.get(name) is None for name in condition.names):
        return Unknown(condition.names)
    return evaluate(condition, facts)


def _hit(book: RuleBook, rule: ReadRule, facts: Facts, *, direct: bool) -> Hit:
    shown = [*rule.names, *(f"count.{name}" for name in rule.said.shows)]
    windows = [book.said.counts[name].within or 0 for name in rule.counts]
    return Hit(
        rule=rule.id,
        version=rule.said.version,
        weight=rule.said.weight,
        direct=direct,
        found_by=rule.said.found_by,
        counts={name.removeprefix("count."): facts.get(name) for name in dict.fromkeys(shown)},
        thresholds=dict(rule.thresholds),
        window=max(windows, default=0),
        cross_register=book.cross_register and rule.said.cross_register,
    )
