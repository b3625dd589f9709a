"""The only way into Rasa: message, erase, ready and the hand-over, for the gateway alone. No text is logged."""

from __future__ import annotations

import hmac
from typing import Any, Awaitable, Callable, Dict, List, Optional

import structlog
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Request, response
from sanic.response import HTTPResponse

from bot.messages import ABOUT, AUTH_HEADER, LOUD_KINDS, is_payload
from bot.rasa.lock_store import ticket
from bot.settings import load_settings
from bot.state.counts import add_if_possible
from bot.state.store import StateUnavailable

log = structlog.get_logger(__name__)

NAME = "lamplight"


class ReplyCollector(CollectingOutputChannel):
    """Collects the bubbles of one turn."""

    def __init__(self) -> None:
        super().__init__()
        self.replies: List[Dict[str, Any]] = []
        self.gaps: List[Dict[str, Any]] = []
        self.about: Optional[str] = None

    @classmethod
    def name(cls) -> str:
        """The name by which Rasa knows the channel."""
        return NAME

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Takes the bubbles that `ResponseComposer` wrote."""
        custom = message.get("custom") or {}
        self.replies += custom.get("replies", [])
        self.gaps += [custom["gap"]] if "gap" in custom else []
        self.about = self.about or custom.get(ABOUT)


class LamplightChannel(InputChannel):
    """Trusts callers that know the secret; it belongs on a private address all the same."""

    @classmethod
    def name(cls) -> str:
        """The name by which Rasa knows the channel."""
        return NAME

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Adds the routes under `/webhooks/lamplight/`."""
        routes = Blueprint("lamplight_webhook")
        secret = load_settings().rasa_secret.get_secret_value().encode()

        def is_known(request: Request) -> bool:
            return bool(secret) and hmac.compare_digest(request.headers.get(AUTH_HEADER, "").encode(), secret)

        @routes.route("/ready", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            loaded = agent is not None and agent.is_ready()
            return response.json({"ready": loaded}, status=200 if loaded else 503)

        @routes.route("/message", methods=["POST"])
        async def message(request: Request) -> HTTPResponse:
            if not is_known(request):
                return response.json({"error": "secret"}, status=403)
            body = request.json
            collector = ReplyCollector()
            ticket.set(body.get("ticket"))
            try:
                await on_new_message(
                    user_message(
                        body["text"], body.get("payload"), body["conversation"], body.get("channel", "web"), collector, body.get("ticket")
                    )
                )
            except Exception as error:
                log.error("message.failed", error=type(error).__name__)
                if not (collector.replies and collector.replies[0]["kind"] in LOUD_KINDS):
                    return response.json({"error": "failed"}, status=500)
            for gap in collector.gaps:
                await add_if_possible(request.app.ctx.state.gaps, gap["topic"], gap["city"] or "none")
            return response.json({"replies": collector.replies, ABOUT: collector.about})

        @routes.route("/erase", methods=["POST"])
        async def erase(request: Request) -> HTTPResponse:
            if not is_known(request):
                return response.json({"error": "secret"}, status=403)
            agent, conversation = request.app.ctx.agent, request.json["conversation"]
            try:
                async with agent.lock_store.lock(conversation):
                    await agent.tracker_store.erase(conversation)
            except StateUnavailable as error:
                log.error("message.not_erased", error=str(error))
                return response.json({"error": "failed"}, status=500)
            return response.json({"erased": True})

        @routes.route("/conversations", methods=["GET"])
        async def give(request: Request) -> HTTPResponse:
            """All that this process alone remembers, for its successor; nothing with Redis, without a model or off this machine."""
            if not is_known(request):
                return response.json({"error": "secret"}, status=403)
            memory = request.app.ctx.memory
            return response.json(memory.held() if memory else [])

        @routes.route("/conversations", methods=["PUT"])
        async def take(request: Request) -> HTTPResponse:
            if not is_known(request):
                return response.json({"error": "secret"}, status=403)
            if request.app.ctx.memory:
                request.app.ctx.memory.take(request.json)
            return response.empty()

        return routes


def user_message(
    text: str, payload: Optional[str], conversation: str, channel: str, collector: ReplyCollector, message_id: Optional[str] = None
) -> UserMessage:
    """Returns Rasa's message for a cleaned text; the payload of a button travels as metadata."""
    metadata = {"channel": channel} | ({"payload": payload} if is_payload(payload) else {})
    return UserMessage(text, collector, sender_id=conversation, input_channel=NAME, message_id=message_id, metadata=metadata)
