import pytest

from bot.settings import SettingsError, load_settings


def test_defaults_work_on_one_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PORT", "RASA_PORT", "HOST", "ALLOWED_ORIGINS"):
        monkeypatch.delenv(f"LAMPLIGHT_{name}", raising=False)
    settings = load_settings()
    assert (settings.host, settings.port, settings.rasa_port, settings.conversation_minutes) == ("127.0.0.1", 8000, 5005, 60)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "70000"),
        ("ALLOWED_ORIGINS", "example.org"),
        ("LOG_LEVEL", "loud"),
        ("EXIT_URL", "ftp://x"),
        ("CONVERSATION_MINUTES", "0"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"LAMPLIGHT_{name}", value)
    with pytest.raises(SettingsError, match=f"LAMPLIGHT_{name}"):
        load_settings()


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAMPLIGHT_ALLOWED_ORIGINS", "https://a.org, https://b.org")
    assert load_settings().allowed_origins == ("https://a.org", "https://b.org")


def test_the_two_ports_must_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAMPLIGHT_PORT", "5005")
    monkeypatch.setenv("LAMPLIGHT_RASA_PORT", "5005")
    with pytest.raises(SettingsError, match="must differ from LAMPLIGHT_PORT"):
        load_settings()
