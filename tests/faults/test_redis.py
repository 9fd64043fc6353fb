"""Redis forgets, stops and comes back empty: it only wakes, so all it can cost is time (rule 24)."""

import json
import time
from pathlib import Path

import pytest
import redis

from tests.faults.cliff import Cliff
from tests.faults.ledger import Ledger
from tests.faults.processes import command, settings_of
from tests.servers import RedisServer
from worker.app import QUEUE


@pytest.mark.rule(24)
def test_redis_flushed_stopped_and_restarted_empty_costs_nothing_but_time(
    cliff: Cliff, killable_redis: RedisServer, tmp_path: Path, full: bool, ledger: Ledger
) -> None:
    rounds, armed = (10, 20) if full else (1, 4)
    settings, log = settings_of(cliff.url, killable_redis.url), tmp_path / "log"
    with command("timers", log, settings), command("worker", log, settings, "--processes", "1"):
        for _ in range(rounds):
            cliff.arm(armed)
            with redis.Redis(unix_socket_path=str(killable_redis.socket)) as client:
                client.flushall()
            cliff.arm(armed)
            killable_redis.stop()
            cliff.arm(armed)  # commands need no Redis
            time.sleep(0.5)
            killable_redis.start()
            cliff.wait_until_quiet()
            killable_redis.kill()
            killable_redis.start()
        cliff.arm(armed)
        cliff.wait_until_quiet()

    note = "Redis flushed, stopped, and restarted empty, again and again"
    ledger.note(note, cliff.after(), kills=rounds)


@pytest.mark.rule(24)
def test_every_message_twice_and_in_reverse_changes_nothing(
    cliff: Cliff, killable_redis: RedisServer, tmp_path: Path, ledger: Ledger
) -> None:
    settings, log = settings_of(cliff.url, killable_redis.url), tmp_path / "log"
    with redis.Redis(unix_socket_path=str(killable_redis.socket)) as client:
        with command("timers", log, settings):
            cliff.wait_until(lambda: client.llen(QUEUE) >= 5)
        messages = client.lrange(QUEUE, 0, -1)
        client.delete(QUEUE)
        client.rpush(QUEUE, *(each for message in messages for each in (_undying(message), _undying(message))))
        sent = len(messages)
        with command("worker", log, settings, "--processes", "2"):
            cliff.wait_until(lambda: cliff.unfired() == 0 and client.llen(QUEUE) == 0)
            with command("timers", log, settings):  # what was relayed before it was swept waits for the next message
                cliff.wait_until_quiet()

    assert sent >= 5
    ledger.note("every message delivered twice, the last one first", cliff.after())


def _undying(message: bytes) -> bytes:
    """Without its end of usefulness, which a slow machine may reach before the worker has started."""
    said = json.loads(message)
    said["headers"]["expires"] = None
    return json.dumps(said).encode()
