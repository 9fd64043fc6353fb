"""The demo's database is made whole or not at all; its links end with each start, and new pathways come by themselves."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from cli import demo
from cli.complaints import Refused
from cli.settings import Settings
from cli.wiring import data_file, open_engine
from engine import tables as t
from engine.clock import SystemClock
from engine.database import Database
from engine.demo.people import PERSONAS, add_people
from engine.handle import Engine
from engine.keys import Keys
from engine.people import add_tenant
from engine.projection import table_of
from engine.sign_in import SignInRefused, SignIns
from pathways.errors import Malformed
from tests.small_county import SECRET

PUBLISHED, LINK = table_of(t.PublishedPathway), table_of(t.DemoLink)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


def people_only(engine: Engine, tell: Callable[[float], None]) -> str:
    """A demo without its hundred days, which take a minute."""
    now = engine.clock.now()
    with engine.database.begin() as connection:
        tenant_id = add_tenant(connection, "Kokeilukunta", now, demo=True)
        add_people(connection, tenant_id, now)
    tell(1.0)
    return tenant_id


@pytest.fixture
def engine(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(demo, "fill", people_only)
    demo.make_in_data_folder(settings, Keys.of(SECRET))
    database = Database.open(f"sqlite:///{data_file(settings)}")
    return open_engine(settings, database, Keys.of(SECRET))


def test_what_was_killed_while_it_was_made_is_begun_anew(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(engine: Engine, tell: Callable[[float], None]) -> str:
        people_only(engine, tell)
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "fill", killed)
    with pytest.raises(KeyboardInterrupt):
        demo.make_in_data_folder(settings, Keys.of(SECRET))
    assert not data_file(settings).exists()

    monkeypatch.setattr(demo, "fill", people_only)
    demo.make_in_data_folder(settings, Keys.of(SECRET))

    assert [path.name for path in settings.data.iterdir()] == ["pathways.db"]


def test_each_start_has_its_own_links(engine: Engine) -> None:
    sign_ins, now = SignIns(engine.database, engine.keys), SystemClock().now()
    with engine.database.begin() as connection:
        first = demo.fresh_links(connection, now)
    with engine.database.begin() as connection:
        second = demo.fresh_links(connection, now)

    assert [persona.name for persona, _ in second] == [persona.name for persona in PERSONAS]
    assert sign_ins.sign_in_by_link(second[0][1], now).actor.name == second[0][0].name
    with pytest.raises(SignInRefused):
        sign_ins.sign_in_by_link(first[0][1], now)
    engine.database.dispose()


def test_a_county_never_gets_links(engine: Engine) -> None:
    with engine.database.begin() as connection:
        connection.execute(table_of(t.Tenant).update().values(demo=False))

    with pytest.raises((Refused, Malformed)), engine.database.begin() as connection:
        demo.fresh_links(connection, SystemClock().now())
    engine.database.dispose()


def test_pathways_of_this_release_are_published_once(settings: Settings, engine: Engine) -> None:
    told = demo.publish_new(settings, engine)

    assert any(line.startswith("Published ppt version") for line in told)
    assert demo.publish_new(settings, engine) == []
    with engine.database.begin() as connection:
        assert len(connection.execute(select(PUBLISHED)).all()) == len(told)
        connection.execute(delete(PUBLISHED))

    (settings.data / demo.PUBLISHED_FROM).write_text("files of yesterday")
    assert demo.publish_new(settings, engine) == told
    engine.database.dispose()
