"""A calendar is edited, or a time that was recorded wrong is corrected: what moves, and what the timeline says of it."""

from datetime import date, datetime

from engine.published_calendars import publish_calendar
from engine.read_models.case_timeline import case_timeline
from engine.recalculation import recalculate_all
from features.sentences import step
from features.world import CheckFailed, World
from pathways import commands as c


@step(
    "when",
    fi="kalenterin {calendar} mukaan on suljettu myös {day:day}, koska {why}",
    sv="enligt kalendern {calendar} är det stängt också {day:day}, eftersom {why}",
    en="by the calendar {calendar} it is closed on {day:day} too, because {why}",
)
def closes_one_day_more(world: World, calendar: str, day: date, why: str) -> None:
    """An edit is a new version, in force for the same starts; running promises follow it at once."""
    engine = world.engine
    old = engine.calendars.in_force(calendar, world.time.now)
    closed = {**old.exceptions, day: {"hours": (), "reason": {"fi": why, "sv": why, "en": why}}}
    versions = [each.version for each in engine.calendars if each.key == old.key]
    new = old.model_copy(update={"version": max(versions) + 1, "exceptions": closed})
    tenant, now = world.county.tenant_id, world.time.now
    with engine.database.begin() as connection:
        publish_calendar(connection, tenant, engine.calendars, new, why=why, by="system", now=now)
    for _ in recalculate_all(engine):
        pass
    world.pass_to(now)


@step(
    "when",
    fi="{lead} korjaa, että yhteydenotto tuli {came:moment}, koska {why}",
    sv="{lead} rättar att kontakten kom {came:moment}, eftersom {why}",
    en="{lead} corrects that the contact came {came:moment}, because {why}",
)
def corrects_the_contact(world: World, lead: str, came: datetime, why: str) -> None:
    case_id = world.case_id()
    with world.reading() as reading:
        entries = case_timeline(reading, case_id, world.language).entries
    contact = next(entry.sequence for entry in entries if entry.type == "contact_received")
    command = c.CorrectTime(case_id=case_id, corrects=contact, corrected_to=came, why=why, why_text_id=world.new_id())
    world.ask(command, world.actor(lead))


@step(
    "then",
    fi="aikajanalla lukee {words}",
    sv="på tidslinjen står {words}",
    en="the timeline says {words}",
)
def the_timeline_says(world: World, words: str) -> None:
    with world.reading() as reading:
        said = [entry.what for entry in case_timeline(reading, world.case_id(), world.language).entries]
    if not any(words in sentence for sentence in said):
        raise CheckFailed(f"the timeline says: {'; '.join(said)}")
