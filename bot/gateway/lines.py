"""The lines as files, for a proxy to show when no gateway answers."""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from bot.gateway.static_replies import StaticReplies

_PAGES = Path(__file__).parent / "pages"


def write_lines(folder: Path, static: StaticReplies, exit_url: str) -> None:
    """Writes `lines.html` for people and `lines.json`, an error in the form of the chat API.

    Raises:
        OSError: the folder cannot be written.
    """
    english, spanish = (static.wording("", language=language).say("utter_fallback") for language in ("en", "es"))
    page = Environment(loader=FileSystemLoader(_PAGES), autoescape=True).get_template("lines.html")
    body = {"error": {"code": "unreachable", "message": english}, "hotlines": static.hotlines()}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lines.html").write_text(
        page.render(english=english, spanish=spanish, hotlines=static.hotlines(), exit_url=exit_url), encoding="utf-8"
    )
    (folder / "lines.json").write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
