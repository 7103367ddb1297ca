"""The paper's claim, put to the test: decoders from nothing on a trained encoder, with and without the consistency loss.

    python3 -m training.ablate --weights public/models/tromr --shards FOLDER --validation FOLDER --minutes 4

What the encoder makes of the staves is computed once, so that a decoder learns to read within minutes of one core.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .ctc import IS_NOTE
from .data import Batch, Shards, Staff, bucket_width, collate, spoil_inputs
from .evaluate import Tally, batches, read_greedy
from .export import import_model
from .losses import decoder_parts, total
from .model import Encoded, Tromr
from .optimiser import FlatAdamW
from .train import Settings, own_inputs

LONGEST = 48
"""Symbols of a staff at most, so that a decoder from nothing reads within minutes."""


class Memories:
    """What a trained encoder makes of staves: computed once, read again and again."""

    def __init__(self, model: Tromr, shards: Shards, limit: int):
        self.shards = shards
        self.buckets: dict[int, list[tuple[Staff, Tensor]]] = {}
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for staves in batches(shards, limit):
                batch = collate(shards, staves)
                memory = model.encode(batch.ink, batch.columns).memory.bfloat16()
                kept = [pair for pair in zip(staves, memory) if len(pair[0].steps) <= LONGEST]
                self.buckets.setdefault(bucket_width(staves[0].width), []).extend(kept)
        self.buckets = {width: pairs for width, pairs in self.buckets.items() if pairs}

    def batch(self, pairs: list[tuple[Staff, Tensor]]) -> tuple[Batch, Encoded]:
        batch = collate(self.shards, [staff for staff, _ in pairs])
        memory = torch.stack([memory for _, memory in pairs]).float()
        hidden = torch.arange(memory.shape[1]) >= batch.columns[:, None]
        bias = torch.zeros(hidden.shape).masked_fill(hidden, -math.inf)[:, None, None]
        return batch, Encoded(memory, memory, bias)

    def draw(self, random: np.random.Generator, pixels: int) -> tuple[Batch, Encoded]:
        widths = sorted(self.buckets)
        shares = np.array([len(self.buckets[width]) * width for width in widths], dtype=float)
        width = widths[random.choice(len(widths), p=shares / shares.sum())]
        pairs = self.buckets[width]
        return self.batch([pairs[i] for i in random.integers(0, len(pairs), max(1, pixels // width))])


def with_new_decoder(weights: Path, seed: int) -> tuple[Tromr, nn.Module]:
    """A trained model whose decoder knows nothing, and that decoder."""
    model = import_model(weights, exported=False)
    torch.manual_seed(seed)
    fresh = Tromr(model.dims)
    parts = ("embed", "decoder", "decoder_norm", "head")
    for name in parts:
        setattr(model, name, getattr(fresh, name))
    return model, nn.ModuleList(getattr(model, name) for name in parts)


def train_decoder(
    model: Tromr, decoder: nn.Module, memories: Memories, seed: int, consistency: float, seconds: float
) -> int:
    """Half a cosine of the learning rate over so much time of this core; returns the steps. The weights end as their mean."""
    settings = Settings(consistency=consistency)
    optimiser = FlatAdamW(decoder, decay=settings.decay)
    start, step, over = time.process_time(), 0, 0.0
    while over < 1:
        random = np.random.default_rng((seed, step))
        batch, encoded = memories.draw(random, settings.pixels)
        batch = spoil_inputs(batch, settings.noise, random)
        with torch.autocast("cpu", torch.bfloat16):
            inputs, places = own_inputs(model, encoded, batch, 0.25 * over, random)
            loss = total(decoder_parts(model, batch, settings.weights, inputs, places, encoded))
        optimiser.zero()
        loss.backward()
        rate = settings.lr * min(1.0, (step + 1) / 100) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * over)))
        optimiser.step(rate, min(1.0, settings.clip / (optimiser.norm() + 1e-9)), min(0.99, (1 + step) / (10 + step)))
        step += 1
        over = (time.process_time() - start) / seconds
    optimiser.weights.copy_(optimiser.average)
    return step


def contradicts(step: list[int]) -> bool:
    """Whether rhythm, position and accidental of a step do not agree that there is a note."""
    return len({bool(IS_NOTE[step[0]]), step[1] != 0, step[2] != 0}) > 1


@torch.no_grad()
def read_by_itself(model: Tromr, memories: Memories, at_once: int = 24) -> dict[str, float]:
    """Error rate of the decoder's own reading in percent, and of the steps that contradict themselves."""
    tally, said, wrong = Tally(), 0, 0
    for pairs in memories.buckets.values():
        for first in range(0, len(pairs), at_once):
            some = pairs[first : first + at_once]
            _, encoded = memories.batch(some)
            for (staff, _), steps in zip(some, read_greedy(model, encoded, LONGEST * 3 // 2)):
                tally.add(staff.steps.tolist(), steps)
                said += len(steps)
                wrong += sum(map(contradicts, steps))
    return {"ser": tally.rates()["merged"], "contradictions": round(100 * wrong / max(1, said), 3)}


def folder(path: Path) -> Shards:
    shards = Shards([path])
    shards.load(shards.present())
    return shards


def compare(arguments: argparse.Namespace) -> None:
    trained = import_model(arguments.weights, exported=False)
    known = Memories(trained, folder(arguments.shards), arguments.staves)
    unknown = Memories(trained, folder(arguments.validation), 400)
    for seed in range(1, arguments.seeds + 1):
        for consistency in (1.0, 0.0):
            model, decoder = with_new_decoder(arguments.weights, seed)
            steps = train_decoder(model, decoder, known, seed, consistency, 60 * arguments.minutes)
            read = read_by_itself(model, unknown)
            print(json.dumps({"seed": seed, "consistency": consistency, "steps": steps, **read}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=Path("public/models/tromr"))
    parser.add_argument("--shards", type=Path, required=True)
    parser.add_argument("--validation", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=4.0, help="for each variant, of one core")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--staves", type=int, default=6000, help="whose memories are kept")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    compare(arguments)


if __name__ == "__main__":
    main()
