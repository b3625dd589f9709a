"""A task in a process of its own, so that start and memory are its alone."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from bot.logs import configure_logging

Result = TypeVar("Result")


def in_fresh_process(task: Callable[..., Result], *arguments: object) -> Result:
    """Runs a function of a module in a new Python, which imports that module and little else, and returns what it returns."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, initializer=configure_logging, initargs=("error",)) as pool:
        return pool.submit(task, *arguments).result()
