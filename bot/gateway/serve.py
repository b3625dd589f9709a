"""Starts the gateway on its port, with a clear sentence where that cannot be."""

from __future__ import annotations

import contextlib
import resource
import signal
import socket

import structlog
import uvicorn

import bot.logs
from bot.core_files import forbid_core_files
from bot.gateway.app import create_app
from bot.gateway.protocol import StrictProtocol
from bot.safety.hotlines import HotlinesMissing
from bot.safety.model_files import HOTLINES_FILE, ModelRefused, verify
from bot.settings import MODELS, PREFIX, Settings, load_settings

log = structlog.get_logger(__name__)


MOST_AT_ONCE = 4000
"""Requests under way, past which a plain 503 is all there is; each ends by itself within 20 seconds."""


class CannotServe(RuntimeError):
    """The gateway cannot start; the message says what to do."""


def serve() -> None:
    """Serves until stopped.

    Raises:
        CannotServe: a port is taken, or no hotlines can be read.
    """
    settings = load_settings()
    bot.logs.configure_logging(settings.log_level)
    bot.logs.hush_uncaught()
    forbid_core_files()
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # until there is a Rasa of our own that could be replaced
    _check_ports(settings)
    _allow_files(2 * MOST_AT_ONCE)
    try:
        verify(MODELS, [HOTLINES_FILE])
    except ModelRefused as refused:
        log.error("gateway.hotlines_refused", reason=str(refused), instead="knowledge/hotlines.yml")
    try:
        app = create_app(settings)
    except HotlinesMissing as error:
        raise CannotServe(str(error)) from error
    with contextlib.suppress(OSError):  # standard output on a full disk must not stop the service
        print(
            f"Lamplight listens on http://{settings.host}:{settings.port}/ (answers come once Rasa is ready, in about 20 seconds).",
            flush=True,
        )
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        http=StrictProtocol,
        access_log=False,
        log_config=None,
        ws="none",
        log_level="warning",
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=",".join(settings.trusted_proxies),
        timeout_graceful_shutdown=10,
        timeout_keep_alive=30,
        limit_concurrency=MOST_AT_ONCE,
        h11_max_incomplete_event_size=16 * 1024,
    )


def _allow_files(wanted: int) -> None:
    """Raises the limit of open files, sockets among them, as far as the system lets us."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _check_ports(settings: Settings) -> None:
    wanted = [(settings.host, settings.port, "PORT")]
    if not settings.rasa_urls:
        wanted.append(("127.0.0.1", settings.rasa_port, "RASA_PORT"))
    for host, port, name in wanted:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CannotServe(
                    f"Port {port} on {host} cannot be used ({error.strerror}). Stop what uses it, or set {PREFIX}{name} to another port."
                ) from error
