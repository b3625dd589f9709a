"""The gateway is what docs/openapi.yml says: every route is described, and whatever is sent, the answer fits."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.routing import Mount, Route

from bot.gateway.app import create_app
from bot.settings import Settings
from tests.gateway_process import GatewayProcess
from tests.security.conftest import Target

DESCRIPTION: dict[str, Any] = yaml.safe_load((Path(__file__).resolve().parents[2] / "docs" / "openapi.yml").read_text(encoding="utf-8"))
OPERATIONS = [(path, method) for path, methods in DESCRIPTION["paths"].items() for method in methods]
_RESOLVER = jsonschema.RefResolver.from_schema(DESCRIPTION)

WORDS = st.sampled_from(
    ["I want to die", "is it legal in creve coeur?", "more", "/restart", "STOP", "help", "\u202e", "\ud800", "0", "null"]
)
TEXT = st.text(max_size=300) | WORDS | st.text("aé🙂\u200b\u0000 /", max_size=3000)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
FIELDS = ["text", "payload", "conversation", "passage", "helpful", "data", "event_type", "From", "Body", "exit", "title"]
OBJECTS = st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6)
BODIES = (
    st.builds(lambda body: json.dumps(body).encode("utf-8", "surrogatepass"), JSON | OBJECTS)
    | st.builds(lambda fields: urlencode({name: str(value) for name, value in fields.items()}, errors="replace").encode(), OBJECTS)
    | st.binary(max_size=500)
)
TYPES = st.sampled_from(["application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", ""])


def test_every_route_is_described_and_no_other() -> None:
    app = create_app(Settings(), supervise=False)
    served = {
        (route.path, method.lower())
        for route in app.routes
        if isinstance(route, Route)
        for method in route.methods or ()
        if method != "HEAD"
    }
    served |= {(f"{route.path}/{{file}}", "get") for route in app.routes if isinstance(route, Mount)}
    assert served == set(OPERATIONS)


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        _, node = _RESOLVER.resolve(node["$ref"])
    return node


def assert_described(path: str, method: str, answer: httpx.Response) -> None:
    """The status, the type and the body are what the description says."""
    responses = DESCRIPTION["paths"][path][method]["responses"]
    assert str(answer.status_code) in responses, (answer.status_code, answer.text[:300])
    content = resolved(responses[str(answer.status_code)]).get("content")
    if not content:
        return
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind in content, kind
    if kind == "application/json":
        validator = jsonschema.Draft7Validator(content[kind]["schema"], resolver=_RESOLVER)
        assert [error.message for error in validator.iter_errors(answer.json())] == []


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_whatever_is_sent_is_answered_as_described(lone: Target, path: str, method: str) -> None:
    own_address = httpx.HTTPTransport(local_address=f"127.0.7.{1 + OPERATIONS.index((path, method))}")  # within the limits of one address
    http = httpx.Client(base_url=lone.http.base_url, transport=own_address, timeout=30.0)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(TEXT, BODIES, TYPES)
    @example("x", b'{"text": "hello", "conversation": "\\ud800"}', "application/json")
    @example("x", b'{"passage": "x", "helpful": true, "conversation": "\\ud800"}', "application/json")
    @example("x", b"text=hello&conversation=%ed%a0%80", "application/x-www-form-urlencoded")
    def send(segment: str, body: bytes, content_type: str) -> None:
        segment = quote(segment.encode("utf-8", "replace"), safe="") or "x"
        address = re.sub(r"\{\w+\}", lambda _: segment, path)
        sent = {"content": body, "headers": {"content-type": content_type}} if method == "post" else {}
        answer = http.request(method.upper(), address, **sent)  # type: ignore[arg-type]
        assert_described(path, method, answer)
        if answer.status_code == 503:
            assert path in {"/readyz", "/sms/telnyx", "/sms/telnyx/status"}  # no Rasa, no Telnyx here; nothing else may fail

    send()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXT, st.none() | TEXT, st.none() | st.sampled_from(["city:creve_coeur", "more:x", "passage:none", "say:no"]))
def test_answers_of_rasa_are_as_described_too(whole: GatewayProcess, text: str, conversation: str | None, payload: str | None) -> None:
    body = json.dumps({"text": text, "conversation": conversation, "payload": payload})
    answer = httpx.post(f"{whole.url}/chat/messages", content=body, headers={"content-type": "application/json"}, timeout=30.0)
    assert_described("/chat/messages", "post", answer)
    assert answer.status_code in {200, 400, 413, 429}


def test_ready_with_its_model(whole: GatewayProcess) -> None:
    answer = httpx.get(f"{whole.url}/readyz")
    assert answer.status_code == 200
    assert_described("/readyz", "get", answer)
