"""The compose file, read by Docker Compose itself, and what must hold in it."""

from __future__ import annotations

import shutil
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import PREFIX, Settings
from tests.deployment.conftest import DEPLOY, run
from tests.gateway_process import free_port

PORTS = {"proxy": 8443, "gateway-1": 8000, "gateway-2": 8000, "rasa-1": 5005, "rasa-2": 5005, "redis": 6379}
HEALTHY = {"gateway-1": "/healthz", "rasa-1": "/webhooks/lamplight/ready"}
MONITORING = {"prometheus", "alertmanager"}


@pytest.fixture(scope="module")
def deploy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of deploy/ with new secrets."""
    folder = tmp_path_factory.mktemp("compose") / "deploy"
    shutil.copytree(DEPLOY, folder, ignore=shutil.ignore_patterns("secrets"))
    made = run(folder / "new-secrets.sh")
    assert made.returncode == 0, made.stderr
    return folder


def read(tools: Path, deploy: Path, *files: str) -> dict[str, Any]:
    arguments = [part for file in files for part in ("-f", str(deploy / file))]
    result = run(tools / "docker-compose", *arguments, "--profile", "*", "config")
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    return yaml.safe_load(result.stdout)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def compose(tools: Path, deploy: Path) -> dict[str, Any]:
    return read(tools, deploy, "compose.yml")


def test_two_gateways_two_workers_redis_and_a_proxy(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == set(PORTS) | MONITORING
    assert {name for name, service in compose["services"].items() if service.get("profiles") == ["monitoring"]} == MONITORING


def test_every_service_is_confined(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["ulimits"]["core"] == {"soft": 0, "hard": 0}, name
        assert service["mem_limit"] == service["memswap_limit"], f"{name} may swap"
        assert service["logging"]["options"]["max-size"], name
        assert "privileged" not in service and "pid" not in service and "network_mode" not in service, name


def test_only_the_proxy_is_open_to_the_world(compose: dict[str, Any]) -> None:
    open_to = {name: [port.get("host_ip", "*") for port in service.get("ports", [])] for name, service in compose["services"].items()}
    assert open_to.pop("proxy") == ["*", "*"]
    assert [open_to.pop(name) for name in MONITORING] == [["127.0.0.1"], ["127.0.0.1"]]
    assert not any(open_to.values())
    networks = compose["networks"]
    assert networks["engine"]["internal"] is True and networks["front"]["internal"] is True
    for name in ("rasa-1", "rasa-2", "redis"):
        assert set(compose["services"][name]["networks"]) == {"engine"}
    assert {name for name, service in compose["services"].items() if "front" in service["networks"]} == {
        "proxy",
        "gateway-1",
        "gateway-2",
        "prometheus",
    }
    assert set(compose["services"]["alertmanager"]["networks"]) == {"public"}


def test_gateways_trust_the_network_of_the_proxy_and_no_other(compose: dict[str, Any]) -> None:
    subnet = compose["networks"]["front"]["ipam"]["config"][0]["subnet"]
    for name in ("gateway-1", "gateway-2"):
        environment = compose["services"][name]["environment"]
        assert environment["LAMPLIGHT_TRUSTED_PROXIES"] == subnet
        assert environment["LAMPLIGHT_METRICS_NETWORKS"].split(",") == ["127.0.0.0/8", subnet]


@pytest.mark.parametrize("exit_url", ["", "https://news.example/"])
def test_gateways_and_the_page_of_the_proxy_leave_to_the_same_address(
    tools: Path, deploy: Path, monkeypatch: pytest.MonkeyPatch, exit_url: str
) -> None:
    monkeypatch.setenv("EXIT_URL", exit_url)
    services = read(tools, deploy, "compose.yml")["services"]
    leave = [services[name]["environment"]["LAMPLIGHT_EXIT_URL"] for name in ("gateway-1", "gateway-2")]
    leave.append(services["proxy"]["build"]["args"]["LAMPLIGHT_EXIT_URL"])
    assert leave == [exit_url or Settings().exit_url] * 3


class Answering(BaseHTTPRequestHandler):
    """Knows the two addresses by which a gateway and a worker say that they are well."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path in HEALTHY.values() else 503)
        self.end_headers()


@pytest.fixture(scope="module")
def answering() -> Iterator[int]:
    """The port of a server that is well."""
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever).start()
        yield server.server_port
        server.shutdown()


def test_whoever_is_waited_for_says_whether_it_is_well(compose: dict[str, Any]) -> None:
    checked = {name for name, service in compose["services"].items() if "healthcheck" in service}
    assert checked == set(PORTS)
    waited_for = {name for service in compose["services"].values() for name in service.get("depends_on", {})}
    assert waited_for == {"gateway-1", "gateway-2"}


@pytest.mark.parametrize("name", PORTS)
def test_a_check_tells_a_service_that_answers_from_one_that_does_not(compose: dict[str, Any], answering: int, name: str) -> None:
    kind, *command, last = compose["services"][name]["healthcheck"]["test"]
    assert kind == "CMD" and str(PORTS[name]) in last
    checked = {port: run(*command, last.replace(str(PORTS[name]), str(port))).returncode for port in (answering, free_port())}
    assert list(checked.values()) == [0, 1]


@pytest.mark.parametrize("name", HEALTHY)
def test_a_check_fails_where_a_service_says_that_it_is_not_well(compose: dict[str, Any], answering: int, name: str) -> None:
    _, *command, last = compose["services"][name]["healthcheck"]["test"]
    assert HEALTHY[name] in last
    assert run(*command, last.replace(str(PORTS[name]), str(answering)).replace(HEALTHY[name], "/unwell")).returncode == 1


def test_settings_exist_and_are_accepted(compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("gateway-1", "rasa-1"):
        environment = compose["services"][name]["environment"]
        assert {variable.removeprefix(PREFIX).lower() for variable in environment} <= set(Settings.__fields__)
        for variable, value in environment.items():
            monkeypatch.setenv(variable, value)
    assert Settings().rasa_urls == ("http://rasa-1:5005", "http://rasa-2:5005")


def test_text_messages_add_a_way_out_for_the_gateways_alone(tools: Path, deploy: Path) -> None:
    services = read(tools, deploy, "compose.yml", "compose.sms.yml")["services"]
    assert {name for name, service in services.items() if "out" in service["networks"]} == {"gateway-1", "gateway-2"}


def test_secrets_are_new_each_time_private_and_never_overwritten(deploy: Path, tmp_path: Path) -> None:
    assert run(deploy / "new-secrets.sh", tmp_path / "more").returncode == 0
    ours, more = ((folder / "lamplight.env").read_text() for folder in (deploy / "secrets", tmp_path / "more"))
    values = [dict(line.split("=", 1) for line in text.splitlines()) for text in (ours, more)]
    assert values[0].keys() == values[1].keys() == {f"{PREFIX}{name}" for name in ("REDIS_URL", "RASA_SECRET", "SMS_SECRET")}
    assert all(values[0][name] != values[1][name] for name in values[0])
    assert stat.S_IMODE((deploy / "secrets").stat().st_mode) == 0o700
    assert stat.S_IMODE((deploy / "secrets" / "lamplight.env").stat().st_mode) == 0o600
    again = run(deploy / "new-secrets.sh")
    assert again.returncode == 1 and "exists already" in again.stderr
    assert (deploy / "secrets" / "lamplight.env").read_text() == ours
