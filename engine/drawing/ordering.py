"""Ordering: small linear orders that make few crossings, by moving one thing at a time to its best place."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def least_costly(things: Sequence[T], cost: Callable[[T, T], float]) -> list[T]:
    """Return the things so ordered that the sum of `cost(before, after)` over all pairs is low. Deterministic."""
    costs = {(a, b): cost(a, b) for a in things for b in things if a != b}
    order: list[T] = []
    for thing in things:
        order = _inserted(thing, order, costs)
    for _ in range(6):
        before = list(order)
        for thing in before:
            rest = [other for other in order if other != thing]
            order = _inserted(thing, rest, costs, order.index(thing))
        if order == before:
            break
    return order


def _inserted(thing: T, rest: list[T], costs: dict[tuple[T, T], float], now: int | None = None) -> list[T]:
    """Put one thing where it costs least; it stays where it is unless another place is better."""
    cost = sum(costs[thing, other] for other in rest)
    prices = [cost]
    for other in rest:
        cost += costs[other, thing] - costs[thing, other]
        prices.append(cost)
    stay = len(rest) if now is None else now
    best = min(range(len(prices)), key=lambda place: (prices[place], abs(place - stay), place))
    return [*rest[:best], thing, *rest[best:]]
