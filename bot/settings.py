"""Every `LAMPLIGHT_…` setting, read from the environment and checked once."""

from __future__ import annotations

import base64
import difflib
import ipaddress
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseSettings, Field, SecretStr, ValidationError, validator
from pydantic.fields import ModelField

ROOT = Path(__file__).resolve().parents[1]
MODELS = ROOT / "models"
PREFIX = "LAMPLIGHT_"
MIN_SECRET = 32
_SECRETS = frozenset({"twilio_auth_token", "telnyx_api_key", "sms_secret", "redis_url", "rasa_secret"})
_REDIS_OPTIONS = frozenset({"ssl_ca_certs", "ssl_certfile", "ssl_keyfile"})


class SettingsError(ValueError):
    """A setting has a wrong value; the message names it and says what is allowed."""


class Settings(BaseSettings):
    """The settings with their defaults; see docs/deployment.md for each."""

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    rasa_port: int = Field(5005, ge=1, le=65535)
    redis_url: SecretStr = SecretStr("")
    rasa_urls: tuple[str, ...] = ()
    rasa_secret: SecretStr = SecretStr("")
    public_url: str = ""
    allowed_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    exit_url: str = "https://www.weather.gov/"
    conversation_minutes: int = Field(60, ge=1, le=1440)
    hotline_only: bool = False
    log_level: str = "info"
    metrics_networks: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    telnyx_api_key: SecretStr = SecretStr("")
    telnyx_public_key: str = ""
    sms_from: str = ""
    sms_secret: SecretStr = SecretStr("")

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

    @validator("host")
    def _address_to_listen_on(cls, value: str) -> str:
        if not re.fullmatch(r"[\w.:%-]+", value, re.ASCII):
            raise ValueError("must be an address to listen on, such as 127.0.0.1 or 0.0.0.0")
        return value

    @validator("exit_url", "public_url")
    def _web_address(cls, value: str, field: ModelField) -> str:
        if (value or field.name == "exit_url") and not _is_web_address(value):
            raise ValueError("must be an http or https address")
        return value

    @validator("trusted_proxies", "metrics_networks", each_item=True)
    def _network(cls, value: str) -> str:
        try:
            ipaddress.ip_network(value)
        except ValueError:
            raise ValueError(f"must be addresses such as 10.0.0.7 or networks such as 10.0.0.0/8; given {value!r}") from None
        return value

    @validator("rasa_urls", "allowed_origins", each_item=True)
    def _origin(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^/\s]+", value):
            raise ValueError(f"must be addresses such as https://example.org, without a path; given {value!r}")
        return value

    @validator("redis_url")
    def _redis_address(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not _is_redis_address(value.get_secret_value()):
            raise ValueError(
                "must be an address such as redis://HOST:6379/0 or rediss://USER:PASSWORD@HOST:6379/0 (TLS), "
                f"with no options but {', '.join(sorted(_REDIS_OPTIONS))}"
            )
        return value

    @validator("rasa_urls")
    def _shared_by_workers(cls, value: tuple[str, ...], values: dict[str, Any]) -> tuple[str, ...]:
        if len(value) > 1 and "redis_url" in values and not values["redis_url"].get_secret_value():
            raise ValueError(f"names several Rasa workers, which share conversations through Redis; set {PREFIX}REDIS_URL, or name one")
        return value

    @validator("rasa_secret", always=True)
    def _long_rasa_secret(cls, value: SecretStr, values: dict[str, Any]) -> SecretStr:
        wanted = values.get("rasa_urls") or (values.get("redis_url") or value).get_secret_value()
        if (value.get_secret_value() or wanted) and len(value.get_secret_value()) < MIN_SECRET:
            raise ValueError(
                f"must have at least {MIN_SECRET} characters, the same for gateways and Rasa workers, where {PREFIX}REDIS_URL or "
                f"{PREFIX}RASA_URLS is set; make one with: openssl rand -hex 32"
            )
        return value

    @validator("rasa_port")
    def _two_ports(cls, value: int, values: dict[str, Any]) -> int:
        if value == values.get("port"):
            raise ValueError(f"must differ from {PREFIX}PORT")
        return value

    @validator("twilio_account_sid")
    def _account(cls, value: str) -> str:
        if value and not re.fullmatch(r"AC[0-9a-fA-F]{32}", value):
            raise ValueError("must be AC and 32 hexadecimal digits, as Twilio's console shows it")
        return value

    @validator("twilio_auth_token")
    def _tokens(cls, value: SecretStr, values: dict[str, Any]) -> SecretStr:
        if value.get_secret_value() and not values.get("public_url"):
            raise ValueError(f"needs {PREFIX}PUBLIC_URL too, the address over which Twilio signs")
        if value.get_secret_value() and not value.get_secret_value().strip(", "):
            raise ValueError("must be the token of Twilio's console, or during a change `present,secondary`")
        return value

    @validator("telnyx_public_key")
    def _ed25519_key(cls, value: str, values: dict[str, Any]) -> str:
        try:
            if value and len(base64.b64decode(value, validate=True)) != 32:
                raise ValueError
        except ValueError:
            raise ValueError("must be the 32 bytes of Telnyx's public key in base64") from None
        if value and "telnyx_api_key" in values and not values["telnyx_api_key"].get_secret_value():
            raise ValueError(f"needs {PREFIX}TELNYX_API_KEY too; without it no text could be answered")
        return value

    @validator("sms_from")
    def _own_number(cls, value: str) -> str:
        if value and not re.fullmatch(r"\+[1-9]\d{6,14}|\d{5,6}|MG[0-9a-fA-F]{32}", value):
            raise ValueError("must be our own number with + and country code, a short code, or a Twilio messaging service (MG...)")
        return value

    @validator("sms_secret", always=True)
    def _long_secret(cls, value: SecretStr, values: dict[str, Any]) -> SecretStr:
        secret = value.get_secret_value()
        wanted = values.get("telnyx_public_key") or (values.get("twilio_auth_token") or value).get_secret_value()
        if (secret or wanted) and len(secret) < MIN_SECRET:
            raise ValueError(
                f"must have at least {MIN_SECRET} characters where text messages are answered; make one with: openssl rand -hex 32"
            )
        return value


def load_settings() -> Settings:
    """Returns the settings of this process.

    Raises:
        SettingsError: one sentence per wrong value, and per name that is no setting.
    """
    sentences = [_unknown(name) for name in sorted(os.environ) if name.startswith(PREFIX) and _field(name) not in Settings.__fields__]
    try:
        settings = Settings()
    except ValidationError as error:
        for fault in error.errors():
            name = PREFIX + str(fault["loc"][0]).upper()
            given = "not shown" if fault["loc"][0] in _SECRETS else repr(os.environ.get(name, ""))
            sentences.append(f"{name} has a wrong value ({given}): {fault['msg']}.")
        raise SettingsError(" ".join(sentences)) from error
    if sentences:
        raise SettingsError(" ".join(sentences))
    return settings


def _field(name: str) -> str:
    return name.removeprefix(PREFIX).lower()


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(_field(name), Settings.__fields__, n=1)
    meant = f"did you mean {PREFIX}{near[0].upper()}? " if near else ""
    return f"{name} is not a setting; {meant}docs/deployment.md lists them all."


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _is_redis_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        options = set(parse_qs(parts.query, strict_parsing=True)) if parts.query else set()
        database = parts.path.strip("/")
        return (
            parts.scheme in {"redis", "rediss"}
            and bool(parts.hostname)
            and parts.port != 0
            and (not database or database.isdecimal())
            and options <= _REDIS_OPTIONS
        )
    except ValueError:
        return False
