"""What each event is called on a timeline, in Finnish, Swedish and English. Names stand after a colon: nothing bends.

A braced word is a fact of the event, said by its title. Events that aren't here are the machine's own and not shown.
"""

from dataclasses import dataclass
from typing import Literal

from pathways.definition_parts import Text

Category = Literal["case", "step", "contact", "promise", "person", "consultation", "plan"]


@dataclass(frozen=True, slots=True)
class Sentence:
    category: Category
    text: Text


def _s(category: Category, fi: str, sv: str, en: str) -> Sentence:
    return Sentence(category, Text(fi=fi, sv=sv, en=en))


SENTENCES: dict[str, Sentence] = {
    "case_opened": _s("case", "Asiakkuus alkoi", "Klientrelationen inleddes", "The case was opened"),
    "case_reopened": _s(
        "case",
        "Asiakas palasi: jakso {episode} alkoi",
        "Klienten återkom: period {episode} inleddes",
        "The client came back: episode {episode} began",
    ),
    "case_migrated": _s(
        "case",
        "Asia jatkuu polun versiolla {to_version}",
        "Ärendet fortsätter enligt servicestigens version {to_version}",
        "The case goes on by version {to_version} of its pathway",
    ),
    "case_migration_reversed": _s(
        "case",
        "Asia palasi polun versioon {to_version}",
        "Ärendet återgick till servicestigens version {to_version}",
        "The case went back to version {to_version} of its pathway",
    ),
    "case_closed": _s(
        "case", "Asiakkuus päättyi: {end}", "Klientrelationen avslutades: {end}", "The case was closed: {end}"
    ),
    "client_joined": _s(
        "person", "Asiakas liitettiin asiaan", "En klient anslöts till ärendet", "A client joined the case"
    ),
    "client_identified": _s(
        "person", "Asiakkaan henkilöllisyys selvisi", "Klientens identitet klarlades", "The client was identified"
    ),
    "contact_received": _s(
        "contact", "Yhteydenotto tuli: {channel}", "En kontakt kom in: {channel}", "A contact came in: {channel}"
    ),
    "act_recorded": _s("contact", "{kind} kirjattiin", "{kind} antecknades", "{kind} recorded"),
    "urgency_set": _s("case", "Kiireellisyys: {urgency}", "Brådskande: {urgency}", "Urgency: {urgency}"),
    "language_chosen": _s("case", "Asioinnin kieli: {language}", "Kontaktspråk: {language}", "Language: {language}"),
    "unit_changed": _s("case", "Yksikkö vaihtui: {unit_id}", "Enheten byttes: {unit_id}", "Unit changed: {unit_id}"),
    "held_open": _s(
        "case",
        "Asiakkuutta ei voi päättää ennen: {until}",
        "Klientrelationen kan inte avslutas före: {until}",
        "The case can't be closed before: {until}",
    ),
    "access_restricted": _s(
        "case",
        "Tiedot rajattiin hoitotiimin nähtäviksi",
        "Uppgifterna begränsades till vårdteamet",
        "Access was restricted to the care team",
    ),
    "anytime_happened": _s("case", "Tapahtui: {event}", "Det hände: {event}", "Happened: {event}"),
    "closing_approved": _s(
        "case", "Päättäminen hyväksyttiin: {end}", "Avslutandet godkändes: {end}", "Closing was approved: {end}"
    ),
    "fact_noted": _s(
        "case", "Tieto kirjattiin: {name} = {value}", "Uppgift antecknades: {name} = {value}", "Noted: {name} = {value}"
    ),
    "step_entered": _s("step", "Askel alkoi: {step}", "Steg inleddes: {step}", "Step entered: {step}"),
    "step_opened": _s("step", "Askel avautui: {run_id}", "Steg öppnades: {run_id}", "Step opened: {run_id}"),
    "step_started": _s("step", "Työ alkoi: {run_id}", "Arbetet började: {run_id}", "Work began: {run_id}"),
    "step_assigned": _s(
        "step",
        "Tekijä askelelle {run_id}: {worker_id}",
        "Steget {run_id} gavs till: {worker_id}",
        "{run_id} given to: {worker_id}",
    ),
    "step_ended": _s(
        "step", "Askel tehty: {step} – {outcome}", "Steg klart: {step} – {outcome}", "Step done: {step} – {outcome}"
    ),
    "step_not_needed": _s("step", "Ei tarvita: {step}", "Behövs inte: {step}", "Not needed: {step}"),
    "step_cancelled": _s("step", "Askel peruttiin: {step}", "Steg avbröts: {step}", "Step cancelled: {step}"),
    "responsible_named": _s(
        "person", "Vastaa nyt: {answers}", "Ansvarar nu: {answers}", "Answers from now on: {answers}"
    ),
    "responsibility_acknowledged": _s(
        "person",
        "Vastuutyöntekijä kuittasi vastuun",
        "Ansvarig arbetstagare kvitterade ansvaret",
        "The responsible worker acknowledged",
    ),
    "own_worker_named": _s(
        "person", "Omatyöntekijä: {worker_id}", "Egen kontaktperson: {worker_id}", "Own worker: {worker_id}"
    ),
    "substitute_named": _s("person", "Sijainen: {worker_id}", "Vikarie: {worker_id}", "Substitute: {worker_id}"),
    "substitute_ended": _s("person", "Sijaisuus päättyi", "Vikariatet upphörde", "The substitution ended"),
    "member_joined": _s(
        "person", "Mukaan tuli: {worker_id}", "Med i teamet: {worker_id}", "Joined the team: {worker_id}"
    ),
    "member_left": _s("person", "Pois jäi: {worker_id}", "Lämnade teamet: {worker_id}", "Left the team: {worker_id}"),
    "handover_proposed": _s(
        "person",
        "Siirtoa ehdotettiin: {receiver}",
        "Överföring föreslogs: {receiver}",
        "Hand-over proposed: {receiver}",
    ),
    "handover_accepted": _s("person", "Siirto vastaanotettiin", "Överföringen togs emot", "The hand-over was accepted"),
    "handover_rejected": _s("person", "Siirto palautettiin", "Överföringen återsändes", "The hand-over was rejected"),
    "plan_drafted": _s(
        "plan",
        "Asiakassuunnitelman versio {version} kirjattiin",
        "Version {version} av klientplanen skrevs",
        "Version {version} of the client plan was written",
    ),
    "plan_sent_to_client": _s(
        "plan",
        "Asiakassuunnitelma annettiin asiakkaalle",
        "Klientplanen gavs till klienten",
        "The client plan was given to the client",
    ),
    "plan_agreed": _s(
        "plan", "Asiakassuunnitelma: {agreement}", "Klientplanen: {agreement}", "The client plan: {agreement}"
    ),
    "plan_review_opened": _s(
        "plan",
        "Asiakassuunnitelma on tarkistettava",
        "Klientplanen ska ses över",
        "The client plan is to be reviewed",
    ),
    "plan_ended": _s("plan", "Asiakassuunnitelma päättyi", "Klientplanen avslutades", "The client plan ended"),
    "consultation_requested": _s(
        "consultation",
        "Konsultaatiota pyydettiin: {profession}",
        "Konsultation begärdes: {profession}",
        "Consultation asked: {profession}",
    ),
    "consultation_moved": _s("consultation", "Konsultaatio: {verb}", "Konsultation: {verb}", "Consultation: {verb}"),
    "promise_started": _s("promise", "Alkoi: {key}", "Började: {key}", "Began: {key}"),
    "promise_paused": _s(
        "promise",
        "Tauolle: {promise_id} – {reason}",
        "Pausades: {promise_id} – {reason}",
        "Paused: {promise_id} – {reason}",
    ),
    "promise_pause_planned": _s(
        "promise",
        "Tauko sovittiin: {promise_id} – {reason}",
        "Paus avtalades: {promise_id} – {reason}",
        "Pause agreed: {promise_id} – {reason}",
    ),
    "promise_resumed": _s("promise", "Jatkuu: {promise_id}", "Fortsätter: {promise_id}", "Resumed: {promise_id}"),
    "promise_kept": _s("promise", "{kept}: {promise_id}", "{kept}: {promise_id}", "{kept}: {promise_id}"),
    "promise_cancelled": _s(
        "promise", "Ei enää tarpeen: {promise_id}", "Behövs inte längre: {promise_id}", "No longer needed: {promise_id}"
    ),
    "promise_reinstated": _s(
        "promise",
        "Jatkuu kuten ennen: {promise_id}",
        "Fortsätter som förut: {promise_id}",
        "Runs on as before: {promise_id}",
    ),
    "promise_travelled": _s(
        "promise",
        "Siirtyi asiakkaan mukana: {promise_id}",
        "Följde med klienten: {promise_id}",
        "Went with the client: {promise_id}",
    ),
    "tier_fired": _s("promise", "Muistutus: {promise_id}", "Påminnelse: {promise_id}", "Reminder: {promise_id}"),
    "promise_breached": _s(
        "promise", "{breach}: {promise_id}{duty}", "{breach}: {promise_id}{duty}", "{breach}: {promise_id}{duty}"
    ),
    "breach_voided": _s(
        "promise",
        "Myöhästyminen mitätöitiin: {promise_id}",
        "Förseningen ströks: {promise_id}",
        "The breach was voided: {promise_id}",
    ),
    "promise_recalculated": _s(
        "promise",
        "Määräaika siirtyi: {promise_id} – {due_at} (oli {old_due_at}). Syy: {cause}",
        "Tidsfristen flyttades: {promise_id} – {due_at} (var {old_due_at}). Orsak: {cause}",
        "The due time moved: {promise_id} – {due_at} (was {old_due_at}). Reason: {cause}",
    ),
    "promise_reassessed": _s(
        "promise",
        "Korjatun ajan mukaan: {promise_id} – {corrected_state}. Arvio jää ennalleen.",
        "Enligt den rättade tiden: {promise_id} – {corrected_state}. Bedömningen står kvar.",
        "By the corrected time: {promise_id} – {corrected_state}. The judgement stands.",
    ),
    "time_corrected": _s(
        "case",
        "Aika korjattiin: {corrected} – {corrected_to} (kirjattu {was})",
        "Tiden rättades: {corrected} – {corrected_to} (antecknad {was})",
        "A time was corrected: {corrected} – {corrected_to} (recorded {was})",
    ),
    "breach_reason_given": _s(
        "promise",
        "Myöhästymisen syy: {promise_id} – {code}",
        "Orsak till förseningen: {promise_id} – {code}",
        "Reason for the breach: {promise_id} – {code}",
    ),
}

