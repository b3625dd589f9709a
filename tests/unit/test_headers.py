"""Every answer carries every header; others may load the widget's files and nothing else."""

from __future__ import annotations

import pytest

from bot.gateway.headers import HEADERS
from tests.unit.sms.stubs import FakeEngine, client, gateway

PAGES = ("/", "/frame", "/healthz", "/nothing", "/widget/help-chat.mjs", "/widget/site.mjs", "/widget/nothing")


@pytest.mark.parametrize(("origins", "frames"), [((), "SAMEORIGIN"), (("https://help.example",), None)])
@pytest.mark.parametrize("path", PAGES)
async def test_headers(path: str, origins: tuple[str, ...], frames: str | None) -> None:
    async with client(gateway(FakeEngine(), allowed_origins=origins)) as http_client:
        headers = (await http_client.get(path)).headers
    readers = "cross-origin" if path.startswith("/widget/") else "same-origin"
    assert (HEADERS | {"cross-origin-resource-policy": readers}).items() <= headers.items()
    assert headers.get("x-frame-options") == frames
    assert " ".join(["frame-ancestors 'self'", *origins]) + ";" in headers["content-security-policy"]
