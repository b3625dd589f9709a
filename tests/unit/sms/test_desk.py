"""The conversation by text message, around an engine that is no Rasa."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from limits import parse

from bot.gateway.chat import Chat
from bot.gateway.erasures import Erasures
from bot.gateway.limits import RateLimits
from bot.gateway.metrics import Metrics
from bot.gateway.sessions import Session, Sessions
from bot.gateway.sms import queue as queue_module
from bot.gateway.sms.desk import Answered, SmsDesk
from bot.gateway.sms.limits import SmsLimits
from bot.gateway.sms.loops import MOST_REPEATS
from bot.gateway.sms.provider import InboundSms
from bot.gateway.sms.segments import count_segments
from bot.gateway.sms.sender import SenderIdentity
from bot.gateway.sms.threads import Option, Thread, Threads
from bot.gateway.sms.twilio import TwilioProvider
from bot.gateway.static_replies import StaticReplies
from bot.nlg.wording import SMS
from bot.settings import Settings
from bot.state.open import in_memory
from bot.state.switch import FileSwitch, HotlineOnly
from tests.unit.sms.stubs import ANN, BOB, SECRET, FakeEngine, bubble

STATIC = StaticReplies.load()
IDENTITY = SenderIdentity(SECRET)
NOTICE = STATIC.wording("", SMS).say("utter_first_contact")
SOURCE = {"id": "x", "title": "A public page", "level": "state", "status": "confirmed", "checked_on": "2026-11-22", "url": "https://x"}
_ids = count()


class Phone:
    """One number and a clock."""

    def __init__(self, engine: FakeEngine, hotline_only: HotlineOnly | None = None, **limits: Any) -> None:
        self.now = 1000.0
        self.engine = engine
        state = in_memory(Settings(), lambda: self.now)
        state = replace(state, hotline_only=hotline_only or state.hotline_only)
        self.erasures = Erasures(engine.erase)
        sessions, web_limits = Sessions(state.store("chat", 3600)), RateLimits(state.limiter, state.hashed, "sms")
        chat = Chat(engine, self.erasures, sessions, STATIC, web_limits, Metrics(), state.hotline_only)  # type: ignore[arg-type]
        self.store = state.store("sms", 3600)
        sms_limits = SmsLimits(state.limiter, **({"per_number": ()} | limits))
        self.desk = SmsDesk(chat, self.erasures, STATIC, Threads(self.store, state.clock), sms_limits, Metrics())

    async def answer(self, text: str, number: str = ANN, **values: Any) -> Answered:
        sms = replace(InboundSms(f"SM{next(_ids)}", IDENTITY.of(number), text), **values)
        return await self.desk.answer(sms, TwilioProvider.handled_keywords)

    async def text(self, text: str, number: str = ANN, **values: Any) -> list[str]:
        return (await self.answer(text, number, **values)).texts


@pytest.fixture
def phone(engine: FakeEngine) -> Phone:
    return Phone(engine)


def say(name: str, language: str = "en") -> str:
    return STATIC.wording("", SMS, language).say(name)


async def test_the_first_text_brings_the_notice_last_and_once(phone: Phone) -> None:
    assert await phone.text("hello") == ["You wrote: hello", NOTICE]
    assert await phone.text("again") == ["You wrote: again"]
    assert await phone.text("hello", BOB) == ["You wrote: hello", NOTICE]


async def test_a_first_text_in_crisis_gets_the_escalation_first(phone: Phone, engine: FakeEngine) -> None:
    engine.down = True
    texts = await phone.text("he is going to kill me tonight")
    assert texts[0].startswith("Call 911 now.") and texts[-1] == NOTICE


async def test_the_engine_gets_a_random_name_and_the_channel(phone: Phone, engine: FakeEngine) -> None:
    await phone.text("hello")
    _, _, conversation, channel = engine.asked[0]
    assert channel == "sms" and len(conversation) == 32 and conversation != IDENTITY.of(ANN).id


async def test_the_floor_stands_before_an_answer_that_missed_the_crisis(phone: Phone) -> None:
    texts = await phone.text("I want to die")
    assert texts[0].startswith("Call or text 988")
    assert texts[1].splitlines()[0] == "You wrote: I want to die"


async def test_long_replies_go_on_with_more(phone: Phone, engine: FakeEngine) -> None:
    engine.answers = lambda text, payload: [bubble("This is a sentence. " * 40)]
    pages = [(await phone.text("tell me"))[0]]
    while pages[-1].endswith("\nReply MORE"):
        pages += await phone.text("MORE")
    assert sum(page.count("This is a sentence.") for page in pages) == 40
    assert all(count_segments(page).count <= 2 for page in pages)
    assert await phone.text("more") == [say("utter_sms_nothing_more")]


async def test_more_asks_for_the_rest_of_a_passage(phone: Phone, engine: FakeEngine) -> None:
    engine.answers = lambda text, payload: (
        [bubble("Long version.", sources=[SOURCE], buttons=[{"title": "Next", "payload": "passage:next"}])]
        if payload == "more:a"
        else [
            bubble(
                "Short version.",
                sources=[SOURCE],
                buttons=[{"title": "More", "payload": "more:a"}, {"title": "Next", "payload": "passage:next"}],
            )
        ]
    )
    assert (await phone.text("ask"))[0] == "Short version.\nSource: A public page, checked 2026-11-22.\nReply MORE"
    assert await phone.text("MORE") == ["Long version.\nSource: A public page, checked 2026-11-22.\nReply with a number:\n1 Next"]
    await phone.text("1")
    assert engine.asked[-1][:2] == ("Next", "passage:next")


async def test_a_number_picks_what_was_shown(phone: Phone, engine: FakeEngine) -> None:
    cities = [{"title": f"City {number}", "payload": f"city:c{number}"} for number in range(1, 4)]
    engine.answers = lambda text, payload: [bubble("Which?", buttons=cities)]
    assert (await phone.text("law"))[0] == "Which?\nReply with a number:\n1 City 1\n2 City 2\n3 City 3"
    await phone.text("2.")
    assert engine.asked[-1][:2] == ("City 2", "city:c2")
    await phone.text("9")
    assert engine.asked[-1][:2] == ("9", None)


async def test_choices_that_do_not_fit_come_with_more(phone: Phone, engine: FakeEngine) -> None:
    engine.answers = lambda text, payload: [bubble("w" * 280, buttons=[{"title": "A choice with a name", "payload": "passage:a"}])]
    assert (await phone.text("x"))[0].endswith("w\nReply MORE")
    assert await phone.text("MORE") == ["Reply with a number:\n1 A choice with a name"]


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("confirmed", "Source: A public page, checked 2026-11-22."),
        ("corrected", "Source: A public page, checked (older texts differ) 2026-11-22."),
        ("unconfirmed", "Source: A public page, not confirmed 2026-11-22."),
    ],
)
async def test_every_answer_says_where_it_is_from_how_sure_and_when(phone: Phone, engine: FakeEngine, status: str, line: str) -> None:
    engine.answers = lambda text, payload: [bubble("Fact.\n\nStill here.", sources=[SOURCE | {"status": status}])]
    assert (await phone.text("x"))[0] == f"Fact.\n{line}\nStill here."


async def test_a_long_title_gives_way_but_never_how_sure_it_is(phone: Phone, engine: FakeEngine) -> None:
    engine.answers = lambda text, payload: [bubble("f" * 230, sources=[SOURCE | {"title": "t" * 90}])]
    assert (await phone.text("x"))[0].endswith("\nFacts checked 2026-11-22.")


async def test_provider_keywords_are_never_answered_twice(phone: Phone, engine: FakeEngine) -> None:
    for word in ("HELP", "info", "START", "Stop", "END"):
        assert await phone.text(word) == []
    assert await phone.text("BASTA", opt_out="STOP") == []
    assert engine.asked == []


async def test_stop_forgets_the_conversation(phone: Phone, engine: FakeEngine) -> None:
    await phone.text("hello")
    name = engine.asked[0][2]
    assert (await phone.answer("STOP")).erased
    assert engine.erased[0] == name
    assert (await phone.text("hello"))[-1] == NOTICE
    assert engine.asked[-1][2] != name


async def test_help_with_a_sign_is_ours_to_answer(phone: Phone) -> None:
    assert (await phone.text("help!"))[0] == say("utter_sms_help")


async def test_a_crisis_is_answered_even_where_the_provider_took_it_for_help(phone: Phone) -> None:
    assert (await phone.text("help me please", opt_out="HELP"))[0].startswith("Call 911 now.")


async def test_delete_erases_here_and_in_rasa_and_says_what_stays(phone: Phone, engine: FakeEngine) -> None:
    await phone.text("hello")
    answered = await phone.answer("DELETE")
    assert answered.texts == [say("utter_sms_erased")] and answered.erased
    assert engine.erased == [engine.asked[0][2]]
    assert await phone.store.count() == 0


async def test_what_rasa_cannot_erase_now_is_erased_later(phone: Phone, engine: FakeEngine) -> None:
    await phone.text("hello")
    engine.down = True
    await phone.text("DELETE")
    engine.down = False
    await phone.erasures.retry()
    assert engine.erased == [engine.asked[0][2]] * 2
    await phone.erasures.retry()
    assert len(engine.erased) == 2


async def test_conversations_end_by_themselves(phone: Phone, engine: FakeEngine) -> None:
    await phone.text("hello")
    phone.now += 3601
    assert await phone.store.count() == 0
    assert (await phone.text("hello"))[-1] == NOTICE
    assert engine.asked[-1][2] != engine.asked[0][2]


async def test_after_ten_quiet_minutes_nothing_of_before_is_shown(phone: Phone, engine: FakeEngine) -> None:
    engine.answers = lambda text, payload: [bubble("A long secret. " * 40, buttons=[{"title": "Secret", "payload": "passage:secret"}])]
    await phone.text("tell me")
    phone.now += 601
    assert await phone.text("MORE") == [say("utter_sms_nothing_more")]
    await phone.text("1")
    assert engine.asked[-1][:2] == ("1", None)
    assert engine.asked[-1][2] != engine.asked[0][2] and engine.erased == [engine.asked[0][2]]


async def test_after_the_clock_was_an_hour_ahead_nothing_of_then_is_shown(phone: Phone, engine: FakeEngine) -> None:
    engine.answers = lambda text, payload: [bubble("A long secret. " * 40)]
    phone.now += 3600
    await phone.text("tell me")
    phone.now += 1800 - 3600  # set right, and half an hour of silence
    assert await phone.text("MORE") == [say("utter_sms_nothing_more")]
    assert engine.erased == [engine.asked[0][2]]


async def test_clocks_a_little_apart_interrupt_nobody(phone: Phone, engine: FakeEngine) -> None:
    engine.answers = lambda text, payload: [bubble("A long text. " * 40)]
    await phone.text("tell me")
    phone.now -= 30
    assert (await phone.text("MORE"))[0].startswith("A long text.")


async def test_just_before_ten_minutes_it_goes_on(phone: Phone, engine: FakeEngine) -> None:
    engine.answers = lambda text, payload: [bubble("A long text. " * 40)]
    await phone.text("tell me")
    phone.now += 599
    assert (await phone.text("MORE"))[0].startswith("A long text.")


async def test_care_survives_silence_as_a_reminder_that_names_nothing(phone: Phone, engine: FakeEngine) -> None:
    engine.answers = lambda text, payload: [bubble("Call 988.", kind="escalation")] if text == "dark" else [bubble("Fact.")]
    await phone.text("dark")
    phone.now += 601
    assert await phone.text("is it legal") == ["Fact.", say("utter_sms_reminder")]
    assert (await phone.text("idk"))[0] == say("utter_sms_more_than_safe")
    assert (await phone.text("I am safe"))[0] == say("utter_sms_safe_word")
    assert await phone.text("SAFE") == ["Fact."]
    assert engine.asked[-1][0] == "I am safe"
    assert await phone.text("is it legal") == ["Fact."]


async def test_only_the_word_safe_leaves_care(phone: Phone, engine: FakeEngine) -> None:
    engine.answers = lambda text, payload: [bubble("Call 988.", kind="escalation")] if text == "dark" else [bubble("Fact.")]
    await phone.text("dark")
    asked = len(engine.asked)
    assert await phone.text("I am safe now") == [say("utter_sms_safe_word")]
    assert len(engine.asked) == asked
    assert await phone.text("SAFE but he is outside") == [say("utter_sms_more_than_safe"), "Fact."]


async def test_safe_with_more_words_is_a_call_for_help_also_when_rasa_is_down(phone: Phone, engine: FakeEngine) -> None:
    engine.down = True
    assert "988" in (await phone.text("safe house please"))[0]


async def test_pictures_and_empty_texts_get_the_lines(phone: Phone, engine: FakeEngine) -> None:
    assert (await phone.text(""))[0] == say("utter_sms_no_words")
    assert (await phone.text("\u200b \n"))[0] == say("utter_sms_no_words")
    assert engine.asked == []


async def test_emoji_and_inverted_marks_reach_rasa_whole(phone: Phone, engine: FakeEngine) -> None:
    await phone.text("¡ayuda! 😭 ¿qué?")
    assert engine.asked[0][0] == "¡ayuda! 😭 ¿qué?"


async def test_a_leading_slash_never_reaches_rasa(phone: Phone, engine: FakeEngine) -> None:
    await phone.text(" /greet hello")
    assert engine.asked[0][0] == "greet hello"


async def test_a_very_long_text_is_cut_for_rasa_and_read_whole_for_a_crisis(phone: Phone, engine: FakeEngine) -> None:
    await phone.text("word " * 1000)
    assert len(engine.asked[0][0]) == 2000
    texts = await phone.text("word " * 1000 + "I want to die")
    assert texts[0].startswith("Call or text 988") and len(engine.asked) == 1


async def test_a_number_that_writes_too_much_is_told_once_and_a_crisis_always_gets_its_line(engine: FakeEngine) -> None:
    phone = Phone(engine, per_number=(parse("3/minute"),))
    replies = [await phone.text(f"question {number}") for number in range(6)]
    assert [reply[0] if reply else None for reply in replies[3:]] == [say("utter_sms_too_many"), None, None]
    assert (await phone.text("I want to die"))[0].startswith("Call or text 988")
    assert (await phone.text("he is going to kill me tonight"))[0].startswith("Call 911 now.")
    assert (await phone.text("hello", BOB))[0] == "You wrote: hello"


async def test_everybody_together_gets_the_lines_instead_of_silence(engine: FakeEngine) -> None:
    phone = Phone(engine, overall=parse("1/minute"))
    await phone.text("one")
    assert await phone.text("two", BOB) == [say("utter_fallback")]


async def test_whoever_comes_when_too_many_wait_gets_the_lines_at_once(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_module, "MOST_WAITING", 1)
    phone = Phone(engine)
    engine.gate = asyncio.Event()
    waiting = asyncio.create_task(phone.text("one"))
    await asyncio.sleep(0)
    while not engine.asked:
        await asyncio.sleep(0)
    assert (await phone.text("two", BOB))[0] == say("utter_fallback")
    engine.gate.set()
    assert (await waiting)[0] == "You wrote: one"


async def test_a_loop_of_two_machines_ends(phone: Phone) -> None:
    answered = [bool(await phone.text("I am away. I want to die.")) for _ in range(MOST_REPEATS + 5)]
    assert answered == [True] * MOST_REPEATS + [False] * 5
    phone.now += 601
    assert await phone.text("I am away. I want to die.")


async def test_a_machine_that_sends_our_texts_back_gets_none(phone: Phone) -> None:
    first = (await phone.text("he is going to kill me tonight"))[0]
    assert await phone.text(f"Auto reply: {first}") == []
    assert await phone.text(f"Liked “{first[:60]}…”") == []
    assert (await phone.text(f"he has a gun on me. you said {first}"))[0].startswith("Call 911 now.")


async def test_texts_of_one_number_are_answered_in_order(engine: FakeEngine) -> None:
    phone = Phone(engine)
    engine.gate = asyncio.Event()
    tasks = [asyncio.create_task(phone.text(f"number {number}")) for number in range(8)]
    await asyncio.sleep(0.01)
    assert [text for text, *_ in engine.asked] == ["number 0"]
    engine.gate.set()
    assert [texts[0] for texts in await asyncio.gather(*tasks)] == [f"You wrote: number {number}" for number in range(8)]
    assert [text for text, *_ in engine.asked] == [f"number {number}" for number in range(8)]


async def test_a_text_that_waited_behind_a_delete_starts_anew(engine: FakeEngine) -> None:
    phone = Phone(engine)
    await phone.text("hello")
    engine.gate = asyncio.Event()
    slow = asyncio.create_task(phone.text("slow"))
    while len(engine.asked) < 2:
        await asyncio.sleep(0)
    erase, after = asyncio.create_task(phone.text("DELETE")), asyncio.create_task(phone.text("after"))
    await asyncio.sleep(0.01)
    engine.gate.set()
    await slow
    assert await erase == [say("utter_sms_erased")]
    assert await after == ["You wrote: after", NOTICE]
    assert len({name for _, _, name, _ in engine.asked}) == 2


async def test_200_numbers_at_once_are_never_mixed_up(phone: Phone) -> None:
    numbers = [f"+1314555{number:04d}" for number in range(200)]
    answers = await asyncio.gather(*(phone.text(f"I am {number}", number) for number in numbers))
    names = {text: name for text, _, name, _ in phone.engine.asked}
    for number, texts in zip(numbers, answers, strict=True):
        assert texts[0] in {f"You wrote: I am {number}", say("utter_fallback")} and texts[-1] == NOTICE
    assert len(set(names.values())) == len(names)


async def test_spanish_stays_spanish_for_a_single_word(phone: Phone) -> None:
    await phone.text("hola quiero saber la ley")
    assert await phone.text("MAS") == [say("utter_sms_nothing_more", "es")]
    assert await phone.text("BORRAR") == [say("utter_sms_erased", "es")]


async def test_hotline_only_answers_with_the_lines(engine: FakeEngine, tmp_path: Any) -> None:
    phone = Phone(engine, FileSwitch(True, tmp_path / "none"))
    assert await phone.text("is it legal") == [say("utter_fallback"), NOTICE]
    assert engine.asked == []


async def test_hotline_only_holds_back_the_pages_in_hand(engine: FakeEngine, tmp_path: Any) -> None:
    switch = FileSwitch(False, tmp_path / "switch")
    phone = Phone(engine, switch)
    engine.answers = lambda text, payload: [bubble("This is the law. " * 40, buttons=[{"title": "More", "payload": "more:law"}])]
    assert (await phone.text("tell me"))[0].endswith("\nReply MORE")
    await switch.set(True)
    assert await phone.text("MORE") == await phone.text("more!") == [say("utter_fallback")]
    await switch.set(False)
    assert await phone.text("MORE") == [say("utter_sms_nothing_more")]
    assert len(engine.asked) == 1


async def test_nothing_that_is_kept_holds_a_number(phone: Phone) -> None:
    await phone.text("hello")
    kept = await phone.store.get(IDENTITY.of(ANN).id)
    assert kept is not None
    assert "hello" in kept.value
    assert "5550101" not in kept.value + repr(phone.store._kept)  # type: ignore[attr-defined]


async def test_what_is_kept_of_a_thread_comes_back_as_it_was() -> None:
    thread = Thread(Session("id", "name"), 7.5, "es", rest=Option("More", "more:x"), options=[Option("a", "city:kc")], handled=["SM1"])
    assert Thread.from_json(thread.as_json()) == thread
    assert Thread.from_json(thread.as_json()[:-1] + ', "from_a_later_version": 1}') == thread
