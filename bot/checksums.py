"""The checksums of what serves, in the form of `sha256sum`, so that an image is built from what was trained."""

from __future__ import annotations

import hashlib
from pathlib import Path

FILE = "SHA256SUMS"
SERVED = ("encoder/encoder.json", "encoder/model.onnx", "encoder/tokenizer.json", "hotlines.json", "lamplight.tar.gz")


def write_checksums(models: Path) -> None:
    """Writes the SHA-256 of every served file beside them.

    Raises:
        OSError: a file cannot be read.
    """
    lines = [f"{hashlib.sha256((models / name).read_bytes()).hexdigest()}  {name}\n" for name in SERVED]
    (models / FILE).write_text("".join(lines), encoding="ascii")
