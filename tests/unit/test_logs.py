"""What a library logs becomes one JSON line without its words."""

from __future__ import annotations

import contextlib
import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

import bot.logs
from bot.settings import ROOT

SECRET = "zebra-7431 he hits me"


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    written = capsys.readouterr().err
    assert "zebra" not in written
    return [json.loads(line) for line in written.splitlines()]


def test_an_exception_leaves_its_class_and_place_but_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    bot.logs.configure_logging()
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in %s", SECRET)
    (line,) = lines(capsys)
    assert (line["event"], line["level"], line["logger"], line["error"]) == ("library", "error", "uvicorn.error", "ValueError")
    assert str(line["at"]).startswith("test_logs.py:")
    assert [str(place).split(":")[0] for place in line["through"]] == ["test_logs.py"]  # type: ignore[attr-defined]


def test_what_nobody_catches_leaves_its_class_and_place_but_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    bot.logs.configure_logging()
    bot.logs.hush_uncaught()

    class Unraisable:
        def __del__(self) -> None:
            raise OSError(SECRET)

    def broken() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    lost = Unraisable()
    del lost
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    found = [(line["logger"], line["error"], str(line["through"][-1]).split(":")[0]) for line in lines(capsys)]  # type: ignore[index]
    assert found == [("python", name, "test_logs.py") for name in ("ValueError", "OSError", "KeyError")]


def test_our_events_are_json_lines_and_those_of_others_are_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    bot.logs.configure_logging()
    log = structlog.get_logger()
    log.info("rasa.ready", port=5005)
    log.warning("processor.message.received", text=SECRET)
    log.warning("message.parsing.failed", user_text=SECRET)  # Rasa's, though `message` is one of our first words
    (line,) = lines(capsys)
    assert (line["event"], line["level"], line["port"]) == ("rasa.ready", "info", 5005)


def test_every_event_of_ours_passes_and_no_other() -> None:
    logged = {
        name for file in (ROOT / "bot").rglob("*.py") for name in re.findall(r'\blog\.\w+\(\s*"([^"]+)"', file.read_text(encoding="utf-8"))
    }
    assert logged == bot.logs.OUR_EVENTS


def test_a_stream_that_cannot_be_written_costs_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with contextlib.suppress(OSError), Path("/dev/full").open("w", encoding="ascii") as full:  # closing fails too
        monkeypatch.setattr(sys, "stderr", full)
        bot.logs.configure_logging()
        structlog.get_logger().error("rasa.ended")
        logging.getLogger("rasa.core").error(SECRET)
        monkeypatch.undo()
    assert lines(capsys) == []
