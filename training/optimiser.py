"""AdamW and the running mean of the weights on one flat buffer, block by block so that the work stays in the cache."""

from __future__ import annotations

import math
from contextlib import contextmanager
from typing import Iterator

import torch
from torch import Tensor, nn

BLOCK = 1 << 15
BUFFERS = ("weights", "mean", "square", "average")


class FlatAdamW:
    """Makes a model's parameters views of one buffer, likewise their gradients; matrices come first, as only they decay."""

    def __init__(self, model: nn.Module, betas: tuple[float, float] = (0.9, 0.98), decay: float = 0.02):
        named = sorted(model.named_parameters(), key=lambda item: item[1].ndim < 2 or "positions" in item[0])
        parameters = [parameter for _, parameter in named]
        self.weights = torch.cat([parameter.detach().reshape(-1) for parameter in parameters])
        self.gradients = torch.zeros_like(self.weights)
        start = 0
        for parameter in parameters:
            span = slice(start, start + parameter.numel())
            parameter.data = self.weights[span].view(parameter.shape)
            parameter.grad = self.gradients[span].view(parameter.shape)
            start = span.stop
        matrices = [p for name, p in named if not (p.ndim < 2 or "positions" in name)]
        self.decayed = sum(parameter.numel() for parameter in matrices)
        self.mean = torch.zeros_like(self.weights)
        self.square = torch.zeros_like(self.weights)
        self.average = self.weights.clone()
        """Running mean of the weights: what is evaluated and exported."""
        self.betas = betas
        self.decay = decay
        self.steps = 0

    def zero(self) -> None:
        self.gradients.zero_()

    def norm(self) -> float:
        return float(self.gradients.norm())

    def step(self, lr: float, scale: float = 1.0, average: float = 0.0) -> None:
        """One update with gradients times `scale`; `average` is the share that the running mean keeps."""
        self.steps += 1
        first, second = self.betas
        size = lr / (1 - first**self.steps)
        root = math.sqrt(1 - second**self.steps)
        block = BLOCK if self.weights.device.type == "cpu" else len(self.weights)
        for start in range(0, len(self.weights), block):
            span = slice(start, start + block)
            weight, gradient = self.weights[span], self.gradients[span]
            if scale != 1.0:
                gradient.mul_(scale)
            mean = self.mean[span].lerp_(gradient, 1 - first)
            square = self.square[span].mul_(second).addcmul_(gradient, gradient, value=1 - second)
            if start < self.decayed:
                weight[: self.decayed - start].mul_(1 - lr * self.decay)
            weight.addcdiv_(mean, square.sqrt().div_(root).add_(1e-8), value=-size)
            self.average[span].lerp_(weight, 1 - average)

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """Within, the model has the running mean for its weights."""
        kept = self.weights.clone()
        self.weights.copy_(self.average)
        try:
            yield
        finally:
            self.weights.copy_(kept)

    def buffers(self) -> list[Tensor]:
        """All that an update changes."""
        return [getattr(self, name) for name in BUFFERS]

    def state(self) -> dict[str, Tensor | int]:
        return {**{name: getattr(self, name).cpu() for name in BUFFERS}, "steps": self.steps}

    def load(self, state: dict[str, Tensor | int]) -> None:
        for name in BUFFERS:
            getattr(self, name).copy_(state[name])
        self.steps = int(state["steps"])
