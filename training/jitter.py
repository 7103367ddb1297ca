"""How far off may the crop be? Errors of both readings when staves are moved, stretched or tilted by fixed amounts.

    python3 -m training.jitter --weights public/models/tromr --shards FOLDER [--staves 200]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from .augment import Warp
from .decoder import all_staves
from .evaluate import evaluate
from .export import load_weights

STILL = Warp(sx=1, sy=1, dx=0, dy=0, shear=0, tilt=0, middle=0)


def warps() -> list[tuple[str, Warp]]:
    """Names and warps; a staff space has 8 px, and tilt is told by the rows between a staff's ends 100 spaces apart."""
    moved = [(f"down {dy:+} px", STILL._replace(dy=dy)) for dy in (-4, -2, -1, 1, 2, 4)]
    taller = [(f"height x {sy}", STILL._replace(sy=sy)) for sy in (0.92, 0.96, 1.04, 1.08)]
    wider = [(f"width x {sx}", STILL._replace(sx=sx)) for sx in (0.9, 0.95, 1.05, 1.1)]
    leaning = [(f"leaning {shear}", STILL._replace(shear=shear)) for shear in (-0.1, 0.1)]
    tilted = [(f"tilted {rows} px", STILL._replace(tilt=rows / 800, middle=400)) for rows in (3, 6)]
    return [("as found", STILL), *moved, *taller, *wider, *leaning, *tilted]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=Path("public/models/tromr"))
    parser.add_argument("--shards", type=Path, nargs="+", required=True)
    parser.add_argument("--staves", type=int, default=200)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    model = load_weights(arguments.weights).eval()
    shards = all_staves(*arguments.shards)
    for name, warp in warps():
        report = evaluate(model, shards, arguments.staves, warp=warp)
        print(json.dumps({"crop": name, "draft": report.draft["merged"], "decoder": report.decoder["merged"]}), flush=True)


if __name__ == "__main__":
    main()
