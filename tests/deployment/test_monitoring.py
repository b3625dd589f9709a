"""Counts, alarms and graphs: read and played by promtool and amtool, and naming only what a gateway counts."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.gateway.feedback import Feedback
from bot.gateway.metrics import _OUTCOMES, Metrics
from bot.settings import Settings
from bot.state.open import open_state
from tests.deployment.conftest import DEPLOY, ROOT, debian, run
from tests.deployment.manifests import Objects, of

MONITORING = DEPLOY / "monitoring"
DASHBOARD = json.loads((MONITORING / "dashboard.json").read_text(encoding="utf-8"))
ALERTS = yaml.safe_load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
PLACES = ["prometheus.yml", "prometheus-machine.yml", "prometheus-kubernetes.yml"]


def counted() -> set[str]:
    """Every series that a gateway can show; a histogram brings three."""
    metrics = Metrics()
    Feedback(metrics.registry, open_state(Settings()).votes)
    families = re.findall(r"^# TYPE (\S+) (\S+)$", metrics.render().decode(), re.MULTILINE)
    endings = {"histogram": ("_bucket", "_sum", "_count")}
    return {name + ending for name, kind in families for ending in endings.get(kind, ("",))}


def named(expression: str) -> set[str]:
    return set(re.findall(r"\blamplight_\w+", expression))


@pytest.mark.parametrize("place", PLACES)
def test_promtool_accepts_configuration_and_rules(place: str) -> None:
    result = run(debian("promtool"), "check", "config", MONITORING / place)
    assert result.returncode == 0, result.stderr
    assert f"{len(ALERTS)} rules found" in result.stdout


def test_every_place_asks_once_a_minute_and_sends_its_alarms_on() -> None:
    for place in PLACES:
        configuration = yaml.safe_load((MONITORING / place).read_text(encoding="utf-8"))
        assert configuration["global"] == {"scrape_interval": "1m", "scrape_timeout": "10s", "evaluation_interval": "1m"}, place
        assert [job["job_name"] for job in configuration["scrape_configs"]] == ["lamplight"], place
        (receiver,) = configuration["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"]
        assert receiver.endswith(":9093"), place


def test_in_kubernetes_every_gateway_is_asked_by_itself(objects: Objects) -> None:
    configuration = yaml.safe_load((MONITORING / "prometheus-kubernetes.yml").read_text(encoding="utf-8"))
    (found,) = configuration["scrape_configs"][0]["dns_sd_configs"]
    service = of(objects, "Service")["gateways"]
    (port,) = service["spec"]["ports"]
    assert found == {"names": [f"gateways.{service['metadata']['namespace']}.svc"], "type": "A", "port": port["port"]}
    assert service["spec"]["clusterIP"] == "None" and service["spec"]["publishNotReadyAddresses"] is True


def test_amtool_accepts_the_way_of_an_alarm() -> None:
    result = run(debian("amtool"), "check-config", MONITORING / "alertmanager.yml")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("severity", "receiver"), [("critical", "on-call"), ("warning", "keepers"), ("info", "keepers")])
def test_a_critical_alarm_rings_and_the_others_are_written(severity: str, receiver: str) -> None:
    assert severity in {rule["labels"]["severity"] for rule in ALERTS}
    configuration = MONITORING / "alertmanager.yml"
    result = run(debian("amtool"), "config", "routes", "test", f"--config.file={configuration}", f"severity={severity}")
    assert (result.returncode, result.stdout) == (0, f"{receiver}\n"), result.stderr


def test_alarms_hold_no_secret_and_go_to_placeholders() -> None:
    text = (MONITORING / "alertmanager.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\b[\w.-]+\.(?:org|com|net)\b", text)) == {"mail.example.org", "example.org", "pager.example.org"}
    assert "smtp_auth_password_file:" in text and "smtp_auth_password:" not in text


def test_the_alerts_fire_when_they_should_and_only_then(tmp_path: Path) -> None:
    shutil.copy(MONITORING / "alerts.yml", tmp_path)
    shutil.copy(Path(__file__).with_name("alerts_test.yml"), tmp_path)
    result = run(debian("promtool"), "test", "rules", "alerts_test.yml", cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_alert_is_played_both_firing_and_silent() -> None:
    played = yaml.safe_load(Path(__file__).with_name("alerts_test.yml").read_text(encoding="utf-8"))["tests"]
    cases = [case for test in played for case in test["alert_rule_test"]]
    names = {rule["alert"] for rule in ALERTS}
    assert {case["alertname"] for case in cases if "exp_alerts" in case} == names
    assert {case["alertname"] for case in cases if "exp_alerts" not in case} == names


def test_texts_that_fail_are_measured_against_those_whose_fate_is_known() -> None:
    (expression,) = [rule["expr"] for rule in ALERTS if rule["alert"] == "LamplightTextsFail"]
    failed, known = (set(outcomes.split("|")) for outcomes in re.findall(r'outcome=~"([^"]+)"', expression))
    assert known == failed | {"delivered"}
    on_its_way, never_sent = {"queued", "sending", "sent"}, {"stopped"}
    assert known | on_its_way | never_sent == _OUTCOMES


def test_alerts_and_graphs_name_only_what_is_counted() -> None:
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            assert named(target["expr"]) <= counted(), panel["title"]
    for rule in ALERTS:
        assert named(rule["expr"]) <= counted(), rule["alert"]


def test_the_dashboard_shows_what_keepers_ask_for() -> None:
    expressions = (MONITORING / "dashboard.json").read_text(encoding="utf-8")
    for name in ("messages_total", "escalations_total", "unknowns_total", "fallbacks_total", "message_seconds_bucket", "replies_total"):
        assert f"lamplight_{name}" in expressions


def test_grafana_can_import_the_dashboard() -> None:
    assert {name: type(DASHBOARD[name]) for name in ("title", "uid", "schemaVersion", "panels")} == {
        "title": str,
        "uid": str,
        "schemaVersion": int,
        "panels": list,
    }
    assert [(variable["name"], variable["type"], variable["query"]) for variable in DASHBOARD["templating"]["list"]] == [
        ("datasource", "datasource", "prometheus")
    ]
    panels = DASHBOARD["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels) > 0
    places = [(x, y) for x, y, w, h in (panel["gridPos"].values() for panel in panels) for x in range(x, x + w) for y in range(y, y + h)]
    assert len(set(places)) == len(places)  # none lies over another, or beyond the 24 columns
    assert {x for x, _ in places} <= set(range(24))


@pytest.mark.parametrize("panel", DASHBOARD["panels"], ids=lambda panel: panel["title"])
def test_each_graph_has_what_grafana_draws_it_from(panel: dict[str, Any]) -> None:
    assert panel["type"] in {"stat", "timeseries"}
    assert list(panel["gridPos"]) == ["x", "y", "w", "h"]
    assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
    assert panel["fieldConfig"]["defaults"]["unit"] in {"short", "s", "percentunit"}
    assert panel["type"] != "stat" or panel["options"]["reduceOptions"]["calcs"] == ["lastNotNull"]
    references = [target["refId"] for target in panel["targets"]]
    assert len(set(references)) == len(references) > 0
    for target in panel["targets"]:
        grouped = set(re.findall(r"by \((\w+)\)", target["expr"])) - {"le"}
        assert set(re.findall(r"{{(\w+)}}", target["legendFormat"])) == grouped


def test_every_alert_has_a_paragraph_for_the_person_on_call() -> None:
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    assert [rule["alert"] for rule in ALERTS if f"| `{rule['alert']}` |" not in page] == []


def test_no_label_can_hold_a_text() -> None:
    """Every label has a bounded set of values, all of ours."""
    labels = set(re.findall(r"(\w+)=\"", Metrics().render().decode()))
    assert labels <= {"channel", "kind", "topic", "outcome", "le"}
