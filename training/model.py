"""TrOMR in small: convolution stem, transformer encoder, CTC draft, transformer decoder with parallel branches.

Shapes: B staves, H = 128 rows, W columns of pixels (a multiple of 64), C = W/8 columns of the encoder, T decoder steps, D = width.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .vocabulary import DRAFT_SIZES, LIFTS, POSITIONS, RHYTHMS, STEP_SIZES


@dataclass(frozen=True)
class Dimensions:
    """Everything that decides the shapes of the weights."""

    stem: tuple[int, int, int, int] = (24, 48, 96, 128)
    width: int = 256
    heads: int = 4
    encoder_layers: int = 3
    encoder_hidden: int = 512
    decoder_layers: int = 2
    decoder_hidden: int = 320
    columns: int = 160
    steps: int = 256
    slots: int = 4
    rows: int = 128

    @staticmethod
    def of(plain: dict) -> "Dimensions":
        return Dimensions(**{**plain, "stem": tuple(plain["stem"])})

    def plain(self) -> dict:
        return {**asdict(self), "stem": list(self.stem)}


SIZES = {
    "half": Dimensions(stem=(16, 36, 72, 96), width=176, encoder_hidden=352, decoder_hidden=224),
    "usual": Dimensions(),
    "double": Dimensions(stem=(32, 64, 128, 192), width=384, encoder_hidden=768, decoder_hidden=480),
}
"""2.3, 4.5 and 9.5 million parameters."""

COLUMN_PX = 8
STEM_ROWS = 8


class StandardisedConv(nn.Module):
    """3x3 convolution whose filters are kept at mean 0 and fixed norm, times a learned gain (Brock et al., arXiv 2101.08692).

    It takes the place of batch norm: no statistics of the batch, hence nothing that differs between training and
    reading, and no pass over the activations. `folded` gives the plain convolution that it is.
    """

    RELU_GAIN = math.sqrt(2 / (1 - 1 / math.pi))

    def __init__(self, inputs: int, outputs: int, stride: int | tuple[int, int] = 1, gain: float = 1.0):
        super().__init__()
        self.stride = stride
        self.weight = nn.Parameter(torch.randn(outputs, inputs, 3, 3) / math.sqrt(9 * inputs))
        self.gain = nn.Parameter(torch.full((outputs,), float(gain)))
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.scale = self.RELU_GAIN / math.sqrt(9 * inputs)

    def folded(self) -> Tensor:
        """Weights [outputs, inputs, 3, 3] of the plain convolution."""
        weight = self.weight.float()
        variance, mean = torch.var_mean(weight, dim=(1, 2, 3), unbiased=False, keepdim=True)
        return (weight - mean) * (torch.rsqrt(variance + 1e-8) * self.scale * self.gain[:, None, None, None])

    def unfold(self, weight: Tensor) -> None:
        """Set the parameters so that `folded` gives this weight (whose filters have mean 0)."""
        with torch.no_grad():
            self.weight.copy_(weight)
            self.gain.copy_(weight.std(dim=(1, 2, 3), unbiased=False) / self.scale)

    def forward(self, x: Tensor) -> Tensor:
        return F.conv2d(x, self.folded(), self.bias, stride=self.stride, padding=1)


class PlainConv(nn.Module):
    """3x3 convolution as it is. The first must see absolute darkness, so its filters keep their mean; exported ones are all plain."""

    def __init__(self, inputs: int, outputs: int, stride: int | tuple[int, int] = 1, gain: float = 1.0):
        super().__init__()
        self.stride = stride
        self.weight = nn.Parameter(torch.randn(outputs, inputs, 3, 3) * (gain * math.sqrt(2 / (9 * inputs))))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def folded(self) -> Tensor:
        return self.weight

    def unfold(self, weight: Tensor) -> None:
        with torch.no_grad():
            self.weight.copy_(weight)

    def forward(self, x: Tensor) -> Tensor:
        return F.conv2d(x, self.weight, self.bias, stride=self.stride, padding=1)


class Stem(nn.Module):
    """Ink [B,1,128,W] -> features [B,C,D], one vector per 8 px column."""

    def __init__(self, dims: Dimensions, exported: bool = False):
        super().__init__()
        a, b, c, d = dims.stem
        conv = PlainConv if exported else StandardisedConv
        self.c1 = PlainConv(1, a, 2)
        self.c2 = conv(a, b, 2)
        self.r2a, self.r2b = conv(b, b), conv(b, b, gain=0.3)
        self.c3 = conv(b, c, 2)
        self.r3a, self.r3b = conv(c, c), conv(c, c, gain=0.3)
        self.c4 = conv(c, d, (2, 1))
        self.r4a, self.r4b = conv(d, d), conv(d, d, gain=0.3)
        self.out = nn.Linear(STEM_ROWS * d, dims.width)

    def stages(self, ink: Tensor) -> list[Tensor]:
        """Activations after each stage, for goldens: c1, c2, r2, c3, r3, c4, r4."""
        x = ink.contiguous(memory_format=torch.channels_last)
        x1 = F.relu(self.c1(x))
        x2 = F.relu(self.c2(x1))
        r2 = F.relu(x2 + self.r2b(F.relu(self.r2a(x2))))
        x3 = F.relu(self.c3(r2))
        r3 = F.relu(x3 + self.r3b(F.relu(self.r3a(x3))))
        x4 = F.relu(self.c4(r3))
        r4 = F.relu(x4 + self.r4b(F.relu(self.r4a(x4))))
        return [x1, x2, r2, x3, r3, x4, r4]

    def forward(self, ink: Tensor) -> Tensor:
        x = self.stages(ink)[-1]
        return self.out(x.permute(0, 3, 2, 1).flatten(2))  # per column: (row, channel)


def _heads(x: Tensor, heads: int) -> Tensor:
    batch, length, width = x.shape
    return x.view(batch, length, heads, width // heads).transpose(1, 2)


def attend(q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None, heads: int) -> tuple[Tensor, Tensor]:
    """Multi-head attention on [B,·,D] projections -> (values [B,Q,D], weights [B,heads,Q,K]); bias is added to the scores."""
    q, k, v = _heads(q, heads), _heads(k, heads), _heads(v, heads)
    scores = (q @ k.transpose(2, 3)).float() * (1 / math.sqrt(q.shape[-1]))
    if bias is not None:
        scores = scores + bias
    weights = scores.softmax(-1)
    values = (weights.to(v.dtype) @ v).transpose(1, 2).flatten(2)
    return values, weights


class EncoderBlock(nn.Module):
    """Pre-norm self-attention and feed-forward on [B,C,D]; bias [B,1,1,C] is -inf on columns that are none."""

    def __init__(self, width: int, heads: int, hidden: int):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, hidden), nn.Linear(hidden, width)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        q, k, v = self.qkv(self.norm1(x)).chunk(3, -1)
        x = x + self.out(attend(q, k, v, bias, self.heads)[0])
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class DecoderBlock(nn.Module):
    """Pre-norm causal self-attention, cross-attention and feed-forward on [B,T,D]."""

    def __init__(self, width: int, heads: int, hidden: int):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2, self.norm3 = (nn.LayerNorm(width) for _ in range(3))
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.q, self.kv, self.cross = nn.Linear(width, width), nn.Linear(width, 2 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, hidden), nn.Linear(hidden, width)

    def forward(
        self, x: Tensor, memory_kv: Tensor, causal: Tensor | None, bias: Tensor, past: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """-> (x, weights of head 0 on the columns [B,T,C], keys|values of all steps so far [B,T',2D])."""
        q, kv = self.qkv(self.norm1(x)).split((x.shape[-1], 2 * x.shape[-1]), -1)
        if past is not None:
            kv = torch.cat((past, kv), 1)
        k, v = kv.chunk(2, -1)
        x = x + self.out(attend(q, k, v, causal, self.heads)[0])
        k, v = memory_kv.chunk(2, -1)
        values, weights = attend(self.q(self.norm2(x)), k, v, bias, self.heads)
        x = x + self.cross(values)
        return x + self.down(F.gelu(self.up(self.norm3(x)))), weights[:, 0], kv


class Encoded(NamedTuple):
    """What the encoder hands on."""

    features: Tensor
    """Of the stem, without positions [B,C,D]; dense supervision reads them."""
    memory: Tensor
    """Of the encoder, with positions [B,C,D]."""
    bias: Tensor
    """0 on columns of the staff, -inf on padding [B,1,1,C]."""


def _waves(length: int, width: int, longest: float) -> Tensor:
    """Sines and cosines of periods from 4 steps to `longest`: neighbours are told apart from the start."""
    periods = torch.logspace(math.log10(4.0), math.log10(longest), width // 2)
    phase = torch.arange(length)[:, None] * (2 * math.pi / periods)
    return torch.cat((phase.sin(), phase.cos()), 1)


class Tromr(nn.Module):
    """The whole reader. Forward passes are `encode`, `draft` and `decode`.

    `exported` gives a model for exported weights, whose convolutions are what they are, to the last bit.
    """

    offsets: Tensor
    """Where each branch's rows begin in `embed` [9]."""
    causal: Tensor
    """-inf above the diagonal."""

    def __init__(self, dims: Dimensions, exported: bool = False):
        super().__init__()
        self.dims = dims
        width = dims.width
        self.stem = Stem(dims, exported)
        self.column_positions = nn.Parameter(0.5 * _waves(dims.columns, width, 4.0 * dims.columns))
        self.step_positions = nn.Parameter(0.1 * _waves(dims.steps, width, 4.0 * dims.steps))
        self.encoder = nn.ModuleList(
            EncoderBlock(width, dims.heads, dims.encoder_hidden) for _ in range(dims.encoder_layers)
        )
        self.encoder_norm = nn.LayerNorm(width)
        self.draft_head = nn.Linear(width, dims.slots * sum(DRAFT_SIZES))
        self.embed = nn.Embedding(sum(STEP_SIZES), width)
        self.decoder = nn.ModuleList(
            DecoderBlock(width, dims.heads, dims.decoder_hidden) for _ in range(dims.decoder_layers)
        )
        self.decoder_norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, sum(STEP_SIZES) + 2)
        self.dense = nn.Linear(width, 2 * (RHYTHMS + POSITIONS + LIFTS))  # training only, not exported
        self.register_buffer("offsets", torch.tensor([sum(STEP_SIZES[:i]) for i in range(len(STEP_SIZES))]), False)
        self.register_buffer("causal", torch.full((dims.steps, dims.steps), -math.inf).triu(1), False)
        self._initialise()

    def _initialise(self) -> None:
        depth = len(self.encoder) + len(self.decoder)
        for name, module in self.named_modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
                if name.endswith((".out", ".cross", ".down")) and not name.startswith("stem"):
                    with torch.no_grad():
                        module.weight.mul_(1 / math.sqrt(depth))
        nn.init.normal_(self.embed.weight, std=0.3)
        nn.init.constant_(self.dense.bias, -5.0)
        with torch.no_grad():  # most slots are blank
            bias = self.draft_head.bias.view(self.dims.slots, -1)
            bias[:, RHYTHMS] = 3.0

    def encode(self, ink: Tensor, columns: Tensor, stem_learns: bool = True) -> Encoded:
        """Ink [B,1,128,W] in 0…1 and the number of valid columns [B]."""
        with torch.set_grad_enabled(stem_learns and torch.is_grad_enabled()):
            features = self.stem(ink)
        count = features.shape[1]
        valid = torch.arange(count, device=ink.device)[None] < columns[:, None]
        bias = torch.zeros(valid.shape, device=ink.device).masked_fill(~valid, -math.inf)[:, None, None]
        x = features.float() + self.column_positions[:count]
        for block in self.encoder:
            x = block(x, bias)
        return Encoded(features, self.encoder_norm(x) + self.column_positions[:count], bias)

    def draft(self, memory: Tensor) -> tuple[Tensor, ...]:
        """Log probabilities of each branch in each frame (4 a column, left to right): [B,4C,classes] each, rhythm with its blank last."""
        batch, count, _ = memory.shape
        logits = self.draft_head(memory).float().view(batch, count * self.dims.slots, -1)
        return tuple(part.log_softmax(-1) for part in logits.split(DRAFT_SIZES, -1))

    def decoder_blocks(self) -> list[DecoderBlock]:
        return [block for block in self.decoder if isinstance(block, DecoderBlock)]

    def memory_kv(self, memory: Tensor) -> list[Tensor]:
        """Keys|values of the memory for each decoder layer [B,C,2D]."""
        return [block.kv(memory) for block in self.decoder_blocks()]

    def inputs(self, steps: Tensor, places: Tensor, start: int = 0) -> Tensor:
        """Decoder input [B,T,D] of steps [B,T,9] and the columns at which they were seen [B,T]."""
        embedded = F.embedding(steps + self.offsets, self.embed.weight).sum(2)
        return embedded + self.step_positions[start : start + steps.shape[1]] + self.column_positions[places]

    def decode(self, encoded: Encoded, steps: Tensor, places: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Teacher-forced: previous steps [B,T,9] and their places [B,T] -> logits [B,T,sum+2], per layer head 0's weights [B,T,C]."""
        x = self.inputs(steps, places)
        length = steps.shape[1]
        looks = []
        for block, kv in zip(self.decoder_blocks(), self.memory_kv(encoded.memory)):
            x, look, _ = block(x, kv, self.causal[:length, :length], encoded.bias)
            looks.append(look)
        return self.head(self.decoder_norm(x)).float(), looks

    def dense_logits(self, features: Tensor) -> Tensor:
        """[B,2C,rhythms+positions+lifts], one row per 4 px."""
        batch, count, _ = features.shape
        return self.dense(features).float().view(batch, 2 * count, -1)


def branch_logits(logits: Tensor) -> tuple[Tensor, ...]:
    """The nine branches and last the note head of decoder logits [...,sum+2]."""
    return logits.split(STEP_SIZES + (2,), -1)
