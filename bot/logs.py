"""Quiet logs: our own events as JSON lines, no message text, no telemetry. Import before anything of Rasa's."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import warnings
from typing import TextIO, cast

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("USE_TF", "0")
os.environ.setdefault("USE_JAX", "0")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


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


def configure_logging(level: str = "info") -> None:
    """Sends our own events to stderr as JSON lines, and of Rasa's and Sanic's only the warnings.

    Rasa logs whole messages at debug level, so its loggers never go below warning.
    """
    import structlog

    warnings.simplefilter("ignore")
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s", force=True)
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
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Unfailing(sys.stderr))),
        cache_logger_on_first_use=False,
    )


def _only_ours(logger: object, method: str, event: dict[str, object]) -> dict[str, object]:
    import structlog

    name = str(event.get("event", ""))
    if name.split(".", 1)[0] not in OUR_EVENTS:
        raise structlog.DropEvent
    return event


OUR_EVENTS = frozenset({"gate", "message", "engine", "gateway", "model", "rasa", "sms", "store"})
"""First parts of the names of events that may be logged; Rasa's own carry message texts."""
