"""The systemd units, read by systemd itself, and what they start."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deployment.conftest import _PACKAGES, DEPLOY, ROOT, debian, run
from tests.deployment.proxy import Proxy
from tests.integration.test_shutdown import wait_until_ended

UNIT = DEPLOY / "systemd" / "lamplight.service"
NGINX = Path("/lib/systemd/system/nginx.service")
DROP_IN = DEPLOY / "systemd" / "nginx.service.d" / "lamplight.conf"
LOOSEST = 15
"""Tenths of what `systemd-analyze security` calls exposure: 0 is sealed, 100 is open."""


def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text(encoding="utf-8").replace("/srv/lamplight", str(ROOT)), encoding="utf-8")
    result = run(debian("systemd-analyze"), "verify", "--man=no", unit)
    assert (result.returncode, [line for line in result.stderr.splitlines() if UNIT.name in line]) == (0, [])


def test_the_unit_is_sealed_as_far_as_the_service_allows() -> None:
    result = run(debian("systemd-analyze"), "security", "--offline=true", f"--threshold={LOOSEST}", UNIT)
    assert result.returncode == 0, result.stdout[-2000:]


def test_the_gateway_alone_hears_its_signals_and_has_time_to_finish() -> None:
    lines = UNIT.read_text(encoding="utf-8").splitlines()
    assert "ExecReload=/bin/kill -USR1 $MAINPID" in lines and "SocketBindAllow=ipv4:tcp:5005-5006" in lines
    assert "KillMode=mixed" in lines and "TimeoutStopSec=40" in lines and "LimitCORE=0" in lines and "MemorySwapMax=0" in lines


def settings(unit: str) -> dict[str, str]:
    """What holds of a unit in the end, of lists what was added since they were last emptied."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", unit, re.MULTILINE):
        found[name] = [*found.get(name, []), value] if value else []
    return {name: "\n".join(values) for name, values in found.items()}


@pytest.fixture
def nginx_unit(tmp_path: Path) -> Path:
    """Debian's unit of nginx with our drop-in, as docs/deployment.md lays them."""
    debian("nginx")
    shutil.copy(NGINX, tmp_path)
    shutil.copytree(DROP_IN.parent, tmp_path / "nginx.service.d")
    return tmp_path / NGINX.name


def test_systemd_accepts_the_unit_of_nginx_with_ours_on_it(nginx_unit: Path) -> None:
    verify = (debian("systemd-analyze"), "verify", "--man=no", nginx_unit)
    result = run(*verify)
    assert (result.returncode, [line for line in result.stderr.splitlines() if "nginx" in line]) == (0, [])
    with (nginx_unit.parent / "nginx.service.d" / DROP_IN.name).open("a", encoding="utf-8") as drop_in:
        drop_in.write("ExecStart=/no/such/nginx\n")
    assert "more than one ExecStart=" in run(*verify).stderr, "systemd does not read the drop-in"


def test_nothing_of_debians_own_nginx_is_left(nginx_unit: Path) -> None:
    held = settings(NGINX.read_text(encoding="utf-8") + DROP_IN.read_text(encoding="utf-8"))
    assert held["Type"] == "forking" and held["PIDFile"] == "/srv/proxy/run/nginx.pid"
    for name, value in held.items():
        assert "/run/nginx.pid" not in value.replace("/srv/proxy/run/nginx.pid", ""), name
        if name.startswith("Exec"):
            assert "/srv/proxy/" in value and "\n" not in value, name


def test_what_the_unit_says_starts_reloads_and_stops_the_proxy(tmp_path: Path) -> None:
    (tmp_path / "lines").mkdir()
    folder, said = tmp_path / "proxy", tmp_path / "said"
    Proxy(folder, tmp_path / "lines", ["127.0.0.1:9"])  # lays the folder; systemd's commands start it
    if os.getuid() == 0:
        configuration = folder / "nginx.conf"
        configuration.write_text("user root;\n" + configuration.read_text(encoding="utf-8"), encoding="utf-8")
    held = {name: value.replace("/srv/proxy/", f"{folder}/") for name, value in settings(DROP_IN.read_text(encoding="utf-8")).items()}

    def step(name: str) -> None:
        with said.open("a") as output:  # a pipe would stay open in the server, and be waited for
            done = subprocess.run(shlex.split(held[name].removeprefix("-")), stdout=output, stderr=output, timeout=30, check=False)
        assert done.returncode == 0, f"{name}: {said.read_text(encoding='utf-8')}"

    step("ExecStartPre")
    step("ExecStart")
    pid = int(Path(held["PIDFile"]).read_text(encoding="ascii"))
    try:
        step("ExecReload")
        assert Path(f"/proc/{pid}/comm").read_text(encoding="ascii") == "nginx\n"
    finally:
        step("ExecStop")
    wait_until_ended(pid)


def test_the_machine_of_the_integration_gets_every_program_that_these_tests_need() -> None:
    installed = re.findall(
        r'^command -v (\S+) .* missing="\$missing (\S+)"$', (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(_PACKAGES.values()) <= {package for _, package in installed}
    assert all(_PACKAGES.get(program, package) == package for program, package in installed)
