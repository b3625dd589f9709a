"""Alerts and graphs: read and played by promtool, and naming only what a gateway counts."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.gateway.feedback import Feedback
from bot.gateway.metrics import Metrics
from bot.settings import Settings
from bot.state.open import open_state
from tests.deployment.conftest import DEPLOY, ROOT, debian, run

MONITORING = DEPLOY / "monitoring"
DASHBOARD = json.loads((MONITORING / "dashboard.json").read_text(encoding="utf-8"))
ALERTS = yaml.safe_load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]


def counted() -> set[str]:
    """Every series that a gateway can show; a histogram brings three."""
    metrics = Metrics()
    Feedback(metrics.registry, open_state(Settings()).votes)
    families = re.findall(r"^# TYPE (\S+) (\S+)$", metrics.render().decode(), re.MULTILINE)
    endings = {"histogram": ("_bucket", "_sum", "_count")}
    return {name + ending for name, kind in families for ending in endings.get(kind, ("",))}


def named(expression: str) -> set[str]:
    return set(re.findall(r"\blamplight_\w+", expression))


def test_promtool_accepts_configuration_and_rules() -> None:
    result = run(debian("promtool"), "check", "config", MONITORING / "prometheus.yml")
    assert result.returncode == 0, result.stderr
    assert f"{len(ALERTS)} rules found" in result.stdout


def test_the_alerts_fire_when_they_should_and_only_then(tmp_path: Path) -> None:
    shutil.copy(MONITORING / "alerts.yml", tmp_path)
    shutil.copy(Path(__file__).with_name("alerts_test.yml"), tmp_path)
    result = run(debian("promtool"), "test", "rules", "alerts_test.yml", cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


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
    assert labels <= {"channel", "kind", "topic", "le"}
