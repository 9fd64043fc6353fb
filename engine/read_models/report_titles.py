"""What the groups of a report are called, in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select

from engine.handle import Reading
from engine.machine import CompiledPathway
from engine.published import PUBLISHED
from engine.read_models.people_shown import unit_names
from engine.read_models.titles import LANGUAGES, channel_title, promise_title, role_title, titled
from pathways.definition_parts import Text
from pathways.local_time import end_of_day
from pathways.time_words import Language
from pathways.time_zone import HELSINKI

KINDS: Mapping[str, Text] = {
    "statutory": Text(fi="Laki", sv="Lag", en="Law"),
    "promise": Text(fi="Lupaus", sv="Löfte", en="Promise"),
    "target": Text(fi="Tavoite", sv="Mål", en="Target"),
}
RESOLUTIONS: Mapping[str, Text] = {
    "resolved_at_contact": Text(fi="Ratkaistu yhteydenotossa", sv="Löst vid kontakten", en="Resolved at the contact"),
    "after_service": Text(fi="Palvelun jälkeen", sv="Efter servicen", en="After a service"),
    "guided_elsewhere": Text(fi="Ohjattu muualle", sv="Hänvisad vidare", en="Guided elsewhere"),
    "need_not_found": Text(fi="Ei palvelun tarvetta", sv="Inget behov av service", en="No need found"),
    "declined": Text(fi="Asiakas kieltäytyi", sv="Klienten tackade nej", en="The client declined"),
    "not_reached": Text(fi="Ei tavoitettu", sv="Inte nådd", en="Not reached"),
    "joined_other_case": Text(
        fi="Yhdistetty toiseen asiaan", sv="Förenat med ett annat ärende", en="Joined to another case"
    ),
    "specialised_care": Text(fi="Erikoissairaanhoitoon", sv="Till specialiserad sjukvård", en="To specialised care"),
    "moved": Text(fi="Siirretty", sv="Överförd", en="Transferred"),
    "died": Text(fi="Asiakas on kuollut", sv="Klienten har avlidit", en="The client has died"),
    "otherwise": Text(fi="Muuten", sv="På annat sätt", en="Otherwise"),
    "open": Text(fi="Vielä auki", sv="Ännu öppet", en="Still open"),
}
"""How a matter was resolved (M133)."""
TOTAL = Text(fi="Yhteensä", sv="Sammanlagt", en="Total")
WEEK = Text(fi="viikko", sv="vecka", en="week")
NOT_KNOWN = Text(fi="Ei tiedossa", sv="Inte känt", en="Not known")


class GroupTitles:
    """Titles of the groups of one report."""

    def __init__(self, reading: Reading, language: Language, by: str, unit_ids: Iterable[str]) -> None:
        self._language, self._by = language, by
        self._units = unit_names(reading, list(unit_ids), language) if by == "unit" else {}
        self._pathways = newest_pathways(reading) if by in ("pathway", "promise", "role", "channel") else {}

    @property
    def of_all(self) -> str:
        return TOTAL.in_language(self._language)

    def of(self, key: str) -> str:
        language = self._language
        if not key:
            return NOT_KNOWN.in_language(language)
        match self._by:
            case "unit":
                return self._units.get(key, "")
            case "kind":
                return titled(KINDS.get(key), language, key)
            case "language":
                return titled(LANGUAGES.get(key), language, key)
            case "week":
                return f"{WEEK.in_language(language)} {int(key[-2:])}/{key[:4]}"
            case "pathway":
                return self._pathways[key].definition.title.in_language(language) if key in self._pathways else key
            case "resolution":
                return titled(RESOLUTIONS.get(key), language, key)
            case "municipality":
                return key
        return self._found_in_a_pathway(key)

    def _found_in_a_pathway(self, key: str) -> str:
        """The first pathway that has a title for it; the same key is called the same in all of them."""
        title = {"promise": promise_title, "role": role_title, "channel": channel_title}[self._by]
        said = [title(pathway, key, self._language) for pathway in self._pathways.values()]
        return next((words for words in said if words != key.replace("_", " ")), key.replace("_", " "))


def newest_pathways(reading: Reading) -> dict[str, CompiledPathway]:
    """The newest published version of every pathway."""
    question = (
        select(PUBLISHED.c.pathway_id, func.max(PUBLISHED.c.version).label("version"))
        .where(PUBLISHED.c.tenant_id == reading.actor.tenant_id)
        .group_by(PUBLISHED.c.pathway_id)
    )
    published, tenant_id = reading.engine.published, reading.actor.tenant_id
    return {
        row.pathway_id: published.version(reading.connection, tenant_id, row.pathway_id, row.version)
        for row in reading.connection.execute(question).all()
    }


def weeks_of(from_on: date, to_on: date) -> list[date]:
    """The Mondays of the ISO weeks that a period touches."""
    monday = from_on - timedelta(days=from_on.weekday())
    return [monday + timedelta(days=7 * n) for n in range((to_on - monday).days // 7 + 1)]


def week_key(monday: date) -> str:
    return f"{monday:%G}-W{monday:%V}"


def week_column(instant: ColumnElement[Any], from_on: date, to_on: date) -> ColumnElement[str]:
    """The ISO week in Helsinki of an instant; it ends on its Sunday at 24.00, whatever the clocks did."""
    weeks = [
        (instant <= end_of_day(monday + timedelta(days=6), HELSINKI), literal(week_key(monday)))
        for monday in weeks_of(from_on, to_on)
    ]
    return case(*weeks, else_=literal(""))
