"""A pathway's page in the catalogue: what it is for, who works on it, steps, promises with their law, measures. Markdown."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.pathway_words import PathwayWords
from engine.placed_steps import PlacedStep, placed_steps
from pathways.definition_parts import Text
from pathways.promise_definition import PromiseDefinition
from pathways.step import parse_target

Row = Iterable[str]


@dataclass(frozen=True)
class PagePictures:
    """The files with the two drawings, as the page links to them."""

    worker: str
    client: str


def pathway_page(words: PathwayWords, pictures: PagePictures | None = None) -> str:
    """Return one pathway's page in the language of the words."""
    definition = words.definition
    said = _Said(words)
    lines = [
        f"# {words.text(definition.title)}",
        "",
        said("generated"),
        "",
        words.text(definition.purpose),
        "",
        *_facts(said),
        *_section(said, "who", _table(said, ("role", "professions", "answers"), _roles(words))),
        *_section(said, "steps", _table(said, ("phase", "step", "by", "aim", "leads"), _steps(said))),
        *_section(said, "promises", _table(said, _PROMISE_COLUMNS, _promises(said))),
        *_section(said, "suggestions", _list(_suggestions(words))),
        *_section(said, "events", _list(_events(words))),
        *_section(said, "ends", _list(_ends(words))),
        *_section(said, "handovers", _list(_handovers(words))),
        *_section(said, "measures", _list(_measures(said))),
        *_section(said, "pictures", _pictures(said, pictures)),
    ]
    return "\n".join(lines).rstrip() + "\n"


def catalogue_index(pages: Iterable[tuple[str, PathwayWords]]) -> str:
    """Return the page that lists all pathways, by title; `pages` are file names with their words."""
    listed = sorted(pages, key=lambda page: page[1].text(page[1].definition.title).casefold())
    said = _Said(listed[0][1])
    rows = [
        (
            f"[{words.text(words.definition.title)}]({name})",
            words.text(words.definition.purpose),
            words.register(),
            str(len(words.definition.steps)),
            str(sum(each.kind == "statutory" for each in words.definition.promises.values())),
            _state(_Said(words)),
        )
        for name, words in listed
    ]
    columns = ("pathway", "purpose", "register", "steps_many", "laws", "state")
    lines = [f"# {said('catalogue')}", "", said("generated"), "", said("about_catalogue"), ""]
    return "\n".join([*lines, *_table(said, columns, rows)]) + "\n"


# --- the parts ------------------------------------------------------------------------------------------------

_PROMISE_COLUMNS = ("promise", "kind", "within", "starts", "kept", "whom", "law")


def _facts(said: "_Said") -> Iterator[str]:
    words, definition = said.words, said.words.definition
    facts = {
        "id": f"`{definition.pathway}`, {said('version')} {definition.version}",
        "for": words.condition(definition.suggested_for),
        "entry": ", ".join(words.channel(key).lower() for key in definition.entry),
        "register": words.register() + _in_brackets(words.text(definition.register_basis)),
        "retention": words.retention(),
        "approvals": _state(said),
        "withheld": words.text(definition.withheld),
        "source": definition.source,
    }
    yield from (f"- **{said(key)}**: {value}" for key, value in facts.items() if value)
    yield ""


def _state(said: "_Said") -> str:
    definition = said.words.definition
    if definition.withheld:
        return said("held_back")
    return said("waiting" if definition.approved.missing() else "approved")


def _roles(words: PathwayWords) -> Iterator[Row]:
    for key in words.definition.roles:
        yield (words.role(key), words.professions(key), words.answers_from(key))


def _steps(said: "_Said") -> Iterator[Row]:
    words = said.words
    for placed in placed_steps(words.definition):
        step = placed.step
        inside = "– " if placed.parent else ""
        beside = f" *({said('opened')})*" if step.by_hand else ""
        role = step.role or (words.definition.steps[placed.parent].role if placed.parent else None)
        phase = words.text(words.definition.phases.get(step.phase or ""), "")
        yield (
            phase,
            f"{inside}{words.step(placed.key)}{beside}",
            words.role(role),
            words.aim(placed.step),
            _ways(said, placed),
        )


def _ways(said: "_Said", placed: PlacedStep) -> str:
    words = said.words
    if placed.parent is not None:
        return ", ".join(words.outcome(key) for key in placed.step.outcomes)
    targets: dict[str, list[str]] = {}
    for outcome, text in placed.step.outcomes.items():
        where = said.leads(text)
        targets.setdefault(where, []).append(words.outcome(outcome))
    return "; ".join(f"{', '.join(outcomes)} → {where}" for where, outcomes in targets.items())


