"""Values: frozen dataclasses that change by being made anew. Every command does so some dozen times."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

V = TypeVar("V")

if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(value: Any, **changes: Any) -> Any:
        """`dataclasses.replace` at a sixth of its cost, for values without slots and without anything to compute."""
        changed = object.__new__(value.__class__)
        fields = changed.__dict__
        fields.update(value.__dict__)
        known = len(fields)
        fields.update(changes)
        if len(fields) != known:
            raise TypeError(f"{value.__class__.__name__} has no such field: {', '.join(changes)}")
        return changed


def made(kind: type[V], names: Iterable[str], values: Iterable[Any]) -> V:
    """A value of which every field is known, without its constructor's going through them one by one."""
    value = object.__new__(kind)
    value.__dict__.update(zip(names, values, strict=True))
    return value


__all__ = ["made", "replace"]
