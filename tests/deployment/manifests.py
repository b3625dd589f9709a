"""The Kubernetes manifests, by kind and name."""

from __future__ import annotations

from typing import Any

Objects = list[dict[str, Any]]


def of(objects: Objects, *kinds: str) -> dict[str, dict[str, Any]]:
    """Returns the objects of some kinds by name."""
    return {item["metadata"]["name"]: item for item in objects if item["kind"] in kinds}


def templates(objects: Objects) -> dict[str, dict[str, Any]]:
    """Returns the pod template of each workload."""
    return {name: item["spec"]["template"] for name, item in of(objects, "Deployment", "StatefulSet").items()}


def pods(objects: Objects) -> dict[str, dict[str, Any]]:
    """Returns the pod of each workload."""
    return {name: template["spec"] for name, template in templates(objects).items()}
