"""Workers: who works where, with which profession, skills and languages, and who is away."""

from datetime import date

from engine.absences import NewAbsence, end_absence, record_absence
from features.names import word_key
from features.sentences import Table, step
from features.world import CheckFailed, World


@step(
    "given",
    fi="{worker} on {profession} yksikössä {unit}",
    sv="{worker} är {profession} i enheten {unit}",
    en="{worker} is {profession} in the unit {unit}",
)
def works(world: World, worker: str, profession: str, unit: str) -> None:
    professions = world.definitions.shelved.vocabulary.professions
    world.county.describe(worker, professions=(word_key("profession", profession, professions, world.language),))
    world.county.place(worker, unit, "case_worker")


@step(
    "given",
    fi="{worker} on {profession} organisaatiossa {organisation}",
    sv="{worker} är {profession} i organisationen {organisation}",
    en="{worker} is {profession} in the organisation {organisation}",
)
def works_elsewhere(world: World, worker: str, profession: str, organisation: str) -> None:
    words, language = world.definitions.shelved.vocabulary, world.language
    world.county.describe(
        worker,
        professions=(word_key("profession", profession, words.professions, language),),
        organisation=word_key("organisation", organisation, words.organisations, language),
    )
    world.county.place(worker, organisation, "consultant")


@step("given", fi="yksikön {unit} väki on", sv="enheten {unit} har personalen", en="the staff of the unit {unit} is")
def staff(world: World, unit: str, table: Table) -> None:
    """Columns: name, profession, and where wanted languages, skills, task (team lead, head)."""
    head, *rows = table
    columns = [_column(cell) for cell in head]
    for row in rows:
        about = dict(zip(columns, row, strict=True))
        works(world, about["name"], about["profession"], unit)
        for skill in _listed(about.get("skills")):
            has_skill(world, about["name"], skill)
        if languages := _listed(about.get("languages")):
            world.county.describe(about["name"], languages=tuple(_language(word) for word in languages))
        for task in _listed(about.get("task")):
            _TASKS[_task(task)](world, about["name"], unit)


_COLUMNS = {
    "name": "nimi namn name",
    "profession": "ammatti yrke profession",
    "languages": "kielet språk languages",
    "skills": "osaaminen kunnande skills",
    "task": "tehtävä uppgift task",
}
_LANGUAGES = {"fi": "suomi finska finnish", "sv": "ruotsi svenska swedish", "en": "englanti engelska english"}
_TASK_WORDS = {"lead": "esihenkilö teamledare team lead", "head": "vastuuhenkilö enhetschef head of unit"}


def _one_of(word: str, known: dict[str, str]) -> str:
    for key, words in known.items():
        if word.strip().casefold() in words.split() or word.strip().casefold() in words:
            return key
    raise CheckFailed(f'"{word}" is none of {", ".join(known.values())}')


def _column(word: str) -> str:
    return _one_of(word, _COLUMNS)


def _language(word: str) -> str:
    return _one_of(word, _LANGUAGES)


def _task(word: str) -> str:
    return _one_of(word, _TASK_WORDS)


def _listed(cell: str | None) -> list[str]:
    return [word.strip() for word in (cell or "").split(",") if word.strip()]


@step(
    "given",
    fi="{worker} on yksikön {unit} esihenkilö",
    sv="{worker} är teamledare i enheten {unit}",
    en="{worker} is the team lead of the unit {unit}",
)
def leads(world: World, worker: str, unit: str) -> None:
    world.county.place(worker, unit, "team_lead")


@step(
    "given",
    fi="{worker} on yksikön {unit} vastuuhenkilö",
    sv="{worker} är enhetschef i enheten {unit}",
    en="{worker} is the head of the unit {unit}",
)
def heads(world: World, worker: str, unit: str) -> None:
    world.county.place(worker, unit, head=True)


_TASKS = {"lead": leads, "head": heads}


@step(
    "given",
    fi="{worker} palvelee myös ruotsiksi",
    sv="{worker} ger service också på svenska",
    en="{worker} also serves in Swedish",
)
def serves_in_swedish(world: World, worker: str) -> None:
    world.county.describe(worker, languages=("fi", "sv"))


@step("given", fi="{worker} osaa menetelmän {skill}", sv="{worker} kan metoden {skill}", en="{worker} knows {skill}")
def has_skill(world: World, worker: str, skill: str) -> None:
    skills = world.definitions.shelved.vocabulary.skills
    world.county.describe(worker, skills=(word_key("skill", skill, skills, world.language),))


@step(
    "given",
    fi="{worker} voi vastata enintään näin monesta asiakkaasta: {count:number}",
    sv="{worker} kan ansvara för högst så många klienter: {count:number}",
    en="{worker} can answer for at most so many clients: {count:number}",
)
def load_limit(world: World, worker: str, count: int) -> None:
    world.county.describe(worker, load_limit=count)


# --- away ---


@step(
    "when",
    fi="{worker} on poissa {first:day} – {last:day}, sijaisena {substitute}",
    sv="{worker} är borta {first:day} – {last:day}, med vikarien {substitute}",
    en="{worker} is away {first:day} – {last:day}, with the substitute {substitute}",
)
def away(world: World, worker: str, first: date, last: date, substitute: str) -> None:
    record_away(world, worker, first, last, world.county.worker_id(substitute))


@step(
    "when",
    fi="{worker} on poissa {first:day} – {last:day} ilman sijaista",
    sv="{worker} är borta {first:day} – {last:day} utan vikarie",
    en="{worker} is away {first:day} – {last:day} without a substitute",
)
def away_without_substitute(world: World, worker: str, first: date, last: date) -> None:
    record_away(world, worker, first, last, None)


def record_away(world: World, worker: str, first: date, last: date, substitute_id: str | None) -> None:
    """The worker says so themselves; days of the substitution begin at midnight from now on."""
    actor = world.actor(worker)
    absence = NewAbsence(actor.worker_id, first, last, substitute_id)

    def record() -> str:
        with world.database.begin() as connection:
            return record_absence(connection, actor, absence, world.time.now)

    absence_id = world.attempt(record)
    if absence_id:
        world.absences[worker] = absence_id
    world.time.watches_days = True
    world.pass_to(world.time.now)


@step("when", fi="{worker} palaa töihin", sv="{worker} återgår till arbetet", en="{worker} is back at work")
def is_back(world: World, worker: str) -> None:
    """Earlier than was said."""
    actor = world.actor(worker)
    with world.database.begin() as connection:
        end_absence(connection, actor, world.absences[worker], world.time.now)
    world.pass_to(world.time.now)
