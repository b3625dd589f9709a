"""What the rest needs of an SMS provider, and the types that cross that border."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from bot.gateway.sms.sender import SealedNumber, Sender

OPT_OUT_KEYWORDS = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"})
OPT_IN_KEYWORDS = frozenset({"start", "unstop"})
HELP_KEYWORDS = frozenset({"help", "info"})


class UnreadableMessage(ValueError):
    """A message that is truly the provider's and has no sender."""


@dataclass(frozen=True)
class InboundSms:
    """One text as it came. `opt_out` is what the provider did with it: STOP, START, HELP or nothing."""

    message_id: str
    sender: Sender
    text: str
    ours: str = ""
    opt_out: str | None = None


@dataclass(frozen=True)
class Acknowledgement:
    """The body of the webhook's 200."""

    body: str
    media_type: str


@dataclass(frozen=True)
class DeliveryStatus:
    """What became of a text of ours; without its number."""

    status: str
    error_code: str | None = None


class Delivery(Enum):
    """How a sending ended."""

    SENT = "sent"
    STOPPED = "stopped"
    FAILED = "failed"


class SmsProvider(Protocol):
    """One provider. It knows its wire format and nothing of conversations."""

    name: str
    content_type: str
    """The content type of its webhooks; anything else is refused."""
    answers_in_webhook: bool
    """Whether `acknowledge` carries the replies. Otherwise each goes out by `send`."""
    handled_keywords: frozenset[str]
    """Whole messages, in lower case, that the provider answers by itself."""

    def verify(self, raw: bytes, headers: Mapping[str, str], url: str) -> bool:
        """Whether the provider signed this body for this public address."""

    def parse(self, raw: bytes) -> InboundSms | None:
        """Returns the text in a verified body, or None where the body is about something else.

        Raises:
            UnreadableMessage: a text without a sender.
        """

    def acknowledge(self, replies: Sequence[str]) -> Acknowledgement:
        """Returns the answer to the webhook."""

    def parse_status(self, raw: bytes) -> DeliveryStatus | None:
        """Returns what a verified body says about a text of ours, or None."""

    @property
    def can_send(self) -> bool:
        """Whether the account is set up for `send`."""

    async def send(self, to: SealedNumber, text: str, ours: str) -> Delivery:
        """Sends one text from our number; tries again while the provider is busy or down."""

    async def close(self) -> None:
        """Closes the connections."""
