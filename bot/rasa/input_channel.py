"""The only way into Rasa: message, erase and ready, for the gateway alone. No text is logged."""

from __future__ import annotations

import sqlite3
from typing import Any, Awaitable, Callable, Dict, List, Optional

import structlog
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Request, response
from sanic.response import HTTPResponse

from bot.gaps import Gaps
from bot.messages import ABOUT, is_payload

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
    """Trusts its caller, so it must listen on a private address only."""

    @classmethod
    def name(cls) -> str:
        """The name by which Rasa knows the channel."""
        return NAME

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Adds the three routes under `/webhooks/lamplight/`."""
        routes = Blueprint("lamplight_webhook")

        @routes.route("/ready", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            loaded = agent is not None and agent.is_ready()
            return response.json({"ready": loaded}, status=200 if loaded else 503)

        @routes.route("/message", methods=["POST"])
        async def message(request: Request) -> HTTPResponse:
            body = request.json
            collector = ReplyCollector()
            try:
                await on_new_message(
                    user_message(body["text"], body.get("payload"), body["conversation"], body.get("channel", "web"), collector)
                )
            except Exception as error:
                log.error("message.failed", error=type(error).__name__)
                return response.json({"error": "failed"}, status=500)
            for gap in collector.gaps:
                count_gap(gap)
            return response.json({"replies": collector.replies, ABOUT: collector.about})

        @routes.route("/erase", methods=["POST"])
        async def erase(request: Request) -> HTTPResponse:
            await request.app.ctx.agent.tracker_store.erase(request.json["conversation"])
            return response.json({"erased": True})

        return routes


def count_gap(gap: Dict[str, Any]) -> None:
    """Counts an unanswered question; a full disk must not cost anyone the reply."""
    try:
        Gaps().count(gap["topic"], gap["city"])
    except (OSError, sqlite3.Error) as error:
        log.warning("store.gaps_unavailable", error=type(error).__name__)


def user_message(text: str, payload: Optional[str], conversation: str, channel: str, collector: ReplyCollector) -> UserMessage:
    """Returns Rasa's message for a cleaned text; the payload of a button travels as metadata."""
    metadata = {"channel": channel} | ({"payload": payload} if is_payload(payload) else {})
    return UserMessage(text, collector, sender_id=conversation, input_channel=NAME, metadata=metadata)
