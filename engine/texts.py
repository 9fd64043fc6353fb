"""Texts: personal words kept apart from the journal, with a random salt; the journal carries only their digest."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pathways import commands as c


@dataclass(frozen=True, slots=True)
class KeptText:
    text_id: str
    kind: str
    body: str
    salt: str
    digest: str


def texts_of(command: c.Command) -> tuple[KeptText, ...]:
    """The words a command brings, each under the id it was given at the edge."""
    return tuple(_kept(*found) for found in _found(command) if found[0] and found[2])


def _found(command: c.Command) -> tuple[tuple[str | None, str, str | None], ...]:
    match command:
        case c.TakeContact():
            return ((command.contact_id, "matter", command.matter),)
        case c.RecordAct() | c.RecordEvent():
            return ((command.note_text_id, "note", command.note),)
        case c.WritePlan():
            return ((command.text_id, "plan", command.content.model_dump_json()),)
        case c.AgreePlan():
            return ((command.client_view_text_id, "client_view", command.client_view),)
        case c.RequestConsultation():
            return ((command.question_text_id, "question", command.question),)
        case c.MoveConsultation():
            return ((command.text_id, command.verb, command.words),)
        case c.GiveBreachReason():
            return ((command.plan_text_id, "breach_plan", command.plan),)
        case c.CorrectTime():
            return ((command.why_text_id, "correction", command.why),)
    return ()


def _kept(text_id: str | None, kind: str, body: str | None) -> KeptText:
    salt = secrets.token_hex(16)
    return KeptText(str(text_id), kind, str(body), salt, digest_of(salt, body))


def digest_of(salt: str | None, body: str | None) -> str:
    """What the journal carries of these words."""
    return hashlib.sha256(f"{salt}:{body}".encode()).hexdigest()


def row_of_text(text: KeptText, tenant_id: str, case_id: str, by: str, at: datetime) -> Mapping[str, Any]:
    return {
        "tenant_id": tenant_id,
        "text_id": text.text_id,
        "case_id": case_id,
        "kind": text.kind,
        "body": text.body,
        "salt": text.salt,
        "digest": text.digest,
        "written_at": at,
        "written_by": by,
    }
