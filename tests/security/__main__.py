"""`make fuzz`: schemathesis sends thousands of requests made from docs/openapi.yml to a real gateway with Rasa behind it.

Schemathesis lives in an environment of its own, whose `schemathesis` command is the one argument. Ends with 1 where it
found anything: a 5xx, or an answer whose status, type, headers or body is not as described.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.gateway_process import ROOT, running_gateway

EXAMPLES = 60
SECONDS = 300
LEFT_OUT = "ignored_auth,positive_data_acceptance,negative_data_rejection"
"""There is no login; and whether a text is empty or too long is decided after cleaning, which no schema can say."""
SETTINGS = {
    "PUBLIC_URL": "https://sms.example.org",
    "TWILIO_AUTH_TOKEN": "f" * 32,
    "TELNYX_PUBLIC_KEY": "A" * 43 + "=",
    "TELNYX_API_KEY": "KEY" + "0" * 32,
    "SMS_SECRET": "0" * 64,
}


def fuzz(schemathesis: str, url: str, seconds: int, folder: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Lets schemathesis send what it can to a gateway in so many seconds, and returns what it said."""
    command = [schemathesis, "run", str(ROOT / "docs" / "openapi.yml"), "--url", url, "--exclude-checks", LEFT_OUT]
    command += ["--max-examples", str(EXAMPLES), "--max-time", str(seconds), "--no-color"]
    return subprocess.run(command, cwd=folder, text=True, check=False, **options)


def main() -> int:
    """Runs it."""
    with tempfile.TemporaryDirectory() as folder, running_gateway(Path(folder) / "log", **SETTINGS) as service:
        return fuzz(sys.argv[1], service.url, SECONDS, Path(folder)).returncode


if __name__ == "__main__":
    sys.exit(main())
