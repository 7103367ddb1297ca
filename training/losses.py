"""What is trained: the decoder's branches, their consistency, where it looks, the draft, and what stands in each column."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from .ctc import factored_ctc
from .data import Batch
from .model import Encoded, Tromr, branch_logits
from .vocabulary import NOTE_RHYTHMS, PAD, STEP_BRANCHES


@dataclass(frozen=True)
class Weights:
    """Weights of the parts of the loss."""

    decoder: float = 1.0
    consistency: float = 1.0
    guide: float = 0.3
    ctc: float = 0.5
    aside: float = 0.5  # the draft's other branches
    dense: float = 0.3
    smoothing: float = 0.0


RARE = 2.0
"""Weight of a tuplet, a mark, a tie or a slur against that of a head without: one note in twenty has one, and half were not said."""
RARE_BRANCHES = tuple(STEP_BRANCHES.index(name) for name in ("tuplet", "mark", "tie", "slur"))

CONSISTENCY_GAMMA = 10.0
GUIDE_REACH = 1  # columns left and right of the symbol's own
ASIDE_REACH = 2


def branch_loss(losses: Tensor, branch: int, targets: Tensor) -> Tensor:
    """Mean of a branch's losses [N] under its targets [N]; what is rare weighs RARE."""
    return (losses * (1 + (RARE - 1) * (targets != 0))).mean() if branch in RARE_BRANCHES else losses.mean()


def branch_losses(logits: Tensor, targets: Tensor, smoothing: float = 0.0) -> tuple[Tensor, Tensor]:
    """Cross entropy of each branch [9] and of the note head, over the steps that are none of the padding.

    logits [B,T,sum+2], targets [B,T,9] whose rhythm is PAD where there is no step.
    """
    kept = targets[..., 0] != PAD
    targets = targets[kept]
    *parts, note = branch_logits(logits[kept])
    losses = [
        branch_loss(F.cross_entropy(part, wanted, reduction="none", label_smoothing=smoothing), i, wanted)
        for i, (part, wanted) in enumerate(zip(parts, targets.unbind(1)))
    ]
    return torch.stack(losses), F.cross_entropy(note, (targets[:, 1] != 0).long())


def consistency_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """TrOMR's L_consist (arXiv 2308.09370, eq. 2): rhythm, pitch and lift must agree with the note head that there is a note."""
    rhythm, position, lift, *_, note = branch_logits(logits[targets[..., 0] != PAD])
    is_note = note.softmax(-1)[:, 1]
    by_rhythm = rhythm.softmax(-1)[:, NOTE_RHYTHMS].sum(-1)
    by_position = 1 - position.softmax(-1)[:, 0]
    by_lift = 1 - lift.softmax(-1)[:, 0]
    gaps = torch.stack([(part - is_note).abs().mean() for part in (by_rhythm, by_position, by_lift)])
    return CONSISTENCY_GAMMA * gaps.mean()


def guide_loss(looks: list[Tensor], places: Tensor, known: Tensor) -> Tensor:
    """-log of head 0's weight within one column of the symbol's own; looks [B,T,C] each, places [B,T], known [B,T]."""
    columns = torch.arange(looks[0].shape[-1], device=places.device)
    near = ((columns - places[..., None]).abs() <= GUIDE_REACH).float()
    losses = [-((look * near).sum(-1) + 1e-6).log()[known].mean() for look in looks]
    return torch.stack(losses).mean()


def draft_losses(model: Tromr, encoded: Encoded, batch: Batch) -> tuple[Tensor, Tensor]:
    """CTC over (rhythm, position, lift), and cross entropy of the other branches at each symbol's peak frame."""
    log_probs = model.draft(encoded.memory)
    with torch.autocast(batch.gather.device.type, enabled=False):  # bfloat16 would blur the log probabilities
        q = torch.cat(log_probs[:3], -1) @ batch.gather
    slots = model.dims.slots
    per_staff = factored_ctc(q, batch.columns * slots, batch.ctc_targets, batch.lengths)
    ctc = (per_staff * batch.lengths).sum() / batch.lengths.sum()
    # The frames within two columns of the symbol, and the one among them that says this token loudest.
    count = q.shape[1]
    reach = torch.arange(-ASIDE_REACH * slots, (ASIDE_REACH + 1) * slots, device=q.device)
    frames = (batch.places[..., None] * slots + reach).clamp(0, count - 1)  # [B,L,F]
    rows = torch.arange(q.shape[0], device=q.device)[:, None, None]
    peak = q.detach()[rows, frames, batch.ctc_targets[..., None]].argmax(-1, keepdim=True)
    frame = frames.gather(2, peak)[..., 0]
    present = torch.arange(frame.shape[1], device=q.device) < batch.lengths[:, None]
    aside = q.new_zeros(())
    symbols = batch.targets[:, :-1][present]  # the last target is `end`
    where = (rows[..., 0].expand_as(frame)[present], frame[present])
    for i, part in enumerate(log_probs[3:], start=3):
        wanted = symbols[:, i]
        aside = aside + branch_loss(F.nll_loss(part[where], wanted, reduction="none"), i, wanted)
    return ctc, aside


def dense_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Binary cross entropy on what stands in each 4 px: logits [B,2C,classes] against batch.dense, per symbol."""
    count = logits.shape[1]
    staff, column, classes = batch.dense
    # sum of softplus(x) over all classes minus x at the positives
    valid = torch.arange(count, device=logits.device)[None] < 2 * batch.columns[:, None]
    total = (F.softplus(logits).sum(-1) * valid).sum() - logits[staff, column, classes].sum()
    return total / max(1, len(staff))


def decoder_parts(
    model: Tromr, batch: Batch, weights: Weights, inputs: Tensor, places: Tensor, encoded: Encoded
) -> dict[str, Tensor]:
    """Weighted losses of the decoder; `inputs` and `places` are what it is told of the steps before."""
    logits, looks = model.decode(encoded, inputs, places)
    branches, note = branch_losses(logits, batch.targets, weights.smoothing)
    parts = {
        "branches": weights.decoder * branches.sum(),
        "note": weights.decoder * note,
        "guide": weights.guide * guide_loss(looks, batch.target_places, batch.known),
    }
    if weights.consistency > 0:
        parts["consistency"] = weights.consistency * consistency_loss(logits, batch.targets)
    return parts


def encoder_parts(model: Tromr, batch: Batch, weights: Weights, encoded: Encoded) -> dict[str, Tensor]:
    """Weighted losses of draft and dense supervision."""
    ctc, aside = draft_losses(model, encoded, batch)
    parts = {"ctc": weights.ctc * ctc, "aside": weights.aside * aside}
    if weights.dense > 0:
        parts["dense"] = weights.dense * dense_loss(model.dense_logits(encoded.features), batch)
    return parts


def total(parts: dict[str, Tensor]) -> Tensor:
    return torch.stack(list(parts.values())).sum()
