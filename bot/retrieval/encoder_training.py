"""Fine-tunes a published model on our messages and keeps what it learned in `weights/`.

One encoder serves intents, crisis gate and retrieval, so it is tuned for all of them at once:
cross-entropy over the intents of every message, over crisis or not, and over the passages of every
question. Now and then a message is written as thumbs write it.
The method is described and measured in docs/decisions/0003-encoder.md.
"""

from __future__ import annotations

import hashlib
import random
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.retrieval.base_models import BaseModel
from bot.retrieval.encoder import DIMENSION, MAX_TOKENS
from bot.retrieval.training_data import LabelledMessage

EPOCHS = 3
BATCH_SIZE = 64
ENCODER_LEARNING_RATE = 5e-5
HEAD_LEARNING_RATE = 5e-3
LOGIT_SCALE = 16.0
RETRIEVAL_WEIGHT = 1.0
CRISIS_WEIGHT = 1.0
TRAINING_TOKENS = 128
"""Tokens of a message that training reads; serving reads more (`MAX_TOKENS`)."""

SLIPS, SHORTHAND = 0.15, 0.1
"""Shares of the messages of a pass in which one word is misspelt, or many are shortened, so that neither tells on a person."""


def digest_of(messages: Sequence[LabelledMessage]) -> str:
    """Returns a digest of the messages, by which weights tell what they were tuned on."""
    digest = hashlib.sha256()
    for message in messages:
        digest.update(f"{message.text}\0{message.intent}\0{message.passage_id}\n".encode())
    return digest.hexdigest()


def tune_encoder(messages: Sequence[LabelledMessage], base: BaseModel, weights: Path, epochs: int = EPOCHS, seed: int = 7) -> None:
    """Tunes a published model and writes the layers that learned, in half precision, as a safetensors file.

    Its metadata name the published model, and count and digest of the messages.

    Raises:
        WeightsError: the packaged weights are wrong.
    """
    import torch
    from safetensors.torch import save_file

    with tempfile.TemporaryDirectory() as scratch:
        model = base.open(Path(scratch))
        _fine_tune(model, base.frozen_layers, messages, epochs, seed)
    learned = {name: tensor for name, tensor in model[0].auto_model.named_parameters() if tensor.requires_grad and tensor.grad is not None}
    metadata = {"base": base.package, "messages": str(len(messages)), "messages_sha256": digest_of(messages)}
    weights.parent.mkdir(parents=True, exist_ok=True)
    partial = weights.with_suffix(".new")
    save_file({name: tensor.detach().to(torch.float16).contiguous() for name, tensor in learned.items()}, partial, metadata)
    partial.replace(weights)


def tuned_on(weights: Path) -> str:
    """Returns the digest of the messages that weights were tuned on."""
    import safetensors

    untyped: Any = safetensors
    with untyped.safe_open(weights, framework="numpy") as file:
        return str(file.metadata()["messages_sha256"])


