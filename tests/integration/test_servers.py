"""The servers that tests run against are real, private, and survive what tests do to them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.servers import Databases, PostgresServer, RedisServer, ServerNotFound, _package


def test_each_test_gets_a_database_that_answers(database_url: str) -> None:
    engine = create_engine(database_url)

    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE visit (n INTEGER)"))
    engine.dispose()


def test_two_databases_of_one_template_are_apart(postgres_server: Databases) -> None:
    first, second = postgres_server.create(), postgres_server.create()

    assert first != second
    postgres_server.drop(first)
    postgres_server.drop(second)


def test_committed_rows_outlive_kill_9_of_postgres(killable_postgres: PostgresServer) -> None:
    engine = create_engine(killable_postgres.url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (n INTEGER)"))
        connection.execute(text("INSERT INTO kept VALUES (1)"))
    engine.dispose()

    killable_postgres.kill()
    assert not killable_postgres.answers()
    killable_postgres.start()

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT n FROM kept")) == 1
    engine.dispose()


def test_redis_forgets_when_it_is_killed_and_answers_again(killable_redis: RedisServer) -> None:
    with redis.Redis(unix_socket_path=str(killable_redis.socket)) as client:
        client.set("n", 1)

        killable_redis.kill()
        assert not killable_redis.answers()
        killable_redis.start()

        assert client.get("n") is None


def test_the_servers_listen_nowhere_but_in_their_closed_folder(killable_postgres: PostgresServer) -> None:
    with psycopg.connect(host=str(killable_postgres.folder), user="postgres") as connection:
        listening = connection.execute("SHOW listen_addresses").fetchone()

    assert listening == ("",)
    assert killable_postgres.folder.stat().st_mode & 0o777 == 0o700


def test_a_killed_test_run_leaves_no_server_behind() -> None:
    script = (
        "import time; from tests.servers import PostgresServer\n"
        "with PostgresServer() as server:\n"
        "    print(server.folder, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        folder = Path(run.stdout.readline().strip())
        postmaster = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        run.send_signal(signal.SIGKILL)

    assert ends_within(5, postmaster)
    subprocess.run(["rm", "-rf", folder], check=True)


def test_a_missing_package_says_what_installs_it() -> None:
    with pytest.raises(ServerNotFound, match=r"\./test installs"):
        _package("no_such_module", "no-such-package")


def test_a_celery_app_reaches_redis_by_its_address(redis_url: str) -> None:
    from celery import Celery

    app = Celery(broker=redis_url)
    with app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1)
        assert connection.connected


def test_a_password_of_a_named_server_is_not_shown() -> None:
    url = make_url("postgresql+psycopg://owner:secret@db.example/pathways")

    assert "secret" not in repr(Databases(url).url)


def ends_within(seconds: float, process: int) -> bool:
    give_up_at = time.monotonic() + seconds
    while time.monotonic() < give_up_at:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
