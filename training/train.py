"""Train TrOMR on packed shards.

    python3 -m training.train --run FOLDER --shards FOLDER… [--validation FOLDER…] --minutes 600
    python3 -m training.train --run FOLDER --resume
    python3 -m training.train --run FOLDER --from-export public/models/tromr --shards …

Settings of a run are kept in its folder; `--resume` takes them up again, and any that are given anew replace them.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import signal
import socket
import time
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import Tensor

from .data import Batch, Shards, collate, draw, spoil_inputs
from .evaluate import evaluate
from .export import import_model, training_of
from .losses import Weights, decoder_parts, encoder_parts, total
from .model import SIZES, Dimensions, Encoded, Tromr, branch_logits
from .optimiser import FlatAdamW


def cache_folder() -> Path:
    """Where shards and runs live, outside the tree."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "scoreline"


def fast_bfloat16() -> bool:
    """Whether this machine multiplies bfloat16: a processor that does not takes twenty times as long for it as for float32."""
    processor = Path("/proc/cpuinfo")
    return torch.cuda.is_available() or (processor.exists() and "bf16" in processor.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Settings:
    """Settings of a run, each an option of the command line of the same name."""

    shards: tuple[str, ...] = (str(cache_folder() / "shards"),)
    validation: tuple[str, ...] = ()
    size: str = "usual"  # of a model from nothing: half, usual or double
    procs: int = 1
    device: str = "cuda" if torch.cuda.is_available() else "cpu"
    minutes: float = 60.0
    steps: int = 0  # instead of minutes, if not 0
    pixels: int = 4800  # columns of pixels in a batch of one process
    lr: float = 1.2e-3
    warmup: int = 300
    clip: float = 2.0
    decay: float = 0.02
    average: float = 0.998
    noise: float = 0.1
    sampling: float = 0.0  # share of decoder inputs that the model says itself, at the end of the run
    sampling_start: float = 0.2  # share of the run after which that begins
    consistency: float = 1.0
    guide: float = 0.3
    ctc: float = 0.5
    dense: float = 0.3
    smoothing: float = 0.0
    augment: bool = True
    half: bool = fast_bfloat16()  # bfloat16 arithmetic where it is safe
    stem_rests: float = 0.0  # share of the run in which the stem stays as it is, so that a step costs half
    checkpoint_minutes: float = 3.0
    evaluate_minutes: float = 10.0
    evaluate_staves: int = 200
    seed: int = 1

    @property
    def weights(self) -> Weights:
        return Weights(
            consistency=self.consistency, guide=self.guide, ctc=self.ctc, dense=self.dense, smoothing=self.smoothing
        )


CHECKPOINT = "checkpoint.pt"
LOG = "log.jsonl"
LOG_STEPS = 50
SCAN_STEPS = 50
LEAST_LR = 0.01
MEETING_STEPS = 25
"""Steps that each process makes by itself before they average (local SGD, arXiv 1805.09767): meeting each step costs 7 % of the staves."""


def progress(settings: Settings, step: int, seconds: float) -> float:
    """How much of the run is over, 0…1."""
    done = step / settings.steps if settings.steps else seconds / (60 * settings.minutes)
    return min(1.0, done)


def learning_rate(settings: Settings, step: int, over: float) -> float:
    """Linear warm-up, then half a cosine."""
    cosine = LEAST_LR + (1 - LEAST_LR) * 0.5 * (1 + math.cos(math.pi * over))
    return settings.lr * min(1.0, (step + 1) / settings.warmup) * cosine


def sampling_rate(settings: Settings, over: float) -> float:
    """Share of decoder inputs that the model says itself: 0 at first, then rising linearly to the end."""
    ramp = (over - settings.sampling_start) / max(1e-6, 1 - settings.sampling_start)
    return settings.sampling * max(0.0, ramp)


@torch.no_grad()
def own_inputs(
    model: Tromr, encoded: Encoded, batch: Batch, rate: float, random: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Scheduled sampling in parallel: some inputs become what a first, teacher-forced pass says (arXiv 1906.04331)."""
    logits, looks = model.decode(encoded, batch.inputs, batch.input_places)
    said = torch.stack([part.argmax(-1) for part in branch_logits(logits)[:-1]], -1)
    seen = looks[-1].argmax(-1)
    chosen = torch.from_numpy(random.random(seen.shape) < rate).to(seen.device)[:, 1:] & batch.known[:, :-1]
    inputs, places = batch.inputs.clone(), batch.input_places.clone()
    inputs[:, 1:] = torch.where(chosen[..., None], said[:, :-1], inputs[:, 1:])
    places[:, 1:] = torch.where(chosen, seen[:, :-1], places[:, 1:])
    # Autocast keeps the weights that it cast here, without their gradients, for the pass that is to learn.
    torch.clear_autocast_cache()
    return inputs, places


class Run:
    """One process of a training run."""

    def __init__(self, folder: Path, settings: Settings, rank: int, start: Path | None):
        self.folder, self.settings, self.rank = folder, settings, rank
        self.device = torch.device(settings.device)
        torch.manual_seed(settings.seed)
        self.model = (import_model(start, exported=False) if start else Tromr(SIZES[settings.size])).to(self.device)
        self.optimiser = FlatAdamW(self.model, decay=settings.decay)
        self.shards = Shards(Path(name) for name in settings.shards)
        self.before = training_of(start) if start else None
        self.step = 0
        self.seconds = 0.0
        self.staves = 0
        if (folder / CHECKPOINT).exists():
            state = torch.load(folder / CHECKPOINT, map_location="cpu")
            self.optimiser.load(state["optimiser"])
            self.step, self.seconds, self.staves = state["step"], state["seconds"], state["staves"]
            self.before = state["before"]

    def scan(self) -> None:
        """Take in new shards; all processes the same ones."""
        names = [self.shards.present() if self.rank == 0 else []]
        if self.settings.procs > 1:
            dist.broadcast_object_list(names, 0)
        self.shards.load(names[0])

    def train_step(self) -> dict[str, float]:
        """One update. Returns the parts of the loss."""
        settings = self.settings
        over = progress(settings, self.step, self.seconds)
        random = np.random.default_rng((settings.seed, self.step, self.rank, 1))
        staves = draw(self.shards, settings.pixels, settings.seed, self.step, self.rank, settings.procs)
        batch = collate(self.shards, staves, random if settings.augment else None)
        batch = (spoil_inputs(batch, settings.noise, random) if settings.noise > 0 else batch).to(self.device)
        stem_learns = over >= settings.stem_rests
        self.optimiser.decay = settings.decay if stem_learns else 0.0  # or the resting stem would shrink
        with torch.autocast(self.device.type, torch.bfloat16, enabled=settings.half):
            encoded = self.model.encode(batch.ink, batch.columns, stem_learns)
            rate = sampling_rate(settings, over)
            inputs, places = batch.inputs, batch.input_places
            if rate > 0:
                inputs, places = own_inputs(self.model, encoded, batch, rate, random)
            parts = {
                **decoder_parts(self.model, batch, settings.weights, inputs, places, encoded),
                **encoder_parts(self.model, batch, settings.weights, encoded),
            }
            loss = total(parts)
        self.optimiser.zero()
        loss.backward()
        norm = self.optimiser.norm()
        ratio = min(1.0, settings.clip / (norm + 1e-9))
        average = min(settings.average, (1 + self.step) / (10 + self.step))
        if math.isfinite(norm):
            self.optimiser.step(learning_rate(settings, self.step, over), ratio, average)
        self.step += 1
        self.staves += len(staves) * settings.procs
        return {**{name: float(part.detach()) for name, part in parts.items()}, "norm": norm}

    def meet(self, stop: bool) -> bool:
        """Average weights, moments and clocks over the processes; returns whether one of them is to stop."""
        if self.settings.procs == 1:
            return stop
        told = torch.tensor([self.seconds, float(stop)])
        for tensor in (told, *self.optimiser.buffers()):
            dist.all_reduce(tensor)
            tensor.div_(self.settings.procs)
        self.seconds = float(told[0])
        return bool(told[1] > 0)

    def save(self) -> None:
        """Write the checkpoint atomically."""
        if self.rank != 0:
            return
        state = {
            "optimiser": self.optimiser.state(),
            "dimensions": self.model.dims.plain(),
            "step": self.step,
            "seconds": self.seconds,
            "staves": self.staves,
            "settings": asdict(self.settings),
            "distinct": len(self.shards.staves),
            "before": self.before,
        }
        temporary = self.folder / (CHECKPOINT + ".tmp")
        torch.save(state, temporary)
        temporary.replace(self.folder / CHECKPOINT)

    def log(self, **entry: object) -> None:
        if self.rank == 0:
            line = json.dumps({"step": self.step, "seconds": round(self.seconds, 1), "staves": self.staves, **entry})
            with (self.folder / LOG).open("a", encoding="utf-8") as file:
                file.write(line + "\n")
            print(line, flush=True)

    def evaluate(self, validation: Shards) -> None:
        if self.rank != 0 or not validation.folders:
            return
        validation.load(validation.present())
        if not validation.staves:
            return
        with self.optimiser.averaged():
            report = evaluate(self.model, validation, self.settings.evaluate_staves)
        self.log(evaluation=report.plain())


def _train(
    rank: int, folder: Path, settings: Settings, start: Path | None, port: int, stop_after: int | None = None
) -> None:
    torch.set_num_threads(1)
    if settings.procs > 1:
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
        dist.init_process_group("gloo", rank=rank, world_size=settings.procs)
    run = Run(folder, settings, rank, start)
    validation = Shards(Path(name) for name in settings.validation)
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda signum, _: stopping.append(signum))
    run.scan()
    while not run.shards.staves:
        time.sleep(5)
        run.scan()
    sums: dict[str, float] = {}
    saved = evaluated = run.seconds
    logged, logged_staves = time.monotonic(), run.staves
    clock = time.monotonic()
    over = progress(settings, run.step, run.seconds) >= 1
    while not over:
        if run.step % SCAN_STEPS == 0:
            run.scan()
        for name, value in run.train_step().items():
            sums[name] = sums.get(name, 0.0) + value
        now = time.monotonic()
        run.seconds += now - clock
        clock = now
        if run.step % LOG_STEPS == 0:
            rate = (run.staves - logged_staves) / (now - logged)
            means = {name: round(value / LOG_STEPS, 4) for name, value in sums.items()}
            lr = learning_rate(settings, run.step, progress(settings, run.step, run.seconds))
            run.log(loss=means, lr=round(lr, 6), rate=round(rate, 2), distinct=len(run.shards.staves))
            sums, logged, logged_staves = {}, now, run.staves
        if run.seconds - evaluated >= 60 * settings.evaluate_minutes:
            run.evaluate(validation)
            evaluated = run.seconds
        last = run.step in (settings.steps, stop_after)
        if settings.procs == 1 or last or run.step % MEETING_STEPS == 0:
            over = run.meet(bool(stopping)) or last or progress(settings, run.step, run.seconds) >= 1
        if run.seconds - saved >= 60 * settings.checkpoint_minutes:
            run.save()
            saved = run.seconds
    run.save()
    run.evaluate(validation)
    if settings.procs > 1:
        dist.barrier()
        dist.destroy_process_group()


def load_averaged(file: Path) -> Tromr:
    """The model of a checkpoint (or of a run's folder) with the running mean of its weights."""
    state = torch.load(file / CHECKPOINT if file.is_dir() else file, map_location="cpu")
    model = Tromr(Dimensions.of(state["dimensions"]))
    optimiser = FlatAdamW(model)
    optimiser.load(state["optimiser"])
    optimiser.weights.copy_(optimiser.average)
    return model


def describe_run(file: Path) -> dict:
    """What the manifest says of a training run, and of those that it went on from."""
    state = torch.load(file / CHECKPOINT if file.is_dir() else file, map_location="cpu")
    settings = {k: v for k, v in state["settings"].items() if k not in ("shards", "validation")}
    return {
        "steps": state["step"],
        "minutes": round(state["seconds"] / 60, 1),
        "staves": state["staves"],
        "distinctStaves": state["distinct"],
        "settings": settings,
        **({"before": state["before"]} if state["before"] else {}),
    }


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, default=cache_folder() / "runs" / "main", help="folder of the run")
    parser.add_argument("--resume", action="store_true", help="go on from the run's checkpoint with its settings")
    parser.add_argument("--from-export", type=Path, help="start from exported weights")
    for field in fields(Settings):
        option = "--" + field.name.replace("_", "-")
        if field.name in ("shards", "validation"):
            parser.add_argument(option, nargs="+", default=None)
        elif field.name == "size":
            parser.add_argument(option, choices=list(SIZES), default=None)
        elif isinstance(field.default, bool):
            parser.add_argument(option, type=lambda text: text in ("1", "true", "yes"), default=None)
        else:
            parser.add_argument(option, type=type(field.default), default=None)
    return parser.parse_args()


def run_training(folder: Path, settings: Settings, start: Path | None = None) -> None:
    """Train until the budget is spent; goes on from the folder's checkpoint if there is one."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(json.dumps(asdict(settings), indent=1) + "\n", encoding="utf-8")
    if settings.procs == 1:
        _train(0, folder, settings, start, 0)
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    mp.spawn(_train, (folder, settings, start, port), nprocs=settings.procs)


def main() -> None:
    arguments = _parse()
    folder: Path = arguments.run
    settings = Settings()
    if arguments.resume:
        kept = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        kept.update({name: tuple(kept[name]) for name in ("shards", "validation")})
        settings = Settings(**kept)
    elif (folder / CHECKPOINT).exists():
        raise SystemExit(f"{folder} holds a run already: give --resume, or another --run")
    given = {f.name: getattr(arguments, f.name) for f in fields(Settings) if getattr(arguments, f.name) is not None}
    given.update({name: tuple(given[name]) for name in ("shards", "validation") if name in given})
    run_training(folder, replace(settings, **given), arguments.from_export)


if __name__ == "__main__":
    main()
