"""Debian's Prometheus with the files of deploy/monitoring, asking some gateways every second."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import yaml

from tests.deployment.conftest import DEPLOY, debian
from tests.gateway_process import ServerProcess, free_port


class Prometheus(ServerProcess):
    """Use as a context manager."""

    def __init__(self, folder: Path, targets: Sequence[str]) -> None:
        folder.mkdir()
        shutil.copy(DEPLOY / "monitoring" / "alerts.yml", folder)
        configuration = yaml.safe_load((DEPLOY / "monitoring" / "prometheus.yml").read_text(encoding="utf-8"))
        configuration["global"] = {"scrape_interval": "2s", "scrape_timeout": "2s", "evaluation_interval": "1s"}
        configuration["scrape_configs"][0]["static_configs"] = [{"targets": list(targets)}]
        del configuration["alerting"]
        (folder / "prometheus.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
        port = free_port()
        listen = f"--web.listen-address=127.0.0.1:{port}"
        files = (f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/counts")
        super().__init__([debian("prometheus"), listen, *files], folder, folder / "prometheus.log", dict(os.environ))
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=10.0, trust_env=False)

    def __enter__(self) -> Prometheus:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.http.close()

    def ask(self, expression: str) -> list[dict[str, Any]]:
        """Returns the series of an expression now; none while Prometheus is starting."""
        try:
            response = self.http.get("/query", params={"query": expression})
        except httpx.TransportError:
            return []
        if response.status_code == 503:
            return []
        body = response.json()
        assert body["status"] == "success", (expression, body)
        return body["data"]["result"]  # type: ignore[no-any-return]

    def rules(self) -> dict[str, dict[str, Any]]:
        """Returns the alert rules by name, as Prometheus has judged them."""
        groups = self.http.get("/rules").json()["data"]["groups"]
        return {rule["name"]: rule for group in groups for rule in group["rules"]}
