"""Serves the widget's files, and the module with what only this server knows: the lines and the exit address."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.safety.hotlines import ALWAYS, Hotlines, as_wire

_SERVED = frozenset({".mjs", ".css", ".svg"})


class WidgetFiles(StaticFiles):
    """Public code, readable from every origin; who may talk to the chat API is decided there."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serves scripts, styles and images, nothing else that lies in the folder."""
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"allow": "GET, HEAD"})
        if PurePosixPath(path).suffix not in _SERVED or "\0" in path:
            path = ""
        response = await super().get_response(path, scope)
        response.headers["access-control-allow-origin"] = "*"
        return response


def site_module(hotlines: Hotlines, exit_url: str) -> str:
    """Returns `site.mjs`: numbers stand in the knowledge alone, so the widget imports them from here."""
    lines = json.dumps([_line(line_id, hotlines) for line_id in ALWAYS], ensure_ascii=False, separators=(",", ":"))
    return f"export const EXIT_URL = {json.dumps(exit_url)};\nexport const LINES = {lines};\n"


def _line(line_id: str, hotlines: Hotlines) -> dict[str, Any]:
    line = hotlines[line_id]
    wire = as_wire(line_id, hotlines) | {"short": line["short"], "keyword_es": (line.get("text") or {}).get("keyword_es")}
    return {key: value for key, value in wire.items() if value}
