"""The topology of deploy/compose.yml, from the shell: Redis, two Rasa workers, two gateways and nginx, with its own files."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import httpx

from tests.deployment.conftest import DEPLOY, ROOT, run
from tests.deployment.proxy import Proxy
from tests.deployment.test_images import STAGES, copied
from tests.gateway_process import BotProcess, GatewayProcess, RasaProcess, RedisProcess

P = TypeVar("P", bound=BotProcess)
VISITORS = "127.0.77."
"""How the addresses begin from which visitors come; no process may write one down."""
_ONLY = Path(__file__).with_name("only_listed")


class Topology:
    """Use as a context manager: everything is ready within it."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.roots = {image: _as_copied(folder / image, image) for image in ("gateway", "rasa")}
        made = run(DEPLOY / "new-secrets.sh", folder / "secrets")
        assert made.returncode == 0, made.stderr
        lines = (folder / "secrets" / "lamplight.env").read_text(encoding="utf-8").splitlines()
        self.secrets = {name.removeprefix("LAMPLIGHT_"): value for name, value in (line.split("=", 1) for line in lines)}
        self._settings = settings
        self._stack = ExitStack()
        self._visitors = 0

    def __enter__(self) -> Topology:
        with self._stack as stack:
            (self.folder / "redis").mkdir()
            options = ("--aclfile", str(self.folder / "secrets" / "redis-users.acl"), "--include", str(DEPLOY / "redis.conf"))
            self.redis = stack.enter_context(RedisProcess(self.folder / "redis", *options, "--dir", str(self.folder / "redis")))
            address = urlsplit(self.secrets["REDIS_URL"])
            url = f"redis://{address.username}:{address.password}@127.0.0.1:{self.redis.port}/0"
            settings = self.secrets | self._settings | {"REDIS_URL": url, "TRUSTED_PROXIES": "127.0.0.1"}
            self.workers = [RasaProcess(self.folder / f"rasa-{number}.log", self.roots["rasa"], **settings) for number in (1, 2)]
            settings |= {"RASA_URLS": ",".join(worker.url for worker in self.workers)}
            self.gateways = [GatewayProcess(self.roots["gateway"], self.folder / f"gateway-{number}.log", **settings) for number in (1, 2)]
            for worker in self.workers:
                stack.enter_context(_as_in_image(worker, "rasa"))
            for gateway in self.gateways:
                stack.enter_context(_as_in_image(gateway, "gateway"))
            made = run(sys.executable, "-m", "bot", "lines", self.folder / "lines", cwd=self.roots["gateway"])
            assert made.returncode == 0, made.stderr
            addresses = [f"127.0.0.1:{gateway.port}" for gateway in self.gateways]
            self.proxy = stack.enter_context(Proxy(self.folder / "proxy", self.folder / "lines", addresses))
            for worker in self.workers:
                worker.wait_until_ready()
            for gateway in self.gateways:
                gateway.wait_for("/readyz", 200)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def visitor(self) -> httpx.Client:
        """Returns a browser's way in: through the proxy, over TLS."""
        self._visitors += 1  # each with an address, and so a rate limit, of its own
        way = httpx.HTTPTransport(verify=self.proxy.trust, local_address=f"{VISITORS}{self._visitors}")
        return httpx.Client(base_url=self.proxy.url, transport=way, timeout=30.0)

    def counted(self, gateway: GatewayProcess, name: str) -> float:
        """Returns the sum of a count of one gateway over its labels."""
        lines = gateway.http.get("/metrics").text.splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith((f"{name} ", f"{name}{{")))

    def logs(self) -> dict[str, str]:
        """Returns what each process has written."""
        return {process.log.name: process.written() for process in (*self.workers, *self.gateways, self.redis, self.proxy)}


def _as_copied(root: Path, image: str) -> Path:
    """Fills a folder with what the Containerfile copies into an image, and nothing else."""
    paths = copied(STAGES[image]) + copied(STAGES["code"])
    paths += [path for path in copied(STAGES["model"]) if image == "rasa" or f"/{path} " in STAGES[image]]
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / path).is_dir():
            shutil.copytree(ROOT / path, root / path, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(ROOT / path, root / path)
    return root


def _as_in_image(process: P, image: str) -> P:
    """Leaves a process only the packages of its image."""
    process._environment |= {
        "PYTHONPATH": f"{_ONLY}{os.pathsep}{process._environment['PYTHONPATH']}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "ONLY_LISTED": str(DEPLOY / "requirements" / f"{image}.txt"),
    }
    return process
