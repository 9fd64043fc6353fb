"""Kinds of names, as a finding says them in each language."""

from collections.abc import Collection, Mapping

from pathways.definition_parts import Text
from pathways.near_miss import near_or_nothing

KINDS: Mapping[str, Text] = {
    "role": Text(fi="roolia", sv="rollen", en="role"),
    "phase": Text(fi="vaihetta", sv="fasen", en="phase"),
    "step": Text(fi="askelta", sv="steget", en="step"),
    "outcome": Text(fi="tulosta", sv="resultatet", en="outcome"),
    "end": Text(fi="loppua", sv="slutet", en="end"),
    "event": Text(fi="tapahtumaa", sv="händelsen", en="event"),
    "profession": Text(fi="ammattia", sv="yrket", en="profession"),
    "skill": Text(fi="osaamista", sv="kunskapen", en="skill"),
    "instrument": Text(fi="mittaria", sv="instrumentet", en="instrument"),
    "organisation": Text(fi="organisaatiota", sv="organisationen", en="organisation"),
    "channel": Text(fi="kanavaa", sv="kanalen", en="channel"),
    "calendar": Text(fi="kalenteria", sv="kalendern", en="calendar"),
    "ladder": Text(fi="portaikkoa", sv="trappan", en="ladder"),
    "retention": Text(fi="säilytysluokkaa", sv="bevaringsklassen", en="retention class"),
    "unit kind": Text(fi="yksikön lajia", sv="enhetsslaget", en="unit kind"),
    "pause reason": Text(fi="tauon syytä", sv="pausorsaken", en="pause reason"),
    "date field": Text(fi="päivämääräkenttää", sv="datumfältet", en="date field"),
    "value": Text(fi="arvoa", sv="värdet", en="value"),
    "variable": Text(fi="muuttujaa", sv="variabeln", en="variable"),
}


def unknown_facts(kind: str, name: str, known: Collection[str]) -> dict[str, str]:
    """Return the facts of a finding about a name that nothing answers to."""
    word = KINDS[kind]
    said = {"kind": word.en or kind, "kind_fi": word.fi, "kind_sv": word.sv}
    return {"name": name, "near": near_or_nothing(name, known), "known": ", ".join(sorted(known)) or "–", **said}