def _promises(said: "_Said") -> Iterator[Row]:
    """Give each clock but the targets of steps, which stand beside their steps."""
    for key, promise in said.words.definition.promises.items():
        if promise.step is None or promise.kind != "target":
            yield promise_row(said.words, key, promise)


def promise_row(words: PathwayWords, key: str, promise: PromiseDefinition) -> tuple[str, ...]:
    """Return one clock as a row: title, kind, span, start, what keeps it, whom it concerns, law or source."""
    law = " ".join(filter(None, (words.text(promise.section), f"({promise.law})" if promise.law else "")))
    return (
        words.text(promise.title, key),
        words.text(_KINDS[promise.kind or "promise"]),
        words.goal(promise.within),
        words.phrases(promise.starts),
        words.phrases(promise.kept_when),
        words.whom(promise),
        law,
    )


def _suggestions(words: PathwayWords) -> Iterator[str]:
    for placed in placed_steps(words.definition):
        for outcome, condition in placed.step.suggests.items():
            yield f"{words.step(placed.key)}: {words.outcome(outcome)}, {words.text(_WHEN)} {words.condition(condition)}"


def _events(words: PathwayWords) -> Iterator[str]:
    for event in words.definition.events.values():
        yield words.text(event.title) + _in_brackets(event.code or "")


def _ends(words: PathwayWords) -> Iterator[str]:
    for key in words.definition.ends:
        yield words.end(key)


def _handovers(words: PathwayWords) -> Iterator[str]:
    for handover in words.definition.handovers:
        yield words.text(handover.title) or words.organisation(handover.to)


def _measures(said: "_Said") -> Iterator[str]:
    words, measures = said.words, said.words.definition.measures
    yield from (words.text(text) for text in measures.indicators.values())
    for key, followed in measures.instruments.items():
        asked = [words.step(followed.baseline), *map(words.step, followed.follow_up)]
        licence = words.vocabulary.instruments[key].licence if key in words.vocabulary.instruments else None
        yield f"{words.instrument(key)}: {' → '.join(asked)}{_in_brackets(words.text(licence))}"


def _pictures(said: "_Said", pictures: PagePictures | None) -> Iterator[str]:
    if pictures is None:
        yield said("draw").format(said.words.definition.pathway, said.words.language)
        return
    for key, file in (("worker_view", pictures.worker), ("client_view", pictures.client)):
        yield f"![{said(key)}: {said.words.text(said.words.definition.title)}]({file})"
        yield ""


# --- Markdown -------------------------------------------------------------------------------------------------


def _section(said: "_Said", title: str, body: Iterable[str]) -> list[str]:
    lines = list(body)
    return [f"## {said(title)}", "", *lines, ""] if lines else []


