"""A case moves: acts are recorded, steps begin and end, the case is open or closed."""

from datetime import date, datetime

from features.answers import answers_of
from features.names import key_of, outcome_key, step_key, word_key
from features.route import walk_to
from features.sentences import Table, step
from features.world import CheckFailed, World
from pathways import commands as c
from pathways.case import StepRun
from pathways.definition_parts import Text
from pathways.time_zone import HELSINKI

# --- acts ---


@step(
    "when",
    fi="{worker} soittaa asiakkaalle {client}[ askeleessa {step_title}]",
    sv="{worker} ringer klienten {client}[ i steget {step_title}]",
    en="{worker} calls the client {client}[ in the step {step_title}]",
)
def calls(world: World, worker: str, client: str, step_title: str | None = None) -> None:
    record_act(world, worker, client, "call", step_title)


@step(
    "when",
    fi="{worker} yrittää tavoittaa asiakkaan {client}[ kanavassa {channel}]",
    sv="{worker} försöker nå klienten {client}[ via kanalen {channel}]",
    en="{worker} tries to reach the client {client}[ by {channel}]",
)
def tries(world: World, worker: str, client: str, channel: str | None = None) -> None:
    channels = world.definitions.shelved.vocabulary.channels
    by = word_key("channel", channel, channels, world.language) if channel else None
    record_act(world, worker, client, "attempt", channel=by)


@step(
    "when",
    fi="{worker} kirjaa jälkikäteen soittaneensa asiakkaalle {client} {at:moment}[, koska {reason}]",
    sv="{worker} antecknar i efterhand att hen ringde klienten {client} {at:moment}[, eftersom {reason}]",
    en="{worker} records afterwards a call to the client {client} {at:moment}[, because {reason}]",
)
def called_earlier(world: World, worker: str, client: str, at: datetime, reason: str | None = None) -> None:
    record_act(world, worker, client, "call", occurred_at=at, late_reason=reason)


@step(
    "when",
    fi="{worker} kirjaa jälkikäteen tavanneensa asiakkaan {client} {at:moment}[, koska {reason}]",
    sv="{worker} antecknar i efterhand att hen träffade klienten {client} {at:moment}[, eftersom {reason}]",
    en="{worker} records afterwards a meeting with the client {client} {at:moment}[, because {reason}]",
)
def met_earlier(world: World, worker: str, client: str, at: datetime, reason: str | None = None) -> None:
    record_act(world, worker, client, "meeting", occurred_at=at, late_reason=reason)


@step(
    "when",
    fi="{worker} vastaa asiakkaalle {client}",
    sv="{worker} svarar klienten {client}",
    en="{worker} replies to the client {client}",
)
def replies(world: World, worker: str, client: str) -> None:
    record_act(world, worker, client, "reply")


@step(
    "when",
    fi="{worker} kirjaa arvion asiakkaasta {client}[ askeleessa {step_title}]",
    sv="{worker} antecknar en bedömning av klienten {client}[ i steget {step_title}]",
    en="{worker} records an assessment of the client {client}[ in the step {step_title}]",
)
def assesses(world: World, worker: str, client: str, step_title: str | None = None) -> None:
    record_act(world, worker, client, "assessment", step_title)


@step(
    "when",
    fi="{worker} tapaa asiakkaan {client}[ askeleessa {step_title}]",
    sv="{worker} träffar klienten {client}[ i steget {step_title}]",
    en="{worker} meets the client {client}[ in the step {step_title}]",
)
def meets(world: World, worker: str, client: str, step_title: str | None = None) -> None:
    record_act(world, worker, client, "meeting", step_title)


def record_act(
    world: World, worker: str, client: str | None, kind: str, step_title: str | None = None, **more: object
) -> None:
    case_id = world.case_id(client)
    run = _run_named(world, step_title).run_id if step_title else None
    command = {"case_id": case_id, "act_id": world.new_id(), "kind": kind, "step": run, **more}
    world.ask(c.RecordAct.model_validate(command), world.actor(worker))


# --- steps ---


@step(
    "when",
    fi="{worker} aloittaa askeleen {step_title}",
    sv="{worker} inleder steget {step_title}",
    en="{worker} begins the step {step_title}",
)
def begins(world: World, worker: str, step_title: str) -> None:
    run = _run_named(world, step_title)
    world.ask(c.StartStep(case_id=world.case_id(), step=run.run_id), world.actor(worker))


@step(
    "when",
    fi="{worker} vie asian askeleeseen {step_title}",
    sv="{worker} för ärendet till steget {step_title}",
    en="{worker} takes the case to the step {step_title}",
)
def takes_to(world: World, worker: str, step_title: str) -> None:
    """By the shortest way, every step on it ended by this worker with what it needs."""
    walk_to(world, step_key(world.pathway, step_title, world.language), worker)


