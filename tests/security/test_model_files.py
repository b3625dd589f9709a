"""Tampered, mixed and half-written model files are refused by name; a training that fails leaves the last good pair."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.rasa.assistant import Assistant, ModelMissing
from bot.safety.hotlines import ROOT, load_hotlines
from bot.safety.model_files import (
    ENCODER_FILES,
    ENCODERS,
    HOTLINES_FILE,
    MANIFEST,
    MODEL_FILE,
    NEXT,
    PASSAGES_FILE,
    SERVING,
    ModelRefused,
    take_over,
    verify,
    write_manifest,
)
from tests.gateway_process import GatewayProcess

READY = "/webhooks/lamplight/ready"


def a_set(folder: Path, mark: str) -> Path:
    for encoder in ENCODERS:
        (folder / encoder).mkdir(parents=True)
    for name in SERVING:
        (folder / name).write_text(f"{mark} {name}", encoding="utf-8")
    return folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A small complete set in place."""
    write_manifest(a_set(tmp_path / "models", "old"))
    return tmp_path / "models"


def test_what_training_wrote_is_accepted(models: Path) -> None:
    verify(models)


@pytest.mark.parametrize("name", SERVING)
def test_a_changed_file_is_refused_by_name(models: Path, name: str) -> None:
    (models / name).write_text("changed", encoding="utf-8")
    with pytest.raises(ModelRefused, match=rf"models/{name} is not the file that training wrote .* `rm -rf models && make setup`"):
        verify(models)


@pytest.mark.parametrize("name", [*SERVING, MANIFEST])
def test_a_missing_file_is_refused_by_name(models: Path, name: str) -> None:
    (models / name).unlink()
    with pytest.raises(ModelRefused, match=f"models/{name} cannot be"):
        verify(models)


