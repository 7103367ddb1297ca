"""Goldens of every stage for the TypeScript side.

    python3 -m training.goldens            the tiny model with fixed weights
    python3 -m training.goldens --shipped  one short staff with the exported weights
"""

from __future__ import annotations

import argparse
import base64
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .data import BUCKET_PX, bucket_width
from .evaluate import read_draft, read_greedy
from .export import export_model, import_model
from .model import COLUMN_PX, Dimensions, Tromr
from .vocabulary import BEGIN_STEP, ROOT, STEP_SIZES, NOTE_RHYTHMS

FOLDER = ROOT / "src" / "inference" / "tromr" / "goldens"
TINY = Dimensions(
    stem=(4, 6, 8, 8),
    width=16,
    heads=2,
    encoder_layers=2,
    encoder_hidden=24,
    decoder_layers=2,
    decoder_hidden=20,
    columns=40,
    steps=32,
    slots=2,
)
GREEDY_STEPS = 12
DRAFT_STRIDE = 4
"""Of the draft only every fourth column is kept, of the stages every fourth row and column: goldens stay small."""
STAGES = ("c1", "c2", "r2", "c3", "r3", "c4", "r4")


def sketch(random: np.random.Generator, width: int) -> np.ndarray:
    """A grey picture [128,width] with lines and blots, music enough for a model without training."""
    image = random.integers(225, 256, (128, width)).astype(np.uint8)
    image[[48, 56, 64, 72, 80]] = 70
    for _ in range(width // 14):
        row, column = random.integers(36, 92), random.integers(8, width - 10)
        image[row : row + 7, column : column + 9] = random.integers(0, 90)
        image[max(0, row - 24) : row, column + 8] = 20
    return image


def packed(values: Tensor) -> dict:
    """Shape and base64 of little-endian float32."""
    data = values.detach().float().contiguous().numpy().astype("<f4").tobytes()
    return {"shape": list(values.shape), "data": base64.b64encode(data).decode()}


def random_steps(random: np.random.Generator, count: int) -> list[list[int]]:
    steps = [[int(random.integers(3, STEP_SIZES[0])), *(int(random.integers(size)) for size in STEP_SIZES[1:])]]
    for _ in range(count - 1):
        note = [int(random.choice(NOTE_RHYTHMS)), int(random.integers(1, STEP_SIZES[1])), 1, 0, 0, 0, 0, 0, 0]
        steps.append(note)
    return steps


@torch.no_grad()
def golden(model: Tromr, images: list[np.ndarray], steps: list[list[list[int]]], places: list[list[int]]) -> dict:
    """Every stage for a batch of staves: what TypeScript must compute from the same weights and pixels.

    steps: what the decoder is fed after `begin`, equally many for each staff; places: the column of each input, that of `begin` included.
    """
    batch_width = bucket_width(max(image.shape[1] for image in images))
    ink = torch.zeros(len(images), 1, 128, batch_width)
    for i, image in enumerate(images):
        ink[i, 0, :, : image.shape[1]] = 1 - torch.from_numpy(image.astype(np.float32)) / 255
    columns = torch.tensor([-(-image.shape[1] // COLUMN_PX) for image in images])
    small = model.dims == TINY
    named = list(zip(STAGES, model.stem.stages(ink))) if small else []
    encoded = model.encode(ink, columns)
    draft = model.draft_head(encoded.memory).view(len(images), encoded.memory.shape[1], model.dims.slots, -1)
    begin = torch.tensor(BEGIN_STEP).expand(len(images), 1, -1)
    inputs = torch.cat((begin, torch.tensor(steps)), 1)
    logits, looks = model.decode(encoded, inputs, torch.tensor(places))
    return {
        "images": [
            {"width": image.shape[1], "rows": image.shape[0], "pixels": base64.b64encode(image.tobytes()).decode()}
            for image in images
        ],
        "batchWidth": batch_width,
        "stages": {name: packed(values[:1, :, ::4, ::4].permute(0, 2, 3, 1)) for name, values in named},
        "stem": packed(named[-1][1].permute(0, 2, 3, 1)) if small else None,
        "memory": packed(encoded.memory),
        "draft": packed(draft[:, ::DRAFT_STRIDE]),
        "draftStride": DRAFT_STRIDE,
        "drafted": read_draft(model, encoded, columns),
        "teacher": {
            "steps": steps,
            "places": places,
            "logits": packed(logits),
            "attention": packed(torch.stack(looks)),
        },
        "greedy": read_greedy(model, encoded, GREEDY_STEPS if small else None),
        "greedySteps": GREEDY_STEPS if small else model.dims.steps,
    }


def tiny_model() -> Tromr:
    """Small dimensions, fixed weights with biases and gains away from their initial values."""
    torch.manual_seed(20)
    model = Tromr(TINY)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith("gain") or "norm" in name:
                parameter.add_(0.2 * torch.randn_like(parameter))
            elif parameter.ndim == 1:
                parameter.add_(0.1 * torch.randn_like(parameter))
            elif ".q" in name or ".kv" in name:
                parameter.mul_(2)
    return model


def _write(file: Path, value: dict) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{file}: {file.stat().st_size / 1000:.0f} kB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--shipped", action="store_true")
    parser.add_argument("--weights", type=Path, default=ROOT / "public" / "models" / "tromr")
    parser.add_argument("--staff", type=Path, help="a shard whose narrowest staff stands for the shipped golden")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    random = np.random.default_rng(5)
    if arguments.shipped:
        from .data import Shards

        model = import_model(arguments.weights)
        image, steps, places = sketch(random, 2 * BUCKET_PX), random_steps(random, 4), [0, 3, 6, 9, 12]
        if arguments.staff:
            shards = Shards([arguments.staff.parent])
            shards.load([str(arguments.staff)])
            staff = min(shards.staves, key=lambda s: s.width)
            image, steps = shards.image(staff), staff.steps.tolist()
            places = [0, *(int(x) // COLUMN_PX for x in staff.x)]
        _write(arguments.out / "shipped" / "golden.json", golden(model, [image], [steps], [places]))
        return
    export_model(tiny_model(), arguments.out / "tiny", {"note": "fixed weights, never trained"}, {})
    model = import_model(arguments.out / "tiny")
    images = [sketch(random, width) for width in (90, 128)]
    steps = [random_steps(random, 5) for _ in images]
    _write(arguments.out / "tiny" / "golden.json", golden(model, images, steps, [[0, 2, 2, 5, 9, 10], [0, 1, 4, 8, 8, 12]]))


if __name__ == "__main__":
    main()
