"""Whatever is sent, the counts hold words of ours alone: no label is a text, a number or a name that somebody chose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prometheus_client.parser import text_string_to_metric_families

from bot.gateway.metrics import _KINDS, _OUTCOMES, _TOPICS
from bot.safety.hotlines import KNOWLEDGE
from bot.safety.phrase_floor import CRISIS_KINDS
from tests.gateway_process import GatewayProcess
from tests.security.conftest import PUBLIC, TOKEN
from tests.unit.sms.stubs import form, sign

MARKS = ("13145550101-beats-me-at-12-oak-st", "zq4711xv")
PASSAGES = {file.stem for file in (KNOWLEDGE / "passages").glob("*.md")}
OURS = {
    "channel": {"web", "sms"},
    "kind": {*_KINDS, *CRISIS_KINDS, "other"},
    "topic": {*_TOPICS, "other"},
    "outcome": {*_OUTCOMES, "other"},
    "passage": PASSAGES,
    "helpful": {"yes", "no"},
}


def labels(gateway: GatewayProcess) -> Iterator[tuple[str, str]]:
    """Every label of every count, with its value."""
    for family in text_string_to_metric_families(gateway.http.get("/metrics").text):
        for sample in family.samples:
            yield from sample.labels.items()


def test_no_label_can_hold_what_somebody_sent(whole: GatewayProcess) -> None:
    for mark in MARKS:
        for payload in (None, f"city:{mark}", f"passage:{mark}", f"more:{mark}", f"say:{mark}", mark):
            for text in ("how do i bake bread", mark):
                body = {"text": text, "payload": payload, "conversation": mark, "channel": mark, "about": mark, "kind": mark}
                assert whole.http.post("/chat/messages", json=body).status_code in {200, 400, 429}
        assert whole.http.post("/chat/feedback", json={"passage": mark, "helpful": True, "conversation": mark}).status_code == 400
        whole.http.get(f"/{mark}"), whole.http.request(mark[-4:].upper(), "/chat"), whole.http.delete(f"/chat/conversations/{mark}")
        status = form("x") | {"MessageStatus": mark, "ErrorCode": mark}
        headers = {"x-twilio-signature": sign(status, f"{PUBLIC}/sms/twilio/status", TOKEN)}
        assert whole.http.post("/sms/twilio/status", data=status, headers=headers).status_code == 204
    assert whole.http.post("/chat/feedback", json={"passage": "law-missouri", "helpful": True}).status_code == 204

    seen = set(labels(whole))
    assert ("passage", "law-missouri") in seen and ("outcome", "other") in seen and ("code", "not_a_vote") in seen
    assert {(name, value) for name, value in seen if name in OURS and value not in OURS[name]} == set()
    assert {name for name, _ in seen} <= {*OURS, "code", "le"}
    assert all(re.fullmatch(r"[a-z_]+", value) for name, value in seen if name == "code")
    written = whole.written()
    assert '"sms.undelivered"' in written
    assert [mark for mark in MARKS if mark in written or mark[:8] in written] == []
