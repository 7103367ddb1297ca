"""Weights of a checkpoint -> float16 shards and manifest that the browser loads, and back.

    python3 -m training.export --checkpoint FILE [--out public/models/tromr] [--measured FILE.json] [--blend SHARE]

With --blend S the weights are S times the checkpoint's and 1 - S times those exported before, from which it was trained on
(Wortsman et al., arXiv 2109.01903): half-way between both often reads better than either.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Iterator

import numpy as np
import torch
from torch import Tensor, nn

from .model import Dimensions, PlainConv, StandardisedConv, Tromr
from .vocabulary import DRAFT_SIZES, ROOT, STEP_BRANCHES, STEP_SIZES, vocabulary_hash

FORMAT = "scoreline-tromr"
VERSION = 1
SHARD_BYTES = 3 << 20
STAFF = {"space": 8, "rows": 128, "topLine": 48, "maxWidth": 1280, "leftMargin": 1.5, "rightMargin": 1}


def tensors(model: Tromr) -> Iterator[tuple[str, Tensor]]:
    """Every exported tensor by its name in the manifest: dense [in,out], convolutions folded to [rows,columns,in,out]."""
    yield "column_positions", model.column_positions
    yield "step_positions", model.step_positions
    yield "embed.weight", model.embed.weight
    for name, module in model.named_modules():
        if name == "dense":
            continue
        if isinstance(module, (StandardisedConv, PlainConv)):
            yield f"{name}.weight", module.folded().permute(2, 3, 1, 0)
            yield f"{name}.bias", module.bias
        elif isinstance(module, nn.Linear):
            yield f"{name}.weight", module.weight.t()
            yield f"{name}.bias", module.bias
        elif isinstance(module, nn.LayerNorm):
            yield f"{name}.weight", module.weight
            yield f"{name}.bias", module.bias


@torch.no_grad()
def assign(model: Tromr, values: dict[str, Tensor]) -> None:
    """Set a model's parameters from exported tensors (dense supervision's head keeps its own)."""
    for name, module in model.named_modules():
        if name == "dense":
            continue
        if isinstance(module, (StandardisedConv, PlainConv)):
            module.unfold(values[f"{name}.weight"].permute(3, 2, 0, 1))
            module.bias.copy_(values[f"{name}.bias"])
        elif isinstance(module, nn.Linear):
            module.weight.copy_(values[f"{name}.weight"].t())
            module.bias.copy_(values[f"{name}.bias"])
        elif isinstance(module, nn.LayerNorm):
            module.weight.copy_(values[f"{name}.weight"])
            module.bias.copy_(values[f"{name}.bias"])
    model.column_positions.copy_(values["column_positions"])
    model.step_positions.copy_(values["step_positions"])
    model.embed.weight.copy_(values["embed.weight"])


@torch.no_grad()
def export_model(model: Tromr, folder: Path, training: dict, measured: dict) -> dict:
    """Write shards and `manifest.json` into the folder; returns the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    listed: list[dict] = []
    shards: list[bytearray] = [bytearray()]
    for name, tensor in tensors(model):
        data = tensor.detach().float().cpu().contiguous().numpy().astype("<f2").tobytes()
        if shards[-1] and len(shards[-1]) + len(data) > SHARD_BYTES:
            shards.append(bytearray())
        listed.append(
            {
                "name": name,
                "shape": list(tensor.shape),
                "dtype": "float16",
                "shard": len(shards) - 1,
                "offset": len(shards[-1]),
            }
        )
        shards[-1] += data
    names = [f"weights-{i}.bin" for i in range(len(shards))]
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "dimensions": model.dims.plain(),
        "vocabulary": {
            "sha256": vocabulary_hash(),
            "branches": list(STEP_BRANCHES),
            "sizes": list(STEP_SIZES),
            "draftSizes": list(DRAFT_SIZES),
        },
        "staff": STAFF,
        "limits": {"columns": model.dims.columns, "width": STAFF["maxWidth"], "steps": model.dims.steps},
        "parameters": sum(int(np.prod(item["shape"])) for item in listed),
        "training": training,
        "measured": measured,
        "shards": [
            {"file": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in zip(names, shards)
        ],
        "tensors": listed,
    }
    for name, data in zip(names, shards):
        _write(folder / name, bytes(data))
    _write(folder / "manifest.json", (json.dumps(manifest, indent=1) + "\n").encode())
    return manifest


def _write(file: Path, data: bytes) -> None:
    temporary = file.with_name(file.name + ".tmp")
    temporary.write_bytes(data)
    temporary.replace(file)


def import_model(folder: Path, exported: bool = True) -> Tromr:
    """The model whose weights lie in an exported folder, exactly, or (`exported` false) one to train on from them.

    Raises ValueError where they do not fit this code.
    """
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if (manifest["format"], manifest["version"]) != (FORMAT, VERSION) or manifest["vocabulary"]["sha256"] != vocabulary_hash():
        raise ValueError(f"{folder} was exported for another vocabulary or format")
    blobs = []
    for shard in manifest["shards"]:
        blob = (folder / shard["file"]).read_bytes()
        if hashlib.sha256(blob).hexdigest() != shard["sha256"]:
            raise ValueError(f"{shard['file']} is damaged")
        blobs.append(blob)
    model = Tromr(Dimensions.of(manifest["dimensions"]), exported)
    values = {}
    for item in manifest["tensors"]:
        count = int(np.prod(item["shape"]))
        flat = np.frombuffer(blobs[item["shard"]], dtype="<f2", count=count, offset=item["offset"])
        values[item["name"]] = torch.from_numpy(flat.astype(np.float32).reshape(item["shape"]))
    assign(model, values)
    return model


def training_of(folder: Path) -> dict:
    """How the weights of an exported folder were trained."""
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["training"]


@torch.no_grad()
def blend(new: Tromr, before: Tromr, share: float) -> Tromr:
    """`new` with weights moved back towards `before`, a share of 0 being all the way; both trained on from one another."""
    values = dict(tensors(before))
    assign(new, {name: torch.lerp(values[name], tensor, share) for name, tensor in tensors(new)})
    return new


def load_weights(path: Path) -> Tromr:
    """A model from an exported folder, or the running mean of a checkpoint's weights."""
    if path.is_dir() and (path / "manifest.json").exists():
        return import_model(path)
    from .train import load_averaged

    return load_averaged(path)


def main() -> None:
    from .train import describe_run, load_averaged

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=ROOT / "public" / "models" / "tromr")
    parser.add_argument("--measured", type=Path, help="JSON of error rates to keep in the manifest")
    parser.add_argument("--blend", type=float, default=1.0, help="share of the checkpoint, the rest being what was exported before")
    arguments = parser.parse_args()
    measured = json.loads(arguments.measured.read_text(encoding="utf-8")) if arguments.measured else {}
    model = load_averaged(arguments.checkpoint)
    training = describe_run(arguments.checkpoint)
    if arguments.blend != 1:
        model = blend(model, import_model(arguments.out, exported=False), arguments.blend)
        training["blend"] = arguments.blend
    manifest = export_model(model, arguments.out, training, measured)
    size = sum(shard["bytes"] for shard in manifest["shards"])
    print(f"{arguments.out}: {manifest['parameters']} parameters, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
