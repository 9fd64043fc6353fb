"""What a recalculation would do or did, in words and as facts: counts by pathway, promise and unit, and nobody's name."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import func, select

from engine.handle import Engine
from engine.people import UNIT, the_tenant
from engine.published import PUBLISHED
from engine.read_models.people_shown import unit_name
from engine.read_models.titles import pathway_title, promise_title
from engine.recalculation import Moves, Preview, Progress
from pathways.calendar import ServiceCalendar
from pathways.definition_parts import Text
from pathways.time_words import Language, day_in_words

GROUPS: dict[str, Text] = {
    "pathway": Text(fi="Poluittain", sv="Enligt stig", en="By pathway"),
    "promise": Text(fi="Lupauksittain", sv="Enligt löfte", en="By promise"),
    "unit": Text(fi="Yksiköittäin", sv="Enligt enhet", en="By unit"),
}
NOTHING = Text(
    fi="Yksikään käynnissä oleva lupaus ei odota uudelleenlaskentaa.",
    sv="Inget pågående löfte väntar på omräkning.",
    en="No running promise waits to be counted again.",
)
WOULD = Text(
    fi="Käynnissä olevia lupauksia, jotka laskettaisiin uudelleen: {promises}.",
    sv="Pågående löften som skulle räknas om: {promises}.",
    en="Running promises that would be counted again: {promises}.",
)
DID = Text(
    fi="Uudelleen laskettuja lupauksia: {promises}.",
    sv="Omräknade löften: {promises}.",
    en="Promises counted again: {promises}.",
)
MOVES = Text(
    fi="määräaika myöhemmäksi {later}, aikaisemmaksi {earlier}, ennallaan {same}",
    sv="tidsfristen senare {later}, tidigare {earlier}, oförändrad {same}",
    en="due later {later}, earlier {earlier}, as before {same}",
)
BREACHES = Text(
    fi="myöhästymisiä mitätöityy {breaches_voided}, uusia tulee {breaches_appeared}",
    sv="förseningar som stryks {breaches_voided}, nya {breaches_appeared}",
    en="breaches voided {breaches_voided}, new ones {breaches_appeared}",
)
STAYED = Text(
    fi="Vanhaan kalenteriin jää {stayed}: tauko, josta sovittiin ajoissa, alkaisi vasta uuden määräajan jälkeen.",
    sv="{stayed} blir kvar på den gamla kalendern: en paus som avtalades i tid skulle börja först efter den nya tidsfristen.",
    en="{stayed} stay on the old calendar: a pause agreed in time would begin after the new due instant.",
)
FAILED = Text(
    fi="Asioita, joita ei voitu laskea uudelleen: {failed}. Syy on lokissa; komennon voi ajaa uudestaan.",
    sv="Ärenden som inte kunde räknas om: {failed}. Orsaken står i loggen; kommandot kan köras på nytt.",
    en="Cases that could not be recalculated: {failed}. The log says why; the command may be run again.",
)
DAYS = Text(fi="Päivät, jotka muuttuvat:", sv="Dagar som ändras:", en="Days that change:")
OPEN = Text(fi="auki", sv="öppet", en="open")
HOURS = Text(fi="muut aukioloajat", sv="andra öppettider", en="other opening hours")
WEEK = Text(fi="Viikon aukioloajat muuttuvat.", sv="Veckans öppettider ändras.", en="The hours of the week change.")
MORE = Text(fi="… ja {more} päivää lisää", sv="… och {more} dagar till", en="… and {more} more days")
MOST_DAYS = 20


def preview_in_words(engine: Engine, seen: Preview, lang: Language) -> str:
    """What would happen, line by line: altogether, then what moves by pathway, promise and unit."""
    if not seen.total.promises:
        return NOTHING.in_language(lang)
    lines = list(_altogether(seen.total, WOULD, lang))
    titles = _Titles(engine, lang)
    for name, heading in GROUPS.items():
        moving = {key: moves for key, moves in seen.by(name).items() if moves.same < moves.promises}
        if moving:
            lines.append(f"{heading.in_language(lang)}:")
            lines += [f"  {titles.of(name, key)}: {_line(moves, lang)}" for key, moves in moving.items()]
    return "\n".join(lines)


def progress_in_words(done: Progress, lang: Language) -> str:
    """What was done."""
    if not done.moves.promises and not done.failed:
        return NOTHING.in_language(lang)
    lines = list(_altogether(done.moves, DID, lang))
    return "\n".join([*lines, *([_said(FAILED, lang, {"failed": done.failed})] if done.failed else [])])


def preview_as_facts(seen: Preview) -> dict[str, Any]:
    """The same for programs; groups by id."""
    groups = {name: {key: asdict(moves) for key, moves in seen.by(name).items()} for name in GROUPS}
    return {**asdict(seen.total), "by": groups}


def progress_as_facts(done: Progress) -> dict[str, Any]:
    return {"recalculation_id": done.recalculation_id, "failed": done.failed, **asdict(done.moves)}


def edit_in_words(old: ServiceCalendar, new: ServiceCalendar, lang: Language) -> str:
    """What an edit changes: the days that open or close otherwise, and the week."""
    days = changed_days(old, new)
    lines = [WEEK.in_language(lang)] if old.weekly != new.weekly else []
    lines += [DAYS.in_language(lang)] if days else []
    lines += [f"  {day_in_words(day, lang, year=True)}: {_day(new, day, lang)}" for day in days[:MOST_DAYS]]
    lines += [_said(MORE, lang, {"more": len(days) - MOST_DAYS})] if len(days) > MOST_DAYS else []
    return "\n".join(lines)


def changed_days(old: ServiceCalendar, new: ServiceCalendar) -> list[date]:
    """The dates with a rule of their own that are open otherwise, or counted otherwise, than before."""
    named = {day for each in (old, new) for days in (each.closed, each.eves, each.exceptions) for day in days}
    return sorted(day for day in named if old.day(day) != new.day(day))


def _day(calendar: ServiceCalendar, day: date, lang: Language) -> str:
    why = calendar.why_closed(day, lang)
    if why is not None:
        return why
    return (HOURS if day in calendar.exceptions else OPEN).in_language(lang)


def _altogether(moves: Moves, heading: Text, lang: Language) -> Iterator[str]:
    facts = asdict(moves)
    yield _said(heading, lang, facts)
    yield f"  {_said(MOVES, lang, facts)}"
    yield f"  {_said(BREACHES, lang, facts)}"
    if moves.stayed:
        yield f"  {_said(STAYED, lang, facts)}"


def _line(moves: Moves, lang: Language) -> str:
    facts = asdict(moves)
    breaches = moves.breaches_voided or moves.breaches_appeared
    said = [_said(MOVES, lang, facts), *([_said(BREACHES, lang, facts)] if breaches else [])]
    return f"{moves.promises} · {' · '.join(said)}"


def _said(text: Text, lang: Language, facts: Mapping[str, Any]) -> str:
    return text.in_language(lang).format_map(facts)


class _Titles:
    """What the groups are called: pathways and promises by their newest version, units by their names."""

    def __init__(self, engine: Engine, lang: Language) -> None:
        self._lang = lang
        with engine.database.read() as connection:
            tenant = the_tenant(connection)
            tenant_id = tenant["tenant_id"] if tenant else None
            newest = (
                select(PUBLISHED.c.pathway_id, func.max(PUBLISHED.c.version).label("version"))
                .where(PUBLISHED.c.tenant_id == tenant_id)
                .group_by(PUBLISHED.c.pathway_id)
            )
            self._pathways = {
                row.pathway_id: engine.published.version(connection, str(tenant_id), row.pathway_id, row.version)
                for row in connection.execute(newest).all()
            }
            units = connection.execute(select(UNIT).where(UNIT.c.tenant_id == tenant_id)).mappings()
            self._units = {row["unit_id"]: unit_name(row, lang) for row in units}

    def of(self, group: str, key: str) -> str:
        """The words, or the key where nothing is called so."""
        if group == "unit":
            return self._units.get(key, key)
        if group == "pathway":
            return pathway_title(self._pathways[key], self._lang) if key in self._pathways else key
        known = [pathway for pathway in self._pathways.values() if key in pathway.promises]
        return promise_title(known[0], key, self._lang) if known else key
