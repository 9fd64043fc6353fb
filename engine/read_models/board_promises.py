"""The board's promises: late, due today, paused, without a reason; a page of them as rows, worst first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.access_log import Read
from engine.client_identity import age_on
from engine.handle import Reading
from engine.read_models.board_parts import BoardRow
from engine.read_models.cursors import from_cursor, to_cursor
from engine.read_models.list_parts import ListParts, parts_of
from engine.read_models.promise_shown import verbs_of
from engine.read_models.titles import pathway_title, step_title
from engine.read_models.worst_first import KINDS, Standing, Worst, WorstWanted, worst_first
from pathways.actor import Actor
from pathways.errors import Malformed
from pathways.service_promise import ServicePromise
from pathways.time_words import Language

MOST = 200
LEAD_VERBS = ("reason", "void-breach")


@dataclass(frozen=True, slots=True)
class PromisePage:
    """What was found for one page, noted in the access log; its rows are made when the parts of all pages are there."""

    found: tuple[Worst, ...]
    next_cursor: str | None

    @property
    def case_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(worst.case_id for worst in self.found))

    @property
    def promise_ids(self) -> tuple[str, ...]:
        return tuple(worst.promise_id for worst in self.found)

    def rows(self, parts: ListParts) -> tuple[BoardRow, ...]:
        return tuple(_row(parts, worst.case_id, worst.promise_id) for worst in self.found)


def promise_page(
    reading: Reading, standing: Standing, units: frozenset[str], kind: str | None, cursor: str | None, limit: int
) -> PromisePage:
    """The promises that stand so in these units, worst first; only of cases the reader sees."""
    if kind is not None and kind not in KINDS:
        raise Malformed("kind", ", ".join(KINDS))
    limit = min(max(limit, 1), MOST)
    after = from_cursor(cursor, (int, datetime, str)) if cursor else None
    wanted = WorstWanted(standing, units, kind, (after[0], after[1], after[2]) if after else None)
    found = worst_first(reading, wanted, limit + 1)
    more = len(found) > limit
    page = PromisePage(tuple(found[:limit]), to_cursor(found[limit - 1].key) if more else None)
    reading.note(Read(f"board:{standing}", "lead", case_ids=page.case_ids))
    return page


def parts_of_pages(reading: Reading, language: Language, *pages: PromisePage) -> ListParts:
    """What the rows of several pages need, fetched at once."""
    return parts_of(
        reading,
        language,
        case_ids=tuple(dict.fromkeys(id_ for page in pages for id_ in page.case_ids)),
        promise_ids=tuple(dict.fromkeys(id_ for page in pages for id_ in page.promise_ids)),
        with_events=False,
    )


def _row(parts: ListParts, case_id: str, promise_id: str) -> BoardRow:
    case, client, run = parts.case(case_id), parts.client(case_id), parts.next_run(case_id)
    pathway, answering = parts.pathway(case_id), parts.answering(case_id)
    actor = parts.reading.actor
    promise = parts.value(promise_id)
    shown = parts.promise(promise_id, verbs_of(promise, _lead_verbs(actor, promise)))
    if shown is None:
        raise LookupError(promise_id)
    return BoardRow(
        case_id=case_id,
        number=case["number"],
        client_name=(client["name"] or client["temporary_id"]) if client else None,
        client_age=age_on(client["birth_date"], parts.reading.today, client["died_on"]) if client else None,
        restricted=case["restricted"],
        pathway_id=case["pathway_id"],
        pathway_title=pathway_title(pathway, parts.language),
        step_title=step_title(pathway, run["step"], parts.language) if run else "",
        responsible_name=answering["name"] if answering else None,
        promise=shown,
        revision=case["revision"],
        can=("responsible-worker",) if actor.leads_unit(case["unit_id"]) and case["state"] == "open" else (),
    )


def _lead_verbs(actor: Actor, promise: ServicePromise) -> Sequence[str]:
    return LEAD_VERBS if actor.leads_unit(promise.unit_id) else ()
