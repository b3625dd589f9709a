"""What the tests of text messages share: an engine that is no Rasa, a provider's REST API on loopback, signed requests."""

from __future__ import annotations

import asyncio
import http.server
import json
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree

import httpx
import jsonschema
from starlette.applications import Starlette
from twilio.request_validator import RequestValidator

from bot.gateway.app import create_app
from bot.gateway.engine import EngineUnavailable
from bot.settings import Settings

PUBLIC = "https://sms.example.org"
TOKEN = "fedcba98765432100123456789abcdef"
SECRET = "a secret of more than thirty-two characters"
ACCOUNT = "AC" + "0123456789abcdef" * 2
ANN, BOB = "+13145550101", "+18165550102"
OURS = "+15735550100"
_DESCRIPTION = "twilio_api_v2010.json"
_CREATE_PATH = "/2010-04-01/Accounts/{AccountSid}/Messages.json"


def bubble(text: str, kind: str = "answer", **values: Any) -> dict[str, Any]:
    """A reply in the form of the chat API."""
    return {"kind": kind, "text": text, "buttons": [], "sources": [], "hotlines": [], "fallback": False, "ratable": False} | values


@dataclass
class FakeEngine:
    """Stands for Rasa where the test is about the webhook: repeats what it got, waits or fails when told to."""

    answers: Callable[[str, str | None], list[dict[str, Any]]] = lambda text, payload: [bubble(f"You wrote: {text}")]
    asked: list[tuple[str, str | None, str, str]] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    gate: asyncio.Event | None = None
    down: bool = False

    async def replies(self, text: str, payload: str | None, conversation: str, channel: str) -> list[dict[str, Any]]:
        self.asked.append((text, payload, conversation, channel))
        if self.gate:
            await self.gate.wait()
        if self.down:
            raise EngineUnavailable("down")
        return self.answers(text, payload)

    async def erase(self, conversation: str) -> bool:
        self.erased.append(conversation)
        return not self.down

    async def ready(self) -> bool:
        return not self.down

    async def close(self) -> None:
        """Nothing is open."""


def settings(**values: Any) -> Settings:
    return Settings(public_url=PUBLIC, twilio_auth_token=TOKEN, sms_secret=SECRET, **values)


def gateway(engine: FakeEngine, **values: Any) -> Starlette:
    return create_app(settings(**values), engine=engine, supervise=False)  # type: ignore[arg-type]


def client(app: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://internal:8000")


_sid = iter(range(10**9))


def form(body: str, number: str = ANN, **fields: str) -> dict[str, str]:
    """The form that Twilio sends; a new MessageSid each time unless one is given."""
    return {
        "MessageSid": f"SM{next(_sid):032x}",
        "AccountSid": ACCOUNT,
        "From": number,
        "To": OURS,
        "Body": body,
        "NumMedia": "0",
        "FromCity": "",
        "FromState": "MO",
    } | fields


def sign(fields: dict[str, str], url: str = f"{PUBLIC}/sms/twilio", token: str = TOKEN) -> str:
    return str(RequestValidator(token).compute_signature(url, fields))


async def post(app: Starlette, fields: dict[str, str], path: str = "/sms/twilio", signature: str | None = None) -> httpx.Response:
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": signature if signature is not None else sign(fields, PUBLIC + path),
    }
    async with client(app) as http_client:
        return await http_client.post(path, content=urlencode(fields), headers=headers)


async def text(app: Starlette, body: str, number: str = ANN, **fields: str) -> list[str]:
    """Sends a signed text and returns the messages of the TwiML."""
    return messages(await post(app, form(body, number, **fields)))


def messages(response: httpx.Response) -> list[str]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("application/xml")
    return [message.text or "" for message in ElementTree.fromstring(response.text).findall("Message")]


@dataclass
class Rest:
    """A provider's REST API on loopback: answers from a script, then with success."""

    url: str = ""
    script: list[tuple[int, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    seen: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def answer(self, status: int, body: dict[str, Any] | None = None, **headers: str) -> None:
        self.script.append((status, body or {}, {name.replace("_", "-"): value for name, value in headers.items()}))


@contextmanager
def rest_api(check: Callable[[str, dict[str, Any]], str | None] = lambda path, body: None) -> Iterator[Rest]:
    """Serves until the test ends. `check` says what is wrong with a request, or nothing."""
    rest = Rest()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"])).decode()
            body = json.loads(raw) if "json" in self.headers["content-type"] else dict(parse_qsl(raw))
            rest.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            fault = check(self.path, body)
            if fault:
                rest.faults.append(fault)
            status, answer, headers = rest.script.pop(0) if rest.script else (201, {"sid": "SM" + "0" * 32}, {})
            payload = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {"content-type": "application/json", "content-length": str(len(payload)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_: object) -> None:
            """Keeps the output quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    rest.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield rest
    finally:
        server.shutdown()
        server.server_close()


def against_twilio(path: str, body: dict[str, Any]) -> str | None:
    """Checks a request against Twilio's public OpenAPI description.

    The folder named by TWILIO_OPENAPI_FOLDER is used where it is set; otherwise the part that lies beside this file.
    """
    folder = os.environ.get("TWILIO_OPENAPI_FOLDER")
    file = Path(folder) / _DESCRIPTION if folder else Path(__file__).parent / "twilio_create_message.json"
    description = json.loads(file.read_text(encoding="utf-8"))
    operation = description["paths"][_CREATE_PATH]["post"]
    account = re.fullmatch(_CREATE_PATH.replace("{AccountSid}", "(.*)"), path)
    if account is None:
        return f"unknown path {path}"
    schema = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    try:
        jsonschema.validate(account[1], operation["parameters"][0]["schema"])
        resolver = jsonschema.RefResolver.from_schema(description)
        jsonschema.Draft7Validator(schema | {"additionalProperties": False}, resolver=resolver).validate(body)
    except jsonschema.ValidationError as error:
        return error.message
    return None
