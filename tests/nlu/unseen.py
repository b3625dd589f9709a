"""The final intent of every unseen message, gate included, against the intent that its label asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from bot.rasa.assistant import Assistant
from bot.safety.crisis import CRISIS_PREFIX
from tests.evaluation.intervals import share
from tests.evaluation.sets import EvaluationSet, SafetyMessage

_INTENTS = {"question": "ask", "out_of_scope": "out_of_scope", "facilitation": "facilitation"}
"""Labels that stand for one intent. Look-alikes may rightly have several, so they are left to the safety report."""
_SHOWN = 15


async def unseen_figures(assistant: Assistant, sets: Sequence[EvaluationSet]) -> dict[str, Any]:
    """Returns a row for each intent, the matrix of wanted (rows) and found intents, and the commonest confusions."""
    pairs: list[tuple[str, str]] = []
    for item in sets:
        for message in item.messages:
            wanted = _wanted(message)
            if wanted:
                got = await _final_intent(assistant, message.turns)
                pairs.append((got if got in wanted else wanted[0], got))
        for question in item.questions:
            if not question.unanswerable:
                pairs.append(("ask", await _final_intent(assistant, question.turns)))
    counted = Counter(pairs)
    names = sorted({name for pair in counted for name in pair})
    confusions = Counter({(wanted, got): count for (wanted, got), count in counted.items() if wanted != got})
    return {
        "n": len(pairs),
        "right": share(wanted == got for wanted, got in pairs).as_dict(),
        "intents": [
            {"intent": intent, **share(got == intent for wanted, got in pairs if wanted == intent).as_dict()}
            for intent in sorted({wanted for wanted, _ in pairs})
        ],
        "names": names,
        "matrix": [[counted[wanted, got] for got in names] for wanted in names],
        "confusions": [{"wanted": wanted, "got": got, "count": count} for (wanted, got), count in confusions.most_common(_SHOWN)],
    }


def _wanted(message: SafetyMessage) -> tuple[str, ...]:
    if message.label == "crisis":
        return tuple(CRISIS_PREFIX + kind for kind in message.kinds)
    return (_INTENTS[message.label],) if message.label in _INTENTS else ()


async def _final_intent(assistant: Assistant, turns: Sequence[str]) -> str:
    conversation = assistant.new_conversation()
    name = "none"
    for text in turns:
        turn = await assistant.respond(text, conversation)
        name = str((turn.parse_data.get("intent") or {}).get("name"))
    await assistant.erase(conversation)
    return name
