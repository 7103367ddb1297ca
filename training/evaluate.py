"""Read staves with the draft and with the decoder, greedily, and count the errors.

    python3 -m training.evaluate --weights FILE_OR_FOLDER --shards FOLDER [--limit N]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Callable, NamedTuple, Sequence

import numpy as np
import torch
from torch import Tensor

from .augment import Warp
from .ctc import IS_NOTE
from .data import Batch, Shards, Staff, collate
from .losses import branch_losses
from .model import Encoded, Tromr, branch_logits
from .vocabulary import BEGIN_STEP, BLANK, END, STEP_BRANCHES, triples

Steps = list[list[int]]


def read_draft(model: Tromr, encoded: Encoded, columns: Tensor) -> list[Steps]:
    """Best token of each frame, repeats and blanks removed; the other branches from each token's peak frame."""
    parts = [part.cpu().numpy() for part in model.draft(encoded.memory)]
    rhythm, position, lift = parts[:3]
    note = np.zeros(rhythm.shape[-1], dtype=bool)
    note[: len(IS_NOTE)] = IS_NOTE
    of_note = rhythm[..., note].max(-1) + position[..., 1:].max(-1) + lift[..., 1:].max(-1)
    of_other = np.where(note, -np.inf, rhythm).max(-1)
    is_note = of_note > of_other
    score = np.maximum(of_note, of_other)
    best = np.stack(
        (
            np.where(is_note, np.flatnonzero(note)[rhythm[..., note].argmax(-1)], np.where(note, -np.inf, rhythm).argmax(-1)),
            np.where(is_note, 1 + position[..., 1:].argmax(-1), 0),
            np.where(is_note, 1 + lift[..., 1:].argmax(-1), 0),
        ),
        -1,
    )
    aside = np.stack([part.argmax(-1) for part in parts[3:]], -1)
    readings = []
    for i, count in enumerate(columns.tolist()):
        frames = count * model.dims.slots
        steps: Steps = []
        start = 0
        while start < frames:
            stop = start + 1
            while stop < frames and (best[i, stop] == best[i, start]).all():
                stop += 1
            if best[i, start, 0] != BLANK:
                peak = start + int(score[i, start:stop].argmax())
                steps.append([*best[i, start].tolist(), *aside[i, peak].tolist()])
            start = stop
        readings.append(steps)
    return readings


def read_greedy(model: Tromr, encoded: Encoded, limit: int | None = None) -> list[Steps]:
    """The decoder's most probable step again and again until `end`, with its keys and values kept."""
    batch = encoded.memory.shape[0]
    device = encoded.memory.device
    step = torch.tensor(BEGIN_STEP, device=device).expand(batch, 1, -1)
    place = torch.zeros((batch, 1), dtype=torch.long, device=device)
    memory_kv = model.memory_kv(encoded.memory)
    past: list[Tensor | None] = [None] * len(model.decoder)
    done = torch.zeros(batch, dtype=torch.bool, device=device)
    said = []
    for t in range(limit or model.dims.steps):
        x = model.inputs(step, place, t)
        look = encoded.bias
        for i, block in enumerate(model.decoder_blocks()):
            x, look, past[i] = block(x, memory_kv[i], None, encoded.bias, past[i])
        parts = branch_logits(model.head(model.decoder_norm(x)).float())[:-1]
        step = torch.stack([part.argmax(-1) for part in parts], -1)
        place = look.argmax(-1)
        said.append(step[:, 0])
        done = done | (step[:, 0, 0] == END)
        if bool(done.all()):
            break
    readings = []
    for steps in torch.stack(said, 1).tolist():
        stop = next((i for i, s in enumerate(steps) if s[0] == END), len(steps))
        readings.append(steps[:stop])
    return readings


def edit_distance(a: Sequence[int], b: Sequence[int]) -> int:
    """Least insertions, deletions and substitutions between two sequences of ids."""
    other = np.asarray(b, dtype=np.int64)
    index = np.arange(len(other) + 1)
    row = index.copy()
    for i, symbol in enumerate(a):
        step = np.empty_like(row)
        step[0] = i + 1
        step[1:] = np.minimum(row[:-1] + (other != symbol), row[1:] + 1)
        # an insertion costs 1 more for each place to the right
        row = np.minimum.accumulate(step - index) + index
    return int(row[-1])


