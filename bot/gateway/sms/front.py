"""The part of the gateway under /sms/: built from the settings, for the providers that they name."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.gateway.chat import Chat, Refused
from bot.gateway.engine import Engine
from bot.gateway.erasures import Erasures
from bot.gateway.limits import RateLimits
from bot.gateway.metrics import Metrics
from bot.gateway.sessions import Sessions
from bot.gateway.sms.desk import SmsDesk
from bot.gateway.sms.limits import SmsLimits
from bot.gateway.sms.provider import SmsProvider
from bot.gateway.sms.replays import REPLAY_SECONDS, Replays
from bot.gateway.sms.sender import SenderIdentity
from bot.gateway.sms.telnyx import TelnyxProvider
from bot.gateway.sms.threads import Threads
from bot.gateway.sms.twilio import TwilioProvider, twiml
from bot.gateway.sms.webhook import SmsWebhook
from bot.gateway.static_replies import StaticReplies
from bot.nlg.wording import SMS
from bot.settings import PREFIX, Settings
from bot.state.open import State

LATE_SECONDS = 30.0
"""How long Rasa may work on a text after which its answer is of no use any more."""
STATUS_PATH = "/sms/twilio/status"

Handler = Callable[[SmsProvider, Request], Awaitable[Response]]


def build_providers(settings: Settings) -> dict[str, SmsProvider]:
    """Returns the providers whose keys the settings hold, by name."""
    identity = SenderIdentity(settings.sms_secret.get_secret_value())
    providers: dict[str, SmsProvider] = {}
    tokens = [token.strip() for token in settings.twilio_auth_token.get_secret_value().split(",") if token.strip()]
    if tokens:
        status_url = settings.public_url.rstrip("/") + STATUS_PATH
        providers["twilio"] = TwilioProvider(identity, tokens, settings.twilio_account_sid, settings.sms_from, status_url)
    if settings.telnyx_public_key:
        key = settings.telnyx_api_key.get_secret_value()
        providers["telnyx"] = TelnyxProvider(identity, settings.telnyx_public_key, key, settings.sms_from)
    return providers


def build_desk(
    settings: Settings, engine: Engine, erasures: Erasures, static: StaticReplies, metrics: Metrics, state: State, limits: SmsLimits
) -> SmsDesk:
    """Returns the desk around the conversations of a state."""
    seconds = 60.0 * settings.conversation_minutes
    web_limits = RateLimits(state.limiter, state.hashed, "sms")
    chat = Chat(engine, erasures, Sessions(state.store("chat", seconds)), static, web_limits, metrics, state.hotline_only)
    return SmsDesk(chat, erasures, static, Threads(state.store("sms", seconds), state.clock), limits, metrics)


class SmsFront:
    """The routes, and what runs beside them."""

    def __init__(self, desk: SmsDesk, webhook: SmsWebhook, providers: dict[str, SmsProvider], static: StaticReplies) -> None:
        self.desk = desk
        self.webhook = webhook
        self.providers = providers
        self._static = static

    @classmethod
    def from_settings(
        cls, settings: Settings, engine: Engine, erasures: Erasures, static: StaticReplies, metrics: Metrics, state: State
    ) -> SmsFront:
        """Builds everything around a client of Rasa and a state."""
        desk = build_desk(settings, engine, erasures, static, metrics, state, SmsLimits(state.limiter))
        replays = Replays(state.store("replay", REPLAY_SECONDS))
        return cls(desk, SmsWebhook(desk, replays, settings.public_url, metrics), build_providers(settings), static)

    def routes(self) -> list[Route]:
        """Returns the routes of every provider, also of those that are not set up."""
        return [
            Route("/sms/twilio", self._handled_by("twilio", self.webhook.receive), methods=["POST"]),
            Route(STATUS_PATH, self._handled_by("twilio", self.webhook.status), methods=["POST"]),
            Route("/sms/twilio/fallback.xml", self.fallback, methods=["GET", "POST"]),
            Route("/sms/telnyx", self._handled_by("telnyx", self.webhook.receive), methods=["POST"]),
            Route("/sms/telnyx/status", self._handled_by("telnyx", self.webhook.status), methods=["POST"]),
        ]

    async def fallback(self, request: Request) -> Response:
        """GET and POST /sms/twilio/fallback.xml: what to put at Twilio for when the webhook fails."""
        return Response(fallback_xml(self._static), media_type="application/xml")

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Closes the connections when the gateway ends."""
        yield
        await self.webhook.close()
        for provider in self.providers.values():
            await provider.close()

    def _handled_by(self, name: str, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            if name not in self.providers:
                raise Refused(
                    503, "sms_not_set_up", f"Text messages by {name} are not set up; the {PREFIX}{name.upper()}_ settings are missing."
                )
            return await handler(self.providers[name], request)

        return handle


def fallback_xml(static: StaticReplies) -> str:
    """Returns TwiML that says the lines in both languages, with no program behind it."""
    return twiml([static.wording("", SMS, language).say("utter_fallback") for language in ("en", "es")])
