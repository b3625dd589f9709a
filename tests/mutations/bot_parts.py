"""The parts of a loaded assistant that a mutation can break."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.nlg.response_composer import ResponseComposer
from bot.nlu.crisis_gate import CrisisGate
from bot.nlu.passage_retriever import PassageRetriever
from bot.rasa.assistant import Assistant


@dataclass(frozen=True)
class BotParts:
    """Real parts, each the one that serves."""

    composer: ResponseComposer
    gate: CrisisGate
    retriever: PassageRetriever
    rules: Any
    """Rasa's RulePolicy."""

    @classmethod
    def of(cls, assistant: Assistant) -> BotParts:
        """Finds the parts in a loaded assistant."""
        processor = assistant._agent.processor
        components = [node._component for node in processor.graph_runner._instantiated_nodes.values()]
        by_name = {type(component).__name__: component for component in components}
        return cls(processor.nlg, by_name["CrisisGate"], by_name["PassageRetriever"], by_name["RulePolicy"])
