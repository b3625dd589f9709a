"""The systemd unit, read by systemd itself."""

from __future__ import annotations

from pathlib import Path

from tests.deployment.conftest import DEPLOY, ROOT, debian, run

UNIT = DEPLOY / "systemd" / "lamplight.service"
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
