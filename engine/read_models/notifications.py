"""What a worker is told inside the application: a kind and a case, never content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, func, select, tuple_, update

from engine import tables as t
from engine.access_log import Read
from engine.handle import Reading
from engine.projection import CASE_TABLE, table_of
from engine.read_models.cursors import from_cursor, to_cursor
from engine.read_models.visible_cases import is_visible
from pathways.actor import Actor
from pathways.definition_parts import Text
from pathways.time_words import Language


@dataclass(frozen=True, slots=True)
class NotificationShown:
    notification_id: str
    kind: str
    sentence: str
    case_id: str | None
    case_number: str | None
    made_at: datetime
    seen_at: datetime | None
    payload: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Notifications:
    rows: tuple[NotificationShown, ...]
    unseen: int
    next_cursor: str | None


NOTIFICATION = table_of(t.NotificationRow)
CASE = CASE_TABLE
MOST = 200
SENTENCES: Mapping[str, Text] = {
    "you_are_responsible": Text(
        fi="Sinut nimettiin vastuutyöntekijäksi",
        sv="Du utsågs till ansvarig arbetstagare",
        en="You were named responsible worker",
    ),
    "candidates_found": Text(
        fi="Yksikölläsi on uusia ehdokkaita, jotka odottavat vastausta",
        sv="Din enhet har nya kandidater som väntar på svar",
        en="Your unit has new candidates that wait for an answer",
    ),
    "candidates_late": Text(
        fi="Ehdokas on odottanut vastausta yli sovitun ajan",
        sv="En kandidat har väntat på svar längre än avtalat",
        en="A candidate has waited for an answer longer than agreed",
    ),
    "you_are_substitute": Text(fi="Toimit sijaisena", sv="Du är vikarie", en="You stand in as substitute"),
    "consultation_for_you": Text(
        fi="Sinulle tuli konsultaatiopyyntö",
        sv="Du har fått en begäran om konsultation",
        en="A consultation is asked of you",
    ),
    "consultation_accept": Text(
        fi="Konsultaatiopyyntö otettiin vastaan",
        sv="Din begäran om konsultation togs emot",
        en="Your consultation was accepted",
    ),
    "consultation_return": Text(
        fi="Konsultaatiopyyntöä pyydettiin täydentämään",
        sv="Din begäran om konsultation ska kompletteras",
        en="Your consultation was returned for more information",
    ),
    "consultation_answer": Text(
        fi="Konsultaatiopyyntöön vastattiin",
        sv="Din begäran om konsultation besvarades",
        en="Your consultation was answered",
    ),
    "consultation_decline": Text(
        fi="Konsultaatiopyyntö hylättiin",
        sv="Din begäran om konsultation avvisades",
        en="Your consultation was declined",
    ),
    "handover_proposed": Text(
        fi="Yksikköösi ehdotetaan siirtoa",
        sv="En överföring till din enhet föreslås",
        en="A hand-over to your unit is proposed",
    ),
    "send_letter": Text(
        fi="Lähetä asiakkaalle kirje", sv="Skicka ett brev till klienten", en="Send the client a letter"
    ),
    "plan_review": Text(
        fi="On aika katsoa suunnitelmaa yhdessä asiakkaan kanssa",
        sv="Det är dags att se över planen tillsammans med klienten",
        en="It is time to look at the plan with the client",
    ),
    "approve_closing": Text(
        fi="Päättäminen odottaa hyväksyntääsi",
        sv="Ett avslutande väntar på ditt godkännande",
        en="Closing waits for your approval",
    ),
    "decide_not_reached": Text(
        fi="Asiakasta ei ole tavoitettu: päätä, miten jatketaan",
        sv="Klienten har inte nåtts: besluta hur ni går vidare",
        en="The client wasn't reached: decide how to go on",
    ),
    "no_worker_in_language": Text(
        fi="Asiakkaan kielellä palvelevaa työntekijää ei löytynyt",
        sv="Ingen arbetstagare hittades på klientens språk",
        en="No worker was found in the client's language",
    ),
    "absence_without_substitute": Text(
        fi="Poissaolijalle ei ole sijaista",
        sv="Den frånvarande saknar vikarie",
        en="Somebody is away without a substitute",
    ),
    "tell_client_of_new_worker": Text(
        fi="Kerro asiakkaalle uudesta vastuutyöntekijästä",
        sv="Berätta för klienten om den nya ansvariga arbetstagaren",
        en="Tell the client of the new responsible worker",
    ),
    "unanswered": Text(fi="Asiaan ei ole reagoitu", sv="Ingen har reagerat på ärendet", en="Nobody has reacted yet"),
    "event": Text(
        fi="Asiakkaan tilanteessa tapahtui muutos", sv="Klientens situation har ändrats", en="Something happened"
    ),
    "promise_rung": Text(
        fi="Määräaika lähestyy tai on ylittynyt",
        sv="En tidsfrist närmar sig eller har överskridits",
        en="A deadline is near or has passed",
    ),
}
DIGEST = Text(
    fi="{count} määräaikaa lähestyy tai on ylittynyt",
    sv="{count} tidsfrister närmar sig eller har överskridits",
    en="{count} deadlines are near or have passed",
)
OTHERWISE = Text(fi="Asiassa on uutta", sv="Det finns något nytt i ärendet", en="There is something new")


def notifications(reading: Reading, language: Language, *, cursor: str | None = None, limit: int = 50) -> Notifications:
    """The reader's own, newest first. The number of a case is said only while it is theirs to see."""
    limit = min(max(limit, 1), MOST)
    rows = reading.connection.execute(_page(reading, cursor, limit)).mappings().all()
    shown = rows[:limit]
    reading.note(Read("notifications", "own", case_ids=tuple(row["case_id"] for row in shown if row["number"])))
    more = len(rows) > limit
    return Notifications(
        rows=tuple(_shown(row, language) for row in shown),
        unseen=unseen_notifications(reading),
        next_cursor=to_cursor([shown[-1]["made_at"], shown[-1]["notification_id"]]) if more else None,
    )


