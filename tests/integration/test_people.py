"""Workers, sign-ins, tokens, absences and clients as they lie in the database, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import delete, select, text

from engine import absences, accounts, clients, people
from engine.access_log import ACCESS_LOG, AccessLog, Read
from engine.client_identity import age_on, folded, masked_code
from engine.database import Database
from engine.ids import new_id
from engine.keys import Keys
from engine.passwords import Passwords
from engine.sign_in import FREE_TRIES, IDLE, SignInRefused, SignIns, SignInThrottled, session_of
from pathways.actor import Actor
from pathways.errors import DuplicateClients, Malformed, NotAllowed, NotRecorded, UnknownThing
from tests.clock import StoppedClock
from tests.unit.test_identity_code import a_code

KEYS = Keys.of("a secret that only tests know")
PASSWORD = "hevonen kamelin seljassa"


class County:
    """One county with two units and somebody in each role."""

    def __init__(self, database: Database, clock: StoppedClock) -> None:
        self.database, self.clock = database, clock
        now = clock.now()
        with database.begin() as connection:
            self.tenant = people.add_tenant(connection, "Esimerkki", now)
            self.unit = people.add_unit(connection, self.tenant, "ita", ("Itä", "Öst"), now, promises_on=True)
            self.other_unit = people.add_unit(connection, self.tenant, "lansi", ("Länsi", "Väst"), now)
        self.worker = self.add("Salla Laine", self.unit, "case_worker")
        self.lead = self.add("Rauha Vetäjä", self.unit, "team_lead", "case_worker")
        self.stranger = self.add("Outi Muu", self.other_unit, "case_worker")
        self.designer = self.add("Mui Muotoilija", self.unit, "service_designer")

    def add(self, name: str, unit: str, *roles: str) -> str:
        with self.database.begin() as connection:
            worker = people.add_worker(connection, self.tenant, people.NewWorker(name), self.clock.now())
            people.join_unit(connection, self.tenant, unit, worker, roles)
        return worker

    def actor(self, worker_id: str, today: date = date(2026, 3, 2)) -> Actor:
        with self.database.read() as connection:
            actor = people.actor_of(connection, self.tenant, worker_id, today)
        assert actor is not None
        return actor


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database.open(database_url)
    yield database
    database.dispose()


@pytest.fixture
def county(database: Database, clock: StoppedClock) -> County:
    return County(database, clock)


@pytest.fixture
def sign_ins(county: County) -> SignIns:
    quick = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    signs = SignIns(county.database, KEYS, quick)
    with county.database.begin() as connection:
        hashed = quick.hash(PASSWORD)
        accounts.add_account(connection, county.tenant, county.worker, "Salla", hashed, county.clock.now())
    return signs


# --- who an actor is ---


def test_a_designer_has_no_unit_whose_clients_are_their_business(county: County) -> None:
    assert county.actor(county.worker).units == {county.unit}
    assert county.actor(county.designer).units == frozenset()


def test_a_lead_leads_the_units_where_they_have_that_role(county: County) -> None:
    with county.database.begin() as connection:
        people.join_unit(connection, county.tenant, county.other_unit, county.lead, ["case_worker"])

    lead = county.actor(county.lead)

    assert lead.leads_unit(county.unit)
    assert not lead.leads_unit(county.other_unit)
    assert lead.units == {county.unit, county.other_unit}


def test_a_role_that_does_not_exist_is_refused(county: County) -> None:
    with county.database.begin() as connection, pytest.raises(Malformed):
        people.join_unit(connection, county.tenant, county.unit, county.worker, ["god"])


def test_somebody_who_left_is_nobody(county: County) -> None:
    with county.database.begin() as connection:
        people.deactivate_worker(connection, county.tenant, county.worker)
        assert people.actor_of(connection, county.tenant, county.worker, date(2026, 3, 2)) is None


def test_a_substitute_stands_in_on_the_days_of_the_absence(county: County) -> None:
    away = absences.NewAbsence(county.worker, date(2026, 3, 2), date(2026, 3, 3), county.stranger)
    with county.database.begin() as connection:
        absence = absences.record_absence(connection, county.actor(county.lead), away, county.clock.now())

    assert county.actor(county.stranger).substitutes_for == {county.worker}
    assert county.actor(county.stranger, date(2026, 3, 4)).substitutes_for == frozenset()

    with county.database.begin() as connection:
        absences.end_absence(connection, county.actor(county.worker), absence, county.clock.now())
    assert county.actor(county.stranger).substitutes_for == frozenset()


def test_absences_are_for_oneself_and_the_lead_to_record(county: County) -> None:
    away = absences.NewAbsence(county.lead, date(2026, 3, 2), date(2026, 3, 3))
    now = county.clock.now()
    with county.database.begin() as connection:
        with pytest.raises(NotAllowed):
            absences.record_absence(connection, county.actor(county.worker), away, now)
        with pytest.raises(UnknownThing):
            absences.record_absence(connection, county.actor(county.stranger), away, now)
        backwards = absences.NewAbsence(county.worker, date(2026, 3, 3), date(2026, 3, 2))
        with pytest.raises(Malformed):
            absences.record_absence(connection, county.actor(county.worker), backwards, now)


# --- signing in ---


def test_the_right_password_begins_a_session(county: County, sign_ins: SignIns) -> None:
    signed_in = sign_ins.sign_in(" SALLA ", PASSWORD, "10.0.0.1", county.clock.now())

    with county.database.read() as connection:
        session = session_of(connection, signed_in.token, county.clock.now())
    assert session is not None
    assert session.actor.worker_id == county.worker
    assert session.csrf == signed_in.csrf


def test_a_wrong_name_and_a_wrong_password_are_refused_alike(county: County, sign_ins: SignIns) -> None:
    with pytest.raises(SignInRefused) as wrong_password:
        sign_ins.sign_in("salla", "not this", "10.0.0.1", county.clock.now())
    with pytest.raises(SignInRefused) as wrong_name:
        sign_ins.sign_in("nobody", PASSWORD, "10.0.0.1", county.clock.now())

    assert str(wrong_password.value) == str(wrong_name.value)


def test_too_many_tries_slow_down_where_they_come_from_and_lock_nobody_out(county: County, sign_ins: SignIns) -> None:
    for _ in range(FREE_TRIES):
        with pytest.raises(SignInRefused):
            sign_ins.sign_in("salla", "guess", "10.0.0.66", county.clock.now())

    with pytest.raises(SignInThrottled):
        sign_ins.sign_in("salla", PASSWORD, "10.0.0.66", county.clock.now())

    assert sign_ins.sign_in("salla", PASSWORD, "10.0.0.1", county.clock.now()).actor.name == "Salla Laine"
    county.clock.advance(seconds=2)
    assert sign_ins.sign_in("salla", PASSWORD, "10.0.0.66", county.clock.now()).actor.name == "Salla Laine"


def test_a_session_falls_asleep_unless_it_is_used(county: County, sign_ins: SignIns) -> None:
    token = sign_ins.sign_in("salla", PASSWORD, "10.0.0.1", county.clock.now()).token
    county.clock.advance(minutes=50)
    with county.database.read() as connection:
        session = session_of(connection, token, county.clock.now())
    assert session is not None
    sign_ins.note_seen(session, county.clock.now())
    county.clock.advance(minutes=50)
    with county.database.read() as connection:
        assert session_of(connection, token, county.clock.now()) is not None
        assert session_of(connection, token, county.clock.now() + IDLE) is None


def test_signing_out_and_disabling_end_a_session(county: County, sign_ins: SignIns) -> None:
    now = county.clock.now()
    first, second = (sign_ins.sign_in("salla", PASSWORD, "10.0.0.1", now).token for _ in range(2))
    sign_ins.sign_out(first)
    with county.database.begin() as connection:
        assert session_of(connection, first, now) is None
        assert session_of(connection, second, now) is not None
        accounts.disable_account(connection, county.tenant, county.worker, now)
        assert session_of(connection, second, now) is None
    with pytest.raises(SignInRefused):
        sign_ins.sign_in("salla", PASSWORD, "10.0.0.1", now)


def test_a_user_name_is_given_once(county: County, sign_ins: SignIns) -> None:
    with pytest.raises(Malformed), county.database.begin() as connection:
        accounts.add_account(connection, county.tenant, county.lead, "salla", "", county.clock.now())


def test_a_token_speaks_for_its_worker_until_it_is_revoked_or_over(county: County) -> None:
    now = county.clock.now()
    with county.database.begin() as connection:
        lasting = accounts.issue_token(connection, county.tenant, county.worker, now)
        short = accounts.issue_token(connection, county.tenant, county.worker, now, timedelta(hours=1))
    with county.database.begin() as connection:
        actor = accounts.actor_of_token(connection, lasting, now)
        assert actor is not None
        assert actor.worker_id == county.worker
        assert accounts.actor_of_token(connection, short, now + timedelta(hours=1)) is None
        assert accounts.actor_of_token(connection, "pw_guess", now) is None
        assert accounts.revoke_tokens(connection, county.tenant, county.worker, now) == 2
        assert accounts.actor_of_token(connection, lasting, now) is None


def test_no_secret_is_stored_in_clear(county: County, sign_ins: SignIns) -> None:
    now = county.clock.now()
    session = sign_ins.sign_in("salla", PASSWORD, "10.0.0.1", now)
    with county.database.begin() as connection:
        token = accounts.issue_token(connection, county.tenant, county.worker, now)
        stored = [
            str(tuple(row))
            for table in ("account", "sign_in_session", "access_token", "sign_in_failure")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]

    assert not any(secret in row for secret in (session.token, token, PASSWORD) for row in stored)


def test_sign_in_links_exist_only_in_a_demo(county: County, sign_ins: SignIns) -> None:
    now = county.clock.now()
    with county.database.begin() as connection:
        with pytest.raises(Malformed):
            accounts.add_demo_link(connection, county.tenant, county.worker)
        assert not accounts.has_demo_links(connection)
        demo = people.add_tenant(connection, "Demo", now, demo=True)
        persona = people.add_worker(connection, demo, people.NewWorker("Aino Esimerkki"), now)
        link = accounts.add_demo_link(connection, demo, persona)
        assert accounts.has_demo_links(connection)

    assert sign_ins.sign_in_by_link(link, now).actor.worker_id == persona
    with pytest.raises(SignInRefused):
        sign_ins.sign_in_by_link("guess", now)


# --- clients ---


def new_client(county: County, **said: object) -> str:
    client = clients.NewClient(client_id=new_id(county.clock.now()), **said)  # type: ignore[arg-type]
    with county.database.begin() as connection:
        return clients.add_client(connection, county.actor(county.worker), KEYS, client, county.clock.now())


def found(county: County, **asked: object) -> list[str]:
    query = clients.ClientQuery(**asked)  # type: ignore[arg-type]
    with county.database.read() as connection:
        rows = clients.rows_found(connection, county.actor(county.worker), KEYS, query)
    return [row["client_id"] for row in rows]


def test_a_client_is_found_by_code_by_temporary_id_and_by_name(county: County) -> None:
    named = new_client(county, name="Åke Testinen-Mäki", identity_code=a_code())
    unnamed = new_client(county, phone="000")
    with county.database.read() as connection:
        temporary = connection.execute(
            select(clients.CLIENT.c.temporary_id).where(clients.CLIENT.c.client_id == unnamed)
        ).scalar_one()

    assert found(county, identity_code=a_code().lower()) == [named]
    assert found(county, name="testinen maki ake", birth_date=date(1990, 1, 1)) == [named]
    assert found(county, name="Mäki", birth_date=date(1990, 1, 1)) == [named]
    assert found(county, name="Åke", birth_date=date(1990, 1, 2)) == []
    assert found(county, temporary_id=temporary.lower()) == [unnamed]


def test_clients_are_not_browsed(county: County) -> None:
    for asked in ({}, {"name": "Testinen"}, {"birth_date": date(1990, 1, 1)}):
        with pytest.raises(Malformed):
            found(county, **asked)


def test_the_code_is_stored_encrypted_and_shown_masked(county: County) -> None:
    client = new_client(county, name="Aino Testinen", identity_code=a_code())
    with county.database.read() as connection:
        row = connection.execute(select(clients.CLIENT).where(clients.CLIENT.c.client_id == client)).mappings().one()

    assert masked_code(KEYS, row) == "010190-****"
    assert masked_code(Keys.of("another secret altogether"), row) is None
    assert a_code()[7:] not in str(dict(row))
    assert a_code().encode() not in bytes(row["identity_cipher"])


def test_a_second_client_with_the_same_code_is_refused(county: County) -> None:
    known = new_client(county, identity_code=a_code())

    with pytest.raises(DuplicateClients) as refused:
        new_client(county, identity_code=a_code(), is_new=True)
    assert refused.value.client_ids == (known,)


def test_a_namesake_of_the_same_birth_date_is_added_when_said_to_be_new(county: County) -> None:
    said = {"name": "Aino Testinen", "birth_date": date(2010, 5, 5)}
    known = new_client(county, **said)

    with pytest.raises(DuplicateClients) as refused:
        new_client(county, **said)
    assert refused.value.client_ids == (known,)
    assert new_client(county, **said, is_new=True) != known


def test_a_birth_date_that_contradicts_the_code_is_refused(county: County) -> None:
    with pytest.raises(Malformed):
        new_client(county, identity_code=a_code(), birth_date=date(1991, 1, 1))
    with pytest.raises(Malformed):
        new_client(county, name="A", birth_date=date(2030, 1, 1))


def test_a_temporary_client_is_identified_once(county: County) -> None:
    temporary = new_client(county)
    known = clients.NewClient(client_id=temporary, name="Aino Testinen", identity_code=a_code())
    actor = county.actor(county.worker)
    with county.database.begin() as connection:
        assert clients.identify(connection, actor, KEYS, known) == temporary

    assert found(county, identity_code=a_code()) == [temporary]
    with county.database.begin() as connection, pytest.raises(Exception, match="identified"):
        clients.identify(connection, actor, KEYS, known)


def test_a_temporary_client_who_is_known_already_is_shown_as_the_known_one(county: County) -> None:
    known = new_client(county, name="Aino Testinen", identity_code=a_code())
    temporary = new_client(county)
    actor = county.actor(county.worker)
    with county.database.begin() as connection:
        with pytest.raises(DuplicateClients):
            clients.identify(connection, actor, KEYS, clients.NewClient(client_id=temporary, identity_code=a_code()))
        row = select(clients.CLIENT.c.temporary_id).where(clients.CLIENT.c.client_id == temporary)
        name = connection.execute(row).scalar_one()
        clients.merge(connection, actor, temporary, known)

    assert found(county, temporary_id=name) == [known]


def test_designers_look_up_nobody(county: County) -> None:
    query = clients.ClientQuery(identity_code=a_code())
    with county.database.read() as connection, pytest.raises(NotAllowed):
        clients.rows_found(connection, county.actor(county.designer), KEYS, query)


def test_names_are_compared_without_their_dots_and_order() -> None:
    assert folded("Mäkinen, Åke  Öyvind") == folded("ake oyvind makinen")
    assert folded("Strauß Łukasz") == "lukasz strauss"


def test_age_changes_on_the_birthday_and_stops_at_death() -> None:
    assert age_on(date(2008, 3, 3), date(2026, 3, 2)) == 17
    assert age_on(date(2008, 3, 3), date(2026, 3, 3)) == 18
    assert age_on(date(1940, 1, 1), date(2026, 3, 3), died=date(2020, 1, 1)) == 80
    assert age_on(None, date(2026, 3, 3)) is None


# --- the access log ---


def logged(county: County) -> int:
    with county.database.read() as connection:
        return len(connection.execute(select(ACCESS_LOG.c.access_id)).all())


def test_reading_a_case_is_logged_once_in_ten_minutes(county: County) -> None:
    reader, case = county.actor(county.worker), new_id(county.clock.now())
    log = AccessLog(county.database)
    for elsewhere in (log, log, AccessLog(county.database)):
        elsewhere.write(reader, [Read("case", "unit", case_id=case)], county.clock.now())
    assert logged(county) == 1

    log.write(county.actor(county.lead), [Read("case", "lead", case_id=case)], county.clock.now())
    log.write(reader, [Read("case", "unit", case_id=case)], county.clock.advance(minutes=10))
    assert logged(county) == 3


def test_a_list_is_logged_with_its_cases_and_an_empty_one_is_not(county: County) -> None:
    reader, log = county.actor(county.worker), AccessLog(county.database)
    cases = tuple(new_id(county.clock.now()) for _ in range(3))
    log.write(reader, [Read("worklist", "unit")], county.clock.now())
    log.write(reader, [Read("worklist", "unit", case_ids=cases)], county.clock.now())
    with county.database.read() as connection:
        rows = connection.execute(select(ACCESS_LOG)).mappings().all()

    assert [tuple(row["case_ids"]) for row in rows] == [cases]
    assert rows[0]["role"] == "case_worker"
    assert rows[0]["unit_id"] == county.unit


def test_what_cannot_be_logged_is_not_read(county: County) -> None:
    with county.database.begin() as connection:
        connection.execute(delete(ACCESS_LOG))
        connection.execute(text("DROP TABLE access_log"))

    with pytest.raises(NotRecorded):
        AccessLog(county.database).write(
            county.actor(county.worker), [Read("case", "unit", case_id=new_id(county.clock.now()))], county.clock.now()
        )
