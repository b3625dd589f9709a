"""Starts Rasa on a private address with our channel, store and composer: `python -m bot.rasa.server`."""

from __future__ import annotations

import bot.logs  # isort: skip

from asyncio import AbstractEventLoop

import rasa.core.run
import structlog
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic

from bot.rasa.assistant import MODEL, use_store
from bot.rasa.tracker_store import ExpiringTrackerStore
from bot.safety.hotlines import ROOT
from bot.safety.model_files import ModelRefused, take_over, verify
from bot.settings import load_settings

log = structlog.get_logger(__name__)
PRIVATE_ADDRESS = "127.0.0.1"


def main() -> None:
    """Loads the model and serves until stopped."""
    settings = load_settings()
    bot.logs.configure_logging(settings.log_level)
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    channels = rasa.core.run.create_http_input_channels(None, str(ROOT / "credentials.yml"))
    app = rasa.core.run.configure_app(channels, enable_api=False, port=settings.rasa_port, endpoints=endpoints)

    async def load_model(running: Sanic, loop: AbstractEventLoop) -> None:
        try:
            take_over(MODEL.parent)
            verify(MODEL.parent)
        except (ModelRefused, OSError) as error:
            log.error("model.refused", reason=str(error))
            return
        agent = await rasa.core.run.load_agent_on_start(str(MODEL), endpoints, None, running, loop)
        if not agent.is_ready():
            log.error("model.missing", path=str(MODEL.name))
            return
        use_store(agent, ExpiringTrackerStore(agent.domain))
        log.info("rasa.ready", port=settings.rasa_port)

    app.register_listener(load_model, "before_server_start")
    app.run(host=PRIVATE_ADDRESS, port=settings.rasa_port, workers=1, access_log=False, backlog=100)


if __name__ == "__main__":
    main()
