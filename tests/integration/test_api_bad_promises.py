"""What the API refuses of a promise's times and reasons: the status, where, and in each language what would work."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from engine import tables as t
from engine.projection import table_of
from engine.sweep import sweep
from tests.integration.api_town import ApiTown, api_town

EVENT = table_of(t.CaseEventRow)


@dataclass(frozen=True)
class Bad:
    """A request that is refused: by whom, about which promise, with which status; a piece said in fi, sv and en."""

    name: str
    verb: str
    body: dict[str, Any]
    status: int
    says: tuple[str, str, str]
    promise: str = "palvelu_viikossa"
    who: str = "nurse"
    where: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def _pause(
    start: datetime | str | None, end: datetime | str | None, reason: str = "client_postponed"
) -> dict[str, Any]:
    said = {"from": start, "to": end, "reason": reason}
    return {key: at.isoformat() if isinstance(at, datetime) else at for key, at in said.items() if at is not None}


def _table(now: datetime) -> tuple[Bad, ...]:
    day = timedelta(days=1)
    naive = (now + day).replace(tzinfo=None).isoformat()
    ahead = _pause(now + 2 * day, now + 3 * day)
    offset = ("kirjoita aika", "skriv tiden med", "write the time with its offset")
    missing = ("tämä puuttuu", "det här saknas", "this is missing")
    blank = ("vähintään", "minst", "at least")
    return (
        Bad(
            "a statutory clock",
            "pause",
            ahead,
            409,
            ("perusteltu poikkeama", "motiverad avvikelse", "justified deviation"),
            "hoidon_tarpeen_arvio",
        ),
        Bad("no end", "pause", _pause(now + day, None), 422, missing, where="body.to"),
        Bad(
            "before the start",
            "pause",
            _pause(now - 3 * day, now + day),
            409,
            ("voi alkaa aikaisintaan", "kan börja tidigast", "at the earliest"),
        ),
        Bad(
            "after the due instant",
            "pause",
            _pause(now + 20 * day, now + 21 * day),
            409,
            ("ennen määräaikaa", "före tidsfristen", "before the due instant"),
        ),
        Bad(
            "an end before its beginning",
            "pause",
            _pause(now + 2 * day, now + day),
            409,
            ("Anna ensin", "Ange först", "Give its beginning first"),
        ),
        Bad("a beginning without an offset", "pause", ahead | {"from": naive}, 422, offset, where="body.from"),
        Bad("an end without an offset", "pause", ahead | {"to": naive}, 422, offset, where="body.to"),
        Bad(
            "a reason the promise doesn't list",
            "pause",
            ahead | {"reason": "lomakausi"},
            409,
            ("ei pysäytä", "pausar inte", "is not a reason"),
        ),
        Bad("a void without a reason", "void-breach", {}, 422, missing, "kasittely_alkaa", "lead", "body.why"),
        Bad("a void for a blank", "void-breach", {"why": "   "}, 422, blank, "kasittely_alkaa", "lead", "body.why"),
        Bad(
            "a reason code without a plan",
            "reason",
            {"code": "kapasiteetti", "plan": "  "},
            422,
            blank,
            "kasittely_alkaa",
            "lead",
            "body.plan",
        ),
        Bad(
            "a reason code that isn't on the list",
            "reason",
            {"code": "kiire", "plan": "Soitamme."},
            409,
            ("kapasiteetti", "kapasiteetti", "kapasiteetti"),
            "kasittely_alkaa",
            "lead",
        ),
    )


def test_bad_times_and_reasons_of_promises_are_refused_in_the_readers_language(sqlite_url: str) -> None:
    with api_town(sqlite_url) as here:
        contact = here.contact()
        here.town.clock.advance(days=2)
        sweep(here.town.engine)
        before = _journal(here)
        for bad in _table(here.town.now):
            _assert_refused(here, contact, bad)

        assert _journal(here) == before


def _assert_refused(here: ApiTown, contact: dict[str, Any], bad: Bad) -> None:
    promise = next(each for each in contact["promises"] if each["key"] == bad.promise)
    path = f"/cases/{contact['case_id']}/promises/{promise['promise_id']}/{bad.verb}"
    for language, piece in zip(("fi", "sv", "en"), bad.says, strict=True):
        answer = here[bad.who].post(path, bad.body, bad.status, accept_language=language)
        errors = answer.get("errors", [])

        assert piece in " ".join([answer["detail"], *(each["why"] for each in errors), *answer["possible"]]), (
            bad.name,
            answer,
        )
        assert not bad.where or bad.where in [each["field"] for each in errors], (bad.name, answer)


def _journal(here: ApiTown) -> int:
    with here.town.engine.database.read() as connection:
        return connection.execute(select(func.count()).select_from(EVENT)).scalar_one()


def test_a_pause_over_another_is_refused(sqlite_url: str) -> None:
    with api_town(sqlite_url) as here:
        contact, now, day = here.contact(), here.town.now, timedelta(days=1)
        here.town.clock.advance(minutes=1)
        week = next(each for each in contact["promises"] if each["key"] == "palvelu_viikossa")
        path = f"/cases/{contact['case_id']}/promises/{week['promise_id']}/pause"
        here["nurse"].post(path, _pause(now + day, now + 3 * day))

        for language, piece in (("fi", "menevät päällekkäin"), ("sv", "överlappar"), ("en", "overlap")):
            over = here["nurse"].post(path, _pause(now + 2 * day, now + 4 * day), 409, accept_language=language)
            assert piece in over["detail"]


def test_a_contact_without_an_offset_or_on_an_unknown_pathway_is_refused(sqlite_url: str) -> None:
    with api_town(sqlite_url) as here:
        said = {"pathway": "nuorten_mielenterveys", "channel": "puhelin", "matter": "Apua.", "language": "fi"}
        for language, piece in (("fi", "kirjoita aika"), ("sv", "skriv tiden med"), ("en", "write the time with")):
            body = said | {"received_at": "2026-12-01T09:12:00"}
            answer = here["nurse"].post("/contacts", body, 422, accept_language=language)
            assert answer["errors"] == [{"field": "body.received_at", "why": answer["errors"][0]["why"]}]
            assert piece in answer["errors"][0]["why"]