BREACHES: dict[str, Text] = {
    "promise": Text(fi="Lupaus ei pitänyt", sv="Löftet hölls inte", en="Promise not kept"),
    "statutory": Text(fi="Määräaika ylittyi", sv="Tidsfristen överskreds", en="Deadline exceeded"),
    "target": Text(fi="Tavoite ylittyi", sv="Målet överskreds", en="Target exceeded"),
}
DUTY = Text(
    fi=". Esihenkilö kirjaa syyn ja uuden suunnitelman: viimeistään {}",
    sv=". Teamledaren antecknar orsaken och en ny plan: senast {}",
    en=". The team lead records the reason and a new plan: by {}",
)
WORDS: dict[str, Text] = {
    "kept": Text(fi="Pidetty", sv="Hölls", en="Kept"),
    "kept_late": Text(fi="Pidetty myöhässä", sv="Hölls försenat", en="Kept late"),
    "normal": Text(fi="ei kiireellinen", sv="inte brådskande", en="not urgent"),
    "urgent": Text(fi="kiireellinen", sv="brådskande", en="urgent"),
    "agreed": Text(fi="sovittu", sv="överenskommen", en="agreed"),
    "disagreement": Text(fi="erimielisyys kirjattu", sv="oenighet antecknad", en="disagreement recorded"),
    "accept": Text(fi="otettiin vastaan", sv="togs emot", en="accepted"),
    "return": Text(fi="palautettiin täydennettäväksi", sv="återsändes för komplettering", en="returned"),
    "complete": Text(fi="täydennettiin", sv="kompletterades", en="completed"),
    "answer": Text(fi="vastattiin", sv="besvarades", en="answered"),
    "decline": Text(fi="hylättiin", sv="avvisades", en="declined"),
    "withdraw": Text(fi="peruttiin", sv="återkallades", en="withdrawn"),
    "acknowledge": Text(fi="kuitattiin", sv="kvitterades", en="acknowledged"),
    "queue": Text(fi="yksikön jono", sv="enhetens kö", en="the unit's queue"),
    "calendar": Text(fi="kalenteri muuttui", sv="kalendern ändrades", en="the calendar changed"),
    "correction": Text(
        fi="kirjattu aika korjattiin", sv="en antecknad tid rättades", en="a recorded time was corrected"
    ),
    "contact_received": Text(fi="yhteydenotto", sv="kontakt", en="contact"),
    "act_recorded": Text(fi="teko", sv="åtgärd", en="act"),
    "step_ended": Text(fi="askel tehty", sv="steg klart", en="step done"),
    "kept_in_time": Text(fi="pidetty ajoissa", sv="hölls i tid", en="kept in time"),
    "late": Text(fi="pidetty myöhässä", sv="hölls försenat", en="kept late"),
    "no_due": Text(fi="tauolla", sv="pausad", en="paused"),
    "yes": Text(fi="kyllä", sv="ja", en="yes"),
    "no": Text(fi="ei", sv="nej", en="no"),
}
