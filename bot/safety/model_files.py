"""The files that serve, as one set: complete and unchanged, or refused; a new set takes the old one's place as a whole.

Training builds in `models/.next`. Its manifest, the SHA-256 of every file, is written last and marks the set as complete.
Until then the last good set stays untouched; from then on whoever comes next finishes moving it into place.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from bot.messages import FIRST_ENCODER

MANIFEST = "SHA256SUMS"
"""In the form of `sha256sum`, so that an image is built from what was trained."""
NEXT = ".next"
_FORMER = ".former"
ENCODERS = (FIRST_ENCODER, "second_encoder")
"""The folders of the encoder that reads every message, and of the one that reads some of them once more."""
ENCODER_FILES = tuple(f"{folder}/{name}" for folder in ENCODERS for name in ("encoder.json", "model.onnx", "tokenizer.json"))
HOTLINES_FILE = "hotlines.json"
PASSAGES_FILE = "passage_ids.json"
"""The ids of the passages that the model answers with: nothing else can be voted on."""
MODEL_FILE = "lamplight.tar.gz"
_PLAIN_FILES = (HOTLINES_FILE, PASSAGES_FILE, MODEL_FILE)
SERVING = (*ENCODER_FILES, *_PLAIN_FILES)


class ModelRefused(RuntimeError):
    """A file is missing, or is not the one that training wrote; the message names it and what mends it."""


def write_manifest(models: Path, in_place: Path | None = None) -> None:
    """Writes the manifest of a complete set; an encoder that training did not need anew lies in place already."""
    folders = [models, *filter(None, [in_place])]
    found = {name: next((folder / name for folder in folders if (folder / name).exists()), models / name) for name in ENCODER_FILES}
    digests = {name: sha256(path) for name, path in found.items()}
    digests |= {name: sha256(models / name) for name in _PLAIN_FILES}
    scratch = models / f"{MANIFEST}.new"
    scratch.write_text("".join(f"{digest}  {name}\n" for name, digest in digests.items()), encoding="ascii")
    scratch.replace(models / MANIFEST)


def verify(models: Path, names: Sequence[str] = SERVING) -> None:
    """Compares files with the manifest; 0.3 seconds for all of them.

    Raises:
        ModelRefused: one differs or is not there.
    """
    manifest = models / MANIFEST
    try:
        expected = {name: digest for digest, name in (line.split("  ") for line in manifest.read_text(encoding="ascii").splitlines())}
        digests = {name: expected[name] for name in names}
    except (OSError, ValueError, KeyError) as error:
        raise ModelRefused(f"models/{MANIFEST} cannot be used ({type(error).__name__}). Run `make setup` to train the model.") from error
    for name, digest in digests.items():
        try:
            found = sha256(models / name)
        except OSError as error:
            raise ModelRefused(f"models/{name} cannot be read ({type(error).__name__}). {_MENDING}") from error
        if found != digest:
            raise ModelRefused(f"models/{name} is not the file that training wrote (SHA-256 {found[:12]}…, not {digest[:12]}…). {_MENDING}")


_MENDING = "Restore models/ from a backup, or run `rm -rf models && make setup` to train it anew."


def take_over(models: Path) -> bool:
    """Moves a complete new set into place, also one whose moving was interrupted; returns whether there was one.

    The manifest moves last, so a set that is half in place is never taken for a good one.
    """
    ready = models / NEXT
    if not (ready / MANIFEST).exists():
        return False
    former = models / _FORMER
    with contextlib.suppress(FileNotFoundError):  # another process moves the same set
        for folder in ENCODERS:
            if (ready / folder).exists():
                shutil.rmtree(former, ignore_errors=True)
                if (models / folder).exists():
                    (models / folder).rename(former)
                (ready / folder).rename(models / folder)
        for file in sorted(ready.iterdir(), key=lambda file: file.name == MANIFEST):
            file.replace(models / file.name)
        ready.rmdir()
    shutil.rmtree(former, ignore_errors=True)
    return True


def sha256(path: Path) -> str:
    """Returns the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
