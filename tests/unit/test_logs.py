"""A log line says which error it was and where, never what it said: a driver's message may quote a client's row."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from cli.logs import configure_logs
from pathways.errors import CaseIsClosed


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_our_own_line_has_its_ids(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info", "json")

    structlog.get_logger("engine.sweep").info("case_set_aside", case_id="0190")

    (line,) = lines(capsys)
    assert (line["event"], line["case_id"], line["level"]) == ("case_set_aside", "0190", "info")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("ours", [True, False])
def test_an_error_is_named_with_its_place_and_without_its_words(capsys: pytest.CaptureFixture[str], ours: bool) -> None:
    configure_logs("info", "json")

    try:
        int("Maija Mehiläinen")
    except ValueError:
        if ours:
            structlog.get_logger("engine.sweep").exception("broke")
        else:
            logging.getLogger("somebodys.package").exception("broke")

    (line,) = lines(capsys)
    assert "Maija" not in json.dumps(line, ensure_ascii=False)
    assert line["error"] == "ValueError"
    assert line["where"].startswith("test_logs.py:")


def test_a_refusal_is_told_by_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info", "json")

    structlog.get_logger("engine").warning("refused", exc_info=CaseIsClosed("26-ABC"))

    assert lines(capsys)[0]["code"] == "case_closed"


def test_text_for_people_has_no_trace_either(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info", "text")

    try:
        int("Maija")
    except ValueError:
        logging.getLogger("somebodys.package").exception("broke")

    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "Maija" not in said


def test_chatter_of_libraries_is_left_out_but_for_debugging(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info", "json")
    logging.getLogger("transitions.core").info("Finished processing state")
    assert lines(capsys) == []

    configure_logs("debug", "json")
    logging.getLogger("transitions.core").info("Finished processing state")
    assert len(lines(capsys)) == 1
