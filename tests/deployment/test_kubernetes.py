"""The Kubernetes manifests: built by kustomize, held against Kubernetes' own schemas, and what must hold in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import PREFIX, Settings
from tests.deployment.conftest import DEPLOY, run

NAME = "app.kubernetes.io/name"
SECRETS = {"lamplight", "redis-users", "lamplight-tls"}


@pytest.fixture(scope="module")
def built(tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    result = run(tools / "kubectl", "kustomize", DEPLOY)
    assert (result.returncode, result.stderr) == (0, "")
    path = tmp_path_factory.mktemp("kubernetes") / "all.yaml"
    path.write_text(result.stdout)
    return path


@pytest.fixture(scope="module")
def objects(built: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(built.read_text()))


def of(objects: list[dict[str, Any]], *kinds: str) -> dict[str, dict[str, Any]]:
    return {item["metadata"]["name"]: item for item in objects if item["kind"] in kinds}


def pods(objects: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: item["spec"]["template"]["spec"] for name, item in of(objects, "Deployment", "StatefulSet").items()}


def test_the_schemas_of_kubernetes_accept_everything(tools: Path, built: Path) -> None:
    result = run(tools / "python", "-m", "kubernetes_validate", "--strict", "--quiet", built)
    assert (result.returncode, result.stdout + result.stderr) == (0, "")


def test_every_pod_meets_the_restricted_standard(objects: list[dict[str, Any]]) -> None:
    (namespace,) = of(objects, "Namespace").values()
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    assert set(pods(objects)) == {"proxy", "gateway", "rasa", "redis"}
    for name, pod in pods(objects).items():
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["securityContext"]["runAsNonRoot"] is True, name
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        (container,) = pod["containers"]
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }, name
        assert set(container["resources"]["requests"]) == {"cpu", "memory"} and "memory" in container["resources"]["limits"], name
        assert {"readinessProbe", "livenessProbe"} <= container.keys(), name
        kinds = {next(key for key in volume if key != "name") for volume in pod["volumes"]}
        assert kinds <= {"emptyDir", "configMap", "secret"}, name
        assert all(volume["emptyDir"]["medium"] == "Memory" for volume in pod["volumes"] if "emptyDir" in volume), name


def test_a_gateway_stays_in_service_without_rasa(objects: list[dict[str, Any]]) -> None:
    (container,) = pods(objects)["gateway"]["containers"]
    assert {container[probe]["httpGet"]["path"] for probe in ("startupProbe", "readinessProbe", "livenessProbe")} == {"/healthz"}


def test_a_new_pod_can_be_found_before_the_next_one_is_replaced(objects: list[dict[str, Any]]) -> None:
    workloads = of(objects, "Deployment", "StatefulSet")
    assert workloads["rasa"]["spec"]["minReadySeconds"] >= 30, "the name of a new worker may be cached as absent for so long"
    assert workloads["gateway"]["spec"]["minReadySeconds"] >= 5


def test_secrets_are_only_named(objects: list[dict[str, Any]]) -> None:
    assert of(objects, "Secret") == {}
    named = set()
    for pod in pods(objects).values():
        named |= {volume["secret"]["secretName"] for volume in pod["volumes"] if "secret" in volume}
        for container in pod["containers"]:
            assert "env" not in container
            named |= {source["secretRef"]["name"] for source in container.get("envFrom", []) if "secretRef" in source}
    assert named == SECRETS


def test_labels_ports_and_names_fit_each_other(objects: list[dict[str, Any]]) -> None:
    workloads = of(objects, "Deployment", "StatefulSet")
    for name, workload in workloads.items():
        labels = workload["spec"]["template"]["metadata"]["labels"]
        assert labels[NAME] == name
        assert workload["spec"]["selector"]["matchLabels"] == {NAME: name}
    for name, service in of(objects, "Service").items():
        assert service["spec"]["selector"] == {NAME: name}
        ports = {port["name"] for port in pods(objects)[name]["containers"][0]["ports"]}
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports
    for name, budget in of(objects, "PodDisruptionBudget").items():
        assert budget["spec"]["selector"]["matchLabels"] == {NAME: name} and name in workloads
    scaled = of(objects, "HorizontalPodAutoscaler")
    assert set(scaled) == {"gateway", "rasa"}
    for name, scaler in scaled.items():
        assert scaler["spec"]["scaleTargetRef"]["kind"] == workloads[name]["kind"]
        assert "replicas" not in workloads[name]["spec"], "kubectl apply would undo the autoscaler"


def test_settings_are_accepted_and_name_every_worker(objects: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    (settings,) = [item["data"] for name, item in of(objects, "ConfigMap").items() if name.startswith("settings-")]
    for variable, value in settings.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv(f"{PREFIX}REDIS_URL", "redis://lamplight:password@redis:6379/0")
    monkeypatch.setenv(f"{PREFIX}RASA_SECRET", "0" * 64)
    assert {variable.removeprefix(PREFIX).lower() for variable in settings} <= set(Settings.__fields__)
    most = of(objects, "HorizontalPodAutoscaler")["rasa"]["spec"]["maxReplicas"]
    assert Settings().rasa_urls == tuple(f"http://rasa-{number}.rasa:5005" for number in range(most))


def allowed_from(objects: list[dict[str, Any]], target: str) -> dict[str, set[int]]:
    """Who may open a connection to a pod, by name, and to which ports."""
    found: dict[str, set[int]] = {}
    for policy in of(objects, "NetworkPolicy").values():
        if policy["spec"]["podSelector"].get("matchLabels") != {NAME: target}:
            continue
        for rule in policy["spec"].get("ingress", []):
            ports = {port["port"] for port in rule["ports"]}
            for source in rule.get("from", [{}]):
                selector = source.get("podSelector", {})
                names = [selector["matchLabels"][NAME]] if "matchLabels" in selector else []
                names += selector["matchExpressions"][0]["values"] if "matchExpressions" in selector else []
                for name in names or ["everybody"]:
                    found.setdefault(name, set()).update(ports)
    return found


def test_rasa_and_redis_are_private(objects: list[dict[str, Any]]) -> None:
    nothing = of(objects, "NetworkPolicy")["nothing"]["spec"]
    assert nothing == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    assert allowed_from(objects, "redis") == {"gateway": {6379}, "rasa": {6379}}
    assert allowed_from(objects, "rasa") == {"gateway": {5005}}
    assert allowed_from(objects, "gateway") == {"proxy": {8000}, "prometheus": {8000}}
    assert allowed_from(objects, "proxy") == {"everybody": {8080, 8443}}
    assert [name for name, service in of(objects, "Service").items() if service["spec"].get("type", "ClusterIP") != "ClusterIP"] == [
        "proxy"
    ]
