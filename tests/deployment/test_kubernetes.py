"""The Kubernetes manifests: built by kustomize, held against Kubernetes' own schemas, and what must hold in them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.settings import PREFIX, Settings
from tests.deployment.conftest import run
from tests.deployment.manifests import Objects, of, pods

NAME = "app.kubernetes.io/name"
SECRETS = {"lamplight", "redis-users", "lamplight-tls"}
KINDS = {
    "Namespace": {"lamplight"},
    "Deployment": {"proxy", "gateway", "redis"},
    "StatefulSet": {"rasa"},
    "Service": {"proxy", "gateway", "gateways", "rasa", "redis"},
    "ConfigMap": {"settings", "redis", "proxy"},
    "HorizontalPodAutoscaler": {"gateway", "rasa"},
    "PodDisruptionBudget": {"proxy", "gateway", "rasa"},
    "NetworkPolicy": {"nothing", "names", "proxy", "gateway", "rasa", "to-redis", "redis"},
}


def kinds(objects: Objects) -> dict[str, set[str]]:
    """The names of every kind; that of a ConfigMap without what kustomize adds, which changes with the content."""
    found = {kind: set(of(objects, kind)) for kind in {item["kind"] for item in objects}}
    return found | {"ConfigMap": {name.rpartition("-")[0] for name in found["ConfigMap"]}}


@pytest.mark.parametrize("built", ["objects", "with_external_redis"])
def test_the_schemas_of_kubernetes_accept_everything(tools: Path, built: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    path = tmp_path / "all.yaml"
    path.write_text(yaml.safe_dump_all(request.getfixturevalue(built)), encoding="utf-8")
    result = run(tools / "python", "-m", "kubernetes_validate", "--strict", "--quiet", path)
    assert (result.returncode, result.stdout + result.stderr) == (0, "")


def test_nothing_is_missing_and_nothing_is_added(objects: Objects) -> None:
    assert kinds(objects) == KINDS


def test_a_redis_of_yours_leaves_nothing_of_ours(with_external_redis: Objects) -> None:
    assert kinds(with_external_redis) == {kind: names - {"redis"} for kind, names in KINDS.items()}


def test_every_pod_meets_the_restricted_standard(objects: Objects) -> None:
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
        sources = {next(key for key in volume if key != "name") for volume in pod["volumes"]}
        assert sources <= {"emptyDir", "configMap", "secret"}, name
        assert all(volume["emptyDir"]["medium"] == "Memory" for volume in pod["volumes"] if "emptyDir" in volume), name


def test_a_gateway_stays_in_service_without_rasa(objects: Objects) -> None:
    (container,) = pods(objects)["gateway"]["containers"]
    assert {container[probe]["httpGet"]["path"] for probe in ("startupProbe", "readinessProbe", "livenessProbe")} == {"/healthz"}


def test_a_new_pod_can_be_found_before_the_next_one_is_replaced(objects: Objects) -> None:
    workloads = of(objects, "Deployment", "StatefulSet")
    assert workloads["rasa"]["spec"]["minReadySeconds"] >= 30, "the name of a new worker may be cached as absent for so long"
    assert workloads["gateway"]["spec"]["minReadySeconds"] >= 5


def test_secrets_are_only_named(objects: Objects) -> None:
    assert of(objects, "Secret") == {}
    named = set()
    for pod in pods(objects).values():
        named |= {volume["secret"]["secretName"] for volume in pod["volumes"] if "secret" in volume}
        for container in pod["containers"]:
            assert "env" not in container
            named |= {source["secretRef"]["name"] for source in container.get("envFrom", []) if "secretRef" in source}
    assert named == SECRETS


def test_labels_ports_and_names_fit_each_other(objects: Objects) -> None:
    workloads = of(objects, "Deployment", "StatefulSet")
    for name, workload in workloads.items():
        labels = workload["spec"]["template"]["metadata"]["labels"]
        assert labels[NAME] == name
        assert workload["spec"]["selector"]["matchLabels"] == {NAME: name}
    for name, service in of(objects, "Service").items():
        pod = "gateway" if name == "gateways" else name
        assert service["spec"]["selector"] == {NAME: pod}
        ports = {port["name"] for port in pods(objects)[pod]["containers"][0]["ports"]}
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports


def test_one_pod_of_each_kind_may_leave_and_one_stays(objects: Objects) -> None:
    workloads, scaled = of(objects, "Deployment", "StatefulSet"), of(objects, "HorizontalPodAutoscaler")
    for name, budget in of(objects, "PodDisruptionBudget").items():
        assert budget["spec"] == {"minAvailable": 1, "selector": {"matchLabels": {NAME: name}}}
        fewest = scaled[name]["spec"]["minReplicas"] if name in scaled else workloads[name]["spec"]["replicas"]
        assert fewest >= 2, name
    for name, scaler in scaled.items():
        kind = workloads[name]["kind"]
        assert scaler["spec"]["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": kind, "name": name}
        assert "replicas" not in workloads[name]["spec"], "kubectl apply would undo the autoscaler"


def test_settings_are_accepted_and_name_every_worker(objects: Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    (settings,) = [item["data"] for name, item in of(objects, "ConfigMap").items() if name.startswith("settings-")]
    for variable, value in settings.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv(f"{PREFIX}REDIS_URL", "redis://lamplight:password@redis:6379/0")
    monkeypatch.setenv(f"{PREFIX}RASA_SECRET", "0" * 64)
    assert {variable.removeprefix(PREFIX).lower() for variable in settings} <= set(Settings.__fields__)
    most = of(objects, "HorizontalPodAutoscaler")["rasa"]["spec"]["maxReplicas"]
    assert Settings().rasa_urls == tuple(f"http://rasa-{number}.rasa:5005" for number in range(most))


def test_only_the_proxy_is_open_to_the_world(objects: Objects) -> None:
    services = of(objects, "Service").items()
    assert [name for name, service in services if service["spec"].get("type", "ClusterIP") != "ClusterIP"] == ["proxy"]
