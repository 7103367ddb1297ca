"""Does a beam pay? The decoder alone, greedily and with beams, on the same staves: errors and time.

    python3 -m training.beam --weights public/models/tromr --shards FOLDER [--staves 100] [--beams 1 2 4]
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import torch
from torch import Tensor

from .data import collate
from .decoder import all_staves
from .evaluate import Steps, Tally, batches
from .export import load_weights
from .model import Encoded, Tromr, branch_logits
from .vocabulary import BEGIN_STEP, END


def candidates(parts: list[Tensor]) -> tuple[Tensor, Tensor]:
    """For each hypothesis its likeliest step, and that step with the second value of one branch: steps [B,10,9], log p [B,10]."""
    tops = [part.topk(2, -1) for part in parts]
    first = torch.stack([top.indices[:, 0] for top in tops], -1)
    second = torch.stack([top.indices[:, 1] for top in tops], -1)
    gains = torch.stack([top.values[:, 1] - top.values[:, 0] for top in tops], -1)
    whole = torch.stack([top.values[:, 0] for top in tops], -1).sum(-1, keepdim=True)
    swapped = torch.eye(len(parts), dtype=torch.bool)
    steps = torch.where(swapped, second[:, None], first[:, None])
    return torch.cat((first[:, None], steps), 1), torch.cat((whole, whole + gains), 1)


@torch.no_grad()
def read_with_beam(model: Tromr, encoded: Encoded, beam: int, limit: int) -> Steps:
    """The likeliest reading of one staff that a beam finds; log probability a step decides between ended ones."""
    memory_kv = model.memory_kv(encoded.memory)
    past: list[Tensor | None] = [None] * len(model.decoder)
    step = torch.tensor(BEGIN_STEP)[None, None]
    place = torch.zeros((1, 1), dtype=torch.long)
    scores = torch.zeros(1)
    said: list[Steps] = [[]]
    best: tuple[float, Steps] = (-torch.inf, [])
    for t in range(limit):
        alive = len(said)
        x = model.inputs(step, place, t)
        look = encoded.bias
        for i, block in enumerate(model.decoder_blocks()):
            x, look, past[i] = block(x, memory_kv[i].expand(alive, -1, -1), None, encoded.bias, past[i])
        parts = [part[:, 0].log_softmax(-1) for part in branch_logits(model.head(model.decoder_norm(x)).float())[:-1]]
        steps, gains = candidates(parts)
        total = scores[:, None] + gains
        order = total.flatten().topk(min(beam, total.numel())).indices.tolist()
        chosen: list[tuple[int, int]] = []
        for index in order:
            parent, which = divmod(index, total.shape[1])
            if int(steps[parent, which, 0]) != END:
                chosen.append((parent, which))
            elif (mean := float(total[parent, which]) / (t + 1)) > best[0]:
                best = (mean, said[parent])
        # Nothing alive can still win once all of the beam has ended or is likelier to have ended already.
        if not chosen or (best[1] and max(float(total[p, w]) for p, w in chosen) / (t + 1) < best[0]):
            return best[1]
        parents = torch.tensor([parent for parent, _ in chosen])
        past = [None if kv is None else kv[parents] for kv in past]
        step = torch.stack([steps[parent, which] for parent, which in chosen])[:, None]
        place = look.argmax(-1)[parents]
        scores = torch.stack([total[parent, which] for parent, which in chosen])
        said = [[*said[parent], steps[parent, which].tolist()] for parent, which in chosen]
    return best[1] or said[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=Path("public/models/tromr"))
    parser.add_argument("--shards", type=Path, nargs="+", required=True)
    parser.add_argument("--staves", type=int, default=100)
    parser.add_argument("--beams", type=int, nargs="+", default=[1, 2, 4])
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    model = load_weights(arguments.weights).eval()
    shards = all_staves(*arguments.shards)
    chosen = [staff for group in batches(shards, arguments.staves) for staff in group]
    with torch.no_grad():
        encoded = []
        for staff in chosen:
            batch = collate(shards, [staff])
            encoded.append(model.encode(batch.ink, batch.columns))
    for beam in arguments.beams:
        tally, before = Tally(), time.perf_counter()
        for staff, memory in zip(chosen, encoded):
            tally.add(staff.steps.tolist(), read_with_beam(model, memory, beam, len(staff.steps) * 3 // 2 + 8))
        seconds = (time.perf_counter() - before) / len(chosen)
        print(json.dumps({"beam": beam, "ser": tally.rates()["merged"], "seconds a staff": round(seconds, 3)}), flush=True)


if __name__ == "__main__":
    main()
