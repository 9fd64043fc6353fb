"""Differences: what one version of a pathway says otherwise than another. Pure, and complete: equal texts have none.

A difference names the area, the key in it, what changed and both values as the definition writes them;
`difference_words.py` says them to people, `drawing/compared.py` draws them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from engine.placed_steps import PlacedStep, placed_steps
from pathways.definition import PathwayDefinition
from pathways.definition_parts import Part
from pathways.goal import parse_goal

Area = Literal[
    "pathway",
    "phase",
    "role",
    "responsible",
    "step",
    "outcome",
    "promise",
    "ladder",
    "end",
    "handover",
    "event",
    "measure",
    "word",
]
Change = Literal["added", "removed", "renamed", "changed"]
AREAS: tuple[Area, ...] = (
    *("pathway", "phase", "step", "outcome", "role", "responsible", "promise", "ladder"),
    *("end", "handover", "event", "measure", "word"),
)
"""In the order in which people read them."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise. `aspect` is the key inside the thing; empty where all of it came or went.

    `before` and `after` are what the definitions say, as JSON knows it. A renamed thing has its old key in `before`.
    """

    area: Area
    change: Change
    key: str
    aspect: str = ""
    before: Any = None
    after: Any = None

    @property
    def place(self) -> str:
        """Such as `promise palvelu.within`."""
        named = f"{self.key}.{self.aspect}" if self.key and self.aspect else self.key or self.aspect
        return f"{self.area} {named}".strip()

    @property
    def length(self) -> Literal["longer", "shorter"] | None:
        """How a time changed, where both count the same unit."""
        if self.aspect not in SPANS or not (isinstance(self.before, str) and isinstance(self.after, str)):
            return None
        old, new = parse_goal(self.before), parse_goal(self.after)
        if old.unit != new.unit or old.number == new.number:
            return None
        return "longer" if new.number > old.number else "shorter"


SPANS = frozenset({"within", "target", "every", "reuse", "stay_open"})


def differences(old: PathwayDefinition, new: PathwayDefinition) -> tuple[Difference, ...]:
    """Return everything that `new` says otherwise than `old`, area by area in the order of the files."""
    renamed = renamed_steps(old, new)
    found = [*_of_steps(old, new, renamed), *_of_responsible(old, new, renamed)]
    for area, name in _KEYED.items():
        found += _of_things(area, _called_now(_dumped(getattr(old, name)), renamed), _dumped(getattr(new, name)))
    found += _of_things("promise", _called_now(_promises(old), renamed), _promises(new))
    found += _of_things("handover", *({each.to: _plain(each) for each in one.handovers} for one in (old, new)))
    found += _of_things("measure", _measures(old), _measures(new))
    found += _of_things("word", *(_words(one) for one in (old, new)))
    found += list(_aspects("pathway", "", *(_top(one) for one in (old, new))))
    return tuple(sorted(found, key=lambda each: AREAS.index(each.area)))


_KEYED: Mapping[Area, str] = {
    "phase": "phases",
    "outcome": "outcomes",
    "role": "roles",
    "ladder": "ladders",
    "end": "ends",
    "event": "events",
}
_TOLD_APART = {*_KEYED.values(), "steps", "responsible", "promises", "handovers", "measures", "vocabulary"}
_UNTOLD = {"pathway", "version", "expanded"}
"""A new version has a new number, and a file becomes expanded; neither is a difference in what it says."""


def _top(definition: PathwayDefinition) -> dict[str, Any]:
    """What stands beside everything that is told by its key."""
    return {name: said for name, said in _plain(definition).items() if name not in _TOLD_APART | _UNTOLD}


def differing_parts(old: PathwayDefinition, new: PathwayDefinition, most: int = 6) -> tuple[str, ...]:
    """Return where two texts differ, in a few words each; the rest is counted."""
    places = list(dict.fromkeys(each.place for each in differences(old, new)))
    return (*places[:most], *([f"and {len(places) - most} more"] if len(places) > most else []))


# --- steps ------------------------------------------------------------------------------------------------------


def renamed_steps(old: PathwayDefinition, new: PathwayDefinition) -> dict[str, str]:
    """Return steps that go on under another key, old → new: the same title, or the same work under another title."""
    before, after = ({placed.key: placed for placed in placed_steps(one)} for one in (old, new))
    gone = [placed for key, placed in before.items() if key not in after]
    come = {key: placed for key, placed in after.items() if key not in before}
    found: dict[str, str] = {}
    for placed in gone:
        same = next((key for key, other in come.items() if key not in found.values() and _alike(placed, other)), None)
        if same:
            found[placed.key] = same
    return found


def _alike(one: PlacedStep, other: PlacedStep) -> bool:
    mine, theirs = one.step, other.step
    if mine.kind != theirs.kind or bool(mine.branches) != bool(theirs.branches):
        return False
    if mine.title and theirs.title and mine.title.fi.casefold() == theirs.title.fi.casefold():
        return True
    untold = {"title", "worker", "client"}
    return mine.model_dump(exclude=untold) == theirs.model_dump(exclude=untold) and bool(mine.outcomes)


def _of_steps(old: PathwayDefinition, new: PathwayDefinition, renamed: Mapping[str, str]) -> Iterator[Difference]:
    before = {renamed.get(placed.key, placed.key): placed for placed in placed_steps(old)}
    after = {placed.key: placed for placed in placed_steps(new)}
    for key, placed in before.items():
        if key not in after:
            yield Difference("step", "removed", key, before=_step(placed, renamed))
    for key, placed in after.items():
        known = before.get(key)
        if known is None:
            yield Difference("step", "added", key, after=_step(placed, {}))
            continue
        if known.key != key:
            yield Difference("step", "renamed", key, before=known.key, after=key)
        yield from _aspects("step", key, _step(known, renamed), _step(placed, {}))


_INSIDE = {"all", "any", "n_of", "steps"}


def _step(placed: PlacedStep, renamed: Mapping[str, str]) -> dict[str, Any]:
    """What a step says, with where it stands; what is inside it is told step by step."""
    said = {name: value for name, value in _plain(placed.step).items() if name not in _INSIDE}
    said["outcomes"] = {key: _target(text, renamed) for key, text in placed.step.outcomes.items()}
    for name, held in (("inside", placed.parent), ("branch", placed.branch if placed.branch != placed.key else None)):
        said[name] = renamed.get(held, held) if held else None
    if placed.step.branches:
        said["join"] = "_".join(placed.step.join_path[:1]) + (f" {placed.step.n_of.n}" if placed.step.n_of else "")
        said["branches"] = [renamed.get(key, key) for key in placed.step.branches]
    return {name: value for name, value in said.items() if value not in (None, {}, [])}


def _target(text: str, renamed: Mapping[str, str]) -> str:
    return renamed.get(text, text)


def _of_responsible(old: PathwayDefinition, new: PathwayDefinition, renamed: Mapping[str, str]) -> Iterator[Difference]:
    before = {renamed.get(each.from_step, each.from_step): each.role for each in old.responsible}
    after = {each.from_step: each.role for each in new.responsible}
    yield from _of_things(
        "responsible", *({key: {"role": role} for key, role in one.items()} for one in (before, after))
    )


# --- everything else ----------------------------------------------------------------------------------------------


def _promises(definition: PathwayDefinition) -> dict[str, Any]:
    """Those made from a step's own target are told with the step."""
    return {key: _plain(each) for key, each in definition.promises.items() if not each.step}


