"""Train the decoder alone: what the encoder makes of the staves is computed once, and a step costs a fifth.

    python3 -m training.decoder --weights public/models/tromr --shards FOLDER --out FOLDER --minutes 10 --seeds 2

Each seed learns from its own draw of the staves, in a process of its own; what is exported is the mean of their weights.
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.multiprocessing as mp
from torch import Tensor, nn

from .data import Batch, Shards, Staff, bucket_width, collate, spoil_inputs
from .evaluate import batches
from .export import export_model, import_model, training_of
from .losses import decoder_parts, total
from .model import Encoded, Tromr
from .optimiser import FlatAdamW
from .train import Settings, fast_bfloat16, learning_rate, own_inputs

PARTS = ("embed", "decoder", "decoder_norm", "head")
"""Modules of the model that are the decoder's alone."""
WARMUP = 100


class Memories:
    """What a trained encoder makes of staves of at most `longest` symbols: computed once, read again and again."""

    def __init__(self, model: Tromr, shards: Shards, chosen: set[int], longest: int):
        self.shards = shards
        self.buckets: dict[int, list[tuple[Staff, Tensor]]] = {}
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=fast_bfloat16()):
            for staves in batches(shards, chosen):
                batch = collate(shards, staves)
                memory = model.encode(batch.ink, batch.columns).memory.bfloat16()
                kept = [pair for pair in zip(staves, memory) if len(pair[0].steps) <= longest]
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


class Course(NamedTuple):
    """How a decoder learns."""

    seconds: float
    """Of this process's time on a core."""
    seed: int
    lr: float = 1e-3
    average: float = 0.997
    consistency: float = 1.0
    sampling: float = 0.25
    """Share of the inputs that the decoder says itself."""


def train_decoder(model: Tromr, memories: Memories, course: Course) -> int:
    """Half a cosine of the learning rate; returns the steps. The decoder's weights end as their running mean."""
    settings = Settings(consistency=course.consistency, lr=course.lr, warmup=WARMUP, average=course.average)
    optimiser = FlatAdamW(nn.ModuleList(getattr(model, name) for name in PARTS), decay=settings.decay)
    start, step, over = time.process_time(), 0, 0.0
    while over < 1:
        random = np.random.default_rng((course.seed, step))
        batch, encoded = memories.draw(random, settings.pixels)
        batch = spoil_inputs(batch, settings.noise, random)
        with torch.autocast("cpu", torch.bfloat16, enabled=settings.half):
            inputs, places = own_inputs(model, encoded, batch, course.sampling, random)
            loss = total(decoder_parts(model, batch, settings.weights, inputs, places, encoded))
        optimiser.zero()
        loss.backward()
        ratio = min(1.0, settings.clip / (optimiser.norm() + 1e-9))
        average = min(settings.average, (1 + step) / (10 + step))
        optimiser.step(learning_rate(settings, step, over), ratio, average)
        step += 1
        over = (time.process_time() - start) / course.seconds
    optimiser.weights.copy_(optimiser.average)
    return step


def all_staves(*folders: Path) -> Shards:
    shards = Shards(folders)
    shards.load(shards.present())
    return shards


def some(shards: Shards, count: int, seed: int) -> set[int]:
    """Numbers of `count` staves, drawn at random."""
    return set(np.random.default_rng(seed).permutation(len(shards.staves))[:count].tolist())


def _learn(rank: int, arguments: argparse.Namespace, folder: Path) -> None:
    torch.set_num_threads(1)
    model = import_model(arguments.weights, exported=False)
    shards = all_staves(*arguments.shards)
    memories = Memories(model, shards, some(shards, arguments.staves, rank), arguments.longest)
    steps = train_decoder(model, memories, Course(60 * arguments.minutes, rank))
    torch.save({"steps": steps, "model": model.state_dict()}, folder / f"seed-{rank}.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=Path("public/models/tromr"))
    parser.add_argument("--shards", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder for the exported weights")
    parser.add_argument("--minutes", type=float, default=10.0, help="of a core, for each seed")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--staves", type=int, default=9000, help="whose memories each seed keeps")
    parser.add_argument("--longest", type=int, default=110, help="symbols of a staff at most")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    mp.spawn(_learn, (arguments, arguments.out), nprocs=arguments.seeds)
    learnt = [torch.load(arguments.out / f"seed-{rank}.pt") for rank in range(arguments.seeds)]
    model = import_model(arguments.weights, exported=False)
    model.load_state_dict({name: torch.stack([one["model"][name] for one in learnt]).mean(0) for name in learnt[0]["model"]})
    training = {
        "part": "decoder",
        "minutes": arguments.minutes * arguments.seeds,
        "steps": [one["steps"] for one in learnt],
        "staves": arguments.staves * arguments.seeds,
        "longest": arguments.longest,
        "before": training_of(arguments.weights),
    }
    export_model(model, arguments.out, training, {})


if __name__ == "__main__":
    main()
