"""Asking without a server: one question, a batch of JSON lines, a dialogue in the terminal."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.messages import CRISIS_KEY, ESCALATE, RETRIEVAL_KEY
from bot.rasa.assistant import Assistant, Turn
from bot.safety.normalize import clean_text

_NOTICE = "notice"


class BatchError(ValueError):
    """The batch cannot be read or written."""


async def answer_once(assistant: Assistant, question: str) -> str:
    """Returns the answer to one question for a person to read."""
    if not clean_text(question):
        return "The question is empty. Type a few words."
    turn = await assistant.respond(question, assistant.new_conversation())
    return render(turn.replies)


async def answer_batch(assistant: Assistant, source: Path, destination: Path) -> int:
    """Answers each line of a file in a fresh conversation; returns how many lines were bad.

    Raises:
        BatchError: the input cannot be read or the output cannot be written.
    """
    try:
        lines = source.read_text(encoding="utf-8").splitlines()
        output = destination.open("w", encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BatchError(f"Cannot use {getattr(error, 'filename', source) or source}: {error}. Give a UTF-8 file of JSON lines.") from error
    bad = 0
    with output:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                turns = _turns(record)
            except (ValueError, RecursionError) as error:
                bad += 1
                print(f"{source}, line {number}: {error}", file=sys.stderr)
                continue
            output.write(json.dumps(record | await _answer_turns(assistant, turns), ensure_ascii=False) + "\n")
            if number % 50 == 0:
                print(f"\r{number}/{len(lines)}", end="", file=sys.stderr, flush=True)
    print(f"\r{len(lines) - bad}/{len(lines)} lines answered, {bad} bad", file=sys.stderr)
    return bad


def _turns(record: Any) -> list[str]:
    if not isinstance(record, dict):
        raise ValueError('a line must be a JSON object with "text" or "turns"')
    turns = [record["text"]] if "text" in record else record.get("turns")
    if not isinstance(turns, list) or not turns:
        raise ValueError('a line needs "text", a string, or "turns", a list of strings')
    given = [turn.get("text") if isinstance(turn, dict) else turn for turn in turns]
    texts = [text for text in given if isinstance(text, str) and clean_text(text)]
    if len(texts) < len(given):
        raise ValueError("every text must be a string with at least one visible character")
    return texts


async def _answer_turns(assistant: Assistant, turns: Iterable[str]) -> dict[str, Any]:
    conversation = assistant.new_conversation()
    turn: Turn | None = None
    started = time.perf_counter()
    for text in turns:
        started = time.perf_counter()
        turn = await assistant.respond(text, conversation)
    assert turn is not None
    latency = 1000 * (time.perf_counter() - started)
    await assistant.erase(conversation)
    return described(turn) | {"latency_ms": round(latency, 2)}


def described(turn: Turn) -> dict[str, Any]:
    """Returns what `ask --batch` adds to a line for its last turn."""
    replies = [reply for reply in turn.replies if reply["kind"] != _NOTICE]
    gate = turn.parse_data.get(CRISIS_KEY) or {}
    kinds = list(gate.get("kinds", ()))
    intent = turn.parse_data.get("intent") or {}
    return {
        "replies": replies,
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "kind": replies[0]["kind"] if replies else None,
        "escalated": gate.get("level") == ESCALATE,
        "crisis_type": kinds[0] if kinds else None,
        "crisis_types": kinds,
        "sources": (turn.parse_data.get(RETRIEVAL_KEY) or {}).get("ranked", []),
    }


def render(replies: Iterable[dict[str, Any]]) -> str:
    """Returns bubbles as plain text for a terminal."""
    blocks = []
    for reply in replies:
        lines = [reply["text"]]
        if reply["sources"]:
            lines += [f"  {_sureness(reply['sources'][0])}", *(f"  Source: {_source(source)}" for source in reply["sources"])]
        lines += [f"  [{number}] {button['title']}" for number, button in enumerate(reply["buttons"], start=1)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _sureness(source: dict[str, Any]) -> str:
    status = {"confirmed": "confirmed", "corrected": "confirmed; older texts differ", "unconfirmed": "not confirmed"}[source["status"]]
    return f"This answer: {source['level']} level, {status}, checked on {source['checked_on']}"


def _source(source: dict[str, Any]) -> str:
    return f"{source['title']}, {source['url']}" if source["url"] else str(source["title"])


async def chat_in_terminal(assistant: Assistant) -> None:
    """Runs a dialogue until the input ends; the conversation is erased with it."""
    conversation = assistant.new_conversation()
    print("Type a message. Ctrl-D ends and erases the conversation.", file=sys.stderr)
    try:
        while True:
            try:
                text = input("> ")
            except (EOFError, KeyboardInterrupt):
                break
            if clean_text(text):
                print(render((await assistant.respond(text, conversation)).replies) + "\n")
    finally:
        await assistant.erase(conversation)
