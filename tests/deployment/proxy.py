"""The proxy of deploy/nginx with Debian's nginx: the same file, on free ports and with a certificate of its own."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
from collections.abc import Sequence
from pathlib import Path

from tests.deployment.conftest import DEPLOY, debian, run
from tests.gateway_process import ServerProcess, free_port

CONFIGURATION = (DEPLOY / "nginx" / "nginx.conf").read_text(encoding="utf-8")


class Proxy(ServerProcess):
    """nginx before some gateways. Use as a context manager."""

    def __init__(self, folder: Path, lines: Path, gateways: Sequence[str]) -> None:
        self.folder = folder
        self.port, self.plain_port = free_port(), free_port()
        for name in ("run", "tls"):
            (folder / name).mkdir(parents=True)
        shutil.copytree(lines, folder / "lines")
        self.certificate = folder / "tls" / "tls.crt"
        subject = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", folder / "tls" / "tls.key")
        made = run(debian("openssl"), "req", "-x509", "-days", "2", *subject, *key, "-out", self.certificate)
        assert made.returncode == 0, made.stderr
        assert CONFIGURATION.count("listen 8443 ssl;") == CONFIGURATION.count("listen 8080;") == 1
        here = CONFIGURATION.replace("listen 8443 ", f"listen 127.0.0.1:{self.port} ").replace(
            "listen 8080;", f"listen 127.0.0.1:{self.plain_port};"
        )
        (folder / "nginx.conf").write_text(here, encoding="utf-8")
        servers = "".join(f"    server {gateway} fail_timeout=2s;\n" for gateway in gateways)
        (folder / "upstream.conf").write_text(f"upstream gateways {{\n{servers}}}\n", encoding="utf-8")
        self.command = [debian("nginx"), "-p", f"{folder}/", "-c", f"{folder}/nginx.conf"]
        self.url = f"https://127.0.0.1:{self.port}"
        self.trust = ssl.create_default_context(cafile=str(self.certificate))
        super().__init__(
            [*self.command, "-g", "daemon off;" + (" user root;" if os.getuid() == 0 else "")],
            folder,
            folder / "nginx.log",
            dict(os.environ),
        )

    def __enter__(self) -> Proxy:
        self.start()
        self.until(self._listens, "nginx")
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def raw(self, request: bytes, seconds: float = 20.0) -> bytes:
        """Sends bytes over TLS and returns all that comes back until the proxy closes."""
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as plain,
            self.trust.wrap_socket(plain, server_hostname="localhost") as tls,
        ):
            tls.sendall(request)
            received = b""
            while chunk := tls.recv(65536):
                received += chunk
            return received

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0