def _fine_tune(model: Any, frozen_layers: int, messages: Sequence[LabelledMessage], epochs: int, seed: int) -> None:
    import torch
    from torch.nn import functional

    torch.manual_seed(seed)
    shuffler = random.Random(seed)
    model.max_seq_length = MAX_TOKENS
    model.eval()
    frozen = [model[0].auto_model.embeddings, *model[0].auto_model.encoder.layer[:frozen_layers]]
    for part in frozen:  # halves the time of a pass, and keeps rare words where MiniLM put them
        part.requires_grad_(False)

    intents = sorted({message.intent for message in messages})
    passages = sorted({message.passage_id for message in messages if message.passage_id})
    intent_head = torch.nn.Linear(DIMENSION, len(intents))
    passage_head = torch.nn.Linear(DIMENSION, max(1, len(passages)))
    crisis_head = torch.nn.Linear(DIMENSION, 1)
    crisis_targets = torch.tensor([[float(message.intent.startswith("crisis_"))] for message in messages])
    intent_targets = torch.tensor([intents.index(message.intent) for message in messages])
    passage_targets = torch.tensor([passages.index(message.passage_id) if message.passage_id else -100 for message in messages])
    lengths = [len(message.text) for message in messages]
    heads = [intent_head, passage_head, crisis_head]

    optimizer = torch.optim.AdamW(
        [
            {"params": [parameter for parameter in model.parameters() if parameter.requires_grad], "lr": ENCODER_LEARNING_RATE},
            {"params": [parameter for head in heads for parameter in head.parameters()], "lr": HEAD_LEARNING_RATE},
        ],
        weight_decay=0.01,
    )
    half_precision = torch.cpu.get_capabilities().get("avx512_bf16", False)  # 1.7 times as fast where the processor has it
    steps_per_epoch = -(-len(messages) // BATCH_SIZE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        max_lr=[ENCODER_LEARNING_RATE, HEAD_LEARNING_RATE],
        total_steps=epochs * steps_per_epoch,
        pct_start=0.1,
        anneal_strategy="linear",
    )
    model.train()
    for part in frozen:
        part.eval()
    for epoch in range(epochs):
        total = 0.0
        for step, batch in enumerate(_batches(lengths, shuffler)):
            texts = [_as_thumbs_write(messages[position].text, shuffler) for position in batch]
            features = model.tokenizer(texts, truncation=True, max_length=TRAINING_TOKENS, padding=True, return_tensors="pt")
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half_precision):
                embedding = model(dict(features))["sentence_embedding"].float() * LOGIT_SCALE
            loss = functional.cross_entropy(intent_head(embedding), intent_targets[batch], label_smoothing=0.05)
            loss = loss + CRISIS_WEIGHT * functional.binary_cross_entropy_with_logits(crisis_head(embedding), crisis_targets[batch])
            if (passage_targets[batch] >= 0).any():
                loss = loss + RETRIEVAL_WEIGHT * functional.cross_entropy(
                    passage_head(embedding), passage_targets[batch], label_smoothing=0.05
                )
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
            if step % 20 == 0:
                print(f"\r  encoder: pass {epoch + 1}/{epochs}, batch {step + 1}/{steps_per_epoch}", end="", file=sys.stderr, flush=True)
        print(f"\r  encoder: pass {epoch + 1}/{epochs} done, mean loss {total / steps_per_epoch:.3f}      ", file=sys.stderr, flush=True)
    model.eval()


_SHORT_FORMS = {
    "you": "u", "your": "ur", "are": "r", "to": "2", "for": "4", "what": "wat", "please": "pls", "because": "bc", "with": "w",
    "people": "ppl", "tonight": "2nite", "tomorrow": "tmrw", "how": "hw", "where": "wher", "and": "n", "be": "b", "see": "c",
    "do not": "dont", "going to": "gonna", "want to": "wanna", "about": "abt", "have": "hav", "right now": "rn", "someone": "sum1",
    "que": "q", "porque": "xq", "por": "x", "también": "tmb", "para": "pa", "estoy": "toy", "quiero": "kiero", "como": "komo",
}  # fmt: skip
_SHORTENED = re.compile(rf"\b(?:{'|'.join(_SHORT_FORMS)})\b")
_MARKS = re.compile(r"[.,;:!?¿¡'’]+")


def _as_thumbs_write(text: str, shuffler: random.Random) -> str:
    """Now and then shortens a message as people do in texts, or misspells one of its longer words."""
    if shuffler.random() < SHORTHAND:
        text = _SHORTENED.sub(lambda match: _SHORT_FORMS[match.group()], _MARKS.sub("", text.lower()))
    words = text.split(" ")
    long = [position for position, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    if shuffler.random() >= SLIPS or not long:
        return text
    position = shuffler.choice(long)
    word = words[position]
    at = shuffler.randrange(1, len(word) - 1)
    words[position] = shuffler.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + shuffler.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
        ]
    )
    return " ".join(words)


def _batches(lengths: Sequence[int], shuffler: random.Random) -> list[list[int]]:
    """Shuffled batches of messages of like length, so that little is padded."""
    order = list(range(len(lengths)))
    shuffler.shuffle(order)
    pools = [order[start : start + BATCH_SIZE * 16] for start in range(0, len(order), BATCH_SIZE * 16)]
    batches = []
    for pool in pools:
        pool.sort(key=lambda position: lengths[position])
        batches += [pool[start : start + BATCH_SIZE] for start in range(0, len(pool), BATCH_SIZE)]
    shuffler.shuffle(batches)
    return batches
