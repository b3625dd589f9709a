"""Unit tests see structlog as it is before anything configures it, whatever ran earlier in the session."""

import pytest
import structlog


@pytest.fixture(autouse=True)
def _plain_structlog() -> None:
    structlog.reset_defaults()