def _table(said: "_Said", columns: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    titles = [said(column) for column in columns]
    yield f"| {' | '.join(titles)} |"
    yield f"|{'---|' * len(titles)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def _list(items: Iterable[str]) -> Iterator[str]:
    return (f"- {item}" for item in items)


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""


class _Said:
    """The page's own words, in the reader's language."""

    def __init__(self, words: PathwayWords) -> None:
        self.words = words

    def __call__(self, key: str) -> str:
        return self.words.text(_WORDS[key])

    def leads(self, target: str) -> str:
        """Return where an outcome leads, from the definition's own words for it."""
        return self.words.target(parse_target(target))


_KINDS = {
    "promise": Text(fi="Lupaus", sv="Löfte", en="Promise"),
    "statutory": Text(fi="Laki", sv="Lag", en="Law"),
    "target": Text(fi="Tavoite", sv="Mål", en="Target"),
}
_WHEN = Text(fi="kun", sv="när", en="when")


def _words(*entries: tuple[str, str, str, str]) -> Mapping[str, Text]:
    return {key: Text(fi=fi, sv=sv, en=en) for key, fi, sv, en in entries}


_WORDS = _words(
    ("about_catalogue", "Polut ovat malleja, jotka hyvinvointialue hyväksyy yksi kerrallaan. Lupaus on asiakkaalle annettu, laki velvoittaa, tavoite on yksikön sisäinen ja ehdotus kunnes se on hyväksytty.", "Stigarna är mallar som välfärdsområdet godkänner en i taget. Ett löfte har getts klienten, lagen förpliktar, ett mål är enhetens eget och ett förslag tills det har godkänts.", "Pathways are templates that a county approves one by one. A promise is given to the client, the law binds, a target is the unit's own and a proposal until approved."),
    ("aim", "Tavoiteaika", "Måltid", "Target time"),
    ("answers", "Vastaa asiasta askeleesta", "Ansvarar från steget", "Answers from the step"),
    ("approvals", "Hyväksyntä", "Godkännande", "Approval"),
    ("approved", "hyväksytty", "godkänd", "approved"),
    ("by", "Kuka", "Vem", "Who"),
    ("catalogue", "Palvelupolut", "Servicestigar", "Client pathways"),
    ("client_view", "Asiakkaan näkymä", "Klientens vy", "The client's view"),
    ("draw", "Kuvan saa komennolla `./run draw {} --lang {}`.", "Bilden fås med kommandot `./run draw {} --lang {}`.", "`./run draw {} --lang {}` draws it."),
    ("ends", "Miten asia voi päättyä", "Hur ärendet kan avslutas", "How a case can end"),
    ("entry", "Mitä kautta tullaan", "Hur man kommer", "How clients come"),
    ("events", "Mitä voi tapahtua milloin vain", "Vad som kan hända när som helst", "What may happen at any step"),
    ("for", "Kenelle ehdotetaan", "För vem stigen föreslås", "Suggested for"),
    ("generated", "*Sivu on tehty polun tiedostosta komennolla `./run catalogue`; älä muokkaa sitä käsin.*", "*Sidan har gjorts av stigens fil med kommandot `./run catalogue`; redigera den inte för hand.*", "*Made from the pathway's file by `./run catalogue`; don't edit it by hand.*"),
    ("handovers", "Mihin asia voi jatkua", "Vart ärendet kan gå vidare", "Where a case may go on"),
    ("held_back", "ei voi vielä aloittaa", "kan inte påbörjas ännu", "can't be started yet"),
    ("id", "Tunnus", "Kod", "Id"),
    ("kept", "Täyttyy", "Uppfylls", "Kept when"),
    ("kind", "Laji", "Slag", "Kind"),
    ("law", "Laki", "Lag", "Law"),
    ("laws", "Lain määräaikoja", "Lagens tidsfrister", "Statutory clocks"),
    ("leads", "Lopputulos → mihin", "Utfall → vart", "Outcome → where"),
    ("measures", "Millä polkua arvioidaan", "Hur stigen bedöms", "What the pathway is judged by"),
    ("opened", "avataan tarvittaessa", "öppnas vid behov", "opened when needed"),
    ("pathway", "Polku", "Stig", "Pathway"),
    ("phase", "Vaihe", "Fas", "Phase"),
    ("pictures", "Kuvat", "Bilder", "Pictures"),
    ("professions", "Ammatit", "Yrken", "Professions"),
    ("promise", "Mitä", "Vad", "What"),
    ("promises", "Lupaukset, lain määräajat ja tavoitteet", "Löften, lagens tidsfrister och mål", "Promises, statutory clocks and targets"),
    ("purpose", "Tarkoitus", "Syfte", "Purpose"),
    ("register", "Rekisteri", "Register", "Register"),
    ("retention", "Säilytysaika", "Förvaringstid", "Retention"),
    ("role", "Rooli", "Roll", "Role"),
    ("source", "Mihin kuvaus perustuu", "Vad beskrivningen bygger på", "Source"),
    ("starts", "Alkaa", "Börjar", "Starts"),
    ("state", "Tila", "Läge", "State"),
    ("step", "Askel", "Steg", "Step"),
    ("steps", "Askeleet", "Steg", "Steps"),
    ("steps_many", "Askelia", "Antal steg", "Steps"),
    ("suggestions", "Mitä pisteet ehdottavat (ammattilainen päättää)", "Vad poängen föreslår (yrkespersonen beslutar)", "What scores suggest (the professional decides)"),
    ("version", "versio", "version", "version"),
    ("waiting", "odottaa hyväksyntää", "väntar på godkännande", "waits for approval"),
    ("who", "Ketkä työtä tekevät", "Vilka som gör arbetet", "Who works on it"),
    ("whom", "Ketä koskee", "Vem det gäller", "Whom it concerns"),
    ("withheld", "Miksi ei vielä", "Varför inte ännu", "Why not yet"),
    ("within", "Aika", "Tid", "Time"),
    ("worker_view", "Ammattilaisen näkymä", "Yrkespersonens vy", "The professional's view"),
)  # fmt: skip
