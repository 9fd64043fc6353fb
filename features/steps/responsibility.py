"""Who answers for a case: named by rule or by hand, acknowledged, substituted, handed over; the own worker beside."""

from engine.read_models.people_shown import AssignmentShown
from features.sentences import step
from features.world import CheckFailed, World
from pathways import commands as c


@step(
    "when",
    fi="{lead} nimeää vastuutyöntekijäksi {worker}",
    sv="{lead} utser {worker} till ansvarig arbetstagare",
    en="{lead} names {worker} the responsible worker",
)
def names_responsible(world: World, lead: str, worker: str) -> None:
    command = c.AssignResponsibleWorker(case_id=world.case_id(), worker_id=world.county.worker_id(worker))
    world.ask(command, world.actor(lead))


@step(
    "when",
    fi="{lead} nimeää vastuutyöntekijän ehdotuksen mukaan",
    sv="{lead} utser den ansvariga arbetstagaren enligt förslaget",
    en="{lead} names the responsible worker as proposed",
)
def names_as_proposed(world: World, lead: str) -> None:
    world.ask(c.AssignResponsibleWorker(case_id=world.case_id(), auto=True), world.actor(lead))


@step(
    "when",
    fi="{worker} ottaa asian vastuulleen",
    sv="{worker} tar ansvaret för ärendet",
    en="{worker} takes the case",
)
def takes(world: World, worker: str) -> None:
    names_responsible(world, worker, worker)


@step("when", fi="{worker} kuittaa vastuun", sv="{worker} kvitterar ansvaret", en="{worker} acknowledges the case")
def acknowledges(world: World, worker: str) -> None:
    world.ask(c.AcknowledgeResponsibility(case_id=world.case_id()), world.actor(worker))


@step(
    "when",
    fi="{lead} nimeää omatyöntekijäksi {worker}",
    sv="{lead} utser {worker} till egen kontaktperson",
    en="{lead} names {worker} the own worker",
)
def names_own_worker(world: World, lead: str, worker: str) -> None:
    command = c.NameOwnWorker(case_id=world.case_id(), worker_id=world.county.worker_id(worker))
    world.ask(command, world.actor(lead))


# --- checks ---


@step(
    "then",
    fi="[asiakkaan {client} ]vastuutyöntekijä on {worker}",
    sv="ansvarig arbetstagare [för klienten {client} ]är {worker}",
    en="the responsible worker [of the client {client} ]is {worker}",
)
def responsible_is(world: World, worker: str, client: str | None = None) -> None:
    shown = _responsible(world, client)
    if shown.worker is None or shown.worker.worker_id != world.county.worker_id(worker):
        raise CheckFailed(_who_answers(shown))


@step(
    "then",
    fi="[asiakkaan {client} ]vastuutyöntekijä puuttuu ja asia on yksikön {unit} jonossa",
    sv="ansvarig arbetstagare [för klienten {client} ]saknas och ärendet är i kön för enheten {unit}",
    en="the responsible worker [of the client {client} ]is missing and the case is in the queue of the unit {unit}",
)
def in_queue(world: World, unit: str, client: str | None = None) -> None:
    shown = _responsible(world, client)
    if shown.worker is not None or shown.unit_id != world.county.unit_id(unit):
        raise CheckFailed(_who_answers(shown))


GROUNDS = {
    "continuity": {"fi": "tuttu työntekijä", "sv": "bekant arbetstagare", "en": "known worker"},
    "language": {"fi": "kieli", "sv": "språk", "en": "language"},
    "load": {"fi": "työtilanne", "sv": "arbetsläge", "en": "workload"},
    "only_one": {"fi": "ainoa sopiva", "sv": "den enda lämpliga", "en": "the only fit one"},
    "named": {"fi": "nimetty käsin", "sv": "utsedd för hand", "en": "named by hand"},
    "long_absence": {"fi": "pitkä poissaolo", "sv": "lång frånvaro", "en": "long absence"},
    "handover": {"fi": "siirto", "sv": "överföring", "en": "hand-over"},
    "queue": {"fi": "jono", "sv": "kö", "en": "queue"},
    "substitute": {"fi": "sijaisuus", "sv": "vikariat", "en": "substitution"},
}
"""Why somebody answers, as the professionals say it."""


