"""Twilio: form-encoded webhooks answered by TwiML, and the REST API for what comes later."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

import httpx
import structlog
from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from bot.gateway.sms.delivery import Sleep, deliver
from bot.gateway.sms.provider import (
    HELP_KEYWORDS,
    OPT_IN_KEYWORDS,
    OPT_OUT_KEYWORDS,
    Acknowledgement,
    Delivery,
    DeliveryStatus,
    InboundSms,
    UnreadableMessage,
)
from bot.gateway.sms.sender import SealedNumber, SenderIdentity

log = structlog.get_logger(__name__)

API = "https://api.twilio.com"
FORM = "application/x-www-form-urlencoded"
STOPPED = 21610
"""The recipient has said STOP (twilio.com/docs/api/errors/21610)."""
_RETENTION_NOT_ALLOWED = frozenset({30029, 30030})
_RETENTION = {"ContentRetention": "discard", "AddressRetention": "obfuscate"}
_MAX_FIELDS = 500


class TwilioProvider:
    """Signs with the account's tokens. During a rotation there are two, the present one first."""

    name = "twilio"
    content_type = FORM
    answers_in_webhook = True
    handled_keywords = OPT_OUT_KEYWORDS | OPT_IN_KEYWORDS | HELP_KEYWORDS

    def __init__(
        self,
        identity: SenderIdentity,
        tokens: Sequence[str],
        account: str = "",
        sms_from: str = "",
        status_url: str = "",
        api: str = API,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._identity = identity
        self._validators = [RequestValidator(token) for token in tokens]
        self._account = account
        self._from = sms_from
        self._status_url = status_url
        self._sleep = sleep
        self._retention = dict(_RETENTION)
        self._client = httpx.AsyncClient(base_url=f"{api}/2010-04-01", auth=(account, tokens[0]), timeout=10.0)

    @property
    def can_send(self) -> bool:
        """Whether the account is known; the webhook alone needs only the token."""
        return bool(self._account)

    def verify(self, raw: bytes, headers: Mapping[str, str], url: str) -> bool:
        """Checks the signature over every field, blank ones too, and the public address."""
        fields = _fields(raw)
        signature = headers.get("x-twilio-signature", "")
        if fields is None or not signature:
            return False
        return any(validator.validate(url, fields, signature) for validator in self._validators)

    def parse(self, raw: bytes) -> InboundSms | None:
        """Reads an incoming message; media and places are never fetched."""
        fields = _fields(raw) or ImmutableMultiDict()
        number = fields.get("From", "")
        if not number.strip():
            raise UnreadableMessage("no From")
        return InboundSms(
            message_id=fields.get("MessageSid") or fields.get("SmsSid", ""),
            sender=self._identity.of(number),
            text=fields.get("Body", ""),
            ours=fields.get("To", ""),
            opt_out=fields.get("OptOutType", "").upper() or None,
        )

    def acknowledge(self, replies: Sequence[str]) -> Acknowledgement:
        """Returns TwiML with one message a reply."""
        return Acknowledgement(twiml(replies), "application/xml")

    def parse_status(self, raw: bytes) -> DeliveryStatus | None:
        """Reads a status callback."""
        fields = _fields(raw) or ImmutableMultiDict()
        status = fields.get("MessageStatus") or fields.get("SmsStatus", "")
        return DeliveryStatus(status, fields.get("ErrorCode") or None) if status else None

    async def send(self, to: SealedNumber, text: str, ours: str) -> Delivery:
        """Sends by the Messages resource; asks Twilio to keep neither the text nor the number."""
        return await deliver(lambda: self._post(to, text, ours), _is_stopped, self._sleep)

    async def _post(self, to: SealedNumber, text: str, ours: str) -> httpx.Response:
        origin = self._from or ours
        fields = {"To": to.reveal(), "Body": text, "MessagingServiceSid" if origin.startswith("MG") else "From": origin}
        if self._status_url:
            fields["StatusCallback"] = self._status_url
        path = f"/Accounts/{self._account}/Messages.json"
        response = await self._client.post(path, data=fields | self._retention)
        if self._retention and _error_code(response) in _RETENTION_NOT_ALLOWED:
            log.warning("sms.retention_not_allowed")
            self._retention = {}
            response = await self._client.post(path, data=fields)
        return response

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()


def twiml(replies: Sequence[str]) -> str:
    """Returns a TwiML response; an empty one sends nothing."""
    messages = "".join(f"<Message>{escape(_printable(reply))}</Message>" for reply in replies)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Response>{messages}</Response>\n'


def _printable(text: str) -> str:
    return "".join(char for char in text if char in "\n\t" or char.isprintable())


def _fields(raw: bytes) -> ImmutableMultiDict[str, str] | None:
    try:
        return ImmutableMultiDict(parse_qsl(raw.decode("utf-8"), keep_blank_values=True, max_num_fields=_MAX_FIELDS))
    except ValueError:
        return None


def _error_code(response: httpx.Response) -> int | None:
    try:
        body = response.json()
    except ValueError:
        return None
    return body.get("code") if isinstance(body, dict) and not response.is_success else None


def _is_stopped(response: httpx.Response) -> bool:
    return _error_code(response) == STOPPED
