"""Packed shards of labelled staves -> batches. Shards may still be appearing while they are read."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Iterable, NamedTuple, Sequence

import numpy as np
import torch
from torch import Tensor

from .augment import Warp, narrow_gaps, photometric, random_warp, warp_image
from .ctc import IS_NOTE, token_matrix
from .model import COLUMN_PX
from .vocabulary import (
    BEGIN_STEP,
    END_STEP,
    PAD,
    POSITIONS,
    RHYTHM,
    RHYTHMS,
    SIGNS_APART,
    STEP_BRANCHES,
    STEP_SIZES,
    fifths_of,
)

ROWS = 128
BUCKET_PX = 64
MAX_WIDTH = 1280
MAX_STEPS = 255  # and the end
DENSE_PX = COLUMN_PX // 2

COMMON = 0.02
"""Share of the symbols from which on a class is common enough."""
RAREST = 8.0
"""How much more than a common class the rarest ones count when staves are drawn."""


class Staff(NamedTuple):
    """One labelled staff; the image lies in its shard."""

    shard: int
    offset: int
    width: int
    steps: np.ndarray
    """Class ids [L,9], uint8."""
    x: np.ndarray
    """Centre of each symbol in staff-image px [L], float32."""
    y: np.ndarray


@dataclass(frozen=True)
class Batch:
    """Staves of one width bucket. B staves, L symbols of the longest, T = L + 1 decoder steps (the last is `end`)."""

    ink: Tensor
    """[B,1,128,W], 0 paper, 1 ink."""
    columns: Tensor
    """Valid columns [B]."""
    lengths: Tensor
    """Symbols [B]."""
    targets: Tensor
    """Steps [B,T,9] with `end`; rhythm PAD after it."""
    target_places: Tensor
    """Column of each target [B,T]."""
    known: Tensor
    """Targets that are symbols [B,T]."""
    inputs: Tensor
    """Steps before the targets [B,T,9], `begin` first."""
    input_places: Tensor
    """Columns of the inputs [B,T], 0 for `begin`."""
    ctc_targets: Tensor
    """Columns of `gather` [B,L]."""
    gather: Tensor
    """See ctc.token_matrix."""
    dense: tuple[Tensor, Tensor, Tensor]
    """Staff, 4 px column and class of everything that dense supervision knows."""

    @property
    def places(self) -> Tensor:
        """Columns of the symbols [B,L]."""
        return self.target_places[:, :-1]

    def to(self, device: torch.device) -> "Batch":
        def move(value: Any) -> Any:
            return tuple(map(move, value)) if isinstance(value, tuple) else value.to(device)

        moved: dict[str, Any] = {field.name: move(getattr(self, field.name)) for field in fields(self)}
        return Batch(**moved)


def bucket_width(width: int) -> int:
    """The width to which a staff is padded: a multiple of 64 px."""
    return -(-width // BUCKET_PX) * BUCKET_PX


class Shards:
    """All staves of the given folders, in the order in which their shards appeared."""

    def __init__(self, folders: Iterable[Path]):
        self.folders = [Path(folder) for folder in folders]
        self.names: list[str] = []
        self.staves: list[Staff] = []
        self.buckets: dict[int, list[int]] = {}
        self._images: list[np.ndarray] = []
        self._counts = np.zeros((len(STEP_BRANCHES), max(STEP_SIZES)))
        self._needs: dict[int, np.ndarray] = {}

    def present(self) -> list[str]:
        """Names of the shards that lie in the folders now and are complete."""
        return [str(file) for folder in self.folders for file in sorted(folder.glob("shard-*.jsonl"))]

    def load(self, names: Sequence[str]) -> int:
        """Take in the shards that are new; returns how many were."""
        new = [name for name in names if name not in set(self.names)]
        for name in new:
            self._add(Path(name))
        if new:
            self._needs.clear()
        return len(new)

    def _add(self, file: Path) -> None:
        shard = len(self.names)
        self.names.append(str(file))
        self._images.append(np.memmap(file.with_suffix(".bin"), dtype=np.uint8, mode="r"))
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                label = json.loads(line)
                steps = np.asarray(label["steps"], dtype=np.uint8)
                width = int(label["width"])
                if not 1 <= len(steps) <= MAX_STEPS or not BUCKET_PX <= width <= MAX_WIDTH:
                    continue
                x, y = (np.asarray(label[key], dtype=np.float32) for key in "xy")
                self.buckets.setdefault(bucket_width(width), []).append(len(self.staves))
                self.staves.append(Staff(shard, int(label["offset"]), width, steps, x, y))
                np.add.at(self._counts, (np.arange(len(STEP_BRANCHES)), steps), 1)

    def needs(self, bucket: int) -> np.ndarray:
        """How much each staff of a bucket is to be learnt from: its symbols, each as much as the rarest thing about it.

        A class counts by the square root of how much rarer than COMMON it is, from 1 to RAREST.
        """
        if bucket not in self._needs:
            share = self._counts / self._counts[0].sum()
            rarity = np.sqrt(COMMON / np.maximum(share, 1e-9)).clip(1, RAREST)
            branches = np.arange(len(STEP_BRANCHES))
            needs = [rarity[branches, self.staves[i].steps].max(1).sum() for i in self.buckets[bucket]]
            self._needs[bucket] = np.array(needs)
        return self._needs[bucket]

    def image(self, staff: Staff) -> np.ndarray:
        """Grey image [128,width], 255 = paper."""
        flat = self._images[staff.shard][staff.offset : staff.offset + ROWS * staff.width]
        return flat.reshape(ROWS, staff.width)


def draw(shards: Shards, pixels: int, seed: int, step: int, rank: int, world: int) -> list[Staff]:
    """The staves of one process in one step: the same bucket for all processes, about `pixels` columns wide in all.

    Within the bucket the more likely the more symbols they have, and the rarer these are (see Shards.needs).
    Depends on its arguments alone, so that a resumed run goes on as if it had never stopped.
    """
    random = np.random.default_rng((seed, step))
    widths = sorted(shards.buckets)
    costs = np.array([len(shards.buckets[width]) * width for width in widths], dtype=float)
    width = widths[random.choice(len(widths), p=costs / costs.sum())]
    each = max(1, round(pixels / width))
    members = shards.buckets[width]
    needs = shards.needs(width)
    picked = random.choice(len(members), size=each * world, replace=len(members) < each * world, p=needs / needs.sum())
    return [shards.staves[members[i]] for i in picked[rank * each : (rank + 1) * each]]


def collate(
    shards: Shards, staves: Sequence[Staff], random: np.random.Generator | None = None, warp: Warp | None = None
) -> Batch:
    """Batch of staves of one bucket, augmented if a source of randomness is given, or else all warped alike."""
    width = bucket_width(max(staff.width for staff in staves))
    grey = np.zeros((len(staves), 1, ROWS, width), dtype=np.uint8)
    images = [shards.image(staff) for staff in staves]
    if random is not None:
        images, staves = zip(*(_tightened(image, staff, random) for image, staff in zip(images, staves)))
    for i, (image, staff) in enumerate(zip(images, staves)):
        grey[i, 0, :, : staff.width] = 255 - image
    ink = torch.from_numpy(grey).float() / 255
    if random is not None:
        warps = [random_warp(random, staff.width, width) for staff in staves]
        clear = [clear_rows(staff) for staff in staves]
        ink = photometric(warp_image(ink, warps), clear, random)
        staves = [_warped(staff, own, width) for staff, own in zip(staves, warps)]
    elif warp is not None:
        ink = warp_image(ink, [warp] * len(staves))
        staves = [_warped(staff, warp, width) for staff in staves]
    return _labels(ink, staves)


STEM_PX = 34.0
"""How far stem, flag and beam reach from a head at most."""
TUPLET, MARK = STEP_BRANCHES.index("tuplet"), STEP_BRANCHES.index("mark")


def clear_rows(staff: Staff) -> tuple[float, float]:
    """Rows between which all stands that the label tells of: everything, where numbers, marks or brackets stand apart from heads."""
    if staff.steps[:, [TUPLET, MARK]].any() or np.isin(staff.steps[:, 0], SIGNS_APART).any():
        return 0.0, float(ROWS)
    return float(staff.y.min()) - STEM_PX, float(staff.y.max()) + STEM_PX


def _tightened(image: np.ndarray, staff: Staff, random: np.random.Generator) -> tuple[np.ndarray, Staff]:
    """The staff with less room between the signs at its beginning, sometimes."""
    names = [RHYTHM[step[0]] for step in staff.steps[:3]]
    kinds = [name.split("-")[0].removesuffix("Signature") for name in names]
    cuts = narrow_gaps(kinds, [fifths_of(name) for name in names], staff.x, random)
    gone = np.concatenate([np.arange(start, end) for start, end in cuts] or [np.zeros(0, dtype=int)])
    if staff.width - len(gone) < BUCKET_PX:
        return image, staff
    image = np.delete(image, gone, axis=1)
    x = staff.x - np.searchsorted(gone, staff.x).astype(np.float32)
    return image, staff._replace(width=image.shape[1], x=x)


def _warped(staff: Staff, warp: Warp, limit: int) -> Staff:
    x, y = warp.forward(staff.x, staff.y)
    end = warp.forward(np.array(staff.width), np.array(ROWS / 2))[0]
    return staff._replace(x=x, y=y, width=int(np.clip(np.ceil(end), BUCKET_PX, limit)))


def _labels(ink: Tensor, staves: Sequence[Staff]) -> Batch:
    count = len(staves)
    lengths = np.array([len(staff.steps) for staff in staves])
    longest = int(lengths.max())
    columns = np.array([-(-staff.width // COLUMN_PX) for staff in staves])
    targets = np.zeros((count, longest + 1, 9), dtype=np.int64)
    targets[..., 0] = PAD
    places = np.zeros((count, longest + 1), dtype=np.int64)
    ctc_targets = np.zeros((count, longest), dtype=np.int64)
    gather, index = token_matrix(np.concatenate([staff.steps[:, :3] for staff in staves]))
    start = 0
    for i, staff in enumerate(staves):
        n = lengths[i]
        targets[i, :n] = staff.steps
        targets[i, n] = END_STEP
        places[i, :n] = np.clip(staff.x / COLUMN_PX, 0, columns[i] - 1)
        places[i, n] = columns[i] - 1
        ctc_targets[i, :n] = index[start : start + n]
        start += n
    inputs = np.concatenate((np.broadcast_to(BEGIN_STEP, (count, 1, 9)), targets[:, :-1]), 1)
    input_places = np.concatenate((np.zeros((count, 1), dtype=np.int64), places[:, :-1]), 1)
    return Batch(
        ink=ink,
        columns=torch.from_numpy(columns),
        lengths=torch.from_numpy(lengths),
        targets=torch.from_numpy(targets),
        target_places=torch.from_numpy(places),
        known=torch.from_numpy(np.arange(longest + 1) < lengths[:, None]),
        inputs=torch.from_numpy(inputs),
        input_places=torch.from_numpy(input_places),
        ctc_targets=torch.from_numpy(ctc_targets),
        gather=torch.from_numpy(gather),
        dense=_dense(staves, columns),
    )


def _dense(staves: Sequence[Staff], columns: np.ndarray) -> tuple[Tensor, Tensor, Tensor]:
    staff = np.repeat(np.arange(len(staves)), [len(s.steps) for s in staves])
    column = np.concatenate([np.clip(s.x / DENSE_PX, 0, 2 * c - 1) for s, c in zip(staves, columns)]).astype(np.int64)
    steps = np.concatenate([s.steps for s in staves]).astype(np.int64)
    notes = IS_NOTE[steps[:, 0]]
    classes = [steps[:, 0], RHYTHMS + steps[notes, 1], RHYTHMS + POSITIONS + steps[notes, 2]]
    # Two heads of one chord may say the same: a class stands in a column once.
    found = np.unique(
        np.stack(
            (
                np.concatenate((staff, staff[notes], staff[notes])),
                np.concatenate((column, column[notes], column[notes])),
                np.concatenate(classes),
            ),
            1,
        ),
        axis=0,
    )
    return torch.from_numpy(found[:, 0]), torch.from_numpy(found[:, 1]), torch.from_numpy(found[:, 2])


def spoil_inputs(batch: Batch, rate: float, random: np.random.Generator) -> Batch:
    """Decoder inputs with wrong steps among them, and places a little off, as they will be when the model reads alone.

    Half of the wrong steps are another step of the batch, the others have one branch of it.
    """
    shape = batch.inputs.shape
    rank = random.random(shape[:2])
    flat = batch.targets[batch.known]
    other = flat[torch.from_numpy(random.integers(0, len(flat), shape[:2]))]
    branch = torch.from_numpy(random.integers(0, shape[2], shape[:2]))
    one = torch.arange(shape[2]) == branch[..., None]
    whole = torch.from_numpy(rank < rate / 2)[..., None]
    part = torch.from_numpy((rank >= rate / 2) & (rank < rate))[..., None]
    begin = batch.inputs[..., :1] == BEGIN_STEP[0]
    inputs = torch.where((whole | (part & one)) & ~begin, other, batch.inputs)
    shift = random.choice((-3, -2, -1, 0, 1, 2, 3), size=shape[:2], p=(0.02, 0.03, 0.15, 0.6, 0.15, 0.03, 0.02))
    places = (batch.input_places + torch.from_numpy(shift)).clamp(min=0)
    places = torch.minimum(places, batch.columns[:, None] - 1)
    return replace(batch, inputs=inputs, input_places=torch.where(begin[..., 0], batch.input_places, places))