@step(
    "then",
    fi="nimeämisen peruste on {ground}",
    sv="grunden för utnämningen är {ground}",
    en="the ground of the naming is {ground}",
)
def named_because(world: World, ground: str) -> None:
    shown = _responsible(world, None)
    said = {key: words[world.language] for key, words in GROUNDS.items()}
    if said.get(shown.ground, shown.ground).casefold() != ground.casefold():
        raise CheckFailed(f"{shown.ground}: {', '.join(shown.explanation)}")


@step("then", fi="omatyöntekijä on {worker}", sv="egen kontaktperson är {worker}", en="the own worker is {worker}")
def own_worker_is(world: World, worker: str) -> None:
    own = world.view().own_worker
    if own is None or own.worker is None or own.worker.worker_id != world.county.worker_id(worker):
        raise CheckFailed(_who_answers(own) if own else "–")


@step(
    "then",
    fi="omatyöntekijää ei ole nimetty",
    sv="ingen egen kontaktperson har utsetts",
    en="no own worker has been named",
)
def no_own_worker(world: World) -> None:
    own = world.view().own_worker
    if own is not None:
        raise CheckFailed(_who_answers(own))


@step("then", fi="sijaisena on {worker}", sv="vikarie är {worker}", en="the substitute is {worker}")
def substitute_is(world: World, worker: str) -> None:
    shown = _responsible(world, None).substitute
    if shown is None or shown.worker_id != world.county.worker_id(worker):
        raise CheckFailed(shown.name if shown else "–")


@step("then", fi="sijaista ei ole", sv="ingen vikarie finns", en="there is no substitute")
def no_substitute(world: World) -> None:
    shown = _responsible(world, None).substitute
    if shown is not None:
        raise CheckFailed(shown.name)


def _responsible(world: World, client: str | None) -> AssignmentShown:
    shown = world.view(client).responsible
    if shown is None:
        raise CheckFailed("nobody answers: the case is closed")
    return shown


def _who_answers(shown: AssignmentShown) -> str:
    return shown.worker.name if shown.worker else f"{shown.role_title}, {shown.unit_name}"


# --- from unit to unit ---


@step(
    "when",
    fi="{worker} ehdottaa asian siirtoa yksikköön {unit}",
    sv="{worker} föreslår att ärendet överförs till enheten {unit}",
    en="{worker} proposes to hand the case over to the unit {unit}",
)
def proposes_handover(world: World, worker: str, unit: str) -> None:
    command = c.ProposeHandover(
        case_id=world.case_id(), handover_id=world.new_id(), to_unit=world.county.unit_id(unit), reason="muutto"
    )
    world.ask(command, world.actor(worker))


@step(
    "when",
    fi="{worker} hyväksyy siirron",
    sv="{worker} godkänner överföringen",
    en="{worker} accepts the hand-over",
)
def accepts_handover(world: World, worker: str) -> None:
    _decide(world, worker, accept=True)


@step(
    "when", fi="{worker} palauttaa siirron", sv="{worker} återsänder överföringen", en="{worker} rejects the hand-over"
)
def rejects_handover(world: World, worker: str) -> None:
    _decide(world, worker, accept=False)


def _decide(world: World, worker: str, *, accept: bool) -> None:
    proposed = [h for h in world.case().handovers.values() if h.state == "proposed"]
    if not proposed:
        raise CheckFailed("no hand-over has been proposed")
    command = c.DecideHandover(case_id=world.case_id(), handover_id=proposed[-1].handover_id, accept=accept)
    world.ask(command, world.actor(worker))
