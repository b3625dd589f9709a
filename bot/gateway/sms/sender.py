"""Who texts: a keyed hash for everything that remembers, and the number itself only for the way back."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

import phonenumbers

_REGION = "US"


class SealedNumber:
    """A telephone number that is carried to the provider and shows nowhere else: not in logs, errors or traces."""

    __slots__ = ("__number",)

    def __init__(self, number: str) -> None:
        self.__number = number

    def reveal(self) -> str:
        """Returns the number, for the request that sends to it and for nothing else."""
        return self.__number

    def __repr__(self) -> str:
        return "SealedNumber(...)"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a telephone number is never stored")


@dataclass(frozen=True)
class Sender:
    """The writer of a text: `id` is all that is kept, for as long as the conversation."""

    id: str
    number: SealedNumber


class SenderIdentity:
    """Turns numbers into ids with HMAC-SHA-256, so that nobody without the secret can try out numbers."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def of(self, raw: str) -> Sender:
        """Returns the sender of a raw number; every way to write a number gives the same id."""
        digest = hmac.new(self._secret, _canonical(raw).encode(), hashlib.sha256).hexdigest()
        return Sender(digest, SealedNumber(raw))


def _canonical(raw: str) -> str:
    try:
        number = phonenumbers.parse(raw, _REGION)
    except phonenumbers.NumberParseException:
        return f"other:{raw.strip().casefold()}"
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
