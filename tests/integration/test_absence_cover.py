"""A substitute inherits the cases the day an absence begins, and gives them back when it ends (S14)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from engine.absence_cover import cover_absences
from engine.absences import NewAbsence, end_absence, record_absence
from engine.store import Ask, load_case
from pathways.actor import Actor
from pathways.case import Assignment
from pathways.errors import UnknownThing
from pathways.time_zone import HELSINKI
from tests.clock import StoppedClock
from tests.county import County, a_county


@pytest.fixture
def county(database_url: str, clock: StoppedClock) -> Iterator[County]:
    with a_county(database_url, clock) as made:
        yield made


def answering(county: County, case_id: str) -> Assignment:
    with county.engine.database.read() as connection:
        loaded = load_case(connection, county.tenant_id, case_id, Ask(), lock=False)
    assert loaded is not None
    assert loaded.case.responsible is not None
    return loaded.case.responsible


def a_case_of(county: County, nurse: Actor) -> str:
    case_id = county.contact(nurse).case_id
    county.outcome(case_id, "vastaanotto", "jatkuu", nurse)
    county.outcome(case_id, "kiireellisyys", "kiireeton", nurse)
    return case_id


def away(county: County, worker: Actor, substitute: Actor, days: int) -> str:
    today = county.clock.now().astimezone(HELSINKI).date()
    absence = NewAbsence(worker.worker_id, today, today + timedelta(days=days), substitute.worker_id)
    with county.engine.database.begin() as connection:
        return record_absence(connection, worker, absence, county.clock.now())


def test_the_substitute_has_the_case_while_the_worker_is_away_and_not_after(county: County) -> None:
    nurse = county.worker("Aino Esimerkki", "sairaanhoitaja")
    salla = county.worker("Salla Malli", "psykiatrinen_sairaanhoitaja", skills=("ipc",))
    pekka = county.worker("Pekka Näyte", "psykologi")
    case_id = a_case_of(county, nurse)
    assert answering(county, case_id).worker_id == salla.worker_id

    absence_id = away(county, salla, pekka, days=3)
    assert cover_absences(county.engine) == 1
    assert cover_absences(county.engine) == 0
    assert answering(county, case_id).substitute_id == pekka.worker_id

    with county.engine.database.begin() as connection:
        end_absence(connection, salla, absence_id, county.clock.now())
    cover_absences(county.engine)
    assert answering(county, case_id).substitute_id is None


def test_nobody_reports_the_absence_of_somebody_elsewhere(county: County) -> None:
    salla = county.worker("Salla Malli", "psykiatrinen_sairaanhoitaja")
    stranger = Actor(tenant_id=county.tenant_id, worker_id=county.unit_id, roles=frozenset({"case_worker"}))

    now = county.clock.now()
    absence = NewAbsence(salla.worker_id, now.date(), now.date())

    with pytest.raises(UnknownThing), county.engine.database.begin() as connection:
        record_absence(connection, stranger, absence, now)