def unseen_notifications(reading: Reading) -> int:
    """How many the reader hasn't seen."""
    question = select(func.count()).where(_mine(reading.actor), NOTIFICATION.c.seen_at.is_(None))
    return reading.connection.execute(question).scalar_one()


def mark_seen(connection: Connection, actor: Actor, notification_ids: Sequence[str] | None, now: datetime) -> int:
    """Note that the reader has seen these of their own, or all of them; return how many were new."""
    unseen = _mine(actor) & NOTIFICATION.c.seen_at.is_(None)
    if notification_ids is not None:
        unseen &= NOTIFICATION.c.notification_id.in_(notification_ids)
    return connection.execute(update(NOTIFICATION).where(unseen).values(seen_at=now)).rowcount


def _mine(actor: Actor) -> Any:
    return (NOTIFICATION.c.tenant_id == actor.tenant_id) & (NOTIFICATION.c.worker_id == actor.worker_id)


def _page(reading: Reading, cursor: str | None, limit: int) -> Any:
    seen = and_(CASE.c.case_id == NOTIFICATION.c.case_id, is_visible(reading.actor, reading.today))
    joined = NOTIFICATION.outerjoin(CASE, seen)
    question = select(NOTIFICATION, CASE.c.number).select_from(joined).where(_mine(reading.actor))
    key = (NOTIFICATION.c.made_at, NOTIFICATION.c.notification_id)
    if cursor:
        after = from_cursor(cursor, (datetime, str))
        question = question.where(tuple_(*key) < tuple_(*after, types=[column.type for column in key]))
    return question.order_by(*(column.desc() for column in key)).limit(limit + 1)


def _sentence(row: RowMapping, language: Language) -> str:
    if row["kind"] == "promise_digest":
        return DIGEST.in_language(language).format(count=row["payload"]["count"])
    return SENTENCES.get(row["kind"], OTHERWISE).in_language(language)


def _shown(row: RowMapping, language: Language) -> NotificationShown:
    return NotificationShown(
        notification_id=row["notification_id"],
        kind=row["kind"],
        sentence=_sentence(row, language),
        case_id=row["case_id"] if row["number"] else None,
        case_number=row["number"],
        made_at=row["made_at"],
        seen_at=row["seen_at"],
        payload=row["payload"],
    )
