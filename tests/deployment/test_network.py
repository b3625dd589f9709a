"""Who may reach whom in the cluster, and that each way to widen or close it by mistake is noticed."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.deployment.manifests import Objects, of
from tests.deployment.network import EVERY, STRANGERS, Ways, selects, ways

OURS = ("proxy", "gateway", "rasa", "redis")
DNS = frozenset({"UDP 53", "TCP 53"})
WEB = frozenset({"TCP 8443", "TCP 8080"})
REDIS = frozenset({"TCP 6379"})
INSIDE: Ways = {
    ("proxy", "gateway"): frozenset({"TCP 8000"}),
    ("prometheus", "gateway"): frozenset({"TCP 8000"}),
    ("gateway", "rasa"): frozenset({"TCP 5005"}),
    # Text messages go to whatever is no private network.
    ("gateway", "world"): frozenset({"TCP 443"}),
    ("gateway", "redis of yours"): frozenset({"TCP 443"}),
    **{(name, "dns"): DNS for name in ("proxy", "gateway", "rasa")},
    **{(place.name, "proxy"): WEB for place in STRANGERS if place.namespace != "lamplight"},
}
OPEN: Ways = INSIDE | {("gateway", "redis"): REDIS, ("rasa", "redis"): REDIS}


def policy(**spec: Any) -> dict[str, Any]:
    return {"kind": "NetworkPolicy", "metadata": {"name": "added", "namespace": "lamplight"}, "spec": spec}


def more(objects: Objects) -> Ways:
    """What is open beyond what shall be."""
    return {pair: ports - OPEN.get(pair, frozenset()) for pair, ports in ways(objects).items() if ports != OPEN.get(pair)}


def test_exactly_these_ways_are_open(objects: Objects) -> None:
    assert ways(objects) == OPEN


def test_a_redis_of_yours_is_reached_by_gateways_and_workers_alone(with_external_redis: Objects) -> None:
    there = frozenset({"TCP 6380"})
    assert ways(with_external_redis) == INSIDE | {
        ("gateway", "redis of yours"): there | {"TCP 443"},
        ("rasa", "redis of yours"): there,
    }


def test_a_policy_about_every_pod_that_opens_rasa_is_noticed(objects: Objects) -> None:
    added = policy(podSelector={}, policyTypes=["Ingress"], ingress=[{"ports": [{"port": 5005}]}])
    opened = more([*objects, added])
    assert opened[("world", "rasa")] == opened[("false gateway", "rasa")] == frozenset({"TCP 5005"})
    assert {target for _, target in opened} == set(OURS)


@pytest.mark.parametrize("operator", ["Exists", "NotIn"])
def test_a_policy_by_an_expression_that_opens_redis_is_noticed(objects: Objects, operator: str) -> None:
    expression = {"key": "app.kubernetes.io/name", "operator": operator} | ({"values": ["proxy"]} if operator == "NotIn" else {})
    added = policy(podSelector={"matchExpressions": [expression]}, ingress=[{"from": [{"namespaceSelector": {}}]}])
    assert more([*objects, added])[("false gateway", "redis")] == frozenset({EVERY})


def test_a_way_out_of_a_worker_is_noticed(objects: Objects) -> None:
    added = policy(podSelector={}, policyTypes=["Egress"], egress=[{"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}])
    opened = more([*objects, added])
    assert opened[("rasa", "world")] == opened[("redis", "cloud metadata")] == frozenset({EVERY})


@pytest.mark.parametrize("name", ["nothing", "names", "proxy", "gateway", "rasa", "to-redis", "redis"])
def test_a_policy_that_is_missing_is_noticed(objects: Objects, name: str) -> None:
    assert ways([item for item in objects if (item["kind"], item["metadata"]["name"]) != ("NetworkPolicy", name)]) != OPEN


def test_other_gateways_and_prometheus_of_other_namespaces_are_told_apart(objects: Objects) -> None:
    broken = deepcopy(objects)
    _, monitoring = of(broken, "NetworkPolicy")["gateway"]["spec"]["ingress"][0]["from"]
    monitoring["namespaceSelector"] = {}
    assert more(broken) == {("false prometheus", "gateway"): frozenset({"TCP 8000"})}


@pytest.mark.parametrize(
    ("selector", "chosen"),
    [
        ({}, {"a", "b", "none"}),
        ({"matchLabels": {"app": "a"}}, {"a"}),
        ({"matchLabels": {"app": "a", "tier": "x"}}, set()),
        ({"matchExpressions": [{"key": "app", "operator": "In", "values": ["a", "b"]}]}, {"a", "b"}),
        ({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["a"]}]}, {"b", "none"}),
        ({"matchExpressions": [{"key": "app", "operator": "Exists"}]}, {"a", "b"}),
        ({"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}, {"none"}),
        ({"matchLabels": {"app": "a"}, "matchExpressions": [{"key": "app", "operator": "In", "values": ["b"]}]}, set()),
    ],
)
def test_a_selector_chooses_as_kubernetes_does(selector: dict[str, Any], chosen: set[str]) -> None:
    labels = {"a": {"app": "a"}, "b": {"app": "b", "tier": "x"}, "none": {}}
    assert {name for name in labels if selects(selector, labels[name])} == chosen


@pytest.mark.parametrize(
    "spec",
    [
        {"podSelector": {"labels": {}}},
        {"podSelector": {"matchExpressions": [{"key": "app", "operator": "Near"}]}},
        {"podSelector": {}, "ingress": [{"from": [{"pod": {}}]}]},
        {"podSelector": {}, "ingress": [{"ports": [{"port": "http"}]}]},
        {"podSelector": {}, "ingress": [{"ports": [{"port": 5000, "endPort": 6000}]}]},
    ],
)
def test_what_is_not_understood_is_refused_and_never_passed_over(objects: Objects, spec: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not"):
        ways([*objects, policy(**spec)])
