"""Candidates: what other systems tell, the night's counting, whom it proposes and why, and what a person answers."""

from functools import cache

from engine import candidate_decisions as decisions
from engine.candidate_rules import RuleBook, load_rule_book
from engine.candidates import find_candidates
from engine.external_counts import ToldCount, record_counts
from engine.handle import Idempotency
from engine.read_models.candidates import CandidateShown, candidate_list
from features.sentences import step
from features.world import CheckFailed, World
from pathways.commands import NoteFact


@cache
def the_rules() -> RuleBook:
    """The shipped rules with the invented county's thresholds."""
    book = load_rule_book()
    if book is None:
        raise CheckFailed("the invented county has no rules of candidates")
    return book


@step(
    "when",
    fi="{worker} tuo toisesta järjestelmästä tiedon, että asiakkaalla {client} on {count:number} päivystyskäyntiä",
    sv="{worker} för in uppgiften från ett annat system att klienten {client} har {count:number} jourbesök",
    en="{worker} brings in from another system that the client {client} has {count:number} emergency visits",
)
def tells_visits(world: World, worker: str, client: str, count: int) -> None:
    """Today; each time under a new number of that system."""
    known, actor = world.client(client), world.actor(worker)
    today = world.time.now.date()
    told = ToldCount("ed_visits", today, count, "potilastietojärjestelmä", world.new_id(), "terveys")
    unit = min(actor.units)
    key = Idempotency(world.new_id(), known.client_id)
    world.attempt(lambda: record_counts(world.engine, actor, known.client_id, unit, [told], key, world.time.now))


@step(
    "when",
    fi="{worker} kirjaa, että asiakas {client} joutuu kertomaan saman uudelleen",
    sv="{worker} antecknar att klienten {client} måste berätta samma sak på nytt",
    en="{worker} notes that the client {client} has to tell the same again",
)
def notes_words(world: World, worker: str, client: str) -> None:
    case_id = world.case_id(client)
    world.ask(NoteFact(case_id=case_id, name="client.tells_again", value=True), world.actor(worker))


@step(
    "when",
    fi="yöllä lasketaan, kuka saattaa tarvita paljon palveluja",
    sv="på natten räknas vem som kan behöva många tjänster",
    en="at night it is counted who may need many services",
)
def counts(world: World) -> None:
    world.county.settle()
    list(find_candidates(world.engine, world.county.tenant_id, the_rules()))


@step(
    "then",
    fi="{worker} näkee ehdokkaan {client}[ syystä {reason}]",
    sv="{worker} ser kandidaten {client}[ av orsaken {reason}]",
    en="{worker} sees the candidate {client}[ for the reason {reason}]",
)
def sees_candidate(world: World, worker: str, client: str, reason: str | None = None) -> None:
    found = _candidate(world, worker, client)
    titles = [hit.title for hit in found.hits]
    if reason and reason.casefold() not in (title.casefold() for title in titles):
        raise CheckFailed(f"the reasons are: {', '.join(titles)}")


@step(
    "then",
    fi="{worker} ei näe ehdokasta {client}",
    sv="{worker} ser inte kandidaten {client}",
    en="{worker} doesn't see the candidate {client}",
)
def does_not_see_candidate(world: World, worker: str, client: str) -> None:
    wanted = world.client(client).client_id
    with world.reading(worker) as reading:
        if any(one.client_id == wanted for one in candidate_list(reading, world.language)):
            raise CheckFailed("the candidate is shown")


@step(
    "when",
    fi="{worker} vahvistaa ehdokkaan {client}",
    sv="{worker} bekräftar kandidaten {client}",
    en="{worker} confirms the candidate {client}",
)
def confirms(world: World, worker: str, client: str) -> None:
    """From now on the client's case is the joint one."""
    found, known = _candidate(world, worker, client), world.client(client)
    key = Idempotency(world.new_id(), found.candidate_id)
    actor, now = world.actor(worker), world.time.now
    made = world.attempt(lambda: decisions.confirm(world.engine, actor, found.candidate_id, None, key, now))
    if made:
        known.case_id, known.pathway = made["case_id"], None


@step(
    "when",
    fi="{worker} hylkää ehdokkaan {client} syystä {reason}",
    sv="{worker} avvisar kandidaten {client} av orsaken {reason}",
    en="{worker} declines the candidate {client} for the reason {reason}",
)
def declines(world: World, worker: str, client: str, reason: str) -> None:
    found = _candidate(world, worker, client)
    reasons = {one.in_language(world.language): key for key, one in the_rules().said.decline_reasons.items()}
    if reason not in reasons:
        raise CheckFailed(f"the reasons are: {', '.join(reasons)}")
    key = Idempotency(world.new_id(), found.candidate_id)
    actor, now = world.actor(worker), world.time.now
    world.attempt(lambda: decisions.decline(world.engine, actor, found.candidate_id, reasons[reason], key, now))


def _candidate(world: World, worker: str, client: str) -> CandidateShown:
    wanted = world.client(client).client_id
    with world.reading(worker) as reading:
        for one in candidate_list(reading, world.language):
            if one.client_id == wanted:
                return one
    raise CheckFailed("no such candidate is shown")