_KEYS: dict[str, Callable[[tuple[int, int, int]], object]] = {
    "merged": lambda t: t,
    "rhythm": lambda t: t[0],
    "pitch": lambda t: t[1],
    "lift": lambda t: t[2],
}


class Tally:
    """Errors and symbols so far: sum first, divide once."""

    def __init__(self) -> None:
        self.errors = dict.fromkeys((*_KEYS, *STEP_BRANCHES[4:]), 0)
        self.symbols = 0
        self.steps = 0
        self.perfect = 0
        self.staves = 0

    def add(self, truth: Sequence[Sequence[int]], read: Sequence[Sequence[int]]) -> None:
        wanted, got = triples(truth), triples(read)
        for name, key in _KEYS.items():
            ids: dict[object, int] = {}
            a, b = ([ids.setdefault(key(t), len(ids)) for t in tokens] for tokens in (wanted, got))
            distance = edit_distance(a, b)
            self.errors[name] += distance
            if name == "merged":
                self.perfect += distance == 0
        for i, name in enumerate(STEP_BRANCHES[4:], 4):
            # of what lies apart from the ordinary
            a, b = ([4 * s[i] + 1 for s in steps if s[i] != 0] for steps in (truth, read))
            self.errors[name] += edit_distance(a, b)
        self.symbols += len(wanted)
        self.steps += len(truth)
        self.staves += 1

    def rates(self) -> dict[str, float]:
        """Error rates in percent of the symbols; `perfect` in percent of the staves."""
        rates = {name: round(100 * n / max(1, self.symbols), 2) for name, n in self.errors.items()}
        return {**rates, "perfect": round(100 * self.perfect / max(1, self.staves), 1)}


def batches(shards: Shards, chosen: int | set[int] | None, pixels: int = 9600) -> list[list[Staff]]:
    """The first so many staves, or those of these numbers, or all, in groups of one bucket."""
    members_of = range(chosen) if isinstance(chosen, int) else chosen
    groups = []
    for width, members in sorted(shards.buckets.items()):
        kept = [i for i in members if members_of is None or i in members_of]
        size = max(1, pixels // width)
        groups += [[shards.staves[i] for i in kept[s : s + size]] for s in range(0, len(kept), size)]
    return groups


class Report(NamedTuple):
    draft: dict[str, float]
    decoder: dict[str, float]
    teacher: dict[str, float]
    """Cross entropy of each branch when the decoder is told the truth of the steps before."""
    staves: int

    def plain(self) -> dict:
        return self._asdict()


@torch.no_grad()
def evaluate(
    model: Tromr, shards: Shards, limit: int | None = None, decoder: bool = True, warp: Warp | None = None
) -> Report:
    """Error rates of both readings, of staves warped alike if so asked; the draft alone is several times faster."""
    draft, greedy = Tally(), Tally()
    losses, count = torch.zeros(len(STEP_BRANCHES)), 0
    device = model.column_positions.device
    for staves in batches(shards, limit):
        batch: Batch = collate(shards, staves, warp=warp).to(device)
        encoded = model.encode(batch.ink, batch.columns)
        logits, _ = model.decode(encoded, batch.inputs, batch.input_places)
        losses += branch_losses(logits, batch.targets)[0].cpu() * len(staves)
        count += len(staves)
        longest = min(model.dims.steps, int(batch.lengths.max()) * 3 // 2 + 8)
        read = read_greedy(model, encoded, longest) if decoder else [[] for _ in staves]
        for staff, drafted, decoded in zip(staves, read_draft(model, encoded, batch.columns), read):
            draft.add(staff.steps.tolist(), drafted)
            greedy.add(staff.steps.tolist(), decoded)
    teacher = {name: round(float(loss) / max(1, count), 4) for name, loss in zip(STEP_BRANCHES, losses)}
    return Report(draft.rates(), greedy.rates(), teacher, count)


def main() -> None:
    from .export import load_weights

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="checkpoint, or folder of exported weights")
    parser.add_argument("--shards", type=Path, nargs="+", required=True)
    parser.add_argument("--limit", type=int)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    shards = Shards(arguments.shards)
    shards.load(shards.present())
    report = evaluate(load_weights(arguments.weights).eval(), shards, arguments.limit)
    print(json.dumps(report.plain(), indent=1))


if __name__ == "__main__":
    main()
