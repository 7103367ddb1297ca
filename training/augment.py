"""Cheap augmentation of staff images, on top of the camera that the shards have been through."""

from __future__ import annotations

from typing import Callable, NamedTuple, Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

CENTRE = 64.5  # continuous row of the middle line
SHIFT_PX = 2.0
SCALE = 0.03
SHEAR = 0.03
TILT_PX = 1.5  # at the ends of the staff


class Warp(NamedTuple):
    """Where a staff's pixels go: x' = (x - dx - shear (y - 64.5)) sx, y' = 64.5 + (y - 64.5) sy + dy + tilt (x' - middle)."""

    sx: float
    sy: float
    dx: float
    dy: float
    shear: float
    tilt: float
    middle: float

    def forward(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Places of symbols after the warp."""
        across = (x - self.dx - self.shear * (y - CENTRE)) * self.sx
        return across, CENTRE + (y - CENTRE) * self.sy + self.dy + self.tilt * (across - self.middle)

    def backward(self) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        """Rows (a, b, c) of source x and y = a x' + b y' + c."""
        # y - 64.5 = (y' - 64.5 - dy - tilt (x' - middle)) / sy
        ya, yb = -self.tilt / self.sy, 1 / self.sy
        yc = (self.tilt * self.middle - CENTRE - self.dy) / self.sy
        return (
            (1 / self.sx + self.shear * ya, self.shear * yb, self.dx + self.shear * yc),
            (ya, yb, yc + CENTRE),
        )


SIGN_HALF_PX = 11.0, 7.0
"""Half the widths of a clef and of a metre in the staff image."""
ACCIDENTAL_PX = 9.0


def narrow_gaps(
    kinds: Sequence[str], fifths: Sequence[int], x: np.ndarray, random: np.random.Generator
) -> list[tuple[int, int]]:
    """Columns [from, to) to cut out between the signs at the beginning of a line, as tight printing has them.

    `kinds` are those of the line's first symbols (clef, key, time, or anything else), `fifths` the accidentals of keys.
    """

    def half(i: int) -> float | None:
        sizes = {"clef": SIGN_HALF_PX[0], "key": abs(fifths[i]) * ACCIDENTAL_PX / 2, "time": SIGN_HALF_PX[1]}
        return sizes.get(kinds[i])

    cuts: list[tuple[int, int]] = []
    for i in range(len(kinds) - 1):
        left, right = half(i), half(i + 1)
        if left is None or right is None:
            break
        gap = float(x[i + 1] - x[i]) - left - right
        if gap < 1 or random.random() < 0.5:
            continue
        cut = int(round(random.uniform(0, gap + 2)))
        first = int(round(float(x[i]) + left + (gap - cut) / 2))
        cuts.append((first, first + cut))
    return cuts


def random_warp(random: np.random.Generator, width: int, limit: int) -> Warp:
    """A slight shift, scale, shear and tilt under which a staff of this width still fits into `limit` px."""
    sx, sy = 1 + random.uniform(-SCALE, SCALE, 2)
    shift = random.uniform(-SHIFT_PX, SHIFT_PX)
    shear = random.normal(0, SHEAR / 2)
    tilt = random.normal(0, TILT_PX / 2) / (width / 2)
    return Warp(min(sx, limit / width), sy, random.uniform(-2, 2), shift, shear, tilt, width / 2)


def warp_image(ink: Tensor, warps: Sequence[Warp]) -> Tensor:
    """Resample [B,1,H,W] bilinearly; what comes from outside repeats the edge."""
    _, _, height, width = ink.shape
    theta = np.zeros((len(warps), 2, 3), dtype=np.float32)
    for i, warp in enumerate(warps):
        (xa, xb, xc), (ya, yb, yc) = warp.backward()
        # normalised coordinates: pixel = (n + 1) / 2 * size
        theta[i, 0] = xa, xb * height / width, xa + xb * height / width + 2 * xc / width - 1
        theta[i, 1] = ya * width / height, yb, ya * width / height + yb + 2 * yc / height - 1
    grid = F.affine_grid(torch.from_numpy(theta), list(ink.shape), align_corners=False)
    return F.grid_sample(ink, grid, mode="bilinear", padding_mode="border", align_corners=False)


_NOISE = torch.from_numpy(np.random.default_rng(7).standard_normal((1, 1, 256, 2048), dtype=np.float32))


def _each(random: np.random.Generator, low: float, high: float, count: int) -> Tensor:
    return torch.from_numpy(random.uniform(low, high, (count, 1, 1, 1)).astype(np.float32))


def _neighbours(ink: Tensor, both: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
    """Sum, maximum or minimum over each pixel's 3x3 neighbourhood; the edge is repeated."""
    wide = F.pad(ink, (1, 1, 1, 1), mode="replicate")
    tall = both(both(wide[..., :-2], wide[..., 1:-1]), wide[..., 2:])
    return both(both(tall[..., :-2, :], tall[..., 1:-1, :]), tall[..., 2:, :])


def photometric(ink: Tensor, clear: Sequence[tuple[float, float]], random: np.random.Generator) -> Tensor:
    """Spoil the ink [B,1,H,W]: thicker, thinner or blurred, tone and contrast, noise, lost spots, margins made blank.

    `clear` holds for each staff the rows between which symbols stand: blank margins keep off them.
    """
    count, _, height, width = ink.shape
    kind = random.random()
    if kind < 0.3:
        ink = torch.lerp(ink, _neighbours(ink, torch.add) / 9, _each(random, 0, 0.9, count))
    elif kind < 0.45:
        ink = torch.lerp(ink, _neighbours(ink, torch.maximum), _each(random, 0, 0.55, count))
    elif kind < 0.6:
        ink = torch.lerp(ink, _neighbours(ink, torch.minimum), _each(random, 0, 0.45, count))
    # tone curve (like a gamma, but cheap), contrast, and light that changes across the staff
    curve = _each(random, -0.6, 0.6, count)
    light = _each(random, 0.55, 1.1, count) + torch.linspace(-0.5, 0.5, width) * _each(random, -0.25, 0.25, count)
    ink = torch.addcmul(ink * (1 + curve), ink, ink * -curve).mul_(light)
    if random.random() < 0.7:
        top, left = random.integers(0, 256 - height + 1), random.integers(0, 2048 - width + 1)
        noise = _NOISE[..., top : top + height, left : left + width]
        ink.addcmul_(noise, _each(random, 0, 0.06, count)).add_(_each(random, -0.02, 0.06, count))
    ink.clamp_(0, 1)
    for i, (above, below) in enumerate(clear):
        for _ in range(random.integers(0, 4)):
            size, row, column = random.integers(2, 7), random.integers(0, height), random.integers(0, width)
            ink[i, :, row : row + size, column : column + size] *= float(random.choice((0, 0.3)))
        if random.random() < 0.2:
            top = min(random.uniform(0, 40), above)
            bottom = max(random.uniform(height - 40, height), below)
            ink[i, :, : max(0, int(top))] = 0
            ink[i, :, min(height, int(np.ceil(bottom))) :] = 0
    return ink