_NAMES_STEPS = {"starts", "kept_when", "cancelled_when", "signals", "enters", "means"}
"""Keys that hold phrases or names with steps in them; no words for people."""


def _called_now(things: dict[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    """Things of the old version with steps called as the new one calls them: a new name alone changes nothing else."""
    if not renamed:
        return things
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, renamed))})\b")

    def now(value: Any, *, named: bool = False) -> Any:
        if isinstance(value, dict):
            return {
                key: now(each, named=key in _NAMES_STEPS or (named and key != "title")) for key, each in value.items()
            }
        if isinstance(value, list):
            return [now(each, named=named) for each in value]
        return pattern.sub(lambda found: renamed[found[1]], value) if named and isinstance(value, str) else value

    return {key: now(thing) for key, thing in things.items()}


def _measures(definition: PathwayDefinition) -> dict[str, Any]:
    said = {key: _plain(each) for key, each in definition.measures.instruments.items()}
    return said | {key: _plain(each) for key, each in definition.measures.indicators.items()}


def _words(definition: PathwayDefinition) -> dict[str, Any]:
    """The shared words a version was published with, group by group."""
    groups = _plain(definition.vocabulary)
    return {f"{group}.{key}": words for group, known in groups.items() for key, words in known.items()}


def _dumped(things: Mapping[str, Part]) -> dict[str, Any]:
    return {key: _plain(thing) for key, thing in things.items()}


def _plain(value: Any) -> Any:
    """A value as JSON knows it, defaults left out."""
    if isinstance(value, Part):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return {key: _plain(each) for key, each in value.items()} if isinstance(value, Mapping) else value


def _of_things(area: Area, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    found = [Difference(area, "removed", key, before=thing) for key, thing in before.items() if key not in after]
    for key, thing in after.items():
        if key not in before:
            found.append(Difference(area, "added", key, after=thing))
        else:
            found += _aspects(area, key, before[key], thing)
    return found


def _aspects(area: Area, key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for aspect in dict.fromkeys((*before, *after)):
        was, now = before.get(aspect), after.get(aspect)
        if was != now:
            yield Difference(area, "changed", key, aspect, was, now)


# --- for whom draws them ------------------------------------------------------------------------------------------


def changed_steps(found: Iterable[Difference], renamed: Mapping[str, str]) -> dict[str, dict[str, Change]]:
    """Return how each step is marked: `old` and `new`, step key → change. A role's or clock's change marks no step."""
    back = {new: old for old, new in renamed.items()}
    marks: dict[str, dict[str, Change]] = {"old": {}, "new": {}}
    for each in found:
        if each.area not in ("step", "responsible"):
            continue
        one = replace(each, change="changed") if each.area == "responsible" else each
        if one.change != "added":
            marks["old"].setdefault(back.get(one.key, one.key), one.change)
        if one.change != "removed":
            marks["new"].setdefault(one.key, one.change)
    return marks
