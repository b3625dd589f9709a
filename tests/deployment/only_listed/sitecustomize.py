"""Put first on PYTHONPATH, lets a process import only what the packages of a list bring, as in an image built from it."""

import os
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

_SAME = {"tensorflow": "tensorflow-cpu"}
_CARRIED = {"backports"}
"""Modules of which setuptools carries a copy."""


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


class _OnlyListed:
    def __init__(self, listed: set[str]) -> None:
        self._unlisted = {
            module
            for module, owners in packages_distributions().items()
            if not any(_plain(owner) in listed or _SAME.get(_plain(owner)) in listed for owner in owners)
        } - _CARRIED

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in self._unlisted:
            raise ModuleNotFoundError(f"{name} is not in the list of this image", name=name)


_lines = Path(os.environ["ONLY_LISTED"]).read_text(encoding="utf-8").splitlines()
sys.meta_path.insert(0, _OnlyListed({_plain(line.partition("==")[0]) for line in _lines}))  # type: ignore[arg-type]
