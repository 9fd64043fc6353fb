"""Tasks find their work by themselves, open their engine in the process that runs them, and fail without a word of a row."""

import os
from typing import NoReturn

import pytest
from structlog.testing import capture_logs

from engine.handle import Engine
from worker.app import EMBEDDED_BROKER, LETTERS, SCHEDULE, SWEEP, Workplace, celery_app
from worker.tasks import TASKS, register


def broken() -> NoReturn:
    raise ConnectionError("Key (name)=(Maija) already exists")


def test_everything_on_the_schedule_has_a_task() -> None:
    app = celery_app(EMBEDDED_BROKER)
    register(app, Workplace(broken))
    app.finalize()

    assert set(SCHEDULE) == set(TASKS) <= set(app.tasks)


def test_a_task_that_fails_is_told_and_raises_nothing() -> None:
    app = celery_app(EMBEDDED_BROKER)
    register(app, Workplace(broken))

    with capture_logs() as logs:
        app.tasks[SWEEP]()

    assert [(line["event"], line["task"]) for line in logs] == [("task_failed", SWEEP)]


def test_without_a_mail_server_no_letter_needs_an_engine() -> None:
    app = celery_app(EMBEDDED_BROKER)
    register(app, Workplace(broken))

    with capture_logs() as logs:
        app.tasks[LETTERS]()

    assert logs == []


def test_each_process_opens_its_own_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []

    def open_engine() -> Engine:
        opened.append(object())
        return opened[-1]  # type: ignore[return-value] # any object will do

    work = Workplace(open_engine)
    assert work.engine is work.engine
    assert len(opened) == 1

    monkeypatch.setattr(os, "getpid", lambda: -1)  # as after a fork

    assert work.engine is opened[1]


def test_two_apps_of_one_process_keep_their_own_tasks() -> None:
    first, second = celery_app(EMBEDDED_BROKER), celery_app(EMBEDDED_BROKER)
    register(first, Workplace(broken))
    register(second, Workplace(broken))

    assert first.tasks[SWEEP].run is not second.tasks[SWEEP].run
