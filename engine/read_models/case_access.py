"""Looking at a case: it is loaded, access decides, and what a read model needs around it is at hand."""

from dataclasses import dataclass

from engine.access import CaseFacts, decide, facts_of
from engine.access_verbs import Ground
from engine.handle import Reading
from engine.ids import is_id
from engine.machine import CompiledPathway
from engine.store import Ask, LoadedCase, load_case
from pathways.case import Case
from pathways.errors import UnknownThing


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case its reader may see, and why."""

    loaded: LoadedCase
    pathway: CompiledPathway
    facts: CaseFacts
    ground: Ground

    @property
    def case(self) -> Case:
        return self.loaded.case

    @property
    def case_id(self) -> str:
        return self.loaded.case.case_id

    @property
    def unit_id(self) -> str:
        return self.loaded.case.unit_id

    @property
    def client_ids(self) -> tuple[str, ...]:
        return tuple(sorted(client.client_id for client in self.case.clients.values() if client.until is None))


def see_case(reading: Reading, case_id: str, *, everything: bool = False) -> SeenCase:
    """Load a case without locking it, or refuse as if it didn't exist. The caller notes the read."""
    loaded = load_any_case(reading, case_id, everything=everything)
    facts = facts_of(loaded.case, reading.today)
    ground = decide(reading.actor, "see", facts, key=case_id)
    return SeenCase(loaded, pathway_of(reading, loaded.case), facts, ground)


def load_any_case(reading: Reading, case_id: str, *, everything: bool = False) -> LoadedCase:
    """Load a case without asking who may see it: for a consultation's page, which decides by the question."""
    if not is_id(case_id):
        raise UnknownThing("case", case_id)
    ask = Ask(everything=everything)
    loaded = load_case(reading.connection, reading.actor.tenant_id, case_id, ask, lock=False)
    if loaded is None:
        raise UnknownThing("case", case_id)
    return loaded


def pathway_of(reading: Reading, case: Case) -> CompiledPathway:
    """The version the case runs on."""
    tenant_id = reading.actor.tenant_id
    return reading.engine.published.version(reading.connection, tenant_id, case.pathway_id, case.version)
