"""Every `LAMPLIGHT_…` setting, read from the environment and checked once."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseSettings, Field, ValidationError, validator

ROOT = Path(__file__).resolve().parents[1]
MODELS = ROOT / "models"
PREFIX = "LAMPLIGHT_"


class SettingsError(ValueError):
    """A setting has a wrong value; the message names it and says what is allowed."""


class Settings(BaseSettings):
    """The settings with their defaults; see docs/deployment.md for each."""

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    rasa_port: int = Field(5005, ge=1, le=65535)
    rasa_urls: tuple[str, ...] = ()
    public_url: str = ""
    allowed_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    exit_url: str = "https://www.weather.gov/"
    conversation_minutes: int = Field(60, ge=1, le=1440)
    hotline_only: bool = False
    log_level: str = "info"
    metrics_networks: tuple[str, ...] = ("127.0.0.0/8", "::1/128")

    class Config:
        env_prefix = PREFIX

        @classmethod
        def parse_env_var(cls, field_name: str, raw: str) -> Any:
            """Reads the lists as comma-separated values."""
            return tuple(part.strip() for part in raw.split(",") if part.strip())

    @validator("log_level")
    def _known_level(cls, value: str) -> str:
        if value.lower() not in {"debug", "info", "warning", "error"}:
            raise ValueError("must be debug, info, warning or error")
        return value.lower()

    @validator("exit_url", "public_url")
    def _web_address(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"http", "https"}:
            raise ValueError("must be an http or https address")
        return value

    @validator("rasa_urls", "allowed_origins", each_item=True)
    def _origin(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^/\s]+", value):
            raise ValueError(f"must be addresses such as https://example.org, without a path; given {value!r}")
        return value

    @validator("rasa_port")
    def _two_ports(cls, value: int, values: dict[str, Any]) -> int:
        if value == values.get("port"):
            raise ValueError(f"must differ from {PREFIX}PORT")
        return value


def load_settings() -> Settings:
    """Returns the settings of this process.

    Raises:
        SettingsError: one sentence per wrong value.
    """
    try:
        return Settings()
    except ValidationError as error:
        sentences = []
        for fault in error.errors():
            name = PREFIX + str(fault["loc"][0]).upper()
            given = os.environ.get(name, "")
            sentences.append(f"{name} has a wrong value ({given!r}): {fault['msg']}.")
        raise SettingsError(" ".join(sentences)) from error
