"""Versions of a pathway: one that is published never changes, one that is closed takes no case, and all of it is told."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from engine import tables as t
from engine.diagnosis import diagnose
from engine.ids import new_id
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.published import PUBLISHED, Closure, VersionTaken, close_version, closure_of, publish
from engine.read_models.pathway_catalogue import pathway_catalogue
from engine.reader import read_pathway
from engine.shelf import load_shelf
from pathways.commands import DecideOutcome, RecordAct, TakeContact
from pathways.definition import PathwayDefinition
from pathways.errors import PathwayNotStartable, UnknownThing
from tests.clock import StoppedClock
from tests.integration.api_town import ApiTown, api_town
from tests.small_county import PATHWAY, County, county

CASE_CLIENT = table_of(t.CaseClientRow)


def version(number: int, *edits: tuple[str, str]) -> PathwayDefinition:
    text = PATHWAY.replace("version: 1", f"version: {number}")
    for old, new in edits:
        text = text.replace(old, new)
    return read_pathway(text, "apu.yaml", load_shelf().shelf).definition


@pytest.fixture
def somewhere(sqlite_url: str, clock: StoppedClock) -> Iterator[County]:
    with county(sqlite_url, clock) as settled:
        yield settled


@pytest.fixture
def town(sqlite_url: str) -> Iterator[ApiTown]:
    with api_town(sqlite_url) as settled:
        yield settled


def publish_here(where: County, definition: PathwayDefinition) -> bool:
    with where.engine.database.begin() as connection:
        return publish(connection, where.tenant_id, definition, by=where.lead.worker_id, now=where.engine.clock.now())


def close(where: County, number: int, closure: Closure, why: str = "virhe") -> bool:
    with where.engine.database.begin() as connection:
        now, by = where.engine.clock.now(), where.lead.worker_id
        return close_version(connection, where.tenant_id, "apu", number, closure, by=by, why=why, now=now)


def test_the_same_number_with_other_content_is_refused_with_what_differs(somewhere: County) -> None:
    assert publish_here(somewhere, version(1)) is False

    with pytest.raises(VersionTaken, match=r"^apu: version 1 is .* \(differs: promise palvelu.within\); raise"):
        publish_here(somewhere, version(1, ("within: 1 week", "within: 2 weeks")))


def test_a_case_stays_on_the_version_it_began_on(somewhere: County) -> None:
    first = somewhere.open_case()
    publish_here(somewhere, version(2))
    second = somewhere.open_case()

    with somewhere.engine.database.read() as connection:
        versions = dict(connection.execute(select(CASE.c.case_id, CASE.c.version)).all())
    assert versions == {first: 1, second: 2}


def test_no_case_begins_on_a_retired_version_and_running_ones_go_on(somewhere: County) -> None:
    case_id = somewhere.open_case()
    publish_here(somewhere, version(2))
    assert close(somewhere, 2, "retired") is True
    with somewhere.engine.database.read() as connection:
        assert (
            somewhere.engine.published.startable(connection, somewhere.tenant_id, "apu", unapproved=True).version == 1
        )

    close(somewhere, 1, "retired", "korvattu")

    with pytest.raises(PathwayNotStartable, match="version 2 is retired: no new case begins on it"):
        somewhere.open_case()
    somewhere.engine.handle(RecordAct(case_id=case_id, act_id=somewhere.unit_id, kind="call"), somewhere.nurse)
    assert close(somewhere, 1, "retired") is False
    assert diagnose(somewhere.engine) == []


def test_a_withdrawn_version_is_used_by_nobody_and_its_cases_are_named(somewhere: County) -> None:
    somewhere.open_case()

    close(somewhere, 1, "withdrawn", "laki muuttui")

    with pytest.raises(PathwayNotStartable, match="version 1 is withdrawn: it must not be used"):
        somewhere.open_case()
    (complaint,) = [each for each in diagnose(somewhere.engine) if each.kind == "version_withdrawn"]
    assert (complaint.count, len(complaint.cases)) == (1, 1)
    assert "pathways migrate apu --from 1 --to VERSION" in complaint.remedy
    with somewhere.engine.reading(somewhere.nurse) as reading:
        (row,) = pathway_catalogue(reading, "fi")
        assert not row.startable
        shown = row.newest
        assert (shown.needs_migrating, shown.closed_why, shown.takes_cases) == (1, "laki muuttui", False)
        assert shown.closed_by
    assert close(somewhere, 1, "retired") is False


def test_a_client_who_comes_back_to_a_withdrawn_version_begins_a_case_on_the_newest(somewhere: County) -> None:
    case_id = somewhere.open_case()
    with somewhere.engine.database.read() as connection:
        client_id = connection.execute(select(CASE_CLIENT.c.client_id)).scalar_one()
    somewhere.name_nurse(case_id)
    somewhere.engine.handle(DecideOutcome(case_id=case_id, step="vastaanotto", outcome="valmis"), somewhere.nurse)
    publish_here(somewhere, version(2))
    close(somewhere, 1, "withdrawn")
    now = somewhere.engine.clock.now()
    ids = {name: new_id(now) for name in ("contact_id", "new_case_id", "new_client_id")}
    said = {"pathway": "apu", "channel": "puhelin", "received_at": now, "matter": "taas", "client_id": client_id}

    again = somewhere.engine.handle(TakeContact.model_validate(ids | said), somewhere.nurse).case_id

    with somewhere.engine.database.read() as connection:
        row = connection.execute(select(CASE.c.version, CASE.c.origin_case_id).where(CASE.c.case_id == again)).one()
    assert (row.version, row.origin_case_id) == (2, case_id)


def test_a_version_that_is_not_there_can_not_be_closed(somewhere: County) -> None:
    with pytest.raises(UnknownThing), somewhere.engine.database.read() as connection:
        closure_of(connection, somewhere.tenant_id, "apu", 9)


def test_the_api_tells_who_published_and_what_another_version_says_otherwise(town: ApiTown) -> None:
    with town.town.engine.database.begin() as connection:
        apu = PUBLISHED.c.pathway_id == "apu"
        row = connection.execute(select(PUBLISHED.c.tenant_id, PUBLISHED.c.expanded).where(apu)).one()
        first = PathwayDefinition.from_json(row.expanded)
        longer = first.promises["palvelu"].model_copy(update={"within": "2 weeks"})
        second = first.model_copy(update={"version": 2, "promises": {**first.promises, "palvelu": longer}})
        publish(connection, row.tenant_id, second, by=town.town.workers["lead"], now=town.town.now)

    (listed,) = [row for row in town["nurse"].get("/pathways") if row["pathway"] == "apu"]
    said = town["nurse"].get("/pathways/apu/versions/1/differences/2?lang=en")

    newest, before = listed["versions"]
    assert (newest["version"], before["published_by"], bool(newest["published_by"])) == (2, "", True)
    assert (newest["takes_cases"], newest["withdrawn_at"], newest["approvals"]) == (True, None, [])
    (one,) = said["differences"]
    assert (one["area"], one["key"], one["aspect"], one["length"]) == ("promise", "palvelu", "within", "longer")
    assert one["sentence"].endswith("time: longer: 1 week → 2 weeks")
    town["nurse"].get("/pathways/apu/versions/1/differences/9", 404)


def test_a_withheld_pathway_starts_nothing_and_is_offered_to_nobody(somewhere: County) -> None:
    waits = "register: terveys\nwithheld: {fi: Odottaa, sv: Väntar}"
    assert publish_here(somewhere, version(2, ("register: terveys", waits)))

    with pytest.raises(PathwayNotStartable, match="withheld until what it stands on is there"):
        somewhere.open_case()
    with somewhere.engine.reading(somewhere.nurse) as reading:
        (row,) = pathway_catalogue(reading, "fi")
    assert not row.startable
