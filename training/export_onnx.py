"""The encoder and draft head of exported weights as an ONNX graph of one fixed shape, for comparing runtimes (npm run bench)."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor, nn

from .export import import_model
from .model import COLUMN_PX, Tromr

OPSET = 14


class Draft(nn.Module):
    """Ink [B,1,128,W], every column filled, to the draft's scores [B,C,slots * classes]."""

    def __init__(self, model: Tromr):
        super().__init__()
        self.model = model

    def forward(self, ink: Tensor) -> Tensor:
        columns = torch.full((ink.shape[0],), ink.shape[3] // COLUMN_PX)
        return self.model.draft_head(self.model.encode(ink, columns).memory)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="an exported folder")
    parser.add_argument("--out", type=Path, required=True, help="the ONNX file")
    parser.add_argument("--staves", type=int, default=2)
    parser.add_argument("--width", type=int, default=768, help="pixels, a multiple of 64")
    options = parser.parse_args()
    model = import_model(options.weights).eval()
    ink = torch.zeros(options.staves, 1, model.dims.rows, options.width)
    with torch.no_grad():
        torch.onnx.export(
            Draft(model), (ink,), str(options.out), opset_version=OPSET, input_names=["ink"], output_names=["scores"]
        )


if __name__ == "__main__":
    main()
