"""Fixtures for the tests of text messages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette

from tests.unit.sms.stubs import FakeEngine, Rest, against_twilio, gateway, rest_api


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def app(engine: FakeEngine) -> Starlette:
    return gateway(engine)


@pytest.fixture
def twilio_rest() -> Iterator[Rest]:
    """Twilio's REST API; the test fails where a request does not fit the public description."""
    with rest_api(against_twilio) as rest:
        yield rest
    assert rest.faults == []


@pytest.fixture
def telnyx_rest() -> Iterator[Rest]:
    with rest_api() as rest:
        yield rest
