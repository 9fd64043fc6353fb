"""Breaches: recorded on the unit that answered, given a reason by the team lead, voided but never deleted."""

from sqlalchemy import select

from engine.consequences import BREACH
from features.names import word_key
from features.sentences import step
from features.steps.promises import promise_named
from features.world import CheckFailed, World
from pathways import commands as c
from pathways.service_promise import PromiseKind


@step(
    "then",
    fi="{kind:clock} {promise} ylitys on kumottu",
    sv="överskridningen av {kind:clock} {promise} har upphävts",
    en="the breach of {kind:clock} {promise} is voided",
)
def is_voided(world: World, kind: PromiseKind, promise: str) -> None:
    clock = promise_named(world, kind, promise)
    if clock.breached_at is None or clock.breach_voided_at is None:
        raise CheckFailed(f"breached {world.said(clock.breached_at)}, voided {world.said(clock.breach_voided_at)}")


@step(
    "then",
    fi="{kind:clock} {promise} ylitys kirjautui yksikölle {unit}",
    sv="överskridningen av {kind:clock} {promise} antecknades på enheten {unit}",
    en="the breach of {kind:clock} {promise} stands on the unit {unit}",
)
def breached_on(world: World, kind: PromiseKind, promise: str, unit: str) -> None:
    """The unit that answered at the due instant, not the one the promise began in (rule 19)."""
    wanted = promise_named(world, kind, promise)
    question = select(BREACH.c.unit_id).where(BREACH.c.promise_id == wanted.promise_id)
    with world.database.read() as connection:
        breached = connection.execute(question).scalar()
    if breached != world.county.unit_id(unit):
        raise CheckFailed(f"breached {world.said(wanted.breached_at)}, and not on this unit")


@step(
    "when",
    fi="{lead} kirjaa {kind:clock} {promise} ylitykselle syyn {code} ja suunnitelman {plan}",
    sv="{lead} antecknar orsaken {code} och planen {plan} för överskridningen av {kind:clock} {promise}",
    en="{lead} gives the breach of {kind:clock} {promise} the reason {code} and the plan {plan}",
)
def gives_reason(world: World, lead: str, kind: PromiseKind, promise: str, code: str, plan: str) -> None:
    clock = promise_named(world, kind, promise)
    reasons = world.pathway.definition.vocabulary.breach_reasons
    command = c.GiveBreachReason(
        case_id=world.case_id(),
        promise_ids=(clock.promise_id,),
        code=word_key("reason", code, reasons, world.language),
        plan=plan,
        plan_text_id=world.new_id(),
    )
    world.ask(command, world.actor(lead))


@step(
    "then",
    fi="{kind:clock} {promise} ylityksen syy on {code}",
    sv="orsaken till överskridningen av {kind:clock} {promise} är {code}",
    en="the reason of the breach of {kind:clock} {promise} is {code}",
)
def reason_is(world: World, kind: PromiseKind, promise: str, code: str) -> None:
    reasons = world.pathway.definition.vocabulary.breach_reasons
    given = promise_named(world, kind, promise).reason_code
    if given != word_key("reason", code, reasons, world.language):
        raise CheckFailed(f"the reason is {given or 'not given'}")


@step(
    "when",
    fi="{lead} kumoaa {kind:clock} {promise} ylityksen perustellen {why}",
    sv="{lead} upphäver överskridningen av {kind:clock} {promise} med motiveringen {why}",
    en="{lead} voids the breach of {kind:clock} {promise}, because {why}",
)
def voids(world: World, lead: str, kind: PromiseKind, promise: str, why: str) -> None:
    clock = promise_named(world, kind, promise)
    world.ask(c.VoidBreach(case_id=world.case_id(), promise_id=clock.promise_id, why=why), world.actor(lead))
