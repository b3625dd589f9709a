"""One thread for the arithmetic of numpy and FAISS: a worker has one core. Import before either of them."""

from __future__ import annotations

import os

for _library in ("OMP", "OPENBLAS"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"
