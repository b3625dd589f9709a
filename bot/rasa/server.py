"""Starts one Rasa worker on a private address with our channel, stores and composer."""

from __future__ import annotations

import bot.logs  # isort: skip
import bot.rasa.one_thread  # isort: skip

import asyncio
from asyncio import AbstractEventLoop

import rasa.core.run
import structlog
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic

from bot.core_files import forbid_core_files
from bot.rasa.assistant import MODEL, use_stores
from bot.rasa.lock_store import TurnLockStore
from bot.rasa.tracker_store import ExpiringTrackerStore
from bot.safety.hotlines import ROOT
from bot.safety.model_files import ModelRefused, take_over, verify
from bot.settings import load_settings
from bot.state.memory import MemoryStore
from bot.state.open import open_state

log = structlog.get_logger(__name__)

LOOPBACK = "127.0.0.1"
"""A worker that others can reach hands nothing over: only a gateway beside it ever replaces it."""

_RETRY_SECONDS = 15.0


def serve(host: str, port: int) -> None:
    """Loads the model and serves until stopped."""
    settings = load_settings()
    bot.logs.configure_logging(settings.log_level)
    bot.logs.hush_uncaught()
    forbid_core_files()
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    channels = rasa.core.run.create_http_input_channels(None, str(ROOT / "credentials.yml"))
    app = rasa.core.run.configure_app(channels, enable_api=False, port=port, endpoints=endpoints)
    state = open_state(settings)
    app.ctx.state = state
    app.ctx.memory = None

    async def could_load(running: Sanic, loop: AbstractEventLoop) -> bool:
        try:
            take_over(MODEL.parent)
            verify(MODEL.parent)
        except (ModelRefused, OSError) as error:
            log.error("model.refused", reason=str(error))
            return False
        agent = await rasa.core.run.load_agent_on_start(str(MODEL), endpoints, None, running, loop)
        if not agent.is_ready():
            log.error("model.missing", path=str(MODEL.name))
            return False
        store = state.store("tracker", 60.0 * settings.conversation_minutes)
        use_stores(agent, ExpiringTrackerStore(agent.domain, store=store), TurnLockStore(store=store))
        app.ctx.memory = store if isinstance(store, MemoryStore) and host == LOOPBACK else None
        log.info("rasa.ready", port=port)
        return True

    async def load_model(running: Sanic, loop: AbstractEventLoop) -> None:
        if not await could_load(running, loop):
            running.add_task(keep_loading(running, loop))

    async def keep_loading(running: Sanic, loop: AbstractEventLoop) -> None:
        while True:  # the disk may be freed, or the model mended
            await asyncio.sleep(_RETRY_SECONDS)
            if await could_load(running, loop):
                return

    async def close_state(running: Sanic, loop: AbstractEventLoop) -> None:
        await state.close()

    app.register_listener(load_model, "before_server_start")
    app.register_listener(close_state, "after_server_stop")
    app.run(host=host, port=port, workers=1, access_log=False, backlog=100)
