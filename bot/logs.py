"""Quiet logs: our own events as JSON lines, no message text, no telemetry. Import before anything of Rasa's."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO, cast

logging.captureWarnings(True)
logging.getLogger("py.warnings").setLevel(logging.ERROR)
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("USE_TF", "0")
os.environ.setdefault("USE_JAX", "0")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


_FRAMES = 6


class _Unfailing:
    """A stream that drops what it cannot write: a full disk under the log must not cost anyone the reply."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Writes, or drops the text."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flushes, or leaves it."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()


class _WithoutText(logging.Formatter):
    """One JSON line for what a library logs: who and where, never its words, which may hold a message."""

    def format(self, record: logging.LogRecord) -> str:
        """Returns the line; of an exception the class and the places it passed."""
        line: dict[str, object] = {
            "event": "library",
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
            "logger": record.name,
            "at": f"{Path(record.pathname).name}:{record.lineno}",
        }
        if record.exc_info and record.exc_info[0]:
            passed = traceback.extract_tb(record.exc_info[2])[-_FRAMES:]
            line |= {"error": record.exc_info[0].__name__, "through": [f"{Path(frame.filename).name}:{frame.lineno}" for frame in passed]}
        return json.dumps(line)


def configure_logging(level: str = "info") -> None:
    """Sends our own events to stderr as JSON lines, and of the libraries' only that there was a warning, and where.

    Rasa logs whole messages, so what libraries say is never repeated.
    """
    import structlog

    stream = cast(TextIO, _Unfailing(sys.stderr))
    handler = logging.StreamHandler(stream)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(_WithoutText())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("rasa", "sanic.root", "sanic.access", "sanic.error", "httpx", "httpcore", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.getLogger("sanic.access").disabled = True
    structlog.configure(
        processors=[
            _only_ours,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )


def hush_uncaught() -> None:
    """For a process that serves: an exception that nobody catches is logged like a library's, not printed with its words."""
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda uncaught: _log_uncaught(uncaught.exc_type, uncaught.exc_value, uncaught.exc_traceback)
    sys.unraisablehook = lambda uncaught: _log_uncaught(uncaught.exc_type, uncaught.exc_value, uncaught.exc_traceback)


def _log_uncaught(kind: type[BaseException], error: BaseException | None, passed: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt | SystemExit):
        logging.getLogger("python").error("uncaught", exc_info=(kind, error or BaseException(), passed))


def _only_ours(logger: object, method: str, event: dict[str, object]) -> dict[str, object]:
    import structlog

    if event.get("event") not in OUR_EVENTS:
        raise structlog.DropEvent
    return event


OUR_EVENTS = frozenset(
    {
        "engine.too_late",
        "engine.worker_back",
        "engine.worker_failed",
        "gate.missing",
        "gateway.hotlines_refused",
        "gateway.knowledge_broken",
        "message.failed",
        "message.not_erased",
        "model.missing",
        "model.not_taken_in",
        "model.refused",
        "model.taken_in",
        "rasa.ended",
        "rasa.ready",
        "sms.cannot_send",
        "sms.failed",
        "sms.not_sent",
        "sms.retention_not_allowed",
        "sms.stopped",
        "sms.undelivered",
        "sms.unreadable",
        "store.counts_unavailable",
        "store.unavailable",
    }
)
"""The names of the events that may be logged; Rasa's own carry message texts."""
