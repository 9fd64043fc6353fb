"""Every lifecycle is a machine: its states are reached, its ends are ends, and no arrow starts from a state nobody knows."""

from typing import get_args

import pytest
from transitions import Machine

from pathways import case, client_plan, consultation, service_promise
from pathways.arrows import Arrows, state_after, verbs_from
from pathways.errors import ArrowNotPossible

LIFECYCLES: dict[str, tuple[Arrows, tuple[str, ...], set[str]]] = {
    "consultation": (consultation.ARROWS, ("requested",), set(get_args(consultation.ConsultationState))),
    "plan": (client_plan.ARROWS, ("draft",), set(get_args(client_plan.PlanState))),
    "promise": (service_promise.ARROWS, ("running",), set(get_args(service_promise.PromiseState))),
    "hand-over": (case.HANDOVER_ARROWS, ("proposed",), {"proposed", "accepted", "rejected"}),
    "case": (case.CASE_ARROWS, ("new",), {"new", "open", "closed"}),
    "step run": (case.RUN_ARROWS, ("waiting", "open"), set(get_args(case.RunState))),
}


@pytest.mark.parametrize("name", LIFECYCLES)
def test_every_state_is_reached_and_every_arrow_starts_from_one(name: str) -> None:
    arrows, begins, states = LIFECYCLES[name]
    machine = Machine(model=None, states=sorted(states), initial=None, auto_transitions=False)
    for verb, (sources, target) in arrows.items():
        machine.add_transition(verb, list(sources), target)

    reached = set(begins)
    while True:
        further = {arrows[verb][1] for state in reached for verb in verbs_from(arrows, state)}
        if further <= reached:
            break
        reached |= further
    assert reached == states


def test_an_arrow_that_does_not_start_here_is_refused_with_those_that_do() -> None:
    with pytest.raises(ArrowNotPossible) as refused:
        state_after("promise", service_promise.ARROWS, "kept", "pause")

    assert refused.value.possible == ()
    assert state_after("promise", service_promise.ARROWS, "running", "cure") == "late"
