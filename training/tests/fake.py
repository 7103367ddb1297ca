"""Toy shards drawn with numpy: enough of music to learn something in seconds, no engraver needed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from training.vocabulary import BRANCH_VALUES, LOWEST, RHYTHM

LINES = (48, 56, 64, 72, 80)


def _ellipse(image: np.ndarray, x: float, y: float, a: float, b: float, hollow: bool) -> None:
    rows, columns = np.mgrid[0 : image.shape[0], 0 : image.shape[1]] + 0.5
    r = np.hypot((columns - x) / a, (rows - y) / b)
    image[(r < 1) & ~(hollow & (r < 0.6))] = 0


def draw_staff(random: np.random.Generator, events: int) -> tuple[np.ndarray, list[list[int]], list[float], list[float]]:
    """-> image [128,width], steps, x, y."""
    width = 60 + 26 * events
    image = np.full((128, width), 255, dtype=np.uint8)
    image[list(LINES), 8 : width - 8] = 60
    steps: list[list[int]] = []
    places: list[tuple[float, float]] = []

    def add(rhythm: str, x: float, y: float, position: int = 0, lift: int = 0, joined: int = 0) -> None:
        steps.append([RHYTHM.index(rhythm), position, lift, joined, 0, 0, 0, 0, 0])
        places.append((x, y))

    clef = ("clef-G2", "clef-F4", "clef-C3")[random.integers(3)]
    image[40:90, 14:18] = 0
    _ellipse(image, 20, {"clef-G2": 72, "clef-F4": 52, "clef-C3": 64}[clef], 6, 6, True)
    add(clef, 18, 64)
    x = 46.0
    for _ in range(events):
        kind = random.random()
        if kind < 0.15:
            image[48:81, int(x)] = 0
            add("barline", x, 64)
        elif kind < 0.25:
            image[58:70, int(x) - 2 : int(x) + 3] = 0
            add("rest-quarter", x, 64)
        else:
            duration = ("note-whole", "note-half", "note-quarter", "note-eighth")[random.integers(4)]
            low = int(random.integers(-3, 8))
            heads = [low] if random.random() < 0.7 else [low, low + 2]
            for i, place in enumerate(heads):
                y = 80.5 - 4 * place
                _ellipse(image, x, y, 5, 3.8, duration in ("note-whole", "note-half"))
                if duration != "note-whole":
                    image[int(y) - 26 : int(y), int(x) + 4] = 0
                if duration == "note-eighth" and i == len(heads) - 1:
                    for k in range(8):
                        image[int(y) - 26 + k, int(x) + 4 + k // 2] = 0
                lift = 1
                if random.random() < 0.25:
                    lift = int(random.integers(2, 4))
                    if lift == BRANCH_VALUES["lift"].index("#"):
                        image[int(y) - 5 : int(y) + 6, [int(x) - 11, int(x) - 9]] = 0
                    else:
                        image[int(y) - 8 : int(y) + 4, int(x) - 11] = 0
                        _ellipse(image, x - 9, y, 3, 3, True)
                add(duration, x, y, place - LOWEST + 1, lift, int(i > 0))
        x += 26
    return image, steps, [p[0] for p in places], [p[1] for p in places]


def write_shard(folder: Path, number: int, staves: int, seed: int = 0, events: tuple[int, int] = (3, 12)) -> Path:
    """Write `shard-NNNNN.bin` and `.jsonl` as the renderer does; returns the latter."""
    random = np.random.default_rng((seed, number))
    folder.mkdir(parents=True, exist_ok=True)
    images, lines, offset = [], [], 0
    for _ in range(staves):
        image, steps, x, y = draw_staff(random, int(random.integers(*events)))
        label = {"offset": offset, "width": image.shape[1], "source": "random", "camera": False}
        lines.append(json.dumps({**label, "steps": steps, "x": x, "y": y}))
        images.append(image.tobytes())
        offset += image.size
    name = folder / f"shard-{number:05d}.jsonl"
    name.with_suffix(".bin").write_bytes(b"".join(images))
    temporary = name.with_suffix(".tmp")
    temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
    temporary.rename(name)
    return name
