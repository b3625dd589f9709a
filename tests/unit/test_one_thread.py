"""A worker reckons in one thread; training takes what there is."""

from __future__ import annotations

import os
import subprocess
import sys

from bot.safety.hotlines import ROOT

_LIBRARIES = """
import bot.rasa.server
import faiss, numpy, scipy.linalg, sklearn.cluster
from threadpoolctl import threadpool_info
print(sorted({(pool["user_api"], pool["num_threads"]) for pool in threadpool_info()}))
"""
_TRAINING = """
import os
import bot.training, bot.retrieval.encoder_training
print([name for name in os.environ if name.endswith("_NUM_THREADS")])
"""


def said(script: str) -> str:
    unset = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=unset, capture_output=True, text=True, check=True).stdout


def test_numpy_and_faiss_have_one_thread_in_a_worker() -> None:
    assert said(_LIBRARIES) == "[('blas', 1), ('openmp', 1)]\n"


def test_training_is_not_limited() -> None:
    assert said(_TRAINING) == "[]\n"
