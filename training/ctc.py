"""CTC over combined tokens whose log probability is a sum over branches."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .vocabulary import BLANK, LIFTS, NOTE_RHYTHMS, POSITIONS, RHYTHMS

IS_NOTE = np.zeros(RHYTHMS, dtype=bool)
IS_NOTE[NOTE_RHYTHMS] = True


def token_matrix(triples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct (rhythm, position, lift) rows [N,3] -> (S, index of each row's token).

    S [rhythm+1 + position + lift classes, 1 + tokens] gathers `lp @ S`: column 0 is the blank, the others sum the
    branches of one token (for what is no note its rhythm alone).
    """
    # Labels are uint8, in which the row numbers below would wrap around.
    tokens, index = np.unique(triples.astype(np.int64), axis=0, return_inverse=True)
    gather = np.zeros((RHYTHMS + 1 + POSITIONS + LIFTS, 1 + len(tokens)), dtype=np.float32)
    gather[BLANK, 0] = 1
    column = np.arange(1, 1 + len(tokens))
    gather[tokens[:, 0], column] = 1
    notes = IS_NOTE[tokens[:, 0]]
    gather[RHYTHMS + 1 + tokens[notes, 1], column[notes]] = 1
    gather[RHYTHMS + 1 + POSITIONS + tokens[notes, 2], column[notes]] = 1
    return gather, index.reshape(-1) + 1


def factored_ctc(q: Tensor, frames: Tensor, targets: Tensor, lengths: Tensor) -> Tensor:
    """CTC loss per staff, divided by its length [B].

    q [B,T,K]: log probabilities of the gathered tokens, column 0 the blank; they need not sum to one. frames [B] valid
    frames, targets [B,L] columns of q, lengths [B].

    PyTorch's ctc_loss derives its gradient as if each row of q were a log-softmax over these very classes: it returns
    exp(q) - posterior. The term k - k.detach(), k = -sum exp(q), is zero in value and takes the exp(q) away again.
    """
    loss = F.ctc_loss(q.transpose(0, 1), targets, frames, lengths, blank=0, reduction="none", zero_infinity=True)
    valid = torch.arange(q.shape[1], device=q.device)[None] < frames[:, None]
    k = -(q.exp().sum(2) * valid).sum(1)
    correction = torch.where(loss == 0, torch.zeros_like(k), k - k.detach())
    return (loss + correction) / lengths.clamp(min=1)
