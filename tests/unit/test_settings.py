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
        ("EXIT_URL", "https://"),
        ("EXIT_URL", ""),
        ("HOST", ""),
        ("HOST", "http://0.0.0.0"),
        ("TRUSTED_PROXIES", "proxy"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("METRICS_NETWORKS", "127.0.0.0/8,10.0.0/8"),
        ("CONVERSATION_MINUTES", "0"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"LAMPLIGHT_{name}", value)
    with pytest.raises(SettingsError, match=f"LAMPLIGHT_{name}"):
        load_settings()


@pytest.mark.parametrize("value", ["0.0.0.0", "::1", "localhost", "gateway-1.internal"])
def test_hosts(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("LAMPLIGHT_HOST", value)
    assert load_settings().host == value


def test_every_name_that_is_no_setting_stops_the_start_beside_every_wrong_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAMPLIGHT_TRUSTED_PROXY", "10.0.0.7")
    monkeypatch.setenv("LAMPLIGHT_TWILIO_TOKEN", "not-to-be-shown")
    monkeypatch.setenv("LAMPLIGHT_QQQ", "1")
    monkeypatch.setenv("LAMPLIGHT_PORT", "abc")
    with pytest.raises(SettingsError) as error:
        load_settings()
    said = str(error.value)
    assert "LAMPLIGHT_TRUSTED_PROXY is not a setting; did you mean LAMPLIGHT_TRUSTED_PROXIES? docs/deployment.md lists them all." in said
    assert "LAMPLIGHT_TWILIO_TOKEN is not a setting; did you mean LAMPLIGHT_TWILIO_AUTH_TOKEN?" in said
    assert "LAMPLIGHT_QQQ is not a setting; docs/deployment.md lists them all." in said
    assert "LAMPLIGHT_PORT has a wrong value ('abc')" in said
    assert "not-to-be-shown" not in said


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAMPLIGHT_ALLOWED_ORIGINS", "https://a.org, https://b.org")
    assert load_settings().allowed_origins == ("https://a.org", "https://b.org")


def test_the_two_ports_must_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAMPLIGHT_PORT", "5005")
    monkeypatch.setenv("LAMPLIGHT_RASA_PORT", "5005")
    with pytest.raises(SettingsError, match="must differ from LAMPLIGHT_PORT"):
        load_settings()


SECRET = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    "url",
    [
        "localhost:6379",
        "http://h:6379",
        "redis://",
        "redis://:hidden@h:port/0",
        "redis://:hidden@h/name",
        "redis://:hidden@h?socket_timeout=99",
        "rediss://:hidden@h?ssl_cert_reqs=none",
    ],
)
def test_a_wrong_redis_address_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("LAMPLIGHT_REDIS_URL", url)
    monkeypatch.setenv("LAMPLIGHT_RASA_SECRET", SECRET)
    with pytest.raises(SettingsError, match="LAMPLIGHT_REDIS_URL has a wrong value .not shown.") as error:
        load_settings()
    assert "hidden" not in str(error.value)


@pytest.mark.parametrize(
    "url", ["redis://h", "redis://h:6379/0", "rediss://user:p%40ss@h:6379/3?ssl_ca_certs=/etc/ca.pem", "redis://[::1]:6379"]
)
def test_redis_addresses(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("LAMPLIGHT_REDIS_URL", url)
    monkeypatch.setenv("LAMPLIGHT_RASA_SECRET", SECRET)
    settings = load_settings()
    assert settings.redis_url.get_secret_value() == url
    assert url not in repr(settings)
    assert SECRET not in repr(settings)


def test_several_workers_need_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAMPLIGHT_RASA_SECRET", SECRET)
    monkeypatch.setenv("LAMPLIGHT_RASA_URLS", "http://10.0.0.5:5005,http://10.0.0.6:5005")
    with pytest.raises(SettingsError, match="LAMPLIGHT_RASA_URLS .* several Rasa workers, .* set LAMPLIGHT_REDIS_URL"):
        load_settings()
    monkeypatch.setenv("LAMPLIGHT_REDIS_URL", "redis://h:6379/0")
    assert len(load_settings().rasa_urls) == 2


@pytest.mark.parametrize("name", ["REDIS_URL", "RASA_URLS"])
@pytest.mark.parametrize("secret", ["", "short"])
def test_what_is_shared_needs_a_long_secret(monkeypatch: pytest.MonkeyPatch, name: str, secret: str) -> None:
    monkeypatch.setenv(f"LAMPLIGHT_{name}", {"REDIS_URL": "redis://h", "RASA_URLS": "http://h:5005"}[name])
    monkeypatch.setenv("LAMPLIGHT_RASA_SECRET", secret)
    with pytest.raises(SettingsError, match="LAMPLIGHT_RASA_SECRET has a wrong value .not shown.: must have at least 32"):
        load_settings()
