"""A small checkout of its own, so that a test touches neither the model nor the knowledge nor the switch of this one."""

from __future__ import annotations

import io
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

from bot.safety.model_files import ENCODERS
from tests.gateway_process import ROOT


def copy_checkout(root: Path) -> Path:
    """Fills a folder with all that serving needs, its own knowledge, model file and switch among it."""
    shutil.copytree(ROOT / "bot", root / "bot", ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    shutil.copytree(ROOT / "knowledge", root / "knowledge")
    for file in ROOT.glob("*.yml"):
        shutil.copy(file, root)
    (root / "models").mkdir()
    for file in (ROOT / "models").iterdir():
        if file.is_file():
            shutil.copy(file, root / "models")
    for encoder in ENCODERS:
        (root / "models" / encoder).symlink_to(ROOT / "models" / encoder)
    return root


def rewrite_model(model: Path, change: Callable[[str, bytes], bytes]) -> None:
    """Packs a model anew; `change` gets the name and the bytes of each file in it and returns what it shall hold."""
    rewritten = io.BytesIO()
    with tarfile.open(model) as old, tarfile.open(fileobj=rewritten, mode="w:gz", compresslevel=1) as new:
        for member in old.getmembers():
            file = old.extractfile(member)
            data = change(member.name, file.read()) if file else b""
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    model.write_bytes(rewritten.getvalue())
