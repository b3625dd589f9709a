"""Text messages through the real gateway with the real Rasa behind it."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx
import pytest
import yaml
from twilio.request_validator import RequestValidator

from bot.gateway.sms.pages import LOCK_SCREEN, reveals
from bot.gateway.sms.segments import count_segments, plain
from bot.gateway.static_replies import StaticReplies
from bot.nlg.wording import LEAD_LINES, SMS
from bot.retrieval.knowledge_base import KnowledgeBase
from bot.safety.hotlines import ROOT, fill, load_hotlines
from bot.safety.phrase_floor import scan
from tests.gateway_process import GatewayProcess, running_gateway

PUBLIC = "https://sms.example.org"
TOKEN = "fedcba98765432100123456789abcdef"
PHRASES = yaml.safe_load((ROOT / "tests" / "crisis_phrases.yml").read_text(encoding="utf-8"))
HOTLINES = load_hotlines()
STATIC = StaticReplies.load()
PASSAGES = KnowledgeBase.from_directory(ROOT / "knowledge" / "passages").passages
FALLBACK = STATIC.wording("", SMS).say("utter_fallback")
NOTICES = [STATIC.wording("", SMS, language).say("utter_first_contact") for language in ("en", "es")]
_numbers = count(5550000)


@dataclass
class Provider:
    """Calls the webhook as Twilio does, and notes every number that it used."""

    gateway: GatewayProcess
    used: list[str] = field(default_factory=list)
    sids: Iterator[int] = field(default_factory=count)

    def number(self) -> str:
        number = f"+1314{next(_numbers)}"
        self.used.append(number)
        return number

    def request(self, body: str, number: str, **fields: str) -> tuple[bytes, dict[str, str]]:
        form = {
            "MessageSid": f"SM{next(self.sids):032x}",
            "From": number,
            "To": "+15735550100",
            "Body": body,
            "NumMedia": "0",
            "FromCity": "",
        }
        form |= fields
        signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}/sms/twilio", form)
        return urlencode(form).encode(), {"content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature}

    def text(self, body: str, number: str, **fields: str) -> list[str]:
        content, headers = self.request(body, number, **fields)
        return messages(httpx.post(f"{self.gateway.url}/sms/twilio", content=content, headers=headers, timeout=20.0))


def messages(response: httpx.Response) -> list[str]:
    assert response.status_code == 200
    texts = [message.text or "" for message in ElementTree.fromstring(response.text)]
    assert all(text.strip() and count_segments(text).count <= 2 and not reveals(text) for text in texts)
    return texts


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    log = tmp_path_factory.mktemp("sms") / "log"
    secrets = {"TWILIO_AUTH_TOKEN": TOKEN, "SMS_SECRET": "0123456789abcdef" * 4}
    with running_gateway(log, PUBLIC_URL=PUBLIC, LOG_LEVEL="debug", **secrets) as gateway:
        yield Provider(gateway)


def test_an_answer_is_the_short_version_with_its_source_then_the_first_notice(provider: Provider) -> None:
    ann = provider.number()
    answer, notice = provider.text("Is prostitution legal in Webster Groves?", ann)
    passage = PASSAGES["law-webster-groves"]
    assert answer.startswith(plain(fill(passage.sms, HOTLINES)))
    assert str(passage.checked_on) in answer and answer.endswith("Reply MORE")
    assert notice == NOTICES[0]


def test_more_brings_the_whole_passage_and_numbers_pick_what_follows(provider: Provider) -> None:
    ann = provider.number()
    pages = provider.text("Is prostitution legal in Webster Groves?", ann)[:1]
    while pages[-1].endswith("Reply MORE"):
        pages += provider.text("MORE", ann)
    told = " ".join(" ".join(pages[1:]).split())
    for sentence in fill(PASSAGES["law-webster-groves"].answer, HOTLINES).split("\n\n")[0].split(". "):
        assert plain(sentence).rstrip(".") in told
    assert "Reply with a number:\n1 " in "\n".join(pages[1:])
    title = "\n".join(pages).partition("\n1 ")[2].partition("\n")[0]
    chosen = next(passage for passage in PASSAGES.values() if plain(passage.title) == title)
    assert plain(fill(chosen.sms, HOTLINES)) in provider.text("1", ann)[0]


@pytest.mark.parametrize(("kind", "phrase"), [(kind, phrase) for kind, phrases in PHRASES.items() for phrase in phrases])
def test_every_phrase_of_the_guarantee_list_gets_its_line_first(provider: Provider, kind: str, phrase: str) -> None:
    first, *rest = provider.text(phrase, provider.number())
    found = scan(phrase)
    leads = [HOTLINES[line]["call"] for line in LEAD_LINES.values()]  # the learned gate may find a graver kind beside it
    assert kind in found.kinds
    assert any(lead in first[:LOCK_SCREEN] for lead in leads)
    assert HOTLINES[LEAD_LINES[found.kinds[0]]]["call"] in first or HOTLINES["emergency"]["call"] in first[:LOCK_SCREEN]
    assert HOTLINES["trafficking"]["call"] in first
    assert rest[-1] in NOTICES


@pytest.mark.parametrize("kind", PHRASES)
def test_a_crisis_is_heard_in_every_state_of_a_conversation(provider: Provider, kind: str) -> None:
    number = provider.number()
    lead = HOTLINES[LEAD_LINES[kind]]["call"]
    for before in ("Is prostitution legal in Missouri?", "MORE", "1", "HELP", "START", PHRASES[kind][0], "SAFE", "DELETE", "STOP"):
        provider.text(before, number)
        first = provider.text(PHRASES[kind][0], number)[0]
        assert lead in first[:160] or HOTLINES["emergency"]["call"] in first[:LOCK_SCREEN]
        assert HOTLINES["trafficking"]["call"] in first


def test_only_the_word_safe_ends_care(provider: Provider) -> None:
    number = provider.number()
    provider.text("my husband beats me", number)
    question = "What is the Safe at Home program?"
    reminder = f"Still here for you: {HOTLINES['domestic_violence']['call']}."
    assert reminder in provider.text(question, number)[0]
    assert "reply with the one word SAFE" in provider.text("I am safe now", number)[0]
    assert reminder in provider.text(question, number)[0]
    assert "988" in provider.text("safe but he is here", number)[0]
    provider.text("SAFE", number)
    assert reminder not in provider.text(question, number)[0]


def test_provider_keywords_get_no_second_answer(provider: Provider) -> None:
    number = provider.number()
    for word in ("HELP", "STOP", "START", "info", "End"):
        assert provider.text(word, number) == []
    assert provider.text("BASTA", number, OptOutType="STOP") == []


def test_help_with_more_words_is_a_crisis(provider: Provider) -> None:
    assert provider.text("HELP he has me", provider.number())[0].startswith("Call 911 now.")


def test_delete_forgets_what_was_said(provider: Provider) -> None:
    number = provider.number()
    provider.text("my husband beats me", number)
    assert provider.text("DELETE", number) == [STATIC.wording("", SMS).say("utter_sms_erased")]
    after = provider.text("What is the Safe at Home program?", number)
    assert "Still here for you" not in after[0] and after[-1] == NOTICES[0]


def test_spanish_gets_spanish(provider: Provider) -> None:
    first, notice = provider.text("mi esposo me pega", provider.number())
    assert first.startswith(f"Llame al {HOTLINES['domestic_violence']['call']}")
    assert notice == NOTICES[1]


def test_forged_and_odd_requests(provider: Provider) -> None:
    url = f"{provider.gateway.url}/sms/twilio"
    content, headers = provider.request("hello", provider.number())
    assert httpx.post(url, content=content + b"&Extra=1", headers=headers).status_code == 403
    assert httpx.post(url, content=content, headers=headers | {"content-type": "text/plain"}).status_code == 415
    assert httpx.post(url, content=b"a" * 40_000, headers=headers).status_code == 413
    assert httpx.get(url).status_code == 405
    assert messages(httpx.post(url, content=content, headers=headers)) == messages(httpx.post(url, content=content, headers=headers))


def test_200_numbers_at_once_none_mixed_up_and_none_lost(provider: Provider) -> None:
    asked = {
        "Is prostitution legal in Webster Groves?": "law-webster-groves",
        "What is Lydia's House?": "lydias-house",
        "What is the Safe at Home program?": "safe-at-home",
        "What is Veronica's Voice?": "veronicas-voice",
    }
    questions = list(asked) * 50
    numbers = [provider.number() for _ in questions]

    async def send_all() -> list[httpx.Response]:
        async with httpx.AsyncClient(timeout=30.0, limits=httpx.Limits(max_connections=200)) as client:

            async def send(question: str, number: str) -> httpx.Response:
                content, headers = provider.request(question, number)
                return await client.post(f"{provider.gateway.url}/sms/twilio", content=content, headers=headers)

            return await asyncio.gather(*map(send, questions, numbers))

    answers = [messages(response) for response in asyncio.run(send_all())]
    answered = 0
    for question, texts in zip(questions, answers, strict=True):
        right = plain(fill(PASSAGES[asked[question]].sms, HOTLINES))
        assert right in texts[0] or texts[0].startswith(FALLBACK)
        answered += right in texts[0]
    assert answered > 0


def test_rasa_killed_during_a_message(provider: Provider) -> None:
    rasa = provider.gateway.rasa_pid()
    assert rasa is not None
    os.kill(rasa, signal.SIGSTOP)
    replies: dict[str, list[str]] = {}
    questions = {"he is going to kill me tonight": "Call 911 now.", "What is Lydia's House?": FALLBACK, "I want to die": "Call or text 988"}
    threads = [
        threading.Thread(target=lambda text=text: replies.update({text: provider.text(text, provider.number())}))  # type: ignore[misc]
        for text in questions
    ]
    for thread in threads:
        thread.start()
    time.sleep(1.0)
    os.kill(rasa, signal.SIGKILL)
    for thread in threads:
        thread.join()
    assert {text: replies[text][0].startswith(start) for text, start in questions.items()} == dict.fromkeys(questions, True)


def test_no_number_and_no_text_is_in_the_log_the_metrics_or_a_file(provider: Provider) -> None:
    assert len(provider.used) > 250
    numbers = {number.removeprefix("+1") for number in provider.used}
    places = {
        "log": provider.gateway.written(),
        "metrics": httpx.get(f"{provider.gateway.url}/metrics").text,
        **{str(file): file.read_bytes().decode("latin-1") for file in (ROOT / ".state").rglob("*") if file.is_file()},
    }
    for place, content in places.items():
        digits = "".join(char for char in content if char.isdigit() or char.isspace())
        assert not [number for number in numbers if number in content or number in digits], place
        assert "husband" not in content and "kill me tonight" not in content, place
