"""The approval form of a pathway: two A4 pages from its definition, signed by the clinical, legal and data protection leads.

What the law doesn't say is marked as a proposal: targets, limits of scores, how often something may be repeated.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template

from engine.pathway_words import PathwayWords
from engine.placed_steps import placed_steps
from pathways.definition_parts import Text


def approval_form(words: PathwayWords) -> str:
    """Return the form as one HTML file that needs nothing beside it; printed it is two pages."""
    said = {key: words.text(text) for key, text in _WORDS.items()}
    return _template().render(
        words=words,
        definition=words.definition,
        said=said,
        facts=list(_facts(words, said)),
        roles=list(_roles(words)),
        steps=list(_steps(words)),
        promises=list(_promises(words)),
        cutoffs=list(_cutoffs(words)),
        repeats="; ".join(_repeats(words)),
        events=", ".join(_events(words)),
        ends=", ".join(map(words.end, words.definition.ends)),
        handovers=", ".join(
            words.text(each.title) or words.organisation(each.to) for each in words.definition.handovers
        ),
        measures=", ".join(_measures(words)),
        data="; ".join(_data(words)),
        leads=[(words.text(_WORDS[lead]), words.text(_WORDS[f"{lead}_asked"])) for lead in _LEADS],
    )


_LEADS = ("clinical", "legal", "data_protection")


def _facts(words: PathwayWords, said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    definition = words.definition
    yield said["for"], words.condition(definition.suggested_for) or said["anybody"]
    yield said["entry"], ", ".join(words.channel(key).lower() for key in definition.entry)
    yield said["source"], definition.source


def _roles(words: PathwayWords) -> Iterator[tuple[str, str, str]]:
    for key in words.definition.roles:
        yield words.role(key), words.professions(key), words.answers_from(key)


def _steps(words: PathwayWords) -> Iterator[tuple[str, str, str, str, bool]]:
    number = 0
    for placed in placed_steps(words.definition):
        number += placed.parent is None
        shown = str(number) if placed.parent is None else ""
        yield shown, words.step(placed.key), words.role(placed.step.role), words.aim(placed.step), bool(placed.parent)


def _promises(words: PathwayWords) -> Iterator[tuple[str, str, str, str, str, bool]]:
    """Give every clock but the targets of steps, which stand beside their steps."""
    for key, promise in words.definition.promises.items():
        if promise.step is None or promise.kind != "target":
            law = " ".join(filter(None, (words.text(promise.section), promise.law)))
            kind = words.text(_WORDS[promise.kind or "promise"])
            title = words.text(promise.title, key)
            yield title, kind, words.goal(promise.within), law, words.whom(promise), promise.kind != "statutory"


def _cutoffs(words: PathwayWords) -> Iterator[str]:
    for placed in placed_steps(words.definition):
        step = placed.step
        for outcome, condition in step.suggests.items():
            yield f"{words.step(placed.key)}: {words.outcome(outcome)} ← {words.condition(condition)}"


def _repeats(words: PathwayWords) -> Iterator[str]:
    """Give how often steps may be repeated, those with the same bound together."""
    bounds: dict[int, list[str]] = {}
    for placed in placed_steps(words.definition):
        if placed.step.repeat:
            bounds.setdefault(placed.step.repeat.at_most, []).append(words.step(placed.key))
    for bound, steps in sorted(bounds.items()):
        yield f"{words.text(_WORDS['at_most']).format(bound)}: {', '.join(dict.fromkeys(steps))}"


def _events(words: PathwayWords) -> Iterator[str]:
    for event in words.definition.events.values():
        yield words.text(event.title) + (f" ({event.code})" if event.code else "")


def _measures(words: PathwayWords) -> Iterator[str]:
    measures = words.definition.measures
    yield from (words.text(text) for text in measures.indicators.values())
    yield from map(words.instrument, measures.instruments)


def _data(words: PathwayWords) -> Iterator[str]:
    """Give what the data protection lead looks for: register, ground, retention, consents, who outside sees what."""
    definition = words.definition
    yield words.register() + (f" ({words.text(definition.register_basis)})" if definition.register_basis else "")
    yield words.retention()
    for placed in placed_steps(definition):
        if placed.step.consent:
            yield f"{words.step(placed.key)}: {words.text(placed.step.consent.purpose)}"
        for organisation, shared in placed.step.shares.items():
            things = ", ".join(words.text(_SHARED[thing]) for thing in shared)
            yield f"{words.step(placed.key)} → {words.organisation(organisation)}: {things}"


@cache
def _template() -> Template:
    text = resources.files("engine").joinpath("approval_form.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False).from_string(text)


def _texts(*entries: tuple[str, str, str, str]) -> Mapping[str, Text]:
    return {key: Text(fi=fi, sv=sv, en=en) for key, fi, sv, en in entries}


_SHARED = _texts(
    ("question", "kysymys", "frågan", "the question"),
    ("answer", "vastaus", "svaret", "the answer"),
    ("summary", "yhteenveto", "sammanfattningen", "the summary"),
    ("plan", "suunnitelma", "planen", "the plan"),
    ("goals", "tavoitteet", "målen", "the goals"),
    ("contact_details", "yhteystiedot", "kontaktuppgifterna", "contact details"),
    ("step", "askel", "steget", "the step"),
    ("decision", "päätös", "beslutet", "the decision"),
)
_WORDS = _texts(
    ("answers", "vastaa asiasta", "ansvarar", "answers from"),
    ("anybody", "kaikille", "alla", "anybody"),
    ("approves", "hyväksyn", "godkänner", "I approve"),
    ("at_most", "enintään {} kertaa", "högst {} gånger", "at most {} times"),
    ("clinical", "Kliininen vastuuhenkilö", "Kliniskt ansvarig", "Clinical lead"),
    ("clinical_asked", "askeleet, ammatit, mittarien rajat ja tavoiteajat ovat asiakkaalle turvallisia", "stegen, yrkena, mätarnas gränser och måltiderna är trygga för klienten", "steps, professions, score limits and targets are safe for the client"),
    ("cutoffs", "Rajat ja toistot", "Gränser och upprepningar", "Cut-offs and repetitions"),
    ("data", "Rekisteri, säilytys, suostumukset ja luovutukset", "Register, förvaring, samtycken och utlämnande", "Register, retention, consents and disclosures"),
    ("data_protection", "Tietosuojavastaava", "Dataskyddsombud", "Data protection officer"),
    ("data_protection_asked", "rekisteri, peruste, säilytys ja luovutukset ovat oikein", "registret, grunden, förvaringen och utlämnandet är rätt", "register, ground, retention and disclosures are right"),
    ("date", "Päivä", "Datum", "Date"),
    ("decision", "Hyväksyntä", "Godkännande", "Approval"),
    ("ends", "Miten asia voi päättyä", "Hur ärendet kan avslutas", "How a case can end"),
    ("entry", "Mitä kautta tullaan", "Hur man kommer", "How clients come"),
    ("events", "Poikkeamat ja elämän tapahtumat", "Avvikelser och livshändelser", "Exceptions and events of life"),
    ("for", "Kenelle ehdotetaan", "För vem stigen föreslås", "Suggested for"),
    ("form", "Polun hyväksyntälomake", "Blankett för godkännande av en stig", "Approval form of a pathway"),
    ("handovers", "Mihin asia voi jatkua", "Vart ärendet kan gå vidare", "Where a case may go on"),
    ("legal", "Juristi", "Jurist", "Legal lead"),
    ("legal_asked", "lain määräajat, päätökset ja asiakkaan oikeudet ovat oikein", "lagens tidsfrister, besluten och klientens rättigheter är rätt", "statutory clocks, decisions and the client's rights are right"),
    ("mark", "sisältötunniste", "innehållskod", "content"),
    ("measures", "Millä polkua arvioidaan", "Hur stigen bedöms", "What the pathway is judged by"),
    ("name", "Nimi", "Namn", "Name"),
    ("promise", "Lupaus", "Löfte", "Promise"),
    ("promises", "Lupaukset, lain määräajat ja tavoitteet", "Löften, lagens tidsfrister och mål", "Promises, statutory clocks and targets"),
    ("proposals", "◇ on ehdotus, jonka hyväksytte tai muutatte. Lain määräaikaa ei voi pidentää. Muutoksesta tehdään uusi versio ja uusi lomake.", "◇ är ett förslag som ni godkänner eller ändrar. Lagens tidsfrist kan inte förlängas. En ändring blir en ny version och en ny blankett.", "◇ is a proposal for you to approve or change. A statutory time can't be made longer. A change makes a new version and a new form."),
    ("read_me", "Kaksi sivua: mitä polku tekee ja mistä päätätte. Ennen kolmea hyväksyntää polkua voi käyttää vain harjoitteluyksikössä.", "Två sidor: vad stigen gör och vad ni beslutar om. Före tre godkännanden kan stigen bara användas i en övningsenhet.", "Two pages: what the pathway does and what you decide. Before three approvals only a training unit may run it."),
    ("refuses", "en hyväksy", "godkänner inte", "I don't approve"),
    ("signature", "Allekirjoitus", "Underskrift", "Signature"),
    ("source", "Mihin kuvaus perustuu", "Vad beskrivningen bygger på", "Source"),
    ("statutory", "Laki", "Lag", "Law"),
    ("steps", "Askeleet ja tavoiteajat", "Steg och måltider", "Steps and target times"),
    ("target", "Tavoite", "Mål", "Target"),
    ("version", "versio", "version", "version"),
    ("who", "Ketkä työtä tekevät ja kuka vastaa", "Vilka som gör arbetet och vem som ansvarar", "Who works on it and who answers"),
    ("with_changes", "hyväksyn muutoksin", "godkänner med ändringar", "with changes"),
)  # fmt: skip
