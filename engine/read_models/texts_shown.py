"""The words kept apart from the journal, fetched in one question; erased ones are known to have been there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from engine import tables as t
from engine.handle import Reading
from engine.projection import table_of

TEXT = table_of(t.CaseTextRow)


@dataclass(frozen=True, slots=True)
class TextsShown:
    bodies: Mapping[str, str | None]

    def body(self, text_id: str | None) -> str | None:
        return self.bodies.get(text_id) if text_id else None

    def is_erased(self, text_id: str | None) -> bool:
        return text_id in self.bodies and self.bodies[text_id] is None if text_id else False


def texts_shown(reading: Reading, ids: Iterable[str | None]) -> TextsShown:
    """Fetch the named texts of the reader's county."""
    wanted = {id_ for id_ in ids if id_}
    if not wanted:
        return TextsShown({})
    question = select(TEXT.c.text_id, TEXT.c.body).where(
        TEXT.c.tenant_id == reading.actor.tenant_id, TEXT.c.text_id.in_(wanted)
    )
    return TextsShown({row.text_id: row.body for row in reading.connection.execute(question)})
