"""`python -m tests.benchmarks.sms`: how fast the webhook answers, and 50 text messages a second for a minute.

Real gateway, real Rasa, signed requests; the sender of the requests shares the machine with both. Printed and written to
`reports/sms.json`.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import json
import os
import platform
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx
from twilio.request_validator import RequestValidator

from bot.gateway.static_replies import StaticReplies
from bot.nlg.wording import SMS
from bot.safety.hotlines import ROOT
from tests.benchmarks.timing import median, p95
from tests.evaluation.sets import own_sets
from tests.gateway_process import GatewayProcess, running_gateway

REPORT = ROOT / "reports" / "sms.json"
PUBLIC = "https://sms.example.org"
TOKEN = "fedcba98765432100123456789abcdef"
PROVIDER_SECONDS = 15.0
_WARM_UP = 20
_TIMED = 100
_FRESH = httpx.Limits(max_connections=None, keepalive_expiry=1.0)  # the server closes idle connections after 5 s
_messages = count()


async def measure(service: GatewayProcess, questions: list[str], rate: float, seconds: float) -> dict[str, Any]:
    """Asks one question after the other, then at a fixed rate, each from a number of its own."""
    async with httpx.AsyncClient(base_url=service.url, timeout=60.0, limits=_FRESH) as client:
        alone = [await _text(client, questions[turn % len(questions)]) for turn in range(_WARM_UP + _TIMED)][_WARM_UP:]
        started = time.perf_counter()
        sent: list[asyncio.Task[tuple[float, str]]] = []
        for turn in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, started + turn / rate - time.perf_counter()))
            sent.append(asyncio.create_task(_text(client, questions[turn % len(questions)])))
        loaded = await asyncio.gather(*sent)
        lasted = time.perf_counter() - started
    return {
        "one at a time": _row(alone),
        "under load": {"sent a second": rate, "seconds": round(lasted, 1), **_row(loaded)},
    }


def _row(answers: list[tuple[float, str]]) -> dict[str, Any]:
    milliseconds = [1000 * seconds for seconds, _ in answers]
    return {
        "texts": len(answers),
        **dict(Counter(kind for _, kind in answers)),
        "median ms": median(milliseconds),
        "p95 ms": p95(milliseconds),
        "slowest ms": round(max(milliseconds), 1),
        "later than the provider waits": sum(seconds > PROVIDER_SECONDS for seconds, _ in answers),
    }


async def _text(client: httpx.AsyncClient, question: str) -> tuple[float, str]:
    number = next(_messages)
    form = {"MessageSid": f"SM{number:032x}", "From": f"+1314{5550000 + number}", "To": "+15735550100", "Body": question, "NumMedia": "0"}
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": RequestValidator(TOKEN).compute_signature(f"{PUBLIC}/sms/twilio", form),
    }
    asked = time.perf_counter()
    try:
        response = await client.post("/sms/twilio", content=urlencode(form), headers=headers)
    except httpx.TransportError:
        return time.perf_counter() - asked, "lost"
    seconds = time.perf_counter() - asked
    texts = [message.text or "" for message in ElementTree.fromstring(response.text)] if response.status_code == 200 else []
    return seconds, "lost" if not texts else "hotline" if texts[0].startswith(_fallbacks()) else "answered"


@functools.cache
def _fallbacks() -> tuple[str, ...]:
    static = StaticReplies.load()
    return tuple(static.wording("", SMS, language).say("utter_fallback") for language in ("en", "es"))


def main() -> None:
    """Measures and reports."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.sms", description=__doc__)
    parser.add_argument("--rate", type=float, default=50.0, help="text messages a second")
    parser.add_argument("--seconds", type=float, default=60.0, help="for how long")
    options = parser.parse_args()
    questions = [question.text for item in own_sets(False, False) for question in item.questions]
    secrets = {"TWILIO_AUTH_TOKEN": TOKEN, "SMS_SECRET": "0123456789abcdef" * 4, "PUBLIC_URL": PUBLIC}
    with tempfile.TemporaryDirectory() as folder, running_gateway(Path(folder) / "log", **secrets) as service:
        measured = asyncio.run(measure(service, questions, options.rate, options.seconds))
    machine = {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()}
    report = {"date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), "machine": machine, **measured}
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
