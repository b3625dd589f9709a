"""Security headers on every answer."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex",
}


def content_policy(exit_url: str, allowed_origins: Sequence[str]) -> str:
    """Returns the policy: our own scripts, styles and connections only, framed by the allowed sites only.

    The plain form leaves through a redirect, to which browsers apply `form-action` as well.
    """
    ancestors = " ".join(["'self'", *allowed_origins])
    exit_origin = "{0.scheme}://{0.netloc}".format(urlsplit(exit_url))
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        f"form-action 'self' {exit_origin}; base-uri 'none'; frame-ancestors {ancestors}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


class SecurityHeaders:
    """Adds `HEADERS` and the content policy to every answer. Only the widget's files are for the pages of others."""

    def __init__(self, app: ASGIApp, exit_url: str, allowed_origins: Sequence[str]) -> None:
        self._app = app
        self._headers = HEADERS | {"content-security-policy": content_policy(exit_url, allowed_origins)}
        if not allowed_origins:  # it knows no list of sites; browsers without `frame-ancestors` read it
            self._headers["x-frame-options"] = "SAMEORIGIN"
        self._widget_headers = self._headers | {"cross-origin-resource-policy": "cross-origin"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on, adding headers where an answer starts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        added = self._widget_headers if scope["path"].startswith("/widget/") else self._headers

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in added.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_with_headers)
