"""Programs for the checks of deploy/: from Debian's packages, or in an environment of their own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.deployment.manifests import Objects

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
_LIST = Path(__file__).with_name("requirements.txt")
_TOOLS = ROOT / ".cache" / "deployment-tools"
_PACKAGES = {
    "nginx": "nginx-light",
    "promtool": "prometheus",
    "amtool": "prometheus-alertmanager",
    "prometheus": "prometheus",
    "systemd-analyze": "systemd",
    "openssl": "openssl",
}


def run(*command: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Runs a program to its end and returns what it said."""
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def debian(name: str) -> str:
    """Returns where a program of Debian's is; where it is not, the test says what to install."""
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin:/sbin")
    if path is None:
        pytest.fail(f"{name} is missing. Debian: apt-get install --no-install-recommends {_PACKAGES[name]}")
    return path


@pytest.fixture(scope="session")
def tools() -> Path:
    """The folder of docker-compose, hadolint, kubectl, shellcheck and kubernetes-validate; made once."""
    stamp = _TOOLS / "installed.txt"
    if not stamp.exists() or stamp.read_bytes() != _LIST.read_bytes():
        shutil.rmtree(_TOOLS, ignore_errors=True)
        made = run(sys.executable, "-m", "venv", _TOOLS)
        if made.returncode == 0:
            made = run(_TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-deps", "-r", _LIST)
        if made.returncode != 0:
            pytest.fail(f"The tools of tests/deployment/requirements.txt could not be installed:\n{made.stderr[-1000:]}")
        shutil.copy(_LIST, stamp)
    return _TOOLS / "bin"


@pytest.fixture(scope="session")
def objects(tools: Path) -> Objects:
    """Every object that `kubectl apply -k deploy` would send."""
    return _build(tools, DEPLOY)


@pytest.fixture(scope="session")
def with_external_redis(tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Objects:
    """The same after the step of docs/deployment.md for a Redis outside the cluster."""
    folder = tmp_path_factory.mktemp("kubernetes") / "deploy"
    shutil.copytree(DEPLOY, folder, ignore=shutil.ignore_patterns("secrets"))
    kustomization = folder / "kustomization.yaml"
    text = kustomization.read_text(encoding="utf-8")
    assert text.count("# components: [kubernetes/external-redis]") == 1
    kustomization.write_text(text.replace("# components:", "components:"), encoding="utf-8")
    return _build(tools, folder)


def _build(tools: Path, folder: Path) -> Objects:
    result = run(tools / "kubectl", "kustomize", folder)
    assert (result.returncode, result.stderr) == (0, "")
    return list(yaml.safe_load_all(result.stdout))
