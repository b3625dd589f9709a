"""Who may reach whom in the cluster: NetworkPolicies judged as Kubernetes judges them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any

from tests.deployment.manifests import Objects, templates

EVERY = "every port"
_NAMESPACE = "kubernetes.io/metadata.name"
_APP = "app.kubernetes.io/name"

Ports = frozenset[str]
Ways = dict[tuple[str, str], Ports]


@dataclass(frozen=True)
class Place:
    """A pod, or where it has no namespace an address outside the cluster."""

    name: str
    address: str
    namespace: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


STRANGERS = (
    Place("stranger", "10.1.0.9", "lamplight"),
    Place("prometheus", "10.1.1.1", "monitoring", {_APP: "prometheus"}),
    Place("stranger in monitoring", "10.1.1.9", "monitoring"),
    Place("dns", "10.1.2.1", "kube-system", {"k8s-app": "kube-dns"}),
    Place("false prometheus", "10.1.3.1", "elsewhere", {_APP: "prometheus"}),
    Place("false gateway", "10.1.3.2", "elsewhere", {_APP: "gateway"}),
    Place("false redis", "10.1.3.3", "elsewhere", {_APP: "redis"}),
    Place("world", "203.0.113.7"),
    Place("world over IPv6", "2001:db8::7"),
    Place("redis of yours", "192.0.2.7"),
    Place("private network", "10.9.9.9"),
    Place("cloud metadata", "169.254.169.254"),
)


def ways(objects: Objects) -> Ways:
    """Returns every way to or from one of our pods, with its ports."""
    policies = [item for item in objects if item["kind"] == "NetworkPolicy"]
    ours = [Place(name, "10.1.0.1", "lamplight", template["metadata"]["labels"]) for name, template in templates(objects).items()]
    places = [*ours, *STRANGERS]
    pairs = [(a, b) for a in places for b in places if a is not b and (a in ours or b in ours)]
    found = {(a.name, b.name): _both(_allowed(policies, "Egress", a, b), _allowed(policies, "Ingress", b, a)) for a, b in pairs}
    return {pair: ports for pair, ports in found.items() if ports}


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a label selector fits; an empty one fits everything.

    Raises:
        ValueError: the selector has a part that Kubernetes does not know.
    """
    unknown = selector.keys() - {"matchLabels", "matchExpressions"}
    if unknown:
        raise ValueError(f"A selector has matchLabels and matchExpressions, not {sorted(unknown)}.")
    wanted = selector.get("matchLabels", {}).items()
    return wanted <= labels.items() and all(_holds(expression, labels) for expression in selector.get("matchExpressions", []))


def _holds(expression: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    key, operator, values = expression["key"], expression["operator"], expression.get("values", [])
    if operator == "In":
        return labels.get(key) in values
    if operator == "NotIn":
        return labels.get(key) not in values
    if operator == "Exists":
        return key in labels
    if operator == "DoesNotExist":
        return key not in labels
    raise ValueError(f"An operator is In, NotIn, Exists or DoesNotExist, not {operator!r}.")


def _allowed(policies: Iterable[dict[str, Any]], direction: str, place: Place, other: Place) -> Ports:
    """Returns the ports that the policies of a place leave open to the other side; all where none is about it."""
    key, side = direction.lower(), {"Ingress": "from", "Egress": "to"}[direction]
    found: set[str] = set()
    isolated = False
    for policy in policies:
        spec, namespace = policy["spec"], policy["metadata"]["namespace"]
        types = spec.get("policyTypes") or ["Ingress", *(["Egress"] if "egress" in spec else [])]
        if direction not in types or namespace != place.namespace or not selects(spec.get("podSelector") or {}, place.labels):
            continue
        isolated = True
        for rule in spec.get(key) or []:
            peers = rule.get(side)
            if not peers or any(_is(peer, namespace, other) for peer in peers):
                found |= _ports(rule)
    return frozenset(found) if isolated else frozenset({EVERY})


def _is(peer: Mapping[str, Any], namespace: str, place: Place) -> bool:
    unknown = peer.keys() - {"ipBlock", "podSelector", "namespaceSelector"}
    if unknown:
        raise ValueError(f"A peer has an ipBlock, or a podSelector and a namespaceSelector, not {sorted(unknown)}.")
    if "ipBlock" in peer:
        block = peer["ipBlock"]
        address = ip_address(place.address)
        return address in ip_network(block["cidr"]) and not any(address in ip_network(out) for out in block.get("except", []))
    if not place.namespace:
        return False
    if "namespaceSelector" in peer:
        here = selects(peer["namespaceSelector"], {_NAMESPACE: place.namespace})
    else:
        here = place.namespace == namespace
    return here and selects(peer.get("podSelector") or {}, place.labels)


def _ports(rule: Mapping[str, Any]) -> set[str]:
    ports = rule.get("ports")
    if not ports:
        return {EVERY}
    for port in ports:
        if not isinstance(port.get("port"), int) or "endPort" in port:
            raise ValueError(f"Give each port by its number, without endPort: {port}. Names and ranges are not read here.")
    return {f"{port.get('protocol', 'TCP')} {port['port']}" for port in ports}


def _both(leaving: Ports, arriving: Ports) -> Ports:
    if EVERY in leaving:
        return arriving
    return leaving if EVERY in arriving else leaving & arriving
