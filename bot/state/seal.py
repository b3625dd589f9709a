"""What leaves this process for a store goes sealed: names hashed under the shared secret, values encrypted."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.state.store import StateUnavailable

NONCE_BYTES = 12


class Seal:
    """Keys derived from the secret that gateways and Rasa workers share."""

    def __init__(self, secret: str) -> None:
        self._names = _derived(secret, "names")
        self._values = AESGCM(_derived(secret, "values"))

    def hashed(self, name: str) -> str:
        """Returns HMAC-SHA-256 of a name, in hexadecimal: the same in every process, and no way back."""
        return hmac.new(self._names, name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def closed(self, key: str, value: str) -> bytes:
        """Compresses and encrypts a value for one key (AES-256-GCM); it cannot be read under another. Opens with a random nonce."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._values.encrypt(nonce, zlib.compress(value.encode(), 1), key.encode())

    def opened(self, key: str, sealed: bytes) -> str:
        """The inverse of `closed`.

        Raises:
            StateUnavailable: it was changed or moved by somebody without the secret.
        """
        try:
            return zlib.decompress(self._values.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], key.encode())).decode()
        except (InvalidTag, ValueError):  # nothing but our own is decompressed
            raise StateUnavailable("a stored value is not ours") from None


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.new(secret.encode(), f"lamplight {purpose}".encode(), hashlib.sha256).digest()
