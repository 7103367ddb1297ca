import unittest

import numpy as np
import torch

from training.ctc import factored_ctc, token_matrix
from training.vocabulary import BLANK, LIFTS, NOTE_RHYTHMS, POSITIONS, RHYTHM, RHYTHMS

BAR = RHYTHM.index("barline")


def _loss(logits: torch.Tensor, gather: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    sizes = (RHYTHMS + 1, POSITIONS, LIFTS)
    q = torch.cat([part.log_softmax(-1) for part in logits.split(sizes, -1)], -1) @ gather
    return factored_ctc(q, torch.tensor([7, 5]), targets, torch.tensor([3, 2])).sum()


class CtcTest(unittest.TestCase):
    def setUp(self) -> None:
        torch.manual_seed(0)
        self.triples = np.array([[BAR, 0, 0], [NOTE_RHYTHMS[3], 9, 1], [NOTE_RHYTHMS[3], 9, 1], [BAR, 0, 0], [BAR, 0, 0]])
        gather, index = token_matrix(self.triples)
        self.gather = torch.from_numpy(gather).double()
        self.targets = torch.tensor([index[:3].tolist(), [*index[3:].tolist(), 0]])

    def test_a_token_is_gathered_from_the_branches_it_has(self) -> None:
        self.assertEqual(self.gather.shape, (RHYTHMS + 1 + POSITIONS + LIFTS, 3))
        self.assertEqual(self.gather[:, 0].nonzero().flatten().tolist(), [BLANK])
        self.assertEqual(self.gather.sum(0).tolist(), [1, 1, 3])

    def test_the_highest_position_of_a_uint8_label_is_gathered_as_such(self) -> None:
        gather, _ = token_matrix(np.array([[NOTE_RHYTHMS[0], POSITIONS - 1, LIFTS - 1]], dtype=np.uint8))
        rows = [NOTE_RHYTHMS[0], RHYTHMS + POSITIONS, RHYTHMS + POSITIONS + LIFTS]
        self.assertEqual(np.flatnonzero(gather[:, 1]).tolist(), rows)

    def test_gradient_agrees_with_finite_differences(self) -> None:
        logits = torch.randn(2, 7, RHYTHMS + 1 + POSITIONS + LIFTS, dtype=torch.float64, requires_grad=True)
        _loss(logits, self.gather, self.targets).backward()
        assert logits.grad is not None
        step = 1e-6
        for staff, frame, column in ((0, 0, BLANK), (0, 3, BAR), (0, 4, NOTE_RHYTHMS[3]), (1, 2, BAR), (0, 2, RHYTHMS + 1 + 9)):
            there = torch.zeros_like(logits)
            there[staff, frame, column] = step
            with torch.no_grad():
                up, down = (_loss(logits + sign * there, self.gather, self.targets) for sign in (1, -1))
            self.assertAlmostEqual(float((up - down) / (2 * step)), float(logits.grad[staff, frame, column]), places=6)

    def test_a_staff_with_too_few_frames_costs_nothing(self) -> None:
        q = torch.full((1, 2, 3), -1.0, requires_grad=True)
        loss = factored_ctc(q, torch.tensor([2]), torch.tensor([[1, 1, 1]]), torch.tensor([3]))
        loss.sum().backward()
        assert q.grad is not None
        self.assertEqual(float(loss.detach().sum()), 0)
        self.assertEqual(float(q.grad.abs().sum()), 0)


if __name__ == "__main__":
    unittest.main()
