"""Two machines that answer each other: how to tell them from a person who says the same thing again."""

from __future__ import annotations

import hashlib

from bot.gateway.sms.threads import Thread
from bot.safety.normalize import fold
from bot.safety.phrase_floor import scan

MOST_REPEATS = 20
_REPEAT_SECONDS = 600.0
_ECHO_CHARACTERS = 40


def is_loop(thread: Thread, text: str, now: float) -> bool:
    """Whether the same words keep coming: a machine that answers our answers. One that gets no reply falls silent."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    if digest != thread.last_text:
        thread.last_text, thread.repeats = digest, []
    thread.repeats = [*(at for at in thread.repeats if now - at < _REPEAT_SECONDS), now]
    return len(thread.repeats) > MOST_REPEATS


def is_echo(thread: Thread, text: str) -> bool:
    """Whether a text quotes our own last one: a phone's "Liked ...", or a machine that sends back what it gets."""
    folded = fold(text)
    for sent in thread.sent:
        before, quoted, _ = folded.partition(fold(sent)[:_ECHO_CHARACTERS])
        if quoted and not scan(before).kinds:
            return True
    return False
