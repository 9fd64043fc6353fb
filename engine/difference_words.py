"""Differences in words: what is otherwise in a new version of a pathway, in Finnish, Swedish and English. Pure text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from engine.differences import Area, Change, Difference, differences, renamed_steps
from engine.pathway_words import PathwayWords
from engine.placed_steps import placed_steps
from pathways.definition import PathwayDefinition
from pathways.definition_parts import Language, Text
from pathways.goal import parse_goal
from pathways.step import parse_target
from pathways.time_refusals import TimeRefusal
from pathways.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Told:
    """One difference as people read it: what it is about, and the sentence."""

    difference: Difference
    about: str
    sentence: str

    def as_facts(self) -> dict[str, Any]:
        """The same for programs: what the versions say, and the sentence."""
        each = self.difference
        facts = {"area": each.area, "change": each.change, "key": each.key, "aspect": each.aspect}
        return facts | {"before": each.before, "after": each.after, "length": each.length, "sentence": self.sentence}


def differences_in_words(
    old: PathwayDefinition, new: PathwayDefinition, language: Language, vocabulary: Vocabulary | None = None
) -> tuple[Told, ...]:
    """Return every difference with its sentence, in the order of `differences`."""
    before = _also_named(old, renamed_steps(old, new))
    said = _Saying(*(PathwayWords(one, vocabulary or one.vocabulary, language) for one in (before, new)))
    return tuple(Told(each, said.area(each.area), said.sentence(each)) for each in differences(old, new))


def as_text(told: Sequence[Told], language: Language) -> str:
    """Return the whole as lines, each area under its name."""
    if not told:
        return _NONE.in_language(language)
    parts = []
    for about, mine in groupby(told, key=lambda each: each.about):
        parts.append("\n".join([about, *(f"  {_SIGNS[each.difference.change]} {each.sentence}" for each in mine)]))
    return "\n\n".join(parts)


def _also_named(old: PathwayDefinition, renamed: Mapping[str, str]) -> PathwayDefinition:
    """The old version with each renamed step under its new name too: differences call it by that."""
    again = {renamed[placed.key]: placed.step for placed in placed_steps(old) if placed.key in renamed}
    return old.model_copy(update={"steps": {**old.steps, **again}}) if again else old


_SIGNS: Mapping[Change, str] = {"added": "+", "removed": "-", "renamed": "~", "changed": "~"}


class _Saying:
    def __init__(self, old: PathwayWords, new: PathwayWords) -> None:
        self.old, self.new, self.language = old, new, new.language

    def say(self, text: Text, **values: str) -> str:
        return text.in_language(self.language).format(**values)

    def area(self, area: Area) -> str:
        return _AREAS[area].in_language(self.language)

    def sentence(self, each: Difference) -> str:
        if each.change == "renamed":
            return self.say(_RENAMED, before=self._title(self.old, "step", each.before), after=self._named(each))
        if each.change != "changed":
            words = self.old if each.change == "removed" else self.new
            title = self._title(words, each.area, each.key, each.before or each.after)
            return self.say(_ADDED if each.change == "added" else _REMOVED, title=title)
        return self.say(_CHANGED, about=self._about(each), what=self._what(each))

    def _about(self, each: Difference) -> str:
        aspect = self._aspect(each)
        return f"{self._named(each)}: {aspect}" if each.key else aspect

    def _named(self, each: Difference) -> str:
        return self._title(self.new, each.area, each.key)

    def _aspect(self, each: Difference) -> str:
        text = _ASPECTS.get((each.area, each.aspect)) or _ASPECTS.get(("", each.aspect))
        return text.in_language(self.language) if text else each.aspect

    def _what(self, each: Difference) -> str:
        was, now = each.before, each.after
        if isinstance(was or [], list) and isinstance(now or [], list):
            return self._of_lists(each, was or [], now or [])
        if _holds_things(was) and _holds_things(now):
            return self._of_things(each, was or {}, now or {})
        arrow = self.say(_FROM_TO, before=self._value(self.old, each, was), after=self._value(self.new, each, now))
        return f"{self.say(_LENGTH[each.length])}: {arrow}" if each.length else arrow

    def _of_lists(self, each: Difference, was: list[Any], now: list[Any]) -> str:
        gone, come = ([x for x in one if x not in other] for one, other in ((was, now), (now, was)))
        if not gone and not come:
            return self.say(_ORDER)
        parts = [self.say(_MORE, what=self._value(self.new, each, x)) for x in come]
        return "; ".join([*parts, *(self.say(_LESS, what=self._value(self.old, each, x)) for x in gone)])

    def _of_things(self, each: Difference, was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
        """What a thing holds by key: outcomes with where they lead, fields, rungs."""
        parts = []
        for key in dict.fromkeys((*was, *now)):
            if was.get(key) == now.get(key):
                continue
            said = [self._member(words, each, key, one) for words, one in ((self.old, was), (self.new, now))]
            if key not in was:
                parts.append(self.say(_MORE, what=said[1]))
            elif key not in now:
                parts.append(self.say(_LESS, what=said[0]))
            else:
                name = self._key(self.new, each, key)
                inside = replace(each, aspect=key) if key in _SAYS else each
                texts = [self._short(words, inside, one[key]) for words, one in ((self.old, was), (self.new, now))]
                parts.append(f"{name}: {self.say(_FROM_TO, before=texts[0], after=texts[1])}")
        return "; ".join(parts)

    def _member(self, words: PathwayWords, each: Difference, key: str, things: Mapping[str, Any]) -> str:
        name = self._key(words, each, key)
        value = things.get(key)
        return f"{name} → {self._short(words, each, value)}" if isinstance(value, str) else name

    def _key(self, words: PathwayWords, each: Difference, key: str) -> str:
        if each.aspect in ("outcomes", "outcome_means", "suggests"):
            return words.outcome(key)
        if each.aspect == "shares":
            return words.organisation(key)
        things = each.after if isinstance(each.after, dict) and key in each.after else each.before
        thing = things.get(key) if isinstance(things, dict) else None
        title = thing.get("title") if isinstance(thing, dict) else None
        label = _ASPECTS.get(("", key))
        return self._text(title) or (label.in_language(self.language) if label else key)

    def _short(self, words: PathwayWords, each: Difference, value: Any) -> str:
        if each.aspect == "outcomes" and isinstance(value, str):
            return words.target(parse_target(value))
        return self._value(words, each, value)

    def _text(self, value: Any) -> str:
        if isinstance(value, dict) and "fi" in value:
            return str(value.get(self.language) or value["fi"])
        return ""

    def _value(self, words: PathwayWords, each: Difference, value: Any) -> str:
        if value in (None, "", [], {}):
            return self.say(_NOTHING)
        if isinstance(value, bool):
            return self.say(_YES if value else _NO)
        if text := self._text(value):
            return f"”{text}”" if self.language != "en" else f"“{text}”"
        if isinstance(value, dict):
            return ", ".join(f"{key} {self._value(words, each, one)}" for key, one in value.items())
        if isinstance(value, list):
            return ", ".join(self._value(words, each, one) for one in value)
        saying = _SAYS.get(each.aspect)
        return saying(words, str(value)) if saying else self._goal(words, str(value))

    def _goal(self, words: PathwayWords, value: str) -> str:
        """A span in words where it is one; else what stands there."""
        try:
            parse_goal(value)
        except TimeRefusal:
            return _VALUES[value].in_language(self.language) if value in _VALUES else value
        return words.goal(value)

    def _title(self, words: PathwayWords, area: Area, key: str, thing: Any = None) -> str:
        titled: Mapping[str, Callable[[str], str]] = {
            "step": words.step,
            "role": words.role,
            "end": words.end,
            "outcome": words.outcome,
        }
        if area in titled:
            return f"”{titled[area](key)}”"
        if area == "responsible":
            return self.say(_FROM_STEP, step=words.step(key))
        definition = words.definition
        known: dict[str, Mapping[str, Any]] = {
            "phase": definition.phases,
            "promise": definition.promises,
            "ladder": definition.ladders,
            "event": definition.events,
            "measure": definition.measures.indicators,
        }
        found = known.get(area, {}).get(key)
        text = getattr(found, "title", None) or found
        if isinstance(text, Text):
            return f"”{text.in_language(self.language)}”"
        return words.organisation(key) if area == "handover" else self._text(thing) or words.instrument(key) or key


def _holds_things(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and "fi" not in value)


_SAYS: Mapping[str, Callable[[PathwayWords, str], str]] = {
    "role": lambda words, key: words.role(key),
    "professions": lambda words, key: words.text(words.vocabulary.professions.get(key), key),
    "instruments": lambda words, key: words.instrument(key),
    "starts": lambda words, text: words.phrases([text]),
    "kept_when": lambda words, text: words.phrases([text]),
    "cancelled_when": lambda words, text: words.phrases([text]),
    "means": lambda words, text: words.phrases([text]),
    "signals": lambda words, text: words.phrases([text]),
    "when": lambda words, text: words.condition(text),
    "applies": lambda words, text: words.condition(text),
    "scope": lambda words, text: words.condition(text),
    "suggests": lambda words, text: words.condition(text),
    "suggested_for": lambda words, text: words.condition(text),
    "entry": lambda words, key: words.channel(key),
    "to": lambda words, key: words.organisation(key),
    "phase": lambda words, key: words.text(words.definition.phases.get(key), key),
    "pause_on": lambda words, key: words.text(words.vocabulary.pause_reasons.get(key), key),
    "inside": lambda words, key: words.step(key),
    "branch": lambda words, key: words.step(key),
    "branches": lambda words, key: words.step(key),
    "enters": lambda words, key: words.step(key),
    "ladder": lambda words, key: words.text(getattr(words.definition.ladders.get(key), "title", None), key),
}


def _t(fi: str, sv: str, en: str) -> Text:
    return Text(fi=fi, sv=sv, en=en)


_NONE = _t("Versioissa ei ole eroja.", "Det finns inga skillnader.", "The versions say the same.")
_ADDED = _t("uusi: {title}", "ny: {title}", "new: {title}")
_REMOVED = _t("poistettu: {title}", "borttagen: {title}", "removed: {title}")
_RENAMED = _t("uusi tunnus: {before} → {after}", "ny kod: {before} → {after}", "another id: {before} → {after}")
_CHANGED = _t("{about}: {what}", "{about}: {what}", "{about}: {what}")
_FROM_TO = _t("{before} → {after}", "{before} → {after}", "{before} → {after}")
_MORE = _t("lisätty {what}", "tillagt {what}", "added {what}")
_LESS = _t("poistettu {what}", "borttaget {what}", "removed {what}")
_ORDER = _t("järjestys muuttui", "ordningen ändrades", "the order changed")
_NOTHING = _t("ei mitään", "inget", "nothing")
_YES, _NO = _t("kyllä", "ja", "yes"), _t("ei", "nej", "no")
_LENGTH = {
    "longer": _t("pidempi", "längre", "longer"),
    "shorter": _t("lyhyempi", "kortare", "shorter"),
}
_FROM_STEP = _t("askeleesta ”{step}” alkaen", "från steget ”{step}”", "from the step “{step}” on")

_AREAS: Mapping[Area, Text] = {
    "pathway": _t("Polku", "Stigen", "The pathway"),
    "phase": _t("Vaiheet", "Faser", "Phases"),
    "step": _t("Askeleet", "Steg", "Steps"),
    "outcome": _t("Lopputulosten nimet", "Utfallens namn", "Names of outcomes"),
    "role": _t("Roolit", "Roller", "Roles"),
    "responsible": _t("Vastuu", "Ansvar", "Responsibility"),
    "promise": _t("Lupaukset, laki ja tavoitteet", "Löften, lag och mål", "Promises, law and targets"),
    "ladder": _t("Eskaloinnit", "Eskaleringar", "Escalations"),
    "end": _t("Päättymiset", "Avslut", "Ends"),
    "handover": _t("Jatkopaikat", "Vart ärendet kan gå vidare", "Where a case may go on"),
    "event": _t("Elämän tapahtumat", "Livshändelser", "Events of life"),
    "measure": _t("Mittarit", "Mätare", "Measures"),
    "word": _t("Yhteiset sanat", "Gemensamma ord", "Shared words"),
}

_VALUES = {
    "promise": _t("lupaus", "löfte", "promise"),
    "statutory": _t("laki", "lag", "law"),
    "target": _t("tavoite", "mål", "target"),
    "travels": _t("kulkee mukana", "följer med", "travels along"),
    "cancelled": _t("päättyy", "avslutas", "ends"),
    "stays": _t("jää tänne", "stannar här", "stays here"),
    "all": _t("kaikki tarvittavat", "alla som behövs", "all that apply"),
    "any": _t("yksi riittää", "ett räcker", "one is enough"),
    "required": _t("pakollinen", "obligatorisk", "required"),
    "optional": _t("vapaaehtoinen", "frivillig", "optional"),
}


def _aspects(*entries: tuple[str, str, str, str]) -> Mapping[tuple[str, str], Text]:
    found = {}
    for name, fi, sv, en in entries:
        area, _, aspect = name.rpartition(".")
        found[area, aspect] = _t(fi, sv, en)
    return found


_ASPECTS = _aspects(
    ("title", "nimi", "namn", "name"),
    ("worker", "teksti työntekijälle", "text för arbetstagaren", "text for the worker"),
    ("client", "teksti asiakkaalle", "text för klienten", "text for the client"),
    ("fi", "suomenkielinen teksti", "text på finska", "text in Finnish"),
    ("sv", "ruotsinkielinen teksti", "text på svenska", "text in Swedish"),
    ("en", "englanninkielinen teksti", "text på engelska", "text in English"),
    ("kind", "laji", "slag", "kind"),
    ("role", "rooli", "roll", "role"),
    ("phase", "vaihe", "fas", "phase"),
    ("outcomes", "mihin lopputulokset vievät", "vart utfallen leder", "where outcomes lead"),
    ("needs", "mitä vaaditaan", "vad som krävs", "what is needed"),
    ("instruments", "mittarit", "mätare", "instruments"),
    ("fields", "kysyttävät tiedot", "uppgifter som frågas", "what is asked"),
    ("suggests", "mitä ehdotetaan", "vad som föreslås", "what is suggested"),
    ("when", "ehto", "villkor", "condition"),
    ("to", "minne", "vart", "to whom"),
    ("ask", "keneltä kysytään", "vem som tillfrågas", "who is asked"),
    ("keeps_responsible", "vastuu säilyy", "ansvaret kvarstår", "responsibility stays"),
    ("decide", "kuka päättää", "vem som beslutar", "who decides"),
    ("means", "mitä päättyminen tarkoittaa", "vad ett avslut betyder", "what ending means"),
    ("outcome_means", "mitä lopputulos tarkoittaa", "vad utfallet betyder", "what an outcome means"),
    ("outcome_facts", "mitä lopputulos kirjaa", "vad utfallet antecknar", "what an outcome notes"),
    ("register", "rekisteri", "register", "register"),
    ("register_basis", "yhteisen rekisterin peruste", "grund för gemensamt register", "basis of the joint register"),
    ("consent", "suostumus", "samtycke", "consent"),
    ("shares", "mitä ulkopuolinen näkee", "vad en utomstående ser", "what an outsider sees"),
    ("reuse", "aiemmin tehty kelpaa", "tidigare gjort duger", "done earlier counts"),
    ("optional", "valinnainen", "valfritt", "optional"),
    ("by_hand", "lisätään tarvittaessa", "läggs till vid behov", "added when needed"),
    ("target", "tavoiteaika", "måltid", "target time"),
    ("reply", "vastausaika", "svarstid", "time to reply"),
    ("accept", "vastaanottoaika", "tid för mottagning", "time to accept"),
    ("opens", "milloin aukeaa", "när det öppnas", "when it opens"),
    ("every", "väli", "intervall", "interval"),
    ("stay_open", "asia pysyy avoinna", "ärendet hålls öppet", "the case stays open"),
    ("repeat", "montako kertaa enintään", "högst så många gånger", "how often at most"),
    ("inside", "minkä askeleen sisällä", "inom vilket steg", "inside which step"),
    ("branch", "missä haarassa", "i vilken gren", "in which branch"),
    ("branches", "rinnakkaiset askeleet", "parallella steg", "parallel steps"),
    ("join", "milloin rinnakkaiset riittävät", "när de parallella räcker", "when the parallel ones are enough"),
    ("within", "aika", "tid", "time"),
    ("starts", "alkaa", "börjar", "starts"),
    ("kept_when", "täyttyy", "uppfylls", "kept when"),
    ("cancelled_when", "päättyy täyttymättä", "avslutas utan att uppfyllas", "cancelled when"),
    ("once", "kerran jaksossa", "en gång per period", "once in an episode"),
    ("on_handover", "siirrossa", "vid överföring", "at a hand-over"),
    ("counted_from", "mistä lasketaan", "räknas från", "counted from"),
    ("calendar", "kalenteri", "kalender", "calendar"),
    ("roll", "jos viimeinen päivä on suljettu", "om sista dagen är stängd", "when the last day is closed"),
    ("pause_on", "mikä keskeyttää", "vad som pausar", "what pauses it"),
    ("warn", "muistutukset", "påminnelser", "reminders"),
    ("ladder", "eskalointi", "eskalering", "escalation"),
    ("applies", "ketä koskee", "vem det gäller", "whom it concerns"),
    ("scope", "ketä laki koskee", "vem lagen gäller", "whom the law concerns"),
    ("law", "lain tunnus", "lagens kod", "the law's id"),
    ("section", "lainkohta", "lagrum", "section of the law"),
    ("valid_from", "voimassa alkaen", "i kraft från", "in force from"),
    ("valid_to", "voimassa saakka", "i kraft till", "in force until"),
    ("earlier", "aiemmat sanamuodot", "tidigare lydelser", "earlier wordings"),
    ("source", "lähde", "källa", "source"),
    ("confidence", "varmuus", "säkerhet", "confidence"),
    ("startable", "voidaan käynnistää", "kan startas", "can be started"),
    ("rungs", "portaat", "steg i eskaleringen", "rungs"),
    ("professions", "ammatit", "yrken", "professions"),
    ("skills_any", "jokin näistä taidoista", "någon av dessa färdigheter", "any of these skills"),
    ("skills_all", "kaikki nämä taidot", "alla dessa färdigheter", "all of these skills"),
    ("assign", "miten valitaan", "hur man väljs", "how one is chosen"),
    ("substitute", "sijainen", "vikarie", "substitute"),
    ("own_worker", "myös omatyöntekijä", "även egen kontaktperson", "own worker as well"),
    ("work_pair", "työpari", "arbetspar", "work pair"),
    ("unit_kind", "yksikön laji", "slag av enhet", "kind of unit"),
    ("purpose", "tarkoitus", "syfte", "purpose"),
    ("approved", "hyväksynnät", "godkännanden", "approvals"),
    ("retention", "säilytysaika", "förvaringstid", "retention period"),
    ("suggested_for", "kenelle ehdotetaan", "för vem den föreslås", "suggested for"),
    ("entry", "mitä kautta tullaan", "hur man kommer", "how clients come"),
    ("include", "yhteiset osat", "gemensamma delar", "shared parts"),
    ("county", "alueen asetukset", "områdets inställningar", "the county's settings"),
    ("loops", "paluiden raja", "gräns för återgångar", "bound of loops"),
    ("receives", "mistä poluista tullaan", "från vilka stigar man kommer", "from which pathways clients come"),
    ("external", "ulkopuolinen", "utomstående", "outside"),
    ("pauses", "keskeytykset", "pauser", "pauses"),
    ("cancels", "mitä peruuntuu", "vad som ställs in", "what is cancelled"),
    ("enters", "mitkä askeleet avautuvat", "vilka steg som öppnas", "which steps open"),
    ("promises", "lupaukset", "löften", "promises"),
    ("closes", "miten asia päättyy", "hur ärendet avslutas", "how the case closes"),
    ("attempts", "tavoittelu", "kontaktförsök", "attempts"),
    ("tells", "kuka kuulee", "vem som underrättas", "who hears"),
    ("signals", "mitä tapahtuu", "vad som händer", "what happens"),
    ("baseline", "ensimmäinen kerta", "första gången", "the first time"),
    ("at_most", "enintään kertaa", "gånger högst", "times at most"),
    ("per", "mitä kohden", "räknat per", "counted per"),
    ("follow_up", "seuranta", "uppföljning", "follow-up"),
)
