"""Small definitions at random: a few steps with branches, a step beside, an event, and promises that hear of them."""

from typing import Any

from hypothesis import strategies as st

WHENS = (
    "client.has_children",
    "!client.has_children",
    "client.lives_alone",
    "client.has_children && client.lives_alone",
)
TEXT = {"fi": "a", "sv": "a"}
OUTCOMES = ("tehty", "jatkuu")
HANDED = ("vastaanotettu", "palautettu")


def definitions() -> st.SearchStrategy[dict[str, Any]]:
    """Give definitions as a file would hold them."""
    return st.composite(_definition)()


def _definition(draw: st.DrawFn) -> dict[str, Any]:
    main = [f"s{number}" for number in range(draw(st.integers(2, 4)))]
    steps = {key: _step(draw, key, main) for key in main}
    beside = draw(st.booleans())
    if beside:
        steps["sivussa"] = _work(draw) | {"by_hand": True, "outcomes": _outcomes(draw, ["done", "end e0"])}
    events = _events(draw) if beside else {}
    told = [*_told(steps), *(f"event {key}" for key, event in events.items() if "closes" not in event)]
    return {
        "pathway": "koe",
        "version": 1,
        "title": TEXT,
        "purpose": TEXT,
        "source": "x",
        "register": "terveys",
        "retention": "potilasasiakirja",
        "phases": {"alku": TEXT},
        "roles": {"hoitaja": {"title": TEXT, "professions": ["sairaanhoitaja"]}},
        "responsible": [{"from": draw(st.sampled_from(_workable(steps))), "role": "hoitaja"}],
        "promises": {f"p{number}": _promise(draw, told) for number in range(2)},
        "steps": steps,
        "loops": {"at_most": 3},
        "ends": {"e0": TEXT, "e1": TEXT},
        "events": events,
    }


def _events(draw: st.DrawFn) -> dict[str, Any]:
    closing = {"sulkee": {"title": TEXT, "closes": {"end": "e1"}}} if draw(st.booleans()) else {}
    return {"sattuu": {"title": TEXT}, **closing}


def _work(draw: st.DrawFn) -> dict[str, Any]:
    return {"title": TEXT, "kind": draw(st.sampled_from(["work", "contact"]))}


def _outcomes(draw: st.DrawFn, targets: list[str]) -> dict[str, str]:
    keys = OUTCOMES[: draw(st.integers(1, 2))]
    return {key: draw(st.sampled_from(targets)) for key in keys}


def _step(draw: st.DrawFn, key: str, main: list[str]) -> dict[str, Any]:
    outcomes = _outcomes(draw, [*main, "end e0", "end e1", "end e0"])
    kind = draw(st.sampled_from(["work", "work", "branches", "handover"]))
    if kind == "handover":
        return {
            "title": TEXT,
            "kind": kind,
            "to": "hus",
            "outcomes": dict(zip(HANDED, outcomes.values(), strict=False)),
        }
    if kind == "work":
        return _work(draw) | {"outcomes": outcomes}
    join = draw(st.sampled_from(["all", "all", "any", "n_of"]))
    branches: Any = {f"{key}_b{number}": _branch(draw, f"{key}_b{number}") for number in range(draw(st.integers(1, 3)))}
    inside = {"n": draw(st.integers(1, len(branches))), "branches": branches} if join == "n_of" else branches
    decide = {"decide": {"role": "hoitaja"}} if draw(st.booleans()) else {}
    return {"title": TEXT, join: inside, "outcomes": outcomes, **decide}


def _branch(draw: st.DrawFn, key: str) -> dict[str, Any]:
    when = {"when": draw(st.sampled_from(WHENS))} if draw(st.booleans()) else {}
    if draw(st.booleans()):
        return _work(draw) | when
    first, second = f"{key}_i0", f"{key}_i1"
    inside = {
        first: _work(draw) | {"outcomes": _outcomes(draw, [second, "done"])},
        second: _work(draw) | {"outcomes": {"tehty": "done"}},
    }
    return {"title": TEXT, "steps": inside} | when


def _branches(step: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = step.get("all") or step.get("any") or step.get("n_of", {}).get("branches", {})
    return found


def _workable(steps: dict[str, Any]) -> list[str]:
    """Return every step that somebody works on, those of branches too."""
    inner = [
        key for step in steps.values() for branch, one in _branches(step).items() for key in one.get("steps", [branch])
    ]
    return [*steps, *inner]


def _told(steps: dict[str, Any]) -> list[str]:
    """Return the phrases that these steps raise."""
    phrases = []
    for key in _workable(steps):
        phrases += [f"step {key} entered", f"step {key} done", f"step {key} not needed"]
    for key, step in steps.items():
        phrases += [f"outcome {key}.{outcome}" for outcome in step["outcomes"]]
    return phrases


def _promise(draw: st.DrawFn, told: list[str]) -> dict[str, Any]:
    once = draw(st.booleans())
    # whom a promise concerns is taken to be known when it would start the first time: only `once` could tell
    applies = {"applies": draw(st.sampled_from(WHENS))} if not once and draw(st.booleans()) else {}
    some = st.lists(st.sampled_from(told), min_size=1, max_size=2, unique=True)
    return {
        "kind": "promise",
        "title": TEXT,
        "starts": draw(some),
        "kept_when": [*draw(some), *(["client reached"] if draw(st.booleans()) else [])],
        "cancelled_when": draw(st.lists(st.sampled_from([*told, "case closed"]), max_size=2, unique=True)),
        "once": once,
        "on_handover": draw(st.sampled_from(["stays", "travels", "cancelled"])),
        "within": "3 days",
        **applies,
    }
