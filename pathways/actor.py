"""Actor: who asks. Every command and every query takes one; the engine decides what it may do."""

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["case_worker", "consultant", "team_lead", "service_designer", "admin"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A worker as known at the moment of asking, or the system itself (timers)."""

    tenant_id: str
    worker_id: str
    name: str = ""
    roles: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    professions: frozenset[str] = frozenset()
    organisation: str = ""
    language: str = "fi"
    substitutes_for: frozenset[str] = field(default_factory=frozenset)
    leads: frozenset[str] | None = None
    """The units whose team lead this is; None means all of `units`, for a team lead."""
    is_system: bool = False

    def has(self, role: Role) -> bool:
        return role in self.roles

    def leads_unit(self, unit_id: str) -> bool:
        """Whether this is the team lead of that unit."""
        return self.has("team_lead") and unit_id in (self.units if self.leads is None else self.leads)


def the_system(tenant_id: str) -> Actor:
    """The actor of everything that only time asks for."""
    return Actor(tenant_id=tenant_id, worker_id="system", name="system", is_system=True)
