"""The third reference: Rasa's own DIET classifier, trained on the same data/nlu with `diet.yml`."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from rasa.core.agent import Agent

from bot.safety.crisis import crisis_probability
from bot.safety.hotlines import ROOT
from bot.safety.normalize import clean_text
from tests.evaluation.minilm import CACHE
from tests.evaluation.safety_references import intent_verdict
from tests.evaluation.verdicts import Verdict

CONFIG = Path(__file__).with_name("diet.yml")
NLU = ROOT / "data" / "nlu"


async def diet_verdicts(texts: Sequence[str]) -> list[Verdict]:
    """Judges texts with a DIET classifier, training it first where the data has changed (minutes)."""
    agent = Agent.load(str(trained_diet()))
    verdicts = []
    for text in texts:
        parsed = await agent.parse_message(clean_text(text))
        scores = {entry["name"]: entry["confidence"] for entry in parsed["intent_ranking"]}
        verdicts.append(intent_verdict(str(parsed["intent"]["name"]), crisis_probability(scores)))
    return verdicts


def trained_diet(cache: Path = CACHE) -> Path:
    """Returns the model file, from the cache where training data and configuration are the same."""
    digest = hashlib.sha256(CONFIG.read_bytes())
    for path in sorted(NLU.glob("*.yml")):
        digest.update(path.read_bytes())
    name = f"diet-{digest.hexdigest()[:16]}"
    model = cache / f"{name}.tar.gz"
    if model.exists():
        return model
    print("Rasa DIET: training the reference (minutes, once for these data; --no-diet leaves it out)", file=sys.stderr, flush=True)
    cache.mkdir(parents=True, exist_ok=True)
    for old in cache.glob("diet-*.tar.gz"):
        old.unlink()
    kept = os.environ.get("RASA_CACHE_DIRECTORY")
    os.environ["RASA_CACHE_DIRECTORY"] = str(cache / "rasa")
    os.environ["TQDM_DISABLE"] = "1"
    from rasa.model_training import train_nlu

    try:
        train_nlu(str(CONFIG), str(NLU), str(cache), fixed_model_name=name)
    finally:
        shutil.rmtree(cache / "rasa", ignore_errors=True)
        os.environ.pop("RASA_CACHE_DIRECTORY")
        if kept is not None:
            os.environ["RASA_CACHE_DIRECTORY"] = kept
    if not model.exists():
        raise RuntimeError("Rasa could not train the DIET reference. Run `python -m bot check`, or leave it out with --no-diet.")
    return model
