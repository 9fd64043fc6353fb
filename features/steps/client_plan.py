"""The client plan: written, sent, agreed or disagreed about; every version is kept."""

from datetime import date

from features.sentences import Table, step
from features.world import CheckFailed, World
from pathways import commands as c
from pathways.client_plan import Goal, PlanContent


@step(
    "when",
    fi="{worker} kirjaa suunnitelman, joka tarkistetaan {review:day} ja jonka tavoitteet ovat",
    sv="{worker} skriver en plan som ses över {review:day} och vars mål är",
    en="{worker} writes a plan that is reviewed {review:day} and whose goals are",
)
def writes(world: World, worker: str, review: date, table: Table) -> None:
    """One goal on each row, in the client's own words."""
    goals = tuple(Goal(key=f"tavoite_{number}", wording=row[0]) for number, row in enumerate(table, 1))
    content = PlanContent(goals=goals, next_review=review, language=world.case().language)
    command = c.WritePlan(case_id=world.case_id(), content=content, text_id=world.new_id())
    world.ask(command, world.actor(worker))


@step(
    "when",
    fi="{worker} kirjaa suunnitelman, jossa ei ole tavoitteita",
    sv="{worker} skriver en plan utan mål",
    en="{worker} writes a plan without goals",
)
def writes_without_goals(world: World, worker: str) -> None:
    command = c.WritePlan(case_id=world.case_id(), content=PlanContent(), text_id=world.new_id())
    world.ask(command, world.actor(worker))


@step(
    "when",
    fi="{worker} antaa suunnitelman asiakkaalle",
    sv="{worker} ger planen till klienten",
    en="{worker} gives the plan to the client",
)
def sends(world: World, worker: str) -> None:
    world.ask(c.SendPlan(case_id=world.case_id()), world.actor(worker))


@step(
    "when",
    fi="{worker} kirjaa, että asiakas hyväksyy suunnitelman",
    sv="{worker} antecknar att klienten godkänner planen",
    en="{worker} records that the client agrees to the plan",
)
def agreed(world: World, worker: str) -> None:
    world.ask(c.AgreePlan(case_id=world.case_id(), agreement="agreed"), world.actor(worker))


@step(
    "when",
    fi="{worker} kirjaa, että asiakas on suunnitelmasta eri mieltä[: {view}]",
    sv="{worker} antecknar att klienten är av annan åsikt om planen[: {view}]",
    en="{worker} records that the client disagrees about the plan[: {view}]",
)
def disagreed(world: World, worker: str, view: str | None = None) -> None:
    command = c.AgreePlan(
        case_id=world.case_id(),
        agreement="disagreement",
        client_view=view,
        client_view_text_id=world.new_id() if view else None,
    )
    world.ask(command, world.actor(worker))


STATES = {
    "draft": {"fi": "luonnos", "sv": "utkast", "en": "draft"},
    "with_client": {"fi": "asiakkaalla", "sv": "hos klienten", "en": "with the client"},
    "agreed": {"fi": "sovittu", "sv": "avtalad", "en": "agreed"},
    "to_review": {"fi": "tarkistettava", "sv": "ska ses över", "en": "to be reviewed"},
    "ended": {"fi": "päättynyt", "sv": "avslutad", "en": "ended"},
}


@step("then", fi="suunnitelman tila on {state}", sv="planens läge är {state}", en="the plan is {state}")
def state_is(world: World, state: str) -> None:
    plan = world.view().plan
    said = STATES[plan.state][world.language] if plan else "–"
    if said != state.casefold():
        raise CheckFailed(f"it is {said}")


@step(
    "then",
    fi="suunnitelman versio on {number:number}",
    sv="planens version är {number:number}",
    en="the version of the plan is {number:number}",
)
def version_is(world: World, number: int) -> None:
    plan = world.view().plan
    if plan is None or plan.version != number:
        raise CheckFailed(f"it is {plan.version if plan else '–'}")


@step(
    "then",
    fi="suunnitelman versio {number:number} on yhä {state}",
    sv="planens version {number:number} är fortfarande {state}",
    en="version {number:number} of the plan is still {state}",
)
def version_is_still(world: World, number: int, state: str) -> None:
    plan = world.view().plan
    states = {each.version: STATES[each.state][world.language] for each in plan.versions} if plan else {}
    if states.get(number) != state.casefold():
        raise CheckFailed(f"versions: {states}")


@step(
    "then",
    fi="suunnitelman tavoite on {wording}",
    sv="planens mål är {wording}",
    en="a goal of the plan is {wording}",
)
def has_goal(world: World, wording: str) -> None:
    plan = world.view().plan
    goals = [goal.wording for goal in plan.content.goals] if plan and plan.content else []
    if wording not in goals:
        raise CheckFailed(f"goals: {'; '.join(goals) or '–'}")


@step(
    "then",
    fi="asiakkaan oma näkemys suunnitelmasta on {view}",
    sv="klientens egen syn på planen är {view}",
    en="the client's own view of the plan is {view}",
)
def own_view_is(world: World, view: str) -> None:
    plan = world.view().plan
    if plan is None or plan.client_view != view:
        raise CheckFailed(f"it is {plan.client_view if plan else '–'}")