@pytest.mark.parametrize("content", ["", "[]", "one word", f"{'0' * 64}  another-file", "\x00"])
def test_a_broken_manifest_is_refused(models: Path, content: str) -> None:
    (models / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(ModelRefused, match=f"models/{MANIFEST}"):
        verify(models)


def test_an_encoder_of_another_training_is_refused(models: Path, tmp_path: Path) -> None:
    other = a_set(tmp_path / "other", "new")
    shutil.rmtree(models / "encoder")
    shutil.copytree(other / "encoder", models / "encoder")
    with pytest.raises(ModelRefused, match="models/encoder/"):
        verify(models)


def test_a_set_without_its_manifest_is_not_taken(models: Path) -> None:
    a_set(models / NEXT, "half of a new one")
    assert not take_over(models)
    verify(models)
    assert (models / MODEL_FILE).read_text(encoding="utf-8").startswith("old")


@pytest.mark.parametrize("moved", range(4))
def test_a_move_that_was_interrupted_is_finished(models: Path, moved: int) -> None:
    """As if the process had died after each step of it."""
    new = a_set(models / NEXT, "new")
    write_manifest(new)
    if moved >= 1:
        (models / "encoder").rename(models / ".former")
    if moved >= 2:
        (new / "encoder").rename(models / "encoder")
    if moved >= 3:
        (new / HOTLINES_FILE).replace(models / HOTLINES_FILE)
    if moved:
        with pytest.raises(ModelRefused):
            verify(models)
    assert take_over(models)
    verify(models)
    assert {(models / name).read_text(encoding="utf-8").split()[0] for name in SERVING} == {"new"}
    assert sorted(path.name for path in models.iterdir()) == sorted([*ENCODERS, HOTLINES_FILE, PASSAGES_FILE, MODEL_FILE, MANIFEST])


def test_a_new_model_on_the_same_encoder(models: Path) -> None:
    new = models / NEXT
    new.mkdir()
    for name in (HOTLINES_FILE, PASSAGES_FILE, MODEL_FILE):
        (new / name).write_text("new", encoding="utf-8")
    write_manifest(new, models)
    assert take_over(models)
    verify(models)
    assert (models / ENCODER_FILES[0]).read_text(encoding="utf-8").startswith("old")


def test_the_ids_that_can_be_voted_on_are_those_of_the_model_beside_them() -> None:
    with tarfile.open(ROOT / "models" / MODEL_FILE) as model:
        (passages,) = (member for member in model.getmembers() if member.name.endswith("PassageRetriever4/passages.json"))
        answered = model.extractfile(passages)
        assert answered is not None
        ids = sorted(json.load(answered))
    assert json.loads((ROOT / "models" / PASSAGES_FILE).read_text(encoding="utf-8")) == ids


def test_changed_hotlines_are_not_read(tmp_path: Path) -> None:
    models = tmp_path / "models"
    a_set(models, "x")
    wrong = {name: dict(line) | {"call": "1-555-000-0000"} for name, line in load_hotlines().items()}
    write_manifest(models)
    (models / HOTLINES_FILE).write_text(json.dumps(wrong), encoding="utf-8")
    lines = load_hotlines(packed=models / HOTLINES_FILE)
    assert lines["trafficking"]["call"] == "1-888-373-7888"


Checkout = Callable[[], Path]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """All that training and serving need, with files of its own."""
    root = tmp_path / "checkout"
    for name in ("bot", "knowledge", "data"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (*ROOT.glob("*.yml"), ROOT / "requirements.txt"):
        shutil.copy(file, root)
    shutil.copytree(ROOT / "models", root / "models")
    return root


def train(root: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(root)}
    return subprocess.run([sys.executable, "-m", "bot", "train"], cwd=root, env=environment, capture_output=True, text=True, check=False)


def files(models: Path) -> dict[str, bytes]:
    return {name: (models / name).read_bytes() for name in (*SERVING, MANIFEST)}


def test_broken_knowledge_stops_the_training_and_the_last_good_model_serves_on(checkout: Path) -> None:
    broken = checkout / "knowledge" / "passages" / "lydias-house.md"
    broken.write_text(broken.read_text(encoding="utf-8").replace("topic:", "topic: ["), encoding="utf-8")
    before = files(checkout / "models")
    trained = train(checkout)
    assert trained.returncode == 2
    assert "knowledge/passages/lydias-house.md:" in trained.stderr
    assert "The last good model stays in place." in trained.stderr
    assert files(checkout / "models") == before
    log = checkout / "log"
    with GatewayProcess(checkout, log) as gateway:
        gateway.wait_for("/readyz", 200)
        (fault,) = gateway.http.get("/readyz").json()["knowledge_faults"]
        assert fault.startswith("knowledge/passages/lydias-house.md:")
        assert str(checkout) not in fault
        reply = gateway.say("What is Lydia's House?").json()["replies"][0]
        assert (reply["kind"], reply["fallback"]) == ("answer", False)
    logged = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if "knowledge_broken" in line]
    assert [entry["fault"] for entry in logged] == [fault]


def test_a_training_that_fails_in_rasa_leaves_encoder_and_model_as_they_were(checkout: Path) -> None:
    config = checkout / "config.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("IntentClassifier", "NoSuchClassifier"), encoding="utf-8")
    before = files(checkout / "models")
    trained = train(checkout)
    assert trained.returncode == 2
    assert "No model was trained" in trained.stderr and "Traceback" not in trained.stderr
    assert files(checkout / "models") == before
    verify(checkout / "models")


def test_a_tampered_model_is_not_served_and_the_log_names_it(checkout: Path) -> None:
    with (checkout / "models" / "encoder" / "model.onnx").open("ab") as encoder:
        encoder.write(b"x")
    log = checkout / "log"
    with GatewayProcess(checkout, log) as gateway:
        gateway.wait_for(READY, 503, rasa=True)
        assert gateway.say("I want to die").json()["replies"][0]["kind"] == "escalation"
        assert gateway.http.get("/readyz").status_code == 503
    refused = [json.loads(line)["reason"] for line in log.read_text(encoding="utf-8").splitlines() if "model.refused" in line]
    assert refused and all(reason.startswith("models/encoder/model.onnx is not the file that training wrote") for reason in refused)
    with pytest.raises(ModelMissing, match="models/encoder/model.onnx"):
        Assistant.load(checkout / "models" / MODEL_FILE)
