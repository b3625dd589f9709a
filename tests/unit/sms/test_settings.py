"""The settings of text messages."""

from __future__ import annotations

import base64

import pytest

from bot.settings import SettingsError, load_settings
from tests.unit.sms.stubs import ACCOUNT, SECRET, TOKEN

GOOD = {
    "PUBLIC_URL": "https://sms.example.org",
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "SMS_SECRET": SECRET,
    "SMS_FROM": "+15735550100",
    "TELNYX_PUBLIC_KEY": base64.b64encode(bytes(32)).decode(),
    "TELNYX_API_KEY": "KEY0123456789",
}


def environment(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"LAMPLIGHT_{name}", value)


def test_good_settings_are_taken_and_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, **GOOD)
    settings = load_settings()
    assert settings.twilio_auth_token.get_secret_value() == TOKEN
    assert all(secret not in repr(settings) + str(settings) for secret in (TOKEN, SECRET, GOOD["TELNYX_API_KEY"]))


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SMS_SECRET": ""}, "LAMPLIGHT_SMS_SECRET"),
        ({"SMS_SECRET": "too-brief"}, "LAMPLIGHT_SMS_SECRET"),
        ({"PUBLIC_URL": ""}, "LAMPLIGHT_TWILIO_AUTH_TOKEN"),
        ({"TWILIO_ACCOUNT_SID": "AC123"}, "LAMPLIGHT_TWILIO_ACCOUNT_SID"),
        ({"SMS_FROM": "555-0100"}, "LAMPLIGHT_SMS_FROM"),
        ({"TELNYX_PUBLIC_KEY": "abc"}, "LAMPLIGHT_TELNYX_PUBLIC_KEY"),
        ({"TELNYX_API_KEY": ""}, "LAMPLIGHT_TELNYX_PUBLIC_KEY .* needs LAMPLIGHT_TELNYX_API_KEY too"),
        ({"TWILIO_AUTH_TOKEN": ", "}, "LAMPLIGHT_TWILIO_AUTH_TOKEN .* must be the token of Twilio"),
    ],
)
def test_a_wrong_setting_is_named_and_a_secret_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], named: str
) -> None:
    environment(monkeypatch, **(GOOD | changed))
    with pytest.raises(SettingsError, match=named) as caught:
        load_settings()
    assert TOKEN not in str(caught.value) and SECRET not in str(caught.value) and "too-brief" not in str(caught.value)


def test_without_a_provider_no_secret_is_needed() -> None:
    assert load_settings().sms_secret.get_secret_value() == ""
