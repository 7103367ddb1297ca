"""The paper's claim, put to the test: decoders from nothing on a trained encoder, with and without the consistency loss.

    python3 -m training.ablate --weights public/models/tromr --shards FOLDER --validation FOLDER --minutes 3
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from .ctc import IS_NOTE
from .decoder import PARTS, Course, Memories, all_staves, some, train_decoder
from .evaluate import Tally, read_greedy
from .export import import_model
from .model import Tromr

LONGEST = 48
"""Symbols of a staff at most, so that a decoder from nothing reads within minutes."""


def with_new_decoder(weights: Path, seed: int) -> Tromr:
    """A trained model whose decoder knows nothing."""
    model = import_model(weights, exported=False)
    torch.manual_seed(seed)
    fresh = Tromr(model.dims)
    for name in PARTS:
        setattr(model, name, getattr(fresh, name))
    return model


def contradicts(step: list[int]) -> bool:
    """Whether rhythm, position and accidental of a step do not agree that there is a note."""
    return len({bool(IS_NOTE[step[0]]), step[1] != 0, step[2] != 0}) > 1


@torch.no_grad()
def read_by_itself(model: Tromr, memories: Memories, at_once: int = 24) -> dict[str, float]:
    """Error rate of the decoder's own reading in percent, and of the steps that contradict themselves."""
    tally, said, wrong = Tally(), 0, 0
    for pairs in memories.buckets.values():
        for first in range(0, len(pairs), at_once):
            group = pairs[first : first + at_once]
            _, encoded = memories.batch(group)
            for (staff, _), steps in zip(group, read_greedy(model, encoded, LONGEST * 3 // 2)):
                tally.add(staff.steps.tolist(), steps)
                said += len(steps)
                wrong += sum(map(contradicts, steps))
    return {"ser": tally.rates()["merged"], "contradictions": round(100 * wrong / max(1, said), 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=Path("public/models/tromr"))
    parser.add_argument("--shards", type=Path, nargs="+", required=True)
    parser.add_argument("--validation", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=3.0, help="for each decoder, of one core")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--staves", type=int, default=6000, help="whose memories are kept")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    trained = import_model(arguments.weights, exported=False)
    known, unknown = all_staves(*arguments.shards), all_staves(arguments.validation)
    learnt_from = Memories(trained, known, some(known, arguments.staves, 0), LONGEST)
    measured_with = Memories(trained, unknown, some(unknown, 400, 0), LONGEST)
    for seed in range(1, arguments.seeds + 1):
        for consistency in (1.0, 0.0):
            model = with_new_decoder(arguments.weights, seed)
            course = Course(60 * arguments.minutes, seed, lr=3e-3, consistency=consistency)
            steps = train_decoder(model, learnt_from, course)
            read = read_by_itself(model, measured_with)
            print(json.dumps({"seed": seed, "consistency": consistency, "steps": steps, **read}), flush=True)


if __name__ == "__main__":
    main()