@step(
    "when",
    fi="{worker} päättää askeleen {step_title} tulokseen {outcome}[, syynä {reason}]",
    sv="{worker} avslutar steget {step_title} med resultatet {outcome}[, av orsaken {reason}]",
    en="{worker} ends the step {step_title} with {outcome}[, because {reason}]",
)
def ends(world: World, worker: str, step_title: str, outcome: str, reason: str | None = None) -> None:
    decide(world, worker, step_title, outcome, reason=reason)


@step(
    "when",
    fi="{worker} päättää askeleen {step_title} tulokseen {outcome}[, syynä {reason},] ja vastaa",
    sv="{worker} avslutar steget {step_title} med resultatet {outcome}[, av orsaken {reason},] och svarar",
    en="{worker} ends the step {step_title} with {outcome}[, because {reason},] and answers",
)
def ends_with_answers(
    world: World, worker: str, step_title: str, outcome: str, table: Table, reason: str | None = None
) -> None:
    """Two columns without a heading: what the step asks, by its title, and the answer."""
    decide(world, worker, step_title, outcome, table, reason)


def decide(
    world: World, worker: str, step_title: str, outcome: str, table: Table = (), reason: str | None = None
) -> None:
    run = _run_named(world, step_title)
    key = outcome_key(world.pathway, run.step, outcome, world.language)
    answers = answers_of(world.pathway, run.step, table, world.language)
    why = key_of("reason", reason, _reasons(world), world.language) if reason else None
    command = c.DecideOutcome(case_id=world.case_id(), step=run.run_id, outcome=key, reason=why, answers=answers)
    world.ask(command, world.actor(worker))


def _reasons(world: World) -> dict[str, Text | None]:
    return dict(world.pathway.definition.vocabulary.breach_reasons)


def _run_named(world: World, title: str) -> StepRun:
    """The open run of that title; a title no run has is looked for among all steps, so that the engine may refuse."""
    case, pathway = world.case(), world.pathway
    wanted = title.casefold()
    for run in case.open_runs:
        named = pathway.step(run.step).title
        if named and named.in_language(world.language).casefold() == wanted:
            return run
    key = step_key(pathway, title, world.language)
    return StepRun(run_id=key, step=key, visit=0, state="done", entered_at=world.time.now)


# --- checks ---


@step(
    "then",
    fi="askel {step_title} on avoinna",
    sv="steget {step_title} är öppet",
    en="the step {step_title} is open",
)
def is_open(world: World, step_title: str) -> None:
    open_now = _open_titles(world)
    if step_title.casefold() not in [title.casefold() for title in open_now]:
        raise CheckFailed(f"open now: {', '.join(open_now) or '–'}")


@step(
    "then",
    fi="askel {step_title} ei ole avoinna",
    sv="steget {step_title} är inte öppet",
    en="the step {step_title} is not open",
)
def is_not_open(world: World, step_title: str) -> None:
    step_key(world.pathway, step_title, world.language)
    if step_title.casefold() in [title.casefold() for title in _open_titles(world)]:
        raise CheckFailed("it is open")


def _open_titles(world: World) -> list[str]:
    return [run.title for run in world.view().runs if run.state != "waiting"]


@step(
    "then",
    fi="askel {step_title} odottaa päivää {day:day}",
    sv="steget {step_title} väntar till {day:day}",
    en="the step {step_title} waits for {day:day}",
)
def waits(world: World, step_title: str, day: date) -> None:
    waiting = [run for run in world.view().runs if run.title.casefold() == step_title.casefold() and run.opens_at]
    opens = [run.opens_at.astimezone(HELSINKI).date() for run in waiting if run.opens_at and run.state == "waiting"]
    if day not in opens:
        raise CheckFailed(f"it opens {', '.join(map(str, opens)) or 'never'}")


@step("then", fi="asia on avoinna", sv="ärendet är öppet", en="the case is open")
def case_is_open(world: World) -> None:
    if (state := world.case().state) != "open":
        raise CheckFailed(f"the case is {state}")


@step(
    "then",
    fi="asia on päättynyt tulokseen {end}",
    sv="ärendet har avslutats med resultatet {end}",
    en="the case has ended with {end}",
)
def case_has_ended(world: World, end: str) -> None:
    key = key_of("end", end, dict(world.pathway.definition.ends), world.language)
    case = world.case()
    if (case.state, case.end) != ("closed", key):
        raise CheckFailed(f"the case is {case.state}, its end {case.end}")
